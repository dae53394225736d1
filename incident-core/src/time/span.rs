//! Half-open spans.

use serde::{Deserialize, Serialize};

use super::{Elapsed, Timestamp};

/// A stretch of time: `start` is in it, `end` is not; without an end it goes on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The first instant in it.
    pub start: Timestamp,
    /// The first instant after it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
}

impl Span {
    /// Whether an instant is in it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && self.end.is_none_or(|end| at < end)
    }

    /// How long it lasts up to `now`; nothing if it starts later.
    #[must_use]
    pub fn length(&self, now: Timestamp) -> Elapsed {
        self.end.unwrap_or(now).since(self.start).max(Elapsed::ZERO)
    }
}
