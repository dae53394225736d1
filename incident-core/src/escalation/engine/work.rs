//! One minute: what was told first, then first response, reinforcement and authority, steps as listed.

use super::super::action::EscalationTrack;
use super::super::minute::Minute;
use super::super::plan::{Plan, Start, Tracks};
use super::super::surroundings::Surroundings;
use super::deed::{Deed, Reason, StepOf};
use super::fire::Place;
use super::hear::{Heard, hear};
use super::state::{Firing, State};
use super::{deadline, fire, otherwise};

/// What a minute is worked with.
pub(super) struct Minutely<'a, S> {
    pub(super) plan: &'a Plan,
    pub(super) tracks: &'a Tracks,
    pub(super) world: &'a S,
    pub(super) now: Minute,
}

/// Works through one minute, for the first time or once more.
pub(super) fn work<S: Surroundings>(state: &mut State, plan: &Plan, world: &S, now: Minute) {
    if state.reached != now {
        state.reached = now;
        state.paged_now.clear();
    }
    let heard = hear(state, plan, world, now);
    let (tracks, _) = plan.at(state.severity.as_ref());
    expire(state, tracks, now);
    stand_still(state, now);
    call(state, tracks, &heard);
    let minutely = Minutely { plan, tracks, world, now };
    for (place, track) in EscalationTrack::OF_STEPS.into_iter().enumerate() {
        run(state, &minutely, place, track);
    }
}

/// Everything ends, whatever is still due.
pub(super) fn finish(state: &mut State) {
    state.finished = true;
    state.inbox.clear();
    state.outbox.clear();
    state.outbox.push_back(Deed::Finished);
}

/// An acknowledgement holds for a time, a snooze until an instant.
fn expire(state: &mut State, tracks: &Tracks, now: Minute) {
    let ran_out = |holds: i64| state.acknowledged.as_ref().is_some_and(|it| it.at + holds <= now);
    if tracks.acknowledged_for.is_some_and(ran_out) {
        state.acknowledged = None;
    }
    state.snoozed_until = state.snoozed_until.filter(|until| now < *until);
}

/// The clock of the first track stands still while somebody has acknowledged, or it is snoozed.
fn stand_still(state: &mut State, now: Minute) {
    let still = state.acknowledged.is_some() || state.snoozed_until.is_some();
    match state.still_since {
        None if still => state.still_since = Some(now),
        Some(since) if !still => {
            state.still_since = None;
            state.stood_still = state.stood_still.saturating_add(now - since);
        }
        _ => {}
    }
}

/// Occasions call for steps: help was asked for, or nothing moved for as long as a step waits. They call for steps of
/// the first response also while its clock stands still.
fn call(state: &mut State, tracks: &Tracks, heard: &Heard) {
    let mut answered = vec![false; heard.help.len()];
    let now = state.reached;
    for (place, steps) in tracks.steps.iter().enumerate() {
        if place == 0 && state.over {
            continue;
        }
        let (clock, quiet_since) = (state.clock(place, now), state.quiet_since);
        for (step, its) in steps.iter().zip(state.steps.get_mut(place).into_iter().flatten()) {
            match step.start {
                Start::Help(wanted) => {
                    for (answered, (reason, asker)) in answered.iter_mut().zip(&heard.help) {
                        if wanted.covers(*reason) {
                            *answered = true;
                            let firing = Firing { help: true, asker: asker.clone(), ..Firing::on_occasion(clock) };
                            its.firings.push(firing);
                        }
                    }
                }
                Start::NoProgress(quiet) if !its.quiet_told && quiet_since + quiet <= now => {
                    its.quiet_told = true;
                    its.firings.push(Firing::on_occasion(clock));
                }
                Start::NoProgress(_) | Start::At(_) | Start::Raised => {}
            }
        }
    }
    for (_, (reason, _)) in answered.iter().zip(&heard.help).filter(|(answered, _)| !**answered) {
        state.outbox.push_back(Deed::HelpUnanswered { reason: *reason });
    }
}

/// One track: its steps as listed, once more where an empty one was skipped, then its end.
fn run<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, track: usize, name: EscalationTrack) {
    if track == 0 && state.over {
        return;
    }
    loop {
        let ahead = state.ahead;
        for (at, step) in minutely.tracks.steps.get(track).into_iter().flatten().enumerate() {
            let name = StepOf { track: name, step: u32::try_from(at).unwrap_or(u32::MAX) };
            fire::step(state, minutely, Place { track, at, name, step });
        }
        if state.ahead == ahead {
            break;
        }
    }
    if track == 0 {
        end(state, minutely);
    }
}

/// The first track ends when it has nothing left to page, and `after` has passed on its clock.
fn end<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>) {
    let clock = state.clock(0, minutely.now);
    if state.nothing_left.is_none() && deadline::nothing_left(state) {
        state.nothing_left = Some(clock);
    }
    let ended = state.nothing_left.is_some_and(|end| end.saturating_add(minutely.tracks.end_after) <= clock);
    if !ended || state.is_still() {
        return;
    }
    state.over = true;
    if minutely.tracks.quietly {
        state.outbox.push_back(Deed::EndsQuietly);
    } else {
        otherwise::ask(state, minutely, &Reason::End);
    }
}
