//! What was said, and to whom.

use crate::error::Result;
use crate::id::AudienceId;
use crate::incident::event::{ConversationNoted, Decided, Noted, UpdatePosted};
use crate::incident::{Entry, Incident, Stamp};
use crate::privacy::Visibility;
use crate::time::Timestamp;

impl Incident {
    /// Writes a remark into the record.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn note(&mut self, text: &str, visibility: Visibility, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Noted { text: text.to_owned(), visibility }.into()], stamp)
    }

    /// Records that an audience was told how it stands, and when it will hear again.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn post_update(
        &mut self,
        audience: AudienceId,
        text: &str,
        visibility: Visibility,
        next_update_at: Option<Timestamp>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![UpdatePosted { audience, text: text.to_owned(), visibility, next_update_at }.into()], stamp)
    }

    /// Writes down what was said in a call or a room, with what was decided there.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn note_conversation(
        &mut self,
        place: &str,
        text: &str,
        decisions: Vec<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        let (place, text) = (place.to_owned(), text.to_owned());
        self.append(vec![ConversationNoted { place, text, decisions }.into()], stamp)
    }

    /// Records a decision.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn decide(&mut self, decision: &str, reason: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Decided { decision: decision.to_owned(), reason }.into()], stamp)
    }
}
