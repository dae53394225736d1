//! What is questionable about a schedule that can be used.

use super::document::{Rotation, ScheduleDocument};
use super::plan::Plan;
use super::schedule::Schedule;
use crate::codes;
use crate::finding::{Finding, Level, new_findings_in};

impl Schedule {
    /// What is questionable about it and was not about `base`, the schedule as it was: only what the change introduced.
    ///
    /// Rotations, members and overrides are known by their name, else by their content, else by what they are most like:
    /// what moved, and what was renamed, is not new. What is graver than before, or reaches further, is.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let rotation = |name: &str, start: &str| {
    ///     format!("[[rotation]]\nname = '{name}'\nzone = 'UTC'\nturn = '1 week'\nhandoff = 'Mon 08:00'\nstart = {start}\nmembers = ['ana']\n")
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
        let value = |schedule: &Self| serde_json::to_value(&schedule.document).unwrap_or_default();
        new_findings_in((&base.check(), &value(base)), (&self.check(), &value(self)))
    }
}

pub(super) fn check(document: &ScheduleDocument, _plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rotation) in document.rotation.iter().enumerate() {
        found.extend(start(&format!("/rotation/{at}/start"), rotation));
    }
    found
}

/// A start that is no handoff: turn 0 begins later than it says.
fn start(path: &str, rotation: &Rotation) -> Option<Finding> {
    let start = rotation.start?;
    let first = super::plan::first_handoff(rotation, start)?;
    let local = start.local(rotation.zone);
    let agrees = first == local || (start.day().is_some() && first.date() == local.date());
    if agrees || rotation.turn.is_empty() {
        return None;
    }
    let message = format!("`{start}` is no handoff: turn 0 begins on {}", first.format("%a %Y-%m-%d at %H:%M"));
    let finding = Finding::new(Level::Warning, codes::START_NO_HANDOFF, path, message);
    Some(finding.help(format!("write `{}`", first.format("%Y-%m-%d"))).fact("first", first.format("%Y-%m-%dT%H:%M")))
}
