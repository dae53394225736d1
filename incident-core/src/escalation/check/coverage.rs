//! Declarations for which nobody is on call.

use chrono::Datelike;

use crate::codes;
use crate::escalation::document::PageTarget;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::told::begins_with_nobody;
use crate::escalation::proof::trace;
use crate::escalation::proof::words::{self, Occasion, occasions};
use crate::finding::{Finding, Level};
use crate::id::ScheduleId;
use crate::oncall::{Coverage, Schedule};
use crate::text::pointer_step;
use crate::time::{Elapsed, Timestamp, Zone};

use super::survey::Survey;

/// The minutes at which an incident of a severity finds nobody on call.
pub(super) struct Hole<'a> {
    pub(super) survey: &'a Survey<'a>,
    pub(super) minutes: Minutes,
    /// The step that finds nobody, the first of the first track, and which of its targets asks who is on call.
    step: usize,
    target: usize,
    schedule: &'a ScheduleId,
}

/// Where each severity finds nobody on call.
pub(super) fn holes<'a>(surveys: &'a [Survey<'a>]) -> Vec<Hole<'a>> {
    let mut found = Vec::new();
    for survey in surveys {
        for (step, placed) in survey.tracks.first.iter().enumerate() {
            let asks = placed.page.iter().enumerate().find_map(|(number, target)| match target {
                PageTarget::OnCall(schedule) => Some((number, schedule)),
                _ => None,
            });
            let Some((target, schedule)) = asks else { continue };
            let here = survey.minutes(|told| begins_with_nobody(told) == Some(step));
            let minutes = here.iter().fold(Minutes::default(), |all, (minutes, _)| all.union(minutes));
            if !minutes.is_empty() {
                found.push(Hole { survey, minutes, step, target, schedule });
            }
        }
    }
    found
}

/// One finding for each time of the clock at which a schedule leaves a hole, with the severities that fall into it.
pub(super) fn findings(scene: &Scene<'_>, holes: &[Hole<'_>]) -> Vec<Finding> {
    let mut groups: Vec<Vec<&Hole<'_>>> = Vec::new();
    for hole in holes {
        let same = |group: &Vec<&Hole<'_>>| {
            group.first().is_some_and(|it| it.schedule == hole.schedule && it.minutes == hole.minutes)
        };
        match groups.iter_mut().find(|group| same(group)) {
            Some(group) => group.push(hole),
            None => groups.push(vec![hole]),
        }
    }
    groups.iter().flat_map(|group| of_group(scene, group)).collect()
}

fn of_group(scene: &Scene<'_>, group: &[&Hole<'_>]) -> Vec<Finding> {
    let Some(hole) = group.first() else { return Vec::new() };
    let stretches = scene.horizon.stretches(&hole.minutes);
    let told = |occasion: &Occasion| finding(scene, hole, group, occasion);
    occasions(&stretches, scene.horizon.zone).iter().filter_map(told).collect()
}

fn finding(scene: &Scene<'_>, hole: &Hole<'_>, group: &[&Hole<'_>], occasion: &Occasion) -> Option<Finding> {
    let severity = hole.survey.severity;
    let (from, until) = occasion.stretches.first().copied()?;
    let schedule = scene.schedule(hole.schedule)?;
    let zones = zones(scene, hole, schedule);
    let minute = scene.horizon.minute(from);
    let happens = hole.survey.classes.first().map(|class| class.play(scene, severity, minute)).unwrap_or_default();
    let message = format!("{} finds nobody on call {}", words::a(severity), occasion.how_often());
    let path = format!("/escalation{}/first/{}/page/{}", pointer_step(severity.as_str()), hole.step, hole.target);
    let also: Vec<String> = group.iter().map(|hole| hole.survey.severity.to_string()).collect();
    let mut finding = Finding::new(Level::Error, codes::COVERAGE_HOLE, path, message)
        .help(help(schedule, from, until))
        .fact("schedule", hole.schedule)
        .fact("severities", also.join(", "))
        .fact("when", occasion.when(&zones))
        .fact("then", trace::steps(scene, severity, minute, &happens))
        .fact("first", from)
        .fact("times", occasion.stretches.len())
        .fact("spans", words::spans(&occasion.stretches));
    for (place, words) in edges(schedule, from, until) {
        let schedule = pointer_step(hole.schedule.as_str());
        finding = finding.label(format!("/schedule{schedule}/rotation/{place}/hours"), words);
    }
    Some(finding)
}

/// The zones of the schedule, and of others that its step asks.
fn zones(scene: &Scene<'_>, hole: &Hole<'_>, schedule: &Schedule) -> Vec<Zone> {
    let step = hole.survey.tracks.first.get(hole.step);
    let asked = step.into_iter().flat_map(|step| &step.page).filter_map(|target| match target {
        PageTarget::OnCall(name) | PageTarget::Next(name) => scene.schedule(name),
        _ => None,
    });
    let mut zones = Vec::new();
    for rotation in std::iter::once(schedule).chain(asked).flat_map(|schedule| &schedule.document().rotation) {
        if !zones.contains(&rotation.zone) {
            zones.push(rotation.zone);
        }
    }
    zones
}

/// The rotation whose shift ends where a hole begins, and the one whose shift begins where it ends, each with what is to
/// be said of it.
fn edges(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Vec<(usize, String)> {
    let before = Timestamp::from_micros(from.as_micros() - 1).and_then(|at| rotation(schedule, at));
    let (Some(before), Some(after)) = (before, rotation(schedule, until)) else { return Vec::new() };
    let zone = |place: usize| schedule.document().rotation.get(place).map_or(Zone::UTC, |rotation| rotation.zone);
    let (ends, begins) = (zone(before), zone(after));
    let utc = |at| Zone::UTC.local(at).format("%H:%M UTC").to_string();
    let (mut end, mut begin) = (format!("ends at {}", utc(from)), format!("begins at {}", utc(until)));
    if is_summer(ends, from) && !is_summer(begins, from) {
        end += &format!(" once {} is on summer time", ends.city());
        begin += &format!(" until {} is too", begins.city());
    } else if !is_summer(ends, from) && is_summer(begins, from) {
        end += &format!(" until {} is on summer time", ends.city());
        begin += &format!(" once {} is on summer time", begins.city());
    }
    vec![(before, end), (after, begin)]
}

/// The rotation in charge at an instant, by its place.
fn rotation(schedule: &Schedule, at: Timestamp) -> Option<usize> {
    let shift = schedule.on_call(at).shift;
    let name = &shift.turns.first()?.rotation;
    let named = |(number, rotation): (usize, &crate::oncall::Rotation)| match &rotation.name {
        Some(known) => known == name,
        None => *name == format!("rotation {}", number + 1),
    };
    schedule.document().rotation.iter().enumerate().position(named)
}

/// Whether the clock of a zone is ahead of where it is in some other month of the year.
fn is_summer(zone: Zone, at: Timestamp) -> bool {
    let offset = |at: Timestamp| zone.local(at).signed_duration_since(Zone::UTC.local(at));
    let month = Elapsed::hours(24 * 30);
    let year = std::iter::successors(Some(at), |at| Some(at.plus(month))).take(13);
    zone.local(at).year() > 1 && year.into_iter().any(|other| offset(other) < offset(at))
}

fn help(schedule: &Schedule, from: Timestamp, until: Timestamp) -> String {
    let shift = schedule.on_call(from).shift;
    if shift.coverage == Coverage::Empty && !shift.away.is_empty() {
        let away: Vec<String> = shift.away.iter().map(ToString::to_string).collect();
        return format!("somebody has to cover for {}", words::and(away));
    }
    let last = schedule.document().rotation.last();
    let ends = Timestamp::from_micros(from.as_micros() - 1).and_then(|at| rotation(schedule, at));
    let touches = [ends, rotation(schedule, until)].contains(&schedule.document().rotation.len().checked_sub(1));
    match last {
        Some(last) if touches && !last.hours.is_empty() => format!(
            "remove `hours` of the last rotation{}: a rotation without hours takes what the ones before it leave open",
            last.name.as_ref().map(|name| format!(", `{name}`")).unwrap_or_default()
        ),
        _ => "add a rotation without hours at the end: it takes what the ones before it leave open".to_owned(),
    }
}
