//! What is said about the record itself.

use crate::codes;
use crate::error::{Error, Result};
use crate::incident::admit::worded;
use crate::incident::event::{Corrected, Event, Redacted, Retracted, Starred, Unstarred};
use crate::incident::record::{key_reused, small};
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
    /// Its number, its instants and who said it stay; so does what it did: the state that it set, the milestone that it
    /// reached, whom it kept out, which entry it took back. The hash lets whoever has the words prove that they were the
    /// ones; short secrets can be guessed from it, so change them all the same.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.already_redacted`, `incident.empty_text`
    pub fn redact(&mut self, entry: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        if let Some(done) = self.done(stamp) {
            return self.redacted_before(entry, done);
        }
        self.expected(stamp)?;
        let Some(old) = self.entry(entry).cloned() else {
            return Err(Error::invalid(codes::NO_SUCH_ENTRY, format!("there is no entry {entry}")).at("/entry"));
        };
        let named = |said: &&Entry| matches!(&said.event, Event::Redacted(it) if it.entry == entry);
        if matches!(old.event, Event::Erased(_)) || self.entries.iter().any(|said| named(&said)) {
            return Err(
                Error::refused(codes::ALREADY_REDACTED, format!("entry {entry} is redacted"), Vec::new()).at("/entry")
            );
        }
        let hash = old.hash()?;
        let event = Redacted { entry, reason: reason.to_owned(), hash: hash.clone() }.into();
        worded(&event).and_then(|()| small(&event))?;
        let tombstone = old.erased(&hash);
        let said = Entry::new(Seq(self.entries.len() as u64 + 1), stamp, event);
        if let Some(place) = self.entries.iter_mut().find(|known| known.seq == entry) {
            place.clone_from(&tombstone);
        }
        self.entries.push(said.clone());
        Ok(vec![tombstone, said])
    }

    /// What the call with this key returned, if it was the same.
    fn redacted_before(&self, entry: Seq, done: Vec<Entry>) -> Result<Vec<Entry>> {
        if !done.iter().all(|said| matches!(&said.event, Event::Redacted(it) if it.entry == entry)) {
            return Err(key_reused());
        }
        Ok(self.entry(entry).cloned().into_iter().chain(done).collect())
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
