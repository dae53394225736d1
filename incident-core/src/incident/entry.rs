//! Entries: who said what, when it happened and when we were told.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::decode;
use crate::error::Result;
use crate::id::PersonId;
use crate::time::Timestamp;

use super::Event;
use super::event::Corrected;
use super::upcast;

/// The number of an entry in its incident, from 1. What lives inside an incident is named by it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who says something, and when.
///
/// ```
/// use incident_core::{PersonId, Stamp};
///
/// let ana = PersonId::new("ana")?;
/// let stamp = ana.at("2026-03-01T10:20:00Z".parse()?).occurred("2026-03-01T10:05:00Z".parse()?).key("click-17");
/// assert_eq!(stamp.when().to_string(), "2026-03-01T10:05:00Z");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// Who says it.
    pub by: PersonId,
    /// When it is said.
    pub at: Timestamp,
    /// When it happened, if not then.
    pub occurred_at: Option<Timestamp>,
    /// The host's own name for this call: a second call with it changes nothing and returns what the first appended.
    pub key: Option<String>,
    /// The number of entries the caller has seen; a `Conflict` if there are others by now.
    pub expect: Option<u64>,
}

impl Stamp {
    /// Said when it happened.
    #[must_use]
    pub fn new(by: PersonId, at: Timestamp) -> Self {
        Self { by, at, occurred_at: None, key: None, expect: None }
    }

    /// The same, about another instant.
    #[must_use]
    pub fn occurred(mut self, at: Timestamp) -> Self {
        self.occurred_at = Some(at);
        self
    }

    /// The same, to be applied once.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// The same, if nobody else was faster.
    #[must_use]
    pub fn expect(mut self, entries: u64) -> Self {
        self.expect = Some(entries);
        self
    }

    /// When it happened.
    #[must_use]
    pub fn when(&self) -> Timestamp {
        self.occurred_at.unwrap_or(self.at)
    }
}

impl PersonId {
    /// A stamp of this person: said and happened at an instant.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Stamp {
        Stamp::new(self.clone(), at)
    }
}

/// One line of the record.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Its number, from 1.
    pub seq: Seq,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we were told.
    pub recorded_at: Timestamp,
    /// Who said it.
    pub by: PersonId,
    /// The host's own name for the call that appended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What it says.
    pub event: Event,
    /// The event as it came, where reading and writing it would lose something.
    #[serde(skip)]
    kept: Option<Box<RawValue>>,
}

impl Entry {
    pub(super) fn new(seq: Seq, stamp: &Stamp, event: Event) -> Self {
        let Stamp { by, at, key, .. } = stamp.clone();
        Self { seq, occurred_at: stamp.when(), recorded_at: at, by, key, event, kept: None }
    }

    /// The same place in the log, saying something else: how a redaction overwrites.
    pub(super) fn saying(&self, event: Event) -> Self {
        Self { event, kept: None, ..self.clone() }
    }

    /// The same without who said it, for people outside, and without why it was corrected.
    pub(super) fn unsigned(&self) -> Self {
        let event = match &self.event {
            Event::Corrected(it) => Event::Corrected(Corrected { reason: None, ..it.clone() }),
            event => event.clone(),
        };
        Self { by: PersonId::responder(), key: None, ..self.saying(event) }
    }

    /// The event as it is stored, to the byte: what this version does not know is the text it came as.
    ///
    /// # Errors
    /// None in practice.
    pub(super) fn raw_event(&self) -> Result<Box<RawValue>> {
        match (&self.kept, &self.event) {
            (Some(kept), _) => Ok(kept.clone()),
            (None, Event::Unknown(unknown)) => Ok(unknown.body.clone()),
            (None, known) => decode::to_raw(known),
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        let told = |entry: &Self| (entry.seq, entry.occurred_at, entry.recorded_at);
        told(self) == told(other)
            && (&self.by, &self.key) == (&other.by, &other.key)
            && self.event == other.event
            && match (&self.kept, &other.kept) {
                (None, None) => true,
                (Some(one), Some(other)) => decode::same(one.get(), other.get()),
                _ => false,
            }
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        // The frame of an entry is the same in every version: what is beside it is refused rather than lost.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            seq: Seq,
            occurred_at: Timestamp,
            recorded_at: Timestamp,
            by: PersonId,
            #[serde(default)]
            key: Option<String>,
            event: Recorded,
        }
        let Stored { seq, occurred_at, recorded_at, by, key, event: Recorded { event, kept } } =
            Stored::deserialize(from)?;
        Ok(Self { seq, occurred_at, recorded_at, by, key, event, kept })
    }
}

/// An event together with its text, where the text says more.
struct Recorded {
    event: Event,
    kept: Option<Box<RawValue>>,
}

impl<'de> Deserialize<'de> for Recorded {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let event = upcast::read(&raw).map_err(decode::carry)?;
        let plain = match &event {
            // Told as unknown, or a type from a later version: its body is its text.
            Event::Unknown(_) => return Ok(Self { event, kept: None }),
            known => decode::to_raw(known).map_err(decode::carry)?,
        };
        // Other spaces or another order lose nothing.
        let kept = (!decode::same(plain.get(), raw.get())).then_some(raw);
        Ok(Self { event, kept })
    }
}
