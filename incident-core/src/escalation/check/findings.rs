//! Steps that find nobody, steps that add nobody, and people on whom all depends.

use std::collections::BTreeSet;

use crate::codes;
use crate::escalation::document::PageTarget;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::places::{Placed, steps};
use crate::escalation::proof::reasons::Played;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::told::{TRACKS, adds_nobody, first_round, single_person};
use crate::escalation::proof::{StepOutcome, trace, words};
use crate::finding::{Finding, Level};
use crate::id::{AreaId, PersonId};
use crate::text::pointer_step;

use super::coverage::Hole;
use super::survey::{Class, Survey, told as told_of};

/// Shorter spans, such as the minutes before a handoff, are nobody's concern.
const HOUR: u32 = 60;

/// What is to be said of the steps of one severity, in their order; `told` are the places of steps of which it is known
/// already that they find nobody.
pub(super) fn findings(scene: &Scene<'_>, survey: &Survey<'_>, holes: &[Hole<'_>], told: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    let inside = holes.iter().filter(|hole| hole.survey.severity == survey.severity);
    let hole = inside.fold(Minutes::default(), |all, hole| all.union(&hole.minutes));
    for placed in steps(survey.severity, survey.tracks) {
        let track = TRACKS.iter().position(|name| *name == placed.track).unwrap_or_default();
        if !told.iter().any(|finding| finding.path.starts_with(&placed.path())) {
            found.extend(finds_nobody(scene, survey, &placed, track, &hole));
        }
        found.extend(finds_engaged(scene, survey, &placed, track));
    }
    found.extend(depends_on_one(scene, survey));
    found
}

fn finds_nobody(
    scene: &Scene<'_>,
    survey: &Survey<'_>,
    placed: &Placed<'_>,
    track: usize,
    hole: &Minutes,
) -> Vec<Finding> {
    let nobody = survey.minutes(|told| {
        first_round(told, track, placed.number).is_some_and(|told| told.outcome == StepOutcome::Nobody)
    });
    let told = |(minutes, classes): &(Minutes, Vec<&Class<'_>>)| {
        // What is wholly inside a hole is told there.
        let outside = |(from, until): &(u32, u32)| !Minutes::one(*from, *until).without(hole).is_empty();
        let minutes: Minutes = minutes.stretches().filter(outside).collect();
        let first = minutes.first()?;
        let stretches = scene.horizon.stretches(&minutes);
        let occasions = words::occasions(&stretches, scene.horizon.zone);
        let often = match occasions.as_slice() {
            [only] => only.how_often(),
            several => format!("{} times at {} times of the day", stretches.len(), several.len()),
        };
        let message = format!(
            "{} of {} {} nobody{} {often}",
            placed.targets(),
            words::a(placed.severity),
            if placed.step.page.len() == 1 { "finds" } else { "find" },
            told_of(scene, survey, classes),
        );
        let zones = scene.zones();
        let when: Vec<String> = occasions.iter().take(3).map(|occasion| occasion.when(&zones)).collect();
        let finding = Finding::new(Level::Error, codes::STEP_FINDS_NOBODY, format!("{}/page", placed.path()), message);
        let happens = classes.first().map(|class| class.play(scene, survey.severity, first)).unwrap_or_default();
        let finding = finding
            .help("add somebody who is always there, or close the hole")
            .fact("when", when.join("; "))
            .fact("then", trace::steps(scene, placed.severity, first, &happens));
        Some(common(scene, finding, placed, &minutes, classes))
    };
    nobody.iter().filter_map(told).collect()
}

fn finds_engaged(scene: &Scene<'_>, survey: &Survey<'_>, placed: &Placed<'_>, track: usize) -> Vec<Finding> {
    let engaged = survey.minutes(|told| adds_nobody(told, track, placed.number));
    let told = |(minutes, classes): &(Minutes, Vec<&Class<'_>>)| {
        let minutes = minutes.at_least(HOUR);
        let first = minutes.first()?;
        let message = format!(
            "{} {} {} nobody new{} in {}",
            placed.targets(),
            placed.when(),
            if placed.step.page.len() == 1 { "pages" } else { "page" },
            told_of(scene, survey, classes),
            scene.weeks(&minutes),
        );
        let finding = Finding::new(Level::Warning, codes::STEP_ADDS_NOBODY, format!("{}/page", placed.path()), message);
        let declared = scene.horizon.zone.say(scene.horizon.at(first));
        let why = engaged_why(scene, survey, placed, track, &minutes, classes);
        let finding = finding
            .help(help(placed, classes))
            .fact("when", format!("first for {} declared {declared}, {}", words::a(placed.severity), placed.when()))
            .fact("then", &why);
        let finding = match asks_experts(placed) {
            true => classes
                .iter()
                .flat_map(|class| &class.areas)
                .fold(finding, |finding, area| finding.label(format!("/areas{}", pointer_step(area.as_str())), &why)),
            false => finding,
        };
        Some(common(scene, finding, placed, &minutes, classes))
    };
    engaged.iter().filter_map(told).collect()
}

/// `Fay is the only expert, and already engaged: on call, as Eli's buddy, or next after Eli`.
fn engaged_why(
    scene: &Scene<'_>,
    survey: &Survey<'_>,
    placed: &Placed<'_>,
    track: usize,
    minutes: &Minutes,
    classes: &[&Class<'_>],
) -> String {
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    let mut why: BTreeSet<(usize, String)> = BTreeSet::new();
    for class in classes {
        for minute in class.different(minutes) {
            let (areas, all) = (class.shown(), class.play(scene, survey.severity, minute));
            let played = Played { scene, severity: survey.severity, areas, minute, all: &all };
            let Some(told) = first_round(&all, track, placed.number) else { continue };
            for person in played.found(told) {
                why.extend(played.reasons(person));
                people.insert(person.clone());
            }
        }
    }
    let who = words::names(scene.directory(), &people);
    let reasons = words::or(why.into_iter().map(|(_, reason)| reason).collect());
    let experts = placed.step.page.iter().all(|target| matches!(target, PageTarget::Experts(_)));
    match (people.len(), experts) {
        (1, true) => format!("{who} is the only expert, and already engaged: {reasons}"),
        (1, false) => format!("{who} is already engaged: {reasons}"),
        (_, _) => format!("{who} are already engaged: {reasons}"),
    }
}

/// The areas of classes, each once.
fn areas(classes: &[&Class<'_>]) -> Vec<String> {
    let mut areas: Vec<&AreaId> = classes.iter().flat_map(|class| &class.areas).copied().collect();
    areas.sort_unstable();
    areas.dedup();
    areas.into_iter().map(ToString::to_string).collect()
}

fn help(placed: &Placed<'_>, classes: &[&Class<'_>]) -> String {
    let areas = areas(classes);
    match asks_experts(placed) && !areas.is_empty() {
        true => format!("name another expert of {}", words::and(areas)),
        false => "page somebody else".to_owned(),
    }
}

fn asks_experts(placed: &Placed<'_>) -> bool {
    placed.step.page.iter().any(|target| matches!(target, PageTarget::Experts(_)))
}

fn depends_on_one(scene: &Scene<'_>, survey: &Survey<'_>) -> Vec<Finding> {
    let alone = survey.minutes(|told| single_person(told).is_some());
    let told = |(minutes, classes): &(Minutes, Vec<&Class<'_>>)| {
        let minutes = minutes.at_least(HOUR);
        let first = minutes.first()?;
        let happens = classes.first().map(|class| class.play(scene, survey.severity, first)).unwrap_or_default();
        let who = single_person(&happens).map(|person| words::name(scene.directory(), person)).unwrap_or_default();
        let severity = words::a(survey.severity);
        let message = format!(
            "all steps of {severity} reach the same person{} in {}",
            told_of(scene, survey, classes),
            scene.weeks(&minutes),
        );
        let path = format!("/escalation{}/first", pointer_step(survey.severity.as_str()));
        let declared = scene.horizon.zone.say(scene.horizon.at(first));
        let finding = Finding::new(Level::Warning, codes::SINGLE_PERSON, path, message)
            .help("page somebody else in a later step")
            .fact("when", format!("first for {severity} declared {declared}: only {who}"))
            .fact("then", trace::steps(scene, survey.severity, first, &happens))
            .fact("severity", survey.severity)
            .fact("first", scene.horizon.at(first));
        Some(spans(scene, finding, &minutes))
    };
    alone.iter().filter_map(told).collect()
}

/// The facts that every finding about a step has.
fn common(
    scene: &Scene<'_>,
    finding: Finding,
    placed: &Placed<'_>,
    minutes: &Minutes,
    classes: &[&Class<'_>],
) -> Finding {
    let areas = areas(classes);
    let first = minutes.first().unwrap_or_default();
    let finding = finding.fact("severity", placed.severity).fact("first", scene.horizon.at(first));
    let finding = if areas.is_empty() { finding } else { finding.fact("areas", areas.join(", ")) };
    spans(scene, finding, minutes)
}

fn spans(scene: &Scene<'_>, finding: Finding, minutes: &Minutes) -> Finding {
    let all = scene.horizon.stretches(minutes);
    finding.fact("times", all.len()).fact("spans", words::spans(&all))
}
