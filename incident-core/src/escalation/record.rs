//! Between the record and the engine: what an entry tells it, and what an action is in the record.

use super::action::EscalationAction;
use super::engine::{Escalation, EscalationBasis};
use super::input::EscalationInput;
use super::policy::EscalationPolicy;
use crate::error::Result;
use crate::id::{PersonId, SeverityId};
use crate::incident::event::{Disruption, EscalationEnded, EscalationStarted, Noted, Paged};
use crate::incident::{Entry, Event, Incident, Seq, Stamp};
use crate::privacy::Visibility;
use crate::time::Timestamp;

impl EscalationInput {
    /// What an entry of a record tells an escalation; often nothing. A severity is told as the entry names it: what holds
    /// beside an override only the whole record knows, which [`Escalation::feed`] asks.
    #[must_use]
    pub fn from_entry(entry: &Entry) -> Vec<Self> {
        let by = || entry.by.clone();
        let progress = || vec![Self::Progress { by: Some(by()) }];
        match &entry.event {
            Event::Acknowledged(_) | Event::PageAcknowledged(_) => vec![Self::Acknowledged { by: by() }],
            Event::Unacknowledged(_) => vec![Self::Unacknowledged {}],
            Event::Snoozed(it) => vec![Self::Snoozed { until: it.until }],
            Event::Reassigned(it) => vec![Self::Reassigned { to: it.person.clone(), by: Some(by()) }],
            Event::HelpAsked(it) => {
                let area = it.area.iter().map(|area| Self::AreaAdded { area: area.clone() });
                area.chain([Self::HelpAsked { reason: it.reason, by: Some(by()) }]).collect()
            }
            Event::ImpactReported(it) if it.disruption != Disruption::None => {
                vec![Self::AreaAdded { area: it.area.clone() }]
            }
            Event::Classified(it) => it.severity.iter().map(|severity| changed(severity, None)).collect(),
            Event::SeverityOverridden(it) => vec![changed(&it.severity, None)],
            Event::ExperimentConcluded(_) | Event::UpdatePosted(_) | Event::MilestoneReached(_) => progress(),
            Event::PageFailed(it) => vec![Self::DeliveryFailed { page: it.page }],
            Event::Resolved(_) | Event::Closed(_) | Event::StoodDown(_) | Event::Declined(_) | Event::Merged(_) => {
                vec![Self::Resolved {}]
            }
            Event::StateChanged(it) if !it.state.kind.is_open() => vec![Self::Resolved {}],
            _ => Vec::new(),
        }
    }
}

fn changed(severity: &SeverityId, raised: Option<bool>) -> EscalationInput {
    EscalationInput::SeverityChanged { severity: severity.clone(), raised }
}

impl Escalation {
    /// Begins to page for an incident, by a policy whose version it keeps to: with its severity and disrupted areas, and
    /// as acknowledged by whoever looks after it already. After it was reopened, pages have ids of their own.
    ///
    /// # Errors
    /// None in practice.
    pub fn start(incident: &Incident, policy: &EscalationPolicy, at: Timestamp) -> Result<Self> {
        let overview = incident.overview(at);
        let disrupted = overview.impact.areas.into_iter().filter(|area| area.disruption != Disruption::None);
        let reopened = incident.entries().iter().filter(|entry| matches!(entry.event, Event::Reopened(_))).count();
        let basis = EscalationBasis {
            severity: overview.severity.and_then(|held| held.severity),
            areas: disrupted.map(|area| area.area).collect(),
            reopened: u32::try_from(reopened).unwrap_or(u32::MAX),
            ..EscalationBasis::new(incident.id())
        };
        let mut escalation = Self::begin(basis, policy, at)?;
        if let Some(by) = looked_after_by(incident) {
            escalation.handle(at, EscalationInput::Acknowledged { by })?;
        }
        if !incident.state().kind.is_open() {
            escalation.handle(at, EscalationInput::Resolved {})?;
        }
        escalation.set_fed(Seq(incident.entries().len() as u64));
        Ok(escalation)
    }

    /// Tells it what was recorded since it began, or since it was fed last, and returns what that was. Entries count for
    /// when they were recorded.
    ///
    /// # Errors
    /// Those of [`Escalation::handle`]
    pub fn feed(&mut self, incident: &Incident) -> Result<Vec<EscalationInput>> {
        let mut told = Vec::new();
        let fed = self.fed();
        for entry in incident.entries().iter().filter(|entry| entry.seq > fed) {
            let about_severity = matches!(
                entry.event,
                Event::Classified(_) | Event::SeverityOverridden(_) | Event::SeverityOverrideLifted(_)
            );
            let inputs = if about_severity {
                self.severity_by(incident, entry)?.into_iter().collect()
            } else {
                EscalationInput::from_entry(entry)
            };
            for input in inputs {
                self.handle(entry.recorded_at, input.clone())?;
                told.push(input);
            }
            self.set_fed(entry.seq);
        }
        Ok(told)
    }

    /// The severity that holds once an entry was recorded, if it is another one.
    fn severity_by(&self, incident: &Incident, entry: &Entry) -> Result<Option<EscalationInput>> {
        let known = incident.as_known_at(entry.recorded_at)?.overview(entry.recorded_at);
        let Some(new) = known.severity.and_then(|held| held.severity) else { return Ok(None) };
        let old = self.severity_told();
        let scale: &[SeverityId] = match &entry.event {
            Event::Classified(it) => &it.scale,
            Event::SeverityOverridden(it) => &it.scale,
            _ => &[],
        };
        let rank = |severity: &SeverityId| scale.iter().position(|other| other == severity);
        let raised = old.and_then(|old| Some(rank(&new)? < rank(old)?));
        Ok((old != Some(&new)).then(|| changed(&new, raised)))
    }
}

/// Whoever looks after an incident: the last to acknowledge, unless that was taken back or it was reopened.
fn looked_after_by(incident: &Incident) -> Option<PersonId> {
    let last = incident.entries().iter().rev().find(|entry| {
        matches!(
            entry.event,
            Event::Acknowledged(_) | Event::PageAcknowledged(_) | Event::Unacknowledged(_) | Event::Reopened(_)
        )
    })?;
    matches!(last.event, Event::Acknowledged(_) | Event::PageAcknowledged(_)).then(|| last.by.clone())
}

impl Incident {
    /// Writes down what an escalation asked for: a page, that nobody can be reached, that it began or is finished. What
    /// is merely good to know is not written down. Recording the same action again appends nothing, and returns the
    /// entry that there is.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn record(&mut self, action: &EscalationAction, stamp: &Stamp) -> Result<Vec<Entry>> {
        let Some(event) = event_of(action) else { return Ok(Vec::new()) };
        // A policy that begins again after it was reopened is news.
        let since = self.entries().iter().rposition(|entry| matches!(entry.event, Event::Reopened(_))).unwrap_or(0);
        let same = self.entries().iter().skip(since).find(|entry| match (&entry.event, &event) {
            (Event::Paged(one), Event::Paged(other)) => one.page == other.page,
            (one, other) => one == other,
        });
        match same.cloned() {
            Some(entry) => Ok(vec![entry]),
            None => self.append(vec![event], stamp),
        }
    }
}

/// What an action is in the record.
fn event_of(action: &EscalationAction) -> Option<Event> {
    Some(match action {
        EscalationAction::PolicyStarted(it) => {
            EscalationStarted { policy: it.policy.clone(), version: it.version.clone() }.into()
        }
        EscalationAction::Page(it) => Paged {
            page: it.id,
            person: it.person.clone(),
            track: it.track.as_str().to_owned(),
            step: it.step,
            urgency: it.urgency,
            why: it.why.clone(),
        }
        .into(),
        EscalationAction::NobodyReachable(it) => it.clone().into(),
        EscalationAction::NobodyNew(it) => Noted { text: it.why.clone(), visibility: Visibility::Internal }.into(),
        EscalationAction::Finished(it) => EscalationEnded { why: it.why.clone() }.into(),
        EscalationAction::Logged(_) | EscalationAction::Unknown(_) => return None,
    })
}
