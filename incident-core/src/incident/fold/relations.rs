//! What else it has to do with.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::IncidentId;
use crate::incident::Seq;
use crate::incident::event::{Event, RelationKind};

use super::effective::Effective;

/// A relation to another incident, named by the entry that said so.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relation {
    /// The entry that said so.
    pub relation: Seq,
    /// How.
    pub kind: RelationKind,
    /// The other incident.
    pub other: IncidentId,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Every relation that holds, in order.
pub(crate) fn relations(log: &[Effective<'_>]) -> Vec<Relation> {
    let mut all: BTreeMap<Seq, Relation> = BTreeMap::new();
    for entry in log {
        match entry.event {
            Event::Related(it) => {
                let (relation, note) = (entry.entry.seq, it.note.clone());
                all.insert(relation, Relation { relation, kind: it.relation, other: it.other, note });
            }
            Event::Unrelated(it) => drop(all.remove(&it.relation)),
            _ => {}
        }
    }
    all.into_values().collect()
}

/// The incident it is part of, while it is.
pub(crate) fn merged_into(log: &[Effective<'_>]) -> Option<IncidentId> {
    let last = log.iter().rev().find(|entry| match entry.event {
        Event::Merged(_) | Event::Unmerged(_) => true,
        Event::Erased(it) => it.was == "unmerged",
        _ => false,
    })?;
    match last.event {
        Event::Merged(it) => Some(it.into),
        _ => None,
    }
}

/// The incidents that are part of it.
pub(crate) fn absorbed(log: &[Effective<'_>]) -> Vec<IncidentId> {
    let mut since: BTreeMap<IncidentId, Seq> = BTreeMap::new();
    for entry in log {
        match entry.event {
            Event::Absorbed(it) => drop(since.entry(it.incident).or_insert(entry.entry.seq)),
            Event::Released(it) => drop(since.remove(&it.incident)),
            _ => {}
        }
    }
    let mut all: Vec<_> = since.into_iter().map(|(incident, since)| (since, incident)).collect();
    all.sort();
    all.into_iter().map(|(_, incident)| incident).collect()
}
