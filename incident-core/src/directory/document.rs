//! What people write.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{AreaId, PersonId, TeamId};
use crate::time::Zone;

/// People, teams and areas, as a file has them.
///
/// ```
/// use incident_core::{Directory, DirectoryDocument, Person, PersonId};
///
/// let people = [(PersonId::new("ana")?, Person { zone: Some("Europe/Berlin".parse()?), ..Person::default() })];
/// let directory = Directory::of(DirectoryDocument { people: people.into(), ..DirectoryDocument::default() });
/// assert!(directory.check().is_empty());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DirectoryDocument {
    /// The form of the document: `incident-core/directory/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/directory/v1")))]
    pub schema: Option<String>,
    /// Everybody who may be asked, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, Person>,
    /// Teams, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub teams: BTreeMap<TeamId, Team>,
    /// Product areas and services, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<AreaId, Area>,
}

/// Somebody who may be asked. Phones and addresses stay in the pager.
///
/// ```
/// use incident_core::{Format, Person, Source};
///
/// let ana: Person = Source::parse("zone = \"Europe/Berlin\"\nlead = \"hana\"", Format::Toml)?.read()?;
/// assert!(ana.buddies.is_empty());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// How the name is shown; the id if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The zone in which this person lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// Who is next in the chain of command; absent at its top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<PersonId>,
    /// Who helps, the first first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buddies: Vec<PersonId>,
}

/// A team.
///
/// ```
/// use incident_core::{PersonId, Team};
///
/// let team = Team { members: vec![PersonId::new("ana")?], ..Team::default() };
/// assert_eq!(team.name, None);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Team {
    /// How the name is shown; the id if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its people, in the order in which they are asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PersonId>,
}

/// A product area or service.
///
/// ```
/// use incident_core::{Area, AreaId};
///
/// let checkout = Area { depends_on: vec![AreaId::new("ledger")?], ..Area::default() };
/// assert!(checkout.experts.is_empty());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Area {
    /// How the name is shown; the id if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The team that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Who knows it best, the first first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub experts: Vec<PersonId>,
    /// The areas it cannot work without.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<AreaId>,
}
