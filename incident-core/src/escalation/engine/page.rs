//! Asking for one page.

use uuid::Uuid;

use super::super::action::EscalationTrack;
use super::deed::{Deed, PageDeed};
use super::state::State;
use crate::id::PersonId;
use crate::incident::event::PageId;

/// Asks for a page, once per person and minute. Whether it was asked for.
pub(super) fn page(state: &mut State, page: PageDeed) -> bool {
    if state.paged_now.contains(&page.person) {
        return false;
    }
    state.paged_now.push(page.person);
    state.engage(page.person);
    state.arrives(page.person, true);
    state.outbox.push_back(Deed::Page(page));
    true
}

/// A UUID of version 5 in the name space of the incident, from `<track>/<step>/<person>/<round>`; after it was reopened
/// `reopened-<n>/` stands before that.
pub(super) fn id(state: &State, track: EscalationTrack, step: u32, person: &PersonId, round: u32) -> PageId {
    let mut name = String::with_capacity(64);
    if state.reopened > 0 {
        name.push_str("reopened-");
        digits(state.reopened, &mut name);
        name.push('/');
    }
    name.extend([track.as_str(), "/"]);
    digits(step, &mut name);
    name.extend(["/", person.as_str(), "/"]);
    digits(round, &mut name);
    Uuid::new_v5(&state.incident.as_uuid(), name.as_bytes()).into()
}

/// Writes a number without a text of its own.
pub(super) fn digits(number: u32, into: &mut String) {
    if number >= 10 {
        digits(number / 10, into);
    }
    into.extend(char::from_digit(number % 10, 10));
}

/// Whose page it was: the id says what it was made from, the latest rounds first.
pub(super) fn whose(state: &State, page: PageId) -> Option<u32> {
    let of_steps = EscalationTrack::OF_STEPS.into_iter().zip(&state.rounds);
    let of_steps =
        of_steps.flat_map(|(track, steps)| (0..).zip(steps).map(move |(step, rounds)| (track, step, *rounds)));
    let others =
        [(EscalationTrack::Otherwise, 0, state.otherwise_rounds), (EscalationTrack::Reassigned, 0, state.reassigned)];
    let all = of_steps.chain(others).collect::<Vec<_>>();
    let most = all.iter().map(|(.., rounds)| *rounds).max().unwrap_or_default();
    let is_it = |round: u32, person: &PersonId| {
        let asked = all.iter().filter(|(.., rounds)| round < *rounds);
        asked.into_iter().any(|(track, step, _)| id(state, *track, *step, person, round) == page)
    };
    let people = || (0..).zip(&state.people);
    (0..most).rev().find_map(|round| people().find(|(_, it)| is_it(round, &it.person)).map(|(at, _)| at))
}
