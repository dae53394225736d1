//! What a difference tells.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::id::PersonId;
use crate::time::{Date, Elapsed, Timestamp};

/// What changes in a span when a schedule is replaced by another.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleDifference {
    /// The first instant looked at.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// How many weeks the span has, counted from its start on the clock of the first rotation; a part of one counts.
    pub weeks: u32,
    /// In how many of them somebody else is on call at some time.
    pub weeks_moved: u32,
    /// Each stretch in which other people are on call, in order; the first is the first witness.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<ScheduleMove>,
    /// Everybody who moves, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonMoved>,
    /// What was edited, as far as it matters in the span.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ScheduleChange>,
    /// What was probably not meant: `oncall.turn_order_shifted`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// A stretch in which other people are on call than before.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleMove {
    /// The first instant of it.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Who would have been on call, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<PersonId>,
    /// Who is on call now, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<PersonId>,
    /// The rotations that have the duty in the old or the new version, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rotations: Vec<String>,
    /// In one sentence.
    pub why: String,
}

/// Somebody who moves.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonMoved {
    /// Who.
    pub person: PersonId,
    /// On call where they were not.
    pub gains: Elapsed,
    /// Not on call where they were.
    pub loses: Elapsed,
}

/// One thing that was edited.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleChange {
    /// What kind of thing.
    pub kind: ScheduleChangeKind,
    /// In which rotation, by name, where it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<String>,
    /// Whom it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// From which day on, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<Date>,
    /// Where it stands, as a JSON Pointer into the new document; absent for what is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// In a clause: `gus joins berlin on 2027-01-18`.
    pub why: String,
}

/// What kind of thing was edited.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ScheduleChangeKind {
    /// Somebody joins a rotation on a day.
    Joins,
    /// Somebody leaves a rotation on a day.
    Leaves,
    /// Somebody stands in a rotation without a day on which they join.
    Added,
    /// Somebody who was in a rotation is gone without a day on which they leave.
    Removed,
    /// Somebody no longer joins, or no longer leaves, on a day to come.
    Withdrawn,
    /// The same people in another order.
    Reordered,
    /// There is another rotation.
    RotationAdded,
    /// There is no such rotation any more.
    RotationRemoved,
    /// A rotation has other hours, turns or limits.
    RotationChanged,
    /// There is another override.
    OverrideAdded,
    /// There is no such override any more.
    OverrideRemoved,
    /// Somebody is away.
    AbsenceAdded,
    /// Somebody is not away any more.
    AbsenceRemoved,
}
