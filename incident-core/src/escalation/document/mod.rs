//! A policy as it is written.

mod allow;
mod prove;
mod rules;
mod step;
mod target;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use allow::Allowance;
pub use prove::{HoursLimit, LoadRequirement, PagedWithin, ProofRequirements};
pub use rules::{EscalationRules, OnEmpty, Otherwise, SeverityTracks, TrackEnd};
pub use step::{EscalationStep, HelpWanted, PageAgain, SeverityMove, StepWhen};
pub use target::PageTarget;

use crate::id::PolicyId;
use crate::time::Window;

/// The name of the document.
pub(super) const SCHEMA: &str = "incident-core/policy/v1";

/// An escalation policy as people write it: whom to page, when, and what has to be proved of that.
///
/// ```
/// use incident_core::{EscalationPolicyDocument, Format, Source};
///
/// let text = r#"
/// [escalation]
/// otherwise = { after = "15m", page = ["person:hana"] }
/// [escalation.sev1]
/// first = [{ page = ["on-call:primary"] }, { at = "5m", page = ["next:primary", "buddy"] }]
/// "#;
/// let document: EscalationPolicyDocument = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(document.escalation.severities.len(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationPolicyDocument {
    /// The form of the document: `incident-core/policy/v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/policy/v1")))]
    pub schema: Option<String>,
    /// What it is called; `escalation` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PolicyId>,
    /// Its version, which an escalation keeps to; a hash of its content where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Named hours that steps may wait for. The one called `asleep` says when people sleep.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, Window>,
    /// Whom to page, by severity.
    pub escalation: EscalationRules,
    /// What has to be proved of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prove: Option<ProofRequirements>,
    /// What a check may find and nobody need mend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allowance>,
}
