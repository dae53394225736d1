//! What a schedule means for the people in it: whether somebody is always there, who carries how much of it by their own
//! clock, how evenly, and who could take a shift.
//!
//! Everything is counted in whole microseconds from the shifts themselves. Who is on call in two schedules at once, or
//! twice in one, is counted once.

mod answer;
mod balance;
mod booked;
mod coverage;
mod load;
mod quality;
mod stretches;
mod take;

pub use answer::{
    AsleepWeek, DoubleBooking, LoadBalance, LoadOptions, LoadReport, LoadWeek, NotFree, NotFreeReason, PersonLoad,
    ReportSpan, ScheduleCoverage, ShiftTaker, ShiftTakers,
};
pub use load::load_together;
pub use quality::{Overloaded, ScheduleQuality};

use crate::codes;
use crate::error::{Error, Result};
use crate::time::{Elapsed, Timestamp};

/// The longest span of a report, in days: a little more than twenty years.
const LONGEST: i64 = 7_400;

/// A span that a report can be about.
pub(super) fn span(start: Timestamp, end: Timestamp) -> Result<()> {
    super::ask::after(start, end)?;
    if end.since(start) > Elapsed::hours(24 * LONGEST) {
        let message = format!("a report is about {LONGEST} days at most");
        return Err(Error::limit(codes::TOO_MANY_SHIFTS, message).at("/end").hint("ask for a shorter span"));
    }
    Ok(())
}

/// For people who compare hours: `624 h`, `7 h 30 min`; less than a minute in smaller units.
pub(super) fn hours(elapsed: Elapsed) -> String {
    let minutes = elapsed.as_micros() / 60_000_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) if elapsed == Elapsed::ZERO => "0 h".to_owned(),
        (0, 0) => elapsed.words(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests;
