//! The minutes a proof speaks of.

use crate::time::{Elapsed, Moment, Occurrence, Span, Timestamp, Turn, Zone};

use super::minutes::Minutes;

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

/// The stretch a proof speaks of: it begins at an instant and lasts so long on the wall clock of a zone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::escalation) struct Horizon {
    pub(in crate::escalation) from: Timestamp,
    pub(in crate::escalation) until: Timestamp,
    pub(in crate::escalation) zone: Zone,
}

impl Horizon {
    /// From the minute of a moment in a zone, for a length on its wall clock; up to the last instant there is where that is
    /// too long.
    pub(in crate::escalation) fn new(from: Moment, length: Turn, zone: Zone) -> Self {
        let from = from.instant(zone);
        let from = from.plus(Elapsed::from_micros(-from.as_micros().rem_euclid(MINUTE)));
        let end = length.after(zone.local(from), 1).map(|end| zone.instant(end, Occurrence::First));
        Self { from, until: end.unwrap_or(Timestamp::MAX), zone }
    }

    /// How many minutes it has, the last one begun included.
    pub(in crate::escalation) fn minutes(&self) -> u32 {
        let micros = self.until.since(self.from).as_micros();
        u32::try_from(micros.div_euclid(MINUTE) + i64::from(micros.rem_euclid(MINUTE) > 0)).unwrap_or(u32::MAX)
    }

    /// The instant of a minute.
    pub(in crate::escalation) fn at(&self, minute: u32) -> Timestamp {
        self.from.plus(Elapsed::minutes(i64::from(minute)))
    }

    /// The first minute that is not before an instant.
    pub(in crate::escalation) fn minute(&self, at: Timestamp) -> u32 {
        let micros = at.since(self.from).as_micros();
        let minute = micros.div_euclid(MINUTE) + i64::from(micros.rem_euclid(MINUTE) > 0);
        u32::try_from(minute.max(0)).unwrap_or(u32::MAX)
    }

    /// The minutes at which its weeks begin, on the wall clock.
    pub(in crate::escalation) fn weeks(&self) -> Vec<u32> {
        let start = self.zone.local(self.from);
        let week = |number: i64| {
            let local = start.checked_add_signed(chrono::TimeDelta::try_weeks(number)?)?;
            Some(self.minute(self.zone.instant(local, Occurrence::First)))
        };
        (0..).map_while(week).take_while(|minute| *minute < self.minutes()).collect()
    }

    /// Stretches of minutes as stretches of time.
    pub(in crate::escalation) fn stretches(&self, minutes: &Minutes) -> Vec<(Timestamp, Timestamp)> {
        minutes.stretches().map(|(from, until)| (self.at(from), self.at(until).min(self.until))).collect()
    }

    /// Stretches of minutes as spans.
    pub(in crate::escalation) fn spans(&self, minutes: &Minutes) -> Vec<Span> {
        self.stretches(minutes).into_iter().map(|(start, end)| Span { start, end: Some(end) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lasts_on_the_wall_clock() {
        let berlin = "Europe/Berlin".parse().unwrap();
        let horizon = Horizon::new("2026-12-07T08:00".parse().unwrap(), "26 weeks".parse().unwrap(), berlin);
        assert_eq!(horizon.until, "2027-06-07T06:00:00Z".parse().unwrap());
        // An hour is lost in March.
        assert_eq!(horizon.minutes(), (26 * 168 - 1) * 60);
        assert_eq!(horizon.weeks().len(), 26);
        assert_eq!(horizon.minute("2026-12-07T07:00:01Z".parse().unwrap()), 1);
        assert_eq!(horizon.minute("2026-12-06T07:00:00Z".parse().unwrap()), 0);
        assert_eq!(horizon.at(60), "2026-12-07T08:00:00Z".parse().unwrap());
    }
}
