//! What a difference tells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::escalation::proof::{ProofHorizon, TraceLine};
use crate::id::{AreaId, PersonId, ScheduleId, SeverityId, TeamId};
use crate::oncall::ScheduleDifference;
use crate::time::{Elapsed, Span, Timestamp};

/// What changes from one policy and its world to another, for every minute of a horizon in which an incident may be
/// declared, while nobody responds and nothing more is told.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyDifference {
    /// For which declarations.
    pub horizon: ProofHorizon,
    /// Every class of incidents to which the same happens, by severity and by when it happens first. The declarations of
    /// one severity, area and start are in at most one of them.
    pub changes: Vec<PolicyChange>,
    /// Who moves in the schedules that either policy names and both worlds have, by schedule; what was edited, and what
    /// was probably not meant. Schedules in which nothing changes are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub schedules: BTreeMap<ScheduleId, ScheduleDifference>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// Incidents in which people are paged otherwise, all in the same way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyChange {
    /// Of this severity.
    pub severity: SeverityId,
    /// In these areas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// Or while no area is known.
    pub without_area: bool,
    /// With whom the turns of teams begin in them. What happens is told of the first. Empty where it is so whoever
    /// begins; the first members do then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<PolicyChangeStart>,
    /// Declared in these spans.
    pub spans: Vec<Span>,
    /// How many minutes that is.
    pub minutes: u32,
    /// The first declaration that shows it.
    pub witness: Timestamp,
    /// Which page becomes which, for that declaration.
    pub pages: Vec<PageChange>,
    /// What happens to it by the old policy.
    pub before: Vec<TraceLine>,
    /// What happens to it by the new one.
    pub after: Vec<TraceLine>,
    /// In one sentence.
    pub why: String,
}

/// With whom the turns of each team paged by `round-robin` begin, which follows from an incident's id.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyChangeStart {
    /// By the old policy.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<TeamId, PersonId>,
    /// By the new one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub after: BTreeMap<TeamId, PersonId>,
}

/// What becomes of a page.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageChange {
    /// What.
    pub kind: PageChangeKind,
    /// Whose page it is now, or was where it is lost; absent where nobody can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Whose it was, where it goes to somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<PersonId>,
    /// How long after the declaration it came; absent where it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Elapsed>,
    /// How long after the declaration it comes; absent where it is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Elapsed>,
}

/// What can become of a page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PageChangeKind {
    /// It comes later.
    Later,
    /// It comes earlier.
    Earlier,
    /// It goes to somebody else at the same time.
    Instead,
    /// It does not come any more.
    Lost,
    /// It did not come before.
    New,
    /// It comes at the same time, more or less urgently.
    Urgency,
    /// Nobody can be reached, where somebody could.
    Unreachable,
    /// Somebody can be reached, where nobody could.
    Reachable,
}
