//! The schedule: a document, laid out and ready to be asked.

use std::sync::Arc;

use super::document::ScheduleDocument;
use super::overrides::{Absence, ScheduleOverride};
use super::plan::{Plan, build};
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::id::PersonId;
use crate::text::Source;

/// Who is on call, and when.
///
/// An answer depends on the document and the time zone data alone: it is the same from wherever one looks, costs the
/// same however long ago the rotation began, and says why.
///
/// ```
/// use incident_core::{Format, Schedule, Source};
///
/// let text = r#"
/// [[rotation]]
/// name    = "primary"
/// zone    = "Europe/Berlin"
/// turn    = "1 week"
/// start   = 2026-12-07
/// handoff = "Mon 08:00"
/// members = ["ana", "bo"]
/// "#;
/// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
/// let answer = schedule.on_call("2026-12-15T12:00:00Z".parse()?);
/// assert_eq!(answer.people[0].as_str(), "bo");
/// assert!(answer.why.starts_with("bo: rotation `primary`, turn 1, until Mon 2026-12-21 08:00 Berlin (07:00 UTC)"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Schedule {
    pub(super) document: ScheduleDocument,
    pub(super) plan: Plan,
    source: Option<Arc<Source>>,
}

impl Schedule {
    /// From a document in TOML, YAML or JSON; findings have their place in it.
    ///
    /// # Errors
    /// `contract.*` and `time.*` for what cannot be read, and those of [`Schedule::of`]: every problem with its place
    pub fn read(source: Source) -> Result<Self> {
        let document = source.read_and(|document| build(document).1)?;
        Self::lay_out(document, Some(Arc::new(source)))
    }

    /// From its parts.
    ///
    /// # Errors
    /// All problems as findings, the first one as the error: `oncall.*`, `directory.unknown_person`
    pub fn of(document: ScheduleDocument) -> Result<Self> {
        Self::lay_out(document, None)
    }

    fn lay_out(document: ScheduleDocument, source: Option<Arc<Source>>) -> Result<Self> {
        let (plan, problems) = build(&document);
        let problems = match &source {
            Some(source) => source.place(problems),
            None => problems,
        };
        match problems.first() {
            Some(first) => {
                let error = Error::invalid(first.code, first.message.clone()).at(first.path.clone());
                let error = Error { findings: problems.clone(), ..error };
                Err(first.help.iter().fold(error, |error, help| error.hint(help)))
            }
            None => Ok(Self { document, plan, source }),
        }
    }

    /// How a person is called.
    pub(super) fn name_of<'a>(&'a self, person: &'a PersonId) -> &'a str {
        let known = self.document.people.get(person);
        known.and_then(|known| known.name.as_deref()).unwrap_or(person.as_str())
    }

    /// Its parts, as they are written.
    #[must_use]
    pub fn document(&self) -> &ScheduleDocument {
        &self.document
    }

    /// The same schedule with more overrides, from a source of its own such as a provider's export: each answer that one
    /// of them has a part in names it. What comes from several texts has no place in one: findings keep their pointers.
    ///
    /// # Errors
    /// Those of [`Schedule::of`]
    pub fn with_overrides(&self, source: &str, overrides: impl IntoIterator<Item = ScheduleOverride>) -> Result<Self> {
        let named =
            |it: ScheduleOverride| ScheduleOverride { source: Some(it.source.unwrap_or(source.to_owned())), ..it };
        let mut document = self.document.clone();
        document.overrides.extend(overrides.into_iter().map(named));
        Self::lay_out(document, None)
    }

    /// The same schedule with more absences, from a source of its own such as a calendar of holidays. As with overrides,
    /// findings then have pointers only.
    ///
    /// # Errors
    /// Those of [`Schedule::of`]
    pub fn with_absences(&self, source: &str, absences: impl IntoIterator<Item = Absence>) -> Result<Self> {
        let named = |it: Absence| Absence { source: Some(it.source.unwrap_or(source.to_owned())), ..it };
        let mut document = self.document.clone();
        document.absence.extend(absences.into_iter().map(named));
        Self::lay_out(document, None)
    }

    /// Findings with their places in the text, where there is one.
    pub(super) fn placed(&self, found: Vec<Finding>) -> Vec<Finding> {
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
        decode::to_text(&ScheduleDocument { schema: Some(SCHEMA.to_owned()), ..self.document.clone() })
    }

    /// From what [`Schedule::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`, and those of [`Schedule::of`]
    pub fn from_json(text: &str) -> Result<Self> {
        Self::of(decode::from_text(text)?)
    }
}

/// The form of the document.
const SCHEMA: &str = "incident-core/schedule/v1";
