//! Rotations as layers.

use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument, first_handoff};
use crate::time::{Occurrence, Timestamp, TurnUnit, Zone};

use super::super::rotation::{seconds_of_turn, since_ever, zone_of};
use super::super::weekly::ahead;

/// A layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) name: Option<String>,
    pub(super) start: Timestamp,
    pub(super) end: Option<Timestamp>,
    pub(super) anchor: Timestamp,
    pub(super) seconds: i64,
    pub(super) members: Vec<PersonId>,
    pub(super) restrictions: Vec<Restriction>,
}

/// Hours of a day, or of one day of the week.
#[derive(Debug)]
pub(super) struct Restriction {
    pub(super) day: Option<u32>,
    pub(super) start: u32,
    pub(super) minutes: u32,
}

const DAY: u32 = 24 * 60;
const DAY_SECONDS: i64 = 86_400;

/// The layers, the one that wins last.
pub(super) fn layers(document: &ScheduleDocument) -> Vec<Layer> {
    let mut rotations: Vec<_> = document.rotation.iter().collect();
    if rotations.iter().any(|rotation| rotation.priority.is_some()) {
        rotations.sort_by_key(|rotation| std::cmp::Reverse(rotation.priority.unwrap_or_default()));
    }
    let zone = zone_of(document);
    rotations.into_iter().rev().filter_map(|rotation| layer(rotation, zone)).collect()
}

/// A rotation as a layer; none where nobody is in it.
fn layer(rotation: &Rotation, zone: Zone) -> Option<Layer> {
    let members: Vec<_> = rotation.members.iter().filter_map(member).collect();
    if members.is_empty() {
        return None;
    }
    let first = rotation.start.and_then(|start| first_handoff(rotation, start));
    let first =
        first.map(|first| rotation.zone.instant(first, Occurrence::First)).filter(|_| !rotation.turn.is_empty());
    let from = rotation.from.map(|from| from.instant(rotation.zone));
    let start = from.max(first).unwrap_or_else(since_ever);
    let seconds = rotation.turn.first().map_or(7 * DAY_SECONDS, |turn| {
        seconds_of_turn(*turn).unwrap_or_else(|| match turn.unit() {
            TurnUnit::Months => i64::from(turn.count()) * 30 * DAY_SECONDS,
            _ => DAY_SECONDS,
        })
    });
    Some(Layer {
        name: rotation.name.clone(),
        start,
        end: rotation.until.map(|until| until.instant(rotation.zone)),
        anchor: first.unwrap_or(start),
        seconds,
        members,
        restrictions: restrictions(rotation, zone, start),
    })
}

/// The one person of an entry, as the list is before anybody joins or leaves.
fn member(entry: &RotationMember) -> Option<PersonId> {
    let person = match entry {
        RotationMember::One(person) => Some(person),
        RotationMember::Group(people) => people.first(),
        RotationMember::Joins(_) | RotationMember::Leaves(_) => None,
    };
    person.filter(|person| person.as_str() != "nobody").cloned()
}

/// The hours of a rotation on the clock of the schedule, as the two clocks stand at its beginning.
fn restrictions(rotation: &Rotation, zone: Zone, at: Timestamp) -> Vec<Restriction> {
    let apart = (zone.local(at) - rotation.zone.local(at)).num_minutes();
    let all = ahead(&rotation.hours, apart);
    let mut out = Vec::new();
    for it in &all {
        let alike = all.iter().filter(|other| (other.start, other.minutes) == (it.start, it.minutes));
        let daily = it.minutes < DAY && alike.count() == 7;
        if !daily {
            out.push(Restriction { day: Some(it.day), start: it.start, minutes: it.minutes });
        } else if it.day == 0 {
            out.push(Restriction { day: None, start: it.start, minutes: it.minutes });
        }
    }
    out
}
