//! Hours of the week as tools have them, a beginning and a length, and as people write them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};

use crate::time::{Hours, Weekday};

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// A stretch of a week.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Stretch {
    /// The day on which it begins: 0 is Monday.
    pub(super) day: u32,
    /// The minute of that day.
    pub(super) start: u32,
    /// Its length in minutes.
    pub(super) minutes: u32,
}

/// Stretches as hours: days with the same times together. Empty where they are the whole week, or none.
pub(super) fn hours(stretches: &[Stretch]) -> Vec<Hours> {
    let mut by_times: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
    let mut written = Vec::new();
    for Stretch { day, start, minutes } in stretches.iter().copied().filter(|it| it.minutes > 0) {
        if minutes >= WEEK {
            return Vec::new();
        }
        if minutes < DAY || (start == 0 && minutes == DAY) {
            by_times.entry((start, minutes)).or_default().insert(day % 7);
        } else {
            let end = day % 7 * DAY + start + minutes;
            let (from, to) = (Weekday::from_index(day % 7).short(), Weekday::from_index(end / DAY % 7).short());
            written.push(((day % 7, start), format!("{from} {} - {to} {}", clock(start), clock(end % DAY))));
        }
    }
    for ((start, minutes), days) in by_times {
        if minutes == DAY && days.len() == 7 {
            return Vec::new();
        }
        let end = start + minutes;
        let times = if minutes == DAY {
            String::new()
        } else {
            format!(" {}-{}", clock(start), clock(if end > DAY { end - DAY } else { end }))
        };
        for (first, last) in runs(&days) {
            let days = match (first, last) {
                (0, 6) => "daily".to_owned(),
                _ if first == last => Weekday::from_index(first).short().to_owned(),
                _ => format!("{}-{}", Weekday::from_index(first).short(), Weekday::from_index(last).short()),
            };
            written.push(((first, start), format!("{days}{times}")));
        }
    }
    written.sort();
    written.iter().filter_map(|(_, text)| text.parse().ok()).collect()
}

/// Hours as stretches, one for each day on which one begins.
pub(super) fn stretches(hours: &[Hours]) -> BTreeSet<Stretch> {
    let of = |hours: &Hours| {
        let hours = *hours;
        (0..7).filter_map(move |day| {
            let (start, later, end) = hours.stretch(Weekday::from_index(day))?;
            Some(Stretch { day, start, minutes: (later * DAY + end).saturating_sub(start) })
        })
    };
    hours.iter().flat_map(of).collect()
}

/// Hours as stretches on a clock that is so many minutes ahead.
pub(super) fn ahead(hours: &[Hours], minutes: i64) -> Vec<Stretch> {
    let moved = |it: Stretch| {
        let minute = (i64::from(it.day * DAY + it.start) + minutes).rem_euclid(i64::from(WEEK));
        let minute = u32::try_from(minute).unwrap_or_default();
        Stretch { day: minute / DAY, start: minute % DAY, minutes: it.minutes }
    };
    stretches(hours).into_iter().map(moved).collect()
}

/// The same minutes of the week as stretches that neither touch nor overlap; several whole days as days.
pub(super) fn united(stretches: &[Stretch]) -> Vec<Stretch> {
    as_stretches(&minutes(stretches))
}

/// What stretches leave of others.
pub(super) fn without(stretches: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let left = minutes(stretches).into_iter().zip(minutes(others)).map(|(here, there)| here && !there);
    as_stretches(&left.collect::<Vec<_>>())
}

/// For each minute of the week whether it is in one of them.
fn minutes(stretches: &[Stretch]) -> Vec<bool> {
    let inside = |minute: u32| {
        stretches.iter().any(|it| {
            let since = (minute + WEEK - (it.day % 7 * DAY + it.start) % WEEK) % WEEK;
            since < it.minutes
        })
    };
    (0..WEEK).map(inside).collect()
}

/// The stretches that minutes of the week are; from the first that begins in it.
fn as_stretches(minutes: &[bool]) -> Vec<Stretch> {
    if minutes.iter().all(|inside| *inside) {
        return vec![Stretch { day: 0, start: 0, minutes: WEEK }];
    }
    let before = minutes.iter().cycle().skip(minutes.len().saturating_sub(1));
    let begins = minutes.iter().zip(before).map(|(inside, before)| *inside && !before);
    let mut all = Vec::new();
    for (minute, _) in (0..WEEK).zip(begins).filter(|(_, begins)| *begins) {
        let on = minutes.iter().cycle().skip(minute as usize).take_while(|inside| **inside).count();
        let length = u32::try_from(on).unwrap_or(WEEK);
        let whole_days = minute % DAY == 0 && length % DAY == 0;
        let (count, minutes) = if whole_days { (length / DAY, DAY) } else { (1, length) };
        all.extend((0..count).map(|later| Stretch { day: (minute / DAY + later) % 7, start: minute % DAY, minutes }));
    }
    all
}

/// The first local time at or after another at which one of these hours begins.
pub(super) fn next_stretch(hours: &[Hours], local: NaiveDateTime) -> Option<NaiveDateTime> {
    let all = stretches(hours);
    let begins = |later: i64| {
        let day = local.date().checked_add_signed(TimeDelta::try_days(later)?)?;
        let of_day = all.iter().filter(|it| it.day == day.weekday().num_days_from_monday());
        of_day.filter_map(|it| day.and_hms_opt(it.start / 60, it.start % 60, 0)).filter(|begin| *begin >= local).min()
    };
    (0..=7).find_map(begins)
}

/// Whether a local time is within one of these hours, after its beginning.
pub(super) fn midway(hours: &[Hours], local: NaiveDateTime) -> bool {
    let now = local.weekday().num_days_from_monday() * DAY + local.hour() * 60 + local.minute();
    let into = |it: &Stretch| (now + WEEK - it.day * DAY - it.start) % (WEEK);
    stretches(hours).iter().any(|it| into(it) > 0 && into(it) < it.minutes)
}

/// Days one after another, from Monday; the whole week is one run.
fn runs(days: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *day => *last = *day,
            _ => runs.push((*day, *day)),
        }
    }
    runs
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &[(u32, u32, u32)], expected: &[&str]) {
        let given: Vec<_> =
            given.iter().map(|(day, start, minutes)| Stretch { day: *day, start: *start, minutes: *minutes }).collect();
        let told = hours(&given);
        assert_eq!(told.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        if !told.is_empty() {
            assert_eq!(stretches(&told), given.into_iter().collect(), "{expected:?}");
        }
    }

    #[test]
    fn stretches_become_what_people_write() {
        let daily: Vec<_> = (0..7).map(|day| (day, 480, 540)).collect();
        check(&daily, &["daily 08:00-17:00"]);
        check(&[(0, 540, 480), (1, 540, 480), (4, 540, 480)], &["Mon-Tue 09:00-17:00", "Fri 09:00-17:00"]);
        check(&[(4, 1200, 3600)], &["Fri 20:00 - Mon 08:00"]);
        check(&[(5, 0, 1440), (6, 0, 1440)], &["Sat-Sun"]);
        check(&[(5, 0, 2880)], &["Sat 00:00 - Mon 00:00"]);
        check(&[(6, 1320, 540)], &["Sun 22:00-07:00"]);
        check(&[(2, 1080, 360)], &["Wed 18:00-24:00"]);
        check(&[(0, 540, 1440)], &["Mon 09:00 - Tue 09:00"]);
        check(&[(0, 540, 7 * 1440 - 60)], &["Mon 09:00 - Mon 08:00"]);
        check(&[(3, 60, 7 * 1440)], &[]);
    }

    #[test]
    fn a_local_time_is_before_a_stretch_or_midway() {
        let nights: Vec<Hours> = ["Mon-Fri 22:00-07:00", "Sat-Sun"].iter().map(|it| it.parse().unwrap()).collect();
        let check = |local: &str, next: &str, inside: bool| {
            let local = local.parse().unwrap();
            assert_eq!(next_stretch(&nights, local), Some(next.parse().unwrap()));
            assert_eq!(midway(&nights, local), inside);
        };
        check("2026-12-07T06:59:00", "2026-12-07T22:00:00", false);
        check("2026-12-08T06:59:00", "2026-12-08T22:00:00", true);
        check("2026-12-08T07:00:00", "2026-12-08T22:00:00", false);
        check("2026-12-11T22:00:00", "2026-12-11T22:00:00", false);
        check("2026-12-11T23:00:00", "2026-12-12T00:00:00", true);
        check("2026-12-13T23:59:00", "2026-12-14T22:00:00", true);
    }

    #[test]
    fn stretches_that_touch_are_one() {
        let check = |given: &[(u32, u32, u32)], taken: &[(u32, u32, u32)], expected: &[(u32, u32, u32)]| {
            let of = |all: &[(u32, u32, u32)]| -> Vec<Stretch> {
                all.iter()
                    .map(|(day, start, minutes)| Stretch { day: *day, start: *start, minutes: *minutes })
                    .collect()
            };
            assert_eq!(without(&of(given), &of(taken)), of(expected));
            if taken.is_empty() {
                assert_eq!(united(&of(given)), of(expected));
            }
        };
        check(&[(4, 1200, 240), (5, 0, 1440), (6, 0, 1440), (0, 0, 480)], &[], &[(4, 1200, 3600)]);
        check(&[(5, 0, 720), (5, 720, 720), (6, 0, 1440)], &[], &[(5, 0, 1440), (6, 0, 1440)]);
        check(&[(0, 540, 60), (0, 570, 90)], &[], &[(0, 540, 120)]);
        check(&[(2, 0, 7 * 1440)], &[], &[(0, 0, 7 * 1440)]);
        check(&[], &[], &[]);
        check(&[(0, 0, 7 * 1440)], &[(0, 480, 7 * 1440 - 60)], &[(0, 420, 60)]);
        check(&[(0, 480, 720)], &[(0, 540, 60)], &[(0, 480, 60), (0, 600, 600)]);
    }
}
