//! What is different between two backtests of the same incidents.

use serde::{Deserialize, Serialize};

use super::answer::{BacktestIncident, BacktestPerson};
use super::assumption::AcknowledgementAssumption;
use crate::id::{PersonId, PolicyId};

/// What changes between two policies, or two worlds, in past incidents.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestDifference {
    /// The policy as it was.
    pub old: BacktestedPolicy,
    /// The policy as it is to be.
    pub new: BacktestedPolicy,
    /// Who acknowledges, and when; the same on both sides.
    pub assumption: AcknowledgementAssumption,
    /// How many incidents were compared.
    pub compared: u32,
    /// Those in which somebody is paged otherwise, largest differences first: whether anybody is reached, then the time to
    /// the first person, to the second, then the number of pages.
    pub incidents: Vec<BacktestIncidentChange>,
    /// Those to whom something changes, largest differences first: nights, then pages.
    pub people: Vec<BacktestPersonChange>,
    /// All of it in one sentence, with what was assumed.
    pub why: String,
}

/// A policy that was run.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestedPolicy {
    /// Which.
    pub policy: PolicyId,
    /// In which version.
    pub version: String,
}

/// One incident on both sides.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestIncidentChange {
    /// Which.
    pub id: String,
    /// As it was.
    pub old: BacktestIncident,
    /// As it is to be.
    pub new: BacktestIncident,
    /// Who is paged only now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<PersonId>,
    /// Who is paged no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<PersonId>,
    /// What is different, in one sentence.
    pub why: String,
}

/// One person on both sides.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestPersonChange {
    /// Who.
    pub person: PersonId,
    /// As it was.
    pub old: BacktestPerson,
    /// As it is to be.
    pub new: BacktestPerson,
    /// What is different, in one sentence.
    pub why: String,
}
