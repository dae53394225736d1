//! When turns change.

use std::{fmt, str::FromStr};

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use crate::codes;
use crate::error::{Error, Result};
use crate::time::{Date, Weekday, as_text};

/// The time at which turns change, perhaps on a day of the week: `08:00`, `Mon 08:00`.
///
/// ```
/// use incident_core::Handoff;
///
/// let handoff: Handoff = "Mon 08:00".parse()?;
/// assert_eq!(handoff.to_string(), "Mon 08:00");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Handoff {
    day: Option<Weekday>,
    time: NaiveTime,
}

as_text!(Handoff);

impl Handoff {
    /// At the time of day of a local time.
    pub(super) fn at(local: NaiveDateTime) -> Self {
        Self { day: None, time: local.time() }
    }

    /// The first local time of it on a local time or after it.
    pub(super) fn on_or_after(self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        (0..8).find_map(|later| {
            let day = local.date().checked_add_signed(TimeDelta::try_days(later)?)?;
            let found = day.and_time(self.time);
            let right = self.day.is_none_or(|weekday| Date::new(day).weekday() == weekday);
            (right && found >= local).then_some(found)
        })
    }
}

impl FromStr for Handoff {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::invalid(codes::BAD_HANDOFF, format!("`{}` is no handoff", crate::text::short(text)))
                .hint("write `08:00` or `Mon 08:00`")
        };
        let (day, time) = match text.trim().split_once(' ') {
            Some((day, time)) => (Some(day.parse().map_err(|_: Error| bad())?), time.trim()),
            None => (None, text.trim()),
        };
        let shape = if time.len() == 5 { "%H:%M" } else { "%H:%M:%S" };
        let time = NaiveTime::parse_from_str(time, shape).map_err(|_| bad())?;
        Ok(Self { day, time })
    }
}

impl fmt::Display for Handoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write!(f, "{} ", day.short())?;
        }
        let text = self.time.format("%H:%M:%S").to_string();
        f.write_str(text.strip_suffix(":00").unwrap_or(&text))
    }
}
