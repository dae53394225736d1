//! Where turns begin: boundary k is the anchor and k lengths, found without walking.

use chrono::{Datelike, Months, NaiveDateTime};

use super::cells::Cells;
use crate::time::{Clock, Occurrence, Timestamp, civil, micros};

/// The boundaries of turns, before the anchor too.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct Grid {
    clock: Clock,
    /// The local time of the first handoff.
    anchor: NaiveDateTime,
    unit: Unit,
    /// Where each turn of a cycle ends, in units; the last is the length of the cycle.
    ends: Vec<i64>,
    /// What is counted instead, where only active units are.
    cells: Option<Cells>,
    /// The position from which turns are counted, in microseconds: the anchor on the clock, or the instant of it.
    origin: i64,
}

/// A turn, with the first instant in it and the first after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::oncall) struct TurnSpan {
    pub(in crate::oncall) turn: i64,
    pub(in crate::oncall) start: Timestamp,
    pub(in crate::oncall) end: Timestamp,
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

/// More handoffs than fall on one instant where a clock skips a day.
const SAME: u32 = 64;

impl TurnSpan {
    /// What lies outside the calendar ends where it does.
    fn new(turn: i64, start: Option<Timestamp>, end: Option<Timestamp>) -> Self {
        let outside = if turn < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Self { turn, start: start.unwrap_or(outside), end: end.unwrap_or(outside) }
    }
}

impl Grid {
    pub(super) fn new(clock: Clock, anchor: NaiveDateTime, unit: Unit, ends: Vec<i64>, cells: Option<Cells>) -> Self {
        let local = micros(anchor);
        let origin = match unit {
            Unit::Elapsed => clock.instant(local, Occurrence::First).map_or(local, Timestamp::as_micros),
            Unit::Clock | Unit::Months => local,
        };
        Self { clock, anchor, unit, ends, cells, origin }
    }

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
        self.span_at(at).turn
    }

    /// The turn at an instant: the last that has begun. Arithmetic on the clock says which; where a clock is set the
    /// boundaries say whether that holds, and they never go back.
    pub(in crate::oncall) fn span_at(&self, at: Timestamp) -> TurnSpan {
        let TurnSpan { mut turn, mut start, mut end } = self.guess(at);
        for _ in 0..SAME {
            if start <= at {
                break;
            }
            turn = turn.saturating_sub(1);
            (start, end) = (self.boundary(turn), start);
        }
        for _ in 0..SAME {
            if end > at || end == Timestamp::MAX {
                break;
            }
            turn = turn.saturating_add(1);
            (start, end) = (end, self.boundary(turn.saturating_add(1)));
        }
        TurnSpan { turn, start, end }
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
        let turns = position.div_euclid(cycle);
        let rest = position - turns * cycle;
        if self.ends.len() == 1 {
            return (turns, rest, cycle - rest);
        }
        let within = self.ends.partition_point(|end| *end <= rest);
        let count = i64::try_from(self.ends.len()).unwrap_or(1);
        let turn = turns.saturating_mul(count).saturating_add(i64::try_from(within).unwrap_or_default());
        let begins = within.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default();
        (turn, rest - begins, self.ends.get(within).map_or(0, |end| end - rest))
    }

    /// What plain arithmetic on the clock says, with the boundaries of that turn.
    fn guess(&self, at: Timestamp) -> TurnSpan {
        let turn = match (&self.cells, self.unit) {
            (None, Unit::Elapsed) => {
                let (turn, since, left) = self.turn_of(at.as_micros() - self.origin);
                return TurnSpan::new(turn, micros_after(at, -since), micros_after(at, left));
            }
            (None, Unit::Clock) => {
                let plain = self.clock.plain(at);
                let local = plain.as_ref().map_or_else(|| self.clock.local(at), |(offset, _)| at.as_micros() + offset);
                let seconds = (local - self.origin).div_euclid(SECOND);
                let (turn, since, left) = self.turn_of(seconds);
                let reached = self.origin + seconds * SECOND;
                let (start, end) = (reached - since * SECOND, reached + left * SECOND);
                if let Some((offset, plain)) = plain {
                    let (start, end) = (start - offset, end - offset);
                    if plain.start <= start && end < plain.end {
                        return TurnSpan::new(turn, Timestamp::from_micros(start), Timestamp::from_micros(end));
                    }
                }
                return TurnSpan::new(turn, self.at_position(start), self.at_position(end));
            }
            (Some(cells), _) => civil(self.clock.local(at)).map_or(0, |local| cells.counted_at(local)),
            (None, Unit::Months) => {
                let month = |at: NaiveDateTime| i64::from(at.year()) * 12 + i64::from(at.month0());
                civil(self.clock.local(at)).map_or(0, |local| month(local) - month(self.anchor))
            }
        };
        let turn = self.turn_of(turn).0;
        TurnSpan { turn, start: self.boundary(turn), end: self.boundary(turn.saturating_add(1)) }
    }

    /// The instant so many units after the anchor; none outside the calendar.
    fn instant(&self, steps: i64) -> Option<Timestamp> {
        let scale = match (&self.cells, self.unit) {
            (Some(cells), _) => return self.at_position(micros(cells.begins(self.anchor, steps)?)),
            (None, Unit::Months) => return self.at_position(micros(plus_months(self.anchor, steps)?)),
            (None, Unit::Elapsed) => 1,
            (None, Unit::Clock) => SECOND,
        };
        self.at_position(self.origin.checked_add(steps.checked_mul(scale)?)?)
    }

    fn at_position(&self, position: i64) -> Option<Timestamp> {
        match self.unit {
            Unit::Elapsed => Timestamp::from_micros(position),
            Unit::Clock | Unit::Months => self.clock.instant(position, Occurrence::First),
        }
    }
}

const SECOND: i64 = 1_000_000;

fn micros_after(at: Timestamp, micros: i64) -> Option<Timestamp> {
    Timestamp::from_micros(at.as_micros().checked_add(micros)?)
}

/// Months later or earlier, on the last day of a month that lacks the day.
pub(super) fn plus_months(local: NaiveDateTime, months: i64) -> Option<NaiveDateTime> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { local.checked_sub_months(count) } else { local.checked_add_months(count) }
}
