//! What is owed.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::time::{Elapsed, Timestamp};

/// How an obligation stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ObligationState {
    /// Its time is past.
    Overdue,
    /// It is to be done.
    Due,
    /// It waits for something else.
    Waiting,
}

/// Something owed to somebody by an instant. It holds an instant, never a duration that moves with the clock.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Obligation {
    /// What, such as `acknowledge` or `update:customers`.
    pub what: String,
    /// Who owes it; absent while nobody has the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// By when; absent if it only has to be true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// How it stands.
    pub state: ObligationState,
    /// In one sentence.
    pub why: String,
}

impl Obligation {
    /// How late it is; nothing while it is not.
    #[must_use]
    pub fn overdue_by(&self, now: Timestamp) -> Option<Elapsed> {
        self.due_at.map(|due| now.since(due)).filter(|late| late.is_positive())
    }
}
