//! What a team wants in its retrospectives.

use serde::{Deserialize, Serialize};

use crate::time::Zone;

use super::SectionKind;

/// Which sections a retrospective has, in which order, and in which zone it tells time.
///
/// ```
/// use incident_core::{RetrospectiveTemplate, SectionKind};
///
/// assert_eq!(RetrospectiveTemplate::default().sections, SectionKind::ALL);
/// assert_eq!(RetrospectiveTemplate::lightweight().sections.len(), 4);
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetrospectiveTemplate {
    /// The sections; all ten if absent.
    pub sections: Vec<SectionKind>,
    /// The zone of the times in it; UTC if absent.
    pub zone: Zone,
}

impl Default for RetrospectiveTemplate {
    fn default() -> Self {
        Self { sections: SectionKind::ALL.to_vec(), zone: Zone::UTC }
    }
}

impl RetrospectiveTemplate {
    /// For incidents that did little harm: summary, customer impact, follow-up actions and timeline.
    #[must_use]
    pub fn lightweight() -> Self {
        use SectionKind::{CustomerImpact, FollowUpActions, Summary, Timeline};
        Self { sections: vec![Summary, CustomerImpact, FollowUpActions, Timeline], ..Self::default() }
    }
}
