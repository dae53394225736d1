//! What a code means.

use serde::{Deserialize, Serialize};

use super::{ALL, Code, UNKNOWN_CODE};
use crate::error::{Error, Result};

/// A code and what it means.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeMeaning {
    /// The code.
    pub code: Code,
    /// What it means.
    pub about: String,
}

/// A comment of several lines as one.
fn sentence(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The codes that a name stands for, each with what it means: `escalation.coverage_hole`, or `coverage_hole` without the
/// room, of which there may be several. All of them for an empty name.
///
/// ```
/// use incident_core::codes;
///
/// assert_eq!(codes::named("coverage_hole")?[0].code, codes::COVERAGE_HOLE);
/// assert_eq!(codes::named("coverage_whole").unwrap_err().hint.as_deref(), Some("did you mean `coverage_hole`?"));
/// # Ok::<(), incident_core::Error>(())
/// ```
///
/// # Errors
/// `contract.unknown_code`
pub fn named(name: &str) -> Result<Vec<CodeMeaning>> {
    let reason = |code: Code| code.as_str().rsplit('.').next().unwrap_or_default();
    let is = |code: &Code| name.is_empty() || code.as_str() == name || reason(*code) == name;
    let meaning = |(code, about): &(Code, &str)| CodeMeaning { code: *code, about: sentence(about) };
    let found: Vec<_> = ALL.iter().filter(|(code, _)| is(code)).map(meaning).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let error = Error::invalid(UNKNOWN_CODE, format!("there is no code `{}`", crate::text::short(name)));
    let known = ALL.iter().flat_map(|(code, _)| [code.as_str(), reason(*code)]);
    Err(match crate::text::nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    })
}
