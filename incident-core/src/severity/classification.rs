//! The answer: which severity, why, what could change it, and what to ask.

use serde::{Deserialize, Serialize};

use crate::id::SeverityId;
use crate::time::Timestamp;

/// The answer of a scheme to facts. It is written into the record as it is, so that a later scheme explains nothing away.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Classification {
    /// The severity; absent where there is none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The severities of the scheme, worst first, so that the answer can be compared with others later.
    pub scale: Vec<SeverityId>,
    /// What it rests on.
    pub basis: ClassificationBasis,
    /// Whether no answer to an open question changes it.
    pub settled: bool,
    /// In a sentence or two, with the questions to ask.
    pub why: String,
    /// Every rule that holds, worst severity first.
    pub rules: Vec<DecidingRule>,
    /// The worst and the best that it can turn out to be, and what could raise it.
    pub bounds: SeverityBounds,
    /// The shortest list of facts whose answers, whatever they are, settle the severity.
    pub questions: Vec<FactQuestion>,
    /// By when the questions are to be answered, where the scheme assumes a severity meanwhile and the facts have an
    /// instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<Timestamp>,
}

/// What a classification rests on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClassificationBasis {
    /// A rule holds.
    Rule,
    /// Whatever the unknown facts are, some rule of this severity holds.
    EveryCase,
    /// No rule holds, and this severity is for everything else.
    Otherwise,
    /// The scheme assumes it until the questions are answered.
    Assumed,
    /// The scheme takes it by default until the questions are answered.
    Default,
    /// The scheme waits for the answers.
    Pending,
    /// No rule holds, and no severity is for everything else.
    Nothing,
}

/// A rule that holds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecidingRule {
    /// The severity it gives.
    pub severity: SeverityId,
    /// Its JSON Pointer in the scheme.
    pub path: String,
    /// What makes it hold, as a clause: `data was lost`.
    pub why: String,
}

/// How far a severity can still move.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityBounds {
    /// The worst it can turn out to be; absent where no rule can hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<SeverityId>,
    /// The best it can turn out to be: so much is certain; absent where it may turn out that no rule holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<SeverityId>,
    /// Each unknown fact that could raise it above the answer: the worst severity that turns on this fact, the others
    /// being some way or other.
    pub raises: Vec<SeverityRaise>,
}

/// An unknown fact that could raise the severity.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityRaise {
    /// The fact.
    pub fact: String,
    /// How far it could raise it.
    pub to: SeverityId,
    /// In which case, as a clause: `data was lost`.
    pub when: String,
}

/// A question whose answer is a fact.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactQuestion {
    /// The fact.
    pub fact: String,
    /// The question for a person.
    pub ask: String,
}
