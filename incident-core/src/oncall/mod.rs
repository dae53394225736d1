//! Who is on call: rotations whose turns are found without walking there, what deviates from them, and who is away.
//!
//! A [`Schedule`] is read from a [`ScheduleDocument`]. Turn k begins at the anchor and k lengths on the clock of the
//! rotation's zone, so an answer never depends on where one looks from. Rotations have an order and the first active one
//! wins; overrides stand above them, absences below everything, and what was recorded above all.

mod answer;
mod ask;
#[cfg(feature = "ical")]
mod calendar;
mod check;
mod difference;
mod document;
mod duty_at;
mod handoff;
mod member;
mod one_or_many;
mod overrides;
mod plan;
mod report;
mod say;
mod schedule;
mod table;

pub use answer::{Coverage, NextHandoff, OnCall, OnCallMany, OverrideApplied, RotationTurn, Shift, Shifts, TurnHeld};
#[cfg(feature = "ical")]
pub use calendar::{AbsenceReading, OverrideReading};
pub use difference::{PersonMoved, ScheduleChange, ScheduleChangeKind, ScheduleDifference, ScheduleMove};
pub use document::{IfAbsent, Rotation, ScheduleDocument, TurnCount};
pub use duty_at::DutyAt;
pub use handoff::Handoff;
pub use member::{Joins, Leaves, RotationMember};
pub use overrides::{Absence, RecordedHistory, RecordedShift, ScheduleOverride};
pub(crate) use plan::first_handoff;
pub use report::{
    AsleepWeek, DoubleBooking, LoadBalance, LoadOptions, LoadReport, LoadWeek, NotFree, NotFreeReason, Overloaded,
    PersonLoad, ReportSpan, ScheduleCoverage, ScheduleQuality, ShiftTaker, ShiftTakers, load_together,
};
pub use schedule::Schedule;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
