//! Who moves, and when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::answer::{PersonMoved, ScheduleMove};
use crate::id::PersonId;
use crate::oncall::answer::Coverage;
use crate::oncall::plan::{Basis, Duty};
use crate::oncall::report::hours;
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::{Date, Elapsed, Occurrence, Timestamp, Zone};

/// Each stretch of a span in which the people are others, in order.
pub(super) fn moves(old: &Schedule, new: &Schedule, start: Timestamp, end: Timestamp) -> Vec<ScheduleMove> {
    let mut edges = vec![start];
    edges.extend(old.each_edge(start, end));
    edges.extend(new.each_edge(start, end));
    edges.sort_unstable();
    edges.dedup();
    let mut moves: Vec<ScheduleMove> = Vec::new();
    let ends = edges.iter().skip(1).copied().chain([end]);
    for (since, until) in edges.iter().copied().zip(ends) {
        let (was, is) = (old.plan.duty(since), new.plan.duty(since));
        let (before, after) = (people_of(old, &was), people_of(new, &is));
        if before == after {
            continue;
        }
        let rotations = BTreeSet::from_iter(rotations(old, &was).chain(rotations(new, &is)));
        match moves.last_mut() {
            Some(last) if last.end == since && last.before == before && last.after == after => {
                last.end = until;
                last.rotations = rotations.into_iter().chain(last.rotations.drain(..)).collect();
                last.rotations.sort_unstable();
                last.rotations.dedup();
            }
            _ => {
                let rotations = rotations.into_iter().collect();
                moves.push(ScheduleMove { start: since, end: until, before, after, rotations, why: String::new() });
            }
        }
    }
    for at in &mut moves {
        let zone = zone(old, new, at.start);
        at.why = format!("{} for {} from {}", instead(old, new, at), hours(at.end.since(at.start)), zone.say(at.start));
    }
    moves
}

/// What each person who moves gains and loses.
pub(super) fn people(moves: &[ScheduleMove]) -> Vec<PersonMoved> {
    let mut all = BTreeMap::<&PersonId, (i64, i64)>::new();
    for at in moves {
        let length = at.end.since(at.start).as_micros();
        at.after.iter().filter(|who| !at.before.contains(who)).for_each(|who| all.entry(who).or_default().0 += length);
        at.before.iter().filter(|who| !at.after.contains(who)).for_each(|who| all.entry(who).or_default().1 += length);
    }
    let moved = all.into_iter().map(|(person, (gains, loses))| PersonMoved {
        person: person.clone(),
        gains: Elapsed::from_micros(gains),
        loses: Elapsed::from_micros(loses),
    });
    moved.collect()
}

/// How many weeks a span has from its start, and in how many of them somebody moves.
pub(super) fn weeks(
    old: &Schedule,
    new: &Schedule,
    moves: &[ScheduleMove],
    start: Timestamp,
    end: Timestamp,
) -> (u32, u32) {
    let first = new.plan.rotations.first().or(old.plan.rotations.first());
    let zone = first.map_or(Zone::UTC, |rotation| rotation.zone);
    let local = zone.local(start);
    let week = |number: i64| {
        let later = TimeDelta::try_weeks(number).and_then(|later| local.checked_add_signed(later));
        later.map_or(Timestamp::MAX, |later| zone.instant(later, Occurrence::First))
    };
    let (mut count, mut moved, mut begins) = (0, 0, start);
    let mut moves = moves.iter().peekable();
    while begins < end {
        count += 1;
        let ends = week(count).max(begins.plus(Elapsed::minutes(1))).min(end);
        while moves.next_if(|at| at.end <= begins).is_some() {}
        moved += u32::from(moves.peek().is_some_and(|at| at.start < ends));
        begins = ends;
    }
    (u32::try_from(count).unwrap_or(u32::MAX), moved)
}

/// In a clause: `gus instead of ana`.
pub(super) fn instead(old: &Schedule, new: &Schedule, at: &ScheduleMove) -> String {
    let name = |person: &PersonId| {
        let named = [new, old].into_iter().find_map(|it| it.document.people.get(person)?.name.clone());
        named.unwrap_or_else(|| person.to_string())
    };
    let names = |people: &[PersonId]| match people {
        [] => "nobody".to_owned(),
        people => people.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    format!("{} instead of {}", names(&at.after), names(&at.before))
}

/// The local day of an instant: by the zone of the rotation that has the duty in the new version, else in the old.
pub(super) fn day(old: &Schedule, new: &Schedule, at: Timestamp) -> Date {
    zone(old, new, at).day(at)
}

fn zone(old: &Schedule, new: &Schedule, at: Timestamp) -> Zone {
    let duty = new.plan.duty(at);
    if duty.coverage() == Coverage::Gap { say::zone(old, &old.plan.duty(at)) } else { say::zone(new, &duty) }
}

fn people_of(schedule: &Schedule, duty: &Duty<'_>) -> Vec<PersonId> {
    let mut people = schedule.owned(&duty.people);
    people.sort_unstable();
    people
}

fn rotations<'a>(schedule: &'a Schedule, duty: &Duty<'_>) -> impl Iterator<Item = String> + 'a {
    let held = match &duty.basis {
        Basis::Turns(turns) => std::iter::once(turns.first).chain(turns.others.iter().copied()).collect(),
        Basis::Gap | Basis::Recorded | Basis::Override => Vec::new(),
    };
    let name = |(number, _)| Some(schedule.plan.rotations.get(number as usize)?.name.clone());
    held.into_iter().filter_map(name)
}
