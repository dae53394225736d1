//! Elapsed time.

use std::{fmt, str::FromStr};

use crate::codes;
use crate::error::{Error, Result};

/// Elapsed time in whole microseconds: `15m` or `1h30m` as people write it, `PT15M` in JSON that we write.
///
/// A day written as `1d` is 24 hours, a week 168; for civil days see [`Turn`](crate::Turn). Negative time exists (the
/// difference of two instants) and is written `-PT5M`.
///
/// ```
/// use incident_core::Elapsed;
///
/// let limit: Elapsed = "1h30m".parse()?;
/// assert_eq!(limit, "PT1H30M".parse()?);
/// assert_eq!(limit.to_string(), "PT1H30M");
/// assert_eq!(limit.words(), "1 h 30 min");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "duration")))]
pub struct Elapsed(i64);

/// Letter, microseconds.
const UNITS: [(char, i64); 5] =
    [('w', 604_800_000_000), ('d', 86_400_000_000), ('h', 3_600_000_000), ('m', 60_000_000), ('s', 1_000_000)];

impl Elapsed {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// From microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole minutes; the longest there is where that is too long.
    #[must_use]
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000_000))
    }

    /// From whole hours; the longest there is where that is too long.
    #[must_use]
    pub const fn hours(hours: i64) -> Self {
        Self::minutes(hours.saturating_mul(60))
    }

    /// In microseconds.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whether there is no time in it, or less.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// For people, in the two largest units: `45 s`, `15 min`, `1 h 5 min`, `2 d 4 h`.
    #[must_use]
    pub fn words(self) -> String {
        const NAMES: [(&str, u64); 4] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
        let sign = if self.0 < 0 { "-" } else { "" };
        let mut rest = self.0.unsigned_abs() / 1_000_000;
        if rest == 0 {
            return if self.0 == 0 {
                "0 min".to_owned()
            } else {
                format!("{sign}{} ms", self.0.unsigned_abs() / 1_000)
            };
        }
        let mut words = Vec::new();
        for (name, length) in NAMES {
            let count = rest / length;
            rest %= length;
            if count > 0 {
                words.push(format!("{count} {name}"));
            } else if !words.is_empty() {
                break;
            }
            if words.len() == 2 {
                break;
            }
        }
        format!("{sign}{}", words.join(" "))
    }

    fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_ascii_lowercase();
        let (sign, body) = lower.strip_prefix('-').map_or((1, lower.as_str()), |body| (-1, body));
        let iso = body.strip_prefix('p');
        let mut rest = iso.unwrap_or(body);
        let (mut total, mut last, mut in_time) = (0_i64, usize::MAX, iso.is_none());
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('t') {
                if in_time || time.is_empty() {
                    return None;
                }
                (rest, in_time) = (time, true);
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let (number, tail) = rest.split_at(end);
            let unit = tail.chars().next()?;
            let rank = UNITS.iter().position(|(letter, _)| *letter == unit)?;
            // `P1M` is a month, which is no elapsed time; each unit once, the larger first.
            if (last != usize::MAX && rank <= last) || (iso.is_some() && in_time == (rank < 2)) {
                return None;
            }
            last = rank;
            let (_, length) = UNITS.get(rank)?;
            total = total.checked_add(scaled(number.trim(), *length)?)?;
            rest = tail.get(1..)?.trim_start();
        }
        (last != usize::MAX).then_some(Self(total * sign))
    }
}

/// A decimal number of units, exact to the microsecond.
fn scaled(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 12 || number.ends_with('.') {
        return None;
    }
    let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let micros = whole.parse::<i64>().ok().map(i128::from)? * i128::from(unit) + part * i128::from(unit) / scale;
    i64::try_from(micros).ok()
}

impl FromStr for Elapsed {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| {
            Error::invalid(codes::BAD_DURATION, format!("`{}` is not a duration", crate::text::short(text)))
                .hint("write `15m` or `1h30m`")
        })
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.unsigned_abs();
        let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        f.write_str(if self.0 < 0 { "-PT" } else { "PT" })?;
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

impl From<Elapsed> for chrono::TimeDelta {
    fn from(elapsed: Elapsed) -> Self {
        Self::microseconds(elapsed.0)
    }
}

impl TryFrom<chrono::TimeDelta> for Elapsed {
    type Error = Error;
    fn try_from(delta: chrono::TimeDelta) -> Result<Self> {
        let long = || Error::invalid(codes::BAD_DURATION, "the duration has more microseconds than can be counted");
        delta.num_microseconds().map(Self).ok_or_else(long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let told = text.parse::<Elapsed>().map_or_else(|no| no.code.to_string(), |elapsed| elapsed.to_string());
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn durations_are_read_as_people_and_machines_write_them() {
        for (text, expected) in [
            ("15m", "PT15M"),
            ("1h30m", "PT1H30M"),
            ("1h 30m", "PT1H30M"),
            ("1.5h", "PT1H30M"),
            ("PT0.000001S", "PT0.000001S"),
            ("P1DT2H", "PT26H"),
            ("2w", "PT336H"),
            ("-PT5M", "-PT5M"),
            ("0s", "PT0S"),
        ] {
            check(text, expected);
        }
        for bad in [
            "",
            "15",
            "m",
            "P1M",
            "PT",
            "P",
            "1m1h",
            "1h1h",
            "15 minutes",
            "1..5h",
            ".5h",
            "1e3s",
            "9999999999w",
            "PT1D",
        ] {
            check(bad, "time.bad_duration");
        }
    }

    #[test]
    fn words_name_two_units() {
        for (text, expected) in [
            ("45s", "45 s"),
            ("65m", "1 h 5 min"),
            ("52h", "2 d 4 h"),
            ("24h5m", "1 d"),
            ("0s", "0 min"),
            ("-90s", "-1 min 30 s"),
        ] {
            assert_eq!(text.parse::<Elapsed>().map(Elapsed::words).unwrap(), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(micros in i64::MIN + 1..i64::MAX) {
            let elapsed = Elapsed::from_micros(micros);
            proptest::prop_assert_eq!(elapsed.to_string().parse::<Elapsed>().unwrap(), elapsed);
        }
    }
}
