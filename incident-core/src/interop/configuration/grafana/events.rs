//! Rotations as shifts of Grafana OnCall, one for each time of day at which somebody begins, and overrides above them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};

use crate::id::PersonId;
use crate::oncall::{Rotation, ScheduleDocument, first_handoff};
use crate::time::{Elapsed, Occurrence, Span, Timestamp, Turn, TurnUnit, Zone};

use super::super::exceptions::{Cover, covers};
use super::super::rotation::{groups, places, seconds_of_turn, since_ever, turn_of_seconds};
use super::super::weekly::{Stretch, hours, next_stretch, stretches};

/// A shift to be written.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// What it is called beside the others of its schedule.
    pub(super) name: String,
    pub(super) level: i64,
    pub(super) zone: Zone,
    pub(super) start: NaiveDateTime,
    pub(super) length: Elapsed,
    /// How it recurs; absent for once.
    pub(super) rule: Option<Rule>,
    pub(super) groups: Vec<Vec<PersonId>>,
    pub(super) first_group: i64,
    pub(super) until: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) frequency: &'static str,
    pub(super) interval: u32,
    pub(super) by_day: BTreeSet<u32>,
    pub(super) by_month_day: BTreeSet<u32>,
    /// The day on which weeks begin, if it is not that of the start.
    pub(super) week_start: Option<u32>,
}

const DAY: u32 = 24 * 60;

/// Every shift of a schedule: those that recur, in the order of the rotations, and those that are above them.
pub(super) fn events(document: &ScheduleDocument) -> Vec<Event> {
    let levels = levels(&document.rotation);
    let mut all = Vec::new();
    for (number, (rotation, level)) in (1_usize..).zip(document.rotation.iter().zip(&levels)) {
        let name = rotation.name.clone().unwrap_or_else(|| number.to_string());
        all.extend(recurring(rotation).into_iter().map(|event| Event { name: name.clone(), level: *level, ..event }));
    }
    let top = levels.iter().max().map_or(0, |top| top.saturating_add(1));
    let above = covers(document);
    let ranks: BTreeSet<_> = above.iter().map(|cover| cover.priority).collect();
    let zone = super::super::rotation::zone_of(document);
    for (number, Cover { span, people, priority }) in (1_usize..).zip(above) {
        let rank = ranks.iter().position(|rank| *rank == priority).and_then(|rank| i64::try_from(rank).ok());
        all.extend(once(zone, span, people).map(|event| Event {
            name: format!("cover {number}"),
            level: top.saturating_add(rank.unwrap_or_default()),
            ..event
        }));
    }
    all
}

/// The level of each rotation: its number where each has one, else its place from the last on.
fn levels(rotations: &[Rotation]) -> Vec<i64> {
    let numbers: Option<Vec<i64>> = rotations.iter().map(|it| it.priority.filter(|it| *it >= 0)).collect();
    if let Some(numbers) = numbers.filter(|_| rotations.iter().all(|it| !it.together)) {
        return numbers;
    }
    let places = places(rotations);
    let last = places.iter().max().copied().unwrap_or_default();
    places.iter().map(|place| i64::try_from(last.saturating_sub(*place)).unwrap_or_default()).collect()
}

/// A shift that comes once, by the clock of a zone.
fn once(zone: Zone, span: Span, people: Vec<PersonId>) -> Option<Event> {
    let start = zone.local(span.start);
    // A length is one by the clock: it ends at the local time of the end.
    let length = (zone.local(span.end?) - start).num_microseconds().map(Elapsed::from_micros)?;
    let groups = vec![people];
    let blank = (String::new(), 0, None, None);
    let (name, level, rule, until) = blank;
    length.is_positive().then_some(Event { name, level, zone, start, length, rule, groups, first_group: 0, until })
}

/// A rotation as shifts; none where nobody is in it.
fn recurring(rotation: &Rotation) -> Vec<Event> {
    let turn = turn(rotation);
    let groups = groups(rotation);
    if groups.is_empty() {
        return Vec::new();
    }
    let turns = Turns::of(rotation, turn.filter(|_| groups.len() > 1 || rotation.lasts.is_some()));
    let until = rotation.until.and_then(|until| {
        // The last second is counted there.
        Timestamp::from_micros(until.instant(rotation.zone).as_micros().saturating_sub(1_000_000))
    });
    let mut events = match turns.turn {
        Some(turn) if turn.unit() == TurnUnit::Months => turns.by_month(turn, &groups),
        Some(turn) => turns.by_clock(turn, &groups),
        None => turns.always(&groups),
    };
    for event in &mut events {
        event.until = until;
    }
    events
}

/// The length of a turn, of several the first, in the longest unit that it is whole in.
fn turn(rotation: &Rotation) -> Option<Turn> {
    let turn = *rotation.turn.first()?;
    if turn.unit() == TurnUnit::Hours {
        return Some(turn);
    }
    seconds_of_turn(turn).and_then(turn_of_seconds).or(Some(turn))
}

/// When turns of a rotation change, and when it is in force.
struct Turns<'a> {
    rotation: &'a Rotation,
    turn: Option<Turn>,
    /// The local time of the first handoff.
    first: NaiveDateTime,
    /// The local time from which on somebody is on call.
    from: NaiveDateTime,
    /// Times of day with their lengths in minutes, and the days of the week on which these begin; none for always.
    classes: BTreeMap<(u32, u32), BTreeSet<u32>>,
}

impl<'a> Turns<'a> {
    fn of(rotation: &'a Rotation, turn: Option<Turn>) -> Self {
        let zone = rotation.zone;
        let begins =
            rotation.start.and_then(|start| first_handoff(rotation, start)).filter(|_| !rotation.turn.is_empty());
        let from = rotation.from.map(|from| from.instant(zone));
        let ever = zone.local(since_ever());
        let first = begins.unwrap_or(ever);
        let from = from.map_or(first, |from| zone.local(from).max(first));
        let mut classes: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
        for Stretch { day, start, minutes } in stretches(&rotation.hours) {
            classes.entry((start, minutes)).or_default().insert(day);
        }
        if classes.is_empty() && !rotation.days.is_empty() {
            classes.insert((0, DAY), (0..7).collect());
        }
        Self { rotation, turn, first, from, classes }
    }

    fn event(
        &self,
        start: NaiveDateTime,
        minutes: i64,
        rule: Rule,
        groups: Vec<Vec<PersonId>>,
        first_group: i64,
    ) -> Event {
        Event {
            name: String::new(),
            level: 0,
            zone: self.rotation.zone,
            start,
            length: Elapsed::minutes(minutes),
            rule: Some(rule),
            groups,
            first_group,
            until: None,
        }
    }

    /// When hours begin next from a local time on.
    fn next(&self, start: u32, minutes: u32, days: &BTreeSet<u32>, from: NaiveDateTime) -> NaiveDateTime {
        let all: Vec<_> =
            days.iter().map(|day| Stretch { day: *day, start, minutes: minutes.clamp(1, DAY - 1) }).collect();
        next_stretch(&hours(&all), from).unwrap_or(from)
    }

    /// Nobody takes turns.
    fn always(&self, groups: &[Vec<PersonId>]) -> Vec<Event> {
        if self.classes.is_empty() {
            return vec![self.event(self.from, i64::from(DAY), rule("daily", 1), groups.to_vec(), 0)];
        }
        let each = |((start, minutes), days): (&(u32, u32), &BTreeSet<u32>)| {
            let begins = self.next(*start, *minutes, days, self.from);
            let rule = match (days.len(), self.rotation.days.is_empty()) {
                (7, true) => rule("daily", 1),
                (_, true) => Rule { by_day: days.clone(), ..rule("weekly", 1) },
                (count, false) => Rule {
                    by_day: if count == 7 { BTreeSet::new() } else { days.clone() },
                    by_month_day: self.rotation.days.clone(),
                    ..rule("monthly", 1)
                },
            };
            self.event(begins, i64::from(*minutes), rule, groups.to_vec(), 0)
        };
        self.classes.iter().map(each).collect()
    }

    /// Turns of hours, days and weeks.
    fn by_clock(&self, turn: Turn, groups: &[Vec<PersonId>]) -> Vec<Event> {
        let (frequency, unit) = match turn.unit() {
            TurnUnit::Hours => ("hourly", 60),
            TurnUnit::Days => ("daily", DAY),
            TurnUnit::Weeks | TurnUnit::Months => ("weekly", 7 * DAY),
        };
        let minutes = i64::from(unit) * i64::from(turn.count());
        let mut classes = self.classes.clone();
        if classes.is_empty() && turn.unit() != TurnUnit::Hours && self.rotation.lasts.is_none() && self.is_cut(minutes)
        {
            // Day by day, so that it may begin and end within a turn.
            classes.insert((self.first.num_seconds_from_midnight() / 60, DAY), (0..7).collect());
        }
        if classes.is_empty() || turn.unit() == TurnUnit::Hours {
            let (passed, start) = self.turn_in_progress(turn, minutes);
            let lasts = self.rotation.lasts.map(|lasts| lasts.as_micros() / 60_000_000).filter(|lasts| *lasts > 0);
            let rule = rule(frequency, turn.count());
            let length = lasts.map_or(minutes, |lasts| lasts.min(minutes));
            return vec![self.event(start, length, rule, groups.to_vec(), index(passed, groups.len()))];
        }
        let count = turn.count() as usize;
        let each = |((start, minutes), days): (&(u32, u32), &BTreeSet<u32>)| {
            let first = self.next(*start, *minutes, days, self.first);
            let begins = self.next(*start, *minutes, days, self.from.max(first));
            let counts_days = turn.unit() == TurnUnit::Days && days.len() < 7;
            // Of several weeks or days that a rule skips to, only the first has hours: a group is listed so often instead.
            let skips = counts_days && count <= days.len();
            let (interval, repeats) = if skips { (turn.count(), 1) } else { (1, count) };
            let (passed, begins) = if counts_days {
                // A turn that has begun begins anew: its first days cannot be left out.
                let later = |later| first.checked_add_signed(TimeDelta::try_days(later)?);
                let days: Vec<_> = (0..=(begins - first).num_days())
                    .filter_map(later)
                    .filter(|day| days.contains(&day.weekday().num_days_from_monday()))
                    .collect();
                let passed = days.len().saturating_sub(1) / interval as usize;
                let begins = days.get(passed * interval as usize).copied().unwrap_or(begins);
                (i64::try_from(passed).unwrap_or_default(), begins)
            } else {
                ((begins - first).num_minutes().div_euclid(i64::from(unit)), begins)
            };
            let groups = repeated(groups, repeats);
            let by_day = if turn.unit() == TurnUnit::Days && !counts_days { BTreeSet::new() } else { days.clone() };
            let at = index(passed, groups.len());
            self.event(
                begins,
                i64::from(*minutes),
                Rule { by_day, week_start: Some(first.weekday().num_days_from_monday()), ..rule(frequency, interval) },
                groups,
                at,
            )
        };
        classes.iter().map(each).collect()
    }

    /// How many turns have passed before it is in force, and when the next one begins.
    fn turn_in_progress(&self, turn: Turn, minutes: i64) -> (i64, NaiveDateTime) {
        let zone = self.rotation.zone;
        if turn.unit() != TurnUnit::Hours || self.rotation.wall_clock {
            let passed = (self.from - self.first).num_minutes().div_euclid(minutes);
            return (passed, turn.after(self.first, passed).unwrap_or(self.first));
        }
        // Hours pass, whatever the clock does.
        let at = |local| zone.instant(local, Occurrence::First);
        let passed = at(self.from).since(at(self.first)).as_micros().div_euclid(minutes * 60_000_000);
        (passed, zone.local(at(self.first).plus(Elapsed::minutes(minutes.saturating_mul(passed)))))
    }

    /// Whether it is in force from within a turn on, or until within one.
    fn is_cut(&self, minutes: i64) -> bool {
        let within = |local: NaiveDateTime| (local - self.first).num_minutes().rem_euclid(minutes) != 0;
        let zone = self.rotation.zone;
        within(self.from) || self.rotation.until.is_some_and(|until| within(zone.local(until.instant(zone))))
    }

    /// Turns of months change on the first day: that of every day of a month is written as such.
    fn by_month(&self, turn: Turn, groups: &[Vec<PersonId>]) -> Vec<Event> {
        let month = |local: NaiveDateTime| i64::from(local.year()) * 12 + i64::from(local.month0());
        let groups = repeated(groups, turn.count() as usize);
        let each_day: BTreeSet<u32> = (1..=31).collect();
        let by_month_day = if self.rotation.days.is_empty() { each_day } else { self.rotation.days.clone() };
        let mut classes = self.classes.clone();
        if classes.is_empty() {
            let start = self.first.num_seconds_from_midnight() / 60;
            classes.insert((start, DAY), (0..7).collect());
        }
        let each = |((start, minutes), days): (&(u32, u32), &BTreeSet<u32>)| {
            let begins = self.next(*start, *minutes, days, self.from);
            let by_day = if days.len() == 7 { BTreeSet::new() } else { days.clone() };
            let at = index(month(begins) - month(self.first), groups.len());
            let rule = Rule { by_day, by_month_day: by_month_day.clone(), ..rule("monthly", 1) };
            self.event(begins, i64::from(*minutes), rule, groups.clone(), at)
        };
        classes.iter().map(each).collect()
    }
}

fn rule(frequency: &'static str, interval: u32) -> Rule {
    Rule { frequency, interval, by_day: BTreeSet::new(), by_month_day: BTreeSet::new(), week_start: None }
}

fn repeated(groups: &[Vec<PersonId>], times: usize) -> Vec<Vec<PersonId>> {
    groups.iter().flat_map(|group| std::iter::repeat_n(group.clone(), times.max(1))).collect()
}

/// Which of so many groups serves after so many turns.
fn index(passed: i64, count: usize) -> i64 {
    i64::try_from(count).map_or(0, |count| passed.rem_euclid(count.max(1)))
}
