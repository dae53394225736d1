//! What was told by a minute, in the order in which it came.

use super::super::action::EscalationTrack;
use super::super::input::EscalationInput;
use super::super::minute::Minute;
use super::super::plan::Plan;
use super::super::surroundings::Surroundings;
use super::deed::{Cause, Deed, PageDeed, Reason};
use super::page::{self, page};
use super::resolve::Who;
use super::state::{Acknowledgement, State};
use crate::id::{PersonId, SeverityId};
use crate::incident::event::HelpReason;

/// What steps may be called by.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Each time help was asked for, and by whom.
    pub(super) help: Vec<(HelpReason, Option<PersonId>)>,
}

/// Takes everything that was told by a minute.
pub(super) fn hear<S: Surroundings>(state: &mut State, plan: &Plan, world: &S, now: Minute) -> Heard {
    let mut heard = Heard::default();
    while let Some(told) = state.inbox.front().filter(|told| told.at <= now) {
        let at = told.at;
        let Some(told) = state.inbox.pop_front() else { break };
        if at < now && at >= state.started {
            state.outbox.push_back(Deed::ToldLate { at, now });
        }
        // Nothing stands for another version of the policy, whose tracks have begun.
        if let Some(input) = told.input {
            take(input, state, plan, world, now, &mut heard);
        }
    }
    heard
}

fn take<S: Surroundings>(
    input: EscalationInput,
    state: &mut State,
    plan: &Plan,
    world: &S,
    now: Minute,
    heard: &mut Heard,
) {
    match input {
        EscalationInput::Tick {} | EscalationInput::Resolved {} => {}
        EscalationInput::Acknowledged { by } => {
            acts(state, &by);
            state.progress(now);
            state.acknowledged = Some(Acknowledgement { by, at: now });
        }
        EscalationInput::Unacknowledged {} => state.acknowledged = None,
        EscalationInput::Snoozed { until } => state.snoozed_until = Some(Minute::from(until)),
        EscalationInput::Woken {} => state.snoozed_until = None,
        EscalationInput::Reassigned { to, by } => {
            by.iter().for_each(|by| acts(state, by));
            state.progress(now);
            give(state, &to, by.as_ref(), world, now);
        }
        EscalationInput::SeverityChanged { severity, raised } => {
            if state.severity.as_ref() != Some(&severity) {
                let raised = raised.unwrap_or_else(|| sorts_before(&severity, state.severity.as_ref()));
                state.severity = Some(severity);
                state.begin(plan, now, raised);
                state.progress(now);
            }
        }
        EscalationInput::AreaAdded { area } => {
            if !state.areas.contains(&area) {
                state.areas.push(area);
                state.progress(now);
            }
        }
        EscalationInput::HelpAsked { reason, by } => {
            by.iter().for_each(|by| acts(state, by));
            heard.help.push((reason, by));
        }
        EscalationInput::Progress { by } => {
            by.iter().for_each(|by| acts(state, by));
            state.progress(now);
        }
        EscalationInput::DeliveryFailed { page } => {
            let person = page::whose(state, page);
            person.iter().for_each(|person| state.arrives(*person, false));
            state.outbox.push_back(Deed::DeliveryFailed { page, person });
        }
    }
}

/// Whoever acts is engaged, and a responder.
fn acts(state: &mut State, person: &PersonId) {
    let at = state.involve(Who::New(person.clone()));
    state.engage(at);
    state.arrives(at, true);
    state.responds(at);
}

/// The new owner is paged at once, engaged or not; one who is absent cannot be.
fn give<S: Surroundings>(state: &mut State, to: &PersonId, by: Option<&PersonId>, world: &S, now: Minute) {
    let person = state.involve(Who::New(to.clone()));
    state.responds(person);
    let round = state.reassigned;
    state.reassigned = round.saturating_add(1);
    if world.is_absent(to, now.start()) {
        state.outbox.push_back(Deed::Unreachable { at: now, reason: Reason::Given { to: to.clone() } });
    } else {
        let cause = Cause::Given { by: by.cloned() };
        page(state, PageDeed { person, at: now, track: EscalationTrack::Reassigned, step: 0, round, cause });
    }
}

/// Where nobody says whether it got worse: names are numbered from the worst, as `sev1` and `p1` are.
fn sorts_before(new: &SeverityId, old: Option<&SeverityId>) -> bool {
    let key = |severity: &SeverityId| {
        let name = severity.as_str();
        let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name.strip_prefix(word).unwrap_or_default().trim_start_matches('0');
        (word.to_owned(), number.len(), number.to_owned())
    };
    old.is_none_or(|old| key(new) < key(old))
}
