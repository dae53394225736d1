//! Whole days as people write them.

use std::{fmt, str::FromStr};

use chrono::NaiveTime;

use crate::codes;
use crate::error::{Error, Result};

use super::{Date, Occurrence, Span, Zone};

/// One day or several, both ends included: `2026-12-24` or `2026-12-24..2026-12-26`.
///
/// ```
/// use incident_core::{Days, Zone};
///
/// let christmas: Days = "2026-12-24..2026-12-26".parse()?;
/// let span = christmas.span("Europe/Berlin".parse()?);
/// assert_eq!(span.start, "2026-12-23T23:00:00Z".parse()?);
/// assert_eq!(span.end, Some("2026-12-26T23:00:00Z".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// From the first day to the last, both included; none where the last is before the first.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day, which is one of them.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// From the midnight at which the first day begins to the one at which the last ends.
    #[must_use]
    pub fn span(self, zone: Zone) -> Span {
        let midnight = |day: Date, which| zone.instant(day.naive().and_time(NaiveTime::MIN), which);
        let end = self.last.plus_days(1).map(|day| midnight(day, Occurrence::First));
        Span { start: midnight(self.first, Occurrence::First), end }
    }
}

impl FromStr for Days {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last): (Date, Date) = (first.trim().parse()?, last.trim().parse()?);
        Self::new(first, last).ok_or_else(|| {
            Error::invalid(codes::ENDS_BEFORE_START, format!("{last} is before {first}"))
                .hint("write the first day, `..` and the last day")
        })
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => self.first.fmt(f),
            false => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_included() {
        for text in ["2026-12-24", "2026-12-24..2026-12-26"] {
            assert_eq!(text.parse::<Days>().unwrap().to_string(), text);
        }
        assert_eq!("2026-12-26..2026-12-24".parse::<Days>().unwrap_err().code, codes::ENDS_BEFORE_START);
        assert_eq!("christmas".parse::<Days>().unwrap_err().code, codes::BAD_DATE);
    }
}
