//! What the caller decides.

use serde::{Deserialize, Serialize};

use crate::time::Zone;

use super::ImportFormat;

/// How to read: everything that no payload says by itself.
///
/// ```
/// use incident_core::interop::{LabelFact, Options};
///
/// let mut options = Options::default();
/// options.label_facts.push(LabelFact { label: "team".to_owned(), fact: "teams".to_owned(), many: true });
/// assert_eq!(options.format, None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The format; absent to tell it by the shape.
    pub format: Option<ImportFormat>,
    /// The zone of times that name none; absent to leave such times out, with a finding.
    pub zone: Option<Zone>,
    /// Which labels become facts. What stands here is all that is derived from labels.
    pub label_facts: Vec<LabelFact>,
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, zone: None, label_facts: LabelFact::defaults() }
    }
}

/// A label of alerts that becomes a fact about the incident.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LabelFact {
    /// The label.
    pub label: String,
    /// The fact, by its name in the vocabulary.
    pub fact: String,
    /// Whether the fact is the set of all values. If not, it is text, and known only where all alerts agree.
    #[serde(default)]
    pub many: bool,
}

impl LabelFact {
    /// The table that holds where the caller has none: `service` and `area` become `areas`, and `severity` becomes
    /// `alert_severities`. Somebody else's severity stays a fact: what it means here is for the rules of a scheme to say.
    #[must_use]
    pub fn defaults() -> Vec<Self> {
        let row = |label: &str, fact: &str| Self { label: label.to_owned(), fact: fact.to_owned(), many: true };
        vec![row("service", "areas"), row("area", "areas"), row("severity", "alert_severities")]
    }
}
