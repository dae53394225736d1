//! How an escalation stands.

use serde::{Deserialize, Serialize};

use super::Escalation;
use crate::id::{AreaId, IncidentId, PersonId, PolicyId, SeverityId};
use crate::time::Timestamp;

/// How an escalation stands, as far as it was worked through.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationStatus {
    /// The incident.
    pub incident: IncidentId,
    /// The policy it keeps to.
    pub policy: PolicyId,
    /// Which version of it.
    pub version: String,
    /// How bad it is; absent while that is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The areas concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// When the tracks of this severity began.
    pub since: Timestamp,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_by: Option<PersonId>,
    /// Until when it is snoozed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// Everybody who was paged or has acted, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engaged: Vec<PersonId>,
    /// Those of them whose last page did not arrive, and who have not acted since: nobody has heard of it through them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undelivered: Vec<PersonId>,
    /// Those whose buddies and leads may be paged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responders: Vec<PersonId>,
    /// Whether the first response is over.
    pub first_response_over: bool,
    /// Whether it is over altogether.
    pub finished: bool,
    /// When something comes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_deadline: Option<Timestamp>,
}

impl Escalation {
    /// How it stands.
    #[must_use]
    pub fn status(&self) -> EscalationStatus {
        let state = self.state();
        let responders = state.responders.iter().filter_map(|at| state.involved(*at));
        EscalationStatus {
            incident: state.incident,
            policy: state.policy.clone(),
            version: state.version.clone(),
            severity: state.severity.clone(),
            areas: state.areas.clone(),
            since: state.since.start(),
            acknowledged_by: state.acknowledged.as_ref().map(|it| it.by.clone()),
            snoozed_until: state.snoozed_until.map(super::Minute::start),
            engaged: state.people.iter().filter(|it| it.engaged).map(|it| it.person.clone()).collect(),
            undelivered: state.people.iter().filter(|it| it.undelivered).map(|it| it.person.clone()).collect(),
            responders: responders.map(|it| it.person.clone()).collect(),
            first_response_over: state.over,
            finished: state.resolved,
            next_deadline: self.next_deadline(),
        }
    }
}
