//! What a backtest tells.

use serde::{Deserialize, Serialize};

use super::assumption::AcknowledgementAssumption;
use crate::escalation::action::EscalationTrack;
use crate::finding::Finding;
use crate::id::{PersonId, PolicyId, SeverityId};
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Timestamp};

/// What a policy would have done in past incidents. Counts and order statistics of just these incidents; it says nothing
/// about others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backtest {
    /// Which policy.
    pub policy: PolicyId,
    /// Which version of it.
    pub version: String,
    /// Who acknowledges, and when.
    pub assumption: AcknowledgementAssumption,
    /// Each incident, by when it was declared.
    pub incidents: Vec<BacktestIncident>,
    /// Everybody who is paged, most often paged first.
    pub people: Vec<BacktestPerson>,
    /// How many pages.
    pub pages: u32,
    /// How many nights are broken: a night of one person counts once, however often and by whatever it is broken.
    pub nights: u32,
    /// In how many incidents `otherwise` is paged.
    pub otherwise: u32,
    /// In how many incidents nobody can be reached at some time.
    pub nobody_reachable: u32,
    /// When steps reach the first person.
    pub first_person: BacktestTimes,
    /// When steps reach a second person.
    pub second_person: BacktestTimes,
    /// Which incidents were left out, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence, with what was assumed.
    pub why: String,
}

/// What a policy would have done in one incident.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestIncident {
    /// Which.
    pub id: String,
    /// How bad it was from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// Every page, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<BacktestPage>,
    /// When the first page goes out, whoever asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_page_at: Option<Timestamp>,
    /// How long after the declaration a step pages somebody; pages by `otherwise` never count, as in a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_person_after: Option<Elapsed>,
    /// How long after the declaration steps have paged a second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_person_after: Option<Elapsed>,
    /// Who is assumed to acknowledge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_by: Option<PersonId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Timestamp>,
    /// How long after the declaration `otherwise` is paged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise_after: Option<Elapsed>,
    /// How long after the declaration nobody can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nobody_reachable_after: Option<Elapsed>,
    /// Who is woken, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub woken: Vec<PersonId>,
    /// In one sentence.
    pub why: String,
}

/// A page of a backtest.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestPage {
    /// How long after the declaration, in whole minutes.
    pub after: Elapsed,
    /// Whom.
    pub person: PersonId,
    /// What asks for it.
    pub track: EscalationTrack,
    /// Which step of the track, from 0.
    pub step: u32,
    /// How urgently.
    pub urgency: Urgency,
    /// Whether it wakes them: it is urgent, and in their sleeping window (`asleep` of the policy, 22:00-07:00 in their own
    /// zone where there is none).
    pub wakes: bool,
}

/// What a policy asks of one person in past incidents.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestPerson {
    /// Who.
    pub person: PersonId,
    /// How many pages.
    pub pages: u32,
    /// In how many incidents.
    pub incidents: u32,
    /// In how many incidents they are the first who is paged.
    pub first: u32,
    /// How many of their nights are broken.
    pub nights: u32,
}

/// When something is reached, over all incidents: order statistics, in which never is longer than any time.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestTimes {
    /// In how many incidents.
    pub reached: u32,
    /// In how many it is never.
    pub never: u32,
    /// The shortest time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortest: Option<Elapsed>,
    /// The time within which at least half of the incidents get there, the shortest such; absent where that is never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median: Option<Elapsed>,
    /// The longest time; absent where it is never in some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<Elapsed>,
}
