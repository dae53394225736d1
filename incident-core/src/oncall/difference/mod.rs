//! What another version of a schedule changes: who moves and when, and whether somebody meant it.
//!
//! Moves are found by asking both versions at every instant at which either may change, so they are exact whatever was
//! edited. What was edited is told beside them; a change of members without a date, which renumbers everybody's turns, is
//! a finding that names who moves.

mod answer;
mod changes;
mod moves;
mod order;

pub use answer::{PersonMoved, ScheduleChange, ScheduleChangeKind, ScheduleDifference, ScheduleMove};

use super::report;
use super::schedule::Schedule;
use crate::error::Result;
use crate::time::{TZ_VERSION, Timestamp};

impl Schedule {
    /// What changes in a span when this schedule is replaced by a new one: who moves when, and why.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let of = |members: &str| {
    ///     let text = format!("[[rotation]]\nname = 'days'\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-12-07\nmembers = {members}");
    ///     Schedule::read(Source::parse(&text, Format::Toml)?)
    /// };
    /// let (old, new) = (of("['ana', 'bo']")?, of("['ana', 'bo', { join = 'cy', on = 2026-12-21 }]")?);
    /// let difference = old.difference(&new, "2026-12-07T00:00:00Z".parse()?, "2027-01-04T00:00:00Z".parse()?)?;
    /// assert_eq!(difference.why, "cy joins days on 2026-12-21; 0 of 4 weeks get another person");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn difference(&self, new: &Self, start: Timestamp, end: Timestamp) -> Result<ScheduleDifference> {
        report::span(start, end)?;
        let moves = moves::moves(self, new, start, end);
        let people = moves::people(&moves);
        let (weeks, weeks_moved) = moves::weeks(self, new, &moves, start, end);
        let changes = changes::changes(self, new, start, end);
        let findings = new.placed(order::shifted(self, new, &changes, &moves, start));
        let mut parts: Vec<_> = changes.iter().map(|change| change.why.clone()).collect();
        if !parts.is_empty() {
            parts = vec![parts.join(", ")];
        }
        let first = moves.first().map(|first| {
            let on = moves::day(self, new, first.start);
            format!(", the first on {on} ({})", moves::instead(self, new, first))
        });
        let count = if weeks == 1 { "week gets" } else { "weeks get" };
        parts.push(format!("{weeks_moved} of {weeks} {count} another person{}", first.unwrap_or_default()));
        let (tz_version, why) = (TZ_VERSION.to_owned(), parts.join("; "));
        Ok(ScheduleDifference { start, end, weeks, weeks_moved, moves, people, changes, findings, tz_version, why })
    }
}

#[cfg(test)]
mod tests;
