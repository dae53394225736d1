//! The parts of a rule as they are written, each within the range that RFC 5545 gives it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::Weekday;
use rrule::{Frequency, NWeekday, RRule};

use super::{BadRule, Rule};
use crate::ical::value::Moment;

impl Rule {
    /// Reads a rule.
    pub(in crate::ical) fn parse(text: &str) -> Result<Self, BadRule> {
        let parts: Vec<&str> = text.trim().split(';').filter(|part| !part.is_empty()).collect();
        let frequency = parts.iter().find_map(|part| named(part, "FREQ"));
        let frequency = frequency.ok_or_else(|| BadRule::Whole("it has no `FREQ`".to_owned()))?;
        let mut rule = Self {
            rule: RRule::new(Frequency::Daily),
            frequency: self::frequency(frequency)?,
            interval: 1,
            count: None,
            until: None,
            times: 1,
            days_told: false,
        };
        rule.rule = RRule::new(rule.frequency);
        let mut seen = BTreeSet::new();
        for part in parts {
            let (name, value) = part.split_once('=').ok_or_else(|| bad(part, "has no value"))?;
            let name = name.to_ascii_uppercase();
            rule = rule.with(&name, value, part)?;
            if !seen.insert(name) {
                return Err(bad(part, "is there twice"));
            }
        }
        // The crate lets this pass, because it adds the time of day of the start first.
        let choosing = seen.iter().filter(|name| name.starts_with("BY")).count();
        if choosing == 1 && seen.contains("BYSETPOS") {
            let why = "`BYSETPOS` picks from what other parts give, and there are none";
            return Err(BadRule::Whole(why.to_owned()));
        }
        if rule.count.is_some() && rule.until.is_some() {
            return Err(BadRule::Whole("`COUNT` and `UNTIL` exclude each other".to_owned()));
        }
        Ok(rule.counted())
    }

    fn with(self, name: &str, value: &str, part: &str) -> Result<Self, BadRule> {
        let Self { rule, .. } = self;
        let keep = |rule| Self { rule, ..self };
        let days = |rule| Self { rule, days_told: true, ..self };
        Ok(match name {
            "FREQ" => keep(rule),
            "INTERVAL" => {
                let interval = number(value, part, 1..=u16::MAX)?;
                Self { interval, ..keep(rule.interval(interval)) }
            }
            "COUNT" => Self { count: Some(number(value, part, 1..=u32::MAX)?), ..keep(rule) },
            "UNTIL" => {
                let until = Moment::parse(value).ok_or_else(|| bad(part, "is neither a day nor a time"))?;
                Self { until: Some(until), ..keep(rule) }
            }
            "WKST" => keep(rule.week_start(weekday(value).ok_or_else(|| bad(part, "is no day of the week"))?)),
            "BYSECOND" => {
                // A clock without leap seconds shows :59 for :60.
                let seconds: Vec<u8> = numbers(value, part, 0..=60)?;
                keep(rule.by_second(seconds.into_iter().map(|second| second.min(59)).collect()))
            }
            "BYMINUTE" => keep(rule.by_minute(numbers(value, part, 0..=59)?)),
            "BYHOUR" => keep(rule.by_hour(numbers(value, part, 0..=23)?)),
            "BYDAY" => {
                let named =
                    value.split(',').map(|day| nth_weekday(day).ok_or_else(|| bad(part, "is no list of weekdays")));
                let named = named.collect::<Result<_, _>>()?;
                days(rule.by_weekday(named))
            }
            "BYMONTHDAY" => {
                let numbers = signed(numbers::<i16>(value, part, -31..=31)?, part)?;
                days(rule.by_month_day(numbers.into_iter().filter_map(|day| i8::try_from(day).ok()).collect()))
            }
            "BYYEARDAY" => days(rule.by_year_day(signed(numbers(value, part, -366..=366)?, part)?)),
            "BYWEEKNO" => {
                let numbers = signed(numbers::<i16>(value, part, -53..=53)?, part)?;
                days(rule.by_week_no(numbers.into_iter().filter_map(|week| i8::try_from(week).ok()).collect()))
            }
            "BYMONTH" => {
                let months = numbers::<u8>(value, part, 1..=12)?;
                let months: Vec<_> =
                    months.into_iter().filter_map(|month| chrono::Month::try_from(month).ok()).collect();
                keep(rule.by_month(&months))
            }
            "BYSETPOS" => {
                let positions = signed(numbers::<i16>(value, part, -366..=366)?, part)?;
                keep(rule.by_set_pos(positions.into_iter().map(i32::from).collect()))
            }
            _ => return Err(bad(part, "is no part of a rule")),
        })
    }

    /// How many times of one day (or hour, or minute) it has.
    fn counted(self) -> Self {
        let many = |list: &[u8]| list.iter().collect::<BTreeSet<_>>().len().max(1);
        let hours = many(self.rule.get_by_hour());
        let minutes = many(self.rule.get_by_minute());
        let seconds = many(self.rule.get_by_second());
        let times = match self.frequency {
            Frequency::Secondly => 1,
            Frequency::Minutely => seconds,
            Frequency::Hourly => minutes * seconds,
            _ => hours * minutes * seconds,
        };
        Self { times, ..self }
    }
}

fn bad(part: &str, why: &str) -> BadRule {
    BadRule::Part(part.to_owned(), why.to_owned())
}

fn named<'a>(part: &'a str, name: &str) -> Option<&'a str> {
    part.split_once('=').filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn frequency(text: &str) -> Result<Frequency, BadRule> {
    match text.to_ascii_uppercase().as_str() {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        "HOURLY" => Ok(Frequency::Hourly),
        "MINUTELY" => Ok(Frequency::Minutely),
        "SECONDLY" => Err(BadRule::TooFrequent),
        _ => Err(bad(&format!("FREQ={text}"), "is no frequency")),
    }
}

fn number<T>(text: &str, part: &str, range: RangeInclusive<T>) -> Result<T, BadRule>
where
    T: Clone + std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let found = text.trim().parse().ok().filter(|number| range.contains(number));
    found.ok_or_else(|| bad(part, &format!("is not from {} to {}", range.start(), range.end())))
}

fn numbers<T>(text: &str, part: &str, range: RangeInclusive<T>) -> Result<Vec<T>, BadRule>
where
    T: Clone + std::str::FromStr + PartialOrd + std::fmt::Display,
{
    text.split(',').map(|each| number(each, part, range.clone())).collect()
}

/// From the beginning or from the end; there is no zeroth.
fn signed(numbers: Vec<i16>, part: &str) -> Result<Vec<i16>, BadRule> {
    if numbers.contains(&0) { Err(bad(part, "counts from 1 or from -1")) } else { Ok(numbers) }
}

fn weekday(text: &str) -> Option<Weekday> {
    match text.trim().to_ascii_uppercase().as_str() {
        "MO" => Some(Weekday::Mon),
        "TU" => Some(Weekday::Tue),
        "WE" => Some(Weekday::Wed),
        "TH" => Some(Weekday::Thu),
        "FR" => Some(Weekday::Fri),
        "SA" => Some(Weekday::Sat),
        "SU" => Some(Weekday::Sun),
        _ => None,
    }
}

/// `MO`, `1MO`, `-1SU`.
fn nth_weekday(text: &str) -> Option<NWeekday> {
    let text = text.trim();
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = weekday(day)?;
    if number.is_empty() {
        return Some(NWeekday::Every(day));
    }
    let number: i16 = number.parse().ok()?;
    (number != 0 && (-53..=53).contains(&number)).then_some(NWeekday::Nth(number, day))
}
