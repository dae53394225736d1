//! How an incident begins, and what can be asked of it.

use crate::call::register::operations;
use crate::{
    Advice, Candidate, Concern, Elapsed, Entry, Facts, Finding, Incident, IncidentId, IncidentKind, IncidentOverview,
    IncidentView, Lifecycle, PersonId, SeverityHistory, State, StateKind, StateSpan, TimelineEntry, Timestamp, Viewer,
    Vocabulary,
};

operations! {
Free:
    /// Should this be declared? In doubt yes: an incident that was none is stood down without blame.
    new advice(concern: Concern) -> Result<Advice> {
        Ok(crate::advice(&concern))
    }

    /// The standard vocabulary: what `Incident.facts` tells, with the values over which rules are checked.
    new vocabulary() -> Result<Vocabulary> {
        Ok(crate::vocabulary())
    }

    /// A lifecycle from TOML, JSON or YAML text, if nothing in it is an error; `file` names it in findings.
    ///
    /// Refused: `contract.*` with every problem and its place, `incident.bad_lifecycle` with every error.
    new read_lifecycle(text: String, file: Option<String>) -> Result<Lifecycle> {
        Lifecycle::read(&text, file.as_deref())
    }

    /// What does not hold together in a lifecycle: states that cannot be reached or left, names that are unknown.
    new check_lifecycle(lifecycle: Lifecycle) -> Result<Vec<Finding>> {
        Ok(lifecycle.check())
    }

    /// The lifecycle that is good for most teams.
    new default_lifecycle() -> Result<Lifecycle> {
        Ok(Lifecycle::default())
    }
Incident:
    /// Declares an incident: a title and a person are enough.
    ///
    /// Refused: `incident.empty_text`, `incident.long_title`, `incident.no_such_state`.
    new declare(title: String, stamp: Stamp, id: IncidentId, kind: Option<IncidentKind>, concern: Option<String>, lifecycle: Option<Lifecycle>) -> Result<Incident> {
        let lifecycle = lifecycle.map_or_else(|| Ok(Lifecycle::default()), Lifecycle::checked)?;
        Incident::declare_as(id, &title, kind.unwrap_or(IncidentKind::Standard), concern, lifecycle, &stamp)
    }

    /// Declares what a machine proposed, with what it knew: when it began, its alerts, facts and links.
    ///
    /// Refused: as `declare`.
    new declare_from(candidate: Candidate, stamp: Stamp, id: IncidentId, lifecycle: Option<Lifecycle>) -> Result<Incident> {
        let lifecycle = lifecycle.map_or_else(|| Ok(Lifecycle::default()), Lifecycle::checked)?;
        Incident::declare_from(id, &candidate, lifecycle, &stamp)
    }

    /// Records what a machine proposes; it waits for a person to accept, decline or merge it.
    ///
    /// Refused: as `declare`.
    new propose(candidate: Candidate, stamp: Stamp, id: IncidentId, lifecycle: Option<Lifecycle>) -> Result<Incident> {
        let lifecycle = lifecycle.map_or_else(|| Ok(Lifecycle::default()), Lifecycle::checked)?;
        Incident::propose(id, &candidate, lifecycle, &stamp)
    }

    /// Rebuilds an incident from stored entries, in any order.
    ///
    /// Refused: `incident.broken_log`, `incident.different_entry`.
    new replay(entries: Vec<Entry>, lifecycle: Option<Lifecycle>) -> Result<Incident> {
        let lifecycle = lifecycle.map_or_else(|| Ok(Lifecycle::default()), Lifecycle::checked)?;
        Ok(Incident::replay(entries)?.with_lifecycle(lifecycle))
    }

    /// Its id.
    view id(incident: &Incident) -> Result<IncidentId> {
        Ok(incident.id())
    }

    /// What is wrong, in a few words.
    view title(incident: &Incident) -> Result<String> {
        Ok(incident.title())
    }

    /// The state, with the kind that says what it means.
    view state(incident: &Incident) -> Result<State> {
        Ok(incident.state())
    }

    /// The whole record, in order.
    view entries(incident: &Incident) -> Result<Vec<Entry>> {
        Ok(incident.entries().to_vec())
    }

    /// How it stands at an instant: severity, milestones, impact, roles, tasks, relations.
    view overview(incident: &Incident, at: Timestamp) -> Result<IncidentOverview> {
        Ok(incident.overview(at))
    }

    /// What rules can ask of it at an instant; what nobody said is unknown.
    view facts(incident: &Incident, at: Timestamp) -> Result<Facts> {
        Ok(incident.facts(at))
    }

    /// Every stretch in a state, as it occurred; reopening keeps the earlier ones.
    view spans(incident: &Incident) -> Result<Vec<StateSpan>> {
        Ok(incident.spans())
    }

    /// The time in all states of a kind up to an instant.
    view time_in(incident: &Incident, kind: StateKind, now: Timestamp) -> Result<Elapsed> {
        Ok(incident.time_in(kind, now))
    }

    /// Initial, peak and final severity, every stretch and the time in each, up to an instant.
    view severities(incident: &Incident, now: Timestamp) -> Result<SeverityHistory> {
        Ok(incident.severities(now))
    }

    /// The story in the order in which it occurred, each moment in one sentence.
    view timeline(incident: &Incident) -> Result<Vec<TimelineEntry>> {
        Ok(incident.timeline())
    }

    /// Who may see it while it is restricted.
    view members(incident: &Incident) -> Result<Vec<PersonId>> {
        Ok(incident.members())
    }

    /// What a viewer may see; of a restricted incident others learn its id and nothing else.
    view view(incident: &Incident, viewer: Viewer, at: Timestamp) -> Result<IncidentView> {
        Ok(incident.view(&viewer, at))
    }

    /// What does not fit together in the record: milestones out of order, entries that occurred after they were recorded.
    view check(incident: &Incident) -> Result<Vec<Finding>> {
        Ok(incident.check())
    }

    /// The incident as it was known at an instant.
    ///
    /// Refused: `incident.not_yet`, before it was declared.
    view as_known_at(incident: &Incident, at: Timestamp) -> Result<Incident> {
        incident.as_known_at(at)
    }

    /// The lifecycle that new entries must obey.
    view lifecycle(incident: &Incident) -> Result<Lifecycle> {
        Ok(incident.lifecycle().clone())
    }
}
