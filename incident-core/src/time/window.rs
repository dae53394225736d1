//! Windows: weekly hours in a zone.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{Days, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

use super::{Date, Hours, Occurrence, Span, Timestamp, Weekday, Zone};

/// Weekly hours in a zone, such as office hours in Berlin or the recipient's sleeping hours.
///
/// The start of a stretch takes the first, its end the last occurrence of a local time that comes twice.
///
/// ```
/// use incident_core::{Timestamp, Window, Zone};
///
/// let office = Window::new("Europe/Berlin".parse()?, ["Mon-Fri 09:00-17:00".parse()?]);
/// let monday: Timestamp = "2026-12-07T08:30:00Z".parse()?;
/// assert!(office.contains(monday, None));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    /// In which zone; `recipient` for the zone of the person concerned.
    pub zone: WindowZone,
    /// When; several are united.
    #[serde(deserialize_with = "one_or_many", serialize_with = "one_as_text")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Hours>"))]
    pub hours: Vec<Hours>,
    /// Days whose stretches are dropped, by the day on which they begin.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub closed: BTreeSet<Date>,
}

/// The zone of a window: a named one, or `recipient` for that of the person concerned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub enum WindowZone {
    /// This zone.
    Named(Zone),
    /// The zone of the person concerned.
    Recipient,
}

/// A stretch lasts at most a week, and clocks change by at most a day.
const LOOK_BACK: u64 = 9;

impl Window {
    /// A window in a named zone.
    #[must_use]
    pub fn new(zone: Zone, hours: impl IntoIterator<Item = Hours>) -> Self {
        Self { zone: WindowZone::Named(zone), hours: hours.into_iter().collect(), closed: BTreeSet::new() }
    }

    /// Whether an instant is in it. `recipient` is the zone of the person concerned; where the window asks for it and
    /// there is none, UTC is taken.
    #[must_use]
    pub fn contains(&self, at: Timestamp, recipient: Option<Zone>) -> bool {
        let zone = self.zone.resolve(recipient);
        let day = zone.day(at);
        (0..=LOOK_BACK).any(|back| {
            let back = day.naive().checked_sub_days(Days::new(back)).map(Date::new);
            back.is_some_and(|day| self.stretches(zone, day).any(|span| span.contains(at)))
        })
    }

    /// The stretches that begin on a local day, in the order of `hours`; empty ones are left out.
    pub fn stretches(&self, zone: Zone, day: Date) -> impl Iterator<Item = Span> {
        self.stretches_by(day, move |local, which| Some(zone.instant(local, which)))
    }

    /// The same, by whatever knows the instant of a local time.
    pub(crate) fn stretches_by(
        &self,
        day: Date,
        find: impl Fn(NaiveDateTime, Occurrence) -> Option<Timestamp> + Copy,
    ) -> impl Iterator<Item = Span> {
        let open = !self.closed.contains(&day);
        let instant = move |later: u32, minute: u32, which| {
            // 24:00 is the midnight that follows.
            let day = day.naive().checked_add_days(Days::new(u64::from(later + minute / (24 * 60))))?;
            let time = NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0)?;
            find(day.and_time(time), which)
        };
        self.hours.iter().filter(move |_| open).filter_map(move |hours| {
            let (start, later, end) = hours.stretch(day.weekday())?;
            let (start, end) = (instant(0, start, Occurrence::First)?, instant(later, end, Occurrence::Last)?);
            (start < end).then_some(Span { start, end: Some(end) })
        })
    }

    /// The stretches that begin on each day of the week from Monday, in microseconds from its midnight, where no clock
    /// is set meanwhile and no day is closed.
    pub(crate) fn week(&self) -> [Box<[(i64, i64)]>; 7] {
        const MINUTE: i64 = 60_000_000;
        let stretch = |(start, later, end): (u32, u32, u32)| {
            (i64::from(start) * MINUTE, i64::from(later * 24 * 60 + end) * MINUTE)
        };
        Weekday::ALL.map(|day| self.hours.iter().filter_map(|hours| hours.stretch(day)).map(stretch).collect())
    }
}

impl WindowZone {
    /// The zone meant, given that of the person concerned.
    #[must_use]
    pub fn resolve(self, recipient: Option<Zone>) -> Zone {
        match self {
            Self::Named(zone) => zone,
            Self::Recipient => recipient.unwrap_or(Zone::UTC),
        }
    }
}

impl FromStr for WindowZone {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if text == "recipient" { Ok(Self::Recipient) } else { text.parse().map(Self::Named) }
    }
}

impl fmt::Display for WindowZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(zone) => zone.fmt(f),
            Self::Recipient => f.write_str("recipient"),
        }
    }
}

/// People write one string or a list of them.
fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Vec<Hours>, D::Error> {
    struct Visitor;
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = Vec<Hours>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("hours such as `Mon-Fri 09:00-17:00`, or a list of them")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Self::Value, E> {
            text.parse().map(|hours| vec![hours]).map_err(crate::decode::carry)
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(hours) = list.next_element()? {
                all.push(hours);
            }
            Ok(all)
        }
    }
    from.deserialize_any(Visitor)
}

fn one_as_text<S: serde::Serializer>(hours: &[Hours], to: S) -> std::result::Result<S::Ok, S::Error> {
    match hours {
        [one] => one.serialize(to),
        many => many.serialize(to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hours: &str, at: &str, expected: bool) {
        let window = Window::new("Europe/Berlin".parse().unwrap(), [hours.parse().unwrap()]);
        assert_eq!(window.contains(at.parse().unwrap(), None), expected, "{hours} {at}");
    }

    #[test]
    fn windows_are_half_open_and_may_pass_midnight() {
        check("daily 08:00-20:00", "2026-12-07T07:00:00Z", true);
        check("daily 08:00-20:00", "2026-12-07T19:00:00Z", false);
        check("daily 22:00-07:00", "2026-12-07T05:59:00Z", true);
        check("Mon-Fri 18:00-24:00", "2026-12-11T22:59:59Z", true);
        check("Mon-Fri 18:00-24:00", "2026-12-11T23:00:00Z", false);
        check("Fri 20:00 - Mon 08:00", "2026-12-13T12:00:00Z", true);
        check("Fri 20:00 - Mon 08:00", "2026-12-14T07:00:00Z", false);
        check("Sat-Sun", "2026-12-13T22:59:00Z", true);
        check("Fri-Mon 09:00-17:00", "2026-12-13T09:00:00Z", true);
        check("Fri-Mon 09:00-17:00", "2026-12-16T09:00:00Z", false);
    }

    #[test]
    fn an_hour_that_comes_twice_is_in_it_both_times() {
        check("daily 02:00-02:30", "2026-10-25T00:15:00Z", true);
        check("daily 02:00-02:30", "2026-10-25T01:15:00Z", true);
        check("daily 02:00-02:30", "2026-10-25T01:30:00Z", false);
        // The hour that is skipped has no stretch.
        check("daily 02:10-02:50", "2027-03-28T01:00:00Z", false);
    }

    #[test]
    fn closed_days_drop_what_begins_on_them() {
        let mut window = Window::new(Zone::UTC, ["daily 22:00-07:00".parse().unwrap()]);
        window.closed.insert("2026-12-24".parse().unwrap());
        assert!(window.contains("2026-12-24T06:00:00Z".parse().unwrap(), None));
        assert!(!window.contains("2026-12-25T06:00:00Z".parse().unwrap(), None));
    }

    #[test]
    fn the_zone_may_be_that_of_the_recipient() {
        let window: Window = serde_json::from_str(r#"{"zone":"recipient","hours":["daily 22:00-07:00"]}"#).unwrap();
        let at = "2026-12-07T06:30:00Z".parse().unwrap();
        assert!(window.contains(at, Some("Europe/London".parse().unwrap())));
        assert!(!window.contains(at, Some("Europe/Berlin".parse().unwrap())));
    }
}
