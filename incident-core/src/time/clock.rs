//! The clock of a zone, laid out.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDateTime};

use super::{Occurrence, Timestamp, Zone};

/// The clock of a [`Zone`] for whoever asks it often: the same answers as the zone gives, by arithmetic.
///
/// The changes of the years 1970 to 2104 are kept in flat arrays, one a [`Stretch`], each laid out when it is first asked
/// about. Outside those years, the zone is asked each time. Local times are in microseconds as if they were UTC.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    zone: Zone,
    stretches: Arc<[OnceLock<Stretch>]>,
}

/// Thirteen months and a little on both sides.
#[derive(Clone, Debug)]
struct Stretch {
    /// From when to when its changes are known.
    start: i64,
    end: i64,
    /// How far east of UTC it begins, in microseconds.
    first: i64,
    /// The changes in it: when, and how far east it is from then on.
    changes: Box<[(i64, i64)]>,
}

/// A stretch has two to this power microseconds, about 407 days.
const LENGTH: u32 = 45;
const STRETCHES: usize = 121;
const DAY: i64 = 86_400_000_000;

/// What a stretch knows of its neighbours, so that no answer near its ends needs them.
const MARGIN: i64 = 12 * DAY;

/// No clock is set back by more than this.
const SETTLED: i64 = 26 * 3_600 * SECOND;

/// No clock was set there and back within a day and a half since 1970.
const PROBE: i64 = 3 * DAY / 2;

impl Clock {
    pub(crate) fn new(zone: Zone) -> Self {
        Self { zone, stretches: std::iter::repeat_with(OnceLock::new).take(STRETCHES).collect() }
    }

    pub(crate) fn zone(&self) -> Zone {
        self.zone
    }

    /// The local time of an instant.
    pub(crate) fn local(&self, at: Timestamp) -> i64 {
        let micros = at.as_micros();
        micros + self.stretch(micros).map_or_else(|| self.zone.offset(at), |stretch| stretch.offset(micros))
    }

    /// The instant of a local time, as [`Zone::instant`] finds it; none outside the calendar.
    pub(crate) fn instant(&self, local: i64, which: Occurrence) -> Option<Timestamp> {
        match self.stretch(local) {
            Some(stretch) => Timestamp::from_micros(stretch.instant(local, which)),
            None => Some(self.zone.instant(civil(local)?, which)),
        }
    }

    /// How far east of UTC the clock is around an instant, and from when to when local time is plain arithmetic: it was
    /// not set so shortly before that a local time comes twice. None outside the years that are laid out.
    pub(crate) fn plain(&self, at: Timestamp) -> Option<(i64, Range<i64>)> {
        let micros = at.as_micros();
        let stretch = self.stretch(micros)?;
        let (mut offset, mut plain) = (stretch.first, stretch.start..stretch.end);
        for (change, later) in &stretch.changes {
            if micros < *change {
                plain.end = *change;
                break;
            }
            (offset, plain.start) = (*later, *change + SETTLED);
        }
        Some((offset, plain))
    }

    /// How far east of UTC the clock is at an instant, if it is not set in the `days` before it and after it: at most
    /// twelve. None where that is not known without looking further.
    pub(crate) fn steady(&self, at: Timestamp, days: i64) -> Option<i64> {
        let micros = at.as_micros();
        let stretch = self.stretch(micros)?;
        let near = |at: i64| (at - micros).abs() <= days * DAY;
        (!stretch.changes.iter().any(|(at, _)| near(*at))).then(|| stretch.offset(micros))
    }

    /// The local times that the clock skips where it is set forward, from the first to the first after them, in the years
    /// that are laid out; some may be told twice.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = Range<i64>> {
        let all = (0_i64..).take(STRETCHES).filter_map(|number| self.stretch(number << LENGTH));
        all.flat_map(|stretch| {
            let before = std::iter::once(stretch.first).chain(stretch.changes.iter().map(|(_, offset)| *offset));
            let changes = stretch.changes.iter().zip(before);
            changes.filter(|((_, later), before)| later > before).map(|((at, later), before)| at + before..at + later)
        })
    }

    fn stretch(&self, micros: i64) -> Option<&Stretch> {
        let number = usize::try_from(micros >> LENGTH).ok()?;
        let stretch = self.stretches.get(number)?;
        Some(stretch.get_or_init(|| {
            let start = micros >> LENGTH << LENGTH;
            Stretch::new(self.zone, start - MARGIN, start + (1 << LENGTH) + MARGIN)
        }))
    }
}

/// A local time in microseconds as the calendar has it; none outside it.
pub(crate) fn civil(local: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_micros(local).map(|at| at.naive_utc())
}

/// A local time of the calendar in microseconds.
pub(crate) fn micros(local: NaiveDateTime) -> i64 {
    local.and_utc().timestamp_micros()
}

impl Stretch {
    fn new(zone: Zone, start: i64, end: i64) -> Self {
        let offset = |micros: i64| Timestamp::from_micros(micros).map_or(0, |at| zone.offset(at));
        let first = offset(start);
        let (mut at, mut now, mut changes) = (start, first, Vec::new());
        while at < end {
            let probe = at.saturating_add(PROBE);
            if offset(probe) == now {
                at = probe;
                continue;
            }
            // Clocks are set on whole seconds.
            let (mut before, mut after) = (at.div_euclid(SECOND), probe.div_euclid(SECOND) + 1);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if offset(middle * SECOND) == now { before = middle } else { after = middle }
            }
            at = after * SECOND;
            now = offset(at);
            changes.push((at, now));
        }
        Self { start: start + SETTLED, end, first, changes: changes.into() }
    }

    fn offset(&self, micros: i64) -> i64 {
        let last = self.changes.iter().rev().find(|(at, _)| *at <= micros);
        last.map_or(self.first, |(_, offset)| *offset)
    }

    fn instant(&self, local: i64, which: Occurrence) -> i64 {
        let (mut offset, mut found) = (self.first, None);
        for (change, later) in &self.changes {
            let at = local - offset;
            if at < *change {
                if which == Occurrence::First {
                    return at;
                }
                found = Some(at);
            }
            offset = *later;
            if local - offset < *change {
                // Before the clock of this part begins: it was found earlier, or the clock is set past it here.
                return found.unwrap_or(*change);
            }
        }
        local - offset
    }
}

const SECOND: i64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_says_what_its_zone_says() {
        for zone in chrono_tz::TZ_VARIANTS {
            let zone: Zone = zone.name().parse().unwrap();
            let clock = Clock::new(zone);
            let day = |day: i64| Timestamp::from_micros(day * DAY + 3 * 3_600 * SECOND).unwrap();
            for day in (11_000..18_000).step_by(97).map(day).chain((19_723..19_723 + 366).step_by(3).map(day)) {
                let local = micros(zone.local(day));
                assert_eq!(clock.local(day), local, "{zone} {day}");
                assert_eq!(
                    clock.instant(local, Occurrence::First),
                    Some(zone.instant(civil(local).unwrap(), Occurrence::First))
                );
            }
        }
    }

    #[test]
    fn local_times_around_every_change_are_those_of_the_zone() {
        let zones = [
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Africa/Casablanca",
            "Asia/Pyongyang",
        ];
        for zone in zones {
            let zone: Zone = zone.parse().unwrap();
            let clock = Clock::new(zone);
            for number in [0, 30, 36, 37, 40, 50, 51, 100, 120] {
                clock.stretch(number << LENGTH);
                let changes = clock.stretches[usize::try_from(number).unwrap()].get().unwrap().changes.clone();
                for (change, _) in changes {
                    for minutes in (-27 * 60..27 * 60).step_by(15) {
                        let at = Timestamp::from_micros(change + minutes * 60 * SECOND - 1).unwrap();
                        assert_eq!(clock.local(at), micros(zone.local(at)), "{zone} {at}");
                        let local = change + minutes * 60 * SECOND;
                        for which in [Occurrence::First, Occurrence::Last] {
                            let expected = zone.instant(civil(local).unwrap(), which);
                            assert_eq!(clock.instant(local, which), Some(expected), "{zone} {local} {which:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn far_times_are_asked_of_the_zone() {
        let clock = Clock::new("Europe/Berlin".parse().unwrap());
        for at in [Timestamp::MIN, "1900-01-01T00:00:00Z".parse().unwrap(), "2200-07-01T00:00:00Z".parse().unwrap()] {
            assert_eq!(clock.local(at), micros(clock.zone().local(at)));
        }
        assert_eq!(clock.instant(i64::MAX, Occurrence::First), None);
    }
}
