//! A rotation in one of its versions: users who hand over after lengths that apply in turn.

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember};
use crate::time::{Timestamp, Turn, TurnUnit, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::{blank, cycle, moment, since_ever};
use super::super::weekly::{hours, united};
use super::intervals;
use super::roster::{is_nobody, users};

/// A rotation, from when on and until when it is so.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) record: Record<'a>,
    /// The id that all of its versions have.
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    /// The ids of its layers: as many serve at once.
    pub(super) layers: Vec<String>,
    pub(super) users: Vec<PersonId>,
}

impl<'a> Version<'a> {
    pub(super) fn new(draft: &mut Draft<'_>, record: Record<'a>, id: String, name: Option<String>, zone: Zone) -> Self {
        let from = record.instant(draft.notes, "effective_from", Some(zone));
        let mut layers: Vec<_> =
            record.records(draft.notes, "layers").iter().map(|layer| layer.id().unwrap_or_default()).collect();
        // Terraform has the number and not the layers.
        let count = if record.has("concurrent_shifts") { record.whole(draft.notes, "concurrent_shifts") } else { None };
        let count = count.and_then(|count| usize::try_from(count.clamp(1, MOST_AT_ONCE)).ok());
        layers.resize(count.unwrap_or(layers.len()).max(1), String::new());
        let users = users(draft, &record, "users");
        Self { record, id, name, from, until: None, layers, users }
    }

    /// Whether it only keeps a place free.
    pub(super) fn is_empty(&self) -> bool {
        self.users.iter().all(is_nobody)
    }

    /// As a rotation; none where it names no user.
    pub(super) fn read(&self, draft: &mut Draft<'_>, zone: Zone) -> Option<Rotation> {
        let record = &self.record;
        if self.users.is_empty() {
            let message = "a rotation with nobody in it is left out";
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "users", message);
            return None;
        }
        let member =
            if record.has("first_interval_starts_at") { "first_interval_starts_at" } else { "handover_start_at" };
        let start = record.instant(draft.notes, member, Some(zone));
        let mut rotation = blank(zone, Vec::new());
        rotation.name.clone_from(&self.name);
        rotation.hours = hours(&united(&self.hours(draft)));
        rotation.until = self.until.map(|until| moment(zone, until));
        let members = |users: &[PersonId]| users.iter().cloned().map(RotationMember::One).collect();
        let serving = self.layers.len();
        match (start, self.users.as_slice()) {
            (_, users) if users.len() <= serving => {
                // Nobody takes turns where everybody serves.
                rotation.members = match users {
                    [_] => members(users),
                    _ => vec![RotationMember::Group(users.to_vec())],
                };
                let begins = self.from.or(start).filter(|begins| *begins > since_ever());
                rotation.from = begins.map(|begins| moment(zone, begins));
            }
            (Some(start), users) => {
                rotation.members = members(users);
                rotation.concurrent = u32::try_from(serving).ok().filter(|serving| *serving > 1);
                let lengths = lengths(draft, record);
                if lengths.len() > 1 || !rotation.hours.is_empty() {
                    self.say_who_is_next(draft);
                }
                cycle(&mut rotation, &lengths, start, self.from);
            }
            (None, users) => {
                let message = "handovers without a beginning: only the first of its users is on call here";
                record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, member, message);
                rotation.members = members(users.get(..serving).unwrap_or(users));
            }
        }
        Some(rotation)
    }

    fn hours(&self, draft: &mut Draft<'_>) -> Vec<super::super::weekly::Stretch> {
        // The older name is still answered, with the same in it.
        let member = if self.record.has("working_intervals") { "working_intervals" } else { "working_interval" };
        intervals::read(draft, &self.record, member)
    }

    /// Where shifts differ in length, only `sequential` follows the list.
    fn say_who_is_next(&self, draft: &mut Draft<'_>) {
        let level = match self.record.scalar("scheduling_mode").as_deref() {
            Some("sequential") => return,
            Some(_) => Level::Warning,
            None => Level::Note,
        };
        let message = "shifts that differ in length go to whoever has served least, unless `scheduling_mode` is \
                       `sequential`: here they follow the list";
        let what = self.name.clone().unwrap_or_else(|| self.id.clone());
        unsayable(draft.notes, &self.record, level, "scheduling_mode", "scheduling mode", what, message);
    }
}

/// So many serve at once at most.
const MOST_AT_ONCE: i64 = 100;

/// The lengths of shifts; a week where none is said.
fn lengths(draft: &mut Draft<'_>, record: &Record<'_>) -> Vec<Turn> {
    let mut lengths = Vec::new();
    for handover in record.records(draft.notes, "handovers") {
        let unit = match handover.scalar("interval_type").as_deref() {
            Some("hourly") => Some(TurnUnit::Hours),
            Some("daily") => Some(TurnUnit::Days),
            Some("weekly") => Some(TurnUnit::Weeks),
            _ => None,
        };
        let count = handover.whole(draft.notes, "interval").and_then(|count| u32::try_from(count).ok());
        // As the text that people write: what is too long is no turn.
        let turn = unit.zip(count).and_then(|(unit, count)| Turn::of(count, unit).to_string().parse().ok());
        match turn {
            Some(turn) => lengths.push(turn),
            None => {
                let message = "it says no length in hours, days or weeks: a week is taken";
                handover.note(draft.notes, Level::Warning, codes::BAD_FIELD, "interval_type", message);
                lengths.push(Turn::of(1, TurnUnit::Weeks));
            }
        }
    }
    if lengths.is_empty() {
        let message = "after how long it hands over is not said: a week is taken";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "handovers", message);
        lengths.push(Turn::of(1, TurnUnit::Weeks));
    }
    if lengths.windows(2).all(|two| two.first() == two.last()) {
        lengths.truncate(1);
    }
    lengths
}
