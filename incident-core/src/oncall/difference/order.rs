//! Changes of members that renumber everybody's turns.

use super::answer::{ScheduleChange, ScheduleChangeKind, ScheduleMove};
use super::moves::{day, instead};
use crate::codes;
use crate::finding::{Finding, Level};
use crate::oncall::plan::RotationPlan;
use crate::oncall::schedule::Schedule;
use crate::time::Timestamp;

/// So many moves are told in the message; all are in the facts.
const TOLD: usize = 3;

/// A finding for each rotation in which somebody was added or removed without a day, or the order is another, with
/// exactly who moves and when. An error where its turns have begun: people find themselves in turns that they already
/// planned for.
pub(super) fn shifted(
    old: &Schedule,
    new: &Schedule,
    changes: &[ScheduleChange],
    moves: &[ScheduleMove],
    start: Timestamp,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rotation) in new.plan.rotations.iter().enumerate() {
        let undated = |change: &&ScheduleChange| {
            use ScheduleChangeKind::{Added, Removed, Reordered};
            let ours = change.rotation.as_deref() == Some(rotation.name.as_str());
            ours && matches!(change.kind, Added | Removed | Reordered)
        };
        let causes: Vec<_> = changes.iter().filter(undated).collect();
        let runs = runs(old, new, rotation, moves);
        let (Some(first), false) = (causes.first(), runs.is_empty()) else { continue };
        let begun = rotation.grid.as_ref().is_some_and(|grid| grid.boundary(0) < start);
        let level = if begun { Level::Error } else { Level::Warning };
        let path = first.path.clone().unwrap_or_else(|| format!("/rotation/{at}/members"));
        let why = causes.iter().map(|cause| cause.why.as_str()).collect::<Vec<_>>().join(", ");
        let told = runs.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
        let more = match runs.len().saturating_sub(TOLD) {
            0 => String::new(),
            1 => " and 1 change more".to_owned(),
            more => format!(" and {more} changes more"),
        };
        let finding = Finding::new(level, codes::TURN_ORDER_SHIFTED, path, format!("{why}: {told}{more}"));
        let finding = finding.fact("rotation", &rotation.name).fact("moves", runs.join("; "));
        found.push(finding.help(help(first, rotation, start)));
    }
    found
}

fn help(cause: &ScheduleChange, rotation: &RotationPlan, start: Timestamp) -> String {
    let on = rotation.zone.day(start);
    match (cause.kind, cause.people.first()) {
        (ScheduleChangeKind::Added, Some(person)) => format!("write `{{ join = \"{person}\", on = {on} }}`"),
        (ScheduleChangeKind::Removed, Some(person)) => {
            format!("keep `{person}` and add `{{ leave = \"{person}\", on = {on} }}` behind it")
        }
        _ => "let people leave and join on a day".to_owned(),
    }
}

/// Moves in which a rotation has a part, in words with their first day; those of the same people that follow each other
/// are one.
fn runs(old: &Schedule, new: &Schedule, rotation: &RotationPlan, moves: &[ScheduleMove]) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last: Option<&ScheduleMove> = None;
    for at in moves.iter().filter(|at| at.rotations.contains(&rotation.name)) {
        if last.is_none_or(|last| (&last.before, &last.after) != (&at.before, &at.after)) {
            runs.push(format!("{} from {}", instead(old, new, at), day(old, new, at.start)));
        }
        last = Some(at);
    }
    runs
}
