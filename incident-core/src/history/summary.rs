//! One metric over a history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::incident::IN_ORDER;
use crate::stats::{Estimate, EstimateUnit, InvalidValues, LEVEL, NoNumber, Observation, Survival};
use crate::time::Timestamp;

use super::column::Cell;
use super::metric::Metric;
use super::table::History;
use super::words;

/// A metric over a history, with every row accounted for: `n + open + missing + invalid + excluded = rows`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// What was measured.
    pub metric: Metric,
    /// When it was so.
    pub as_of: Timestamp,
    /// How many rows the history was read from.
    pub rows: u64,
    /// How many incidents have come to the end of the metric.
    pub n: u64,
    /// How many have not, and may yet; they count as longer than they have lasted so far.
    pub open: u64,
    /// How many have no start, or ended without ever coming to the end of the metric.
    pub missing: u64,
    /// Which end before they start, or have an instant that cannot be read.
    pub invalid: InvalidValues,
    /// How many rows were left out, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// How many of `n` took no time at all, to the resolution of the source.
    pub zero: u64,
    /// The first start; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_at: Option<Timestamp>,
    /// The last start; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_at: Option<Timestamp>,
    /// The median, in minutes.
    pub median: Estimate,
    /// What to know before quoting it.
    pub findings: Vec<Finding>,
    /// All of it in one sentence.
    pub why: String,
    /// All of it as a block of lines; the same bytes in every language.
    pub text: String,
}

/// How many ids of invalid rows, or of open ones in a finding, are listed.
const LISTED: usize = 100;

impl History {
    /// One metric over all incidents.
    ///
    /// An incident that has not come to the end of the metric counts as longer than it has lasted so far, so leaving
    /// nothing out does not pull the median down. See [`Survival`] for the method.
    #[must_use]
    pub fn summarize(&self, metric: &Metric) -> Summary {
        let mut sorted = Sorted::default();
        let columns = [&metric.start, &metric.end].map(|name| self.milestones.get(name));
        for row in 0..self.len() {
            match columns {
                [Some(start), Some(end)] => sorted.take(self, metric, row, [start.get(row), end.get(row)]),
                // Nobody said anything about it, so nothing is known to be open.
                _ => sorted.take(self, metric, row, [Cell::Absent; 2]),
            }
        }
        sorted.summary(self, metric)
    }

    /// Whether the incident was over without coming to `end`: a milestone that comes later in every life says so.
    fn is_over(&self, row: usize, end: &MilestoneId) -> bool {
        let later = match end.as_str() {
            "closed" => return false,
            "resolved" => &["closed"][..],
            name if IN_ORDER.contains(&name) => &["resolved", "closed"][..],
            _ => return false,
        };
        let at = |name: &&str| self.milestones.get(*name).map_or(Cell::Absent, |column| column.get(row));
        later.iter().any(|name| matches!(at(name), Cell::At(at) if at <= self.as_of))
    }
}

/// Rows by what they contribute.
#[derive(Default)]
struct Sorted {
    seen: Vec<Observation>,
    /// Open ones, by how long so far.
    open: Vec<(i64, usize)>,
    missing_start: u64,
    never: u64,
    invalid: Vec<usize>,
    excluded: BTreeMap<String, u64>,
    ended_later: u64,
    zero: u64,
    first_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
}

impl Sorted {
    fn take(&mut self, history: &History, metric: &Metric, row: usize, [start, end]: [Cell; 2]) {
        let mut exclude = |reason: &str| *self.excluded.entry(reason.to_owned()).or_insert(0) += 1;
        if let Some(kind) = history.kinds.get(row) {
            return exclude(kind);
        }
        let start = match start {
            Cell::At(start) if start > history.as_of => return exclude("began later"),
            Cell::Unreadable => return self.invalid.push(row),
            _ if end == Cell::Unreadable => return self.invalid.push(row),
            Cell::Absent => return self.missing_start += 1,
            Cell::At(start) => start,
        };
        self.first_at = Some(self.first_at.map_or(start, |first| first.min(start)));
        self.last_at = Some(self.last_at.map_or(start, |last| last.max(start)));
        let so_far = history.as_of.since(start).as_micros();
        match end {
            Cell::At(end) if end <= history.as_of => {
                let length = end.since(start).as_micros();
                if length < 0 {
                    return self.invalid.push(row);
                }
                self.zero += u64::from(length == 0);
                self.seen.push(Observation::ended(length));
            }
            Cell::Absent if history.is_over(row, &metric.end) => self.never += 1,
            _ => {
                self.ended_later += u64::from(matches!(end, Cell::At(_)));
                self.open.push((so_far, row));
                self.seen.push(Observation::open(so_far));
            }
        }
    }

    fn summary(self, history: &History, metric: &Metric) -> Summary {
        let survival = Survival::new(self.seen.iter().copied());
        let findings = self.findings(history, metric, &survival);
        let mut ids: Vec<_> = self.invalid.iter().map(|row| history.name(*row)).collect();
        ids.sort();
        let invalid = InvalidValues { count: ids.len() as u64, ids: ids.into_iter().take(LISTED).collect() };
        let mut excluded = history.excluded.clone();
        for (reason, count) in self.excluded {
            *excluded.entry(reason).or_insert(0) += count;
        }
        let missing = self.missing_start + self.never;
        let median = median(&survival, missing, invalid.clone());
        let mut summary = Summary {
            metric: metric.clone(),
            as_of: history.as_of,
            rows: history.read,
            n: survival.ended(),
            open: survival.open(),
            missing,
            invalid,
            excluded,
            zero: self.zero,
            first_at: self.first_at,
            last_at: self.last_at,
            median,
            findings,
            why: String::new(),
            text: String::new(),
        };
        summary.why = words::sentence(&summary);
        summary.text = words::block(&summary);
        summary
    }

    fn findings(&self, history: &History, metric: &Metric, survival: &Survival) -> Vec<Finding> {
        let mut found = Vec::new();
        let (start, end) = (&metric.start, &metric.end);
        for name in [start, end].into_iter().filter(|name| !history.milestones.contains_key(name.as_str())) {
            found.push(unmapped(history, name));
        }
        if self.never > 0 {
            let message = format!(
                "{} ended without ever being `{end}`; the median is of the others",
                words::incidents(self.never)
            );
            found.push(Finding::new(Level::Warning, codes::NEVER_REACHED, "", message).fact("count", self.never));
        }
        if self.ended_later > 0 {
            let later = words::incidents(self.ended_later);
            let message = format!("{later} became `{end}` only after {}; counted as open", history.as_of);
            found.push(Finding::new(Level::Note, codes::ENDED_LATER, "", message).fact("count", self.ended_later));
        }
        found.extend(self.stale(history, survival));
        if self.zero > 0 {
            let message = format!("{} took no time, to the resolution of the source", words::incidents(self.zero));
            found.push(Finding::new(Level::Note, codes::ZERO_LENGTH, "", message).fact("count", self.zero));
        }
        found
    }

    /// Open ones that are older than almost all others ever became: perhaps they were only never closed.
    fn stale(&self, history: &History, survival: &Survival) -> Option<Finding> {
        if survival.ended() < 20 {
            return None;
        }
        let mut closed: Vec<_> = self.seen.iter().filter(|one| !one.open).map(|one| one.length).collect();
        let long = crate::stats::quantile(&mut closed, 0.99)?;
        #[expect(clippy::cast_precision_loss, reason = "microseconds stay below 2^53 for 285 years")]
        let mut stale: Vec<_> =
            self.open.iter().filter(|(so_far, _)| *so_far as f64 > long).map(|(_, row)| *row).collect();
        stale.sort_by_key(|row| history.name(*row));
        let names: Vec<_> = stale.iter().take(LISTED).map(|row| history.name(*row)).collect();
        let first = names.first()?;
        let count = stale.len();
        let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
        let message =
            format!("open for longer than 99 % of all others took, so perhaps only never closed: `{first}`{more}");
        let finding = Finding::new(Level::Warning, codes::STALE_OPEN, "", message);
        Some(
            finding
                .help("close them at their source, or leave them as they are")
                .fact("count", count)
                .fact("ids", names.join(", ")),
        )
    }
}

fn unmapped(history: &History, name: &MilestoneId) -> Finding {
    let known: Vec<_> = history.milestones.keys().map(MilestoneId::as_str).collect();
    let finding =
        Finding::new(Level::Warning, codes::NO_MILESTONE, "", format!("no incident has the milestone `{name}`"));
    match known.as_slice() {
        [] => finding,
        known => finding.help(format!("there are `{}`", known.join("`, `"))),
    }
}

fn median(survival: &Survival, missing: u64, invalid: InvalidValues) -> Estimate {
    let nothing = survival.ended() + survival.open() == 0;
    let value = survival.quantile(0.5).map(words::in_minutes);
    let interval = (!nothing).then(|| survival.quantile_interval(0.5, LEVEL).map(words::in_minutes));
    let no_value = if nothing { Some(NoNumber::NoData) } else { value.is_none().then_some(NoNumber::NotReached) };
    let mut estimate = Estimate {
        value,
        no_value,
        unit: EstimateUnit::Minutes,
        n: survival.ended(),
        open: survival.open(),
        missing,
        invalid,
        interval,
        no_interval: nothing.then_some(NoNumber::NoData),
        seed: None,
        findings: Vec::new(),
        why: String::new(),
    };
    estimate.why = words::median(&estimate);
    estimate
}
