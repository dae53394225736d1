//! What a schedule answers.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::time::Timestamp;

/// Who is on call at an instant, since when and until when, and why.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnCall {
    /// The instant asked about.
    pub at: Timestamp,
    /// Everybody who is on call then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The shift it falls in.
    pub shift: Shift,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// A span in which the same people are on call for the same reason.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shift {
    /// The first instant in it; absent where it has always been so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Timestamp>,
    /// The first instant after it; absent where no change is in sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
    /// Everybody who is on call in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// Whether there is somebody, an empty shift, or no shift.
    pub coverage: Coverage,
    /// The turns it comes from; several where rotations share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TurnHeld>,
    /// The overrides that had an effect, by their place in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideApplied>,
    /// Who would be on call and is away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<PersonId>,
    /// Why these people, in one sentence.
    pub why: String,
}

/// Whether somebody is on call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Coverage {
    /// Somebody is.
    Covered,
    /// There is a shift, and nobody in it: who would be is away or was removed.
    Empty,
    /// There is no shift.
    Gap,
}

/// A turn of a rotation that has the duty.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurnHeld {
    /// The name of the rotation.
    pub rotation: String,
    /// Which turn, from 0; absent where nobody takes turns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<i64>,
}

/// An override that had an effect.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverrideApplied {
    /// Which, as a JSON Pointer into the document.
    pub path: String,
    /// Where it comes from, where it is not the schedule itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// The shifts of a span, one after the other, gaps among them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shifts {
    /// The first instant asked about.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Each shift, cut to the span.
    pub shifts: Vec<Shift>,
    /// The version of the time zone data.
    pub tz_version: String,
}

/// Who is on call at many instants: the different answers once, and which holds for each instant.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnCallMany {
    /// The different answers.
    pub people: Vec<Vec<PersonId>>,
    /// For each instant, the place of its answer in `people`.
    pub index: Vec<u32>,
    /// The version of the time zone data.
    pub tz_version: String,
}

/// The next change of who is on call, or of the turn.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextHandoff {
    /// When.
    pub at: Timestamp,
    /// Who is on call until then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<PersonId>,
    /// Who is on call from then on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<PersonId>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// A turn of a rotation: when it begins and ends, and who is due in it, whatever windows and overrides say.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RotationTurn {
    /// Which, from 0 for the first; negative where the grid reaches back before the rotation began.
    pub turn: i64,
    /// Its handoff.
    pub start: Timestamp,
    /// The next handoff.
    pub end: Timestamp,
    /// Who is due in it; nobody before turn 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}
