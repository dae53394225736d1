//! Clocks that change on different days: what that does to a schedule between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::oncall::Schedule;
use crate::text::capital;
use crate::time::{Elapsed, Timestamp, Zone};

use super::horizon::Horizon;
use super::words;

/// `clocks change in Los Angeles on 14 March, in Berlin on 28 March: between them pacific stays 1 h longer, to midnight; no
/// hole`. One note for each stretch in which the clocks of a schedule's rotations are not as far apart as before.
pub(super) fn notes(schedule: &Schedule, horizon: &Horizon) -> Vec<String> {
    let zones: BTreeMap<&str, Zone> =
        schedule.document().rotation.iter().map(|rotation| (rotation.zone.name(), rotation.zone)).collect();
    if zones.len() < 2 {
        return Vec::new();
    }
    let mut changes: Vec<(Timestamp, Zone)> = Vec::new();
    for zone in zones.into_values() {
        changes.extend(changes_of(zone, horizon).into_iter().map(|at| (at, zone)));
    }
    changes.sort_by_key(|(at, zone)| (*at, zone.name()));
    let pairs = changes.iter().zip(changes.iter().skip(1));
    pairs.filter_map(|(first, second)| note(schedule, horizon, *first, *second)).collect()
}

/// Longer apart, and the second change belongs to the next half of the year.
const APART: Elapsed = Elapsed::hours(24 * 45);

const WEEK: Elapsed = Elapsed::hours(24 * 7);

fn note(
    schedule: &Schedule,
    horizon: &Horizon,
    (at, zone): (Timestamp, Zone),
    (end, other): (Timestamp, Zone),
) -> Option<String> {
    // Clocks that change at nearly the same time stay as far apart as they were.
    let (same_day, far) = (Elapsed::hours(24), end.since(at) > APART);
    if zone == other || far || end.since(at) < same_day {
        return None;
    }
    let before = ends(schedule, at.plus(Elapsed::from_micros(-WEEK.as_micros())).max(horizon.from), at);
    let between = ends(schedule, at.plus(same_day), end.min(horizon.until));
    let mut told = Vec::new();
    for (rotation, (zone, usual)) in &before.by_rotation {
        let Some((_, now)) = between.by_rotation.get(rotation) else { continue };
        let later = (now - usual + DAY / 2).rem_euclid(DAY) - DAY / 2;
        let by = words::hours(Elapsed::minutes(later.abs()));
        let clock = match now.rem_euclid(DAY) {
            0 => "midnight".to_owned(),
            now => format!("{:02}:{:02} in {}", now / 60, now % 60, zone.city()),
        };
        match later {
            0 => {}
            1.. => told.push(format!("{} stays {by} longer, to {clock}", capital(rotation))),
            _ => told.push(format!("{} stays {by} less, to {clock}", capital(rotation))),
        }
    }
    if told.is_empty() && !between.hole {
        return None;
    }
    told.extend(between.hole.then(|| "nobody is on call for some of the time".to_owned()));
    let hole = if between.hole { "" } else { "; no hole" };
    let told = words::and(told);
    let (day, last) = (words::day(zone.day(at)), words::day(other.day(end)));
    Some(format!("clocks change in {} on {day}, in {} on {last}: between them {told}{hole}", zone.city(), other.city()))
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

struct Ends {
    /// When shifts of a rotation usually end, as a minute of the day in its zone.
    by_rotation: BTreeMap<String, (Zone, i64)>,
    hole: bool,
}

fn ends(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Ends {
    let mut counted: BTreeMap<String, (Zone, BTreeMap<i64, u32>)> = BTreeMap::new();
    let mut hole = false;
    let zones: BTreeMap<String, Zone> = (1..)
        .zip(&schedule.document().rotation)
        .map(|(number, it)| (it.name.clone().unwrap_or_else(|| format!("rotation {number}")), it.zone))
        .collect();
    for shift in schedule.shifts(from, until).map(|shifts| shifts.shifts).unwrap_or_default() {
        hole |= shift.people.is_empty();
        let (Some(end), [turn]) = (shift.end.filter(|end| *end < until), shift.turns.as_slice()) else { continue };
        let Some(zone) = zones.get(&turn.rotation) else { continue };
        let local = zone.local(end);
        let minute = i64::from(chrono::Timelike::num_seconds_from_midnight(&local) / 60);
        *counted.entry(turn.rotation.clone()).or_insert((*zone, BTreeMap::new())).1.entry(minute).or_default() += 1;
    }
    let usual =
        |minutes: BTreeMap<i64, u32>| minutes.into_iter().max_by_key(|(_, count)| *count).map(|(minute, _)| minute);
    let by_rotation =
        counted.into_iter().filter_map(|(name, (zone, minutes))| Some((name, (zone, usual(minutes)?)))).collect();
    Ends { by_rotation, hole }
}

/// When the clock of a zone changes within a horizon.
fn changes_of(zone: Zone, horizon: &Horizon) -> BTreeSet<Timestamp> {
    let offset = |at: Timestamp| zone.local(at).signed_duration_since(Zone::UTC.local(at));
    let mut found = BTreeSet::new();
    let mut at = horizon.from;
    while at < horizon.until {
        let next = at.plus(WEEK).min(horizon.until);
        if offset(at) != offset(next) {
            let (mut before, mut after) = (at, next);
            while after.since(before) > Elapsed::from_micros(1_000_000) {
                let middle = before.plus(Elapsed::from_micros(after.since(before).as_micros() / 2));
                if offset(middle) == offset(at) { before = middle } else { after = middle }
            }
            found.insert(after);
        }
        at = next;
    }
    found
}
