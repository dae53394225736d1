//! What a policy has to know of a past incident.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::id::{AreaId, PersonId, SeverityId};
use crate::incident::event::HelpReason;
use crate::time::Timestamp;

/// A past incident, as far as a policy has to know it.
///
/// ```
/// use incident_core::{Format, PastIncident, Source};
///
/// let text = r#"{"id": "INC-7", "severity": "sev1", "areas": ["payouts"], "declared_at": "2026-12-14T19:55:00Z"}"#;
/// let incident: PastIncident = Source::parse(text, Format::Json)?.read()?;
/// assert_eq!(incident.resolved_at, None);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastIncident {
    /// What it is called where it is kept; where targets take turns, they begin by it.
    pub id: String,
    /// How bad it was from the beginning; absent where nobody knows, which goes to `otherwise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// The areas concerned, all of them from the beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// When it was declared: paging begins then.
    pub declared_at: Timestamp,
    /// When somebody acknowledged it, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Timestamp>,
    /// When it was over, if that is known: nobody is paged from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    /// Each time it became worse or milder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<PastSeverity>,
    /// Each time help was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<PastHelp>,
    /// Each time something moved: an update, an outcome, a milestone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress_at: Vec<Timestamp>,
}

/// A change of severity.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastSeverity {
    /// When.
    pub at: Timestamp,
    /// The new severity.
    pub severity: SeverityId,
    /// Whether it is worse than before; where absent it is if its name sorts before the old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<bool>,
}

/// Help asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastHelp {
    /// When.
    pub at: Timestamp,
    /// What was missing.
    pub reason: HelpReason,
    /// Who asked; they count as a responder from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// Past incidents out of a history, and what is to be said of those that were left out.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastIncidents {
    /// Those that a policy can be run against.
    pub incidents: Vec<PastIncident>,
    /// Why others were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl PastIncident {
    /// One of which nothing more is known.
    #[must_use]
    pub fn new(id: impl Into<String>, severity: Option<SeverityId>, declared_at: Timestamp) -> Self {
        Self {
            id: id.into(),
            severity,
            areas: Vec::new(),
            declared_at,
            acknowledged_at: None,
            resolved_at: None,
            severities: Vec::new(),
            help: Vec::new(),
            progress_at: Vec::new(),
        }
    }
}
