//! What was found while reading, up to as much as is told.

use crate::codes::{self, Code};
use crate::finding::{Finding, Level, Place};
use crate::limits::Limits;

/// Findings in the order in which they were made.
#[derive(Debug)]
pub(super) struct Notes {
    most: usize,
    findings: Vec<Finding>,
    left_out: usize,
}

impl Notes {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { most: limits.problems, findings: Vec::new(), left_out: 0 }
    }

    pub(super) fn add(&mut self, finding: Finding, at: Option<Place>) {
        if self.findings.len() < self.most {
            self.findings.push(finding.placed(at));
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    pub(super) fn error(&mut self, code: Code, path: &str, message: impl Into<String>, at: Option<Place>) {
        self.add(Finding::new(Level::Error, code, path, message), at);
    }

    pub(super) fn warn(&mut self, code: Code, path: &str, message: impl Into<String>, at: Option<Place>) {
        self.add(Finding::new(Level::Warning, code, path, message), at);
    }

    pub(super) fn note(&mut self, code: Code, path: &str, message: impl Into<String>, at: Option<Place>) {
        self.add(Finding::new(Level::Note, code, path, message), at);
    }

    /// All of them, by line; the last says how many are not told.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| finding.at.as_ref().map_or((u32::MAX, 0), |at| (at.line, at.column)));
        if self.left_out > 0 {
            let message = format!("{} more findings are not told", self.left_out);
            self.findings.push(Finding::new(Level::Error, codes::ICAL_MORE_FINDINGS, "", message));
        }
        self.findings
    }
}
