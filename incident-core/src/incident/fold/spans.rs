//! Time in each state.

use serde::Serialize;

use crate::incident::event::{Event, State};
use crate::time::Span;

use super::effective::{Effective, by_occurrence};

/// A stretch in one state. Coming back to a state is another stretch: nothing is overwritten by reopening.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateSpan {
    /// The state.
    pub state: State,
    /// From when to when.
    pub span: Span,
}

/// The state that an event sets.
pub(crate) fn state_of(event: &Event) -> Option<&State> {
    match event {
        Event::Proposed(it) => Some(&it.state),
        Event::Declared(it) => Some(&it.state),
        Event::Accepted(it) => Some(&it.state),
        Event::Declined(it) => Some(&it.state),
        Event::StoodDown(it) => Some(&it.state),
        Event::StateChanged(it) => Some(&it.state),
        Event::Paused(it) => Some(&it.state),
        Event::Resolved(it) => Some(&it.state),
        Event::Reopened(it) => Some(&it.state),
        Event::Closed(it) => Some(&it.state),
        Event::Merged(it) => Some(&it.state),
        Event::Unmerged(it) => Some(&it.state),
        Event::Erased(it) => it.state.as_ref(),
        _ => None,
    }
}

/// The state now: what we were told last.
pub(crate) fn state(log: &[Effective<'_>]) -> Option<State> {
    log.iter().rev().find_map(|entry| state_of(entry.event)).cloned()
}

/// All stretches, as they occurred.
pub(crate) fn spans(log: &[Effective<'_>]) -> Vec<StateSpan> {
    let mut spans: Vec<StateSpan> = Vec::new();
    for entry in by_occurrence(log) {
        let Some(state) = state_of(entry.event) else { continue };
        if let Some(last) = spans.last_mut() {
            if last.state == *state {
                continue;
            }
            last.span.end = Some(entry.occurred_at);
        }
        spans.push(StateSpan { state: state.clone(), span: Span { start: entry.occurred_at, end: None } });
    }
    spans
}
