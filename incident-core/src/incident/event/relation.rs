//! What else it has to do with.

use serde::{Deserialize, Serialize};

use super::terms::{Provenance, RelationKind, State};
use crate::id::IncidentId;
use crate::incident::Seq;

/// It has to do with another incident.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// How.
    pub relation: RelationKind,
    /// The other incident.
    pub other: IncidentId,
    /// Whether the other is restricted; then only those see the relation who may see every incident.
    #[serde(default)]
    pub restricted: bool,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// It has nothing to do with it after all.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unrelated {
    /// The entry that said so.
    pub relation: Seq,
}

/// It is part of another incident; nothing is renumbered, and it can be undone.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Merged {
    /// The other incident.
    pub into: IncidentId,
    /// The new state.
    pub state: State,
}

/// It is an incident of its own after all.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unmerged {
    /// Why.
    pub reason: String,
    /// Where it goes on.
    pub state: State,
}

/// Another incident is part of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Absorbed {
    /// The other incident.
    pub incident: IncidentId,
}

/// The other incident is one of its own after all.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Released {
    /// The other incident.
    pub incident: IncidentId,
}

/// An alert belongs to it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlertAttached {
    /// Which alert.
    pub alert: Provenance,
    /// What it says.
    pub title: String,
}

/// An alert says that it is over.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlertResolved {
    /// Which alert.
    pub alert: Provenance,
}

/// Something to look at.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkAdded {
    /// What it is.
    pub label: String,
    /// Where it is.
    pub url: String,
}
