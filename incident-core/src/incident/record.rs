//! The incident itself: its log, and the one way to append.

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::id::IncidentId;
use crate::limits::LIMITS;
use crate::time::Timestamp;

use super::event::State;
use super::{Entry, Event, Lifecycle, Seq, Stamp};

/// An incident: its log, and the lifecycle that new entries must obey. Everything else is derived.
///
/// ```
/// use incident_core::{Disruption, Incident, PersonId, StateKind};
///
/// let (ana, bo) = (PersonId::new("ana")?, PersonId::new("bo")?);
/// let id = "019acdef-0000-7000-8000-000000000001".parse()?;
/// let mut incident = Incident::declare(id, "checkout fails", &ana.at("2026-03-01T10:00:00Z".parse()?))?;
/// incident.report_impact("checkout".parse()?, Disruption::Partial, None, &ana.at("2026-03-01T10:02:00Z".parse()?))?;
/// incident.resolve(None, &bo.at("2026-03-01T10:31:00Z".parse()?))?;
/// assert_eq!(incident.state().kind, StateKind::Resolved);
/// assert_eq!(Incident::from_json(&incident.to_json()?)?, incident);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Incident {
    pub(super) id: IncidentId,
    /// The state of its first entry.
    pub(super) start: State,
    pub(super) lifecycle: Lifecycle,
    pub(super) entries: Vec<Entry>,
}

impl PartialEq for Incident {
    /// The log is the incident.
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Incident {
    pub(super) fn empty(id: IncidentId, start: State, lifecycle: Lifecycle) -> Self {
        Self { id, start, lifecycle, entries: Vec::new() }
    }

    /// The same log under another lifecycle, which holds for what comes.
    #[must_use]
    pub fn with_lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.lifecycle = lifecycle;
        self
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> IncidentId {
        self.id
    }

    /// The lifecycle that new entries must obey.
    #[must_use]
    pub fn lifecycle(&self) -> &Lifecycle {
        &self.lifecycle
    }

    /// The whole record, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with a number.
    #[must_use]
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        let index = usize::try_from(seq.0).ok()?.checked_sub(1)?;
        self.entries.get(index)
    }

    /// The incident as it was known at an instant: the log up to the first entry that was recorded later.
    ///
    /// # Errors
    /// `incident.not_yet`, before its first entry was recorded
    pub fn as_known_at(&self, at: Timestamp) -> Result<Self> {
        let entries: Vec<_> = self.entries.iter().take_while(|entry| entry.recorded_at <= at).cloned().collect();
        let (id, start, lifecycle) = (self.id, self.start.clone(), self.lifecycle.clone());
        if entries.is_empty() {
            let message = format!("nothing was known of it at {at}");
            return Err(Error::refused(codes::NOT_YET, message, Vec::new()).at("/at"));
        }
        Ok(Self { id, start, lifecycle, entries })
    }

    /// Appends what others propose: corrections and follow-ups from an edited document, actions of an escalation,
    /// anything that can be said. Every rule holds as it does for the verbs; all or nothing is appended.
    ///
    /// # Errors
    /// As the verbs.
    pub fn append(&mut self, events: Vec<Event>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |_| Ok(events))
    }

    /// The one way to append. What a call with this key appended before is returned as it is; else the events are
    /// made, admitted one after the other, and kept together or not at all.
    pub(super) fn commit(
        &mut self,
        stamp: &Stamp,
        make: impl FnOnce(&Self) -> Result<Vec<Event>>,
    ) -> Result<Vec<Entry>> {
        if let Some(done) = self.done(stamp) {
            return self.repeated(done, make(self));
        }
        self.expected(stamp)?;
        let seen = self.entries.len();
        for event in make(self)? {
            if let Err(no) = self.admit(&event, stamp).and_then(|()| small(&event)) {
                self.entries.truncate(seen);
                return Err(no);
            }
            let seq = Seq(self.entries.len() as u64 + 1);
            self.entries.push(Entry::new(seq, stamp, event));
        }
        Ok(self.entries.get(seen..).unwrap_or_default().to_vec())
    }

    /// Nobody else was faster.
    pub(super) fn expected(&self, stamp: &Stamp) -> Result<()> {
        let seen = self.entries.len();
        if stamp.expect.is_none_or(|expected| usize::try_from(expected) == Ok(seen)) {
            return Ok(());
        }
        let message = format!("it has {seen} entries");
        Err(Error::conflict(codes::STALE, message).at("/expect").hint("reload, and say it again"))
    }

    pub(super) fn done(&self, stamp: &Stamp) -> Option<Vec<Entry>> {
        let key = stamp.key.as_deref()?;
        let done: Vec<_> = self.entries.iter().filter(|entry| entry.key.as_deref() == Some(key)).cloned().collect();
        (!done.is_empty()).then_some(done)
    }

    /// A key stands for one call: another call with it is a slip of the host. (That the rules refuse the same call a
    /// second time is no surprise.)
    fn repeated(&self, done: Vec<Entry>, again: Result<Vec<Event>>) -> Result<Vec<Entry>> {
        let names = |events: &[Event]| events.iter().map(|event| event.name().to_owned()).collect::<Vec<_>>();
        let was = done.iter().map(|entry| match &entry.event {
            Event::Erased(erased) => erased.was.clone(),
            event => event.name().to_owned(),
        });
        match again {
            Ok(events) if names(&events) != was.collect::<Vec<_>>() => Err(key_reused()),
            _ => Ok(done),
        }
    }
}

pub(super) fn key_reused() -> Error {
    Error::conflict(codes::KEY_REUSED, "this key stands for another call")
        .at("/key")
        .hint("give every call its own key")
}

/// Whether an event is small enough to be kept for ever.
pub(super) fn small(event: &Event) -> Result<()> {
    let bytes = decode::to_text(event)?.len();
    if bytes <= LIMITS.entry_bytes {
        return Ok(());
    }
    let message = format!("an entry of {bytes} bytes is more than {}", LIMITS.entry_bytes);
    Err(Error::limit(codes::TOO_LARGE, message).hint("keep the text elsewhere, and link to it"))
}
