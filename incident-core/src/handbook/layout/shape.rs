//! Which part of a document is a table, which a line, and in what order: what `team.toml` looks like, as rules.
//!
//! Steps are those of a team's document; a document that is a section of it is read as that section.

use crate::text::{Tree, TreeValue};

/// What a part of a document is written as.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// `key = value`.
    Line,
    /// `[table]`.
    Section,
    /// `[[table]]`, once for each.
    Sections,
    /// Nothing: it says what is so without it.
    Absent,
}

/// The order of the sections.
const ORDER: [&str; 20] = [
    "schema",
    "team",
    "org",
    "name",
    "version",
    "people",
    "teams",
    "areas",
    "windows",
    "calendars",
    "schedule",
    "absence",
    "severity",
    "escalation",
    "policy",
    "route",
    "allow",
    "cadence",
    "columns",
    "prove",
];

pub(super) fn shape(steps: &[&str], tree: &Tree) -> Shape {
    let shape = match steps {
        ["severity", _, "owes"] | ["schedule", _, "rotation"] if tree.parts().next().is_none() => Shape::Absent,
        ["severity", "unknown"] | ["escalation", "otherwise"] | ["policy", _, "otherwise"] => Shape::Line,
        ["absence" | "route" | "allow"] | ["schedule", _, "rotation" | "override" | "absence"] => Shape::Sections,
        ["people" | "teams" | "areas" | "windows" | "calendars" | "schedule"]
        | ["severity" | "escalation" | "policy" | "cadence" | "columns" | "prove"]
        | ["severity" | "escalation" | "policy" | "schedule" | "columns", _]
        | ["schedule", _, "people" | "calendars" | "recorded"]
        | ["severity", "matrix", "cells"]
        | ["policy" | "columns", _, _] => Shape::Section,
        _ => Shape::Line,
    };
    match (shape, &tree.value) {
        (Shape::Section, TreeValue::Map(_)) | (Shape::Absent, _) => shape,
        (Shape::Sections, TreeValue::List(items)) if !items.is_empty() => shape,
        _ => Shape::Line,
    }
}

/// Where a member stands among the others of a table, given the severities from the worst on.
pub(super) fn rank(around: &[&str], name: &str, severities: &[String]) -> usize {
    let severity = || severities.iter().position(|severity| severity == name).map_or(usize::MAX, |at| at + 1);
    match around {
        [] => ORDER.iter().position(|known| *known == name).unwrap_or(usize::MAX),
        ["prove"] if name == "horizon" => 0,
        ["escalation"] | ["policy", _] if ["otherwise", "acknowledged_for", "on_empty"].contains(&name) => 0,
        ["escalation" | "prove"] | ["policy" | "cadence", _] => severity(),
        _ => 0,
    }
}

/// Whether text at these steps is a day, which TOML has a form for.
pub(super) fn is_day(steps: &[&str], text: &str) -> bool {
    let named = |step: &&str| ["start", "on", "from", "until"].contains(step);
    let in_list = matches!(steps, ["windows", _, "closed", _] | ["calendars", _, _] | [.., "calendars", _, _]);
    (in_list || steps.last().is_some_and(named)) && text.parse::<crate::time::Date>().is_ok()
}

/// Text at these steps as a file has it, where it is a length of time: `15m`, which JSON has as `PT15M`.
pub(super) fn duration(steps: &[&str], text: &str) -> Option<String> {
    const NAMES: [&str; 12] = [
        "after",
        "at",
        "every",
        "acknowledged_for",
        "settle_within",
        "acknowledge",
        "retrospective",
        "review",
        "no_progress",
        "first_page",
        "second_person",
        "lasts",
    ];
    let named = |step: &&str| NAMES.contains(step);
    let is_cadence = matches!(steps, ["cadence", _, _, _] | ["severity", _, "owes", "cadence", _, _]);
    if steps.first() == Some(&"columns") || !(is_cadence || steps.last().is_some_and(named)) {
        return None;
    }
    text.parse::<crate::time::Elapsed>().ok()?;
    let (sign, length) = text.strip_prefix('-').map_or(("", text), |length| ("-", length));
    let length = length.strip_prefix("PT")?.to_ascii_lowercase();
    Some(if length == "0s" { "0m".to_owned() } else { format!("{sign}{length}") })
}
