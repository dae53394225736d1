//! The log as a document, and logs that meet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::id::{IncidentId, PersonId};
use crate::time::Timestamp;

use super::event::State;
use super::{Entry, Event, Incident, Lifecycle, Seq};

const SCHEMA: &str = "incident-core/incident/v1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Stored<'a> {
    schema: &'a str,
    entries: Vec<StoredEntry<'a>>,
}

/// An entry as it is stored.
#[derive(Serialize)]
struct StoredEntry<'a> {
    seq: Seq,
    occurred_at: Timestamp,
    recorded_at: Timestamp,
    by: &'a PersonId,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    event: Box<RawValue>,
}

impl Incident {
    /// Rebuilds an incident from its entries, in any order; it gets the default lifecycle until
    /// [`Incident::with_lifecycle`].
    ///
    /// # Errors
    /// `incident.broken_log`, if it does not begin with `declared` or `proposed` or its numbers have a hole;
    /// `incident.different_entry`, if two entries with one number differ
    pub fn replay(entries: impl IntoIterator<Item = Entry>) -> Result<Self> {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by_key(|entry| entry.seq);
        let Some((id, start)) = entries.first().and_then(beginning) else {
            let message = "the log does not begin with `declared` or `proposed`";
            return Err(Error::invalid(codes::BROKEN_LOG, message).at("/entries/0"));
        };
        let mut incident = Self::empty(id, start, Lifecycle::default());
        incident.apply(entries)?;
        Ok(incident)
    }

    /// Takes in entries that somebody else appended, in any order; those it has are skipped, so delivering them again
    /// changes nothing. Returns the new ones, and a redacted one in the place of what it erased: a redaction erases here
    /// too, whether or not what it left comes with it, and old words that come late stay erased.
    ///
    /// # Errors
    /// `incident.broken_log`, if there would be a hole; `incident.different_entry`, if it has another entry with that
    /// number: two writers did not see each other
    pub fn apply(&mut self, entries: impl IntoIterator<Item = Entry>) -> Result<Vec<Entry>> {
        let mut coming: Vec<Entry> = entries.into_iter().collect();
        coming.sort_by_key(|entry| entry.seq);
        let (mut log, mut new) = (self.entries.clone(), Vec::new());
        let redacted = redactions(log.iter().chain(&coming));
        for entry in coming {
            let end = log.len();
            let at = format!("/entries/{}", entry.seq.0.saturating_sub(1));
            let index = usize::try_from(entry.seq.0).ok().and_then(|seq| seq.checked_sub(1));
            match index.and_then(|index| log.get_mut(index)) {
                Some(known) if *known == entry || is_erased(known) => {}
                Some(known) if is_erased(&entry) => {
                    known.clone_from(&entry);
                    new.push(entry);
                }
                // Which of the two has the words is seen below.
                Some(known) if redacted.get(&entry.seq).is_some_and(|hash| has(known, hash) || has(&entry, hash)) => {}
                Some(_) => {
                    let message = format!("there is another entry {}", entry.seq);
                    return Err(Error::conflict(codes::DIFFERENT_ENTRY, message)
                        .at(at)
                        .hint("reload, and say it again"));
                }
                None if index == Some(end) => {
                    log.push(entry.clone());
                    new.push(entry);
                }
                None => {
                    let message = format!("entry {} comes after {end}", entry.seq);
                    return Err(Error::invalid(codes::BROKEN_LOG, message)
                        .at(at)
                        .hint("the entries between are missing"));
                }
            }
        }
        for (seq, hash) in redacted {
            let index = usize::try_from(seq.0).ok().and_then(|seq| seq.checked_sub(1));
            let Some(known) = index.and_then(|index| log.get_mut(index)).filter(|known| has(known, &hash)) else {
                continue;
            };
            let tombstone = known.erased(&hash);
            if tombstone == *known {
                continue;
            }
            *known = tombstone;
            match new.iter_mut().find(|entry| entry.seq == seq) {
                Some(entry) => entry.clone_from(known),
                None => new.push(known.clone()),
            }
        }
        new.sort_by_key(|entry| entry.seq);
        self.entries = log;
        Ok(new)
    }

    /// The log document, lossless: unknown events and fields are written as they came.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let stored = |entry: &'_ Entry| entry.raw_event().map(|event| (entry.seq, event));
        let events: Vec<_> = self.entries.iter().map(stored).collect::<Result<_>>()?;
        let entries = self.entries.iter().zip(events).map(|(entry, (seq, event))| {
            let Entry { occurred_at, recorded_at, by, key, .. } = entry;
            StoredEntry { seq, occurred_at: *occurred_at, recorded_at: *recorded_at, by, key: key.as_deref(), event }
        });
        decode::to_text(&Stored { schema: SCHEMA, entries: entries.collect() })
    }

    /// Rebuilds an incident from its log document.
    ///
    /// # Errors
    /// As [`Incident::replay`]; `incident.newer_schema` for a document of a later version; `contract.*` with a pointer
    pub fn from_json(text: &str) -> Result<Self> {
        let Document { schema, entries } = decode::from_text(text)?;
        if schema != SCHEMA {
            let message = format!("`{}` is not `{SCHEMA}`", crate::text::short(&schema));
            return Err(Error::invalid(codes::NEWER_SCHEMA, message).at("/schema").hint("a later version may read it"));
        }
        Self::replay(entries)
    }
}

fn beginning(entry: &Entry) -> Option<(IncidentId, State)> {
    match &entry.event {
        Event::Declared(it) => Some((it.id, it.state.clone())),
        Event::Proposed(it) => Some((it.id, it.state.clone())),
        _ => None,
    }
}

/// The entries that were redacted, each with the hash of its words.
fn redactions<'a>(entries: impl Iterator<Item = &'a Entry>) -> BTreeMap<Seq, String> {
    let redacted = |entry: &'a Entry| match &entry.event {
        Event::Redacted(it) if it.entry < entry.seq => Some((it.entry, it.hash.clone())),
        _ => None,
    };
    entries.filter_map(redacted).collect()
}

/// Whether an entry still has the words with this hash.
fn has(entry: &Entry, hash: &str) -> bool {
    entry.hash().is_ok_and(|own| own == hash)
}

fn is_erased(entry: &Entry) -> bool {
    matches!(entry.event, Event::Erased(_))
}
