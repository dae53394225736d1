//! When a rotation is active: weekly hours, on some days of the month, except on the days of a calendar.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::time::{Clock, Date, Hours, Span, Timestamp, Window, civil, micros};

/// The windows of a rotation, on its clock.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct Windows {
    window: Window,
    /// The stretches of each day of the week from Monday, in microseconds from its midnight.
    week: [Box<[(i64, i64)]>; 7],
    clock: Clock,
    of_month: BTreeSet<u32>,
    /// How many days after it began a stretch may still go on, with one for a clock that skips a day.
    reach: i64,
}

/// How far ahead the next stretch is looked for, in days.
const AHEAD: i64 = 4_000;

/// Where no clock is set in so many days around, local time is plain arithmetic.
const STEADY: i64 = 11;
const DAY: i64 = 86_400_000_000;

impl Windows {
    /// From what a rotation says; none where it is always active.
    pub(super) fn new(clock: Clock, hours: &[Hours], of_month: &BTreeSet<u32>, closed: BTreeSet<Date>) -> Option<Self> {
        if hours.is_empty() && of_month.is_empty() && closed.is_empty() {
            return None;
        }
        let whole_days: Vec<Hours> = "daily 00:00-24:00".parse().into_iter().collect();
        let hours = if hours.is_empty() { &whole_days } else { hours };
        let reach = hours.iter().map(Hours::days_on).max().unwrap_or_default();
        let window = Window { closed, ..Window::new(clock.zone(), hours.iter().copied()) };
        Some(Self { week: window.week(), window, clock, of_month: of_month.clone(), reach: i64::from(reach) + 1 })
    }

    /// The days on which no stretch begins because the clock skips it.
    pub(super) fn skipped(&self) -> BTreeSet<Date> {
        let day = |local: i64| civil(local).map(|local| Date::new(local.date()));
        let days = self.clock.skipped().filter_map(|local| Some((day(local.start)?, day(local.end)?)));
        let days = days.flat_map(|(first, last)| {
            std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(move |day| *day <= last)
        });
        days.filter(|day| self.from(*day, 0).next().is_none()).collect()
    }

    pub(super) fn contains(&self, at: Timestamp) -> bool {
        if let Some(offset) = self.clock.steady(at, STEADY) {
            let local = at.as_micros() + offset;
            return (0..=self.reach).any(|back| {
                self.plain(local.div_euclid(DAY) - back).any(|(start, end)| start <= local && local < end)
            });
        }
        let day = self.day(at);
        (0..=self.reach).any(|back| self.from(day, -back).any(|span| span.contains(at)))
    }

    /// The last instant up to and with this one at which a stretch begins or ends, and the next one.
    pub(super) fn around(&self, at: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        let (last, next) = self.near(at).unwrap_or_default();
        (last.or_else(|| self.last_edge(at)), next.or_else(|| self.next_edge(at)))
    }

    fn next_edge(&self, after: Timestamp) -> Option<Timestamp> {
        let day = self.day(after);
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

    fn last_edge(&self, at: Timestamp) -> Option<Timestamp> {
        let day = self.day(at);
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

    /// The same, as far as both are within a day and no clock is set near.
    fn near(&self, at: Timestamp) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
        let offset = self.clock.steady(at, STEADY)?;
        let local = at.as_micros() + offset;
        let today = local.div_euclid(DAY);
        let (mut last, mut next) = (i64::MIN, i64::MAX);
        for day in today - self.reach..=today + 1 {
            for edge in self.plain(day).flat_map(|(start, end)| [start, end]) {
                if edge <= local { last = last.max(edge) } else { next = next.min(edge) }
            }
        }
        let instant = |edge: i64| Timestamp::from_micros(edge.checked_sub(offset)?);
        // A stretch from before the days that were looked at may end after an edge found on the first of them.
        let last = Some(last).filter(|last| local - DAY <= *last).and_then(instant);
        Some((last, Some(next).filter(|next| *next <= local + DAY).and_then(instant)))
    }

    /// The stretches that begin on a day since 1970, on the clock.
    fn plain(&self, day: i64) -> impl Iterator<Item = (i64, i64)> {
        // 1970 began on a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
        let midnight = day * DAY;
        let whole = self.window.closed.is_empty() && self.of_month.is_empty();
        let open = whole || civil(midnight).map(|at| Date::new(at.date())).is_some_and(|day| self.is_open(day));
        let stretches = self.week.get(weekday).filter(|_| open).into_iter().flatten();
        stretches.map(move |(start, end)| (midnight + start, midnight + end))
    }

    fn is_open(&self, day: Date) -> bool {
        !self.window.closed.contains(&day) && (self.of_month.is_empty() || self.of_month.contains(&day.naive().day()))
    }

    fn day(&self, at: Timestamp) -> Date {
        civil(self.clock.local(at)).map_or_else(|| self.clock.zone().day(at), |local| Date::new(local.date()))
    }

    /// Every edge of stretches that begin in a span of days, or a little outside.
    pub(super) fn edges(&self, span: Span, into: &mut Vec<Timestamp>) {
        let (first, last) = (self.day(span.start), self.day(span.end.unwrap_or(span.start)));
        let mut day = first.plus_days(-self.reach);
        while let Some(now) = day.filter(|day| *day <= last) {
            into.extend(self.from(now, 0).flat_map(|span| [Some(span.start), span.end]).flatten());
            day = now.plus_days(1);
        }
    }

    /// Each stretch that begins on a day of a span, in order of their start.
    pub(in crate::oncall) fn all(&self, span: Span) -> Vec<(Timestamp, Timestamp)> {
        let (first, last) = (self.day(span.start), self.day(span.end.unwrap_or(span.start)));
        let days = std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(|day| *day <= last);
        let spans = days.flat_map(|day| self.from(day, 0).collect::<Vec<_>>());
        let mut all: Vec<_> = spans.map(|span| (span.start, span.end.unwrap_or(Timestamp::MAX))).collect();
        all.sort_unstable();
        all
    }

    /// The stretches that begin so many days after a day.
    fn from(&self, day: Date, later: i64) -> impl Iterator<Item = Span> {
        let day = if later == 0 { Some(day) } else { day.plus_days(later) };
        let find = |local, which| self.clock.instant(micros(local), which);
        let day = day.filter(|day| self.is_open(*day));
        day.into_iter().flat_map(move |day| self.window.stretches_by(day, find))
    }
}
