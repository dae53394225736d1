//! How bad it is.

use serde::{Deserialize, Serialize};

use crate::id::SeverityId;
use crate::severity::{ClassificationBasis, DecidingRule, SeverityBounds};
use crate::time::Timestamp;

/// The rules gave it a severity. The answer is kept whole, so that it is not recomputed under later rules.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Classified {
    /// Which; absent while it is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// All severities of the scheme, worst first.
    pub scale: Vec<SeverityId>,
    /// The answer in one sentence.
    pub why: String,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<ClassificationBasis>,
    /// The rules that held, worst severity first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<DecidingRule>,
    /// How far it could still move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<SeverityBounds>,
    /// The facts that were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// When an assumed severity has to be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<Timestamp>,
}

/// A person set the severity against the rules.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityOverridden {
    /// Which.
    pub severity: SeverityId,
    /// All severities of the scheme, worst first.
    pub scale: Vec<SeverityId>,
    /// Why.
    pub reason: String,
    /// Until when it holds; absent until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// The severity of the rules holds again.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityOverrideLifted {
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
