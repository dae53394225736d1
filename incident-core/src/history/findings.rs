//! Findings about many rows: the first of each kind are listed, all of them counted.

use std::collections::BTreeMap;

use crate::codes::Code;
use crate::finding::{Finding, Level};

/// How many findings of one code are listed.
const LISTED: u64 = 1_000;

/// Findings by code.
#[derive(Debug, Default)]
pub(super) struct Findings {
    listed: Vec<Finding>,
    counts: BTreeMap<&'static str, (Code, Level, u64)>,
}

impl Findings {
    /// Takes a finding; it is made only if it will be listed.
    pub(super) fn add(&mut self, level: Level, code: Code, make: impl FnOnce() -> Finding) {
        let (_, _, count) = self.counts.entry(code.as_str()).or_insert((code, level, 0));
        *count += 1;
        if *count <= LISTED {
            self.listed.push(make());
        }
    }

    /// Those that are listed, and one more for each code of which there were too many.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        for (code, level, count) in self.counts.values().filter(|(.., count)| *count > LISTED) {
            let message = format!("{} more like this are not listed", count - LISTED);
            self.listed.push(Finding::new(*level, *code, "", message).fact("count", count));
        }
        self.listed
    }
}
