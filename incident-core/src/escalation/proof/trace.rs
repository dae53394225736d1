//! What happens to an incident, minute by minute.

use crate::id::SeverityId;
use crate::text::pointer_step;
use crate::time::{Elapsed, Timestamp, Zone};

use super::answer::{StepOutcome, TraceLine};
use super::scene::Scene;
use super::told::{TRACKS, Told};
use super::words;

/// A play as lines, each with its instant and its place in the policy.
pub(in crate::escalation) fn lines(
    scene: &Scene<'_>,
    severity: &SeverityId,
    minute: u32,
    all: &[Told],
) -> Vec<TraceLine> {
    let line = |told: &Told| TraceLine {
        at: scene.horizon.at(minute.saturating_add(told.after)),
        after: Elapsed::minutes(i64::from(told.after)),
        path: path(scene, severity, told),
        outcome: told.outcome,
        people: told.people.clone(),
        why: sentence(scene, severity, told),
    };
    all.iter().map(line).collect()
}

fn path(scene: &Scene<'_>, severity: &SeverityId, told: &Told) -> String {
    let own = format!("/escalation{}", pointer_step(severity.as_str()));
    match told.step.filter(|_| told.outcome != StepOutcome::Otherwise) {
        Some(step) => format!("{own}/{}/{step}", TRACKS.get(told.track).unwrap_or(&"first")),
        None if scene.has_own_otherwise(severity) => format!("{own}/otherwise"),
        None => "/escalation/otherwise".to_owned(),
    }
}

/// The targets of a step as they are written.
fn targets(scene: &Scene<'_>, severity: &SeverityId, told: &Told) -> String {
    let step = told.step.and_then(|step| scene.step(severity, told.track, step));
    step.map(|step| words::and(step.page.iter().map(|target| format!("`{target}`")).collect())).unwrap_or_default()
}

fn sentence(scene: &Scene<'_>, severity: &SeverityId, told: &Told) -> String {
    let targets = targets(scene, severity, told);
    let people = words::names(scene.directory(), &told.people);
    match told.outcome {
        StepOutcome::Paged => format!("{targets}: {people} paged"),
        StepOutcome::NobodyNew => format!("{targets}: everybody is engaged already"),
        StepOutcome::Nobody => format!("{targets}: nobody"),
        StepOutcome::Otherwise => format!("`otherwise`: {people} paged"),
        StepOutcome::Unreachable => "`otherwise`: nobody is reachable".to_owned(),
    }
}

/// A play in one sentence: what is empty, and whom that leaves: ``+0m `on-call:primary` is empty, so are +5m and +10m;
/// `otherwise` pages Hana and Iris, who are not on call``. Of each step of the first track the first round is told.
pub(in crate::escalation) fn steps(scene: &Scene<'_>, severity: &SeverityId, minute: u32, all: &[Told]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut empty: Vec<String> = Vec::new();
    let mut told_otherwise = false;
    let flush = |empty: &mut Vec<String>, parts: &mut Vec<String>| {
        if let Some(first) = empty.first().cloned() {
            let rest: Vec<String> = empty.drain(..).skip(1).collect();
            let verb = if rest.len() == 1 { "so is" } else { "so are" };
            parts.push(if rest.is_empty() { first } else { format!("{first}, {verb} {}", words::and(rest)) });
        }
    };
    let mut seen = std::collections::BTreeSet::new();
    for told in all.iter().filter(|told| told.track == 0 && told.step.is_some() && seen.insert(told.step)) {
        let after = words::after(Elapsed::minutes(i64::from(told.after)));
        let targets = targets(scene, severity, told);
        match told.outcome {
            StepOutcome::Nobody if empty.is_empty() => {
                let verb = if targets.contains(" and ") { "are" } else { "is" };
                empty.push(format!("{after} {targets} {verb} empty"));
            }
            StepOutcome::Nobody => empty.push(after),
            StepOutcome::Paged if parts.len() < 4 => {
                flush(&mut empty, &mut parts);
                let verb = if targets.contains(" and ") { "page" } else { "pages" };
                parts.push(format!("{after} {targets} {verb} {}", words::names(scene.directory(), &told.people)));
            }
            _ => {}
        }
    }
    flush(&mut empty, &mut parts);
    for told in all.iter().filter(|told| told.outcome == StepOutcome::Otherwise && !told.people.is_empty()) {
        if std::mem::replace(&mut told_otherwise, true) {
            break;
        }
        let who = words::names(scene.directory(), &told.people);
        let at = scene.horizon.at(minute.saturating_add(told.after));
        let off = told.people.iter().all(|person| !scene.is_on_call(person, at));
        let off = match (off, told.people.len()) {
            (false, _) => "",
            (true, 1) => ", who is not on call",
            (true, _) => ", who are not on call",
        };
        parts.push(format!("`otherwise` pages {who}{off}"));
    }
    if all.iter().any(|told| told.outcome == StepOutcome::Unreachable) {
        parts.push("`otherwise` reaches nobody".to_owned());
    }
    parts.join("; ")
}

/// Lines as text, one below the other: `08:05 Berlin  +5m  ...`.
pub(in crate::escalation) fn text(zone: Zone, lines: &[TraceLine]) -> String {
    let mut out = String::new();
    let mut day = None;
    for line in lines {
        let date = zone.day(line.at);
        if day.replace(date).is_some_and(|last| last != date) {
            out += &format!("    {} {date}\n", date.weekday().short());
        }
        out += &format!("    {}  {:>5}  {}\n", clock(zone, line.at), words::after(line.after), line.why);
    }
    out
}

fn clock(zone: Zone, at: Timestamp) -> String {
    zone.local(at).format("%H:%M").to_string()
}
