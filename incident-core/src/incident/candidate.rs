//! What a machine proposes.

use serde::{Deserialize, Serialize};

use crate::condition::Facts;
use crate::time::Timestamp;

use super::event::{IncidentKind, LinkAdded, Provenance};

/// An incident that a machine proposes: a person accepts, declines or merges it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// What is wrong, in a few words.
    pub title: String,
    /// Two or three sentences, if the source has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What sort of incident it would be.
    pub kind: IncidentKind,
    /// What proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Provenance>,
    /// When the trouble began, if the source knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at: Option<Timestamp>,
    /// When the source says it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The alerts behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
    /// What the source says that rules can use.
    #[serde(default)]
    pub facts: Facts,
    /// What to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkAdded>,
}

/// A machine's signal.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alert {
    /// Where it came from.
    pub provenance: Provenance,
    /// What it says.
    pub title: String,
    /// When it began to fire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it stopped; absent while it fires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}
