//! Refusals as values: four kinds, by what the caller does next, and one table of codes.

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::finding::{Finding, Level};

/// A result whose refusal is an [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What the caller does next.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Mend the input.
    Invalid,
    /// The rules say no; all unmet conditions are in `findings`.
    Refused,
    /// Reload and retry.
    Conflict,
    /// The input is larger than what is allowed.
    Limit,
}

/// A refusal: what the caller does next (`kind`), which rule (`code`), where (`path`, a JSON Pointer), and how to mend it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Error {
    /// What the caller does next.
    pub kind: ErrorKind,
    /// Which rule.
    pub code: Code,
    /// One sentence, lower case, with the facts.
    pub message: String,
    /// A JSON Pointer into what was given; empty for the whole.
    pub path: String,
    /// How to mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// All unmet conditions of a `Refused`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl Error {
    fn new(kind: ErrorKind, code: Code, message: impl Into<String>) -> Self {
        Self { kind, code, message: message.into(), path: String::new(), hint: None, findings: Vec::new() }
    }
    pub(crate) fn invalid(code: Code, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, code, message)
    }
    pub(crate) fn conflict(code: Code, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conflict, code, message)
    }
    pub(crate) fn limit(code: Code, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, code, message)
    }
    /// The same as a finding, for reports that go on.
    #[must_use]
    pub fn to_finding(&self) -> Finding {
        let finding = Finding::new(Level::Error, self.code, self.path.clone(), self.message.clone());
        Finding { help: self.hint.clone(), ..finding }
    }
    fn sentence(&self) -> String {
        let place = if self.path.is_empty() { String::new() } else { format!(" (at {})", self.path) };
        let more =
            self.hint.iter().map(String::as_str).chain(self.findings.iter().map(|finding| finding.message.as_str()));
        std::iter::once(format!("{}{place}", self.message))
            .chain(more.map(str::to_owned))
            .collect::<Vec<_>>()
            .join("; ")
    }
    /// A refusal with every unmet condition.
    pub(crate) fn refused(code: Code, message: impl Into<String>, findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::new(ErrorKind::Refused, code, message) }
    }
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
    /// The same in a part of something larger.
    pub(crate) fn within(mut self, path: &str) -> Self {
        self.path.insert_str(0, path);
        self
    }
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
