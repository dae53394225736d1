//! What else it has to do with.

use crate::error::Result;
use crate::id::IncidentId;
use crate::incident::event::{
    Absorbed, LinkAdded, Merged, Related, RelationKind, Released, StateKind, Unmerged, Unrelated,
};
use crate::incident::fold::state_of;
use crate::incident::{Entry, Incident, Seq, Stamp};

impl Incident {
    /// Relates it to another incident. `restricted` says that the other one is; then only those see the relation who
    /// may see every incident.
    ///
    /// # Errors
    /// `incident.itself`
    pub fn relate(
        &mut self,
        relation: RelationKind,
        other: IncidentId,
        restricted: bool,
        note: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![Related { relation, other, restricted, note }.into()], stamp)
    }

    /// Takes a relation back.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn unrelate(&mut self, relation: Seq, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Unrelated { relation }.into()], stamp)
    }

    /// Says that it is part of another incident, which [`Incident::absorb`]s it. Nothing is renumbered or moved, so
    /// that [`Incident::unmerge`] leads back.
    ///
    /// # Errors
    /// `incident.itself`, `incident.not_allowed`
    pub fn merge_into(&mut self, other: IncidentId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            Ok(vec![Merged { into: other, state: incident.lifecycle.kind(StateKind::Merged)? }.into()])
        })
    }

    /// Says that it is an incident of its own after all: it goes back to the state in which it was merged.
    ///
    /// # Errors
    /// `incident.empty_text`; `incident.not_allowed`, if it is not merged
    pub fn unmerge(&mut self, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let log = incident.log();
            let mut told = log.iter().rev().filter_map(|entry| state_of(entry.event));
            let before = told.find(|state| state.kind != StateKind::Merged);
            let state = before.cloned().map_or_else(|| incident.lifecycle.kind(StateKind::Active), Ok)?;
            Ok(vec![Unmerged { reason: reason.to_owned(), state }.into()])
        })
    }

    /// Says that another incident is part of it.
    ///
    /// # Errors
    /// `incident.itself`
    pub fn absorb(&mut self, other: IncidentId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Absorbed { incident: other }.into()], stamp)
    }

    /// Says that another incident is no part of it after all.
    ///
    /// # Errors
    /// `incident.not_absorbed`
    pub fn release(&mut self, other: IncidentId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Released { incident: other }.into()], stamp)
    }

    /// Adds something to look at.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn add_link(&mut self, label: &str, url: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![LinkAdded { label: label.to_owned(), url: url.to_owned() }.into()], stamp)
    }
}
