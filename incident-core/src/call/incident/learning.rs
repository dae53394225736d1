//! What is learned, and what will change.

use crate::call::register::operations;
use crate::event::FollowUpChanged;
use crate::{
    Date, DetectionSource, Entry, FactorKind, FollowUpKind, FollowUpState, Incident, ObservationKind, PersonId, Seq,
    TeamId, Timestamp,
};

operations! { Incident:
    /// Records something that contributed, or kept the harm small; the entry's number names it.
    ///
    /// Refused: `incident.empty_text`, `incident.no_such_entry`.
    verb identify_factor(incident: &mut Incident, text: String, kind: FactorKind, stamp: Stamp, evidence: Option<Vec<Seq>>) -> Result<Vec<Entry>> {
        incident.identify_factor(&text, kind, evidence.unwrap_or_default(), &stamp)
    }

    /// Says that a factor stays, knowingly.
    ///
    /// Refused: `incident.no_such_entry`.
    verb accept_risk(incident: &mut Incident, factor: Seq, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.accept_risk(factor, &reason, &stamp)
    }

    /// Adds a follow-up; the entry's number names it.
    ///
    /// Refused: `incident.empty_text`, `incident.long_title`, `incident.no_such_entry`.
    verb add_follow_up(incident: &mut Incident, title: String, kind: FollowUpKind, stamp: Stamp, owner: Option<PersonId>, team: Option<TeamId>, due_on: Option<Date>, next_update_at: Option<Timestamp>, factors: Option<Vec<Seq>>, link: Option<String>) -> Result<Vec<Entry>> {
        let factors = factors.unwrap_or_default();
        incident.add_follow_up(crate::event::FollowUpAdded { title, kind, owner, team, due_on, next_update_at, factors, link }, &stamp)
    }

    /// Changes a follow-up; what is left out stays as it was.
    ///
    /// Refused: `incident.no_such_entry`.
    verb change_follow_up(incident: &mut Incident, follow_up: Seq, stamp: Stamp, title: Option<String>, owner: Option<PersonId>, due_on: Option<Date>, next_update_at: Option<Timestamp>, link: Option<String>) -> Result<Vec<Entry>> {
        incident.change_follow_up(FollowUpChanged { follow_up, title, owner, due_on, next_update_at, link }, &stamp)
    }

    /// Says how a follow-up stands; declining needs a reason.
    ///
    /// Refused: `incident.no_such_entry`, `incident.incomplete`.
    verb move_follow_up(incident: &mut Incident, follow_up: Seq, state: FollowUpState, stamp: Stamp, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.move_follow_up(follow_up, state, reason, &stamp)
    }

    /// Records something worth remembering about how it went: what went well or poorly, luck, improvisation.
    verb observe(incident: &mut Incident, kind: ObservationKind, text: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.observe(kind, &text, &stamp)
    }

    /// Records how it was noticed, and what should have noticed it.
    verb note_detection(incident: &mut Incident, source: DetectionSource, stamp: Stamp, should_have: Option<String>) -> Result<Vec<Entry>> {
        incident.note_detection(source, should_have, &stamp)
    }

    /// Records one responder's account: that of whoever says it.
    ///
    /// Refused: `incident.empty_text`.
    verb tell_perspective(incident: &mut Incident, text: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.tell_perspective(&text, &stamp)
    }

    /// Records that somebody will not write an account, or cannot be reached.
    verb decline_perspective(incident: &mut Incident, person: PersonId, stamp: Stamp, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.decline_perspective(person, reason, &stamp)
    }
}
