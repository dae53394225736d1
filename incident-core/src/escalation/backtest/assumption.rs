//! Who acknowledges, in a past that did not happen.

use std::{fmt, str::FromStr};

use crate::codes;
use crate::error::{Error, Result};
use crate::text::short;
use crate::time::Elapsed;

/// When the first person paged, by whatever step or by `otherwise`, is assumed to acknowledge: `nobody`, `recorded` or
/// `after 5m`.
///
/// ```
/// use incident_core::{AcknowledgementAssumption, Elapsed};
///
/// assert_eq!("after 5m".parse(), Ok(AcknowledgementAssumption::After(Elapsed::minutes(5))));
/// assert_eq!(AcknowledgementAssumption::Recorded.to_string(), "recorded");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^(nobody|recorded|after .+)$"))
)]
pub enum AcknowledgementAssumption {
    /// Nobody acknowledges: what the policy does if it is left alone.
    Nobody,
    /// At the recorded time, or as soon as somebody is paged where that comes later. Nobody does where none is recorded.
    Recorded,
    /// So long after the first page.
    After(Elapsed),
}

impl FromStr for AcknowledgementAssumption {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            let message = format!("`{}` is no assumption about who acknowledges", short(text));
            Error::invalid(codes::BAD_ASSUMPTION, message).hint("write `nobody`, `recorded` or `after 5m`")
        };
        match text.trim() {
            "nobody" => Ok(Self::Nobody),
            "recorded" => Ok(Self::Recorded),
            other => {
                let length = other.strip_prefix("after ").ok_or_else(bad)?;
                let length: Elapsed = length.trim().parse().map_err(|_| bad())?;
                if length < Elapsed::ZERO { Err(bad()) } else { Ok(Self::After(length)) }
            }
        }
    }
}

impl fmt::Display for AcknowledgementAssumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Recorded => f.write_str("recorded"),
            Self::After(length) => write!(f, "after {length}"),
        }
    }
}

crate::time::as_text!(AcknowledgementAssumption);

impl AcknowledgementAssumption {
    /// In a sentence.
    pub(super) fn words(self) -> String {
        match self {
            Self::Nobody => "assuming that nobody acknowledges".to_owned(),
            Self::Recorded => "assuming that the first person paged acknowledges at the recorded time".to_owned(),
            Self::After(Elapsed::ZERO) => "assuming that the first person paged acknowledges at once".to_owned(),
            Self::After(length) => {
                format!("assuming that the first person paged acknowledges after {}", length.words())
            }
        }
    }
}
