//! Where turns begin: boundary k is the anchor and k lengths, found without walking.

use chrono::{Datelike, Months, NaiveDateTime, TimeDelta};

use super::cells::Cells;
use crate::time::{Occurrence, Timestamp, Zone};

/// The boundaries of turns, before the anchor too.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct Grid {
    pub(super) zone: Zone,
    /// The local time of the first handoff.
    pub(super) anchor: NaiveDateTime,
    pub(super) unit: Unit,
    /// Where each turn of a cycle ends, in units; the last is the length of the cycle.
    pub(super) ends: Vec<i64>,
    /// What is counted instead, where only active units are.
    pub(super) cells: Option<Cells>,
}

/// What lengths are counted in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::oncall) enum Unit {
    /// Microseconds that pass.
    Elapsed,
    /// Seconds of the clock on the wall.
    Clock,
    /// Civil months, clamped from the anchor.
    Months,
}

/// Clocks are set by less than this; a boundary farther away than that is where plain arithmetic says.
const NEAR: i64 = 26 * 3600;

/// More handoffs than fall on one instant where a clock skips a day.
const SAME: u32 = 64;

impl Grid {
    /// The instant at which a turn begins.
    pub(in crate::oncall) fn boundary(&self, turn: i64) -> Timestamp {
        let count = i64::try_from(self.ends.len()).unwrap_or(1).max(1);
        let within = usize::try_from(turn.rem_euclid(count)).unwrap_or_default();
        let before = within.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default();
        let steps = turn.div_euclid(count).saturating_mul(self.cycle()).saturating_add(before);
        self.instant(steps).unwrap_or(if turn < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// The turn at an instant: the last that has begun.
    pub(in crate::oncall) fn turn_at(&self, at: Timestamp) -> i64 {
        if self.unit == Unit::Elapsed {
            let anchor = self.zone.instant(self.anchor, Occurrence::First);
            return self.turn_of(at.since(anchor).as_micros()).0;
        }
        let (guess, since, left) = self.guess(at);
        if since >= NEAR && left >= NEAR {
            return guess;
        }
        let mut turn = guess;
        for _ in 0..SAME {
            if self.boundary(turn) <= at {
                break;
            }
            turn = turn.saturating_sub(1);
        }
        for _ in 0..SAME {
            if self.boundary(turn.saturating_add(1)) > at {
                break;
            }
            turn = turn.saturating_add(1);
        }
        turn
    }

    /// The first turn that begins on an instant or after it.
    pub(in crate::oncall) fn first_from(&self, at: Timestamp) -> i64 {
        let mut turn = self.turn_at(at);
        if self.boundary(turn) < at {
            return turn.saturating_add(1);
        }
        for _ in 0..SAME {
            if self.boundary(turn.saturating_sub(1)) < at {
                break;
            }
            turn = turn.saturating_sub(1);
        }
        turn
    }

    fn cycle(&self) -> i64 {
        self.ends.last().copied().unwrap_or(1).max(1)
    }

    /// The turn in which a position falls, the units since it began, and those until it ends.
    fn turn_of(&self, position: i64) -> (i64, i64, i64) {
        let cycle = self.cycle();
        let (turns, rest) = (position.div_euclid(cycle), position.rem_euclid(cycle));
        let within = self.ends.partition_point(|end| *end <= rest);
        let count = i64::try_from(self.ends.len()).unwrap_or(1);
        let turn = turns.saturating_mul(count).saturating_add(i64::try_from(within).unwrap_or_default());
        let begins = within.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default();
        (turn, rest - begins, self.ends.get(within).map_or(0, |end| end - rest))
    }

    /// What plain arithmetic on local time says, with the seconds since the turn began and until it ends.
    fn guess(&self, at: Timestamp) -> (i64, i64, i64) {
        let local = self.zone.local(at);
        if let Some(cells) = &self.cells {
            return (self.turn_of(cells.counted_at(local)).0, 0, 0);
        }
        match self.unit {
            Unit::Months => {
                let month = |at: NaiveDateTime| i64::from(at.year()) * 12 + i64::from(at.month0());
                (self.turn_of(month(local) - month(self.anchor)).0, 0, 0)
            }
            Unit::Clock | Unit::Elapsed => self.turn_of(local.signed_duration_since(self.anchor).num_seconds()),
        }
    }

    /// The instant so many units after the anchor; none outside the calendar.
    fn instant(&self, steps: i64) -> Option<Timestamp> {
        let local = match (&self.cells, self.unit) {
            (Some(cells), _) => cells.begins(self.anchor, steps)?,
            (None, Unit::Elapsed) => {
                let anchor = self.zone.instant(self.anchor, Occurrence::First);
                return Timestamp::from_micros(anchor.as_micros().checked_add(steps)?);
            }
            (None, Unit::Clock) => self.anchor.checked_add_signed(TimeDelta::try_seconds(steps)?)?,
            (None, Unit::Months) => plus_months(self.anchor, steps)?,
        };
        Some(self.zone.instant(local, Occurrence::First))
    }
}

/// Months later or earlier, on the last day of a month that lacks the day.
pub(super) fn plus_months(local: NaiveDateTime, months: i64) -> Option<NaiveDateTime> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { local.checked_sub_months(count) } else { local.checked_add_months(count) }
}
