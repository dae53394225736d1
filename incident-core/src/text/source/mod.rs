//! Documents people write: JSON, TOML and YAML as one tree with places, read as a value with all problems at once.

mod json;
mod mend;
mod node;
mod slips;
mod toml;
#[cfg(feature = "formats")]
mod yaml;

use serde::de::DeserializeOwned;

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Place};
use crate::limits::LIMITS;

use node::Node;
pub(crate) use node::{Node as Tree, Value as TreeValue, pointer_step};

/// In what a document is written.
#[derive(Clone, Copy, Debug, serde::Deserialize, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Format {
    /// JSON.
    Json,
    /// TOML 1.0.
    Toml,
    /// YAML 1.2, with feature `formats`.
    Yaml,
}

impl Format {
    /// By the ending of a file's name, else by the text: JSON begins with a bracket, TOML has a line with ` = ` or a
    /// table before any line with a colon, everything else is YAML.
    #[must_use]
    pub fn of(file: Option<&str>, text: &str) -> Self {
        match file.and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("json") => return Self::Json,
            Some("toml") => return Self::Toml,
            Some("yaml" | "yml") => return Self::Yaml,
            _ => {}
        }
        if text.trim_start().starts_with('{') {
            return Self::Json;
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let is_toml = |line: &str| {
            let key = line.split_once('=').map(|(key, _)| key.trim_end());
            line.starts_with('[') || key.is_some_and(|key| !key.contains([':', '{', '[']))
        };
        if lines.take(1).any(is_toml) { Self::Toml } else { Self::Yaml }
    }
}

/// A document as text, with the place of everything in it.
///
/// ```
/// use incident_core::{Calendar, Format, Source};
///
/// let text = "holidays = [\"2026-12-25\"]\nworkdsys = [\"mon\"]\nworkdays = [\"someday\"]\n";
/// let refused = Source::parse(text, Format::Toml)?.named("calendar.toml").read::<Calendar>().unwrap_err();
/// let lines: Vec<String> = refused.findings.iter().map(ToString::to_string).collect();
/// assert_eq!(lines[0], "calendar.toml:2:1: error[contract.unknown_field]: unknown field `workdsys`; did you mean `workdays`?");
/// assert!(lines[1].starts_with("calendar.toml:3:13: error[contract.bad_field]: unknown variant `someday`"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
    file: Option<String>,
    root: Node,
}

impl Source {
    /// Parses a document; what it means comes later, with [`Source::read`].
    ///
    /// # Errors
    /// `contract.not_json`, `contract.not_toml`, `contract.not_yaml`, `contract.duplicate_key`, `contract.too_large`,
    /// `contract.too_deep`, each with its place
    pub fn parse(text: &str, format: Format) -> Result<Self> {
        LIMITS.document(text.len())?;
        let root = match format {
            Format::Json => json::parse(text),
            Format::Toml => toml::parse(text),
            #[cfg(feature = "formats")]
            Format::Yaml => yaml::parse(text),
            #[cfg(not(feature = "formats"))]
            Format::Yaml => {
                Err(node::Broken::at(0..0, codes::NOT_YAML, "this build reads no YAML: switch on feature `formats`"))
            }
        };
        let lines = || std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        let source = |root| Self { text: text.to_owned(), lines: lines(), file: None, root };
        root.map(source).map_err(|broken| {
            let place = source(Node::null()).place_of(&broken.span);
            broken.error(place)
        })
    }

    /// Parses a document whose format may be left to [`Format::of`], with the name of its file in every place, also
    /// where it cannot be parsed.
    ///
    /// # Errors
    /// As [`Source::parse`]
    pub fn open(text: &str, format: Option<Format>, file: Option<&str>) -> Result<Self> {
        let format = format.unwrap_or_else(|| Format::of(file, text));
        let named = |place: Place| Place { file: file.map(str::to_owned), ..place };
        let source = Self::parse(text, format).map_err(|mut no| {
            no.findings.iter_mut().for_each(|finding| finding.at = finding.at.take().map(named));
            no
        })?;
        Ok(Self { file: file.map(str::to_owned), ..source })
    }

    /// The same, with the name of its file in every place.
    #[must_use]
    pub fn named(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The name of its file, where it has one.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says, as a value. `null` is read as absent.
    ///
    /// # Errors
    /// The first problem, with every problem in `findings`, each with its place.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        self.read_and(|_| Vec::new())
    }

    /// What it says, as a value; where it cannot be read, with what a check says of the rest of it beside the problems.
    pub(crate) fn read_and<T: DeserializeOwned>(&self, check: impl FnOnce(&T) -> Vec<Finding>) -> Result<T> {
        mend::read(&self.root, check).map_err(|(problems, further)| {
            let mut findings: Vec<_> = problems.iter().map(|problem| self.finding(problem)).collect();
            findings.extend(self.place(further));
            match problems.into_iter().next() {
                Some(first) => Error { findings, ..first },
                None => Error::invalid(codes::BAD_FIELD, "the document cannot be read"),
            }
        })
    }

    fn finding(&self, problem: &Error) -> Finding {
        let finding = problem.to_finding();
        let at = self.mended_at(&finding);
        finding.placed(at)
    }

    /// Gives findings of later checks their places, by their pointers.
    #[must_use]
    pub fn place(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let placed = |mut finding: Finding| {
            for label in finding.labels.iter_mut().filter(|label| label.at.is_none()) {
                label.at = self.find(&label.path);
            }
            match finding.at {
                Some(_) => finding,
                None => {
                    let at = self.mended_at(&finding);
                    finding.placed(at)
                }
            }
        };
        findings.into_iter().map(placed).collect()
    }

    /// Where a finding is mended: at the name of a member that there is not, else at what its pointer leads to.
    fn mended_at(&self, finding: &Finding) -> Option<Place> {
        let is_name = [codes::UNKNOWN_FIELD, codes::UNKNOWN_FACT].contains(&finding.code);
        match is_name.then(|| self.root.key_span(&finding.path)).flatten() {
            Some(span) => self.place_of(&span),
            None => self.locate(&finding.path),
        }
    }

    /// The place of what a JSON Pointer names; none where there is nothing.
    #[must_use]
    pub fn find(&self, pointer: &str) -> Option<Place> {
        self.place_of(&self.root.value_span(pointer)?)
    }

    /// The place of a JSON Pointer; that of the nearest thing around it where there is nothing.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Option<Place> {
        self.place_of(&self.root.span_of(pointer))
    }

    /// What was parsed.
    pub(crate) fn tree(&self) -> &Tree {
        &self.root
    }

    /// The value as one line of JSON, without `null` members.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.root.to_json()
    }

    /// The problems of JSON text that could not be decoded at first; or the value, where `null` was the only trouble.
    pub(crate) fn diagnose<T: DeserializeOwned>(text: &str, first: Error) -> Result<T> {
        let Ok(root) = json::parse(text) else { return Err(first) };
        mend::read(&root, |_| Vec::new()).map_err(|(problems, _)| {
            let findings =
                if problems.len() > 1 { problems.iter().map(Error::to_finding).collect() } else { Vec::new() };
            problems.into_iter().next().map_or(first, |first| Error { findings, ..first })
        })
    }

    fn place_of(&self, span: &std::ops::Range<usize>) -> Option<Place> {
        let line = self.lines.partition_point(|begins| *begins <= span.start);
        let begins = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied()?;
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let inside = self.text.get(span.start..span.end).unwrap_or_default();
        Some(Place {
            file: self.file.clone(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: count(self.text.get(begins..span.start)?).saturating_add(1),
            length: count(inside.lines().next().unwrap_or_default()).max(1),
        })
    }
}

#[cfg(test)]
mod tests;
