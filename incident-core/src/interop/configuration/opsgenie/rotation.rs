//! A rotation: participants who take turns of so many hours, days or weeks.

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember};
use crate::time::{Turn, TurnUnit, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::{blank, moment, since_ever, turns};
use super::restriction;
use super::roster::{Among, Roster, person};

/// Reads a rotation; none where nobody is in it, or where it had ended.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>, roster: &Roster, zone: Zone) -> Option<Rotation> {
    let start = record.instant(draft.notes, "startDate", Some(zone));
    let end = record.instant(draft.notes, "endDate", Some(zone));
    if let (Some(end), Some(now)) = (end, draft.options.exported_at)
        && end <= now
    {
        let message = format!("a rotation that ended on {} is left out", zone.day(end));
        record.note(draft.notes, Level::Note, codes::ENDED, "endDate", message);
        return None;
    }
    let members: Vec<_> = record
        .records(draft.notes, "participants")
        .iter()
        .filter_map(|participant| member(draft, record, participant, roster))
        .collect();
    if members.is_empty() {
        let message = "a rotation with nobody in it is left out";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "participants", message);
        return None;
    }
    let mut rotation = blank(zone, members);
    rotation.name = record.text(draft.notes, "name");
    rotation.hours = restriction::read(draft, record);
    rotation.until = end.map(|end| moment(zone, end));
    match (rotation.members.len(), start) {
        // Nobody takes turns with oneself.
        (1, _) => {
            rotation.from = start.filter(|start| *start > since_ever()).map(|start| moment(zone, start));
        }
        (_, Some(start)) => turns(&mut rotation, turn(draft, record), start, Some(start)),
        (_, None) => {
            let message = "turns without a beginning: only the first of its participants is on call here";
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "startDate", message);
            rotation.members.truncate(1);
        }
    }
    Some(rotation)
}

/// How long a turn is; a week where it is not said.
fn turn(draft: &mut Draft<'_>, record: &Record<'_>) -> Turn {
    let unit = match record.scalar("type").as_deref() {
        Some("hourly") => TurnUnit::Hours,
        Some("daily") => TurnUnit::Days,
        Some("weekly") => TurnUnit::Weeks,
        _ => {
            let message = "it says neither `hourly` nor `daily` nor `weekly`: its turns are read as weeks";
            record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "type", message);
            TurnUnit::Weeks
        }
    };
    let length = if record.has("length") { record.whole(draft.notes, "length") } else { Some(1) };
    let of = |length: i64| -> Option<Turn> {
        // As the text that people write: what is too long is no turn.
        Turn::of(u32::try_from(length).ok().filter(|length| *length > 0)?, unit).to_string().parse().ok()
    };
    length.and_then(of).unwrap_or_else(|| {
        let message = "it is no length of a turn: 1 is taken";
        record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "length", message);
        Turn::of(1, unit)
    })
}

fn member(
    draft: &mut Draft<'_>,
    rotation: &Record<'_>,
    participant: &Record<'_>,
    roster: &Roster,
) -> Option<RotationMember> {
    let nobody = PersonId::new("nobody").ok().map(RotationMember::One);
    let name = participant.scalar("name").or_else(|| participant.id()).unwrap_or_default();
    match participant.scalar("type").as_deref() {
        Some("none" | "noone") => nobody,
        Some("team") => {
            let people = roster.referred(participant).map(|id| roster.members(&id, Among::All)).unwrap_or_default();
            if people.is_empty() {
                let message = "a team whose members are not in the export takes its turn as `nobody`";
                participant.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "id", message);
                return nobody;
            }
            let message = "when a team is on call its own routing rules say who is reached: here all of its members serve \
                           together";
            unsayable(draft.notes, participant, Level::Warning, "", "team on call", name, message);
            Some(RotationMember::Group(people))
        }
        Some("escalation") => {
            let message = "an escalation cannot be on call: its turns are those of `nobody`";
            unsayable(draft.notes, participant, Level::Warning, "", "escalation on call", name, message);
            nobody
        }
        _ => {
            let person = person(draft, participant);
            if person.is_none() {
                let message = "a participant who is not named is left out";
                rotation.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "participants", message);
            }
            person.map(RotationMember::One)
        }
    }
}
