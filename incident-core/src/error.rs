//! Refusals as values: four kinds, by what the caller does next, and one table of codes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::finding::Finding;

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
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
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
    /// A refusal with every unmet condition.
    pub(crate) fn refused(code: Code, message: impl Into<String>, findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::new(ErrorKind::Refused, code, message) }
    }
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.path.is_empty() {
            write!(f, " (at {})", self.path)?;
        }
        self.hint.iter().try_for_each(|hint| write!(f, "; {hint}"))?;
        self.findings.iter().try_for_each(|finding| write!(f, "; {}", finding.message))
    }
}

impl std::error::Error for Error {}
