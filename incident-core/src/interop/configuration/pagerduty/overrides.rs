//! Overrides: somebody in place of every layer for a while.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::ScheduleOverride;
use crate::time::{Timestamp, Zone};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::record::Record;
use super::super::rotation::{moment, whole_days};
use super::super::whose::{beside, stem};
use super::read::{reference, somebody};
use super::{OVERRIDE, SCHEDULE, TF_SCHEDULE};

/// An override, by instants.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Override {
    start: Timestamp,
    end: Timestamp,
    person: PersonId,
}

/// Those that were listed on their own. The answer does not say of which schedule: its id stands in the name of the file,
/// unless there is only one schedule.
pub(super) fn by_schedule(all: &Gathered<'_>, draft: &mut Draft<'_>) -> BTreeMap<String, Vec<Override>> {
    let records: Vec<_> = all.of(SCHEDULE).iter().chain(all.of(TF_SCHEDULE)).collect();
    let mut listed: BTreeMap<String, Vec<Override>> = BTreeMap::new();
    for record in all.of(OVERRIDE) {
        let said = reference(draft, record, "schedule");
        let Some(schedule) = said.or_else(|| beside(record, &records)) else {
            let message =
                "of which schedule it is stands nowhere: put the id of the schedule into the name of the file";
            record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "start", message);
            continue;
        };
        listed.entry(schedule).or_default().extend(read(draft, record, None));
    }
    listed
}

/// Whether a record is in a file of a schedule: one that has its id in the name, or the same name.
pub(super) fn of_schedule(record: &Record<'_>, schedule: &Record<'_>) -> bool {
    let named = schedule.id().is_some_and(|id| record.file().contains(&id));
    named || stem(record.file()) == stem(schedule.file())
}

/// Those that a schedule shows because it was asked for a span of time.
pub(super) fn rendered(draft: &mut Draft<'_>, schedule: &Record<'_>, zone: Zone) -> Vec<Override> {
    let Some(shown) = schedule.record("overrides_subschedule") else { return Vec::new() };
    let entries = shown.records(draft.notes, "rendered_schedule_entries");
    entries.iter().filter_map(|entry| read(draft, entry, Some(zone))).collect()
}

fn read(draft: &mut Draft<'_>, record: &Record<'_>, zone: Option<Zone>) -> Option<Override> {
    let (start, end) = (record.instant(draft.notes, "start", zone)?, record.instant(draft.notes, "end", zone)?);
    let user = record.record("user");
    let id = user.as_ref().and_then(Record::id);
    let name = user.as_ref().and_then(|user| user.scalar("summary").or_else(|| user.scalar("name")));
    let person = somebody(draft, id.as_deref(), name.as_deref());
    if end <= start || person.is_none() {
        let message = "an override without a person, or that ends before it starts, is left out";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "user", message);
        return None;
    }
    if draft.options.exported_at.is_some_and(|now| end <= now) {
        let message = format!("what ended on {} is left out", Zone::UTC.day(end));
        record.note(draft.notes, Level::Note, codes::ENDED, "end", message);
        return None;
    }
    Some(Override { start, end, person: person? })
}

/// As covers, in their order; the same one once, however often it was listed.
pub(super) fn covers(zone: Zone, mut all: Vec<Override>) -> Vec<ScheduleOverride> {
    all.sort();
    all.dedup();
    all.into_iter()
        .map(|Override { start, end, person }| {
            let days = whole_days(zone, start, end);
            let (from, until) = match days {
                Some(_) => (None, None),
                None => (Some(moment(zone, start)), Some(moment(zone, end))),
            };
            ScheduleOverride { cover: Some(vec![person]), days, from, until, ..ScheduleOverride::default() }
        })
        .collect()
}
