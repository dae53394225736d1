//! What is left of an entry whose words were erased.

use crate::error::Result;
use crate::privacy::Visibility;

use super::Entry;
use super::event::{Corrected, Declared, Erased, Event, Proposed, Redacted, Restricted, Retracted, Unrestricted};
use super::fold::state_of;
use super::view::is_kept_back;

const REDACTED: &str = "(redacted)";

impl Entry {
    /// The SHA-256 of what it says, as it is stored.
    pub(super) fn hash(&self) -> Result<String> {
        use std::fmt::Write as _;
        let bytes = hmac_sha256::Hash::hash(self.raw_event()?.get().as_bytes());
        Ok(bytes.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        }))
    }

    /// The same without its words.
    pub(super) fn erased(&self, hash: &str) -> Self {
        self.saying(erased(&self.event, hash))
    }
}

/// The identity of the incident stays, and so does what keeps people out and what does not hold: erasing words must
/// never open a restricted incident, or bring back what was taken back or replaced.
fn erased(event: &Event, hash: &str) -> Event {
    let words = || REDACTED.to_owned();
    match event {
        Event::Declared(it) => Declared { title: words(), concern: None, ..it.clone() }.into(),
        Event::Proposed(it) => Proposed { title: words(), source: None, ..it.clone() }.into(),
        Event::Restricted(_) => Restricted { reason: words() }.into(),
        Event::Unrestricted(_) => Unrestricted { reason: words() }.into(),
        Event::Retracted(it) => Retracted { reason: words(), ..*it }.into(),
        Event::Redacted(it) => Redacted { reason: words(), ..it.clone() }.into(),
        // It has no words.
        Event::AccessRevoked(_) => event.clone(),
        Event::Corrected(it) => {
            let event = it.event.as_deref().map(|event| Box::new(tombstone(event, hash)));
            Corrected { event, reason: None, ..it.clone() }.into()
        }
        event => tombstone(event, hash),
    }
}

fn tombstone(event: &Event, hash: &str) -> Event {
    let visibility = is_kept_back(event).then_some(Visibility::Private);
    Erased { was: event.name().to_owned(), hash: hash.to_owned(), state: state_of(event).cloned(), visibility }.into()
}
