//! Who takes part, and in which role.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{PersonId, RoleId};
use crate::incident::event::Event;
use crate::time::{Span, Timestamp};

use super::effective::Effective;

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
    for entry in log {
        if let Some(person) = at_work(entry) {
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

/// Every tenure, open requests included, in the order in which they began.
pub(crate) fn tenures(log: &[Effective<'_>]) -> Vec<Tenure> {
    let mut all: Vec<Tenure> = Vec::new();
    for entry in log {
        let at = entry.occurred_at;
        match entry.event {
            Event::RoleAssigned(it) => {
                all.retain(|tenure| tenure.span.is_some() || tenure.role != it.role);
                all.push(Tenure { role: it.role.clone(), person: it.person.clone(), asked_at: Some(at), span: None });
            }
            Event::RoleAccepted(it) => {
                let asked = all
                    .iter()
                    .find(|tenure| tenure.span.is_none() && tenure.role == it.role && tenure.person == it.person);
                let asked_at = asked.and_then(|tenure| tenure.asked_at);
                all.retain(|tenure| tenure.span.is_some() || tenure.role != it.role);
                end(&mut all, |tenure| tenure.role == it.role, at);
                let span = Some(Span { start: at, end: None });
                all.push(Tenure { role: it.role.clone(), person: it.person.clone(), asked_at, span });
            }
            Event::RoleReleased(it) => {
                all.retain(|tenure| tenure.span.is_some() || tenure.role != it.role || tenure.person != it.person);
                end(&mut all, |tenure| tenure.role == it.role && tenure.person == it.person, at);
            }
            Event::Left(it) => end(&mut all, |tenure| tenure.person == it.person, at),
            _ => {}
        }
    }
    all
}

fn end(all: &mut [Tenure], which: impl Fn(&Tenure) -> bool, at: Timestamp) {
    for tenure in all.iter_mut().filter(|tenure| tenure.is_held() && which(tenure)) {
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
