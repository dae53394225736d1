//! From a rule of recurrence to turns and hours.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, TurnCount};
use crate::time::{Elapsed, Hours, Occurrence, Timestamp, Turn, TurnUnit};

use super::super::rotation::{blank, moment, since_ever, turns};
use super::super::weekly::{Stretch, hours};
use super::shift::{Frequency, Rule, Shift};

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
/// Longer than any month.
const MONTH: u32 = 31 * DAY;

/// What a shift is in a file: one rotation, or, where occurrences are longer than what is between them, one a group.
pub(super) fn rotations(shift: &Shift) -> Vec<Rotation> {
    let members: Vec<_> = shift.groups.iter().map(|group| member(group)).collect();
    let Some(rule) = &shift.rule else {
        let mut rotation = blank(shift.zone, members);
        rotation.from = Some(moment(shift.zone, shift.starts()));
        rotation.until = Some(moment(shift.zone, shift.ends(shift.start)));
        return vec![rotation];
    };
    let grid = grid(shift, rule);
    let until = end(shift);
    let in_force = shift.since.unwrap_or(Timestamp::MIN).max(shift.zone.instant(grid.begins, Occurrence::First));
    let bound = |mut rotation: Rotation| {
        rotation.hours.clone_from(&grid.hours);
        rotation.days.clone_from(&grid.days);
        rotation.until = until.map(|until| moment(shift.zone, until));
        rotation
    };
    let period = Turn::of(grid.turn.count().saturating_mul(grid.repeats), grid.turn.unit());
    if grid.overlaps && members.len() > 1 {
        return apart(shift, &grid, members).into_iter().map(bound).collect();
    }
    let alone = members.len() == grid.repeats as usize || members.len() == 1;
    let mut rotation = blank(shift.zone, every(members, grid.repeats));
    if alone && !grid.breaks {
        rotation.from = (in_force > since_ever_and_a_month()).then(|| moment(shift.zone, in_force));
    } else {
        let first = grid.first_turn(shift, rule);
        turns(&mut rotation, period, shift.zone.instant(first, Occurrence::First), Some(in_force));
        rotation.lasts = grid.breaks.then_some(grid.lasts(shift)).flatten();
        rotation.count = (grid.counts_days && !alone).then_some(TurnCount::ActiveOnly);
    }
    vec![bound(rotation)]
}

/// When a shift that recurs ends, if it does.
pub(super) fn end(shift: &Shift) -> Option<Timestamp> {
    shift.rule.as_ref().and_then(|rule| ends_at(shift, rule))
}

fn member(group: &[PersonId]) -> RotationMember {
    match group {
        [one] => RotationMember::One(one.clone()),
        // Nobody serves its turn.
        [] => PersonId::new("nobody").map_or(RotationMember::Group(Vec::new()), RotationMember::One),
        _ => RotationMember::Group(group.to_vec()),
    }
}

/// Every so manieth of members.
fn every(members: Vec<RotationMember>, repeats: u32) -> Vec<RotationMember> {
    members.into_iter().step_by(repeats.max(1) as usize).collect()
}

/// A shift that began at first, with what was written for one that has always been, begins within a month of it.
fn since_ever_and_a_month() -> Timestamp {
    since_ever().plus(Elapsed::hours(31 * 24))
}

/// When turns change, and at which hours somebody serves.
struct Grid {
    /// The local time of the first occurrence.
    begins: NaiveDateTime,
    /// The local time at which the first turn begins, which may be before it.
    first: NaiveDateTime,
    turn: Turn,
    /// How many turns in a row each group has.
    repeats: u32,
    hours: Vec<Hours>,
    days: BTreeSet<u32>,
    /// Whether only days count on which an occurrence begins.
    counts_days: bool,
    /// Whether a turn has a rest in which nobody serves, which hours cannot say; how many minutes it lasts then.
    breaks: bool,
    minutes: Option<u32>,
    /// Whether the next occurrence begins before one ends.
    overlaps: bool,
}

impl Grid {
    /// When the turn of the first group begins, which may be as many turns before the first occurrence.
    fn first_turn(&self, shift: &Shift, rule: &Rule) -> NaiveDateTime {
        let turns = shift.first_group;
        if !self.counts_days {
            let back = i64::try_from(turns).unwrap_or_default().saturating_neg();
            if self.turn.unit() == TurnUnit::Hours {
                let hours = Elapsed::hours(back.saturating_mul(i64::from(self.turn.count())));
                return shift.zone.local(shift.zone.instant(self.first, Occurrence::First).plus(hours));
            }
            return self.turn.after(self.first, back).unwrap_or(self.first);
        }
        let days = turns.saturating_mul(self.turn.count() as usize);
        let counts = |day: &NaiveDateTime| rule.by_day.contains(&day.weekday().num_days_from_monday());
        let mut before =
            (0..).map_while(|back| self.first.checked_sub_signed(TimeDelta::try_days(back)?)).filter(counts);
        before.nth(days).unwrap_or(self.first)
    }

    fn lasts(&self, shift: &Shift) -> Option<Elapsed> {
        let hours = self.minutes.map(|minutes| Elapsed::minutes(i64::from(minutes)));
        Some(hours.unwrap_or(shift.length)).filter(|lasts| lasts.is_positive())
    }
}

fn grid(shift: &Shift, rule: &Rule) -> Grid {
    let begins = first_occurrence(shift, rule);
    let clock = chrono::Timelike::num_seconds_from_midnight(&begins) / 60;
    let minutes = shift.minutes();
    let unit = match rule.frequency {
        Frequency::Hourly => TurnUnit::Hours,
        Frequency::Daily => TurnUnit::Days,
        Frequency::Weekly => TurnUnit::Weeks,
        Frequency::Monthly => TurnUnit::Months,
    };
    let mut grid = Grid {
        begins,
        first: begins,
        turn: Turn::of(rule.interval, unit),
        repeats: 1,
        hours: Vec::new(),
        days: BTreeSet::new(),
        counts_days: false,
        breaks: false,
        minutes: None,
        overlaps: false,
    };
    let weekday = begins.weekday().num_days_from_monday();
    let days = if rule.by_day.is_empty() { (0..7).collect() } else { rule.by_day.clone() };
    let once_a_week = rule.by_day.is_empty() || (rule.by_day.len() == 1 && rule.by_day.contains(&weekday));
    let repeats = repeats(&shift.groups);
    let within = |length: u32| length.saturating_mul(rule.interval);
    match rule.frequency {
        Frequency::Hourly => {
            (grid.breaks, grid.overlaps) = (minutes < within(60), minutes > within(60));
            grid.hours = windows(&rule.by_day, 0, DAY, true);
        }
        Frequency::Daily if rule.by_day.is_empty() => match rule.interval {
            1 if minutes <= DAY => {
                grid.hours = windows(&days, clock, minutes, true);
                grid.repeats = repeats;
            }
            _ => (grid.breaks, grid.overlaps) = (minutes < within(DAY), minutes > within(DAY)),
        },
        Frequency::Daily => {
            grid.counts_days = rule.rolls && days.len() < 7;
            grid.hours = windows(&days, clock, minutes, !grid.counts_days);
            grid.breaks = !rule.rolls && rule.interval > 1;
            grid.repeats = if grid.breaks { 1 } else { repeats };
        }
        Frequency::Weekly if once_a_week => match rule.interval {
            1 if minutes < WEEK => {
                grid.hours = windows(&[weekday].into(), clock, minutes, true);
                grid.repeats = repeats;
            }
            _ => (grid.breaks, grid.overlaps) = (minutes < within(WEEK), minutes > within(WEEK)),
        },
        Frequency::Weekly => {
            let offset = |day: &u32| (day + 7 - rule.week_start) % 7;
            let (from, to) = (days.iter().map(offset).min(), days.iter().map(offset).max());
            let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
            let back = i64::from((weekday + 7 - rule.week_start) % 7) - i64::from(from);
            grid.first = begins.checked_sub_signed(TimeDelta::days(back)).unwrap_or(begins);
            grid.hours = windows(&days, clock, minutes, true);
            grid.breaks = rule.interval > 1;
            grid.minutes = Some((to - from).saturating_mul(DAY).saturating_add(minutes));
            grid.repeats = if grid.breaks { 1 } else { repeats };
        }
        Frequency::Monthly if rule.by_month_day.is_empty() && rule.by_day.is_empty() => {
            (grid.breaks, grid.overlaps) = (minutes < within(MONTH), minutes > within(MONTH));
        }
        Frequency::Monthly => {
            grid.first = begins.with_day(1).unwrap_or(begins);
            grid.hours = windows(&days, clock, minutes, true);
            grid.days = if rule.by_month_day.len() == 31 { BTreeSet::new() } else { rule.by_month_day.clone() };
            grid.breaks = rule.interval > 1;
            grid.minutes = Some(MONTH);
            grid.repeats = if grid.breaks { 1 } else { repeats };
        }
    }
    grid
}

/// The first occurrence: where it is none of the days, the first of them in a week is taken.
fn first_occurrence(shift: &Shift, rule: &Rule) -> NaiveDateTime {
    let weekday = shift.start.weekday().num_days_from_monday();
    if rule.by_day.is_empty() || rule.by_day.contains(&weekday) {
        return shift.start;
    }
    let first = rule.by_day.iter().min_by_key(|day| (**day + 7 - rule.week_start) % 7).copied().unwrap_or(weekday);
    let later = TimeDelta::days(i64::from((first + 7 - weekday) % 7));
    shift.start.checked_add_signed(later).unwrap_or(shift.start)
}

/// In how large steps the list of groups really changes: `[a, a, b, b]` in steps of two.
fn repeats(groups: &[Vec<PersonId>]) -> u32 {
    let alike =
        |length: &usize| groups.chunks(*length).all(|chunk| chunk.iter().all(|group| chunk.first() == Some(group)));
    let whole = |length: &usize| groups.len().is_multiple_of(*length);
    let longest = (1..=groups.len()).rev().filter(whole).find(alike).unwrap_or(1);
    u32::try_from(longest).unwrap_or(1)
}

/// The hours in which something is that begins on these days; one stretch where one follows another without a break.
fn windows(days: &BTreeSet<u32>, clock: u32, minutes: u32, unite: bool) -> Vec<Hours> {
    if days.is_empty() || (days.len() == 7 && minutes >= DAY) {
        return Vec::new();
    }
    let stretch = |day: &u32| Stretch { day: *day, start: clock, minutes };
    if !unite || minutes < DAY || clock == 0 {
        return hours(&days.iter().map(stretch).collect::<Vec<_>>());
    }
    let mut united: Vec<Stretch> = Vec::new();
    let begins = |day: &u32| !days.contains(&((day + 6) % 7));
    for first in days.iter().filter(|day| begins(day)) {
        let run = (0..7).take_while(|more| days.contains(&((first + more) % 7))).count();
        let more = u32::try_from(run).unwrap_or(1).saturating_sub(1).saturating_mul(DAY);
        united.push(Stretch { day: *first, start: clock, minutes: minutes.saturating_add(more) });
    }
    hours(&united)
}

/// Each group with turns of its own, as long as all groups together take.
fn apart(shift: &Shift, grid: &Grid, members: Vec<RotationMember>) -> Vec<Rotation> {
    let count = u32::try_from(members.len()).unwrap_or(1);
    let round = Turn::of(grid.turn.count().saturating_mul(count), grid.turn.unit());
    let mut all = Vec::new();
    for (at, member) in (0_i64..).zip(members) {
        let mut rotation = blank(shift.zone, vec![member]);
        let first = i64::try_from(shift.first_group).unwrap_or_default();
        let later = (at - first).rem_euclid(i64::from(count));
        let first = grid.turn.after(grid.begins, later).unwrap_or(grid.begins);
        turns(&mut rotation, round, shift.zone.instant(first, Occurrence::First), shift.since);
        rotation.lasts = Some(shift.length);
        all.push(rotation);
    }
    all
}

/// When the last occurrence ends, if there is one: it begins no later than `until`, whose last second is counted, and is
/// cut there on the web alone.
fn ends_at(shift: &Shift, rule: &Rule) -> Option<Timestamp> {
    let until = shift.until?;
    let whole = until.as_micros().rem_euclid(60_000_000) == 59_000_000;
    let told = if whole { until.plus(Elapsed::from_micros(1_000_000)) } else { until };
    if shift.cut {
        return Some(told);
    }
    let begins = first_occurrence(shift, rule);
    let last = match rule.frequency {
        // Hours pass, whatever the clock does.
        Frequency::Hourly => {
            let first = shift.zone.instant(begins, Occurrence::First);
            let hours = until.since(first).as_micros().div_euclid(3_600_000_000);
            let hours = hours - hours.rem_euclid(i64::from(rule.interval));
            return Some(first.plus(Elapsed::hours(hours)).plus(shift.length).max(told));
        }
        Frequency::Daily | Frequency::Weekly | Frequency::Monthly => {
            let day = shift.zone.day(until).naive();
            (0..=LOOK_BACK)
                .filter_map(|back| day.checked_sub_signed(TimeDelta::days(back)))
                .take_while(|day| *day >= begins.date())
                .filter(|day| begins_on(*day, begins.date(), rule))
                .map(|day| day.and_time(begins.time()))
                .find(|start| shift.zone.instant(*start, Occurrence::First) <= until)
        }
    };
    Some(last.map_or(told, |last| shift.ends(last).max(told)))
}

/// The last occurrence is looked for so many days back.
const LOOK_BACK: i64 = 3 * 366;

/// Whether an occurrence begins on a day.
fn begins_on(day: NaiveDate, first: NaiveDate, rule: &Rule) -> bool {
    let weekday = day.weekday().num_days_from_monday();
    let interval = i64::from(rule.interval);
    let on_day = rule.by_day.is_empty() || rule.by_day.contains(&weekday);
    match rule.frequency {
        Frequency::Daily if rule.rolls && !rule.by_day.is_empty() => on_day,
        Frequency::Daily | Frequency::Hourly => on_day && (day - first).num_days().rem_euclid(interval) == 0,
        Frequency::Weekly => {
            let week = |day: NaiveDate| {
                let into = (day.weekday().num_days_from_monday() + 7 - rule.week_start) % 7;
                day.num_days_from_ce() - i32::try_from(into).unwrap_or_default()
            };
            let same = if rule.by_day.is_empty() { weekday == first.weekday().num_days_from_monday() } else { on_day };
            same && i64::from((week(day) - week(first)) / 7).rem_euclid(interval) == 0
        }
        Frequency::Monthly => {
            let months = i64::from(day.year() - first.year()) * 12 + i64::from(day.month()) - i64::from(first.month());
            let same = match (rule.by_month_day.is_empty(), rule.by_day.is_empty()) {
                (true, true) => day.day() == first.day(),
                (true, false) => on_day,
                (false, _) => on_day && rule.by_month_day.contains(&day.day()),
            };
            same && months.rem_euclid(interval) == 0
        }
    }
}
