//! Shifts that are one rotation: a shift has one time of day, so that nights and weekends take two.

use crate::oncall::{Rotation, first_handoff};
use crate::time::{Hours, Occurrence, Timestamp, TurnUnit};

use super::super::record::Record;
use super::super::rotation::moment;
use super::super::weekly::{Stretch, hours, next_stretch, stretches};

/// Unites neighbours of one level that are the same but for their hours.
pub(super) fn merge<'a>(all: Vec<(i64, Rotation, Record<'a>)>) -> Vec<(i64, Rotation, Record<'a>)> {
    let mut merged: Vec<(i64, Rotation, Record<'a>)> = Vec::new();
    for (level, rotation, part) in all {
        let united = match merged.last() {
            Some((before, last, _)) if *before == level => unite(last, &rotation),
            _ => None,
        };
        match (united, merged.last_mut()) {
            (Some(united), Some((_, last, _))) => *last = united,
            _ => merged.push((level, rotation, part)),
        }
    }
    merged
}

/// One rotation for two, if that changes nobody's shifts.
fn unite(one: &Rotation, other: &Rotation) -> Option<Rotation> {
    if one.hours.is_empty() || other.hours.is_empty() || one.until != other.until {
        return None;
    }
    let but_for_hours = |it: &Rotation| Rotation {
        name: None,
        hours: Vec::new(),
        start: None,
        handoff: None,
        from: None,
        ..it.clone()
    };
    if but_for_hours(one) != but_for_hours(other) || one.lasts.is_some() {
        return None;
    }
    let both: Vec<Hours> = one.hours.iter().chain(&other.hours).copied().collect();
    let both = hours(&stretches(&both).into_iter().collect::<Vec<Stretch>>());
    let (earlier, later) = if begin(other) < begin(one) { (other, one) } else { (one, other) };
    // Both begin with their first stretch from one time on: nothing is left out, and nothing comes before.
    let from = in_force(one).min(in_force(other));
    let begins = |it: &Rotation| {
        let next = || next_stretch(&it.hours, it.zone.local(from));
        in_force(it) == from || next() == Some(it.zone.local(in_force(it)))
    };
    if !begins(one) || !begins(other) {
        return None;
    }
    if !earlier.turn.is_empty() {
        let whole_weeks = earlier.turn.iter().all(|turn| turn.unit() == TurnUnit::Weeks);
        let first = |of: &Rotation| first_handoff(of, of.start?);
        let (first, second) = (first(earlier)?, first(later)?);
        // The turns of both change between the same stretches, week by week.
        let changes_with = next_stretch(&later.hours, first) == Some(second)
            && earlier.members == later.members
            && next_stretch(&earlier.hours, first) == Some(first);
        if !whole_weeks || !changes_with {
            return None;
        }
    }
    let from = one.from.or(other.from).map(|_| moment(one.zone, from));
    Some(Rotation { name: one.name.clone().or_else(|| other.name.clone()), hours: both, from, ..earlier.clone() })
}

fn begin(rotation: &Rotation) -> Timestamp {
    let first = rotation.start.and_then(|start| first_handoff(rotation, start));
    first.map_or(Timestamp::MIN, |first| rotation.zone.instant(first, Occurrence::First))
}

/// From when on somebody is on call from it.
fn in_force(rotation: &Rotation) -> Timestamp {
    let from = rotation.from.map_or(Timestamp::MIN, |from| from.instant(rotation.zone));
    from.max(begin(rotation))
}
