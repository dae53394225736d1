//! What holds for every event, however it comes: by a verb, from an edited document, from an escalation.

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::id::IncidentId;
use crate::limits::LIMITS;

use super::event::{AssuranceAnswer, Event, FollowUpState, State};
use super::fold::{Effective, chronology, milestones, state_of};
use super::lifecycle::Chronology;
use super::{Incident, Seq, Stamp};

impl Incident {
    /// Whether an event may be appended now.
    pub(super) fn admit(&self, event: &Event, stamp: &Stamp) -> Result<()> {
        self.begins(event)?;
        self.amends(event)?;
        worded(event)?;
        consistent(event)?;
        for (field, seq, named) in references(event) {
            self.names(field, seq, named)?;
        }
        self.rules(event, stamp)?;
        if let Some(state) = state_of(event).filter(|_| !self.entries.is_empty()) {
            self.moves(state, stamp)?;
        }
        if self.lifecycle.chronology == Chronology::Reject {
            self.in_order(event, stamp)?;
        }
        Ok(())
    }

    /// An incident begins once, and what is known of it later is not made by hand.
    fn begins(&self, event: &Event) -> Result<()> {
        let first = matches!(event, Event::Declared(_) | Event::Proposed(_));
        if first != self.entries.is_empty() {
            let message = format!("`{}` cannot be said {}", event.name(), if first { "again" } else { "first" });
            return Err(Error::refused(codes::NOT_NOW, message, Vec::new()));
        }
        let foreign = matches!(event, Event::Unknown(_) | Event::Erased(_) | Event::Redacted(_));
        if foreign {
            let message = format!("`{}` cannot be appended", event.name());
            return Err(Error::invalid(codes::NOT_APPENDABLE, message).at("/event").hint("use the verb for it"));
        }
        Ok(())
    }

    /// What is said about another entry leaves the beginning and the types as they are.
    fn amends(&self, event: &Event) -> Result<()> {
        let first = |seq: Seq| seq == Seq(1);
        match event {
            Event::Retracted(it) if first(it.entry) => {
                let error = Error::refused(codes::FIRST_ENTRY, "an incident keeps its first entry", Vec::new());
                Err(error.at("/entry").hint("stand down, or merge it into another"))
            }
            Event::Corrected(it) => {
                let Some((new, old)) = it.event.as_deref().zip(self.entry(it.entry).map(|entry| &entry.event)) else {
                    return Ok(());
                };
                if new.name() != old.name() || !is_correctable(old) {
                    let message = format!("entry {} is `{}`, and stays that", it.entry, old.name());
                    let error = Error::invalid(codes::OTHER_TYPE, message).at("/event");
                    return Err(error.hint("retract it, and say the other thing"));
                }
                let (state, id) = (state_of(new) != state_of(old), identity(new) != identity(old));
                if state || id {
                    let message = "a correction changes no id and no state";
                    return Err(Error::invalid(codes::OTHER_TYPE, message).at("/event").hint("move it instead"));
                }
                let named =
                    || references(new).into_iter().try_for_each(|(field, seq, named)| self.names(field, seq, named));
                worded(new).and_then(|()| consistent(new)).and_then(|()| named()).map_err(|no| no.within("/event"))
            }
            _ => Ok(()),
        }
    }

    /// A reference leads to an entry of the right type.
    fn names(&self, field: &str, seq: Seq, named: &[&str]) -> Result<()> {
        let log = self.log();
        let found = log.iter().find(|entry| entry.entry.seq == seq);
        if found.is_some_and(|entry| named.is_empty() || named.contains(&entry.event.name())) {
            return Ok(());
        }
        let message = match (found, named) {
            (None, _) => format!("there is no entry {seq}, or it was retracted"),
            (Some(entry), _) => format!("entry {seq} is `{}`, not `{}`", entry.event.name(), named.join("` or `")),
        };
        Err(Error::invalid(codes::NO_SUCH_ENTRY, message).at(format!("/{field}")).hint("give the number of the entry"))
    }

    /// The lifecycle allows the move, and nothing stands in its way.
    fn moves(&self, to: &State, stamp: &Stamp) -> Result<()> {
        let Some(known) = self.lifecycle.state(&to.name) else {
            let message = format!("the lifecycle has no state `{}`", to.name);
            return Err(Error::invalid(codes::NO_SUCH_STATE, message).at("/state"));
        };
        if known.kind != to.kind {
            let message = format!("the state `{}` is of kind `{}`, not `{}`", to.name, known.kind, to.kind);
            return Err(Error::invalid(codes::NO_SUCH_STATE, message).at("/state/kind"));
        }
        let from = self.state();
        if !self.lifecycle.allows(&from, &to.name) {
            let message = format!("it is `{}`, and cannot become `{}`", from.name, to.name);
            let error = Error::refused(codes::NOT_ALLOWED, message, Vec::new()).at("/state");
            let next: Vec<_> = self
                .lifecycle
                .state(&from.name)
                .map(|from| from.to.as_slice())
                .unwrap_or_default()
                .iter()
                .map(ToString::to_string)
                .collect();
            return Err(if next.is_empty() {
                error
            } else {
                error.hint(format!("it can become `{}`", next.join("`, `")))
            });
        }
        let unmet = self.unmet(&to.name, stamp.at);
        if unmet.is_empty() {
            return Ok(());
        }
        Err(Error::refused(codes::UNMET, format!("it cannot become `{}` yet", to.name), unmet))
    }

    /// Where the lifecycle asks for order: the milestone comes in order.
    fn in_order(&self, event: &Event, stamp: &Stamp) -> Result<()> {
        let entry = super::Entry::new(Seq(0), stamp, event.clone());
        let mut log = self.log();
        let before = chronology(&milestones(&log));
        log.push(Effective { entry: &entry, event: &entry.event, occurred_at: entry.occurred_at, corrected: false });
        let wrong: Vec<Finding> =
            chronology(&milestones(&log)).into_iter().filter(|found| !before.contains(found)).collect();
        let Some(first) = wrong.first() else { return Ok(()) };
        Err(Error::refused(codes::OUT_OF_ORDER, first.message.clone(), wrong).at("/occurred_at"))
    }
}

/// Words that have to be there.
pub(super) fn worded(event: &Event) -> Result<()> {
    let (field, text) = match event {
        Event::Proposed(it) => ("title", &it.title),
        Event::Declared(it) => ("title", &it.title),
        Event::Retitled(it) => ("title", &it.title),
        Event::Summarized(it) => ("summary", &it.summary),
        Event::Declined(it) => ("reason", &it.reason),
        Event::StoodDown(it) => ("reason", &it.reason),
        Event::Paused(it) => ("reason", &it.reason),
        Event::Reopened(it) => ("reason", &it.reason),
        Event::Unmerged(it) => ("reason", &it.reason),
        Event::Restricted(it) => ("reason", &it.reason),
        Event::SeverityOverridden(it) => ("reason", &it.reason),
        Event::TaskAdded(it) => ("title", &it.title),
        Event::FollowUpAdded(it) => ("title", &it.title),
        Event::FactorIdentified(it) => ("text", &it.text),
        Event::Hypothesized(it) => ("statement", &it.statement),
        Event::ExperimentStarted(it) => ("action", &it.action),
        Event::Decided(it) => ("decision", &it.decision),
        Event::Noted(it) => ("text", &it.text),
        Event::UpdatePosted(it) => ("text", &it.text),
        Event::PerspectiveWritten(it) => ("text", &it.text),
        Event::Retracted(it) => ("reason", &it.reason),
        Event::Redacted(it) => ("reason", &it.reason),
        _ => return Ok(()),
    };
    if text.trim().is_empty() {
        return Err(Error::invalid(codes::EMPTY_TEXT, format!("the {field} is empty")).at(format!("/{field}")));
    }
    if field == "title" && text.chars().count() > LIMITS.title_chars {
        let message = format!("a title has at most {} characters", LIMITS.title_chars);
        return Err(Error::limit(codes::LONG_TITLE, message).at("/title").hint("put the rest into a note"));
    }
    Ok(())
}

/// Parts of one event that have to fit together.
fn consistent(event: &Event) -> Result<()> {
    let missing = |field: &str, message: &str| Err(Error::invalid(codes::INCOMPLETE, message).at(format!("/{field}")));
    match event {
        Event::FollowUpMoved(it) if it.state == FollowUpState::Declined && it.reason.is_none() => {
            missing("reason", "a follow-up is declined for a reason")
        }
        Event::AssuranceGiven(it) if it.answer == AssuranceAnswer::ConfirmedNot && it.confirmed_by.is_none() => {
            missing("confirmed_by", "somebody has to confirm that it did not happen")
        }
        Event::CustomersAffected(it) if it.count.is_none() && it.share.is_none() => {
            missing("count", "give a count, a share or both")
        }
        Event::Corrected(it) if it.event.is_none() && it.occurred_at.is_none() => {
            missing("event", "a correction says what happened, when, or both")
        }
        _ => Ok(()),
    }
}

fn identity(event: &Event) -> Option<IncidentId> {
    match event {
        Event::Declared(it) => Some(it.id),
        Event::Proposed(it) => Some(it.id),
        _ => None,
    }
}

fn is_correctable(event: &Event) -> bool {
    !matches!(
        event,
        Event::Corrected(_) | Event::Retracted(_) | Event::Redacted(_) | Event::Erased(_) | Event::Unknown(_)
    )
}

/// The entries that an event names: in which field, and of which type they have to be (any, if none is listed).
fn references(event: &Event) -> Vec<(&'static str, Seq, &'static [&'static str])> {
    const TASK: &[&str] = &["task_added"];
    const HYPOTHESIS: &[&str] = &["hypothesized"];
    const FOLLOW_UP: &[&str] = &["follow_up_added"];
    const FACTOR: &[&str] = &["factor_identified"];
    const ASKED: &[&str] = &["authorization_asked"];
    match event {
        Event::TaskAssigned(it) => vec![("task", it.task, TASK)],
        Event::TaskDone(it) => vec![("task", it.task, TASK)],
        Event::TaskDropped(it) => vec![("task", it.task, TASK)],
        Event::HelpAnswered(it) => vec![("help", it.help, &["help_asked"])],
        Event::AuthorizationGranted(it) => it.request.map(|request| ("request", request, ASKED)).into_iter().collect(),
        Event::AuthorizationRefused(it) => vec![("request", it.request, ASKED)],
        Event::HypothesisFocused(it) => vec![("hypothesis", it.hypothesis, HYPOTHESIS)],
        Event::HypothesisConcluded(it) => vec![("hypothesis", it.hypothesis, HYPOTHESIS)],
        Event::EvidenceAdded(it) => {
            let shown = it.entry.map(|entry| ("entry", entry, &[] as &[&str]));
            [Some(("hypothesis", it.hypothesis, HYPOTHESIS)), shown].into_iter().flatten().collect()
        }
        Event::ExperimentStarted(it) => {
            it.hypothesis.map(|guess| ("hypothesis", guess, HYPOTHESIS)).into_iter().collect()
        }
        Event::ExperimentConcluded(it) => vec![("experiment", it.experiment, &["experiment_started"])],
        Event::FactorIdentified(it) => it.evidence.iter().map(|entry| ("evidence", *entry, &[] as &[&str])).collect(),
        Event::RiskAccepted(it) => vec![("factor", it.factor, FACTOR)],
        Event::FollowUpAdded(it) => it.factors.iter().map(|factor| ("factors", *factor, FACTOR)).collect(),
        Event::FollowUpChanged(it) => vec![("follow_up", it.follow_up, FOLLOW_UP)],
        Event::FollowUpMoved(it) => vec![("follow_up", it.follow_up, FOLLOW_UP)],
        Event::Unrelated(it) => vec![("relation", it.relation, &["related"])],
        Event::Starred(it) => vec![("entry", it.entry, &[])],
        Event::Unstarred(it) => vec![("entry", it.entry, &[])],
        Event::Corrected(it) => vec![("entry", it.entry, &[])],
        Event::Retracted(it) => vec![("entry", it.entry, &[])],
        _ => Vec::new(),
    }
}
