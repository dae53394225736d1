//! What else it has to do with, and what is said about the record itself.

use crate::call::register::operations;
use crate::{Classification, Entry, Event, Incident, IncidentId, RelationKind, Seq, SeverityId, Timestamp};

operations! { Incident:
    /// Appends what others propose; every rule holds as it does for the verbs, and all or nothing is appended.
    ///
    /// Refused: as the verbs; `incident.not_appendable`, `incident.not_now`.
    verb append(incident: &mut Incident, events: Vec<Event>, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.append(events, &stamp)
    }

    /// Takes in entries that somebody else appended, in any order; delivering them again changes nothing.
    ///
    /// Refused: `incident.broken_log`, `incident.different_entry`.
    verb apply(incident: &mut Incident, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        incident.apply(entries)
    }

    /// Says what an entry should have said, or when it really happened; the entry stays as it was.
    ///
    /// Refused: `incident.no_such_entry`, `incident.incomplete`, `incident.other_type`.
    verb correct(incident: &mut Incident, entry: Seq, stamp: Stamp, event: Option<Event>, happened_at: Option<Timestamp>, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.correct(entry, event, happened_at, reason, &stamp)
    }

    /// Says that an entry does not hold; it stays as it was, and counts no more.
    ///
    /// Refused: `incident.no_such_entry`, `incident.first_entry`.
    verb retract(incident: &mut Incident, entry: Seq, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.retract(entry, &reason, &stamp)
    }

    /// Erases the words of an entry for good; returns the entry as it is now, to be stored in its place, and the entry
    /// that says so.
    ///
    /// Refused: `incident.no_such_entry`, `incident.already_redacted`.
    verb redact(incident: &mut Incident, entry: Seq, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.redact(entry, &reason, &stamp)
    }

    /// Marks an entry as one that matters for the story.
    ///
    /// Refused: `incident.no_such_entry`.
    verb star(incident: &mut Incident, entry: Seq, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.star(entry, &stamp)
    }

    /// Takes the mark away.
    ///
    /// Refused: `incident.no_such_entry`.
    verb unstar(incident: &mut Incident, entry: Seq, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.unstar(entry, &stamp)
    }

    /// Writes down what the rules of a scheme answered, with its explanation.
    ///
    /// Refused: `incident.unknown_severity`.
    verb classify(incident: &mut Incident, answer: Classification, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.classify(&answer, &stamp)
    }

    /// Sets the severity against the rules, for a reason and until an instant if one is given.
    ///
    /// Refused: `incident.empty_text`, `incident.unknown_severity`.
    verb override_severity(incident: &mut Incident, severity: SeverityId, reason: String, stamp: Stamp, until: Option<Timestamp>, scale: Option<Vec<SeverityId>>) -> Result<Vec<Entry>> {
        incident.override_severity(severity, &reason, until, scale.unwrap_or_default(), &stamp)
    }

    /// Lets the severity of the rules hold again.
    ///
    /// Refused: `incident.not_overridden`.
    verb lift_override(incident: &mut Incident, stamp: Stamp, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.lift_override(reason, &stamp)
    }

    /// Relates it to another incident; `restricted` says that the other one is.
    ///
    /// Refused: `incident.itself`.
    verb relate(incident: &mut Incident, relation: RelationKind, other: IncidentId, stamp: Stamp, restricted: Option<bool>, note: Option<String>) -> Result<Vec<Entry>> {
        incident.relate(relation, other, restricted.unwrap_or_default(), note, &stamp)
    }

    /// Takes a relation back.
    ///
    /// Refused: `incident.no_such_entry`.
    verb unrelate(incident: &mut Incident, relation: Seq, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.unrelate(relation, &stamp)
    }

    /// Says that it is part of another incident; nothing is renumbered, and `unmerge` leads back.
    ///
    /// Refused: `incident.itself`, `incident.not_allowed`.
    verb merge_into(incident: &mut Incident, other: IncidentId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.merge_into(other, &stamp)
    }

    /// Says that it is an incident of its own after all: it goes back to the state in which it was merged.
    ///
    /// Refused: `incident.empty_text`, `incident.not_allowed`.
    verb unmerge(incident: &mut Incident, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.unmerge(&reason, &stamp)
    }

    /// Says that another incident is part of it.
    ///
    /// Refused: `incident.itself`.
    verb absorb(incident: &mut Incident, other: IncidentId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.absorb(other, &stamp)
    }

    /// Says that another incident is no part of it after all.
    ///
    /// Refused: `incident.not_absorbed`.
    verb release(incident: &mut Incident, other: IncidentId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.release(other, &stamp)
    }

    /// Adds something to look at.
    verb add_link(incident: &mut Incident, label: String, url: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.add_link(&label, &url, &stamp)
    }
}
