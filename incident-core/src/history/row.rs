//! One incident of a history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::MilestoneId;
use crate::incident::event::IncidentKind;
use crate::time::Timestamp;

/// One incident, for histories that come from rows of your own.
///
/// ```
/// use incident_core::{History, HistoryRow, Metric};
///
/// let row = HistoryRow::new("INC-7").at("started", "2026-03-01T10:00:00Z".parse()?).at("resolved", "2026-03-01T10:31:00Z".parse()?);
/// let history = History::from_rows([row], "2026-04-01T00:00:00Z".parse()?);
/// assert_eq!(history.summarize(&Metric::time_to_resolve()).median.value, Some(31.0));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryRow {
    /// Its id; may be absent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What was wrong; may be absent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its instants, as far as they are known.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub milestones: BTreeMap<MilestoneId, Timestamp>,
    /// Its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Its kind; `standard` where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<IncidentKind>,
    /// The areas it touched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Further categories by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, String>,
}

impl HistoryRow {
    /// A row of which only the id is known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The same with an instant more; a name that no milestone can have changes nothing.
    #[must_use]
    pub fn at(mut self, milestone: &str, at: Timestamp) -> Self {
        if let Ok(milestone) = MilestoneId::new(milestone) {
            self.milestones.insert(milestone, at);
        }
        self
    }
}
