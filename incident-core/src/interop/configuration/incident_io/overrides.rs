//! Overrides: somebody in one layer of one rotation for a while.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, ScheduleDocument, ScheduleOverride};
use crate::time::{Timestamp, Zone};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::exceptions::exception;
use super::super::record::Record;
use super::super::whose::whose;
use super::roster::{is_nobody, somebody};
use super::seats::{Seat, seats};
use super::{ENTRIES, OVERRIDE};

/// An override.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Override {
    start: Timestamp,
    end: Timestamp,
    person: PersonId,
    rotation: String,
    layer: String,
}

/// The layers of a rotation of a document, in its order.
#[derive(Debug)]
pub(super) struct Seats {
    pub(super) rotation: String,
    pub(super) layers: Vec<String>,
}

/// Those of each schedule, listed by themselves or among its entries. Entries do not say of which schedule they are: their
/// rotation does, or the name of the file.
pub(super) fn by_schedule(
    all: &Gathered<'_>,
    draft: &mut Draft<'_>,
    schedules: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, Vec<Override>> {
    let mut records: Vec<Record<'_>> = all.of(OVERRIDE).to_vec();
    records.extend(all.of(ENTRIES).iter().flat_map(|entries| entries.records(draft.notes, "overrides")));
    let ids: Vec<String> = schedules.keys().cloned().collect();
    let mut by_schedule: BTreeMap<String, Vec<Override>> = BTreeMap::new();
    for record in records {
        let rotation = record.scalar("rotation_id").unwrap_or_default();
        let has_it = || schedules.iter().find(|(_, rotations)| rotations.contains(&rotation)).map(|(id, _)| id.clone());
        let Some(id) = record.scalar("schedule_id").or_else(has_it).or_else(|| whose(&record, &ids)) else {
            let message =
                "of which schedule it is stands nowhere: put the id of the schedule into the name of the file";
            record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "rotation_id", message);
            continue;
        };
        by_schedule.entry(id).or_default().extend(read(draft, &record, rotation));
    }
    for overrides in by_schedule.values_mut() {
        overrides.sort();
        overrides.dedup();
    }
    by_schedule
}

fn read(draft: &mut Draft<'_>, record: &Record<'_>, rotation: String) -> Option<Override> {
    let [start, end] = ["start_at", "end_at"].map(|member| record.instant(draft.notes, member, Some(Zone::UTC)));
    let person = record.record("user").and_then(|user| somebody(draft, &user)).filter(|person| !is_nobody(person));
    let (Some(start), Some(end), Some(person)) = (start, end, person) else {
        let message = "an override without a person, a beginning or an end is left out";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "user", message);
        return None;
    };
    if end <= start {
        let message = "it ends before it starts, and is left out";
        record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "end_at", message);
        return None;
    }
    if draft.options.exported_at.is_some_and(|now| end <= now) {
        let message = format!("what ended on {} is left out", Zone::UTC.day(end));
        record.note(draft.notes, Level::Note, codes::ENDED, "end_at", message);
        return None;
    }
    Some(Override { start, end, person, rotation, layer: record.scalar("layer_id").unwrap_or_default() })
}

/// As they stand in a document. Where there is only one seat it is a cover; else whoever sits there is replaced, and where
/// nobody does somebody is added.
pub(super) fn written(
    all: &[Override],
    document: &ScheduleDocument,
    rotations: &[Seats],
    zone: Zone,
) -> Vec<ScheduleOverride> {
    let first = rotations.first().map(|first| &first.rotation);
    let one_seat = rotations.iter().all(|it| Some(&it.rotation) == first && it.layers.len() == 1);
    let mut changes: Vec<Change> = Vec::new();
    for Override { start, end, person, rotation, layer } in all {
        if one_seat && first.is_some() {
            Kind::Cover.put(&mut changes, person, *start, *end);
            continue;
        }
        let of_it = || rotations.iter().filter(|it| it.rotation == *rotation);
        let versions: Vec<&Rotation> =
            document.rotation.iter().zip(rotations).filter(|(_, it)| it.rotation == *rotation).map(|it| it.0).collect();
        let layer = |it: &Seats| match it.layers.as_slice() {
            [_] => Some(0),
            layers => layers.iter().position(|id| id == layer),
        };
        // Nobody loses a seat that is not known.
        let layer = of_it().find_map(layer).unwrap_or(usize::MAX);
        for Seat { start, end, person: seated } in seats(versions, layer, *start, *end) {
            match seated {
                Some(whom) if whom == *person => {}
                Some(whom) => Kind::Replace(whom).put(&mut changes, person, start, end),
                None => Kind::Add.put(&mut changes, person, start, end),
            }
        }
    }
    changes.sort_by_key(|change| (change.start, change.end));
    let needs_zone = document.rotation.is_empty().then_some(zone);
    changes.into_iter().map(|change| ScheduleOverride { zone: needs_zone, ..change.written(zone) }).collect()
}

/// What an override does to whoever is on call.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Cover,
    Replace(PersonId),
    Add,
}

/// The same for some time.
#[derive(Debug)]
struct Change {
    kind: Kind,
    person: PersonId,
    start: Timestamp,
    end: Timestamp,
}

impl Kind {
    /// Adds it to others: the same for a time that touches theirs is one with them.
    fn put(self, changes: &mut Vec<Change>, person: &PersonId, mut start: Timestamp, mut end: Timestamp) {
        let touches =
            |it: &Change, start, end| it.kind == self && it.person == *person && it.start <= end && start <= it.end;
        while let Some(at) = changes.iter().position(|it| touches(it, start, end)) {
            let other = changes.swap_remove(at);
            (start, end) = (start.min(other.start), end.max(other.end));
        }
        changes.push(Change { kind: self, person: person.clone(), start, end });
    }
}

impl Change {
    fn written(self, zone: Zone) -> ScheduleOverride {
        let span = exception(zone, self.start, self.end);
        match self.kind {
            Kind::Cover => ScheduleOverride { cover: Some(vec![self.person]), ..span },
            Kind::Replace(whom) => ScheduleOverride { replace: Some(whom), with: Some(self.person), ..span },
            Kind::Add => ScheduleOverride { add: Some(vec![self.person]), ..span },
        }
    }
}
