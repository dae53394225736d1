//! Sections.

use serde::{Deserialize, Serialize};

use super::block::SectionBlock;

/// A section of a retrospective.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetrospectiveSection {
    /// What it is about.
    pub kind: SectionKind,
    /// What it says and asks, in order.
    pub blocks: Vec<SectionBlock>,
}

/// What a section is about: the ten of the guide, in its order.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SectionKind {
    /// What happened, in two or three sentences.
    Summary,
    /// What it did to customers, and what it did not.
    CustomerImpact,
    /// What will change, who does it and when.
    FollowUpActions,
    /// What contributed, and what kept the harm small.
    ContributingFactors,
    /// How each responder saw it.
    Narrative,
    /// What happened when.
    Timeline,
    /// What failed, what was suspected and what was tried.
    TechnicalAnalysis,
    /// What was surprising, hard or improvised.
    QualitativeAnalysis,
    /// How the response went, and where we got lucky.
    ProcessAnalysis,
    /// Who was told what.
    Messaging,
}

impl SectionKind {
    /// All ten, in order.
    pub const ALL: [Self; 10] = [
        Self::Summary,
        Self::CustomerImpact,
        Self::FollowUpActions,
        Self::ContributingFactors,
        Self::Narrative,
        Self::Timeline,
        Self::TechnicalAnalysis,
        Self::QualitativeAnalysis,
        Self::ProcessAnalysis,
        Self::Messaging,
    ];

    /// Its heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::CustomerImpact => "Customer impact",
            Self::FollowUpActions => "Follow-up actions",
            Self::ContributingFactors => "Contributing factors",
            Self::Narrative => "Narrative",
            Self::Timeline => "Timeline",
            Self::TechnicalAnalysis => "Technical analysis",
            Self::QualitativeAnalysis => "Qualitative analysis",
            Self::ProcessAnalysis => "Process analysis",
            Self::Messaging => "Messaging",
        }
    }
}
