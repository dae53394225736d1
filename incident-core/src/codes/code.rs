//! The type of a code.

use serde::{Deserialize, Serialize};

use super::ALL;

/// A stable code, `room.reason`, of an error or a finding.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Code(pub(super) &'static str);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all: Vec<_> = ALL.iter().map(|(code, _)| code.0).collect();
        schemars::json_schema!({ "description": "A stable code, `room.reason`, of an error or a finding.", "enum": all })
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let known = ALL.iter().find(|(code, _)| code.0 == text);
        known.map(|(code, _)| *code).ok_or_else(|| serde::de::Error::custom("unknown code"))
    }
}
