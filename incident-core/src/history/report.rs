//! A history as a page of text.

use crate::finding::{Finding, Level};

use super::metric::Metric;
use super::table::History;
use super::words;

impl History {
    /// What the history says at first sight: each usual metric that its milestones allow, and what was noticed while
    /// reading; the same bytes in every language.
    ///
    /// ```
    /// use incident_core::{History, HistoryRow};
    ///
    /// let row = HistoryRow::new("INC-7").at("started", "2026-03-01T10:00:00Z".parse()?).at("resolved", "2026-03-01T10:31:00Z".parse()?);
    /// let history = History::from_rows([row], "2026-04-01T00:00:00Z".parse()?);
    /// assert_eq!(
    ///     history.report(),
    ///     "time to resolve (started to resolved)\n\
    ///      \x20 median    31 min (too few for a 95 % interval)\n\
    ///      \x20 from      1 of 1 rows; none open, none missing, none invalid\n\
    ///      \x20 began     2026-03-01T10:00:00Z to 2026-03-01T10:00:00Z, as of 2026-04-01T00:00:00Z\n"
    /// );
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> String {
        let summaries = Metric::presets().map(|metric| self.summarize(&metric));
        let measured = summaries.filter(|summary| summary.n + summary.open > 0);
        let mut blocks: Vec<_> = measured.map(|summary| summary.text).collect();
        if blocks.is_empty() {
            blocks.push(self.summarize(&Metric::time_to_resolve()).text);
        }
        if !self.findings.is_empty() {
            blocks.push(noticed(&self.findings));
        }
        blocks.join("\n")
    }
}

/// How many findings a report shows.
const SHOWN: usize = 10;

fn noticed(findings: &[Finding]) -> String {
    let of = |level| findings.iter().filter(|finding| finding.level == level).count() as u64;
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts = levels.map(|(level, name)| words::counted(of(level), name)).join(", ");
    let mut lines = vec![format!("noticed while reading: {counts}")];
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.level);
    lines.extend(sorted.iter().take(SHOWN).map(|finding| format!("  {finding}")));
    let more = findings.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines.join("\n") + "\n"
}
