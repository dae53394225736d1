//! Recurrence rules (RFC 5545, 3.3.10), expanded by the crate `rrule` within bounds.
//!
//! The crate is given local times as if they were UTC and no end: what a zone makes of a local time, where a rule ends
//! and how long anybody looks is decided here. A rule without `COUNT` is begun anew just before what is asked for, so
//! that an old start costs nothing.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

use crate::codes::{self, Code};
use crate::time::Timestamp;

use super::value::Moment;

mod parts;

/// So many periods without an occurrence, and the crate stops looking.
const PATIENCE: u32 = 100_000;

/// A recurrence rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Without end and count.
    rule: RRule<Unvalidated>,
    frequency: Frequency,
    interval: u16,
    count: Option<u32>,
    until: Option<Moment>,
    /// Times of one day (or hour, or minute) that it has.
    times: usize,
    /// Whether the day is told by the rule rather than by the start.
    days_told: bool,
}

/// Why a rule is not expanded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum BadRule {
    /// It recurs each second.
    TooFrequent,
    /// One of its parts cannot be read, and why.
    Part(String, String),
    /// Its parts do not go together.
    Whole(String),
    /// It takes more steps than may be taken.
    Steps,
}

impl BadRule {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::TooFrequent => codes::TOO_FREQUENT,
            Self::Part(..) | Self::Whole(_) => codes::BAD_RULE,
            Self::Steps => codes::TOO_MANY_STEPS,
        }
    }

    /// The part that is wrong.
    pub(super) fn part(&self) -> Option<&str> {
        if let Self::Part(part, _) = self { Some(part) } else { None }
    }

    pub(super) fn message(&self, rule: &str) -> String {
        let rule = crate::text::short(rule);
        match self {
            Self::TooFrequent => format!("`{rule}` recurs each second, which is not expanded"),
            Self::Part(part, why) => format!("`{}` {why}", crate::text::short(part)),
            Self::Whole(why) => format!("`{rule}` is not allowed: {why}"),
            Self::Steps => format!("`{rule}` takes too many steps to expand"),
        }
    }
}

/// Steps taken so far, and the most that may be.
#[derive(Debug)]
pub(super) struct Search {
    most: usize,
    taken: usize,
    found_nothing: bool,
}

impl Search {
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: 0, found_nothing: false }
    }

    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// Whether some rule has no occurrence at all.
    pub(super) fn found_nothing(&self) -> bool {
        self.found_nothing
    }

    pub(super) fn take(&mut self, steps: usize) -> Result<(), BadRule> {
        self.taken = self.taken.saturating_add(steps);
        if self.taken > self.most { Err(BadRule::Steps) } else { Ok(()) }
    }
}

impl Rule {
    pub(super) fn ends_with_a_day(&self) -> bool {
        matches!(self.until, Some(Moment::Day(_)))
    }

    /// The rule of an event that lasts whole days: its end is a day too, however it is written.
    pub(super) fn of_whole_days(self) -> Self {
        let until = self.until.map(|until| match until {
            Moment::Local(until) | Moment::Utc(until) => Moment::Day(until.date()),
            Moment::Day(day) => Moment::Day(day),
        });
        Self { until, ..self }
    }

    /// The local starts that the rule gives from `from` to `to`, both included, in order; `first` is the start of the
    /// event, and `instant` what its zone makes of a local time, for an end that is an instant.
    pub(super) fn starts(
        &self,
        first: NaiveDateTime,
        (from, to): (NaiveDateTime, NaiveDateTime),
        instant: impl Fn(NaiveDateTime) -> Timestamp,
        search: &mut Search,
    ) -> Result<Vec<NaiveDateTime>, BadRule> {
        let mut found = Vec::new();
        if self.times.saturating_mul(self.days_of_period()) > search.most {
            return Err(BadRule::Steps);
        }
        let begin = if self.count.is_none() { self.forward(first, from) } else { first };
        let rule = self.told(first).validate(utc(begin)).map_err(|no| BadRule::Whole(reason(&no)))?;
        let mut candidates = RRuleSet::new(utc(begin)).limit().rrule(rule).into_iter();
        let (mut last, mut left, mut any) = (begin, self.count, false);
        while left != Some(0) {
            let Some(local) = candidates.next().map(|at| at.naive_utc()) else {
                search.take(PATIENCE as usize)?;
                search.found_nothing |= !any;
                return if self.after_periods(last, PATIENCE) > to { Ok(found) } else { Err(BadRule::Steps) };
            };
            search.take(self.periods(local.signed_duration_since(last)))?;
            if local > to || self.is_over(local, &instant) {
                break;
            }
            if local >= from {
                found.push(local);
            }
            (last, left, any) = (local, left.map(|left| left.saturating_sub(1)), true);
        }
        Ok(found)
    }

    fn is_over(&self, local: NaiveDateTime, instant: impl Fn(NaiveDateTime) -> Timestamp) -> bool {
        match self.until {
            None => false,
            Some(Moment::Day(day)) => local.date() > day,
            Some(Moment::Local(until)) => local > until,
            Some(Moment::Utc(until)) => {
                Timestamp::from_utc(until.and_utc()).is_some_and(|until| instant(local) > until)
            }
        }
    }

    /// The rule with the days that only the start tells, so that it can begin on another day.
    fn told(&self, first: NaiveDateTime) -> RRule<Unvalidated> {
        let rule = self.rule.clone();
        let day = i8::try_from(first.day()).unwrap_or(1);
        let weekday = vec![rrule::NWeekday::Every(first.weekday())];
        match self.frequency {
            // Some other implementations take every day of the week; RFC 5545 takes from the start what a rule leaves out.
            Frequency::Yearly if self.is_weekly_in_a_year() => rule.by_weekday(weekday),
            _ if self.days_told => rule,
            Frequency::Yearly if rule.get_by_month().is_empty() => {
                let month = u8::try_from(first.month()).ok().and_then(|month| chrono::Month::try_from(month).ok());
                rule.by_month(month.as_slice()).by_month_day(vec![day])
            }
            Frequency::Yearly | Frequency::Monthly => rule.by_month_day(vec![day]),
            Frequency::Weekly => rule.by_weekday(weekday),
            _ => rule,
        }
    }

    /// Whether it names weeks of the year and no day.
    fn is_weekly_in_a_year(&self) -> bool {
        let rule = &self.rule;
        !rule.get_by_week_no().is_empty()
            && rule.get_by_weekday().is_empty()
            && rule.get_by_month_day().is_empty()
            && rule.get_by_year_day().is_empty()
    }

    /// A start a whole number of intervals after the first one, and two or more periods before `from`.
    fn forward(&self, first: NaiveDateTime, from: NaiveDateTime) -> NaiveDateTime {
        let apart = from.signed_duration_since(first);
        let months = i64::from(from.year() - first.year()) * 12 + i64::from(from.month0()) - i64::from(first.month0());
        let periods = match self.frequency {
            Frequency::Yearly => i64::from(from.year() - first.year()),
            Frequency::Monthly => months,
            Frequency::Weekly => apart.num_weeks(),
            Frequency::Daily => apart.num_days(),
            Frequency::Hourly => apart.num_hours(),
            Frequency::Minutely => apart.num_minutes(),
            Frequency::Secondly => 0,
        };
        let interval = i64::from(self.interval.max(1));
        let skipped = ((periods - 2) / interval - 1) * interval;
        let Some(skipped) = u32::try_from(skipped).ok().filter(|skipped| *skipped > 0) else { return first };
        let on_first_day = |months: Option<Months>, month: u32| {
            let day = NaiveDate::from_ymd_opt(first.year(), month, 1)?.checked_add_months(months?)?;
            Some(day.and_time(first.time()))
        };
        let begin = match self.frequency {
            Frequency::Yearly => on_first_day(skipped.checked_mul(12).map(Months::new), 1),
            Frequency::Monthly => on_first_day(Some(Months::new(skipped)), first.month()),
            _ => TimeDelta::try_seconds(i64::from(skipped).saturating_mul(self.seconds()))
                .and_then(|skipped| first.checked_add_signed(skipped)),
        };
        begin.unwrap_or(first)
    }

    /// The least seconds of a period.
    fn seconds(&self) -> i64 {
        match self.frequency {
            Frequency::Yearly => 365 * 86_400,
            Frequency::Monthly => 28 * 86_400,
            Frequency::Weekly => 7 * 86_400,
            Frequency::Daily => 86_400,
            Frequency::Hourly => 3_600,
            Frequency::Minutely => 60,
            Frequency::Secondly => 1,
        }
    }

    fn days_of_period(&self) -> usize {
        match self.frequency {
            Frequency::Yearly => 366,
            Frequency::Monthly => 31,
            Frequency::Weekly => 7,
            _ => 1,
        }
    }

    /// The steps it takes to look at all periods of a time: one for each time of day in each, and at least one.
    fn periods(&self, time: TimeDelta) -> usize {
        let each = self.seconds().saturating_mul(i64::from(self.interval.max(1)));
        let periods = time.num_seconds().max(0) / each;
        usize::try_from(periods).unwrap_or(usize::MAX).saturating_mul(self.times).max(1)
    }

    /// A time before which so many periods have surely ended.
    fn after_periods(&self, last: NaiveDateTime, periods: u32) -> NaiveDateTime {
        let each = self.seconds().saturating_mul(i64::from(self.interval.max(1)));
        let time = TimeDelta::try_seconds(each.saturating_mul(i64::from(periods)));
        time.and_then(|time| last.checked_add_signed(time)).unwrap_or(NaiveDateTime::MAX)
    }
}

/// A local time as the crate is given it.
fn utc(local: NaiveDateTime) -> DateTime<Tz> {
    local.and_utc().with_timezone(&Tz::UTC)
}

/// Why the crate refuses a rule, in our words.
fn reason(error: &rrule::RRuleError) -> String {
    use rrule::{RRuleError::ValidationError as Invalid, ValidationError as No};
    match error {
        Invalid(No::BySetPosWithoutByRule) => {
            "`BYSETPOS` picks from what other parts give, and there are none".to_owned()
        }
        Invalid(No::InvalidFieldValue { field, value }) => format!("`{field}` may not be {value}"),
        Invalid(
            No::InvalidFieldValueRange { field, value, .. } | No::InvalidFieldValueRangeWithFreq { field, value, .. },
        ) => format!("`{field}` may not be {value} with this `FREQ`"),
        Invalid(No::InvalidByRuleAndFrequency { by_rule, .. }) => format!("`{by_rule}` does not go with this `FREQ`"),
        _ => "its parts do not go together".to_owned(),
    }
}
