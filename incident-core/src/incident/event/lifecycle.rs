//! The life of an incident: how it begins, moves and ends.

use serde::{Deserialize, Serialize};

use super::terms::{IncidentKind, Provenance, State};
use crate::id::{IncidentId, MilestoneId};
use crate::time::Timestamp;

/// A machine proposes an incident; a person decides.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proposed {
    /// Its id.
    pub id: IncidentId,
    /// What is wrong, in a few words.
    pub title: String,
    /// What proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Provenance>,
    /// Where it waits.
    pub state: State,
}

/// The incident is declared.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Declared {
    /// Its id.
    pub id: IncidentId,
    /// What is wrong, in a few words.
    pub title: String,
    /// What sort of incident it is.
    pub kind: IncidentKind,
    /// What worried the person who declared it, in their own words; kept whatever comes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concern: Option<String>,
    /// Where it begins.
    pub state: State,
}

/// A proposed incident is declared.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// Where it begins.
    pub state: State,
}

/// A proposed incident is none.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Declined {
    /// Why.
    pub reason: String,
    /// Where it ends.
    pub state: State,
}

/// It was nothing, or nothing more: a blame-free end that counts as learning.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoodDown {
    /// Why.
    pub reason: String,
    /// What was learned all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// Where it ends.
    pub state: State,
}

/// It moved to another state.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateChanged {
    /// The new state.
    pub state: State,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody looks after it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acknowledged {}

/// Work waits for something.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paused {
    /// Where it waits.
    pub state: State,
    /// For what.
    pub reason: String,
    /// Until when, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// The harm is over.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resolved {
    /// The new state.
    pub state: State,
    /// What ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}

/// It was not over.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reopened {
    /// Where it goes on.
    pub state: State,
    /// Why.
    pub reason: String,
}

/// Nothing more is to be done.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closed {
    /// The new state.
    pub state: State,
}

/// It has another title.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retitled {
    /// The new title.
    pub title: String,
}

/// It has a summary: two or three sentences.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summarized {
    /// The summary.
    pub summary: String,
}

/// It turned out to be of another kind.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KindChanged {
    /// The new kind.
    pub kind: IncidentKind,
}

/// A named instant of its life, which is when this entry occurred.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MilestoneReached {
    /// Which.
    pub milestone: MilestoneId,
}
