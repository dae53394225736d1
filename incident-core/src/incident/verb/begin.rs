//! How an incident begins: declared by a person, or proposed by a machine and decided by a person.

use crate::codes;
use crate::error::{Error, Result};
use crate::id::{IncidentId, MilestoneId};
use crate::incident::event::{
    Accepted, AlertAttached, Declared, Declined, Event, FactRecorded, IncidentKind, LinkAdded, MilestoneReached,
    Proposed, State, StateKind, Summarized,
};
use crate::incident::{Candidate, Entry, Incident, Lifecycle, Stamp};
use crate::time::Timestamp;

impl Incident {
    /// Declares an incident: a title and a person are enough.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`
    pub fn declare(id: IncidentId, title: &str, stamp: &Stamp) -> Result<Self> {
        Self::declare_as(id, title, IncidentKind::Standard, None, Lifecycle::default(), stamp)
    }

    /// Declares an incident of a kind, with the concern of the one who declares it, under a lifecycle.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`; `incident.no_such_state`, if the lifecycle has no active state
    pub fn declare_as(
        id: IncidentId,
        title: &str,
        kind: IncidentKind,
        concern: Option<String>,
        lifecycle: Lifecycle,
        stamp: &Stamp,
    ) -> Result<Self> {
        let state = lifecycle.kind(StateKind::Active)?;
        let mut incident = Self::empty(id, state.clone(), lifecycle);
        let declared = Declared { id, title: title.to_owned(), kind, concern, state };
        incident.append(vec![declared.into()], stamp)?;
        Ok(incident)
    }

    /// Records what a machine proposes; it waits for a person to accept, decline or merge it. The stamp is the
    /// machine's.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`; `incident.no_such_state`, if the lifecycle has no triage
    pub fn propose(id: IncidentId, candidate: &Candidate, lifecycle: Lifecycle, stamp: &Stamp) -> Result<Self> {
        let state = lifecycle.kind(StateKind::Triage)?;
        let mut incident = Self::empty(id, state.clone(), lifecycle);
        let proposed = Proposed { id, title: candidate.title.clone(), source: candidate.source.clone(), state };
        incident.append(vec![proposed.into()], stamp)?;
        incident.tell(candidate, stamp)
    }

    /// Declares what a machine proposed, in one step.
    ///
    /// # Errors
    /// As [`Incident::declare`].
    pub fn declare_from(id: IncidentId, candidate: &Candidate, lifecycle: Lifecycle, stamp: &Stamp) -> Result<Self> {
        let incident = Self::declare_as(id, &candidate.title, candidate.kind, None, lifecycle, stamp)?;
        incident.tell(candidate, stamp)
    }

    /// Declares an incident that was proposed.
    ///
    /// # Errors
    /// `incident.not_allowed`, if it does not wait to be decided
    pub fn accept(&mut self, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| Ok(vec![Accepted { state: incident.lifecycle.kind(StateKind::Active)? }.into()]))
    }

    /// Says that what was proposed is no incident.
    ///
    /// # Errors
    /// `incident.empty_text`; `incident.not_allowed`, if it does not wait to be decided
    pub fn decline(&mut self, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let state = incident.lifecycle.kind(StateKind::Declined)?;
            Ok(vec![Declined { reason: reason.to_owned(), state }.into()])
        })
    }

    /// What a candidate knows, as entries: each at the instant at which it occurred. All of them belong to one call.
    fn tell(mut self, candidate: &Candidate, whole: &Stamp) -> Result<Self> {
        let stamp = &Stamp { key: None, expect: None, ..whole.clone() };
        let at = |occurred: Timestamp| stamp.clone().occurred(occurred);
        let milestone = |name: &str| Ok::<_, Error>(MilestoneReached { milestone: MilestoneId::new(name)? }.into());
        for (name, occurred) in [("started", candidate.started_at), ("detected", candidate.detected_at)] {
            if let Some(occurred) = occurred {
                self.append(vec![milestone(name)?], &at(occurred))?;
            }
        }
        for alert in &candidate.alerts {
            let attached = AlertAttached { alert: alert.provenance.clone(), title: alert.title.clone() };
            self.append(vec![attached.into()], &at(alert.started_at.unwrap_or(stamp.at)))?;
        }
        let facts = candidate
            .facts
            .values()
            .map(|(fact, value)| FactRecorded { fact: fact.to_owned(), value: Some(value.clone()) }.into());
        let links =
            candidate.links.iter().map(|link| LinkAdded { label: link.label.clone(), url: link.url.clone() }.into());
        let summary = candidate.summary.iter().map(|summary| Summarized { summary: summary.clone() }.into());
        let events: Vec<Event> = summary.chain(facts).chain(links).collect();
        self.append(events, stamp)?;
        self.entries.iter_mut().for_each(|entry| entry.key.clone_from(&whole.key));
        Ok(self)
    }
}

impl Lifecycle {
    /// The first state of a kind, or why there is none.
    pub(in crate::incident) fn kind(&self, kind: StateKind) -> Result<State> {
        self.first(kind).ok_or_else(|| {
            let message = format!("the lifecycle has no state of kind `{kind}`");
            Error::refused(codes::NO_SUCH_STATE, message, Vec::new()).hint("add one to the lifecycle")
        })
    }
}
