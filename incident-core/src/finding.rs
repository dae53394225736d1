//! Everything that is not a refusal.

use serde::{Deserialize, Serialize};

use crate::codes::Code;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
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

/// One thing a check or a gate found.
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
}

impl Finding {
    pub(crate) fn new(level: Level, code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, level, path: path.into(), message: message.into(), help: None }
    }
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
