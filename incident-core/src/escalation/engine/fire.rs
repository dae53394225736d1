//! A step acts: whom it means, who of them is new, and what happens when that is nobody.

use super::super::document::{OnEmpty, PageTarget};
use super::super::plan::{Start, Step};
use super::super::surroundings::Surroundings;
use super::super::window::next_open;
use super::deed::{Cause, Deed, Outcome, PageDeed, Reason, StepOf};
use super::resolve::Found;
use super::state::{Firing, State, StepState, Waiting};
use super::work::Minutely;
use super::{otherwise, page};

/// A step and its place.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) track: usize,
    pub(super) at: usize,
    pub(super) name: StepOf,
    pub(super) step: &'a Step,
}

/// Lets a step do what is due in a minute: first whom it holds, then its times.
pub(super) fn step<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>) {
    let runs = !(place.track == 0 && state.is_still());
    let clock = state.clock(place.track, minutely.now);
    let due = |firing: &Firing| firing.is_immediate() || (runs && firing.at <= clock);
    if runs {
        let_in(state, minutely, place);
    }
    let open = || place.step.window_of_step().is_none_or(|window| window.contains(minutely.now.start(), None));
    let Some(StepState { firings, .. }) = its(state, place) else { return };
    if firings.iter().any(due) && open() {
        let now: Vec<Firing> = firings.extract_if(.., |firing| due(firing)).collect();
        now.into_iter().for_each(|firing| act(state, minutely, place, firing));
    }
}

fn its<'a>(state: &'a mut State, place: Place<'_>) -> Option<&'a mut StepState> {
    state.steps.get_mut(place.track)?.get_mut(place.at)
}

/// One time that a step acts.
fn act<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>, firing: Firing) {
    let step = place.step;
    let found = Found::of(&step.page, state, minutely.world, minutely.now.start());
    let again = paged_before(state, minutely, place, &firing);
    let nobody = found.asked && found.people.is_empty() && again.is_empty();
    if nobody && minutely.plan.on_empty == OnEmpty::WaitUntilSomeone {
        return wait(state, minutely, place, firing);
    }
    let round = state.next_round(place.track, place.at);
    let outcome = |outcome| Deed::Step { at: minutely.now, step: place.name, round, outcome };
    if found.no_area {
        state.outbox.push_back(outcome(Outcome::NoArea));
    }
    if nobody && minutely.plan.on_empty == OnEmpty::Skip {
        state.outbox.push_back(outcome(Outcome::Skips));
        skip(state, minutely, place);
    }
    repeat(state, minutely, place, &firing);
    if nobody {
        if minutely.plan.on_empty == OnEmpty::Otherwise {
            state.outbox.push_back(outcome(Outcome::FindsNobody));
            otherwise::ask(state, minutely, &Reason::Step(place.name));
        }
        return;
    }
    let mut asked = false;
    for person in again {
        let cause = Cause::Again { repeat: firing.repeat };
        asked |= ask(state, minutely, place, Waiting { person, round, zone: None, responds: false, cause });
    }
    for meant in found.people {
        if !state.is_engaged(&meant.who) {
            let person = state.involve(meant.who);
            let target = usize::try_from(meant.link.target).ok().and_then(|target| step.page.get(target));
            let responds = target.is_some_and(PageTarget::makes_responders);
            let cause = Cause::Target { link: meant.link, repeat: firing.repeat };
            asked |= ask(state, minutely, place, Waiting { person, round, zone: None, responds, cause });
        }
    }
    if !asked && found.asked {
        let help = firing.help && firing.repeat == 0;
        state.outbox.push_back(outcome(Outcome::AddsNobody { help, asker: firing.asker }));
    }
}

/// Whom a repeat pages once more: those the step has paged and who are there.
fn paged_before<S: Surroundings>(
    state: &State,
    minutely: &Minutely<'_, S>,
    place: Place<'_>,
    firing: &Firing,
) -> Vec<u32> {
    let its = state.steps.get(place.track).and_then(|steps| steps.get(place.at));
    let paged = its.filter(|_| firing.repeat > 0).map_or(&[][..], |its| &its.paged);
    let now = minutely.now.start();
    let present = |at: &u32| state.involved(*at).is_some_and(|it| !minutely.world.is_absent(&it.person, now));
    paged.iter().copied().filter(present).collect()
}

/// Pages somebody, now or when their own window opens. Whether it does.
fn ask<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>, mut waiting: Waiting) -> bool {
    if let Some(window) = place.step.window_of_recipient() {
        waiting.zone = state.involved(waiting.person).and_then(|it| minutely.world.zone(&it.person));
        if !window.contains(minutely.now.start(), waiting.zone) {
            let opens = next_open(window, waiting.zone, minutely.now).is_some();
            if let Some(its) = its(state, place).filter(|_| opens)
                && !its.waiting.iter().any(|known| known.person == waiting.person)
            {
                its.waiting.push(waiting);
            }
            return opens;
        }
    }
    pages(state, minutely, place, waiting)
}

fn pages<S>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>, who: Waiting) -> bool {
    let Waiting { person, round, responds, cause, .. } = who;
    let StepOf { track, step } = place.name;
    let asked = page::page(state, PageDeed { person, at: minutely.now, track, step, round, cause });
    if asked {
        if responds {
            state.responds(person);
        }
        if let Some(its) = its(state, place).filter(|its| !its.paged.contains(&person)) {
            its.paged.push(person);
        }
    }
    asked
}

/// Pages those whose own window has opened, if they are there, and not engaged by another step meanwhile.
fn let_in<S: Surroundings>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>) {
    let Some(window) = place.step.window_of_recipient() else { return };
    let Some(its) = its(state, place).filter(|its| !its.waiting.is_empty()) else { return };
    let now = minutely.now.start();
    let open = |waiting: &Waiting| window.contains(now, waiting.zone);
    let (come, wait) = std::mem::take(&mut its.waiting).into_iter().partition::<Vec<_>, _>(open);
    its.waiting = wait;
    let paged = its.paged.clone();
    for who in come {
        let due = state.involved(who.person).is_some_and(|it| {
            !minutely.world.is_absent(&it.person, now) && (!it.engaged || paged.contains(&who.person))
        });
        if due {
            pages(state, minutely, place, who);
        }
    }
}

/// Plans the next time, if the step repeats.
fn repeat<S>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>, firing: &Firing) {
    let clock = state.clock(place.track, minutely.now);
    let Some(again) = place.step.again.filter(|again| firing.repeat < again.times) else { return };
    let Some(its) = its(state, place) else { return };
    let (at, repeat) = (clock.saturating_add(again.every), firing.repeat + 1);
    its.firings.push(Firing { at, repeat, waits: false, ..firing.clone() });
}

/// The clock of the track goes ahead to the next step, if that is not due yet. What steps do again stays as far from what
/// it repeats as it was.
fn skip<S>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>) {
    let clock = state.clock(place.track, minutely.now);
    let mut after = minutely.tracks.steps.get(place.track).into_iter().flatten().skip(place.at + 1);
    let next = after.find_map(|step| match step.start {
        Start::At(at) => Some(at),
        Start::Help(_) | Start::NoProgress(_) | Start::Raised => None,
    });
    if let (Some(next), Some(ahead)) = (next, state.ahead.get_mut(place.track)) {
        let skipped = next.saturating_sub(clock).max(0);
        *ahead = ahead.saturating_add(skipped);
        let firings = state.steps.get_mut(place.track).into_iter().flatten().flat_map(|its| &mut its.firings);
        for repeat in firings.filter(|firing| firing.repeat > 0) {
            repeat.at = repeat.at.saturating_add(skipped);
        }
    }
}

/// The step stays due until there is somebody.
fn wait<S>(state: &mut State, minutely: &Minutely<'_, S>, place: Place<'_>, firing: Firing) {
    if !firing.waits {
        let (at, step, outcome) = (minutely.now, place.name, Outcome::Waits);
        state.outbox.push_back(Deed::Step { at, step, round: firing.repeat, outcome });
    }
    if let Some(its) = its(state, place) {
        its.firings.push(Firing { waits: true, ..firing });
    }
}
