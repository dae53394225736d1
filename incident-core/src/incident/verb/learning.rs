//! What is learned, and what will change.

use crate::error::Result;
use crate::id::PersonId;
use crate::incident::event::{
    DetectionNoted, DetectionSource, FactorIdentified, FactorKind, FollowUpAdded, FollowUpChanged, FollowUpMoved,
    FollowUpState, ObservationKind, Observed, PerspectiveDeclined, PerspectiveWritten, RiskAccepted,
};
use crate::incident::{Entry, Incident, Seq, Stamp};

impl Incident {
    /// Records something that contributed, or kept the harm small; the entry's number names it.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.no_such_entry`
    pub fn identify_factor(
        &mut self,
        text: &str,
        kind: FactorKind,
        evidence: Vec<Seq>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![FactorIdentified { text: text.to_owned(), kind, evidence }.into()], stamp)
    }

    /// Says that a factor stays, knowingly.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn accept_risk(&mut self, factor: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![RiskAccepted { factor, reason: reason.to_owned() }.into()], stamp)
    }

    /// Adds a follow-up; the entry's number names it.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`, `incident.no_such_entry`
    pub fn add_follow_up(&mut self, follow_up: FollowUpAdded, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![follow_up.into()], stamp)
    }

    /// Changes a follow-up; what the change leaves out stays as it was.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn change_follow_up(&mut self, change: FollowUpChanged, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![change.into()], stamp)
    }

    /// Says how a follow-up stands; declining needs a reason.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.incomplete`
    pub fn move_follow_up(
        &mut self,
        follow_up: Seq,
        state: FollowUpState,
        reason: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![FollowUpMoved { follow_up, state, reason }.into()], stamp)
    }

    /// Records something worth remembering about how it went.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn observe(&mut self, kind: ObservationKind, text: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Observed { kind, text: text.to_owned() }.into()], stamp)
    }

    /// Records how it was noticed, and what should have noticed it.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn note_detection(
        &mut self,
        source: DetectionSource,
        should_have: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![DetectionNoted { source, should_have }.into()], stamp)
    }

    /// Records one responder's account: that of whoever says it.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn tell_perspective(&mut self, text: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![PerspectiveWritten { text: text.to_owned() }.into()], stamp)
    }

    /// Records that somebody will not write an account, or cannot be reached.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn decline_perspective(
        &mut self,
        person: PersonId,
        reason: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![PerspectiveDeclined { person, reason }.into()], stamp)
    }
}
