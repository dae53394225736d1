//! The story, in the order in which it occurred.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::id::PersonId;
use crate::incident::Seq;
use crate::incident::event::Event;
use crate::incident::sentence::sentence;
use crate::time::Timestamp;

use super::effective::{Effective, by_occurrence};

/// One moment of the story.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    /// The entry behind it.
    pub seq: Seq,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we were told.
    pub recorded_at: Timestamp,
    /// Who said it.
    pub by: PersonId,
    /// The type of the event.
    pub what: String,
    /// In one sentence, in the present tense.
    pub text: String,
    /// Whether a correction changed it.
    pub corrected: bool,
    /// Whether it matters for the story.
    pub starred: bool,
}

/// The moments of the story; what is only said about the record itself is none.
pub(crate) fn timeline(log: &[Effective<'_>]) -> Vec<TimelineEntry> {
    let mut starred: BTreeSet<Seq> = BTreeSet::new();
    for entry in log {
        match entry.event {
            Event::Starred(it) => drop(starred.insert(it.entry)),
            Event::Unstarred(it) => drop(starred.remove(&it.entry)),
            _ => {}
        }
    }
    let moment = |entry: Effective<'_>| {
        if is_about_the_record(entry.event) {
            return None;
        }
        let Effective { entry: said, event, occurred_at, corrected } = entry;
        Some(TimelineEntry {
            seq: said.seq,
            occurred_at,
            recorded_at: said.recorded_at,
            by: said.by.clone(),
            what: event.name().to_owned(),
            text: sentence(event, &said.by),
            corrected,
            starred: starred.contains(&said.seq),
        })
    };
    by_occurrence(log).into_iter().filter_map(moment).collect()
}

fn is_about_the_record(event: &Event) -> bool {
    matches!(
        event,
        Event::Corrected(_) | Event::Retracted(_) | Event::Redacted(_) | Event::Starred(_) | Event::Unstarred(_)
    )
}
