//! Who takes part, and in which role.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{PersonId, RoleId};
use crate::incident::event::Event;
use crate::time::{Span, Timestamp};

use super::effective::{Effective, by_occurrence};

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Participant {
    /// Who.
    pub person: PersonId,
    /// Since when, and until when if they left.
    pub span: Span,
}

/// A role held by somebody for a while. It is asked first and begins when it is accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tenure {
    /// Which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
    /// When they were asked; absent if they took it themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// From when to when they had it; absent until they accept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Tenure {
    /// Whether they have it now.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.span.is_some_and(|span| span.end.is_none())
    }
}

/// The people an event shows at work.
fn at_work<'a>(entry: &Effective<'a>) -> Option<&'a PersonId> {
    match entry.event {
        Event::Joined(it) => Some(&it.person),
        Event::RoleAccepted(it) => Some(&it.person),
        Event::HelpAnswered(it) => Some(&it.person),
        Event::TaskAssigned(it) => Some(&it.owner),
        Event::Reassigned(it) => Some(&it.person),
        Event::Acknowledged(_)
        | Event::Hypothesized(_)
        | Event::ExperimentStarted(_)
        | Event::EvidenceAdded(_)
        | Event::TaskDone(_)
        | Event::PageAcknowledged(_) => Some(&entry.entry.by),
        _ => None,
    }
}

/// Everybody who took part, by when they first did.
pub(crate) fn participants(log: &[Effective<'_>]) -> Vec<Participant> {
    let mut all: BTreeMap<&PersonId, Span> = BTreeMap::new();
    for entry in by_occurrence(log) {
        if let Some(person) = at_work(&entry) {
            let span = all.entry(person).or_insert(Span { start: entry.occurred_at, end: None });
            span.end = None;
        }
        if let Event::Left(it) = entry.event
            && let Some(span) = all.get_mut(&it.person)
        {
            span.end = Some(entry.occurred_at);
        }
    }
    let mut all: Vec<_> = all.into_iter().map(|(person, span)| Participant { person: person.clone(), span }).collect();
    all.sort_by(|a, b| (a.span.start, &a.person).cmp(&(b.span.start, &b.person)));
    all
}

/// Every tenure, open requests included, in the order in which they began: as they occurred, so that whoever is told
/// late to have had a role does not share it.
pub(crate) fn tenures(log: &[Effective<'_>]) -> Vec<Tenure> {
    let mut all: Vec<Tenure> = Vec::new();
    let mut asked: BTreeMap<&RoleId, Tenure> = BTreeMap::new();
    let mut held: BTreeMap<&RoleId, usize> = BTreeMap::new();
    for entry in by_occurrence(log) {
        let at = entry.occurred_at;
        let tenure = |role: &RoleId, person: &PersonId, asked_at, span| {
            let (role, person) = (role.clone(), person.clone());
            Tenure { role, person, asked_at, span }
        };
        match entry.event {
            Event::RoleAssigned(it) => {
                asked.insert(&it.role, tenure(&it.role, &it.person, Some(at), None));
            }
            Event::RoleAccepted(it) => {
                let request = asked.remove(&it.role).filter(|request| request.person == it.person);
                let before = held.insert(&it.role, all.len());
                end(&mut all, before, at);
                let span = Some(Span { start: at, end: None });
                all.push(tenure(&it.role, &it.person, request.and_then(|request| request.asked_at), span));
            }
            Event::RoleReleased(it) => {
                if asked.get(&it.role).is_some_and(|request| request.person == it.person) {
                    asked.remove(&it.role);
                }
                let theirs = |index: &usize| all.get(*index).is_some_and(|tenure| tenure.person == it.person);
                if held.get(&it.role).is_some_and(theirs) {
                    end(&mut all, held.remove(&it.role), at);
                }
            }
            Event::Left(it) => held.retain(|_, index| {
                let theirs = all.get(*index).is_some_and(|tenure| tenure.person == it.person);
                if theirs {
                    end(&mut all, Some(*index), at);
                }
                !theirs
            }),
            _ => {}
        }
    }
    all.extend(asked.into_values());
    all.sort_by_key(|tenure| tenure.span.map(|span| span.start).or(tenure.asked_at));
    all
}

fn end(all: &mut [Tenure], which: Option<usize>, at: Timestamp) {
    if let Some(tenure) = which.and_then(|index| all.get_mut(index)) {
        tenure.span = tenure.span.map(|span| Span { end: Some(at), ..span });
    }
}

/// Who may see a restricted incident: those who take part, who have or were asked for a role, who declared it, and who
/// were let in; less those who were shut out.
pub(crate) fn members(log: &[Effective<'_>]) -> Vec<PersonId> {
    let mut all: BTreeMap<&PersonId, bool> = BTreeMap::new();
    for entry in log {
        let person = match entry.event {
            Event::Declared(_) | Event::Accepted(_) | Event::Restricted(_) => Some(&entry.entry.by),
            Event::RoleAssigned(it) => Some(&it.person),
            Event::AccessGranted(it) => Some(&it.person),
            Event::Paged(it) => Some(&it.person),
            _ => at_work(entry),
        };
        if let Some(person) = person {
            all.insert(person, true);
        }
        if let Event::AccessRevoked(it) = entry.event {
            all.insert(&it.person, false);
        }
    }
    all.into_iter().filter(|(_, inside)| *inside).map(|(person, _)| person.clone()).collect()
}
