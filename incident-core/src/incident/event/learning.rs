//! What is learned from it, and what will change.

use serde::{Deserialize, Serialize};

use super::terms::{DetectionSource, FactorKind, FollowUpKind, FollowUpState, ObservationKind, RetrospectiveState};
use crate::id::{PersonId, TeamId};
use crate::incident::Seq;
use crate::privacy::Visibility;
use crate::time::{Date, Timestamp};

/// Something that contributed, or that kept the harm small. It is named by the number of this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactorIdentified {
    /// What it was.
    pub text: String,
    /// How it contributed.
    pub kind: FactorKind,
    /// The entries that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Seq>,
}

/// A factor stays, knowingly.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RiskAccepted {
    /// Which.
    pub factor: Seq,
    /// Why.
    pub reason: String,
}

/// Something is to be done afterwards. It is named by the number of this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUpAdded {
    /// What, beginning with a verb.
    pub title: String,
    /// What it does for the future.
    pub kind: FollowUpKind,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Which team does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// By which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// When to expect news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_update_at: Option<Timestamp>,
    /// The factors it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<Seq>,
    /// Where it is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A follow-up was changed; what is absent stays as it was.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUpChanged {
    /// Which.
    pub follow_up: Seq,
    /// Its new title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its new owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Its new day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// When to expect news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_update_at: Option<Timestamp>,
    /// Where it is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A follow-up stands otherwise.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUpMoved {
    /// Which.
    pub follow_up: Seq,
    /// How it stands.
    pub state: FollowUpState,
    /// Why; needed where it is declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Something worth remembering about how it went.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observed {
    /// What sort of thing.
    pub kind: ObservationKind,
    /// What.
    pub text: String,
}

/// How it was noticed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DetectionNoted {
    /// What noticed it.
    pub source: DetectionSource,
    /// What should have noticed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub should_have: Option<String>,
}

/// One responder's account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PerspectiveWritten {
    /// The account.
    pub text: String,
}

/// Somebody will not write an account, or cannot be reached.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PerspectiveDeclined {
    /// Who.
    pub person: PersonId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How it felt; only for its author unless they say otherwise.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeelingNoted {
    /// How it felt.
    pub text: String,
    /// How far it may go.
    #[serde(default = "private")]
    pub visibility: Visibility,
}

/// The retrospective stands otherwise.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetrospectiveMoved {
    /// How it stands.
    pub state: RetrospectiveState,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An entry matters for the story.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Starred {
    /// Which.
    pub entry: Seq,
}

/// An entry matters less than it seemed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unstarred {
    /// Which.
    pub entry: Seq,
}

fn private() -> Visibility {
    Visibility::Private
}
