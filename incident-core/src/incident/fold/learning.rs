//! What will change.

use serde::Serialize;

use crate::id::{PersonId, TeamId};
use crate::incident::Seq;
use crate::incident::event::{Event, FollowUpKind, FollowUpState};
use crate::time::{Date, Timestamp};

use super::effective::Effective;

/// A follow-up, named by the entry that added it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUp {
    /// The entry that added it.
    pub follow_up: Seq,
    /// What, beginning with a verb.
    pub title: String,
    /// What it does for the future.
    pub kind: FollowUpKind,
    /// How it stands.
    pub state: FollowUpState,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Which team does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// By which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// When to expect news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_update_at: Option<Timestamp>,
    /// The factors it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<Seq>,
    /// Where it is tracked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Why it stands so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Every follow-up, in order.
pub(crate) fn follow_ups(log: &[Effective<'_>]) -> Vec<FollowUp> {
    let mut all: Vec<FollowUp> = Vec::new();
    for entry in log {
        match entry.event {
            Event::FollowUpAdded(it) => all.push(FollowUp {
                follow_up: entry.entry.seq,
                title: it.title.clone(),
                kind: it.kind,
                state: FollowUpState::Open,
                owner: it.owner.clone(),
                team: it.team.clone(),
                due_on: it.due_on,
                next_update_at: it.next_update_at,
                factors: it.factors.clone(),
                link: it.link.clone(),
                reason: None,
            }),
            Event::FollowUpChanged(it) => {
                if let Some(known) = named(&mut all, it.follow_up) {
                    known.title = it.title.clone().unwrap_or_else(|| known.title.clone());
                    known.owner = it.owner.clone().or_else(|| known.owner.clone());
                    known.due_on = it.due_on.or(known.due_on);
                    known.next_update_at = it.next_update_at.or(known.next_update_at);
                    known.link = it.link.clone().or_else(|| known.link.clone());
                }
            }
            Event::FollowUpMoved(it) => {
                if let Some(known) = named(&mut all, it.follow_up) {
                    (known.state, known.reason) = (it.state, it.reason.clone());
                }
            }
            _ => {}
        }
    }
    all
}

/// The one with a number; they are in the order of their numbers.
fn named(all: &mut [FollowUp], which: Seq) -> Option<&mut FollowUp> {
    all.binary_search_by_key(&which, |known| known.follow_up).ok().and_then(|at| all.get_mut(at))
}
