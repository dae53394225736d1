//! Instants and lengths of time as files write them.

use chrono::format::{Item, Parsed, StrftimeItems};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::time::{Elapsed, Occurrence, Timestamp, Zone};

/// How a column writes its instants.
#[derive(Clone, Debug)]
pub(super) enum InstantFormat {
    /// Any shape that says by itself what it is.
    Seen,
    /// As `strftime` writes it.
    Pattern(Vec<Item<'static>>),
    /// A count since 1970; the number is how many microseconds one is, or, negative, how many make one.
    Epoch(Epoch),
}

/// What a number since 1970 counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Epoch {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// What an instant in a file turned out to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reading {
    /// An instant.
    At(Timestamp),
    /// A local time that names two instants; the first of them.
    Twice(Timestamp),
    /// A local time that the clock skipped; the first instant after the gap.
    Skipped(Timestamp),
    /// A local time, and nobody said in which zone.
    NoZone,
    /// Nothing known.
    Unreadable,
}

impl InstantFormat {
    /// From the text of a column map.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "epoch_s" => Self::Epoch(Epoch::Seconds),
            "epoch_ms" => Self::Epoch(Epoch::Milliseconds),
            "epoch_us" => Self::Epoch(Epoch::Microseconds),
            "epoch_ns" => Self::Epoch(Epoch::Nanoseconds),
            pattern => {
                let items = StrftimeItems::new(pattern).parse_to_owned().ok()?;
                let reads = |item: &Item<'_>| matches!(item, Item::Numeric(..) | Item::Fixed(_));
                items.iter().any(reads).then_some(Self::Pattern(items))?
            }
        })
    }

    /// Reads a cell that is not empty; `zone` is that of local times.
    pub(super) fn read(&self, text: &str, zone: Option<Zone>) -> Reading {
        let text = text.trim();
        match self {
            Self::Seen => match civil(text) {
                Some((local, Some(offset))) => at_offset(local, offset),
                Some((local, None)) => in_zone(local, zone),
                None => seen_epoch(text).map_or(Reading::Unreadable, Reading::At),
            },
            Self::Epoch(unit) => unit.read(text).map_or(Reading::Unreadable, Reading::At),
            Self::Pattern(items) => by_pattern(text, items, zone),
        }
    }
}

/// `2026-11-22T10:00:00.123Z` in every variation met in the wild: a space for the `T`, no seconds, any number of digits,
/// `Z`, `UTC`, `+01:00`, `+0100`, `+01` or nothing for the offset, in seconds.
fn civil(text: &str) -> Option<(NaiveDateTime, Option<i32>)> {
    let mut rest = Scanner(text.as_bytes());
    let year = rest.digits(4)?;
    let separator = rest.byte().filter(|byte| matches!(byte, b'-' | b'/'))?;
    let month = rest.digits(2)?;
    rest.literal(separator)?;
    let day = rest.digits(2)?;
    rest.byte().filter(|byte| matches!(byte, b'T' | b't' | b' '))?;
    let hour = rest.digits(2)?;
    rest.literal(b':')?;
    let minute = rest.digits(2)?;
    let second = if rest.literal(b':').is_some() { rest.digits(2)? } else { 0 };
    let micros = if rest.literal(b'.').is_some() || rest.literal(b',').is_some() { rest.fraction()? } else { 0 };
    let offset = rest.offset()?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    // A leap second is the next second.
    let (second, leap) = if second == 60 { (59, 1) } else { (second, 0) };
    let local = date.and_hms_micro_opt(hour, minute, second, micros)?;
    Some((local.checked_add_signed(TimeDelta::seconds(leap))?, offset))
}

/// Digits from the front of a text.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn literal(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |number, byte| Some(number * 10 + u32::from(digit(*byte)?)))
    }

    /// Microseconds; what is finer is cut.
    fn fraction(&mut self) -> Option<u32> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let six = digits.iter().copied().chain(std::iter::repeat(b'0')).take(6);
        let micros = six.fold(0, |number, byte| number * 10 + u32::from(byte - b'0'));
        (count > 0).then_some(micros)
    }

    /// Seconds east of Greenwich, or nothing at the end of the text.
    fn offset(&mut self) -> Option<Option<i32>> {
        let spaced = self.literal(b' ').is_some();
        match self.0 {
            [] if !spaced => return Some(None),
            [b'Z' | b'z'] | [b'U' | b'u', b'T' | b't', b'C' | b'c'] | [b'G' | b'g', b'M' | b'm', b'T' | b't'] => {
                return Some(Some(0));
            }
            _ => {}
        }
        let sign = match self.byte()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.digits(2)?;
        let minutes = if self.0.is_empty() {
            0
        } else {
            let _ = self.literal(b':');
            self.digits(2)?
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        (self.0.is_empty() && hours < 24 && minutes < 60).then_some(Some(sign * seconds))
    }
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

impl Epoch {
    fn read(self, text: &str) -> Option<Timestamp> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let count: i64 = whole.parse().ok()?;
        let micros = match self {
            Self::Seconds => {
                let part = if fraction.is_empty() { 0 } else { Scanner(fraction.as_bytes()).fraction()? };
                count.checked_mul(1_000_000)?.checked_add(i64::from(part) * if count < 0 { -1 } else { 1 })?
            }
            Self::Milliseconds => count.checked_mul(1_000)?,
            Self::Microseconds => count,
            Self::Nanoseconds => count.div_euclid(1_000),
        };
        let plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
        Timestamp::from_micros(micros).filter(|_| plain)
    }
}

/// A number since 1970 whose size says what it counts: the years 1973 to 2201 of seconds, milliseconds, microseconds and
/// nanoseconds do not overlap, and compact dates such as `20261122101500` are in none of them.
fn seen_epoch(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: i64 = whole.parse().ok()?;
    let units = [(1, Epoch::Seconds), (1_000, Epoch::Milliseconds), (1_000_000, Epoch::Microseconds)];
    let units = units.into_iter().chain([(1_000_000_000, Epoch::Nanoseconds)]);
    let fits = |(scale, _): &(i64, Epoch)| (100_000_000..7_300_000_000).contains(&(count / scale));
    units.into_iter().find(fits).and_then(|(_, unit)| unit.read(text))
}

fn at_offset(local: NaiveDateTime, offset: i32) -> Reading {
    let utc = local.checked_sub_signed(TimeDelta::seconds(i64::from(offset)));
    let at = utc.and_then(|utc| Timestamp::from_micros(utc.and_utc().timestamp_micros()));
    at.map_or(Reading::Unreadable, Reading::At)
}

fn in_zone(local: NaiveDateTime, zone: Option<Zone>) -> Reading {
    let Some(zone) = zone else { return Reading::NoZone };
    if zone == Zone::UTC {
        return at_offset(local, 0);
    }
    let at = zone.instant(local, Occurrence::First);
    if at != zone.instant(local, Occurrence::Last) {
        Reading::Twice(at)
    } else if zone.local(at) == local {
        Reading::At(at)
    } else {
        Reading::Skipped(at)
    }
}

fn by_pattern(text: &str, items: &[Item<'static>], zone: Option<Zone>) -> Reading {
    let mut parsed = Parsed::new();
    if chrono::format::parse(&mut parsed, text, items.iter()).is_err() {
        return Reading::Unreadable;
    }
    if let Ok(at) = parsed.to_datetime() {
        return at_offset(at.naive_utc(), 0);
    }
    let date_only = || parsed.to_naive_date().ok().and_then(|date| date.and_hms_opt(0, 0, 0));
    match parsed.to_naive_datetime_with_offset(0).ok().or_else(date_only) {
        Some(local) => in_zone(local, zone),
        None => Reading::Unreadable,
    }
}

/// A length of time: a number of `unit`s, `1h30m`, `PT15M` or `01:30:00`; not negative.
pub(super) fn length(text: &str, unit: i64) -> Option<Elapsed> {
    let text = text.trim();
    if let Some((whole, rest)) = text.split_once(':') {
        let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
        let (whole, minutes): (i64, i64) = (whole.parse().ok()?, minutes.parse().ok()?);
        let seconds = decimal(seconds, 1_000_000)?;
        let inside = (0..60).contains(&minutes) && seconds < 60_000_000 && whole >= 0;
        let micros = whole.checked_mul(60)?.checked_add(minutes)?.checked_mul(60_000_000)?.checked_add(seconds)?;
        return inside.then_some(Elapsed::from_micros(micros));
    }
    let elapsed = decimal(text, unit).map(Elapsed::from_micros).or_else(|| text.parse().ok())?;
    (elapsed >= Elapsed::ZERO).then_some(elapsed)
}

/// A decimal number, or one with an exponent, of units of `unit` microseconds.
fn decimal(text: &str, unit: i64) -> Option<i64> {
    if let Ok(whole) = text.parse::<i64>() {
        return whole.checked_mul(unit);
    }
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let number: f64 = text.parse().ok().filter(|_| numeric)?;
    #[expect(clippy::cast_precision_loss, reason = "a unit is at most a day")]
    let micros = (number * unit as f64).round();
    #[expect(clippy::cast_possible_truncation, reason = "bounded, and whole")]
    (0.0..9e15).contains(&micros).then_some(micros as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = match InstantFormat::Seen.read(text, None) {
            Reading::At(at) => at.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn every_shape_met_in_the_wild() {
        for fraction in ["", ".0", ".00", ".000", ".000000", ".000000000"] {
            check(&format!("2026-11-22T10:00:00{fraction}Z"), "2026-11-22T10:00:00Z");
        }
        check("2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.500Z");
        check("2026-11-22T10:00:00.123456789Z", "2026-11-22T10:00:00.123456Z");
        check("2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00Z");
        check("2026-11-22T10:00:00-07:00", "2026-11-22T17:00:00Z");
        check("2026-11-22T10:00:00.000+0800", "2026-11-22T02:00:00Z");
        check("2026-11-22 10:00:00 UTC", "2026-11-22T10:00:00Z");
        check("2026-11-22 10:00:00 +01", "2026-11-22T09:00:00Z");
        check("2023-05-31T10:05:00", "NoZone");
        check("2016-12-12 15:19:57", "NoZone");
        check("2016-02-29T01:16", "NoZone");
        check("1516454398", "2018-01-20T13:19:58Z");
        check("1516454398000", "2018-01-20T13:19:58Z");
        check("1516454398000074", "2018-01-20T13:19:58.000074Z");
        check("1502709956288000110", "2017-08-14T11:25:56.288Z");
        check("1516454398.000074", "2018-01-20T13:19:58.000074Z");
        check("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    }

    #[test]
    fn what_could_be_two_things_is_not_guessed() {
        for text in ["03/04/2026 10:00", "20261122101500", "2026-11-22", "10:00", "0", "12345", "2026-02-30T10:00:00Z"]
        {
            check(text, "Unreadable");
        }
        for text in [
            "soon",
            "-",
            "2026-11-22T25:00:00Z",
            "2026-11-22T10:00:00+25:00",
            "2026-11-22T10:00:00 ",
            "é026-11-22T10:00",
        ] {
            let found = InstantFormat::Seen.read(text, None);
            assert!(matches!(found, Reading::Unreadable | Reading::NoZone), "{text}: {found:?}");
        }
        check("9999-12-31T23:59:59-01:00", "Unreadable");
    }

    #[test]
    fn formats_and_zones_are_said() {
        let read =
            |format: &str, text: &str, zone: &str| InstantFormat::parse(format).unwrap().read(text, zone.parse().ok());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(
            read("%d/%m/%Y %H:%M", "03/04/2026 10:00", "Europe/Berlin"),
            Reading::At(at("2026-04-03T08:00:00Z"))
        );
        assert_eq!(read("%m/%d/%Y %I:%M %p", "03/04/2026 10:00 PM", "UTC"), Reading::At(at("2026-03-04T22:00:00Z")));
        assert_eq!(read("%d %b %Y", "3 Apr 2026", "UTC"), Reading::At(at("2026-04-03T00:00:00Z")));
        assert_eq!(read("%Y%m%d%H%M%S", "20261122101500", ""), Reading::NoZone);
        assert_eq!(read("%Y%m%d%H%M%S%z", "20261122101500+0100", ""), Reading::At(at("2026-11-22T09:15:00Z")));
        assert_eq!(read("epoch_s", "0", ""), Reading::At(at("1970-01-01T00:00:00Z")));
        assert_eq!(read("epoch_ms", "1516454398000", ""), Reading::At(at("2018-01-20T13:19:58Z")));
        let local = |text| InstantFormat::Seen.read(text, "Europe/Berlin".parse().ok());
        assert_eq!(local("2026-10-25 02:30:00"), Reading::Twice(at("2026-10-25T00:30:00Z")));
        assert_eq!(local("2027-03-28 02:30:00"), Reading::Skipped(at("2027-03-28T01:00:00Z")));
        assert!(["", "soon", "%Q", "epoch"].iter().all(|text| InstantFormat::parse(text).is_none()));
    }

    #[test]
    fn lengths_of_time() {
        let check = |text: &str, unit: i64, expected: Option<&str>| {
            assert_eq!(length(text, unit).map(|elapsed| elapsed.to_string()).as_deref(), expected, "{text}");
        };
        check("90", 1_000_000, Some("PT1M30S"));
        check("1.5", 60_000_000, Some("PT1M30S"));
        check("1.5e2", 1_000, Some("PT0.15S"));
        check("0", 1_000_000, Some("PT0S"));
        check("1h30m", 1_000_000, Some("PT1H30M"));
        check("26:03:04.5", 1_000_000, Some("PT26H3M4.5S"));
        check("5:30", 1_000_000, Some("PT5H30M"));
        for bad in ["-5", "", "x", "inf", "NaN", "1:75", "9223372036854775807", "1:2:3:4"] {
            check(bad, 1_000_000, None);
        }
    }
}
