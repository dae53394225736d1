//! Which tools there are, and where each is read and written.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::detect::{Gathered, Shape};
use super::draft::Draft;
use super::losses::Loss;
use super::plan::Plan;
use super::{goalert, grafana, incident_io, opsgenie, pagerduty};

/// A tool that has schedules and policies, and pages people.
///
/// ```
/// use incident_core::interop::ConfigurationTool;
///
/// assert_eq!(ConfigurationTool::IncidentIo.as_str(), "incident_io");
/// assert_eq!(ConfigurationTool::IncidentIo.label(), "incident.io");
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConfigurationTool {
    /// PagerDuty: the REST API, and Terraform's provider.
    Pagerduty,
    /// Opsgenie.
    Opsgenie,
    /// Jira Service Management Operations, which took Opsgenie's place.
    Jsm,
    /// Grafana OnCall and Grafana IRM.
    Grafana,
    /// GoAlert.
    Goalert,
    /// incident.io.
    IncidentIo,
    /// Rootly.
    Rootly,
}

impl ConfigurationTool {
    /// Every tool.
    pub const ALL: [Self; 7] =
        [Self::Pagerduty, Self::Opsgenie, Self::Jsm, Self::Grafana, Self::Goalert, Self::IncidentIo, Self::Rootly];

    /// Its name in files, which is also that of the team of what belongs to none.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pagerduty => "pagerduty",
            Self::Opsgenie => "opsgenie",
            Self::Jsm => "jsm",
            Self::Grafana => "grafana",
            Self::Goalert => "goalert",
            Self::IncidentIo => "incident_io",
            Self::Rootly => "rootly",
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pagerduty => "PagerDuty",
            Self::Opsgenie => "Opsgenie",
            Self::Jsm => "Jira Service Management",
            Self::Grafana => "Grafana OnCall",
            Self::Goalert => "GoAlert",
            Self::IncidentIo => "incident.io",
            Self::Rootly => "Rootly",
        }
    }
}

impl fmt::Display for ConfigurationTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// From a plan to files by their names.
pub(super) type Write = fn(&mut Plan<'_>) -> BTreeMap<String, String>;

/// What there is to know about a tool.
pub(super) struct Tool {
    pub(super) tool: ConfigurationTool,
    /// By which its objects are known, the most telling first.
    pub(super) shapes: &'static [Shape],
    /// The first letters of its resources in Terraform.
    pub(super) terraform: &'static [&'static str],
    /// From its objects to a draft of files.
    pub(super) read: for<'a> fn(&Gathered<'a>, &mut Draft<'a>),
    /// From files to what it takes; absent where it is only read.
    pub(super) write: Option<Write>,
    /// What it cannot say, by the place in a team's file.
    pub(super) losses: &'static [Loss],
}

/// Every tool that is read.
pub(super) static TOOLS: &[Tool] =
    &[pagerduty::TOOL, opsgenie::TOOL, opsgenie::JSM, grafana::TOOL, goalert::TOOL, incident_io::TOOL];
