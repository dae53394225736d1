//! The side file: which of our ids is which of a tool's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ConfigurationTool;
use crate::decode;
use crate::error::Result;
use crate::id::{AreaId, PersonId, TeamId};
use crate::text::Source;

/// Which of our ids is which of a tool's, in a file beside those of the teams. No phone and no address stands in it.
///
/// A schedule is named by its team and its name, `payments/primary`; a policy `payments/escalation` or
/// `payments/NAME`, and with a severity, `payments/escalation.sev1`, where a tool has one for each severity.
///
/// ```
/// use incident_core::interop::{ConfigurationTool, ProviderIds};
/// use incident_core::{Format, Source};
///
/// let text = r#"
/// schema = "incident-core/ids/v1"
/// [pagerduty.people]
/// ana = "PXPGF42"
/// [pagerduty.schedules]
/// "payments/primary" = { id = "PI7DH85", name = "Payments, first line" }
/// "#;
/// let ids = ProviderIds::read(&Source::parse(text, Format::Toml)?)?;
/// assert_eq!(ids.of(ConfigurationTool::Pagerduty).people["ana"], "PXPGF42");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProviderIds {
    /// The form of the document: `incident-core/ids/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/ids/v1")))]
    pub schema: Option<String>,
    /// Those of PagerDuty.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub pagerduty: ToolIds,
    /// Those of Opsgenie.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub opsgenie: ToolIds,
    /// Those of Jira Service Management.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub jsm: ToolIds,
    /// Those of Grafana OnCall.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub grafana: ToolIds,
    /// Those of GoAlert.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub goalert: ToolIds,
    /// Those of incident.io.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub incident_io: ToolIds,
    /// Those of Rootly.
    #[serde(skip_serializing_if = "ToolIds::is_empty")]
    pub rootly: ToolIds,
}

/// The ids of one tool.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToolIds {
    /// Those of people.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, String>,
    /// Those of teams.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub teams: BTreeMap<TeamId, ProviderObject>,
    /// Those of schedules, by team and name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schedules: BTreeMap<String, ProviderObject>,
    /// Those of policies, by team and name, and perhaps severity.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub policies: BTreeMap<String, ProviderObject>,
    /// Those of product areas and services.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<AreaId, ProviderObject>,
}

/// What an object is in the tool.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProviderObject {
    /// Its id there; absent while it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is called there; our id of it where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The form of the document.
pub(super) const SCHEMA: &str = "incident-core/ids/v1";

impl ProviderIds {
    /// From a document.
    ///
    /// # Errors
    /// `contract.*`, `id.bad_id`: every problem with its place
    pub fn read(source: &Source) -> Result<Self> {
        source.read()
    }

    /// The document as JSON.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        decode::to_text(self)
    }

    /// Those of a tool.
    #[must_use]
    pub const fn of(&self, tool: ConfigurationTool) -> &ToolIds {
        match tool {
            ConfigurationTool::Pagerduty => &self.pagerduty,
            ConfigurationTool::Opsgenie => &self.opsgenie,
            ConfigurationTool::Jsm => &self.jsm,
            ConfigurationTool::Grafana => &self.grafana,
            ConfigurationTool::Goalert => &self.goalert,
            ConfigurationTool::IncidentIo => &self.incident_io,
            ConfigurationTool::Rootly => &self.rootly,
        }
    }

    /// Those of a tool, to change them.
    pub const fn of_mut(&mut self, tool: ConfigurationTool) -> &mut ToolIds {
        match tool {
            ConfigurationTool::Pagerduty => &mut self.pagerduty,
            ConfigurationTool::Opsgenie => &mut self.opsgenie,
            ConfigurationTool::Jsm => &mut self.jsm,
            ConfigurationTool::Grafana => &mut self.grafana,
            ConfigurationTool::Goalert => &mut self.goalert,
            ConfigurationTool::IncidentIo => &mut self.incident_io,
            ConfigurationTool::Rootly => &mut self.rootly,
        }
    }
}

impl ToolIds {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
            && self.teams.is_empty()
            && self.schedules.is_empty()
            && self.policies.is_empty()
            && self.areas.is_empty()
    }
}

/// Our name of an object: by its id, and where it has none, or an unknown one, by a name that only one has.
pub(super) fn named<'a, K>(all: &'a BTreeMap<K, ProviderObject>, id: Option<&str>, name: &str) -> Option<&'a K> {
    let by_id = id.and_then(|id| all.iter().find(|(_, object)| object.id.as_deref() == Some(id)));
    let mut by_name = all.iter().filter(|(_, object)| {
        object.name.as_deref() == Some(name) && (id.is_none() || object.id.is_none() || object.id.as_deref() == id)
    });
    let by_name = by_name.next().filter(|_| by_name.next().is_none());
    by_id.or(by_name).map(|(ours, _)| ours)
}

/// The tool's id of an object that does not say it, by a name that only one has.
pub(super) fn known_id<K: Ord>(all: &BTreeMap<K, ProviderObject>, name: &str) -> Option<String> {
    all.get(named(all, None, name)?)?.id.clone()
}
