//! Instants as people write them in a file.

use std::{fmt, str::FromStr};

use chrono::NaiveDateTime;

use crate::codes;
use crate::error::{Error, Result};

use super::{Date, Occurrence, Timestamp, Zone};

/// An instant as people write it: a day (its midnight), a local time, or an instant with an offset.
///
/// The first two are meant in the zone of what they belong to. A local time that does not exist is the first instant
/// after the gap, one that comes twice its first occurrence.
///
/// ```
/// use incident_core::{Moment, Zone};
///
/// let berlin: Zone = "Europe/Berlin".parse()?;
/// let monday: Moment = "2026-12-07".parse()?;
/// let morning: Moment = "2026-12-07T08:00".parse()?;
/// assert_eq!(monday.instant(berlin).to_string(), "2026-12-06T23:00:00Z");
/// assert_eq!(morning.instant(berlin), "2026-12-07T07:00:00Z".parse()?);
/// assert_eq!(morning.to_string(), "2026-12-07T08:00");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Moment(Kind);

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Kind {
    Day(Date),
    Local(NaiveDateTime),
    Instant(Timestamp),
}

impl Moment {
    /// The instant meant in a zone.
    #[must_use]
    pub fn instant(self, zone: Zone) -> Timestamp {
        match self.0 {
            Kind::Instant(at) => at,
            Kind::Day(_) | Kind::Local(_) => zone.instant(self.local(zone), Occurrence::First),
        }
    }

    /// The local time meant in a zone.
    #[must_use]
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        match self.0 {
            Kind::Day(day) => day.naive().and_time(chrono::NaiveTime::MIN),
            Kind::Local(local) => local,
            Kind::Instant(at) => zone.local(at),
        }
    }

    /// The day, where it is only that.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self.0 {
            Kind::Day(day) => Some(day),
            Kind::Local(_) | Kind::Instant(_) => None,
        }
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(Kind::Instant(at))
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self(Kind::Day(day))
    }
}

/// Local times, to the minute or finer.
const SHAPES: [&str; 4] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];

impl FromStr for Moment {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if let Ok(day) = text.parse() {
            return Ok(Self(Kind::Day(day)));
        }
        let local = SHAPES.iter().find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok());
        // As with instants: the years 0001 to 9999.
        if let Some(local) =
            local.filter(|local| Zone::UTC.local(Zone::UTC.instant(*local, Occurrence::First)) == *local)
        {
            return Ok(Self(Kind::Local(local)));
        }
        text.parse().map(|at| Self(Kind::Instant(at))).map_err(|_: Error| {
            Error::invalid(codes::BAD_INSTANT, format!("`{}` is no day and no instant", crate::text::short(text)))
                .hint("write `2026-12-07`, `2026-12-07T08:00` or `2026-12-07T07:00:00Z`")
        })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Day(day) => day.fmt(f),
            Kind::Instant(at) => at.fmt(f),
            Kind::Local(local) => {
                let text = local.format("%Y-%m-%dT%H:%M:%S%.f").to_string();
                f.write_str(text.strip_suffix(":00").unwrap_or(&text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        for text in ["2026-12-07", "2026-12-07T08:00", "2026-12-07T08:00:30", "2026-12-07T07:00:00Z"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        assert_eq!("2026-12-07 08:00:00".parse::<Moment>().unwrap().to_string(), "2026-12-07T08:00");
        for bad in ["", "monday", "2026-13-01", "2026-12-07T25:00", "0000-01-01T00:00"] {
            assert_eq!(bad.parse::<Moment>().unwrap_err().code, codes::BAD_INSTANT, "{bad}");
        }
    }
}
