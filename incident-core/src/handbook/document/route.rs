//! Which policy an incident gets.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::id::PolicyId;

/// One line of a team's routes: the first whose condition holds decides.
///
/// ```
/// use incident_core::{Format, PolicyRoute, Source};
///
/// let route: PolicyRoute = Source::parse("when = { areas = 'ledger' }\npolicy = 'ledger'", Format::Toml)?.read()?;
/// assert_eq!(route.policy.as_str(), "ledger");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyRoute {
    /// When it holds; always, where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Only within these named hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The policy.
    pub policy: PolicyId,
    /// Why, for whoever reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}
