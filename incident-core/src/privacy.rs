//! Who may see what: decided here once, for every room.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;

/// How far something may go.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Visibility {
    /// Only its author.
    Private,
    /// Everybody inside, or the members of a restricted incident.
    #[default]
    Internal,
    /// Everybody, customers too.
    Public,
}

/// How much a viewer may see at all.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Clearance {
    /// What everybody may see.
    #[default]
    Public,
    /// What everybody inside may see, and the restricted incidents one is a member of.
    Internal,
    /// Every incident, restricted or not. Private words of others stay private.
    Unrestricted,
}

/// Who looks.
///
/// ```
/// use incident_core::{Clearance, PersonId, Viewer};
///
/// let ana = Viewer::internal(PersonId::new("ana")?);
/// assert!(ana.clearance > Clearance::Public);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Viewer {
    /// The person; absent for an anonymous one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// How much they may see; public if absent.
    pub clearance: Clearance,
}

impl Viewer {
    /// Somebody outside.
    #[must_use]
    pub fn public() -> Self {
        Self::default()
    }

    /// Somebody inside.
    #[must_use]
    pub fn internal(person: PersonId) -> Self {
        Self { person: Some(person), clearance: Clearance::Internal }
    }

    /// Whether something may be shown: `author` wrote it, and `member` says whether the viewer is a member of the
    /// restricted incident it belongs to (absent for an incident that is not restricted).
    #[must_use]
    pub fn may_see(&self, visibility: Visibility, author: &PersonId, member: Option<bool>) -> bool {
        let inside = match self.clearance {
            Clearance::Public => false,
            Clearance::Internal => member.unwrap_or(true),
            Clearance::Unrestricted => true,
        };
        match visibility {
            Visibility::Public => member.is_none() || inside,
            Visibility::Internal => inside,
            Visibility::Private => inside && self.person.as_ref() == Some(author),
        }
    }
}
