//! A schedule: its rotations side by side, and what stands in their place for a while.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument};
use crate::time::Zone;

use super::super::draft::{Draft, DraftSchedule};
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::nobody;
use super::overrides::{Forwarding, Override};
use super::roster::Roster;
use super::rotation;

/// What was listed apart from a schedule.
#[derive(Debug, Default)]
pub(super) struct Apart<'a> {
    pub(super) rotations: Vec<Record<'a>>,
    pub(super) overrides: Vec<Override>,
}

/// Reads a schedule into the document that was declared for it.
pub(super) fn read(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    roster: &Roster,
    apart: &Apart<'_>,
    forwardings: &mut [Forwarding<'_>],
) {
    let name = record.scalar("name").unwrap_or_default();
    let zone = record.zone(draft.notes, "timezone").unwrap_or_else(|| {
        let message = "no zone that is known: its times are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "timezone", message);
        Zone::UTC
    });
    if record.scalar("enabled").as_deref() == Some("false") {
        let message = "a schedule that is switched off reaches nobody there; here it is like any other";
        unsayable(draft.notes, record, Level::Warning, "enabled", "switched off", &name, message);
    }
    let mut listed = record.records(draft.notes, "rotations");
    let ids: Vec<_> = listed.iter().filter_map(Record::id).collect();
    listed.extend(apart.rotations.iter().filter(|it| it.id().is_none_or(|id| !ids.contains(&id))).cloned());
    let had_rotations = !listed.is_empty();
    if !had_rotations {
        let message = "its rotations are not in the export: list schedules with `?expand=rotation`";
        record.note(draft.notes, Level::Warning, codes::REFERENCE_ONLY, "rotations", message);
    }
    let mut document = ScheduleDocument::default();
    let mut parts = Vec::new();
    for part in listed {
        if let Some(rotation) = rotation::read(draft, &part, roster, zone) {
            document.rotation.push(Rotation { together: !document.rotation.is_empty(), ..rotation });
            parts.push(part);
        }
    }
    let by_rotation: BTreeMap<String, Vec<PersonId>> = parts
        .iter()
        .zip(&document.rotation)
        .filter_map(|(part, rotation)| Some((part.id()?, people(rotation))))
        .collect();
    let mut overrides = apart.overrides.clone();
    overrides.sort();
    overrides.dedup();
    for one in &overrides {
        document.overrides.extend(one.write(zone, &by_rotation));
    }
    let everybody: Vec<_> = document.rotation.iter().flat_map(people).collect();
    for forwarding in forwardings {
        document.overrides.extend(forwarding.write(zone, &everybody));
    }
    if document.rotation.is_empty() {
        document.overrides.iter_mut().for_each(|it| it.zone = Some(zone));
    }
    if had_rotations && document.rotation.is_empty() {
        document.rotation.push(nobody(zone));
    }
    draft.schedule(declared, record, &name, document, &parts);
}

/// Everybody in a rotation, each once.
fn people(rotation: &Rotation) -> Vec<PersonId> {
    let mut people = Vec::new();
    for member in &rotation.members {
        let them = match member {
            RotationMember::One(person) => std::slice::from_ref(person),
            RotationMember::Group(group) => group.as_slice(),
            RotationMember::Joins(_) | RotationMember::Leaves(_) => &[],
        };
        for person in them.iter().filter(|person| person.as_str() != "nobody") {
            if !people.contains(person) {
                people.push(person.clone());
            }
        }
    }
    people
}
