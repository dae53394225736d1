//! Entries as corrections left them.

use std::collections::{BTreeMap, BTreeSet};

use crate::incident::{Entry, Event, Seq};
use crate::time::Timestamp;

/// An entry as it holds now: what it says and when it occurred, after corrections; retracted ones are left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effective<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) event: &'a Event,
    pub(crate) occurred_at: Timestamp,
    pub(crate) corrected: bool,
}

/// The entries that hold, in the order of their numbers. Later corrections win, and one that was retracted itself
/// corrects nothing: hence from the last to the first.
pub(crate) fn effective<'a>(entries: impl DoubleEndedIterator<Item = &'a Entry>) -> Vec<Effective<'a>> {
    let mut retracted: BTreeSet<Seq> = BTreeSet::new();
    let mut events: BTreeMap<Seq, &Event> = BTreeMap::new();
    let mut instants: BTreeMap<Seq, Timestamp> = BTreeMap::new();
    let mut out = Vec::new();
    for entry in entries.rev() {
        if retracted.contains(&entry.seq) {
            continue;
        }
        match &entry.event {
            Event::Retracted(it) => {
                retracted.insert(it.entry);
            }
            Event::Corrected(it) => {
                if let Some(event) = it.event.as_deref() {
                    events.entry(it.entry).or_insert(event);
                }
                if let Some(at) = it.occurred_at {
                    instants.entry(it.entry).or_insert(at);
                }
            }
            _ => {}
        }
        let event = events.get(&entry.seq).copied();
        let at = instants.get(&entry.seq).copied();
        out.push(Effective {
            entry,
            event: event.unwrap_or(&entry.event),
            occurred_at: at.unwrap_or(entry.occurred_at),
            corrected: event.is_some() || at.is_some(),
        });
    }
    out.reverse();
    out
}

/// The same in the order in which things occurred; what occurred at once stays in the order of numbers.
pub(crate) fn by_occurrence<'a>(log: &[Effective<'a>]) -> Vec<Effective<'a>> {
    let mut log = log.to_vec();
    log.sort_by_key(|entry| (entry.occurred_at, entry.entry.seq));
    log
}
