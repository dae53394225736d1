//! Another severity, as a proposal.

use serde::{Deserialize, Serialize};

use super::classification::Classification;
use super::difference::{ResponseDifference, difference};
use super::scheme::SeverityScheme;
use crate::condition::Facts;
use crate::error::Result;
use crate::id::SeverityId;

/// A proposal: what the severity would be, and what that changes for the people involved. Nothing is changed by it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reclassification {
    /// The severity now; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<SeverityId>,
    /// The severity proposed; absent where there is none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<SeverityId>,
    /// Whether the two differ.
    pub changes: bool,
    /// What it rests on.
    pub classification: Classification,
    /// What changes in what is owed; absent unless both severities are there and differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<ResponseDifference>,
    /// In a sentence or two.
    pub why: String,
}

impl SeverityScheme {
    /// What a change from one severity to another changes in what is owed.
    ///
    /// # Errors
    /// `severity.unknown_severity`
    pub fn difference(&self, before: &SeverityId, after: &SeverityId) -> Result<ResponseDifference> {
        let (old, new) = (self.response(before)?, self.response(after)?);
        Ok(difference((before, &old), (after, &new), [&self.name(before), &self.name(after)]))
    }

    /// What the severity would be by these facts, as a proposal with the difference in obligations.
    ///
    /// # Errors
    /// `severity.unknown_severity`, and those of [`SeverityScheme::classify`]
    pub fn reclassify(&self, before: Option<&SeverityId>, facts: &Facts) -> Result<Reclassification> {
        if let Some(before) = before {
            self.rank(before)?;
        }
        let classification = self.classify(facts)?;
        let after = classification.severity.clone();
        let changes = before != after.as_ref();
        let difference = match (before, &after) {
            (Some(before), Some(after)) if changes => Some(self.difference(before, after)?),
            _ => None,
        };
        let mut why = match (before, changes) {
            (Some(before), false) => format!("It stays {}. {}", self.name(before), classification.why),
            _ => classification.why.clone(),
        };
        if let Some(difference) = &difference {
            why = format!("{why} {}.", difference.why);
        }
        Ok(Reclassification { before: before.cloned(), after, changes, classification, difference, why })
    }
}
