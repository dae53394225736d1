//! Who sits in a layer of a rotation, and when.

use crate::id::PersonId;
use crate::oncall::{Rotation, Schedule, ScheduleDocument};
use crate::time::Timestamp;

/// A piece of time in which one person, or nobody, sits in a layer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seat {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) person: Option<PersonId>,
}

/// Who sits in a layer of a rotation, by number, in the versions that it has.
pub(super) fn seats<'a>(
    versions: impl IntoIterator<Item = &'a Rotation>,
    layer: usize,
    start: Timestamp,
    end: Timestamp,
) -> Vec<Seat> {
    let plain = |it: &Rotation| Rotation { together: false, priority: None, except: None, ..it.clone() };
    let document =
        ScheduleDocument { rotation: versions.into_iter().map(plain).collect(), ..ScheduleDocument::default() };
    let shifts = Schedule::of(document).and_then(|schedule| schedule.shifts(start, end));
    let mut seats: Vec<Seat> = Vec::new();
    for shift in shifts.into_iter().flat_map(|shifts| shifts.shifts) {
        let (Some(start), Some(end)) = (shift.start, shift.end) else { continue };
        let person = shift.people.get(layer).cloned();
        match seats.last_mut().filter(|last| last.person == person) {
            Some(last) => last.end = end,
            None => seats.push(Seat { start, end, person }),
        }
    }
    if seats.is_empty() { vec![Seat { start, end, person: None }] } else { seats }
}
