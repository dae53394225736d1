//! Calendars in iCalendar form (RFC 5545): absences, holidays and shifts as other programs keep them, in and out.
//!
//! [`read`] answers which occurrences a file has within a span, [`days`] which days its all-day events cover (holidays),
//! [`write()`] makes a file. All three are pure: the zone of floating times and the stamp are arguments. A file is read as
//! far as it can be: what cannot be read is a finding with its line, and never takes another event with it. Nothing in a
//! file makes the answer larger or later than [`Limits`](crate::Limits) allow.
//!
//! - `event` what is told and written; `read` from text to occurrences; `write` the way back, `observances` the zone in it.
//! - `line` content lines with their places; `component` what they are grouped into; `value` dates, durations, text.
//! - `zone` which zone a name stands for; `windows` the names that Windows has; `definition` zones that a file defines.
//! - `entry` one event as it stands there; `rule` its recurrence; `series` what becomes of all entries with one uid.
//! - `budget` how much may be taken; `notes` what was found.

mod budget;
mod clock;
mod component;
mod definition;
mod entry;
mod event;
mod line;
mod notes;
mod observances;
mod read;
mod rule;
mod series;
mod value;
mod windows;
mod write;
mod zone;

#[cfg(test)]
mod tests;

pub use event::{CalendarEvent, CalendarReading, HolidayReading};
pub use read::{days, read};
pub use write::write;
