//! The record: an append-only log, and the verbs that append to it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::codes;
use crate::decode::{self, tagged};
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::{IncidentId, PersonId};
use crate::time::{Elapsed, Timestamp};

/// Who says it, and when.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// Who says it.
    pub by: PersonId,
    /// When it is said.
    pub at: Timestamp,
    /// When it happened, if earlier.
    pub occurred_at: Option<Timestamp>,
    /// The number of entries the caller has seen; a `Conflict` if somebody was faster.
    pub expect: Option<u64>,
}

impl Stamp {
    /// Said when it happened.
    #[must_use]
    pub fn new(by: PersonId, at: Timestamp) -> Self {
        Self { by, at, occurred_at: None, expect: None }
    }
}

/// What has to hold before an incident may be resolved.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResolvePolicy {
    /// Somebody must have acknowledged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<bool>,
    /// This long after the last entry, such as `15m`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_for: Option<Elapsed>,
    /// Only these people may resolve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<PersonId>>,
}

/// The incident was declared.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Declared {
    /// Its id.
    pub id: IncidentId,
    /// What is wrong, in a few words.
    pub title: String,
}

/// Somebody is looking.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acknowledged {
    /// Time from the declaration.
    pub after: Elapsed,
}

/// The harm is over.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resolved {
    /// Time from the declaration.
    pub after: Elapsed,
}

tagged! {
    /// What an entry says.
    pub enum Event {
        Declared = "declared",
        Acknowledged = "acknowledged",
        Resolved = "resolved",
    }
}

/// One line of the record.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we were told.
    pub recorded_at: Timestamp,
    /// Who said it.
    pub by: PersonId,
    /// What it says.
    pub event: Event,
    /// The event as it came, where reading and writing it would lose something.
    #[serde(skip)]
    kept: Option<Box<RawValue>>,
}

/// An incident: its log, and nothing that is not derived from it.
#[derive(Clone, Debug)]
pub struct Incident {
    policy: ResolvePolicy,
    declared: Declared,
    entries: Vec<Entry>,
}

impl Incident {
    /// Declares an incident.
    ///
    /// # Errors
    /// `incident.empty_title`, `incident.long_title`
    pub fn declare(id: IncidentId, title: &str, policy: ResolvePolicy, stamp: &Stamp) -> Result<Self> {
        if title.trim().is_empty() {
            return Err(Error::invalid(codes::EMPTY_TITLE, "an incident needs a title").at("/title"));
        }
        if title.chars().count() > 200 {
            return Err(Error::limit(codes::LONG_TITLE, "a title has at most 200 characters").at("/title"));
        }
        let declared = Declared { id, title: title.to_owned() };
        let mut incident = Self { policy, declared: declared.clone(), entries: Vec::new() };
        incident.append(stamp, Event::Declared(declared))?;
        Ok(incident)
    }

    /// Says that somebody is looking.
    ///
    /// # Errors
    /// `incident.already_acknowledged`, `incident.stale`
    pub fn acknowledge(&mut self, stamp: &Stamp) -> Result<Vec<Entry>> {
        if let Some(entry) = self.acknowledgement() {
            let message = format!("`{}` acknowledged it at {}", entry.by, entry.occurred_at);
            return Err(Error::refused(codes::ALREADY_ACKNOWLEDGED, message, Vec::new()));
        }
        let after = stamp.at.since(self.declared_at());
        self.append(stamp, Event::Acknowledged(Acknowledged { after }))
    }

    /// Says that the harm is over.
    ///
    /// # Errors
    /// `incident.unmet` with every unmet condition, `incident.stale`
    pub fn resolve(&mut self, stamp: &Stamp) -> Result<Vec<Entry>> {
        let unmet = self.unmet(stamp);
        if !unmet.is_empty() {
            return Err(Error::refused(codes::UNMET, "it cannot be resolved yet", unmet));
        }
        let after = stamp.at.since(self.declared_at());
        self.append(stamp, Event::Resolved(Resolved { after }))
    }

    /// The whole record, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is wrong, in a few words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.declared.title
    }

    /// When it was declared.
    #[must_use]
    pub fn declared_at(&self) -> Timestamp {
        self.entries.first().map_or(Timestamp::MIN, |entry| entry.occurred_at)
    }

    fn acknowledgement(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| matches!(entry.event, Event::Acknowledged(_)))
    }

    fn unmet(&self, stamp: &Stamp) -> Vec<Finding> {
        let unmet = |code, path: &str, message: String| Finding::new(Level::Error, code, path, message);
        let mut found = Vec::new();
        if self.policy.acknowledged.unwrap_or(true) && self.acknowledgement().is_none() {
            found.push(
                unmet(codes::NOT_ACKNOWLEDGED, "", "nobody has acknowledged it".to_owned())
                    .help("acknowledge it first"),
            );
        }
        if let (Some(quiet_for), Some(last)) = (self.policy.quiet_for, self.entries.last())
            && stamp.at < last.recorded_at.plus(quiet_for)
        {
            let until = last.recorded_at.plus(quiet_for);
            found.push(unmet(codes::NOT_QUIET, "/at", format!("it must be quiet until {until}")));
        }
        if let Some(only) = &self.policy.only
            && !only.contains(&stamp.by)
        {
            found.push(unmet(codes::NOT_ALLOWED, "/by", format!("`{}` may not resolve it", stamp.by)));
        }
        found
    }

    fn append(&mut self, stamp: &Stamp, event: Event) -> Result<Vec<Entry>> {
        let seen = self.entries.len() as u64;
        if stamp.expect.is_some_and(|expected| expected != seen) {
            return Err(Error::conflict(codes::STALE, format!("it has {seen} entries"))
                .at("/expect")
                .hint("reload and retry"));
        }
        let occurred_at = stamp.occurred_at.unwrap_or(stamp.at);
        let entry =
            Entry { seq: seen + 1, occurred_at, recorded_at: stamp.at, by: stamp.by.clone(), event, kept: None };
        self.entries.push(entry.clone());
        Ok(vec![entry])
    }

    /// The log document.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let entries = self.entries.iter().map(Logged::new).collect::<Result<_>>()?;
        decode::to_text(&Log { schema: SCHEMA.to_owned(), policy: self.policy.clone(), entries })
    }

    /// Rebuilds an incident from its log document.
    ///
    /// # Errors
    /// `incident.broken_log`, and `contract.*` with a pointer
    pub fn from_json(text: &str) -> Result<Self> {
        let Log::<Entry> { policy, mut entries, .. } = decode::from_text(text)?;
        let Log::<Raw> { entries: raw, .. } = decode::from_text(text)?;
        for (entry, Raw { event }) in entries.iter_mut().zip(raw) {
            entry.kept = (decode::to_text(&entry.event)? != event.get()).then_some(event);
        }
        let broken = |at: usize| Error::invalid(codes::BROKEN_LOG, "the log has a hole").at(format!("/entries/{at}"));
        if let Some(at) = entries.iter().zip(1..).position(|(entry, seq)| entry.seq != seq) {
            return Err(broken(at));
        }
        let Some(Event::Declared(declared)) = entries.first().map(|entry| entry.event.clone()) else {
            return Err(broken(0));
        };
        Ok(Self { policy, declared, entries })
    }
}

const SCHEMA: &str = "incident-core/incident/v1";

#[derive(Deserialize, Serialize)]
struct Log<E> {
    schema: String,
    #[serde(default)]
    policy: ResolvePolicy,
    entries: Vec<E>,
}

/// Only the event of an entry, as text.
#[derive(Deserialize)]
struct Raw {
    event: Box<RawValue>,
}

/// An entry as it is stored: what this version does not know is the text it came as.
#[derive(Serialize)]
struct Logged<'a> {
    seq: u64,
    occurred_at: Timestamp,
    recorded_at: Timestamp,
    by: &'a PersonId,
    event: Box<RawValue>,
}

impl<'a> Logged<'a> {
    fn new(entry: &'a Entry) -> Result<Self> {
        let event = match (&entry.kept, &entry.event) {
            (Some(kept), _) => kept.clone(),
            (None, Event::Unknown(unknown)) => unknown.body.clone(),
            (None, known) => {
                serde_json::value::to_raw_value(known).map_err(|e| Error::invalid(codes::NOT_A_VALUE, e.to_string()))?
            }
        };
        let Entry { seq, occurred_at, recorded_at, by, .. } = entry;
        Ok(Self { seq: *seq, occurred_at: *occurred_at, recorded_at: *recorded_at, by, event })
    }
}
