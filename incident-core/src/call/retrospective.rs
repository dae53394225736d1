//! The operations of retrospectives.

use super::register::operations;
use crate::{
    Clearance, Incident, IncidentId, PersonId, Retrospective, RetrospectiveSection, RetrospectiveTemplate, Timestamp,
    Viewer,
};

operations! { Retrospective:
    /// Drafts a retrospective from the record: what it knows is said, with the entries it comes from, and what only
    /// people know is asked. By default all ten sections, times in UTC, and what everybody inside may see; what is
    /// private never appears.
    ///
    /// Refused: `retrospective.not_visible`.
    new draft(incident: &Incident, at: Timestamp, template: Option<RetrospectiveTemplate>, viewer: Option<Viewer>) -> Result<Retrospective> {
        let viewer = viewer.unwrap_or(Viewer { person: None, clearance: Clearance::Internal });
        Retrospective::draft_for(incident, &template.unwrap_or_default(), &viewer, at)
    }

    /// The incident it is about.
    view incident(retrospective: &Retrospective) -> Result<IncidentId> {
        Ok(retrospective.incident())
    }

    /// What it is called: the title of the incident.
    view title(retrospective: &Retrospective) -> Result<String> {
        Ok(retrospective.title().to_owned())
    }

    /// When it was drafted.
    view drafted_at(retrospective: &Retrospective) -> Result<Timestamp> {
        Ok(retrospective.drafted_at())
    }

    /// Its sections as data, in order.
    view sections(retrospective: &Retrospective) -> Result<Vec<RetrospectiveSection>> {
        Ok(retrospective.sections().to_vec())
    }

    /// The responders whose account is still to come.
    view missing_perspectives(retrospective: &Retrospective) -> Result<Vec<PersonId>> {
        Ok(retrospective.missing_perspectives().into_iter().cloned().collect())
    }

    /// The document as Markdown for people; the same retrospective always gives the same bytes.
    view to_markdown(retrospective: &Retrospective) -> Result<String> {
        Ok(retrospective.to_markdown())
    }
}
