//! Instants.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, Timelike, Utc};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};

use super::Elapsed;

/// An instant: UTC, whole microseconds, years 0001 to 9999.
///
/// Read from RFC 3339 text with any offset, written as `Z` with 0, 3 or 6 digits.
///
/// ```
/// use incident_core::Timestamp;
///
/// let at: Timestamp = "2026-11-22T11:02:00.5+01:00".parse()?;
/// assert_eq!(at.to_string(), "2026-11-22T10:02:00.500Z");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "date-time")))]
pub struct Timestamp(i64);

impl Timestamp {
    /// The first instant: 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_135_596_800_000_000);
    /// The last instant: 9999-12-31T23:59:59.999999Z.
    pub const MAX: Self = Self(253_402_300_799_999_999);

    /// From microseconds since 1970; none outside the years 0001 to 9999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&micros).then_some(Self(micros))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The instant this much later (or earlier, for a negative time); the last (or first) one where there is none.
    #[must_use]
    pub fn plus(self, elapsed: Elapsed) -> Self {
        Self(self.0.saturating_add(elapsed.as_micros())).clamp(Self::MIN, Self::MAX)
    }

    /// The time from `earlier` to here; negative if `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Elapsed {
        Elapsed::from_micros(self.0 - earlier.0)
    }

    /// Reads RFC 3339 text and says what had to be given up: digits finer than a microsecond are cut, and a leap
    /// second (`:60`) becomes the next `:00`. Both are notes, `time.precision_lost`, at `path`.
    ///
    /// # Errors
    /// `time.bad_instant`, `time.no_offset`
    pub fn read(text: &str, path: &str, findings: &mut Vec<Finding>) -> Result<Self> {
        let at = Self::parse(text)?;
        if at.timestamp_subsec_nanos() % 1_000 != 0 || at.timestamp_subsec_nanos() >= 1_000_000_000 {
            let message =
                format!("`{}` is kept to the microsecond, as {}", crate::text::short(text), Self::truncated(at));
            findings.push(Finding::new(Level::Note, codes::PRECISION_LOST, path, message));
        }
        Ok(Self::truncated(at))
    }

    fn parse(text: &str) -> Result<DateTime<Utc>> {
        let bad = |why: &str| {
            Error::invalid(codes::BAD_INSTANT, format!("`{}` is not an instant{why}", crate::text::short(text)))
                .hint("write `2026-11-22T10:00:00Z`, with an offset")
        };
        let Ok(at) = DateTime::parse_from_rfc3339(text) else {
            let naive = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"];
            if naive.iter().any(|shape| NaiveDateTime::parse_from_str(text, shape).is_ok()) {
                return Err(Error::invalid(codes::NO_OFFSET, format!("`{text}` does not say in which zone"))
                    .hint("add `Z` or an offset such as `+01:00`"));
            }
            return Err(bad(""));
        };
        let at = at.with_timezone(&Utc);
        if (1..=9999).contains(&at.year()) { Ok(at) } else { Err(bad(": years go from 0001 to 9999")) }
    }

    /// Chrono keeps `:60` as more than a second of nanoseconds; the next second is what a leap second becomes.
    fn truncated(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros()).min(Self::MAX)
    }

    pub(crate) fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    pub(crate) fn from_utc(at: DateTime<Utc>) -> Option<Self> {
        Self::from_micros(at.timestamp_micros())
    }
}

impl FromStr for Timestamp {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text).map(Self::truncated)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self.0 {
            us if us % 1_000_000 == 0 => SecondsFormat::Secs,
            us if us % 1_000 == 0 => SecondsFormat::Millis,
            _ => SecondsFormat::Micros,
        };
        f.write_str(&self.to_utc().to_rfc3339_opts(digits, true))
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        at.to_utc()
    }
}

impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = Error;
    /// Cuts to the microsecond.
    fn try_from(at: DateTime<Utc>) -> Result<Self> {
        let micros = at.with_nanosecond(at.nanosecond() / 1_000 * 1_000).unwrap_or(at);
        Self::from_utc(micros)
            .ok_or_else(|| Error::invalid(codes::BAD_INSTANT, format!("`{at}` is not in the years 0001 to 9999")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let told = text.parse::<Timestamp>().map_or_else(|no| no.code.to_string(), |at| at.to_string());
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn instants_are_read_in_any_offset_and_written_in_utc() {
        check("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
        check("2026-03-01T10:00:00.123456789+02:00", "2026-03-01T08:00:00.123456Z");
        check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
        check("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
        check("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
        check("0001-01-01T00:00:00+01:00", "time.bad_instant");
        check("0000-01-01T00:00:00Z", "time.bad_instant");
        check("10000-01-01T00:00:00Z", "time.bad_instant");
        check("2026-02-30T00:00:00Z", "time.bad_instant");
        check("2026-03-01T10:00:00", "time.no_offset");
        check("2026-03-01", "time.bad_instant");
        check("", "time.bad_instant");
    }

    #[test]
    fn what_is_cut_is_said() {
        let mut findings = Vec::new();
        for text in ["2026-03-01T10:00:00.0000001Z", "2016-12-31T23:59:60Z", "2026-03-01T10:00:00.000001Z"] {
            assert!(Timestamp::read(text, "/at", &mut findings).is_ok());
        }
        assert_eq!(findings.iter().filter(|finding| finding.code == codes::PRECISION_LOST).count(), 2);
        assert_eq!(
            findings.first().map(|finding| finding.message.as_str()),
            Some("`2026-03-01T10:00:00.0000001Z` is kept to the microsecond, as 2026-03-01T10:00:00Z")
        );
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Timestamp::MAX.plus(Elapsed::from_micros(i64::MAX)), Timestamp::MAX);
        assert_eq!(Timestamp::MIN.plus(Elapsed::from_micros(i64::MIN)), Timestamp::MIN);
        assert_eq!(Timestamp::MIN.plus(Timestamp::MAX.since(Timestamp::MIN)), Timestamp::MAX);
    }
}
