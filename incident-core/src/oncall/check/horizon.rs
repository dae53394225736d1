//! What will be questionable in a span.

use crate::codes;
use crate::finding::{Finding, Level};
use crate::oncall::answer::Coverage;
use crate::oncall::plan::{Duty, RotationPlan};
use crate::oncall::report::hours;
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::{Occurrence, Span, Timestamp};

pub(super) fn check(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rotation) in schedule.plan.rotations.iter().enumerate() {
        found.extend(no_length(at, rotation, start, end));
        found.extend(twice(schedule, at, rotation, start, end));
    }
    found.extend(empty(schedule, start, end));
    found
}

/// Turns that begin and end at one instant, because the clock skips the time between: whoever is due misses the turn.
fn no_length(at: usize, rotation: &RotationPlan, start: Timestamp, end: Timestamp) -> Option<Finding> {
    let grid = rotation.grid.as_ref()?;
    let first = grid.turn_at(start);
    let turns = (first.max(0)..).map(|turn| (turn, grid.boundary(turn), grid.boundary(turn.saturating_add(1))));
    let turns = turns.take_while(|(_, begins, _)| *begins < end && *begins < Timestamp::MAX);
    let lost: Vec<_> = turns.filter(|(_, begins, ends)| begins == ends && start <= *begins).collect();
    let (turn, begins, _) = lost.first()?;
    let more = match lost.len() {
        1 => String::new(),
        count => format!(", as do {} more", count - 1),
    };
    let (name, when) = (&rotation.name, rotation.zone.say(*begins));
    let message = format!("turn {turn} of {name} has no length{more}: both its handoffs are on {when}");
    let finding = Finding::new(Level::Note, codes::TURN_WITHOUT_LENGTH, format!("/rotation/{at}/turn"), message);
    Some(finding.help("let turns change at a time that every day has").fact("first", begins))
}

/// Windows that abut on the clock and overlap where it is set back: one ends at the second occurrence of a local time,
/// the other begins at the first.
fn twice(schedule: &Schedule, at: usize, rotation: &RotationPlan, start: Timestamp, end: Timestamp) -> Option<Finding> {
    let ends = rotation.windows.as_ref()?.all(Span { start, end: Some(end) });
    let begins = |rotation: &RotationPlan| {
        let windows = rotation.windows.as_ref().map(|it| it.all(Span { start, end: Some(end) }));
        windows.unwrap_or_default().into_iter().map(|(since, _)| since).collect::<Vec<_>>()
    };
    let others: Vec<_> = schedule.plan.rotations.iter().map(|other| (other, begins(other))).collect();
    let overlap = |(_, until): &(Timestamp, Timestamp)| {
        let zone = rotation.zone;
        let first = zone.instant(zone.local(*until), Occurrence::First);
        let earlier = first < *until && start <= first && *until <= end;
        let other = others.iter().find(|(_, begins)| earlier && begins.binary_search(&first).is_ok())?;
        Some((first, *until, other.0))
    };
    let all: Vec<_> = ends.iter().filter_map(overlap).collect();
    let (since, until, other) = all.first()?;
    let whose =
        if other.name == rotation.name { "two windows".to_owned() } else { format!("a window of {}", other.name) };
    let (name, length, when) = (&rotation.name, hours(until.since(*since)), rotation.zone.say(*since));
    let message =
        format!("a window of {name} and {whose} overlap for {length} from {when}, when the clock is set back");
    let finding = Finding::new(Level::Note, codes::WINDOWS_OVERLAP, format!("/rotation/{at}/hours"), message);
    Some(finding.fact("first", since).fact("count", all.len()))
}

/// Shifts that nobody is left in.
fn empty(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Vec<Finding> {
    let mut all: Vec<(Timestamp, Timestamp, Duty<'_>)> = Vec::new();
    schedule.walk(start, end, |since, until, duty| {
        if duty.coverage() != Coverage::Empty {
            return;
        }
        match all.last_mut() {
            Some((_, last, before)) if *last == since && before.away == duty.away => *last = until,
            _ => all.push((since, until, duty.clone())),
        }
    });
    // The shifts of one turn, or of several in a row, are told together while the same people are away.
    let mut told: Vec<(Vec<(Timestamp, Timestamp)>, Duty<'_>)> = Vec::new();
    for (since, until, duty) in all {
        match told.last_mut() {
            Some((spans, before)) if before.away == duty.away && before.overrides == duty.overrides => {
                spans.push((since, until));
            }
            _ => told.push((vec![(since, until)], duty)),
        }
    }
    let finding = |(spans, duty): (Vec<(Timestamp, Timestamp)>, Duty<'_>)| {
        let (first, last) = (spans.first()?, spans.last()?);
        let zone = say::zone(schedule, &duty);
        let length = crate::time::Elapsed::from_micros(spans.iter().map(|(a, b)| b.since(*a).as_micros()).sum());
        let who = match say::names(schedule, &duty.away) {
            names if names.is_empty() => "everybody is removed".to_owned(),
            names => format!("{names} {} away", if duty.away.len() == 1 { "is" } else { "are" }),
        };
        let (from, until, length) = (zone.say(first.0), zone.say(last.1), hours(length));
        let message = match spans.len() {
            1 => format!("nobody is left on call from {from} to {until}: {who}"),
            count => format!("nobody is left on call in {count} shifts ({length}) from {from} to {until}: {who}"),
        };
        let finding = Finding::new(Level::Warning, codes::EMPTY_SHIFT, place(schedule, &duty, first.0), message);
        let help = "let somebody cover it, or say `if_absent = \"fall_through\"`";
        Some(finding.help(help).fact("start", first.0).fact("end", last.1))
    };
    told.into_iter().filter_map(finding).collect()
}

/// What made a shift empty: the first absence that holds then, else the first override.
fn place(schedule: &Schedule, duty: &Duty<'_>, at: Timestamp) -> String {
    let away = duty.away.iter().filter_map(|who| schedule.plan.absences.get(who)?.at(at).min());
    let absence = away.min().map(|number| format!("/absence/{number}"));
    let removed = duty.overrides.first().map(|number| format!("/override/{number}"));
    absence.or(removed).unwrap_or_default()
}
