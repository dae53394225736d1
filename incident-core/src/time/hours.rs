//! Weekly hours as people write them.

use std::{fmt, str::FromStr};

use crate::codes;
use crate::error::{Error, Result};

use super::Weekday;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Weekly hours: `daily 08:00-20:00`, `Mon-Fri 18:00-24:00`, `Fri 20:00 - Mon 08:00`, `Sat-Sun`.
///
/// An end before its start (or `22:00-07:00`) is on the next day.
///
/// ```
/// use incident_core::Hours;
///
/// let nights: Hours = "daily 22:00-07:00".parse()?;
/// assert_eq!(nights.to_string(), "daily 22:00-07:00");
/// assert!("daily 00:00-00:00".parse::<Hours>().is_err()); // write 00:00-24:00, or leave the hours out
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Hours {
    from: Weekday,
    to: Weekday,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// On each day from `from` to `to`: from one minute of the day to another, past midnight if not later.
    EachDay { start: u32, end: u32 },
    /// One stretch, from a minute of `from` to a minute of `to`.
    Through { start: u32, end: u32 },
    /// Whole days.
    Days,
}

impl Hours {
    /// If a stretch begins on this day of the week: the minute of the day at which it does, how many days later it
    /// ends, and at which minute of that day.
    pub(crate) fn stretch(&self, day: Weekday) -> Option<(u32, u32, u32)> {
        let to_end = (self.to.index() + 7 - self.from.index()) % 7;
        let offset = (day.index() + 7 - self.from.index()) % 7;
        match self.kind {
            Kind::EachDay { start, end } => (offset <= to_end).then_some((start, u32::from(end <= start), end)),
            Kind::Days => (offset <= to_end).then_some((0, 1, 0)),
            Kind::Through { start, end } => {
                let days = if to_end == 0 && end <= start { 7 } else { to_end };
                (offset == 0).then_some((start, days, end))
            }
        }
    }

    /// Whether a stretch begins on this day of the week, 0 for Monday.
    pub(crate) fn begins_on(&self, day: u32) -> bool {
        self.stretch(Weekday::from_index(day)).is_some()
    }

    /// How many days after the one on which it begins a stretch can end, at most.
    pub(crate) fn days_on(&self) -> u32 {
        Weekday::ALL
            .into_iter()
            .filter_map(|day| self.stretch(day))
            .map(|(_, later, end)| later + end / DAY)
            .max()
            .unwrap_or(0)
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((left, right)) = text.split_once(" - ") {
            let ((from, start), (to, end)) = (moment(left)?, moment(right)?);
            return Some(Self { from, to, kind: Kind::Through { start, end } });
        }
        let (days, times) = text.split_once(' ').map_or((text, None), |(days, times)| (days, Some(times)));
        let (from, to) = if days.eq_ignore_ascii_case("daily") {
            (Weekday::Mon, Weekday::Sun)
        } else if let Some((from, to)) = days.split_once('-') {
            (from.parse().ok()?, to.parse().ok()?)
        } else {
            let day = days.parse().ok()?;
            (day, day)
        };
        let kind = match times {
            None => Kind::Days,
            Some(times) => {
                let (start, end) = times.split_once('-')?;
                Kind::EachDay { start: minute(start)?, end: minute(end)? }
            }
        };
        Some(Self { from, to, kind })
    }
}

fn moment(text: &str) -> Option<(Weekday, u32)> {
    let (day, time) = text.trim().split_once(' ')?;
    Some((day.parse().ok()?, minute(time)?))
}

/// `08:00` to `24:00` as a minute of the day.
fn minute(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two = |text: &str| (text.len() == 2 && !text.starts_with('+')).then(|| text.parse::<u32>().ok()).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

impl FromStr for Hours {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = |hint: &str| {
            Error::invalid(codes::BAD_WINDOW, format!("`{}` names no hours", crate::text::short(text))).hint(hint)
        };
        let hours = Self::parse(text)
            .ok_or_else(|| bad("write `Mon-Fri 09:00-17:00`, `daily 22:00-07:00` or `Fri 20:00 - Mon 08:00`"))?;
        match hours.kind {
            Kind::EachDay { start: 0, end: 0 } => {
                Err(bad("for whole days write `00:00-24:00`, or leave the hours out"))
            }
            Kind::EachDay { start, end } if start == end => Err(bad("they end when they begin")),
            Kind::EachDay { start: DAY, .. } | Kind::Through { start: DAY, .. } => {
                Err(bad("begin on the next day at `00:00`"))
            }
            Kind::EachDay { .. } | Kind::Through { .. } | Kind::Days => Ok(hours),
        }
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let (from, to) = (self.from.short(), self.to.short());
        let days = match (self.from, self.to) {
            (Weekday::Mon, Weekday::Sun) => "daily".to_owned(),
            (a, b) if a == b => from.to_owned(),
            _ => format!("{from}-{to}"),
        };
        match self.kind {
            Kind::EachDay { start, end } => write!(f, "{days} {}-{}", clock(start), clock(end)),
            Kind::Through { start, end } => write!(f, "{from} {} - {to} {}", clock(start), clock(end)),
            Kind::Days => f.write_str(&days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for text in ["daily 08:00-20:00", "Mon-Fri 18:00-24:00", "Fri 20:00 - Mon 08:00", "Sat-Sun", "Wed 09:00-17:00"]
        {
            assert_eq!(text.parse::<Hours>().unwrap().to_string(), text);
        }
        for bad in ["", "daily 00:00-00:00", "daily 8:00-20:00", "Mon-Foo", "Mon 24:00-25:00", "daily 09:00-09:00"] {
            assert_eq!(bad.parse::<Hours>().unwrap_err().code, codes::BAD_WINDOW, "{bad}");
        }
    }
}
