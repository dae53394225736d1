//! Whom we woke, and what came of it.

use serde::{Deserialize, Serialize};

use super::terms::{PageId, Urgency};
use crate::id::{PersonId, PolicyId};
use crate::time::Timestamp;

/// A policy began to page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationStarted {
    /// Which policy.
    pub policy: PolicyId,
    /// Which version of it; it stays pinned.
    pub version: String,
}

/// Somebody was paged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paged {
    /// The page, the same however often the host repeats itself.
    pub page: PageId,
    /// Who.
    pub person: PersonId,
    /// Which track of the policy.
    pub track: String,
    /// Which step of the track, from 0.
    pub step: u32,
    /// How urgently.
    pub urgency: Urgency,
    /// Why this person, in one sentence.
    pub why: String,
}

/// A page was answered.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageAcknowledged {
    /// Which.
    pub page: PageId,
}

/// A page did not arrive.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageFailed {
    /// Which.
    pub page: PageId,
    /// Why.
    pub reason: String,
}

/// There was nobody to page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NobodyReachable {
    /// Why, in one sentence.
    pub why: String,
}

/// Nobody is paged until an instant.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Snoozed {
    /// Until when.
    pub until: Timestamp,
}

/// Nobody looks after it any more; paging goes on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unacknowledged {
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody else looks after it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reassigned {
    /// Who.
    pub person: PersonId,
}

/// The policy pages no more.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationEnded {
    /// Why, in one sentence.
    pub why: String,
}
