//! Rotations as Jira takes them: people who take turns of one length, at full and half hours.

use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument, first_handoff};
use crate::time::{Elapsed, Occurrence, Timestamp, TurnUnit, Zone};

use super::super::rotation::{seconds_of_turn, since_ever, zone_of};
use super::super::weekly::{Stretch, ahead};

/// A rotation.
#[derive(Debug)]
pub(super) struct Turns {
    pub(super) name: Option<String>,
    pub(super) start: Timestamp,
    pub(super) end: Option<Timestamp>,
    pub(super) unit: &'static str,
    pub(super) length: u32,
    /// Who takes turns; nobody where one is nobody's.
    pub(super) participants: Vec<Option<PersonId>>,
    /// Its hours on the clock of the schedule; at all hours where there are none.
    pub(super) hours: Vec<Stretch>,
}

const WEEK: u32 = 7 * 24 * 60;
const HALF_HOUR: u32 = 30;

/// The rotations of a schedule, in their order.
pub(super) fn rotations(document: &ScheduleDocument) -> Vec<Turns> {
    let zone = zone_of(document);
    document.rotation.iter().filter_map(|rotation| turns(rotation, zone)).collect()
}

/// A full or half hour no later than an instant.
pub(super) fn half_hour_before(at: Timestamp) -> Timestamp {
    let half_hour = i64::from(HALF_HOUR) * 60_000_000;
    at.plus(Elapsed::from_micros(-at.as_micros().rem_euclid(half_hour)))
}

/// A full or half hour no earlier than an instant.
pub(super) fn half_hour_after(at: Timestamp) -> Timestamp {
    let half_hour = i64::from(HALF_HOUR) * 60_000_000;
    at.plus(Elapsed::from_micros((-at.as_micros()).rem_euclid(half_hour)))
}

/// A rotation; none where nobody is in it.
fn turns(rotation: &Rotation, zone: Zone) -> Option<Turns> {
    let mut participants: Vec<_> = rotation.members.iter().filter_map(member).collect();
    if participants.is_empty() {
        return None;
    }
    let first = rotation.start.and_then(|start| first_handoff(rotation, start));
    let first =
        first.map(|first| rotation.zone.instant(first, Occurrence::First)).filter(|_| !rotation.turn.is_empty());
    let from = rotation.from.map(|from| from.instant(rotation.zone));
    let start = match (first, from, participants.len()) {
        (first, from, 1) => from.max(first),
        (Some(first), Some(from), people) if from > first => {
            let (start, turns) = turn_at(rotation, first, from);
            let passed = turns.checked_rem_euclid(i64::try_from(people).unwrap_or(1)).unwrap_or_default();
            participants.rotate_left(usize::try_from(passed).unwrap_or_default());
            Some(start)
        }
        (first, from, _) => first.or(from),
    };
    let start = half_hour_before(start.unwrap_or_else(since_ever));
    let (unit, length) = length(rotation);
    Some(Turns {
        name: rotation.name.clone(),
        start,
        end: rotation.until.map(|until| half_hour_after(until.instant(rotation.zone))),
        unit,
        length,
        participants,
        hours: hours(rotation, zone, start),
    })
}

/// The one person of an entry, as the list is before anybody joins or leaves; nobody where the turn is nobody's.
fn member(entry: &RotationMember) -> Option<Option<PersonId>> {
    let person = match entry {
        RotationMember::One(person) => person,
        RotationMember::Group(people) => people.first()?,
        RotationMember::Joins(_) | RotationMember::Leaves(_) => return None,
    };
    Some(Some(person.clone()).filter(|person| person.as_str() != "nobody"))
}

/// When the turn begins that goes on at an instant, and how many turns are over by then; the first where turns have no one
/// length.
fn turn_at(rotation: &Rotation, first: Timestamp, at: Timestamp) -> (Timestamp, i64) {
    let zone = rotation.zone;
    let found = || {
        let [turn] = rotation.turn.as_slice() else { return None };
        let seconds = seconds_of_turn(*turn)?;
        if turn.unit() == TurnUnit::Hours && !rotation.wall_clock {
            let turns = (at.as_micros() - first.as_micros()).div_euclid(seconds.checked_mul(1_000_000)?);
            return Some((first.plus(Elapsed::from_micros(turns * seconds * 1_000_000)), turns));
        }
        let passed = (zone.local(at) - zone.local(first)).num_seconds();
        let turns = passed.div_euclid(seconds);
        Some((zone.instant(turn.after(zone.local(first), turns)?, Occurrence::First), turns))
    };
    found().unwrap_or((first, 0))
}

/// The unit of a turn and how many it has: the first length, and 30 days for a month.
fn length(rotation: &Rotation) -> (&'static str, u32) {
    let Some(turn) = rotation.turn.first() else { return ("weekly", 1) };
    match (turn.unit(), turn.count()) {
        (TurnUnit::Weeks, count) => ("weekly", count),
        (TurnUnit::Days, count) => ("daily", count),
        (TurnUnit::Months, count) => ("daily", count.saturating_mul(30)),
        // Hours of the clock on the wall are those of days.
        (TurnUnit::Hours, count) if rotation.wall_clock && count % 24 == 0 => ("daily", count / 24),
        (TurnUnit::Hours, count) => ("hourly", count),
    }
}

/// The hours of a rotation on the clock of the schedule, as the two clocks stand at its beginning.
fn hours(rotation: &Rotation, zone: Zone, at: Timestamp) -> Vec<Stretch> {
    let apart = (zone.local(at) - rotation.zone.local(at)).num_minutes();
    let widened = |it: Stretch| {
        let start = it.start - it.start % HALF_HOUR;
        Stretch { start, minutes: (it.start + it.minutes).next_multiple_of(HALF_HOUR) - start, ..it }
    };
    let all: Vec<_> = ahead(&rotation.hours, apart).into_iter().map(widened).collect();
    if all.iter().any(|it| it.minutes >= WEEK) { Vec::new() } else { all }
}
