//! Who is there: people with their zone, their lead and their buddies, teams, and areas with experts and dependencies.
//!
//! No contact data: how somebody is reached is the pager's, in a side file from person to the provider's id. A
//! [`Directory`] is read from the sections `[people]`, `[teams]` and `[areas]` of a file; [`Directory::check`] says what
//! is wrong with it, and the queries answer whom an escalation may ask.

mod check;
mod cycles;
mod document;
mod queries;

use std::sync::Arc;

pub use document::{Area, DirectoryDocument, Person, Team};

use crate::decode;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::text::Source;

/// People, teams and areas.
///
/// ```
/// use incident_core::{Directory, Format, PersonId, Source};
///
/// let text = r#"
/// [people]
/// ana  = { zone = "Europe/Berlin", lead = "hana", buddies = ["bo"] }
/// bo   = { zone = "Europe/Berlin", lead = "hana" }
/// hana = { zone = "Europe/London" }
/// [areas]
/// checkout = { experts = ["ana", "boo"] }
/// "#;
/// let directory = Directory::read(Source::parse(text, Format::Toml)?)?;
/// assert_eq!(directory.lead_of(&PersonId::new("ana")?, 1), Some(&PersonId::new("hana")?));
/// let found: Vec<String> = directory.check().iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["7:32: error[directory.unknown_person]: `boo` is not among the people; did you mean `bo`?"]);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Directory {
    document: DirectoryDocument,
    source: Option<Arc<Source>>,
}

impl Directory {
    /// From a document; what it refers to is looked at by [`Directory::check`], which then knows the places.
    ///
    /// # Errors
    /// `contract.*`, `id.bad_id`, `time.unknown_zone`: every problem with its place
    pub fn read(source: Source) -> Result<Self> {
        Ok(Self { document: source.read()?, source: Some(Arc::new(source)) })
    }

    /// From its parts.
    #[must_use]
    pub fn of(document: DirectoryDocument) -> Self {
        Self { document, source: None }
    }

    /// Its parts, as they are written.
    #[must_use]
    pub fn document(&self) -> &DirectoryDocument {
        &self.document
    }

    /// Everything that is wrong with it, in the order of the document.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let found = check::check(&self.document);
        match &self.source {
            Some(source) => source.place(found),
            None => found,
        }
    }

    /// The document, without its places.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let schema = Some(SCHEMA.to_owned());
        decode::to_text(&DirectoryDocument { schema, ..self.document.clone() })
    }

    /// From what [`Directory::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`, `id.bad_id`, `time.unknown_zone`
    pub fn from_json(text: &str) -> Result<Self> {
        decode::from_text(text).map(Self::of)
    }
}

const SCHEMA: &str = "incident-core/directory/v1";

/// A name that is not among the known ones.
fn unknown<'a>(code: crate::Code, name: &str, among: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let error = Error::invalid(code, format!("`{}` is not among the {among}", crate::text::short(name)));
    match crate::text::nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

#[cfg(test)]
mod tests;
