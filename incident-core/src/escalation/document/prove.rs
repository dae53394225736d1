//! The section `[prove]`: what a policy promises, and a checker has to show.

use std::collections::BTreeMap;
use std::{fmt, str::FromStr};

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::rules::part;
use crate::codes;
use crate::condition::Node;
use crate::decode;
use crate::error::{Error, Result};
use crate::id::SeverityId;
use crate::text::{nearest, pointer_step, short};
use crate::time::{Elapsed, Turn};

/// What has to be proved of a policy: for how long, the load it may put on people, and one table for each severity.
///
/// ```
/// use incident_core::{Format, ProofRequirements, Source};
///
/// let text = "horizon = \"26 weeks\"\nsev1 = { first_page = \"1m\" }\nload = { asleep_hours_a_week = \"<= 14\" }";
/// let prove: ProofRequirements = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(prove.load.map(|load| load.asleep_hours_a_week.limit()), Some("14h".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProofRequirements {
    /// For how long, on the wall clock; 26 weeks where absent.
    pub horizon: Option<Turn>,
    /// The load that on-call may be.
    pub load: Option<LoadRequirement>,
    /// Whom an incident has to find by when, by severity.
    pub severities: BTreeMap<SeverityId, PagedWithin>,
}

/// By when people are paged by a step. Pages by `otherwise` never count.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PagedWithin {
    /// Somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_page: Option<Elapsed>,
    /// Two different people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_person: Option<Elapsed>,
}

/// The load that on-call may be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadRequirement {
    /// Hours on call in one's own sleeping hours, in any week from Monday to Monday of one's own zone.
    pub asleep_hours_a_week: HoursLimit,
}

/// A bound on hours, written `<= 14`.
///
/// ```
/// use incident_core::HoursLimit;
///
/// let limit: HoursLimit = "<= 14.5".parse()?;
/// assert_eq!(limit.limit(), "14h30m".parse()?);
/// assert_eq!(limit.to_string(), "<= 14.5");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^<= ?[0-9]+(\\.[0-9]+)?$"))
)]
pub struct HoursLimit(Elapsed);

impl HoursLimit {
    /// The most it allows; exactly that much is allowed.
    #[must_use]
    pub fn limit(self) -> Elapsed {
        self.0
    }
}

impl FromStr for HoursLimit {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = text.trim().strip_prefix("<=").map(str::trim);
        let hours = number.filter(|number| number.bytes().all(|c| c.is_ascii_digit() || c == b'.'));
        hours.and_then(|hours| format!("{hours}h").parse().ok()).map(Self).ok_or_else(|| {
            Error::invalid(codes::BAD_HOURS_LIMIT, format!("`{}` bounds no hours", short(text))).hint("write `<= 14`")
        })
    }
}

impl fmt::Display for HoursLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HOUR: u64 = 3_600_000_000;
        let micros = self.0.as_micros().unsigned_abs();
        let (whole, mut rest) = (micros / HOUR, micros % HOUR);
        write!(f, "<= {whole}")?;
        let mut digits = String::new();
        // Nine digits: a microsecond is less than a millionth of an hour.
        while rest != 0 && digits.len() < 9 {
            rest *= 10;
            digits.push_str(&(rest / HOUR).to_string());
            rest %= HOUR;
        }
        if digits.is_empty() { Ok(()) } else { write!(f, ".{digits}") }
    }
}

crate::time::as_text!(HoursLimit);

impl<'de> Deserialize<'de> for ProofRequirements {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let entries = match Node::deserialize(from)? {
            Node::Table(entries) => entries,
            other => {
                let message = format!("{} is nothing to prove", other.kind());
                return Err(decode::carry(Error::invalid(codes::BAD_FIELD, message)));
            }
        };
        let mut prove = Self::default();
        for (key, node) in &entries {
            prove.take(key, node).map_err(decode::carry)?;
        }
        Ok(prove)
    }
}

impl ProofRequirements {
    fn take(&mut self, key: &str, node: &Node) -> Result<()> {
        match (key, node) {
            ("horizon", _) => self.horizon = Some(part(key, node)?),
            ("load", _) => self.load = Some(part(key, node)?),
            (_, Node::Table(_)) => {
                let severity = SeverityId::new(key).map_err(|error| error.at(pointer_step(key)))?;
                self.severities.insert(severity, part(key, node)?);
            }
            _ => {
                let error = Error::invalid(codes::UNKNOWN_FIELD, format!("unknown field `{key}`"));
                return Err(match nearest(key, ["horizon", "load"]) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint("a severity is a table"),
                }
                .at(pointer_step(key)));
            }
        }
        Ok(())
    }
}

impl Serialize for ProofRequirements {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut table = to.serialize_map(None)?;
        if let Some(horizon) = &self.horizon {
            table.serialize_entry("horizon", horizon)?;
        }
        if let Some(load) = &self.load {
            table.serialize_entry("load", load)?;
        }
        for (severity, within) in &self.severities {
            table.serialize_entry(severity, within)?;
        }
        table.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ProofRequirements {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ProofRequirements".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What has to be proved of a policy: `horizon`, `load`, and a table `{first_page, second_person}` for each severity under its name.",
            "type": "object",
            "properties": {
                "horizon": types.subschema_for::<Turn>(),
                "load": types.subschema_for::<LoadRequirement>(),
            },
            "additionalProperties": types.subschema_for::<PagedWithin>(),
        })
    }
}
