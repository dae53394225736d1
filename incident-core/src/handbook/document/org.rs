//! What an organisation writes once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cadences, CalendarDays};
use crate::directory::{Area, Person, Team};
use crate::history::ColumnMap;
use crate::id::{AreaId, PersonId, TeamId};
use crate::oncall::Absence;
use crate::severity::SeveritySchemeDocument;
use crate::time::Window;

/// What all teams of an organisation share, in `org.toml`. What a team says itself stands before it.
///
/// ```
/// use incident_core::{Format, OrgDocument, Source};
///
/// let text = "schema = 'incident-core/org/v1'\n[severity]\norder = ['sev1', 'sev2']\nunknown = { assume = 'sev2' }";
/// let org: OrgDocument = Source::parse(text, Format::Toml)?.read()?;
/// assert!(org.severity.is_some());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgDocument {
    /// The form of the document: `incident-core/org/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/org/v1")))]
    pub schema: Option<String>,
    /// What the organisation is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// People whom several teams ask, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, Person>,
    /// Groups of people, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub teams: BTreeMap<TeamId, Team>,
    /// Product areas and services, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<AreaId, Area>,
    /// Named hours that steps may wait for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, Window>,
    /// Lists of days by name, for `except`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<String, CalendarDays>,
    /// Who is away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absence: Vec<Absence>,
    /// How bad an incident is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeveritySchemeDocument>,
    /// Which audience hears when, by severity: the first update within, then every.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cadence: Cadences,
    /// How exports of other tools are read, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnMap>,
}
