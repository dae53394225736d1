//! Lengths of turns.

use std::{fmt, str::FromStr};

use chrono::{Months, NaiveDateTime, TimeDelta};

use crate::codes;
use crate::error::{Error, Result};

/// The length of a turn in civil steps: `1 week`, `4 days`, `1 month`, `12 hours`.
///
/// Days, weeks and months keep the wall clock across a change of summer time; a month that lacks the day of its anchor
/// ends on its last day, counted from the anchor, so January 31 goes to February 28 and then to March 31.
///
/// ```
/// use incident_core::Turn;
///
/// let turn: Turn = "1 month".parse()?;
/// let anchor = "2027-01-31T09:00:00".parse().unwrap();
/// assert_eq!(turn.after(anchor, 1), "2027-02-28T09:00:00".parse().ok());
/// assert_eq!(turn.after(anchor, 2), "2027-03-31T09:00:00".parse().ok());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Turn {
    count: u32,
    unit: TurnUnit,
}

/// What a turn is counted in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TurnUnit {
    /// Hours.
    Hours,
    /// Civil days.
    Days,
    /// Civil weeks.
    Weeks,
    /// Civil months.
    Months,
}

const UNITS: [(&str, TurnUnit); 4] =
    [("hour", TurnUnit::Hours), ("day", TurnUnit::Days), ("week", TurnUnit::Weeks), ("month", TurnUnit::Months)];

/// More of anything than a turn can sensibly last.
const LONGEST: u32 = 100_000;

impl Turn {
    /// So many of a unit, of which there is at least one.
    pub(crate) const fn of(count: u32, unit: TurnUnit) -> Self {
        Self { count, unit }
    }

    /// How many of its unit; at least one.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// What it is counted in.
    #[must_use]
    pub const fn unit(self) -> TurnUnit {
        self.unit
    }

    /// The local time `turns` turns after an anchor (before it, for a negative number), on the wall clock; none outside
    /// the calendar.
    #[must_use]
    pub fn after(self, anchor: NaiveDateTime, turns: i64) -> Option<NaiveDateTime> {
        let steps = turns.checked_mul(i64::from(self.count))?;
        match self.unit {
            TurnUnit::Hours => anchor.checked_add_signed(TimeDelta::try_hours(steps)?),
            TurnUnit::Days => anchor.checked_add_signed(TimeDelta::try_days(steps)?),
            TurnUnit::Weeks => anchor.checked_add_signed(TimeDelta::try_weeks(steps)?),
            TurnUnit::Months => {
                let months = Months::new(u32::try_from(steps.unsigned_abs()).ok()?);
                if steps < 0 { anchor.checked_sub_months(months) } else { anchor.checked_add_months(months) }
            }
        }
    }
}

impl FromStr for Turn {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::invalid(codes::BAD_TURN, format!("`{}` is not the length of a turn", crate::text::short(text)))
                .hint("write `1 week`, `4 days`, `1 month` or `12 hours`")
        };
        let (count, unit) = text.trim().split_once(' ').ok_or_else(bad)?;
        // `+1` is a number to the parser, not to people.
        let count: u32 = count.parse().ok().filter(|_| !count.starts_with('+')).ok_or_else(bad)?;
        let unit = unit.trim();
        let (_, unit) =
            UNITS.into_iter().find(|(name, _)| *name == unit.strip_suffix('s').unwrap_or(unit)).ok_or_else(bad)?;
        if (1..=LONGEST).contains(&count) { Ok(Self { count, unit }) } else { Err(bad()) }
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = UNITS.iter().find(|(_, unit)| *unit == self.unit).map_or("", |(name, _)| name);
        write!(f, "{} {name}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_read_as_people_write_them() {
        for text in ["1 week", "4 days", "12 hours", "1 month"] {
            assert_eq!(text.parse::<Turn>().unwrap().to_string(), text);
        }
        for bad in ["", "week", "0 days", "-1 week", "1.5 days", "1 year", "999999999 days"] {
            assert_eq!(bad.parse::<Turn>().unwrap_err().code, codes::BAD_TURN, "{bad}");
        }
    }

    #[test]
    fn months_are_counted_from_the_anchor() {
        let month: Turn = "1 month".parse().unwrap();
        let anchor = "2027-01-31T09:00:00".parse().unwrap();
        assert_eq!(month.after(anchor, -2), "2026-11-30T09:00:00".parse().ok());
        assert_eq!(month.after(anchor, i64::MAX), None);
    }
}
