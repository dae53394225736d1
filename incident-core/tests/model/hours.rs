//! Weekly windows (SEMANTICS 6): which stretches begin on a day, and whether one holds an instant.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use super::calendar::{Instant, Twice, add_days, at_minute, instant, local, minutes, weekday, weekday_of};

/// From an instant to another, each.
type Stretches = Vec<(Instant, Instant)>;

/// Windows of a week in a zone, less those that begin on some days.
#[derive(Debug)]
pub struct Windows {
    hours: Vec<Hours>,
    /// Windows that begin on these days are dropped.
    closed: BTreeSet<NaiveDate>,
    /// Where any are given: only windows that begin on these days of the month (SEMANTICS 7).
    days_of_month: Vec<u32>,
    /// What has been found for a zone and a day.
    found: RefCell<BTreeMap<(&'static str, NaiveDate), Stretches>>,
}

/// `Mon-Fri 18:00-24:00`, `Fri 20:00 - Mon 08:00` or `Sat-Sun`.
#[derive(Debug)]
struct Hours {
    /// The days of the week on which one begins.
    begins_on: BTreeSet<i64>,
    /// Minutes from the midnight at which that day begins to the start, and to the end, on the wall clock.
    start: i64,
    end: i64,
}

impl Windows {
    pub fn new(hours: &[String], closed: BTreeSet<NaiveDate>, days_of_month: Vec<u32>) -> Self {
        let hours = hours.iter().map(|text| Hours::read(text)).collect();
        Self { hours, closed, days_of_month, found: RefCell::default() }
    }

    /// No hours are no restriction.
    pub fn unrestricted(&self) -> bool {
        self.hours.is_empty()
    }

    pub fn contains(&self, zone: Tz, at: Instant) -> bool {
        // No window is longer than the longest of them, and clocks change by a day at most.
        let longest = self.hours.iter().map(|hours| hours.end / 1440).max().unwrap_or(0);
        let today = local(zone, at).date();
        (-1..=longest + 1).any(|back| {
            let day = add_days(today, -back);
            let mut found = self.found.borrow_mut();
            let stretches = found.entry((zone.name(), day)).or_insert_with(|| self.stretches(zone, day));
            stretches.iter().any(|(start, end)| *start <= at && at < *end)
        })
    }

    pub fn begin_on(&self, zone: Tz, day: NaiveDate) -> bool {
        !self.stretches(zone, day).is_empty()
    }

    /// What begins on a day. A start takes the first, an end the last occurrence of a time that comes twice; a window
    /// that lies in a gap of the clock is none.
    pub fn stretches(&self, zone: Tz, day: NaiveDate) -> Stretches {
        let of_month = self.days_of_month.is_empty() || self.days_of_month.contains(&day.day());
        if self.closed.contains(&day) || !of_month {
            return Vec::new();
        }
        let today = self.hours.iter().filter(|hours| hours.begins_on.contains(&weekday_of(day)));
        let spans = today.map(|hours| {
            let start = instant(zone, at_minute(day, hours.start), Twice::First);
            (start, instant(zone, at_minute(day, hours.end), Twice::Last))
        });
        spans.filter(|(start, end)| start < end).collect()
    }
}

impl Hours {
    fn read(text: &str) -> Self {
        if let Some((from, to)) = text.split_once(" - ") {
            let part = |text: &str| {
                let (day, time) = text.trim().split_once(' ').unwrap();
                (weekday(day), minutes(time))
            };
            let ((first, start), (last, end)) = (part(from), part(to));
            let days = (last - first).rem_euclid(7);
            // From a time to the same or an earlier one on the same day of the week is a week.
            let days = if days == 0 && end <= start { 7 } else { days };
            return Self { begins_on: [first].into(), start, end: days * 1440 + end };
        }
        let (days, times) = text.split_once(' ').map_or((text, "00:00-24:00"), |(days, times)| (days, times));
        let begins_on = match days.split_once('-') {
            _ if days == "daily" => (0..7).collect(),
            None => [weekday(days)].into(),
            Some((first, last)) => {
                let first = weekday(first);
                (0..=(weekday(last) - first).rem_euclid(7)).map(|later| (first + later) % 7).collect()
            }
        };
        let (start, end) = times.split_once('-').unwrap();
        let (start, end) = (minutes(start), minutes(end));
        Self { begins_on, start, end: if end <= start { end + 1440 } else { end } }
    }
}
