//! When a rotation is active: weekly hours, on some days of the month, except on the days of a calendar.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::time::{Date, Hours, Span, Timestamp, Window, Zone};

/// The windows of a rotation, in its zone.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct Windows {
    window: Window,
    zone: Zone,
    of_month: BTreeSet<u32>,
    /// How many days after it began a stretch may still go on, with one for a clock that skips a day.
    reach: i64,
}

/// How far ahead the next stretch is looked for, in days.
const AHEAD: i64 = 4_000;

impl Windows {
    /// From what a rotation says; none where it is always active.
    pub(super) fn new(zone: Zone, hours: &[Hours], of_month: &BTreeSet<u32>, closed: BTreeSet<Date>) -> Option<Self> {
        if hours.is_empty() && of_month.is_empty() && closed.is_empty() {
            return None;
        }
        let whole_days: Vec<Hours> = "daily 00:00-24:00".parse().into_iter().collect();
        let hours = if hours.is_empty() { &whole_days } else { hours };
        let reach = hours.iter().map(Hours::days_on).max().unwrap_or_default();
        let window = Window { closed, ..Window::new(zone, hours.iter().copied()) };
        Some(Self { window, zone, of_month: of_month.clone(), reach: i64::from(reach) + 1 })
    }

    pub(super) fn contains(&self, at: Timestamp) -> bool {
        let day = self.zone.day(at);
        (0..=self.reach).any(|back| self.from(day, -back).any(|span| span.contains(at)))
    }

    /// The next instant after this one at which a stretch begins or ends.
    pub(super) fn next_edge(&self, after: Timestamp) -> Option<Timestamp> {
        let day = self.zone.day(after);
        let mut found: Option<Timestamp> = None;
        for later in -self.reach..AHEAD {
            let edges = self.from(day, later).flat_map(|span| [Some(span.start), span.end]).flatten();
            found = edges.filter(|edge| *edge > after).chain(found).min();
            // A stretch that begins on a later day begins after what was found on this one.
            if later > 0 && found.is_some() {
                break;
            }
        }
        found
    }

    /// The last instant up to and with this one at which a stretch began or ended.
    pub(super) fn last_edge(&self, at: Timestamp) -> Option<Timestamp> {
        let day = self.zone.day(at);
        let mut found: Option<Timestamp> = None;
        let mut left = AHEAD;
        let mut back = -1;
        while back < left {
            let edges = self.from(day, -back).flat_map(|span| [Some(span.start), span.end]).flatten();
            let best = edges.filter(|edge| *edge <= at).max();
            if best.is_some() && found.is_none() {
                // An earlier stretch may end later than this one does.
                left = back + self.reach + 2;
            }
            found = found.max(best);
            back += 1;
        }
        found
    }

    /// Every edge of stretches that begin in a span of days, or a little outside.
    pub(super) fn edges(&self, span: Span, into: &mut Vec<Timestamp>) {
        let (first, last) = (self.zone.day(span.start), self.zone.day(span.end.unwrap_or(span.start)));
        let mut day = first.plus_days(-self.reach);
        while let Some(now) = day.filter(|day| *day <= last) {
            into.extend(self.from(now, 0).flat_map(|span| [Some(span.start), span.end]).flatten());
            day = now.plus_days(1);
        }
    }

    /// Each stretch that begins on a day of a span, in order of their start.
    pub(in crate::oncall) fn all(&self, span: Span) -> Vec<(Timestamp, Timestamp)> {
        let (first, last) = (self.zone.day(span.start), self.zone.day(span.end.unwrap_or(span.start)));
        let days = std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(|day| *day <= last);
        let spans = days.flat_map(|day| self.from(day, 0).collect::<Vec<_>>());
        let mut all: Vec<_> = spans.map(|span| (span.start, span.end.unwrap_or(Timestamp::MAX))).collect();
        all.sort_unstable();
        all
    }

    /// The stretches that begin so many days after a day.
    fn from(&self, day: Date, later: i64) -> impl Iterator<Item = Span> {
        let day = if later == 0 { Some(day) } else { day.plus_days(later) };
        let day = day.filter(|day| self.of_month.is_empty() || self.of_month.contains(&day.naive().day()));
        day.into_iter().flat_map(|day| self.window.stretches(self.zone, day))
    }
}
