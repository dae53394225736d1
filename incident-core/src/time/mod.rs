//! Instants and elapsed time; no clock.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};

/// An instant: UTC, microseconds, years 0001 to 9999.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "date-time")))]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0
    }
    /// The instant this much later; the last one that can be written where there is none.
    #[must_use]
    pub fn plus(self, elapsed: Elapsed) -> Self {
        Self(self.0.saturating_add(elapsed.0))
    }
    /// From `earlier` to here.
    #[must_use]
    pub fn since(self, earlier: Self) -> Elapsed {
        Elapsed(self.0.saturating_sub(earlier.0))
    }
}

impl FromStr for Timestamp {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::invalid(codes::BAD_INSTANT, format!("`{text}` is not an instant"))
                .hint("write `2026-11-22T10:00:00Z`, with an offset")
        };
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| bad())?.with_timezone(&Utc);
        if !(1..=9999).contains(&at.year()) {
            return Err(bad());
        }
        Ok(Self(at.timestamp_micros()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = DateTime::<Utc>::from_timestamp_micros(self.0) else { return write!(f, "{}us", self.0) };
        let digits = match self.0 {
            us if us % 1_000_000 == 0 => SecondsFormat::Secs,
            us if us % 1_000 == 0 => SecondsFormat::Millis,
            _ => SecondsFormat::Micros,
        };
        f.write_str(&at.to_rfc3339_opts(digits, true))
    }
}

/// Elapsed time: `15m` or `1h30m` as people write it, `PT15M` in JSON that we write.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "duration")))]
pub struct Elapsed(i64);

impl Elapsed {
    /// From whole minutes.
    #[must_use]
    pub fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000_000))
    }
    /// In microseconds.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0
    }
}

impl FromStr for Elapsed {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::invalid(codes::BAD_DURATION, format!("`{text}` is not a duration")).hint("write `15m` or `1h30m`")
        };
        let lower = text.to_ascii_lowercase();
        let (mut total, mut digits) = (0_i64, String::new());
        let body = lower.strip_prefix('p').unwrap_or(&lower);
        if !body.ends_with(|c: char| c.is_ascii_alphabetic()) || body.ends_with('t') {
            return Err(bad());
        }
        for c in body.chars() {
            let unit = match c {
                '0'..='9' | '.' => {
                    digits.push(c);
                    continue;
                }
                't' if digits.is_empty() => continue,
                'w' => 604_800.0,
                'd' => 86_400.0,
                'h' => 3_600.0,
                'm' => 60.0,
                's' => 1.0,
                _ => return Err(bad()),
            };
            let amount: f64 = digits.parse().map_err(|_| bad())?;
            digits.clear();
            let micros = amount * unit * 1e6;
            if !(0.0..9e15).contains(&micros) {
                return Err(bad());
            }
            #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
            let micros = micros.round() as i64;
            total = total.checked_add(micros).ok_or_else(bad)?;
        }
        Ok(Self(total))
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.0.div_euclid(1_000_000), self.0.rem_euclid(1_000_000));
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        f.write_str("PT")?;
        if h != 0 {
            write!(f, "{h}H")?;
        }
        if m != 0 {
            write!(f, "{m}M")?;
        }
        match micros {
            0 if s == 0 && (h, m) != (0, 0) => Ok(()),
            0 => write!(f, "{s}S"),
            _ => write!(f, "{s}.{}S", format!("{micros:06}").trim_end_matches('0')),
        }
    }
}

macro_rules! as_text {
    ($($Type:ident),*) => {$(
        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(from)?.parse().map_err(decode::carry)
            }
        }
    )*};
}
as_text!(Timestamp, Elapsed);
