//! What it does to people.

use serde::{Deserialize, Serialize};

use super::terms::{Assurance, AssuranceAnswer, Disruption};
use crate::condition::FactValue;
use crate::id::{AreaId, PersonId};
use crate::known::{Count, Known, Money, Share};

/// How an area is disrupted from here on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImpactReported {
    /// Which area.
    pub area: AreaId,
    /// How badly; `none` ends it.
    pub disruption: Disruption,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How many customers are affected from here on, as far as it is known.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomersAffected {
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Known<Count>>,
    /// Which share of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Known<Share>>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What did or did not happen to data and security.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssuranceGiven {
    /// Which question.
    pub assurance: Assurance,
    /// The answer.
    pub answer: AssuranceAnswer,
    /// Who confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<PersonId>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A fact that the host's rules use.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactRecorded {
    /// Its name in the vocabulary.
    pub fact: String,
    /// Its value; absent takes it back to unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<FactValue>,
}

/// What it costs, as estimated from here on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostEstimated {
    /// How much.
    pub amount: Money,
    /// What is counted, such as `lost orders`.
    pub covers: String,
}
