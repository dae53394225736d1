//! What a proof says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::id::{AreaId, PersonId, SeverityId, TeamId};
use crate::time::{Date, Elapsed, Span, Timestamp, Zone};

/// Whether a policy keeps its requirements, for every minute of a horizon: `proved` with what was reached, or refuted
/// with what happens then.
///
/// [`EscalationPolicy::verify`](crate::EscalationPolicy::verify) has an example.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// The policy, by the name it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Whether every claim is proved.
    pub proved: bool,
    /// What the policy requires, one by one.
    pub claims: Vec<ProofClaim>,
    /// For which declarations.
    pub horizon: ProofHorizon,
    /// How many severities the policy has.
    pub severities: u32,
    /// How many areas the directory has; no area at all is looked at besides.
    pub areas: u32,
    /// What is taken for granted.
    pub assumptions: ProofAssumptions,
    /// How long each person is on call in the horizon, by zone and name.
    pub on_call: Vec<OnCallLoad>,
    /// What is good to know about the horizon, such as clocks that change on different days.
    pub notes: Vec<String>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// The verdict in one sentence; as text, a proof is that and a line for each claim.
    pub why: String,
}

/// For which declarations a proof holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofHorizon {
    /// From its start to its end, minute by minute.
    pub span: Span,
    /// The zone on whose wall clock it lasts.
    pub zone: Zone,
    /// How long it lasts there, such as `26 weeks`.
    pub length: String,
}

/// What a proof takes for granted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofAssumptions {
    /// How many overrides the schedules have.
    pub overrides: u32,
    /// How many absences they have.
    pub absences: u32,
    /// All of them as a sentence.
    pub why: String,
}

/// What a policy may require.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProofClaimKind {
    /// Some person is paged by a step within a time.
    FirstPage,
    /// Two people are.
    SecondPerson,
    /// Nobody is on call for longer in their sleeping hours of any week.
    AsleepHoursAWeek,
}

/// One requirement, and whether it holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofClaim {
    /// Where it stands in the policy.
    pub path: String,
    /// What it asks.
    pub claim: ProofClaimKind,
    /// Of which severity; absent for the load.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The time within which, or the hours at most.
    pub limit: Elapsed,
    /// Whether it holds.
    pub proved: bool,
    /// The latest that was reached: the time of the first page or of the second person, or the largest load. Absent
    /// where it was not reached within the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Elapsed>,
    /// Whose load is the largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The Monday with which the week of the largest load begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<Date>,
    /// Where it fails, if it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counterexamples: Vec<Counterexample>,
    /// It in one sentence.
    pub why: String,
}

/// Declarations for which a requirement fails.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counterexample {
    /// The severity; absent for the load.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The areas for which it fails at these minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// Whether it fails also while no area is known.
    pub without_area: bool,
    /// With whom the turns of each team paged by `round-robin` begin in the incidents for which it fails: that follows
    /// from an incident's id. The trace is of the first. Empty where it fails whoever begins; the first members do then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<BTreeMap<TeamId, PersonId>>,
    /// Whose load is too large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The minutes of declaration, each span from its first minute to the one after its last; for a load, the week.
    pub spans: Vec<Span>,
    /// How many minutes there are in the spans.
    pub minutes: u32,
    /// The first of them.
    pub witness: Timestamp,
    /// What happens to an incident declared then, minute by minute.
    pub trace: Vec<TraceLine>,
    /// The finding of a check that tells the same, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Code>,
    /// It in one sentence.
    pub why: String,
}

/// What a step found when its time came.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum StepOutcome {
    /// Somebody to page.
    Paged,
    /// Only people who are engaged already.
    NobodyNew,
    /// Nobody at all.
    Nobody,
    /// The last resort was paged.
    Otherwise,
    /// Nobody, and nobody is the last resort.
    Unreachable,
}

/// One line of what happens to an incident.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TraceLine {
    /// When.
    pub at: Timestamp,
    /// How long after the declaration.
    pub after: Elapsed,
    /// Where the step stands in the policy.
    pub path: String,
    /// What it found.
    pub outcome: StepOutcome,
    /// Who was paged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// It in one sentence.
    pub why: String,
}

/// How long a person is on call.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnCallLoad {
    /// Who.
    pub person: PersonId,
    /// Where they live; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// How long in all.
    pub total: Elapsed,
    /// The longest in their sleeping hours of one week.
    pub asleep: Elapsed,
}
