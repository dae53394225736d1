//! `otherwise`: at once where a step finds nobody, and at the end of the first response.

use super::super::action::EscalationTrack;
use super::super::surroundings::Surroundings;
use super::deed::{Cause, Deed, PageDeed, Reason};
use super::page::page;
use super::resolve::Found;
use super::state::State;
use super::work::Minutely;

/// Pages `otherwise`: where a step finds nobody those who are not engaged yet, at the end all of them, engaged or not.
pub(super) fn ask<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, reason: &Reason) {
    let Minutely { tracks, world, now: at, .. } = *minutely;
    let found = Found::of(&tracks.otherwise, state, world, at.start());
    let round = state.otherwise_rounds;
    state.otherwise_rounds = round.saturating_add(1);
    if found.people.is_empty() {
        return state.outbox.push_back(Deed::Unreachable { at, reason: reason.clone() });
    }
    let mut asked = false;
    for meant in found.people {
        if *reason == Reason::End || !state.is_engaged(&meant.who) {
            let person = state.involve(meant.who);
            let cause = Cause::Otherwise { link: meant.link, reason: reason.clone() };
            asked |= page(state, PageDeed { person, at, track: EscalationTrack::Otherwise, step: 0, round, cause });
        }
    }
    if !asked {
        state.outbox.push_back(Deed::OtherwiseAddsNobody { reason: reason.clone() });
    }
}
