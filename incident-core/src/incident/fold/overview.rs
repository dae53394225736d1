//! All of it at once.

use serde::Serialize;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::{IncidentId, PersonId};
use crate::incident::Incident;
use crate::incident::event::{Event, IncidentKind, State, StateKind};
use crate::time::{Elapsed, Timestamp};

use super::effective::{Effective, effective};
use super::{
    FollowUp, Impact, Milestone, Participant, Relation, SeverityHeld, SeverityHistory, StateSpan, Task, Tenure,
    TimelineEntry, impact, learning, milestones, people, relations, severity, spans, tasks, timeline,
};

/// What holds at an instant, derived from the log: the answer to "how does it stand?".
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IncidentOverview {
    /// Its id.
    pub id: IncidentId,
    /// What is wrong, in a few words; absent where the viewer may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Two or three sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What sort of incident it is.
    pub kind: IncidentKind,
    /// Whether only its members see it.
    pub restricted: bool,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The severity; absent until it was classified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityHeld>,
    /// Named instants, as they occurred.
    pub milestones: Vec<Milestone>,
    /// What it does to people.
    pub impact: Impact,
    /// Who has or had which role, open requests included.
    pub roles: Vec<Tenure>,
    /// Who takes or took part.
    pub people: Vec<Participant>,
    /// What is to be done during the incident.
    pub tasks: Vec<Task>,
    /// What is to be done afterwards.
    pub follow_ups: Vec<FollowUp>,
    /// What else it has to do with.
    pub relations: Vec<Relation>,
    /// The incident it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<IncidentId>,
    /// The incidents that are part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbed: Vec<IncidentId>,
    /// How many entries there are, or may be seen.
    pub entries: u64,
}

impl IncidentOverview {
    /// When a milestone was first reached.
    #[must_use]
    pub fn milestone(&self, name: &str) -> Option<Timestamp> {
        self.milestones.iter().find(|milestone| milestone.name.as_str() == name).map(|milestone| milestone.first_at)
    }
}

/// The overview of a log, or of as much of it as may be seen.
pub(crate) fn overview(id: IncidentId, log: &[Effective<'_>], at: Timestamp) -> IncidentOverview {
    let last =
        |pick: fn(&Event) -> Option<&str>| log.iter().rev().find_map(|entry| pick(entry.event)).map(str::to_owned);
    let kind = log.iter().rev().find_map(|entry| match entry.event {
        Event::Declared(it) => Some(it.kind),
        Event::KindChanged(it) => Some(it.kind),
        _ => None,
    });
    IncidentOverview {
        id,
        title: last(|event| match event {
            Event::Proposed(it) => Some(&it.title),
            Event::Declared(it) => Some(&it.title),
            Event::Retitled(it) => Some(&it.title),
            _ => None,
        }),
        summary: last(|event| match event {
            Event::Summarized(it) => Some(&it.summary),
            _ => None,
        }),
        kind: kind.unwrap_or(IncidentKind::Standard),
        restricted: is_restricted(log),
        state: spans::state(log),
        severity: severity::held(log, at),
        milestones: milestones::milestones(log),
        impact: impact::impact(log),
        roles: people::tenures(log),
        people: people::participants(log),
        tasks: tasks::tasks(log),
        follow_ups: learning::follow_ups(log),
        relations: relations::relations(log),
        merged_into: relations::merged_into(log),
        absorbed: relations::absorbed(log),
        entries: log.len() as u64,
    }
}

/// Whether only members may see it.
pub(crate) fn is_restricted(log: &[Effective<'_>]) -> bool {
    let last = log.iter().rev().find(|entry| matches!(entry.event, Event::Restricted(_) | Event::Unrestricted(_)));
    last.is_some_and(|entry| matches!(entry.event, Event::Restricted(_)))
}

/// Answers about one incident; each is derived from the log when it is asked.
impl Incident {
    /// How it stands at an instant (only an override that runs out depends on it).
    #[must_use]
    pub fn overview(&self, at: Timestamp) -> IncidentOverview {
        overview(self.id, &self.log(), at)
    }

    /// What is wrong, in a few words.
    #[must_use]
    pub fn title(&self) -> String {
        self.overview(Timestamp::MAX).title.unwrap_or_default()
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> State {
        spans::state(&self.log()).unwrap_or_else(|| self.start.clone())
    }

    /// Every stretch in a state, as it occurred.
    #[must_use]
    pub fn spans(&self) -> Vec<StateSpan> {
        spans::spans(&self.log())
    }

    /// The time in all states of a kind up to an instant.
    #[must_use]
    pub fn time_in(&self, kind: StateKind, now: Timestamp) -> Elapsed {
        let spans = self.spans();
        let lengths = spans.iter().filter(|span| span.state.kind == kind).map(|span| span.span.length(now).as_micros());
        Elapsed::from_micros(lengths.fold(0, i64::saturating_add))
    }

    /// Every severity up to an instant.
    #[must_use]
    pub fn severities(&self, now: Timestamp) -> SeverityHistory {
        severity::history(&self.log(), now)
    }

    /// The story, in the order in which it occurred.
    #[must_use]
    pub fn timeline(&self) -> Vec<TimelineEntry> {
        timeline::timeline(&self.log())
    }

    /// Who may see it while it is restricted.
    #[must_use]
    pub fn members(&self) -> Vec<PersonId> {
        people::members(&self.log())
    }

    /// Whether it was written down afterwards: its first entry was recorded when it was over already.
    #[must_use]
    pub fn is_backfilled(&self) -> bool {
        let log = self.log();
        let over = milestones::milestones(&log).iter().find(|it| it.name.as_str() == "resolved").map(|it| it.last_at);
        let first = self.entries.first().map(|entry| entry.recorded_at);
        over.zip(first).is_some_and(|(over, first)| over < first)
    }

    /// What does not fit together in the record: milestones out of order, and what is said to occur after it was
    /// recorded.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let log = self.log();
        let mut found = milestones::chronology(&milestones::milestones(&log));
        let early = log.iter().filter(|entry| entry.occurred_at > entry.entry.recorded_at);
        found.extend(early.map(|entry| {
            let path = format!("/entries/{}/occurred_at", entry.entry.seq.0.saturating_sub(1));
            let message = format!("entry {} occurred at {}, after it was recorded", entry.entry.seq, entry.occurred_at);
            Finding::new(Level::Warning, codes::IN_THE_FUTURE, path, message).help("correct the time")
        }));
        found
    }

    pub(crate) fn log(&self) -> Vec<Effective<'_>> {
        effective(self.entries.iter())
    }
}
