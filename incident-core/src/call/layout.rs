//! Operations on the look of files.

use super::register::operations;
use crate::{
    Directory, EscalationPolicy, Format, OrgDocument, Schedule, SeverityScheme, TeamDocument, format_document,
};

operations! {
    Free:
    /// Formats a document of ours, TOML or JSON: the same values in the same order with every comment, in aligned columns,
    /// with conditions in the short form. The format is taken from the file's name or the text where absent. Formatting
    /// twice changes nothing more.
    ///
    /// What the document says is not checked. Invalid: `handbook.no_layout` for YAML, and `contract.*` with its place.
    new format_document(text: String, format: Option<Format>, file: Option<String>) -> Result<String> {
        format_document(&text, format, file.as_deref())
    }

    /// Writes a team's document as a file of TOML, laid out as a person would. `schema` is where its schema is, for editors:
    /// `../.schemas/team.v1.json` if absent.
    new team_to_toml(team: TeamDocument, schema: Option<String>) -> Result<String> {
        team.to_toml(schema.as_deref())
    }

    /// Writes an organisation's document as a file of TOML, laid out as a person would. `schema` is where its schema is, for
    /// editors: `.schemas/org.v1.json` if absent.
    new org_to_toml(org: OrgDocument, schema: Option<String>) -> Result<String> {
        org.to_toml(schema.as_deref())
    }

    Directory:
    /// The directory as a file of TOML, laid out as a person would. `schema` is where its schema is, for editors.
    view to_toml(directory: &Directory, schema: Option<String>) -> Result<String> {
        directory.document().to_toml(schema.as_deref())
    }

    SeverityScheme:
    /// The scheme as a file of TOML, laid out as a person would. `schema` is where its schema is, for editors.
    view to_toml(scheme: &SeverityScheme, schema: Option<String>) -> Result<String> {
        scheme.document().to_toml(schema.as_deref())
    }

    Schedule:
    /// The schedule as a file of TOML, laid out as a person would. `schema` is where its schema is, for editors.
    view to_toml(schedule: &Schedule, schema: Option<String>) -> Result<String> {
        schedule.document().to_toml(schema.as_deref())
    }

    EscalationPolicy:
    /// The policy as a file of TOML, laid out as a person would. `schema` is where its schema is, for editors.
    view to_toml(policy: &EscalationPolicy, schema: Option<String>) -> Result<String> {
        policy.document().to_toml(schema.as_deref())
    }
}
