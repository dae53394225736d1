//! Who takes turns, and who joins and leaves on a day.

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::one_or_many;
use crate::codes;
use crate::decode;
use crate::error::Error;
use crate::id::PersonId;
use crate::time::Date;

/// One entry of the members of a rotation: a person, several who serve together, or a change on a day.
///
/// `"nobody"` is an entry too: while it is due, the next rotation has the duty.
///
/// ```
/// use incident_core::{Format, Rotation, RotationMember, Source};
///
/// let text = "zone = 'UTC'\nmembers = ['ana', ['bo', 'cy'], { join = 'dee', on = 2027-01-18 }, { leave = 'ana', on = 2027-02-01 }]";
/// let rotation: Rotation = Source::parse(text, Format::Toml)?.read()?;
/// assert!(matches!(rotation.members[2], RotationMember::Joins(_)));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum RotationMember {
    /// A person, or nobody.
    One(PersonId),
    /// People who serve together.
    Group(Vec<PersonId>),
    /// Somebody who takes turns from a day on.
    Joins(Joins),
    /// Somebody named before who takes none from a day on; a turn that runs is finished.
    Leaves(Leaves),
}

/// Somebody joins a rotation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Joins {
    /// Who; several join as one entry.
    #[serde(deserialize_with = "one_or_many::read", serialize_with = "one_or_many::write")]
    #[cfg_attr(feature = "schema", schemars(with = "one_or_many::OneOrMany<PersonId>"))]
    pub join: Vec<PersonId>,
    /// From the first handoff on or after the midnight of this day.
    pub on: Date,
}

/// Somebody leaves a rotation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leaves {
    /// Who: the nearest entry before this one that has the name.
    pub leave: PersonId,
    /// From the first handoff on or after the midnight of this day.
    pub on: Date,
}

/// The entry for nobody.
const NOBODY: &str = "nobody";

/// Whether a name stands for nobody.
pub(super) fn is_nobody(person: &PersonId) -> bool {
    person.as_str() == NOBODY
}

impl RotationMember {
    /// Whether it has somebody in it.
    pub(super) fn names(&self, person: &PersonId) -> bool {
        match self {
            Self::One(one) => one == person,
            Self::Group(people) | Self::Joins(Joins { join: people, .. }) => people.contains(person),
            Self::Leaves(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for RotationMember {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Member)
    }
}

struct Member;

impl<'de> Visitor<'de> for Member {
    type Value = RotationMember;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name, a list of names, or who joins or leaves on a day")
    }
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        PersonId::new(name).map(RotationMember::One).map_err(decode::carry)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut people = Vec::new();
        while let Some(person) = list.next_element()? {
            people.push(person);
        }
        Ok(RotationMember::Group(people))
    }
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        /// What either change may have, so that an unknown key is told with both in mind.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Change {
            #[serde(default, deserialize_with = "one_or_many::read_some")]
            join: Option<Vec<PersonId>>,
            #[serde(default)]
            leave: Option<PersonId>,
            on: Date,
        }
        let Change { join, leave, on } = Change::deserialize(MapAccessDeserializer::new(map))?;
        match (join, leave) {
            (Some(join), None) => Ok(RotationMember::Joins(Joins { join, on })),
            (None, Some(leave)) => Ok(RotationMember::Leaves(Leaves { leave, on })),
            _ => {
                let error = Error::invalid(codes::BAD_MEMBER, "a change on a day says who joins or who leaves");
                Err(decode::carry(error.hint("write `{ join = \"cy\", on = 2027-01-18 }`")))
            }
        }
    }
}

impl Serialize for RotationMember {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(person) => person.serialize(to),
            Self::Group(people) => people.serialize(to),
            Self::Joins(joins) => joins.serialize(to),
            Self::Leaves(leaves) => leaves.serialize(to),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RotationMember {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RotationMember".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (person, joins, leaves) =
            (types.subschema_for::<PersonId>(), types.subschema_for::<Joins>(), types.subschema_for::<Leaves>());
        schemars::json_schema!({
            "description": "One entry of the members of a rotation: a person, several who serve together, or a change on a day.",
            "anyOf": [person, { "type": "array", "items": person }, joins, leaves],
        })
    }
}
