//! Time zones.

use std::{fmt, str::FromStr};

use chrono::{NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::codes;
use crate::error::{Error, Result};
use crate::text::nearest;

use super::{Date, Timestamp};

/// The version of the time zone data that this build carries, such as `2026b`; it appears in every local answer.
pub const TZ_VERSION: &str = chrono_tz::IANA_TZDB_VERSION;

/// A time zone of the IANA database by its name, such as `Europe/Berlin` or `UTC`.
///
/// ```
/// use incident_core::{Occurrence, Timestamp, Zone};
///
/// let berlin: Zone = "Europe/Berlin".parse()?;
/// let at: Timestamp = "2026-12-07T07:00:00Z".parse()?;
/// assert_eq!(berlin.say(at), "Mon 2026-12-07 08:00 Berlin (07:00 UTC)");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Zone(pub(super) Tz);

/// Which instant a local time names where the clock is set back and it comes twice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Occurrence {
    /// The earlier one; how spans begin.
    First,
    /// The later one; how spans end.
    Last,
}

impl Zone {
    /// Universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The last part of the name, as people say it: `Berlin`, `Los Angeles`.
    #[must_use]
    pub fn city(self) -> String {
        self.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
    }

    /// The local time of an instant.
    #[must_use]
    pub fn local(self, at: Timestamp) -> NaiveDateTime {
        at.to_utc().with_timezone(&self.0).naive_local()
    }

    /// How far east of UTC its clock is at an instant, in microseconds.
    pub(super) fn offset(self, at: Timestamp) -> i64 {
        let offset = self.0.offset_from_utc_datetime(&at.to_utc().naive_utc()).fix();
        i64::from(offset.local_minus_utc()) * 1_000_000
    }

    /// The local day of an instant.
    #[must_use]
    pub fn day(self, at: Timestamp) -> Date {
        Date::new(self.local(at).date())
    }

    /// The instant of a local time. One that does not exist (the clock is set forward) is the first instant after the
    /// gap; one that comes twice is the occurrence asked for. Clamped to the years 0001 to 9999.
    #[must_use]
    pub fn instant(self, local: NaiveDateTime, which: Occurrence) -> Timestamp {
        let found = match self.0.from_local_datetime(&local) {
            chrono::LocalResult::Single(at) => Some(at),
            chrono::LocalResult::Ambiguous(first, last) => Some(if which == Occurrence::First { first } else { last }),
            chrono::LocalResult::None => return self.after_gap(local),
        };
        let clamped = if local < Timestamp::MIN.to_utc().naive_utc() { Timestamp::MIN } else { Timestamp::MAX };
        found.and_then(|at| Timestamp::from_utc(at.with_timezone(&Utc))).unwrap_or(clamped)
    }

    /// The first instant whose local time is past a time that does not exist. Transitions fall on whole seconds, so
    /// bisection over the seconds around it finds the one.
    fn after_gap(self, local: NaiveDateTime) -> Timestamp {
        let day = TimeDelta::hours(26);
        let (mut before, mut after) = ((local - day).and_utc().timestamp(), (local + day).and_utc().timestamp());
        let second = |at: i64| Timestamp::from_micros(at.saturating_mul(1_000_000)).unwrap_or(Timestamp::MAX);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.local(second(middle)) < local {
                before = middle;
            } else {
                after = middle;
            }
        }
        second(after)
    }

    /// An instant for people: local time first, UTC beside it.
    #[must_use]
    pub fn say(self, at: Timestamp) -> String {
        let local = self.local(at).format("%a %Y-%m-%d %H:%M");
        if self == Self::UTC {
            return format!("{local} UTC");
        }
        let (day, utc) = (self.day(at), Self::UTC.local(at));
        let date = if Self::UTC.day(at) == day { "" } else { "%a " };
        format!("{local} {} ({} UTC)", self.city(), utc.format(&format!("{date}%H:%M")))
    }
}

impl FromStr for Zone {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        text.parse().map(Self).map_err(|_| {
            let error =
                Error::invalid(codes::UNKNOWN_ZONE, format!("`{}` is not a time zone", crate::text::short(text)));
            match nearest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())) {
                Some(name) => error.hint(format!("did you mean `{name}`?")),
                None => error.hint("write a name such as `Europe/Berlin`"),
            }
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(zone: &str, local: &str, which: Occurrence, expected: &str) {
        let zone: Zone = zone.parse().unwrap();
        assert_eq!(zone.instant(local.parse().unwrap(), which).to_string(), expected, "{zone} {local}");
    }

    #[test]
    fn local_times_that_are_missing_or_come_twice() {
        use Occurrence::{First, Last};
        check("Europe/Berlin", "2027-03-28T02:30:00", First, "2027-03-28T01:00:00Z");
        check("Europe/Berlin", "2027-03-28T02:00:00", Last, "2027-03-28T01:00:00Z");
        check("Europe/Berlin", "2026-10-25T02:30:00", First, "2026-10-25T00:30:00Z");
        check("Europe/Berlin", "2026-10-25T02:30:00", Last, "2026-10-25T01:30:00Z");
        // Half an hour, and a whole day that Samoa skipped.
        check("Australia/Lord_Howe", "2026-10-04T02:15:00", First, "2026-10-03T15:30:00Z");
        check("Pacific/Apia", "2011-12-30T12:00:00", First, "2011-12-30T10:00:00Z");
    }

    #[test]
    fn an_unknown_zone_has_a_suggestion() {
        let no = "Europe/Berlni".parse::<Zone>().unwrap_err();
        assert_eq!((no.code, no.hint.as_deref()), (codes::UNKNOWN_ZONE, Some("did you mean `Europe/Berlin`?")));
    }
}
