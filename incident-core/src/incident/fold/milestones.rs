//! Named instants.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::incident::event::Event;
use crate::time::Timestamp;

use super::effective::Effective;

/// A named instant in the life of an incident: every time it was reached, the first and the last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Milestone {
    /// Its name, such as `acknowledged`.
    pub name: MilestoneId,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time; the same unless it was reached again.
    pub last_at: Timestamp,
    /// Every time, in order.
    pub times: Vec<Timestamp>,
}

/// The milestones that come with the lifecycle, in the order in which they should be reached.
pub(crate) const IN_ORDER: [&str; 8] =
    ["started", "detected", "declared", "acknowledged", "identified", "mitigated", "resolved", "closed"];

/// Pairs that must not be the other way round. Others are met in both orders for good reasons: people declare after
/// they began to look, and mend before they understand.
const CHRONOLOGY: [(&str, &str); 7] = [
    ("started", "detected"),
    ("started", "declared"),
    ("started", "acknowledged"),
    ("started", "mitigated"),
    ("started", "resolved"),
    ("acknowledged", "resolved"),
    ("mitigated", "closed"),
];

/// The milestone that an event reaches.
pub(crate) fn reached(event: &Event) -> Option<&str> {
    match event {
        Event::Declared(_) | Event::Accepted(_) => Some("declared"),
        Event::Acknowledged(_) => Some("acknowledged"),
        Event::Resolved(_) => Some("resolved"),
        Event::Closed(_) => Some("closed"),
        Event::MilestoneReached(it) => Some(it.milestone.as_str()),
        Event::Erased(it) => match it.was.as_str() {
            "declared" | "accepted" => Some("declared"),
            name @ ("acknowledged" | "resolved" | "closed") => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// All milestones, by when they were first reached.
pub(crate) fn milestones(log: &[Effective<'_>]) -> Vec<Milestone> {
    let mut times: BTreeMap<MilestoneId, Vec<Timestamp>> = BTreeMap::new();
    for entry in log {
        if let Some(name) = reached(entry.event).and_then(|name| MilestoneId::new(name).ok()) {
            times.entry(name).or_default().push(entry.occurred_at);
        }
    }
    let milestone = |(name, mut times): (MilestoneId, Vec<Timestamp>)| {
        times.sort();
        Some(Milestone { name, first_at: *times.first()?, last_at: *times.last()?, times })
    };
    let mut all: Vec<_> = times.into_iter().filter_map(milestone).collect();
    let rank = |name: &MilestoneId| IN_ORDER.iter().position(|known| *known == name.as_str());
    all.sort_by(|a, b| (a.first_at, rank(&a.name), &a.name).cmp(&(b.first_at, rank(&b.name), &b.name)));
    all
}

/// Milestones that are the wrong way round.
pub(crate) fn chronology(milestones: &[Milestone]) -> Vec<Finding> {
    let first = |name: &str| milestones.iter().find(|milestone| milestone.name.as_str() == name).map(|it| it.first_at);
    let last = |name: &str| milestones.iter().find(|milestone| milestone.name.as_str() == name).map(|it| it.last_at);
    let wrong = CHRONOLOGY.iter().filter_map(|(before, after)| {
        let (at, then) = (first(before)?, last(after)?);
        (then < at).then(|| {
            let message = format!("`{after}` ({then}) is before `{before}` ({at})");
            Finding::new(Level::Warning, codes::OUT_OF_ORDER, "", message)
                .fact("before", before)
                .fact("after", after)
                .help("correct the entry that has the wrong time")
        })
    });
    wrong.collect()
}
