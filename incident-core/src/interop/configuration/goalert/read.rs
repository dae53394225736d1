//! The objects of GoAlert in the order in which they refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::PersonId;
use crate::oncall::ScheduleDocument;

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::ids::known_id;
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::whose::stem;
use super::{OVERRIDE, POLICY, ROTATION, SCHEDULE, SERVICE, TEMPORARY, USER, policy, rotation, schedule};

/// From what was exported to a draft of files. There are no teams: all is of the one that is given.
pub(in super::super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) {
    let Some(owner) = draft.nobodys() else { return };
    for user in all.of(USER) {
        let (id, email) = (user.id(), user.text(draft.notes, "email"));
        let name = user.text(draft.notes, "name");
        let given = GivenPerson { id: id.as_deref(), email: email.as_deref(), name: name.as_deref(), zone: None };
        drop(draft.person(given));
    }
    let rotations: BTreeMap<String, &Record<'_>> =
        all.of(ROTATION).iter().filter_map(|record| Some((record.id()?, record))).collect();
    let mut declared: Vec<(&Record<'_>, DraftSchedule, String)> = Vec::new();
    for record in all.of(SCHEDULE) {
        let called = name(draft, record);
        let schedule = draft.declare(&owner, record.id().as_deref(), &called);
        declared.extend(schedule.map(|schedule| (record, schedule, called)));
    }
    let mut apart = schedule::Apart::default();
    for record in all.of(OVERRIDE) {
        let target = record.record("target").and_then(|target| target.id());
        apart.overrides.entry(target.unwrap_or_default()).or_default().push(record.clone());
    }
    for record in all.of(TEMPORARY) {
        apart.temporary.entry(record.scalar("scheduleID").unwrap_or_default()).or_default().push(record.clone());
    }
    for (record, declared, called) in &declared {
        schedule::read(draft, &rotations, &apart, record, declared, called);
    }
    // A rotation that a step asks by itself is a schedule of its own.
    let asked: BTreeSet<String> = all.of(POLICY).iter().flat_map(|record| policy::rotations(draft, record)).collect();
    for record in all.of(ROTATION).iter().filter(|record| record.id().is_some_and(|id| asked.contains(&id))) {
        let called = name(draft, record);
        let Some(declared) = draft.declare(&owner, record.id().as_deref(), &called) else { continue };
        let rotation = rotation::read(draft, record);
        let document = ScheduleDocument { rotation: rotation.into_iter().collect(), ..ScheduleDocument::default() };
        draft.schedule(&declared, record, &called, document, std::slice::from_ref(record));
    }
    for record in all.of(POLICY) {
        policy::read(draft, record, &owner);
    }
    for record in all.of(SERVICE) {
        if let Some(id) = record.id() {
            let (called, policy) = (name(draft, record), record.scalar("escalationPolicyID"));
            draft.area(&owner, &id, &called, policy.as_deref());
        }
    }
}

/// What an object is called.
pub(super) fn name(draft: &mut Draft<'_>, record: &Record<'_>) -> String {
    record.text(draft.notes, "name").or_else(|| record.id()).unwrap_or_default()
}

/// Under what others refer to a schedule: its id; for a body that has none, the one in the side file, or the name of its file.
pub(super) fn key(draft: &Draft<'_>, record: &Record<'_>) -> String {
    let schedules = &draft.options.ids.of(draft.tool).schedules;
    let known = || known_id(schedules, &record.scalar("name")?);
    record.id().or_else(known).unwrap_or_else(|| format!("<{}>", stem(record.file())))
}

/// A user who is referred to by an id.
pub(super) fn user(draft: &mut Draft<'_>, id: &str) -> Option<PersonId> {
    draft.person(GivenPerson { id: Some(id), ..GivenPerson::default() })
}
