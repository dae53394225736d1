//! Everything that is not a refusal.
//!
//! - `against` tells what a change introduced from what was there before, `moved` where a place in a document was.

mod against;
mod moved;

pub use against::new_findings;
pub(crate) use against::new_findings_in;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::Code;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Level {
    /// It is wrong.
    Error,
    /// It is probably wrong.
    Warning,
    /// Good to know.
    Note,
}

/// One thing a check, a gate or a reader found.
///
/// ```
/// use incident_core::{Format, Source};
///
/// let source = Source::parse("order = [\"sev1\"", Format::Toml).unwrap_err();
/// assert_eq!(source.code.as_str(), "contract.not_toml");
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Which rule.
    pub code: Code,
    /// How much it weighs.
    pub level: Level,
    /// A JSON Pointer to the place; empty for the whole.
    pub path: String,
    /// One sentence, lower case, with the facts.
    pub message: String,
    /// How to mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The facts of the message by name, for those who word it themselves; the witness of a check is among them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// Other places it is about, each with what is to be said there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<FindingLabel>,
    /// Where in a file, if it came from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// A place that a finding is about, and what is to be said there.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingLabel {
    /// A JSON Pointer to the place, in the file that holds all rules of a team.
    pub path: String,
    /// What is to be said of it.
    pub message: String,
    /// Where in a file, if it came from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// A place in a text, counted from 1, in characters.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The file, as the caller named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
    /// How many characters; at least one.
    pub length: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
        }
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Finding {
    /// A finding at a JSON Pointer.
    pub fn new(level: Level, code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), message.into());
        Self { code, level, path, message, help: None, facts: BTreeMap::new(), labels: Vec::new(), at: None }
    }

    /// The same, with how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with one fact more.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same, with another place that it is about.
    #[must_use]
    pub fn label(mut self, path: impl Into<String>, message: impl Into<String>) -> Self {
        self.labels.push(FindingLabel { path: path.into(), message: message.into(), at: None });
        self
    }

    /// The same, with its place in a text.
    #[must_use]
    pub fn placed(mut self, at: Option<Place>) -> Self {
        self.at = at.or(self.at);
        self
    }
}

impl fmt::Display for Finding {
    /// As a compiler prints it, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        if let Some(at) = &self.at {
            write!(f, "{at}: ")?;
        }
        write!(f, "{level}[{}]: {}", self.code, self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "; {help}"))
    }
}
