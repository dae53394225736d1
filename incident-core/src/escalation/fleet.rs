//! Which of many escalations is due next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::engine::Escalation;
use super::minute::Minute;
use crate::decode;
use crate::error::Result;
use crate::id::IncidentId;
use crate::time::Timestamp;

/// The deadlines of many escalations, in order. The host keeps the escalations; this says whose turn it is.
///
/// ```
/// use incident_core::{Fleet, IncidentId};
///
/// let ids: [IncidentId; 2] = [
///     "019acdef-0000-7000-8000-000000000001".parse()?, "019acdef-0000-7000-8000-000000000002".parse()?,
/// ];
/// let mut fleet = Fleet::default();
/// fleet.set(ids[1], Some("2026-12-07T10:05:00Z".parse()?));
/// fleet.set(ids[0], Some("2026-12-07T10:05:00Z".parse()?));
/// assert_eq!(fleet.next_deadline(), Some("2026-12-07T10:05:00Z".parse()?));
/// assert!(fleet.due("2026-12-07T10:04:59Z".parse()?).is_empty());
/// let due: Vec<_> = fleet.due("2026-12-07T10:06:00Z".parse()?).iter().map(|due| due.incident).collect();
/// assert_eq!(due, ids);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fleet {
    /// The deadline of each, by its id as a number: these compare without a call. One that was taken out as due has none,
    /// and keeps its place a while, because nearly all come back.
    deadlines: BTreeMap<u128, Option<Minute>>,
    /// How many have one.
    waiting: usize,
    /// By minute, which were given it; one that has another deadline by now is passed over.
    minutes: BTreeMap<Minute, Vec<u128>>,
}

impl PartialEq for Fleet {
    fn eq(&self, other: &Self) -> bool {
        self.waiting().eq(other.waiting())
    }
}

/// One that is due.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FleetDue {
    /// Which.
    pub incident: IncidentId,
    /// Since when.
    pub at: Timestamp,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    deadlines: BTreeMap<IncidentId, Timestamp>,
}

const SCHEMA: &str = "incident-core/fleet/v1";

impl Fleet {
    /// Takes an escalation in, or its new deadline; one without a deadline is left out.
    pub fn update(&mut self, escalation: &Escalation) {
        self.set(escalation.incident(), escalation.next_deadline());
    }

    /// Gives an escalation a deadline, or takes it away. Minutes are whole: it is due in the minute in which it falls.
    pub fn set(&mut self, incident: IncidentId, deadline: Option<Timestamp>) {
        let number = incident.as_uuid().as_u128();
        match deadline.map(Minute::of) {
            Some(at) => {
                let known = self.deadlines.entry(number).or_default();
                if *known != Some(at) {
                    self.waiting += usize::from(known.is_none());
                    *known = Some(at);
                    self.minutes.entry(at).or_default().push(number);
                }
            }
            None => self.remove(incident),
        }
    }

    /// Leaves an escalation out.
    pub fn remove(&mut self, incident: IncidentId) {
        if let Some(Some(_)) = self.deadlines.remove(&incident.as_uuid().as_u128()) {
            self.waiting -= 1;
        }
    }

    /// How many have a deadline.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting
    }

    /// Whether none has a deadline.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting == 0
    }

    /// The first deadline of all.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let holds = |at: Minute, all: &[u128]| all.iter().any(|one| self.deadlines.get(one) == Some(&Some(at)));
        self.minutes.iter().find(|(at, all)| holds(**at, all)).map(|(at, _)| at.start())
    }

    /// Takes out all that are due, by deadline and then by id. Give each a tick, drain it, and put it back with
    /// [`Fleet::update`].
    pub fn due(&mut self, now: Timestamp) -> Vec<FleetDue> {
        if self.deadlines.len() - self.waiting > self.waiting {
            // More did not come back than wait.
            self.deadlines.retain(|_, at| at.is_some());
        }
        let mut due = Vec::new();
        while let Some(minute) = self.minutes.first_entry().filter(|minute| *minute.key() <= Minute::of(now)) {
            let (at, mut all) = minute.remove_entry();
            all.sort_unstable();
            all.dedup();
            for number in all {
                if let Some(known) = self.deadlines.get_mut(&number).filter(|known| **known == Some(at)) {
                    *known = None;
                    self.waiting -= 1;
                    due.push(FleetDue { incident: named(number), at: at.start() });
                }
            }
        }
        due
    }

    /// The deadlines as one document.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let deadlines = self.waiting().map(|(number, at)| (named(number), at.start())).collect();
        decode::to_text(&Stored { schema: SCHEMA.to_owned(), deadlines })
    }

    /// From what [`Fleet::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`
    pub fn from_json(text: &str) -> Result<Self> {
        let Stored { deadlines, .. } = decode::from_text(text)?;
        let mut fleet = Self::default();
        deadlines.into_iter().for_each(|(incident, at)| fleet.set(incident, Some(at)));
        Ok(fleet)
    }

    /// The deadlines, by id.
    fn waiting(&self) -> impl Iterator<Item = (u128, Minute)> {
        self.deadlines.iter().filter_map(|(number, at)| Some((*number, (*at)?)))
    }
}

fn named(number: u128) -> IncidentId {
    uuid::Uuid::from_u128(number).into()
}
