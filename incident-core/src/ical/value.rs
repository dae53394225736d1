//! Values of properties: dates and times, durations, offsets, text and addresses (RFC 5545, 3.3).

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

/// A date, or a local time, or an instant, as written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Moment {
    /// `20261224`
    Day(NaiveDate),
    /// `20261224T080000`
    Local(NaiveDateTime),
    /// `20261224T080000Z`
    Utc(NaiveDateTime),
}

impl Moment {
    /// Reads a date or a time. The leap second `:60` is taken for `:59`, as RFC 5545 asks of those who know none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (day, rest) = (digits(text, 0, 8)?, text.get(8..)?);
        let year = i32::try_from(day / 10_000).ok()?;
        let day = NaiveDate::from_ymd_opt(year, day / 100 % 100, day % 100).filter(|day| day.year() >= 1)?;
        if rest.is_empty() {
            return Some(Self::Day(day));
        }
        let time = digits(rest.strip_prefix('T')?, 0, 6)?;
        let local =
            day.and_hms_opt(time / 10_000, time / 100 % 100, (time % 100).min(59)).filter(|_| time % 100 <= 60)?;
        match rest.get(7..)? {
            "" => Some(Self::Local(local)),
            "Z" => Some(Self::Utc(local)),
            _ => None,
        }
    }
}

/// So many digits as a number.
fn digits(text: &str, from: usize, count: usize) -> Option<u32> {
    let digits = text.get(from..from.checked_add(count)?)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// A duration (RFC 5545, 3.3.6): days are civil, the rest is elapsed time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Nominal {
    pub(super) days: TimeDelta,
    pub(super) time: TimeDelta,
}

impl Nominal {
    /// `P1W`, `P1DT12H`, `-PT15M`; none longer than ten thousand years.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (sign, text) = match text.strip_prefix('-') {
            Some(text) => (-1, text),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let mut rest = text.strip_prefix('P')?;
        let (mut days, mut seconds, mut in_time, mut any) = (0_i64, 0_i64, false, false);
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('T').filter(|time| !in_time && !time.is_empty()) {
                (rest, in_time) = (time, true);
                continue;
            }
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            let (number, unit) = rest.split_at(end);
            let number: i64 = number.parse().ok()?;
            let (days_each, seconds_each) = match (unit.as_bytes().first()?, in_time) {
                (b'W', false) => (7, 0),
                (b'D', false) => (1, 0),
                (b'H', true) => (0, 3_600),
                (b'M', true) => (0, 60),
                (b'S', true) => (0, 1),
                _ => return None,
            };
            days = days.checked_add(number.checked_mul(days_each)?)?;
            seconds = seconds.checked_add(number.checked_mul(seconds_each)?)?;
            rest = unit.get(1..)?;
            any = true;
        }
        let fits = any && days <= 3_660_000 && seconds <= 3_660_000 * 86_400;
        Some(Self { days: TimeDelta::try_days(sign * days)?, time: TimeDelta::try_seconds(sign * seconds)? })
            .filter(|_| fits)
    }
}

/// `+0100` or `-033015` in seconds; less than a day.
pub(super) fn offset(text: &str) -> Option<i32> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+')?),
    };
    let seconds = match text.len() {
        4 => 0,
        6 => digits(text, 4, 2)?,
        _ => return None,
    };
    let (hours, minutes) = (digits(text, 0, 2)?, digits(text, 2, 2)?);
    let whole = (hours < 24 && minutes < 60 && seconds < 60).then_some(hours * 3_600 + minutes * 60 + seconds)?;
    i32::try_from(whole).ok().map(|whole| sign * whole)
}

/// Text with its escapes resolved (RFC 5545, 3.3.11); what is no escape stays as it is.
pub(super) fn text(escaped: &str) -> String {
    let mut out = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(c @ ('\\' | ';' | ',')) => out.push(c),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// A list of texts: commas that are not escaped part them.
pub(super) fn texts(escaped: &str) -> impl Iterator<Item = String> {
    let mut after_backslash = false;
    let parts = escaped.split(move |c| {
        let escaped = after_backslash;
        after_backslash = c == '\\' && !escaped;
        c == ',' && !escaped
    });
    parts.map(|part| text(part).trim().to_owned()).filter(|part| !part.is_empty())
}

/// The mail address of a `mailto:` address, or one that is written without it.
pub(super) fn mail(address: &str) -> Option<&str> {
    let scheme = "mailto:";
    let rest = match address.get(..scheme.len()) {
        Some(head) if head.eq_ignore_ascii_case(scheme) => address.get(scheme.len()..)?,
        _ => address,
    };
    let rest = rest.trim();
    (rest.contains('@') && !rest.contains(['/', ' '])).then_some(rest)
}
