//! An escalation as text: with its policy, or to be resumed with it.

use serde::{Deserialize, Serialize};

use super::Escalation;
use super::state::State;
use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::escalation::{EscalationPolicy, EscalationPolicyDocument};

/// The name of the document.
const SCHEMA: &str = "incident-core/escalation/v1";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy: Option<EscalationPolicyDocument>,
    state: State,
}

impl Escalation {
    /// Everything, the policy included: complete in itself.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        self.store(Some(self.policy.document().clone()))
    }

    /// Its state alone, for a host that keeps its policies elsewhere; [`Escalation::resume`] takes it up.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_state(&self) -> Result<String> {
        self.store(None)
    }

    fn store(&self, policy: Option<EscalationPolicyDocument>) -> Result<String> {
        decode::to_text(&Stored { schema: SCHEMA.to_owned(), policy, state: self.state.clone() })
    }

    /// From what [`Escalation::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`; `escalation.no_policy` for a state alone; `escalation.other_version` where its policy is not of the
    /// version that it keeps to; `escalation.broken_state`
    pub fn from_json(text: &str) -> Result<Self> {
        let Stored { policy, state, .. } = read(text)?;
        let Some(policy) = policy else {
            let error = Error::invalid(codes::NO_POLICY, "the state came without its policy").at("/policy");
            return Err(error.hint("resume it with the policy"));
        };
        Self::take_up(state, &EscalationPolicy::of(policy).map_err(|error| error.within("/policy"))?)
    }

    /// Goes on from what [`Escalation::to_state`] wrote, with the policy that it began with.
    ///
    /// # Errors
    /// `contract.*`; `escalation.other_version` (a `Conflict`) where the policy is of another version: resume with the
    /// old one, then [`upgrade`](Escalation::upgrade); `escalation.broken_state`
    pub fn resume(text: &str, policy: &EscalationPolicy) -> Result<Self> {
        Self::take_up(read(text)?.state, policy)
    }

    fn take_up(state: State, policy: &EscalationPolicy) -> Result<Self> {
        if policy.version() != state.version || policy.name()? != state.policy {
            let (pinned, given) = (&state.version, policy.version());
            let message = format!("it keeps to version {pinned} of `{}`, and this is {given}", state.policy);
            let error = Error::conflict(codes::OTHER_VERSION, message).at("/policy");
            return Err(error.hint("resume it with the version it began with, then upgrade it"));
        }
        if !state.holds_together(policy.plan().at(state.severity.as_ref()).0) {
            return Err(Error::invalid(codes::BROKEN_STATE, "the parts of the state do not fit").at("/state"));
        }
        Ok(Self { policy: policy.clone(), state })
    }
}

fn read(text: &str) -> Result<Stored> {
    let stored: Stored = decode::from_text(text)?;
    if stored.schema == SCHEMA {
        return Ok(stored);
    }
    let message = format!("`{}` is not this document", crate::text::short(&stored.schema));
    Err(Error::invalid(codes::BAD_FIELD, message).at("/schema").hint(format!("write `{SCHEMA}`")))
}
