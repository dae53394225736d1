//! Who takes part, in which role, and who may see it.

use serde::{Deserialize, Serialize};

use super::terms::HelpReason;
use crate::id::{AreaId, PersonId, RoleId};
use crate::incident::Seq;
use crate::time::{Elapsed, Timestamp};

/// Somebody takes part.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Joined {
    /// Who.
    pub person: PersonId,
}

/// Somebody takes part no longer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Left {
    /// Who.
    pub person: PersonId,
}

/// Somebody is asked to take a role; it is theirs once they accept.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleAssigned {
    /// Which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
}

/// Somebody has a role from here on; whoever had it before hands it over.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleAccepted {
    /// Which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
}

/// Somebody has a role no longer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleReleased {
    /// Which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
}

/// An item of a checklist is done.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemTicked {
    /// Whose checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// Which item.
    pub item: String,
}

/// An item of a checklist is open again.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemUnticked {
    /// Whose checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// Which item.
    pub item: String,
}

/// Something is to be done during the incident. It is named by the number of this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskAdded {
    /// What.
    pub title: String,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Its time box, from when it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Elapsed>,
}

/// A task has an owner.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskAssigned {
    /// Which task.
    pub task: Seq,
    /// Who does it.
    pub owner: PersonId,
}

/// A task is done.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskDone {
    /// Which task.
    pub task: Seq,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// A task will not be done.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskDropped {
    /// Which task.
    pub task: Seq,
    /// Why.
    pub reason: String,
}

/// Somebody asks for help.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HelpAsked {
    /// What is missing.
    pub reason: HelpReason,
    /// In which area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Somebody helps.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HelpAnswered {
    /// The request.
    pub help: Seq,
    /// Who helps.
    pub person: PersonId,
}

/// Somebody needs leave to do something.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthorizationAsked {
    /// What they would do.
    pub scope: String,
}

/// Somebody with the authority gave leave.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthorizationGranted {
    /// What may be done.
    pub scope: String,
    /// The request, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Seq>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// Somebody with the authority said no.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthorizationRefused {
    /// The request.
    pub request: Seq,
    /// Why.
    pub reason: String,
}

/// Only its members see it from here on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Restricted {
    /// Why.
    pub reason: String,
}

/// Everybody inside sees it again.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unrestricted {
    /// Why.
    pub reason: String,
}

/// Somebody may see it though it is restricted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessGranted {
    /// Who.
    pub person: PersonId,
}

/// Somebody may no longer see it while it is restricted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessRevoked {
    /// Who.
    pub person: PersonId,
}
