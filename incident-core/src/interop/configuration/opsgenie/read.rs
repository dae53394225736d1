//! The objects of Opsgenie in the order in which they refer to each other.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::record::Record;
use super::super::terraform::referred;
use super::super::whose::{beside, key};
use super::overrides::{Forwarding, Override};
use super::roster::{Roster, owner};
use super::schedule::Apart;
use super::{OVERRIDE, ROTATION, SCHEDULE, TF_ROTATION, TF_SCHEDULE, escalation, routing, schedule};

/// From what was exported to a draft of files.
pub(in super::super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) {
    let roster = Roster::read(all, draft);
    let mut declared: Vec<(&Record<'_>, DraftSchedule)> = Vec::new();
    for record in all.either(&[SCHEDULE, TF_SCHEDULE]) {
        let name = record.text(draft.notes, "name").or_else(|| record.id()).unwrap_or_default();
        let owner = owner(draft, &roster, record).or_else(|| draft.nobodys());
        let schedule = owner.and_then(|owner| draft.declare(&owner, record.id().as_deref(), &name));
        declared.extend(schedule.map(|schedule| (record, schedule)));
    }
    let apart = apart(all, draft);
    let mut forwardings = Forwarding::all(all, draft);
    for (record, declared) in declared {
        let none = Apart::default();
        let apart = apart.get(&key(record)).unwrap_or(&none);
        schedule::read(draft, record, &declared, &roster, apart, &mut forwardings);
    }
    forwardings.iter().for_each(|forwarding| forwarding.say(draft));
    let escalations = escalation::read_all(all, draft, &roster);
    routing::read(all, draft, &roster, &escalations);
}

/// What was listed apart from schedules, by schedule. Lists do not say of which one they are: its id stands in the name of
/// the file, unless there is only one schedule.
fn apart<'a>(all: &Gathered<'a>, draft: &mut Draft<'_>) -> BTreeMap<String, Apart<'a>> {
    let schedules = all.either(&[SCHEDULE, TF_SCHEDULE]);
    let mut by_schedule: BTreeMap<String, Apart<'a>> = BTreeMap::new();
    let rotations = all.either(&[ROTATION, TF_ROTATION]).into_iter().map(|it| (true, it));
    for (is_rotation, record) in rotations.chain(all.of(OVERRIDE).iter().map(|it| (false, it))) {
        let parent = || record.record("_parent").and_then(|schedule| schedule.id());
        let said = record.scalar("scheduleId").map(|id| referred(&id, draft.locals)).or_else(parent);
        let Some(schedule) = said.or_else(|| beside(record, &schedules)) else {
            let message =
                "of which schedule it is stands nowhere: put the id of the schedule into the name of the file";
            record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "startDate", message);
            continue;
        };
        let apart = by_schedule.entry(schedule).or_default();
        if is_rotation {
            apart.rotations.push(record.clone());
        } else {
            apart.overrides.extend(Override::read(draft, record));
        }
    }
    by_schedule
}
