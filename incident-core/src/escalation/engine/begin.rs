//! How an escalation begins.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::super::minute::Minute;
use super::super::policy::EscalationPolicy;
use super::Escalation;
use super::deed::Deed;
use super::state::State;
use crate::error::Result;
use crate::id::{AreaId, IncidentId, SeverityId};
use crate::incident::Seq;
use crate::time::Timestamp;

/// What an escalation has to know of an incident when it begins.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationBasis {
    /// The incident, whose id names the pages.
    pub incident: IncidentId,
    /// How bad it is; absent while it is pending, which goes to `otherwise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The areas concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// How often it was reopened: an escalation after that has pages of its own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reopened: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl EscalationBasis {
    /// An incident of which nothing is known.
    #[must_use]
    pub fn new(incident: IncidentId) -> Self {
        Self { incident, severity: None, areas: Vec::new(), reopened: 0 }
    }
}

impl Escalation {
    /// Begins to page by a policy, whose version it keeps to.
    ///
    /// # Errors
    /// None in practice.
    pub fn begin(basis: EscalationBasis, policy: &EscalationPolicy, at: Timestamp) -> Result<Self> {
        let now = Minute::of(at);
        let (name, version) = (policy.name()?, policy.version().to_owned());
        let mut areas: Vec<AreaId> = Vec::new();
        basis.areas.into_iter().for_each(|area| {
            if !areas.contains(&area) {
                areas.push(area);
            }
        });
        let mut state = State {
            incident: basis.incident,
            reopened: basis.reopened,
            policy: name,
            version,
            severity: basis.severity,
            areas,
            fed: Seq(0),
            started: now,
            since: now,
            reached: now + -1,
            told: now,
            inbox: VecDeque::new(),
            outbox: [Deed::Started { instead_of: None }].into(),
            heard: Vec::new(),
            resolved: false,
            finished: false,
            acknowledged: None,
            snoozed_until: None,
            still_since: None,
            stood_still: 0,
            ahead: [0; 3],
            nothing_left: None,
            over: false,
            quiet_since: now,
            people: Vec::new(),
            responders: Vec::new(),
            paged_now: Vec::new(),
            turns: BTreeMap::new(),
            rounds: [const { Vec::new() }; 3],
            otherwise_rounds: 0,
            reassigned: 0,
            steps: [const { Vec::new() }; 3],
        };
        state.begin(policy.plan(), now, false);
        Ok(Self { policy: policy.clone(), state })
    }
}
