//! When something happens next, if nobody says anything.

use super::super::minute::Minute;
use super::super::plan::{Start, Step, Tracks};
use super::super::window::next_open;
use super::state::{Firing, State, StepState};

/// The next minute after the one reached in which something may happen.
pub(super) fn next(state: &State, tracks: &Tracks) -> Option<Minute> {
    if state.resolved {
        return None;
    }
    let mut soonest: Option<Minute> = None;
    let mut may = |at: Minute| {
        let at = at.max(state.reached.next());
        soonest = Some(soonest.map_or(at, |soonest| soonest.min(at)));
    };
    if let (Some(acknowledged), Some(holds)) = (&state.acknowledged, tracks.acknowledged_for) {
        may(acknowledged.at + holds);
    }
    if let Some(until) = state.snoozed_until {
        may(until);
    }
    for (track, (steps, states)) in tracks.steps.iter().zip(&state.steps).enumerate() {
        if track == 0 && state.over {
            continue;
        }
        for (step, its) in steps.iter().zip(states) {
            if let Start::NoProgress(quiet) = step.start
                && !its.quiet_told
            {
                may(state.quiet_since + quiet);
            }
            its.firings.iter().filter_map(|firing| firing_at(state, track, step, firing)).for_each(&mut may);
            waiting(state, track, step, its).for_each(&mut may);
        }
    }
    if let Some(end) = end_at(state, tracks) {
        may(end);
    }
    soonest
}

/// When a step acts, as things stand: none while its track stands still, or if its window never opens.
fn firing_at(state: &State, track: usize, step: &Step, firing: &Firing) -> Option<Minute> {
    let next = state.reached.next();
    let due = if firing.is_immediate() {
        next
    } else if track == 0 && state.is_still() {
        return None;
    } else {
        next.max(state.reached + firing.at.saturating_sub(state.clock(track, state.reached)))
    };
    match step.window_of_step() {
        Some(window) => next_open(window, None, due),
        None => Some(due),
    }
}

/// When the windows of those open who wait for theirs.
fn waiting<'a>(
    state: &'a State,
    track: usize,
    step: &'a Step,
    its: &'a StepState,
) -> impl Iterator<Item = Minute> + 'a {
    let runs = !(track == 0 && state.is_still());
    let window = step.window_of_recipient().filter(|_| runs);
    let each = its.waiting.iter();
    each.filter_map(move |waiting| next_open(window?, waiting.zone, state.reached.next()))
}

/// When the first track comes to its end: none while it stands still, or has something left to page.
fn end_at(state: &State, tracks: &Tracks) -> Option<Minute> {
    let end = state.nothing_left?;
    let left = end.saturating_add(tracks.end_after).saturating_sub(state.clock(0, state.reached));
    (!state.over && !state.is_still()).then_some(state.reached + left)
}

/// Whether the first track has nothing left to page by the clock.
pub(super) fn nothing_left(state: &State) -> bool {
    let [first, ..] = &state.steps;
    first.iter().all(|step| step.waiting.is_empty() && step.firings.iter().all(|firing| firing.occasion))
}
