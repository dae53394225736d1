//! `[[allow]]`: what a check may find and nobody need mend, with a reason and perhaps an end.

use serde::{Deserialize, Deserializer, Serialize};

use crate::codes::{self, Code};
use crate::decode;
use crate::error::Error;
use crate::text::{nearest, short};
use crate::time::Date;

/// A finding that is allowed, for a reason.
///
/// ```
/// use incident_core::{Allowance, Format, Source};
///
/// let text = "code = \"escalation.bad_step\"\nbecause = \"being rewritten\"\nuntil = \"2027-01-31\"";
/// let allow: Allowance = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(allow.path, None);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Allowance {
    /// Which code; the room before its dot may be left out.
    #[serde(deserialize_with = "code")]
    pub code: Code,
    /// Only at this JSON Pointer, and what is inside; everywhere where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Up to and with this day; for good where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Why.
    pub because: String,
}

/// A code by its whole name, or by what stands after the dot where that is said of a policy or a schedule.
fn code<'de, D: Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
    let all = || codes::ALL.iter().map(|(code, _)| *code);
    let reason = |code: Code| code.as_str().split_once('.').map_or("", |(_, reason)| reason);
    let ours =
        |code: &Code| ["escalation.", "oncall.", "directory."].iter().any(|room| code.as_str().starts_with(room));
    let found = all().find(|code| code.as_str() == text);
    let found = found.or_else(|| all().filter(ours).find(|code| reason(*code) == text));
    found.ok_or_else(|| {
        let error = Error::invalid(codes::BAD_FIELD, format!("there is no code `{}`", short(&text)));
        let near = nearest(&text, all().filter(ours).map(Code::as_str))
            .or_else(|| nearest(&text, all().filter(ours).map(reason)));
        decode::carry(near.into_iter().fold(error, |error, near| error.hint(format!("did you mean `{near}`?"))))
    })
}
