//! Civil days.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};

/// A civil day, `2026-11-22`, in the years 0001 to 9999; which instants it has depends on the zone.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "date")))]
pub struct Date(NaiveDate);

impl Date {
    pub(crate) fn new(day: NaiveDate) -> Self {
        Self(day)
    }

    pub(crate) fn naive(self) -> NaiveDate {
        self.0
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday::from_index(self.0.weekday().num_days_from_monday())
    }

    /// This many days later (or earlier); none outside the years 0001 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let day = self.0.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
        (1..=9999).contains(&day.year()).then_some(Self(day))
    }
}

impl FromStr for Date {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        day.filter(|day| (1..=9999).contains(&day.year()) && text.len() == 10).map(Self).ok_or_else(|| {
            Error::invalid(codes::BAD_DATE, format!("`{}` is not a day", crate::text::short(text)))
                .hint("write `2026-11-22`")
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// From 0 for Monday to 6 for Sunday, and round again.
    #[must_use]
    pub fn from_index(index: u32) -> Self {
        Self::ALL.into_iter().cycle().nth(index as usize % 7).unwrap_or(Self::Mon)
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub const fn index(self) -> u32 {
        self as u32
    }

    /// `Mon` to `Sun`.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Mon => "Mon",
            Self::Tue => "Tue",
            Self::Wed => "Wed",
            Self::Thu => "Thu",
            Self::Fri => "Fri",
            Self::Sat => "Sat",
            Self::Sun => "Sun",
        }
    }
}

impl FromStr for Weekday {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let day = Self::ALL.into_iter().find(|day| day.short().eq_ignore_ascii_case(text.trim()));
        day.ok_or_else(|| {
            Error::invalid(codes::BAD_WINDOW, format!("`{}` is not a day of the week", crate::text::short(text)))
                .hint("write `Mon`, `Tue`, `Wed`, `Thu`, `Fri`, `Sat` or `Sun`")
        })
    }
}
