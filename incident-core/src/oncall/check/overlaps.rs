//! Overrides of one kind that hold at once.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::oncall::plan::{Exception, Who};
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::{Timestamp, Zone};

/// What two overrides may have in common.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Same {
    Temporary,
    Cover(i64),
    Replaced(Who),
    Removed(Who),
    AddedTo(Who),
}

/// Each finding with the number of its override: the one that begins later, or stands later.
pub(super) fn check(schedule: &Schedule) -> Vec<(u32, Finding)> {
    let mut by_kind = BTreeMap::<Same, Vec<(Timestamp, Timestamp, u32)>>::new();
    for span in schedule.plan.spans.all() {
        let Some(exception) = schedule.plan.exceptions.get(span.2 as usize) else { continue };
        let kinds: Vec<Same> = match exception {
            Exception::Temporary(_) => vec![Same::Temporary],
            Exception::Cover(priority, _) => vec![Same::Cover(*priority)],
            Exception::Replace(whom, _) => vec![Same::Replaced(*whom)],
            Exception::Remove(people) => people.iter().map(|who| Same::Removed(*who)).collect(),
            Exception::Add(people) => people.iter().map(|who| Same::AddedTo(*who)).collect(),
        };
        kinds.into_iter().for_each(|kind| by_kind.entry(kind).or_default().push(span));
    }
    let mut found = Vec::new();
    for (kind, mut spans) in by_kind {
        spans.sort_unstable();
        let mut last: Option<(Timestamp, u32)> = None;
        for (start, end, number) in spans {
            if let Some((_, other)) = last.filter(|(until, _)| start < *until) {
                found.push((number, finding(schedule, kind, number, other, start)));
            }
            last = Some((end, number)).max(last);
        }
    }
    // One finding for two overrides, however many people they share.
    found.sort_by_key(|(number, _)| *number);
    found.dedup_by(|(one, a), (other, b)| {
        one == other && a.path == b.path && a.facts.get("other") == b.facts.get("other")
    });
    found
}

fn finding(schedule: &Schedule, kind: Same, number: u32, other: u32, since: Timestamp) -> Finding {
    let name = |who: Who| say::names(schedule, &[who]);
    let (what, effect) = match kind {
        Same::Temporary => ("two temporary schedules hold".to_owned(), "the people of both are on call"),
        Same::Cover(_) => ("two covers of one priority hold".to_owned(), "the people of both are on call"),
        Same::Replaced(who) => (format!("{} is replaced twice", name(who)), "both stand in"),
        Same::Removed(who) => (format!("{} is removed twice", name(who)), "one is enough"),
        Same::AddedTo(who) => (format!("{} is added twice", name(who)), "one is enough"),
    };
    let zone = schedule.plan.rotations.first().map_or(Zone::UTC, |rotation| rotation.zone);
    let told = say::exception(&schedule.document, other);
    let message = format!("{what} at once from {}: {effect}", zone.say(since));
    let finding = Finding::new(Level::Warning, codes::OVERLAPPING_OVERRIDES, format!("/override/{number}"), message);
    let help =
        format!("the other is override {} ({told}); let one end where the other begins", other.saturating_add(1));
    finding.help(help).fact("other", format!("/override/{other}"))
}
