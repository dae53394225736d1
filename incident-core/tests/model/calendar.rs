//! Local time for the model: straight from the time zone database, by the plainest means.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

pub type Instant = DateTime<Utc>;

/// Which instant a local time names where it comes twice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Twice {
    First,
    Last,
}

pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or_else(|_| panic!("`{name}` is no time zone"))
}

/// The wall clock of a zone at an instant.
pub fn local(zone: Tz, at: Instant) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// The instant of a local time: the first or last occurrence of one that comes twice, and the first instant after the
/// gap for one that does not come at all (SEMANTICS 6; a gap ends on a whole minute).
pub fn instant(zone: Tz, wanted: NaiveDateTime, twice: Twice) -> Instant {
    let mut wall = wanted;
    loop {
        match zone.from_local_datetime(&wall) {
            chrono::LocalResult::Single(at) => return at.to_utc(),
            chrono::LocalResult::Ambiguous(first, _) if wall != wanted || twice == Twice::First => {
                return first.to_utc();
            }
            chrono::LocalResult::Ambiguous(_, last) => return last.to_utc(),
            // Not on the clock: look at the next whole minute.
            chrono::LocalResult::None => wall = whole_minute(wall) + TimeDelta::minutes(1),
        }
    }
}

pub fn whole_minute(time: NaiveDateTime) -> NaiveDateTime {
    time - TimeDelta::seconds(time.and_utc().timestamp().rem_euclid(60))
}

pub fn add_days(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { date - by } else { date + by }
}

/// Whole months later; a month that lacks the day gives its last day.
pub fn add_months(time: NaiveDateTime, months: i64) -> NaiveDateTime {
    let by = Months::new(u32::try_from(months.unsigned_abs()).unwrap());
    if months < 0 { time - by } else { time + by }
}

/// `Mon` is 0 and `Sun` 6, whether short, long or in capitals.
pub fn weekday(name: &str) -> i64 {
    let known = ["mo", "tu", "we", "th", "fr", "sa", "su"];
    let start = name.get(..2).unwrap_or_default().to_ascii_lowercase();
    let found = known.iter().position(|known| *known == start);
    i64::try_from(found.unwrap_or_else(|| panic!("`{name}` is no day of the week"))).unwrap()
}

pub fn weekday_of(date: NaiveDate) -> i64 {
    i64::from(date.weekday().num_days_from_monday())
}

/// `08:30` as minutes after midnight; `24:00` is 1440.
pub fn minutes(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').unwrap_or_else(|| panic!("`{text}` is no time of day"));
    hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}

/// The local time so many minutes after midnight on the wall clock; 24:00 and more are on later days.
pub fn at_minute(date: NaiveDate, minutes: i64) -> NaiveDateTime {
    add_days(date, minutes.div_euclid(1440)).and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes.rem_euclid(1440))
}

pub fn parse_instant(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|_| panic!("`{text}` is no instant")).to_utc()
}

/// A local time as documents have it: `2026-12-07T08:00`, with or without seconds.
pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    text.parse().or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")).ok()
}
