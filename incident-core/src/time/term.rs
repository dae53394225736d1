//! Due dates as people agree on them.

use std::{fmt, str::FromStr};

use chrono::NaiveTime;

use crate::codes;
use crate::error::{Error, Result};

use super::{Calendar, Elapsed, Occurrence, Timestamp, Zone};

/// A term: elapsed time (`15m`), calendar days (`3 days`) or business days (`5 business days`).
///
/// ```
/// use incident_core::{Calendar, Term, Timestamp, Zone};
///
/// let term: Term = "1 business day".parse()?;
/// let friday: Timestamp = "2026-11-20T15:00:00Z".parse()?;
/// assert_eq!(term.due(friday, Zone::UTC, &Calendar::default()), "2026-11-23T15:00:00Z".parse()?);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub enum Term {
    /// Physical time.
    Elapsed(Elapsed),
    /// Civil days: the same local time so many days later.
    Days(u32),
    /// Days on which people work: the same local time so many business days later. Outside a business day the count
    /// begins with the start of the next one.
    BusinessDays(u32),
}

/// More days than anything is due in.
const LONGEST: u32 = 3_660;

impl Term {
    /// When it ends, counted from an instant in a zone by a calendar; the last instant there is where that is too late
    /// or the calendar has no working days.
    #[must_use]
    pub fn due(self, from: Timestamp, zone: Zone, calendar: &Calendar) -> Timestamp {
        let (day, time) = (zone.day(from), zone.local(from).time());
        let end = match self {
            Self::Elapsed(elapsed) => return from.plus(elapsed),
            Self::Days(days) => day.plus_days(i64::from(days)).map(|day| (day, time)),
            Self::BusinessDays(days) => calendar.on_or_after(day).and_then(|first| {
                let time = if first == day { time } else { NaiveTime::MIN };
                calendar.after(first, days).map(|day| (day, time))
            }),
        };
        end.map_or(Timestamp::MAX, |(day, time)| zone.instant(day.naive().and_time(time), Occurrence::First))
    }
}

impl FromStr for Term {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::invalid(codes::BAD_TERM, format!("`{}` is not a term", crate::text::short(text)))
                .hint("write `15m`, `3 days` or `5 business days`")
        };
        let Some((count, unit)) = text.trim().split_once(' ') else {
            return text.parse().map(Self::Elapsed).map_err(|_| bad());
        };
        let term: fn(u32) -> Self = match unit.trim() {
            "day" | "days" => Self::Days,
            "business day" | "business days" => Self::BusinessDays,
            _ => return text.parse().map(Self::Elapsed).map_err(|_| bad()),
        };
        // `+1` is a number to the parser, not to people.
        let count: u32 = count.parse().ok().filter(|_| !count.starts_with('+')).ok_or_else(bad)?;
        if (1..=LONGEST).contains(&count) { Ok(term(count)) } else { Err(bad()) }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: &u32| if *count == 1 { "" } else { "s" };
        match self {
            Self::Elapsed(elapsed) => elapsed.fmt(f),
            Self::Days(days) => write!(f, "{days} day{}", plural(days)),
            Self::BusinessDays(days) => write!(f, "{days} business day{}", plural(days)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(term: &str, from: &str, zone: &str, expected: &str) {
        let due = term.parse::<Term>().unwrap().due(from.parse().unwrap(), zone.parse().unwrap(), &Calendar::default());
        assert_eq!(due.to_string(), expected, "{term} from {from}");
    }

    #[test]
    fn terms_end_on_the_local_clock() {
        check("15m", "2026-11-20T15:00:00Z", "UTC", "2026-11-20T15:15:00Z");
        check("3 days", "2027-03-26T15:00:00Z", "Europe/Berlin", "2027-03-29T14:00:00Z");
        check("5 business days", "2026-11-18T09:00:00Z", "UTC", "2026-11-25T09:00:00Z");
        check("1 business day", "2026-11-21T15:00:00Z", "UTC", "2026-11-24T00:00:00Z");
    }

    #[test]
    fn what_is_no_term_is_refused() {
        for bad in ["", "days", "0 days", "5 months", "-1 days", "99999 days"] {
            assert_eq!(bad.parse::<Term>().unwrap_err().code, codes::BAD_TERM, "{bad}");
        }
        for text in ["PT15M", "3 days", "1 business day"] {
            assert_eq!(text.parse::<Term>().unwrap().to_string(), text);
        }
    }
}
