//! One event as it stands in a file: when it begins, how long it lasts, and how it recurs.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::finding::Place;
use crate::time::{Date, Days, Elapsed, Timestamp};

use super::clock::Clock;
use super::event::CalendarEvent;
use super::rule::Rule;
use super::value::Nominal;

mod read;

pub(super) use read::entry;

/// An event, an occurrence that was changed, or one that was cancelled.
#[derive(Debug)]
pub(super) struct EventEntry {
    pub(super) path: String,
    pub(super) place: Option<Place>,
    pub(super) sequence: i64,
    pub(super) cancelled: bool,
    pub(super) start: Start,
    pub(super) length: Length,
    pub(super) rules: Vec<WrittenRule>,
    pub(super) excluded_rules: Vec<WrittenRule>,
    pub(super) dates: Vec<(Start, Option<Length>)>,
    pub(super) excluded: Vec<Which>,
    /// Which occurrence of the event it replaces.
    pub(super) replaces: Option<Which>,
    /// Whether it changes all later occurrences too.
    pub(super) onwards: bool,
    /// What each occurrence says; its span is set for each.
    pub(super) says: CalendarEvent,
}

/// A rule, and where it stands.
#[derive(Debug)]
pub(super) struct WrittenRule {
    pub(super) rule: Rule,
    pub(super) text: String,
    pub(super) place: Option<Place>,
}

/// When an occurrence begins.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) local: NaiveDateTime,
    pub(super) clock: Clock,
    pub(super) whole_days: bool,
}

impl Start {
    pub(super) fn at(&self) -> Timestamp {
        self.clock.instant(self.local)
    }
}

/// Which occurrence is meant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Which {
    /// That which begins then.
    At(Timestamp),
    /// Those that begin on this day.
    On(NaiveDate),
}

impl Which {
    pub(super) fn is(self, at: Timestamp, local: NaiveDateTime) -> bool {
        match self {
            Self::At(which) => which == at,
            Self::On(day) => day == local.date(),
        }
    }
}

/// How long each occurrence lasts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    /// Whole days.
    Days(i64),
    /// From one local time to another in the same zone: each occurrence ends at the same time of day.
    Wall(TimeDelta),
    /// Elapsed time.
    Exact(Elapsed),
    /// Civil days, then elapsed time.
    Nominal(Nominal),
}

impl Length {
    /// When an occurrence ends; never before it begins, which a change of the clock could make of it.
    pub(super) fn end(self, start: &Start) -> Timestamp {
        let (at, local) = (start.at(), start.local);
        let later = |time: TimeDelta| start.clock.instant(local.checked_add_signed(time).unwrap_or(NaiveDateTime::MAX));
        let end = match self {
            Self::Days(days) => later(TimeDelta::try_days(days).unwrap_or_default()),
            Self::Wall(time) => later(time),
            Self::Exact(time) => at.plus(time),
            Self::Nominal(nominal) => {
                let day = if nominal.days.is_zero() { at } else { later(nominal.days) };
                day.plus(Elapsed::from_micros(nominal.time.num_microseconds().unwrap_or(i64::MAX)))
            }
        };
        end.max(at)
    }

    /// No occurrence lasts longer.
    pub(super) fn longest(self) -> TimeDelta {
        let time = match self {
            Self::Days(days) => TimeDelta::try_days(days).unwrap_or_default(),
            Self::Wall(time) => time,
            Self::Exact(time) => TimeDelta::microseconds(time.as_micros()),
            Self::Nominal(nominal) => nominal.days.checked_add(&nominal.time).unwrap_or_default(),
        };
        time.checked_add(&TimeDelta::days(2)).unwrap_or(time)
    }

    /// The days of an occurrence that lasts whole days.
    pub(super) fn days(self, start: &Start) -> Option<Days> {
        let (Self::Days(days), true) = (self, start.whole_days) else { return None };
        let first = Date::new(start.local.date());
        Days::new(first, first.plus_days(days.saturating_sub(1))?)
    }
}
