//! The noun, and its JSON.

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::id::{IncidentId, PersonId};
use crate::incident::Incident;
use crate::privacy::{Clearance, Viewer};
use crate::time::Timestamp;

use super::block::{SectionBlock, Sentence};
use super::section::RetrospectiveSection;
use super::template::RetrospectiveTemplate;
use super::{draft, markdown};

const SCHEMA: &str = "incident-core/retrospective/v1";

/// A retrospective: what the record knows about an incident, and what people still have to say.
///
/// ```
/// use incident_core::{Incident, PersonId, Retrospective};
///
/// let ana = PersonId::new("ana")?;
/// let id = "019acdef-0000-7000-8000-000000000001".parse()?;
/// let incident = Incident::declare(id, "checkout fails", &ana.at("2026-03-01T10:00:00Z".parse()?))?;
///
/// let retro = Retrospective::draft(&incident, "2026-03-02T10:00:00Z".parse()?)?;
/// assert_eq!(retro.missing_perspectives(), [&ana]);
/// assert!(retro.to_markdown().contains("### What went well\n\n_What went well?_\n"));
/// assert_eq!(Retrospective::from_json(&retro.to_json()?)?, retro);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Retrospective(Document);

/// What is stored.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Document {
    schema: String,
    incident: IncidentId,
    pub(super) title: String,
    drafted_at: Timestamp,
    /// What one wants to know first.
    pub(super) about: Vec<Sentence>,
    pub(super) sections: Vec<RetrospectiveSection>,
}

impl Retrospective {
    /// Drafts a retrospective for everybody inside: all ten sections, times in UTC.
    ///
    /// # Errors
    /// `retrospective.not_visible`, if the incident is restricted: say for whom with [`Retrospective::draft_for`]
    pub fn draft(incident: &Incident, at: Timestamp) -> Result<Self> {
        let inside = Viewer { person: None, clearance: Clearance::Internal };
        Self::draft_for(incident, &RetrospectiveTemplate::default(), &inside, at)
    }

    /// Drafts a retrospective from what a viewer may see, by a template. What is private stays private, also where the
    /// viewer wrote it: a retrospective is read by others.
    ///
    /// # Errors
    /// `retrospective.not_visible`, if the viewer may see nothing of the incident
    pub fn draft_for(
        incident: &Incident,
        template: &RetrospectiveTemplate,
        viewer: &Viewer,
        at: Timestamp,
    ) -> Result<Self> {
        let draft = draft::write(incident, template, viewer, at).ok_or_else(|| {
            let message = "the viewer may see nothing of the incident";
            Error::refused(codes::NOT_VISIBLE, message, Vec::new())
                .at("/viewer")
                .hint("name a viewer who is a member, or may see every incident")
        })?;
        let draft::Draft { title, about, sections } = draft;
        Ok(Self(Document {
            schema: SCHEMA.to_owned(),
            incident: incident.id(),
            title,
            drafted_at: at,
            about,
            sections,
        }))
    }

    /// The incident it is about.
    #[must_use]
    pub fn incident(&self) -> IncidentId {
        self.0.incident
    }

    /// What it is called: the title of the incident.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// When it was drafted.
    #[must_use]
    pub fn drafted_at(&self) -> Timestamp {
        self.0.drafted_at
    }

    /// Its sections, in order.
    #[must_use]
    pub fn sections(&self) -> &[RetrospectiveSection] {
        &self.0.sections
    }

    /// The responders whose account is still to come; empty where there is no narrative.
    #[must_use]
    pub fn missing_perspectives(&self) -> Vec<&PersonId> {
        let blocks = self.0.sections.iter().flat_map(|section| &section.blocks);
        let missing = blocks.filter_map(|block| match block {
            SectionBlock::Perspective(it) if it.is_missing() => Some(&it.person),
            _ => None,
        });
        missing.collect()
    }

    /// The document as Markdown for people (GitHub's): the same retrospective always gives the same bytes.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(&self.0)
    }

    /// The document as JSON, lossless.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        decode::to_text(&self.0)
    }

    /// A retrospective from its JSON.
    ///
    /// # Errors
    /// `retrospective.other_schema`; `contract.*` with a pointer
    pub fn from_json(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let Head { schema } = decode::from_text(text)?;
        if schema != SCHEMA {
            let message = format!("`{}` is not `{SCHEMA}`", crate::text::short(&schema));
            return Err(Error::invalid(codes::NOT_RETROSPECTIVE, message)
                .at("/schema")
                .hint("a later version may read it"));
        }
        decode::from_text(text).map(Self)
    }
}
