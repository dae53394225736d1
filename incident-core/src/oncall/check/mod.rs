//! What is questionable about a schedule that can be used.
//!
//! Nothing here stops a schedule from being used: what cannot be used is refused where it is read. `check` needs no span;
//! `check_over` also looks at what happens in one.

mod absences;
mod horizon;
mod members;
mod overlaps;
mod overrides;
mod rotations;

use super::report;
use super::schedule::Schedule;
use crate::error::Result;
use crate::finding::{Finding, new_findings_in};
use crate::time::Timestamp;

impl Schedule {
    /// Everything that is questionable about it, in the order of the document.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let text = r#"
    /// [[rotation]]
    /// zone    = "UTC"
    /// turn    = "1 week"
    /// start   = 2026-12-07
    /// members = ["ana", "bo"]
    ///
    /// [[override]]
    /// replace = "bo"
    /// with    = "ana"
    /// days    = "2026-12-08"
    /// "#;
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// assert_eq!(
    ///     schedule.check()[0].to_string(),
    ///     "9:11: warning[oncall.override_without_effect]: bo is not on call on 8 December 2026, ana is; replace = \"ana\""
    /// );
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for at in 0..self.document.rotation.len() {
            found.extend(rotations::check(self, at));
            found.extend(members::check(self, at));
        }
        let mut deviations = overrides::check(self);
        deviations.extend(overlaps::check(self));
        deviations.sort_by_key(|(number, _)| *number);
        found.extend(deviations.into_iter().map(|(_, finding)| finding));
        found.extend(absences::check(self));
        self.placed(found)
    }

    /// What [`Schedule::check`] finds, and what is questionable in a span: shifts that nobody is left in because people
    /// are away or removed, turns without any length, and windows that overlap where the clock is set back.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn check_over(&self, start: Timestamp, end: Timestamp) -> Result<Vec<Finding>> {
        report::span(start, end)?;
        let mut found = self.check();
        found.extend(self.placed(horizon::check(self, start, end)));
        Ok(found)
    }

    /// What is questionable about it and was not about `base`, the schedule as it was: only what the change introduced.
    ///
    /// Rotations, members and overrides are known by their name, else by their content, else by what they are most like:
    /// what moved, and what was renamed, is not new. What is graver than before, or reaches further, is.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let rotation = |name: &str, start: &str| {
    ///     format!("[[rotation]]\nname = '{name}'\nzone = 'UTC'\nhours = 'Mon-Fri'\nturn = '1 week'\nhandoff = 'Mon 08:00'\nstart = {start}\nmembers = ['ana']\n")
    /// };
    /// let read = |text: String| Schedule::read(Source::parse(&text, Format::Toml)?);
    /// let base = read(rotation("days", "2026-12-08"))?;
    /// let now = read(rotation("nights", "2026-12-09") + &rotation("days", "2026-12-08"))?;
    /// let new: Vec<String> = now.check_against(&base).iter().map(|finding| finding.path.clone()).collect();
    /// assert_eq!(new, ["/rotation/0/start"]);
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn check_against(&self, base: &Self) -> Vec<Finding> {
        self.new_since(base, &base.check(), &self.check())
    }

    /// What [`Schedule::check_over`] finds in a span and did not find in `base`, and where somebody was added to a rotation
    /// or removed from it without a day, so that others get other turns: `oncall.turn_order_shifted`.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn check_over_against(&self, base: &Self, start: Timestamp, end: Timestamp) -> Result<Vec<Finding>> {
        let mut found = self.new_since(base, &base.check_over(start, end)?, &self.check_over(start, end)?);
        found.extend(base.difference(self, start, end)?.findings);
        Ok(found)
    }

    fn new_since(&self, base: &Self, before: &[Finding], now: &[Finding]) -> Vec<Finding> {
        let value = |schedule: &Self| serde_json::to_value(&schedule.document).unwrap_or_default();
        new_findings_in((before, &value(base)), (now, &value(self)))
    }
}

#[cfg(test)]
mod tests;
