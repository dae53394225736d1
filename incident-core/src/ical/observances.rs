//! The zone of a calendar as the file defines it (RFC 5545, 3.6.5), over the span of its events.

use std::collections::BTreeMap;

use crate::time::{Elapsed, Timestamp, Zone, ZoneOffset};

use super::event::CalendarEvent;
use super::write::written;

/// The lines of a `VTIMEZONE`; none if no event needs one.
///
/// Each change of the clock is named by its date, so the definition says nothing about years that no event is in.
pub(super) fn observances(events: &[CalendarEvent], zone: Zone) -> Vec<String> {
    let timed = events.iter().filter(|event| event.days.is_none());
    let instants = timed.flat_map(|event| [Some(event.span.start), event.span.end, event.occurrence_at]).flatten();
    let Some((first, last)) = ends(instants) else { return Vec::new() };
    let day = Elapsed::hours(24);
    let first = first.plus(Elapsed::from_micros(-day.as_micros()));
    // Which local times each kind of change happens at, by its offset before and what it is set to.
    let mut kinds: BTreeMap<(i32, ZoneOffset), Vec<Timestamp>> = BTreeMap::new();
    let begins = zone.shows(first);
    kinds.insert((begins.seconds, begins), vec![first]);
    for (before, at) in zone.changes(first, last.plus(day)) {
        kinds.entry((before.seconds, zone.shows(at))).or_default().push(at);
    }
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{zone}")];
    for ((before, after), onsets) in kinds {
        let kind = if after.summer { "DAYLIGHT" } else { "STANDARD" };
        lines.push(format!("BEGIN:{kind}"));
        for (index, onset) in onsets.iter().enumerate() {
            let local = onset.plus(Elapsed::from_micros(i64::from(before).saturating_mul(1_000_000)));
            let name = if index == 0 { "DTSTART" } else { "RDATE" };
            lines.push(format!("{name}:{}", written(Zone::UTC.local(local))));
        }
        lines.push(format!("TZOFFSETFROM:{}", offset(before)));
        lines.push(format!("TZOFFSETTO:{}", offset(after.seconds)));
        lines.push(format!("TZNAME:{}", after.name));
        lines.push(format!("END:{kind}"));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

fn ends(instants: impl Iterator<Item = Timestamp>) -> Option<(Timestamp, Timestamp)> {
    instants.fold(None, |ends, at| {
        let (first, last) = ends.unwrap_or((at, at));
        Some((first.min(at), last.max(at)))
    })
}

/// `+0100`, with seconds where there are some.
fn offset(seconds: i32) -> String {
    let (sign, whole) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let rest = if whole % 60 == 0 { String::new() } else { format!("{:02}", whole % 60) };
    format!("{sign}{:02}{:02}{rest}", whole / 3_600, whole / 60 % 60)
}
