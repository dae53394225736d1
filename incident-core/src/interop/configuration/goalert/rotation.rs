//! A rotation: users who take turns of so many hours, days, weeks or months.

use chrono::Datelike;

use crate::codes;
use crate::finding::Level;
use crate::oncall::{Rotation, RotationMember};
use crate::time::{Occurrence, Timestamp, Turn, TurnUnit, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::{blank, turns};
use super::read::{name, user};

/// Reads a rotation; none where nobody is in it.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<Rotation> {
    let called = name(draft, record);
    let zone = record.zone(draft.notes, "timeZone").unwrap_or_else(|| {
        let message = "no zone that is known: its times are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "timeZone", message);
        Zone::UTC
    });
    let users = record.texts(draft.notes, "userIDs");
    let members: Vec<_> = users.iter().filter_map(|id| user(draft, id)).map(RotationMember::One).collect();
    if members.is_empty() {
        let message = format!("the rotation `{called}` has nobody in it, and is left out");
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "userIDs", message);
        return None;
    }
    let mut rotation = blank(zone, members);
    rotation.name = Some(called.clone());
    if rotation.members.len() == 1 {
        return Some(rotation);
    }
    let Some(start) = record.instant(draft.notes, "start", Some(zone)) else {
        let message = "turns without a beginning: only the first of its users is on call here";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "start", message);
        rotation.members.truncate(1);
        return Some(rotation);
    };
    let turn = turn(draft, record);
    if turn.unit() == TurnUnit::Months && zone.local(start).day() > 28 {
        let message = "in a month without that day turns change in the next one there, and on the last day here";
        unsayable(draft.notes, record, Level::Note, "start", "turns of months", &called, message);
    }
    let first = first(draft, record, turn, start, zone);
    turns(&mut rotation, turn, first, None);
    rotation.wall_clock = turn.unit() == TurnUnit::Hours;
    Some(rotation)
}

/// How long a turn is; a week where it is not said.
fn turn(draft: &mut Draft<'_>, record: &Record<'_>) -> Turn {
    let unit = match record.scalar("type").as_deref() {
        Some("hourly") => TurnUnit::Hours,
        Some("daily") => TurnUnit::Days,
        Some("weekly") => TurnUnit::Weeks,
        Some("monthly") => TurnUnit::Months,
        _ => {
            let message =
                "it says neither `hourly` nor `daily` nor `weekly` nor `monthly`: its turns are read as weeks";
            record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "type", message);
            TurnUnit::Weeks
        }
    };
    let length = if record.has("shiftLength") { record.whole(draft.notes, "shiftLength") } else { Some(1) };
    let of = |length: i64| -> Option<Turn> {
        // As the text that people write: what is too long is no turn.
        Turn::of(u32::try_from(length).ok().filter(|length| *length > 0)?, unit).to_string().parse().ok()
    };
    length.and_then(of).unwrap_or_else(|| {
        let message = "it is no length of a turn: 1 is taken";
        record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "shiftLength", message);
        Turn::of(1, unit)
    })
}

/// When the first of the list has the turn that is counted from: as many turns before the next handoff as whoever serves now is
/// after the first.
fn first(draft: &mut Draft<'_>, record: &Record<'_>, turn: Turn, start: Timestamp, zone: Zone) -> Timestamp {
    let index = record.scalar("activeUserIndex").and_then(|index| index.parse::<i64>().ok());
    let next = record.texts(draft.notes, "nextHandoffTimes").first().and_then(|text| text.parse::<Timestamp>().ok());
    match (index, next) {
        (Some(index), Some(next)) => {
            let back = index.clamp(0, 10_000).saturating_add(1).saturating_neg();
            turn.after(zone.local(next), back).map_or(start, |first| zone.instant(first, Occurrence::First))
        }
        (Some(_), None) => {
            let message = "who serves from when on is not in the export: the first of the list serves from `start` on; ask for \
                           `nextHandoffTimes(num: 1)` too";
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "nextHandoffTimes", message);
            start
        }
        (None, _) => start,
    }
}
