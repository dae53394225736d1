//! Overrides of a file as incident.io has them: one person in one layer of one rotation.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::oncall::{ScheduleDocument, ScheduleOverride};
use crate::time::Timestamp;

use super::super::exceptions::span;
use super::super::rotation::zone_of;
use super::rotas::Rota;
use super::seats::{Seat, seats};

/// An override there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shift {
    /// The number of the rotation.
    pub(super) rotation: usize,
    /// Its layer, from 0 on.
    pub(super) layer: usize,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) person: PersonId,
}

/// The overrides of a schedule there. What takes somebody off call without another in the place is none.
pub(super) fn shifts(document: &ScheduleDocument, rotas: &[Rota]) -> Vec<Shift> {
    let of = |rota: &Rota| {
        let number = rota.number;
        (0..rota.layers.min(rota.users.len())).map(move |layer| (number, layer))
    };
    let places: BTreeSet<(usize, usize)> = rotas.iter().flat_map(of).collect();
    let mut shifts = Vec::new();
    for it in &document.overrides {
        let span = span(it, it.zone.unwrap_or_else(|| zone_of(document)));
        let Some((start, end)) = span.and_then(|span| Some((span.start, span.end?))) else { continue };
        let taken = |(rotation, layer): (usize, usize)| -> Vec<Seat> {
            let versions = rotas.iter().filter(|rota| rota.number == rotation);
            seats(versions.map(|rota| &rota.rotation), layer, start, end)
        };
        let at = |(rotation, layer): (usize, usize), seat: Seat, person: &PersonId| Shift {
            rotation,
            layer,
            start: seat.start,
            end: seat.end,
            person: person.clone(),
        };
        let whole = Seat { start, end, person: None };
        match (it, it.cover.as_deref().or(it.temporary.as_deref())) {
            (ScheduleOverride { replace: Some(whom), with: Some(with), .. }, _) => {
                for place in places.iter().copied() {
                    let theirs = taken(place).into_iter().filter(|seat| seat.person.as_ref() == Some(whom));
                    shifts.extend(theirs.map(|seat| at(place, seat, with)));
                }
            }
            (_, Some(people)) => {
                // Those who cover share the places among themselves; the first one is taken in any case.
                for (number, (place, person)) in places.iter().copied().zip(people.iter().cycle()).enumerate() {
                    if number < people.len() {
                        shifts.push(at(place, whole.clone(), person));
                    } else {
                        let theirs = taken(place).into_iter().filter(|seat| seat.person.is_some());
                        shifts.extend(theirs.map(|seat| at(place, seat, person)));
                    }
                }
            }
            (ScheduleOverride { add: Some(people), .. }, None) => {
                let free = |place: &(usize, usize)| taken(*place).iter().all(|seat| seat.person.is_none());
                let places = places.iter().copied().filter(free);
                shifts.extend(places.zip(people).map(|(place, person)| at(place, whole.clone(), person)));
            }
            _ => {}
        }
    }
    shifts
}
