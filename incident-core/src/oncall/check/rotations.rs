//! Rotations that do not do what they seem to.

use chrono::NaiveDateTime;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::oncall::document::Rotation;
use crate::oncall::plan::{RotationPlan, first_handoff};
use crate::oncall::schedule::Schedule;

pub(super) fn check(schedule: &Schedule, at: usize) -> Vec<Finding> {
    let (Some(rotation), Some(plan)) = (schedule.document.rotation.get(at), schedule.plan.rotations.get(at)) else {
        return Vec::new();
    };
    let path = format!("/rotation/{at}");
    let found = [
        twice(schedule, at, &path, rotation, plan),
        start(&path, rotation),
        rank(schedule, &path, rotation, plan),
        never(schedule, at, &path, plan),
    ];
    found.into_iter().flatten().collect()
}

/// A name that a rotation before it has.
fn twice(schedule: &Schedule, at: usize, path: &str, rotation: &Rotation, plan: &RotationPlan) -> Option<Finding> {
    schedule.plan.rotations.iter().take(at).find(|other| other.name == plan.name)?;
    let path = if rotation.name.is_some() { format!("{path}/name") } else { path.to_owned() };
    let message = format!("two rotations are called `{}`", plan.name);
    let finding = Finding::new(Level::Warning, codes::DUPLICATE_ROTATION, path, message);
    Some(finding.help("give each a name of its own").fact("rotation", &plan.name))
}

/// A start that is no handoff: turn 0 begins later than it says.
fn start(path: &str, rotation: &Rotation) -> Option<Finding> {
    let start = rotation.start?;
    let first: NaiveDateTime = first_handoff(rotation, start)?;
    let local = start.local(rotation.zone);
    let agrees = first == local || (start.day().is_some() && first.date() == local.date());
    if agrees || rotation.turn.is_empty() {
        return None;
    }
    let message = format!("`{start}` is no handoff: turn 0 begins on {}", first.format("%a %Y-%m-%d at %H:%M"));
    let finding = Finding::new(Level::Warning, codes::START_NO_HANDOFF, format!("{path}/start"), message);
    Some(finding.help(format!("write `{}`", first.format("%Y-%m-%d"))).fact("first", first.format("%Y-%m-%dT%H:%M")))
}

/// Numbers that are missing, or are not looked at.
fn rank(schedule: &Schedule, path: &str, rotation: &Rotation, plan: &RotationPlan) -> Option<Finding> {
    let ranked = schedule.document.rotation.iter().any(|other| other.priority.is_some());
    match rotation.priority {
        Some(_) if rotation.together => {
            let message =
                format!("{} shares with the rotation before it, so its own priority counts for nothing", plan.name);
            let finding = Finding::new(Level::Warning, codes::PRIORITY_IGNORED, format!("{path}/priority"), message);
            Some(finding.help("leave `together` or `priority` out"))
        }
        None if ranked && !rotation.together => {
            let message = format!("{} has no priority where others have one: it counts as 0", plan.name);
            let finding = Finding::new(Level::Warning, codes::MIXED_PRIORITY, path, message);
            Some(finding.help("write its `priority`, or leave the numbers out and order the rotations"))
        }
        _ => None,
    }
}

/// A rotation that never has the duty.
fn never(schedule: &Schedule, at: usize, path: &str, plan: &RotationPlan) -> Option<Finding> {
    let never = |path: String, message: String, help: &str| {
        Some(Finding::new(Level::Warning, codes::ROTATION_NEVER_ACTS, path, message).help(help))
    };
    if let Some(end) = plan.bounds.end.filter(|end| *end <= plan.bounds.start) {
        let (end, begins) = (plan.zone.say(end), plan.zone.say(plan.bounds.start));
        let message = format!("{} ends on {end}, before it begins on {begins}", plan.name);
        return never(format!("{path}/until"), message, "`until` comes after `start` and `from`");
    }
    if plan.never_has_anybody() {
        let message =
            format!("nobody is ever due in {}: everybody in it is nobody, or left before their turn", plan.name);
        return never(format!("{path}/members"), message, "name somebody, or leave the rotation out");
    }
    let number = u32::try_from(at).ok()?;
    let blocks = &schedule.plan.blocks;
    let before = blocks.iter().take_while(|block| !block.contains(&number)).flatten();
    let mut hides = before.filter_map(|other| schedule.plan.rotations.get(*other as usize));
    let hidden_by = hides.find(|other| other.always_has_somebody(plan.bounds))?;
    let message = format!("{} never has the duty: {} always has it before", plan.name, hidden_by.name);
    let finding = never(path.to_owned(), message, "put it first with `hours`, or say `together = true`");
    finding.map(|finding| finding.fact("hidden_by", &hidden_by.name))
}
