//! What is said about the record itself.

use serde::{Deserialize, Serialize};

use super::Event;
use super::terms::State;
use crate::incident::Seq;
use crate::privacy::Visibility;
use crate::time::Timestamp;

/// An entry was wrong. It stays as it was; what is said here holds instead.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Corrected {
    /// Which.
    pub entry: Seq,
    /// When it really happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    /// What it should have said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Box<Event>>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An entry does not hold. It stays as it was, and counts no more.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retracted {
    /// Which.
    pub entry: Seq,
    /// Why.
    pub reason: String,
}

/// The words of an entry were erased for good: the one thing that is ever overwritten.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Redacted {
    /// Which.
    pub entry: Seq,
    /// Why.
    pub reason: String,
    /// The SHA-256 of what it said, as JSON.
    pub hash: String,
}

/// What is left of an entry that was redacted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erased {
    /// The type of what it said.
    pub was: String,
    /// The SHA-256 of what it said, as JSON.
    pub hash: String,
    /// The state that it set, so that the life of the incident stays whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// `private`, if the words were: then only their author sees what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}
