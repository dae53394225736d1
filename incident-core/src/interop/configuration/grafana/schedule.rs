//! A schedule: its shifts by level, and what is above all levels.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, ScheduleDocument, ScheduleOverride};
use crate::time::{Timestamp, Zone};

use super::super::draft::{Draft, DraftSchedule};
use super::super::exceptions::exception;
use super::super::names::own;
use super::super::record::Record;
use super::super::terraform::referred;
use super::calendar::Calendars;
use super::merge::merge;
use super::read::{key, name};
use super::recurrence::rotations;
use super::shift::Shift;

/// Every shift of an export, by what others call it.
#[derive(Debug)]
pub(super) struct Shifts<'a> {
    by_key: BTreeMap<String, &'a Record<'a>>,
    /// Those that say of which schedule they are.
    by_schedule: BTreeMap<String, Vec<String>>,
}

impl<'a> Shifts<'a> {
    pub(super) fn new(records: Vec<&'a Record<'a>>) -> Self {
        let mut by_schedule: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in &records {
            if let Some(schedule) = record.scalar("schedule") {
                by_schedule.entry(schedule).or_default().push(key(record));
            }
        }
        Self { by_key: records.into_iter().map(|record| (key(record), record)).collect(), by_schedule }
    }

    /// Those of a schedule: first those that it lists, in that order, then those that say so.
    fn of(&self, draft: &mut Draft<'_>, schedule: &Record<'_>) -> Vec<&'a Record<'a>> {
        let mut keys: Vec<String> = Vec::new();
        for listed in schedule.texts(draft.notes, "shifts") {
            keys.push(referred(&listed, draft.locals));
        }
        let listed = keys.len();
        keys.extend(schedule.id().iter().filter_map(|id| self.by_schedule.get(id)).flatten().cloned());
        let (mut seen, mut all) = (BTreeSet::new(), Vec::new());
        for (at, key) in keys.into_iter().enumerate() {
            match self.by_key.get(&key) {
                Some(record) if seen.insert(key) => all.push(*record),
                None if at < listed => {
                    let message = "a shift that is not in the export is left out: list `on_call_shifts` too";
                    schedule.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "shifts", message);
                }
                _ => {}
            }
        }
        all
    }
}

/// People above every level for a while.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Above {
    /// Overrides are above single events, and these above each other by level.
    pub(super) rank: (bool, i64),
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) people: Vec<PersonId>,
    /// The calendar that says so.
    pub(super) source: Option<String>,
}

/// Reads a schedule into the document that was declared for it.
pub(super) fn read<'a>(
    draft: &mut Draft<'_>,
    shifts: &Shifts<'a>,
    calendars: &mut Calendars<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    called: &str,
) {
    let on_the_web = record.scalar("type").as_deref() == Some("web");
    let said = record.has("time_zone").then(|| record.zone(draft.notes, "time_zone")).flatten();
    // The zone of a schedule that was made on the web is how it is shown: its shifts are in UTC.
    let zone = if on_the_web { Zone::UTC } else { said.unwrap_or(Zone::UTC) };
    let is_calendar = record.scalar("type").as_deref() == Some("ical");
    if !is_calendar && !record.has("shifts") && !record.has("slack") && !record.has("on_call_now") {
        let message = "it lists no shifts: nobody is on call in it";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "shifts", message);
    }
    let mut all = Vec::new();
    for part in shifts.of(draft, record) {
        if let Some(shift) = Shift::read(draft, part, zone) {
            let shift = Shift { cut: on_the_web, name: own(called, &shift.name), ..shift };
            if !ended(draft, part, &shift) {
                all.push((part, shift));
            }
        }
    }
    let recurs = |(_, shift): &&(&Record<'_>, Shift)| shift.rule.is_some();
    let highest = all.iter().filter(recurs).map(|(_, shift)| shift.level).max();
    let (mut above, calendar_zone) = calendars.of(draft, record, called);
    let mut found: Vec<(i64, Rotation, Record<'_>)> = Vec::new();
    for (part, shift) in all {
        let once = shift.rule.is_none();
        if shift.is_override || (once && highest.is_none_or(|highest| shift.level > highest)) {
            let people = shift.groups.first().cloned().unwrap_or_default();
            let (start, end) = (shift.starts(), shift.ends(shift.start));
            above.push(Above { rank: (shift.is_override, shift.level), start, end, people, source: None });
            continue;
        }
        for rotation in rotations(&shift) {
            let name = Some(shift.name.clone()).filter(|name| !name.is_empty());
            found.push((shift.level, Rotation { name, ..rotation }, part.clone()));
        }
    }
    let found = merge(found);
    let several = found.len() > 1;
    let mut document = ScheduleDocument::default();
    let mut parts = Vec::new();
    for (level, rotation, part) in found {
        document.rotation.push(Rotation { priority: several.then_some(level), ..rotation });
        parts.push(part);
    }
    let zone = document.rotation.first().map(|it| it.zone).or(said).or(calendar_zone).unwrap_or(zone);
    document.overrides = covers(zone, above);
    if document.rotation.is_empty() {
        document.overrides.iter_mut().for_each(|it| it.zone = Some(zone));
    }
    draft.schedule(declared, record, called, document, &parts);
}

/// As covers, in their order; the same one once, however often it was said.
pub(super) fn covers(zone: Zone, mut all: Vec<Above>) -> Vec<ScheduleOverride> {
    all.sort_by(|one, other| (one.start, &one.people, one).cmp(&(other.start, &other.people, other)));
    all.dedup();
    let ranks: BTreeSet<_> = all.iter().map(|above| above.rank).collect();
    let priority = |rank: (bool, i64)| {
        let place = ranks.iter().position(|other| *other == rank).and_then(|place| i64::try_from(place).ok());
        place.filter(|place| *place > 0)
    };
    let one = |above: Above| ScheduleOverride {
        priority: priority(above.rank),
        cover: Some(above.people),
        source: above.source,
        ..exception(zone, above.start, above.end)
    };
    all.into_iter().map(one).collect()
}

/// Whether a shift had ended when the export was made.
fn ended(draft: &mut Draft<'_>, record: &Record<'_>, shift: &Shift) -> bool {
    let Some(now) = draft.options.exported_at else { return false };
    let end = if shift.rule.is_some() { super::recurrence::end(shift) } else { Some(shift.ends(shift.start)) };
    let Some(end) = end.filter(|end| *end <= now) else { return false };
    let name = name(draft, record);
    let message = format!("the shift `{name}`, which ended on {}, is left out", shift.zone.day(end));
    let member = if shift.rule.is_some() { "until" } else { "duration" };
    record.note(draft.notes, Level::Note, codes::ENDED, member, message);
    true
}
