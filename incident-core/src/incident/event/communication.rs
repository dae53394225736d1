//! What was said, to whom, and when we speak again.

use serde::{Deserialize, Serialize};

use crate::id::AudienceId;
use crate::privacy::Visibility;
use crate::time::Timestamp;

/// A remark.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Noted {
    /// The remark.
    pub text: String,
    /// How far it may go.
    #[serde(default)]
    pub visibility: Visibility,
}

/// An audience was told how it stands.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdatePosted {
    /// Who was told.
    pub audience: AudienceId,
    /// What they were told.
    pub text: String,
    /// How far it may go; `public` for what customers were told.
    #[serde(default)]
    pub visibility: Visibility,
    /// When the next update was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_update_at: Option<Timestamp>,
}

/// What was said in a call or a room, written down.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationNoted {
    /// Where it was said.
    pub place: String,
    /// What was said.
    pub text: String,
    /// What was decided there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<String>,
}
