//! What is questionable about a schedule that can be used.

use super::document::{Rotation, ScheduleDocument};
use super::plan::Plan;
use crate::codes;
use crate::finding::{Finding, Level};

pub(super) fn check(document: &ScheduleDocument, _plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rotation) in document.rotation.iter().enumerate() {
        found.extend(start(&format!("/rotation/{at}/start"), rotation));
    }
    found
}

/// A start that is no handoff: turn 0 begins later than it says.
fn start(path: &str, rotation: &Rotation) -> Option<Finding> {
    let start = rotation.start?;
    let first = super::plan::first_handoff(rotation, start)?;
    let local = start.local(rotation.zone);
    let agrees = first == local || (start.day().is_some() && first.date() == local.date());
    if agrees || rotation.turn.is_empty() {
        return None;
    }
    let message = format!("`{start}` is no handoff: turn 0 begins on {}", first.format("%a %Y-%m-%d at %H:%M"));
    let finding = Finding::new(Level::Warning, codes::START_NO_HANDOFF, path, message);
    Some(finding.help(format!("write `{}`", first.format("%Y-%m-%d"))).fact("first", first.format("%Y-%m-%dT%H:%M")))
}
