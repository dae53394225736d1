//! What a severity owes: the only home of deadlines and cadence.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes;
use crate::decode;
use crate::error::Error;
use crate::id::{AudienceId, PolicyId, RoleId};
use crate::time::{Elapsed, Term};

/// What a severity owes. What is absent is not owed.
///
/// ```
/// use incident_core::Response;
///
/// let owes: Response = serde_json::from_str(
///     r#"{"acknowledge": "5m", "roles": ["commander"], "cadence": {"customers": ["15m", "1h"]}}"#,
/// )?;
/// assert_eq!(owes.acknowledge, Some("5m".parse()?));
/// assert!(owes.retrospective.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Response {
    /// Somebody acknowledges within this term from the declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledge: Option<Term>,
    /// Roles that must be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleId>,
    /// Which audience hears when: `{ customers = ["5m", "20m"] }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cadence: BTreeMap<AudienceId, Cadence>,
    /// A retrospective is due within this term from the resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrospective: Option<Term>,
    /// The retrospective is reviewed within this term from the resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Term>,
    /// The escalation policy that pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyId>,
}

/// When an audience hears: the first update within one duration, then at least every other. Written as a pair,
/// `["5m", "20m"]`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "Vec<Elapsed>"))]
pub struct Cadence {
    /// The first update, from the declaration.
    pub first_within: Elapsed,
    /// Every update after the one before.
    pub then_every: Elapsed,
}

impl Serialize for Cadence {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        [self.first_within, self.then_every].serialize(to)
    }
}

impl<'de> Deserialize<'de> for Cadence {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        match Vec::<Elapsed>::deserialize(from)?.as_slice() {
            [first_within, then_every] if first_within.is_positive() && then_every.is_positive() => {
                Ok(Self { first_within: *first_within, then_every: *then_every })
            }
            _ => Err(decode::carry(
                Error::invalid(codes::BAD_CADENCE, "a cadence is two durations: the first update within, then every")
                    .hint("write `[\"15m\", \"1h\"]`"),
            )),
        }
    }
}

impl Cadence {
    /// `within 5 min, then every 20 min`.
    pub(super) fn words(self) -> String {
        format!("within {}, then every {}", self.first_within.words(), self.then_every.words())
    }
}

/// A term as people say it: `5 min`, `5 business days`.
pub(super) fn term(term: Term) -> String {
    match term {
        Term::Elapsed(elapsed) => elapsed.words(),
        days => days.to_string(),
    }
}
