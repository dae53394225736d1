//! What reading gives.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::incident::Candidate;

/// What a tool sent, as far as it could be read.
///
/// ```
/// use incident_core::interop::{Options, read};
///
/// let sent = br#"{"version": "4", "groupKey": "{}:{}", "groupLabels": {}, "alerts": [{"status": "firing",
///     "labels": {"alertname": "DiskFull", "host": "db-1"}, "startsAt": "2026-03-01T10:00:00Z", "fingerprint": "ab12"}]}"#;
/// let import = read(sent, &Options::default())?;
/// assert_eq!(import.candidates[0].title, "DiskFull");
/// assert_eq!(import.extensions["/alerts/0/labels/host"], "\"db-1\"");
/// assert_eq!(import.why, "alertmanager proposes 1 incident: 1 alert fires, none is over");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Import {
    /// In which format it was.
    pub format: ImportFormat,
    /// The incidents it proposes; a person decides.
    pub candidates: Vec<Candidate>,
    /// What belongs to none of them, or could not be read; a finding says why.
    pub orphans: Vec<Orphan>,
    /// Everything else that was in it, by pointer, as JSON text and to the byte: numbers of any size survive.
    pub extensions: BTreeMap<String, String>,
    /// What was noticed, each with its pointer.
    pub findings: Vec<Finding>,
    /// What it comes to, in one sentence.
    pub why: String,
}

/// Something that was sent and belongs to nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Orphan {
    /// Where it stands.
    pub path: String,
    /// What it is, as JSON text.
    pub body: String,
}

/// What a tool sends.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ImportFormat {
    /// The webhook of Prometheus Alertmanager, version 4.
    Alertmanager,
    /// The webhook of Grafana's alerting, version 1: the same shape with more in it.
    Grafana,
}

impl ImportFormat {
    /// Every format that is read.
    pub const ALL: [Self; 2] = [Self::Alertmanager, Self::Grafana];

    /// Its name, which is also that of the source in what was read.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::Grafana => "grafana",
        }
    }
}

impl fmt::Display for ImportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
