//! Schemes that come with the library, as documents to start from.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::scheme::SeverityScheme;
use crate::codes;
use crate::condition::Vocabulary;
use crate::error::{Error, Result};
use crate::text::{Format, Source, nearest};

/// A scheme that comes with the library. Each is a document; [`SeverityPreset::text`] is a file to start from.
///
/// ```
/// use incident_core::{Facts, SeverityPreset, SeverityScheme, Vocabulary};
///
/// let scheme = SeverityScheme::preset(SeverityPreset::Itil, &Vocabulary::new())?;
/// let answer = scheme.classify(&Facts::new().with("impact", "high").with("urgency", "medium"))?;
/// assert_eq!(answer.severity.map(|it| it.to_string()).as_deref(), Some("p2"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SeverityPreset {
    /// SEV1 to SEV5, from loss, share of customers, and harm to data.
    Sev,
    /// P1 to P5, from impact and urgency.
    Itil,
}

impl SeverityPreset {
    /// The document, as TOML.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sev => include_str!("presets/sev.toml"),
            Self::Itil => include_str!("presets/itil.toml"),
        }
    }
}

impl FromStr for SeverityPreset {
    type Err = Error;
    fn from_str(name: &str) -> Result<Self> {
        match name {
            "sev" => Ok(Self::Sev),
            "itil" => Ok(Self::Itil),
            _ => {
                let error = Error::invalid(codes::UNKNOWN_PRESET, format!("there is no scheme `{name}`"));
                Err(match nearest(name, ["sev", "itil"]) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint("write `sev` or `itil`"),
                })
            }
        }
    }
}

impl SeverityScheme {
    /// A scheme that comes with the library, usable as it is.
    ///
    /// # Errors
    /// `condition.bad_fact` where the vocabulary has a fact of the same name with other values.
    pub fn preset(preset: SeverityPreset, vocabulary: &Vocabulary) -> Result<Self> {
        let source = Source::parse(preset.text(), Format::Toml)?;
        Self::read(&source, vocabulary)
    }
}
