//! What is said about the record itself.

use crate::codes;
use crate::error::{Error, Result};
use crate::incident::event::{Corrected, Erased, Event, Redacted, Retracted, Starred, Unstarred};
use crate::incident::fold::state_of;
use crate::incident::{Entry, Incident, Seq, Stamp};
use crate::time::Timestamp;

impl Incident {
    /// Says what an entry should have said, or when it really happened. The entry stays as it was; the last correction
    /// holds.
    ///
    /// # Errors
    /// `incident.no_such_entry`; `incident.incomplete`, if nothing is corrected
    pub fn correct(
        &mut self,
        entry: Seq,
        event: Option<Event>,
        occurred_at: Option<Timestamp>,
        reason: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        let stamp = Stamp { occurred_at: None, ..stamp.clone() };
        self.append(vec![Corrected { entry, occurred_at, event: event.map(Box::new), reason }.into()], &stamp)
    }

    /// Says that an entry does not hold. It stays as it was, and counts no more.
    ///
    /// # Errors
    /// `incident.no_such_entry`; `incident.first_entry` for the one with which it began
    pub fn retract(&mut self, entry: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Retracted { entry, reason: reason.to_owned() }.into()], stamp)
    }

    /// Erases the words of an entry for good, for a pasted password or a request to erase: the one sanctioned
    /// overwrite. Returns the entry as it is now, to be stored in the place of the old one, and the entry that says so.
    ///
    /// Its number, its instants and who said it stay; so does the state that it set. The hash lets whoever has the
    /// words prove that they were the ones; short secrets can be guessed from it, so change them all the same.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.first_entry`, `incident.already_redacted`
    pub fn redact(&mut self, entry: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        if let Some(done) = self.done(stamp) {
            return Ok(done);
        }
        self.expected(stamp)?;
        let Some(old) = self.entry(entry).cloned() else {
            return Err(Error::invalid(codes::NO_SUCH_ENTRY, format!("there is no entry {entry}")).at("/entry"));
        };
        if let Event::Erased(_) = old.event {
            return Err(
                Error::refused(codes::ALREADY_REDACTED, format!("entry {entry} is redacted"), Vec::new()).at("/entry")
            );
        }
        let words = old.raw_event()?;
        let hash = hex(&hmac_sha256::Hash::hash(words.get().as_bytes()));
        let erased = match &old.event {
            // The first entry carries the identity of the incident: only its words go.
            Event::Declared(it) => Event::Declared(crate::incident::event::Declared {
                title: REDACTED.to_owned(),
                concern: None,
                ..it.clone()
            }),
            Event::Proposed(it) => Event::Proposed(crate::incident::event::Proposed {
                title: REDACTED.to_owned(),
                source: None,
                ..it.clone()
            }),
            event => {
                Erased { was: event.name().to_owned(), hash: hash.clone(), state: state_of(event).cloned() }.into()
            }
        };
        let tombstone = old.saying(erased);
        let seq = Seq(self.entries.len() as u64 + 1);
        let said = Entry::new(seq, stamp, Redacted { entry, reason: reason.to_owned(), hash }.into());
        if let Some(place) = self.entries.iter_mut().find(|known| known.seq == entry) {
            place.clone_from(&tombstone);
        }
        self.entries.push(said.clone());
        Ok(vec![tombstone, said])
    }

    /// Marks an entry as one that matters for the story.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn star(&mut self, entry: Seq, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Starred { entry }.into()], stamp)
    }

    /// Takes the mark away.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn unstar(&mut self, entry: Seq, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Unstarred { entry }.into()], stamp)
    }
}

const REDACTED: &str = "(redacted)";

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
