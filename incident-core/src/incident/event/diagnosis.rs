//! What is thought, tried and learned while it lasts.

use serde::{Deserialize, Serialize};

use super::terms::{HypothesisVerdict, Outcome};
use crate::id::AreaId;
use crate::incident::Seq;

/// A guess at what is going on. It is named by the number of this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hypothesized {
    /// The guess.
    pub statement: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
}

/// Work follows one guess from here on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HypothesisFocused {
    /// Which.
    pub hypothesis: Seq,
    /// Why this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Something speaks for or against a guess.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidenceAdded {
    /// Which.
    pub hypothesis: Seq,
    /// Whether it speaks for it.
    pub supports: bool,
    /// What it is.
    pub note: String,
    /// The entry that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Seq>,
}

/// A guess is settled, as far as it goes. A refuted one stays, as negative knowledge.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HypothesisConcluded {
    /// Which.
    pub hypothesis: Seq,
    /// How it ended.
    pub verdict: HypothesisVerdict,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Something is tried. It is named by the number of this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExperimentStarted {
    /// What is done.
    pub action: String,
    /// Which guess it tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hypothesis: Option<Seq>,
    /// What should follow if the guess is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prediction: Option<String>,
    /// What may go wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<String>,
    /// What is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
}

/// What came of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExperimentConcluded {
    /// Which.
    pub experiment: Seq,
    /// How it ended.
    pub outcome: Outcome,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// What was decided.
    pub decision: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
