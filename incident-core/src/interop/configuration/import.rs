//! What reading gives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ConfigurationTool, ProviderIds};
use crate::finding::Finding;
use crate::handbook::{OrgDocument, TeamDocument};
use crate::id::TeamId;

/// The configuration of a tool as files of teams, as far as it can be said in them.
///
/// ```
/// use incident_core::interop::{ConfigurationFile, ConfigurationOptions, read_configuration};
///
/// let schedule = br#"{"schedule": {"id": "P1", "type": "schedule", "name": "Primary", "time_zone": "Europe/Berlin",
///     "schedule_layers": [{"name": "Weeks", "start": "2026-12-07T08:00:00+01:00", "rotation_turn_length_seconds": 604800,
///     "rotation_virtual_start": "2026-12-07T08:00:00+01:00",
///     "users": [{"user": {"id": "U1", "summary": "Ana"}}, {"user": {"id": "U2", "summary": "Bo"}}]}]}}"#;
/// let file = ConfigurationFile { name: "schedule.json".to_owned(), bytes: schedule.to_vec() };
/// let import = read_configuration(&[file], &ConfigurationOptions::default());
/// let rotation = &import.teams["pagerduty"].schedule["primary"].rotation[0];
/// assert_eq!(rotation.handoff, Some("Mon 08:00".parse()?));
/// assert_eq!(import.why, "1 team, from 1 schedule of PagerDuty");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigurationImport {
    /// Whose configuration it is.
    pub tools: Vec<ConfigurationTool>,
    /// What several teams share: people, and the severity of tools that know none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgDocument>,
    /// One document a team.
    pub teams: BTreeMap<TeamId, TeamDocument>,
    /// Which of our ids is which of theirs: the side file, with what was given in it.
    pub ids: ProviderIds,
    /// What there is, by tool and kind.
    pub inventory: Vec<InventoryLine>,
    /// Where things come from, by a JSON Pointer into `teams`, such as `/payments/schedule/primary/rotation/0`.
    pub origins: BTreeMap<String, ConfigurationOrigin>,
    /// What could not be read, what cannot be said in files, and what was decided for the reader; each with its place.
    pub findings: Vec<Finding>,
    /// What it comes to, in one sentence.
    pub why: String,
}

/// Objects of one kind.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InventoryLine {
    /// Whose.
    pub tool: ConfigurationTool,
    /// What they are, as the tool calls them: `schedule`, `escalation policy`.
    pub kind: String,
    /// How many.
    pub count: usize,
    /// What they are called, those that have a name; in alphabetical order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// Where something stood in an export.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigurationOrigin {
    /// The file.
    pub file: String,
    /// A JSON Pointer into it.
    pub path: String,
    /// What it is there: ``PagerDuty schedule `Daily Engineering Rotation` ``.
    pub object: String,
    /// The tool's own id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl ConfigurationImport {
    /// Where something in a team's document comes from: the nearest thing around it that has an origin.
    #[must_use]
    pub fn origin(&self, team: &TeamId, pointer: &str) -> Option<&ConfigurationOrigin> {
        let whole = format!("{}{pointer}", crate::text::pointer_step(team.as_str()));
        let mut place = whole.as_str();
        loop {
            if let Some(origin) = self.origins.get(place) {
                return Some(origin);
            }
            place = place.rsplit_once('/').map(|(around, _)| around).filter(|around| !around.is_empty())?;
        }
    }
}
