//! Rotations as targets of a schedule with their rules: everybody whose rule is active is on call.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::PersonId;
use crate::oncall::{Rotation, ScheduleDocument, first_handoff};
use crate::time::{Occurrence, Timestamp, Turn, Zone};

use super::super::rotation::{groups, places, since_ever, zone_of};
use super::super::weekly::{Stretch, stretches, united, without};

/// Somebody with rules.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) who: Who,
    pub(super) rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub(super) enum Who {
    User(PersonId),
    Turns { name: String, zone: Zone, start: Timestamp, turn: Turn, users: Vec<PersonId> },
}

/// Days of the week, 0 is Monday, and the minutes at which it begins and ends; the same for whole days.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) days: BTreeSet<u32>,
}

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// Every target of a schedule. Where an earlier rotation wins, what comes after it has the hours that it leaves open.
pub(super) fn targets(document: &ScheduleDocument) -> Vec<Target> {
    let zone = zone_of(document);
    let places = places(&document.rotation);
    let mut all = Vec::new();
    for (number, (rotation, place)) in (1_usize..).zip(document.rotation.iter().zip(&places)) {
        let before = document.rotation.iter().zip(&places).filter(|(_, other)| *other < place);
        let taken: Vec<_> = before.flat_map(|(it, _)| week(it, zone)).collect();
        let rules = rules(&without(&week(rotation, zone), &taken));
        if !rules.is_empty() {
            let name = rotation.name.clone().unwrap_or_else(|| number.to_string());
            all.extend(people(rotation, &name).into_iter().map(|who| Target { who, rules: rules.clone() }));
        }
    }
    all
}

/// The hours of a rotation on the clock of the schedule, as the two clocks stand at its beginning; the whole week where it has
/// none.
fn week(rotation: &Rotation, zone: Zone) -> Vec<Stretch> {
    if rotation.hours.is_empty() {
        return vec![Stretch { day: 0, start: 0, minutes: WEEK }];
    }
    let first = rotation.start.and_then(|start| first_handoff(rotation, start));
    let at = first.map_or_else(since_ever, |first| rotation.zone.instant(first, Occurrence::First));
    let apart = (zone.local(at) - rotation.zone.local(at)).num_minutes();
    let moved = |it: Stretch| {
        let minute = (i64::from(it.day * DAY + it.start) + apart).rem_euclid(i64::from(WEEK));
        let minute = u32::try_from(minute).unwrap_or_default();
        Stretch { day: minute / DAY, start: minute % DAY, minutes: it.minutes }
    };
    stretches(&rotation.hours).into_iter().map(moved).collect()
}

/// Stretches of a week as rules: what is longer than a day is cut at midnight.
fn rules(week: &[Stretch]) -> Vec<Rule> {
    let mut pieces: Vec<Stretch> = Vec::new();
    for it in united(week) {
        let (mut day, mut start, mut left) = (it.day, it.start, it.minutes);
        while left > 0 {
            let minutes = if left > DAY { DAY - start } else { left };
            pieces.push(Stretch { day: day % 7, start, minutes });
            (day, start, left) = (day + 1, 0, left - minutes);
        }
    }
    let mut by_times: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
    for it in pieces {
        by_times.entry((it.start, (it.start + it.minutes) % DAY)).or_default().insert(it.day);
    }
    by_times.into_iter().map(|((start, end), days)| Rule { start, end, days }).collect()
}

/// Who takes turns, one at a time: several at once are as many rotations beside each other.
fn people(rotation: &Rotation, name: &str) -> Vec<Who> {
    let groups = groups(rotation);
    let at_once = groups.iter().map(Vec::len).max().unwrap_or_default();
    let first = rotation.start.and_then(|start| first_handoff(rotation, start));
    let turn = rotation.turn.first().copied().zip(first).filter(|_| groups.len() > 1);
    let mut all: Vec<Who> = Vec::new();
    for at in 0..at_once {
        // Whose group is smaller is in it again: nobody is on call twice.
        let users: Vec<_> = groups.iter().filter_map(|group| group.get(at).or(group.last()).cloned()).collect();
        let one = users.first().filter(|first| users.iter().all(|user| user == *first)).cloned();
        all.extend(match (turn, one) {
            (_, Some(user)) => Some(Who::User(user)),
            (None, None) => users.first().cloned().map(Who::User),
            (Some((turn, first)), None) => {
                let start = rotation.zone.instant(first, Occurrence::First);
                let name = if at == 0 { name.to_owned() } else { format!("{name} {}", at + 1) };
                Some(Who::Turns { name, zone: rotation.zone, start, turn, users })
            }
        });
    }
    all
}
