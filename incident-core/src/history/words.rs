//! Numbers and counts as people read them.

use std::collections::BTreeMap;

use crate::stats::{Estimate, NoNumber};

use super::summary::Summary;

const MICROS: f64 = 60_000_000.0;

pub(super) fn in_minutes(micros: f64) -> f64 {
    micros / MICROS
}

/// A unit that suits a length of time: its name, and how many minutes it has.
fn unit(minutes: f64) -> (&'static str, f64) {
    match minutes {
        m if m < 2.0 && m > 0.0 => ("s", 1.0 / 60.0),
        m if m < 120.0 => ("min", 1.0),
        m if m < 2_880.0 => ("h", 60.0),
        _ => ("d", 1_440.0),
    }
}

/// At most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// `65 min`
fn length(minutes: f64) -> String {
    let (name, size) = unit(minutes);
    format!("{} {name}", number(minutes / size))
}

/// `65 min (95 % interval 59 to 70 min)`, or why there is no number.
pub(super) fn median(estimate: &Estimate) -> String {
    match (estimate.value, estimate.no_value) {
        (Some(value), _) => format!("median {} ({})", length(value), interval(estimate, value)),
        (None, Some(NoNumber::NoData)) => "median unknown: there is nothing to measure".to_owned(),
        _ => {
            let total = estimate.n + estimate.open;
            let bound = estimate.interval.and_then(|interval| interval.lo).map(length);
            let bound = bound.map_or_else(String::new, |lo| format!("; at least {lo}, at 95 % confidence"));
            format!("median not reached: {} of {total} are still open{bound}", estimate.open)
        }
    }
}

fn interval(estimate: &Estimate, value: f64) -> String {
    let Some(interval) = estimate.interval else { return "no interval".to_owned() };
    let level = number(interval.level * 100.0);
    let (name, size) = unit(value);
    let end = |end: Option<f64>| end.map(|end| number(end / size));
    match (end(interval.lo), end(interval.hi)) {
        (Some(lo), Some(hi)) => format!("{level} % interval {lo} to {hi} {name}"),
        (Some(lo), None) => format!("{level} % interval {lo} {name} to unbounded"),
        (None, Some(hi)) => format!("{level} % interval unbounded to {hi} {name}"),
        (None, None) => format!("too few for a {level} % interval"),
    }
}

/// `1 incident`, `7 incidents`
pub(super) fn incidents(count: u64) -> String {
    counted(count, "incident")
}

/// `1 note`, `7 notes`
pub(super) fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// `801 of 819 rows; none open, 2 missing, none invalid`
fn counts(summary: &Summary) -> String {
    let none = |count: u64| if count == 0 { "none".to_owned() } else { count.to_string() };
    let Summary { n, open, missing, invalid, rows, .. } = summary;
    format!("{n} of {rows} rows; {} open, {} missing, {} invalid", none(*open), none(*missing), none(invalid.count))
}

/// `impact is maintenance 18, drill 2`
fn reasons(excluded: &BTreeMap<String, u64>) -> String {
    excluded.iter().map(|(reason, count)| format!("{reason} ({count})")).collect::<Vec<_>>().join(", ")
}

/// All of a summary in one sentence.
pub(super) fn sentence(summary: &Summary) -> String {
    let left_out = reasons(&summary.excluded);
    let left_out = if left_out.is_empty() { left_out } else { format!("; left out: {left_out}") };
    format!("{}: {}, from {}{left_out}", summary.metric.words(), summary.median.why, counts(summary))
}

/// A summary as a block of lines for people.
pub(super) fn block(summary: &Summary) -> String {
    let mut lines = vec![format!("{} ({} to {})", summary.metric.words(), summary.metric.start, summary.metric.end)];
    let mut line = |label: &str, text: &str| lines.push(format!("  {label:<9} {text}"));
    let median = &summary.median;
    line("median", median.why.strip_prefix("median ").unwrap_or(&median.why));
    line("from", &counts(summary));
    if let (Some(first), Some(last)) = (summary.first_at, summary.last_at) {
        line("began", &format!("{first} to {last}, as of {}", summary.as_of));
    }
    if !summary.excluded.is_empty() {
        line("left out", &reasons(&summary.excluded));
    }
    if !summary.invalid.ids.is_empty() {
        let more = summary.invalid.count - summary.invalid.ids.len().min(5) as u64;
        let ids = summary.invalid.ids.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        line("invalid", &if more > 0 { format!("{ids} and {more} more") } else { ids });
    }
    for finding in &summary.findings {
        line("note", &finding.message);
    }
    lines.join("\n") + "\n"
}
