//! The section `[escalation]`: what holds for every severity, and a table for each.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::step::EscalationStep;
use super::target::PageTarget;
use crate::codes;
use crate::condition::Node;
use crate::decode;
use crate::error::{Error, Result};
use crate::id::SeverityId;
use crate::text::{nearest, pointer_step};
use crate::time::Elapsed;

/// Whom to page: what holds for every severity, and one table for each under its name.
///
/// ```
/// use incident_core::{EscalationRules, Format, Source};
///
/// let text = "otherwise = { page = [\"person:hana\"] }\n[sev1]\nfirst = [{ page = [\"on-call:primary\"] }]";
/// let rules: EscalationRules = Source::parse(text, Format::Toml)?.read()?;
/// assert!(rules.severities.contains_key("sev1"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EscalationRules {
    /// Who is paged when a step finds nobody, and at the end. Every policy has it; absent only until that is checked.
    pub otherwise: Option<Otherwise>,
    /// How long an acknowledgement holds; absent for until it is taken back.
    pub acknowledged_for: Option<Elapsed>,
    /// What a step does that finds nobody.
    pub on_empty: OnEmpty,
    /// The tracks of each severity, by name.
    pub severities: BTreeMap<SeverityId, SeverityTracks>,
}

/// Who is paged when nobody else is found, and at the end.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Otherwise {
    /// How long after the last page of the first track the end comes; at once where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Elapsed>,
    /// Who.
    pub page: Vec<PageTarget>,
}

/// What a step does that finds nobody.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum OnEmpty {
    /// `otherwise` is paged at once.
    #[default]
    Otherwise,
    /// The next step of its track comes at once, and the ones after it as much earlier.
    Skip,
    /// The step waits, minute by minute, until it finds somebody.
    WaitUntilSomeone,
}

/// The three tracks of a severity, which run at once.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityTracks {
    /// The first response: stands still while somebody has acknowledged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<EscalationStep>,
    /// Reinforcement: when help is asked for, or nothing moves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reinforce: Vec<EscalationStep>,
    /// The chain of command.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authority: Vec<EscalationStep>,
    /// How the first response ends; with `otherwise` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<TrackEnd>,
    /// How long an acknowledgement holds, for this severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_for: Option<Elapsed>,
    /// Who is paged when nobody else is found, for this severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
}

/// How the first response ends when nobody acknowledged.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TrackEnd {
    /// All of `otherwise` are paged.
    #[default]
    Otherwise,
    /// Nobody is.
    Quietly,
}

/// Keys that are not severities.
const KEYS: [&str; 3] = ["otherwise", "acknowledged_for", "on_empty"];

impl<'de> Deserialize<'de> for EscalationRules {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let entries = match Node::deserialize(from)? {
            Node::Table(entries) => entries,
            other => {
                let message = format!("{} is no escalation", other.kind());
                return Err(decode::carry(Error::invalid(codes::BAD_FIELD, message)));
            }
        };
        let mut rules = Self::default();
        for (key, node) in &entries {
            rules.take(key, node).map_err(decode::carry)?;
        }
        Ok(rules)
    }
}

impl EscalationRules {
    fn take(&mut self, key: &str, node: &Node) -> Result<()> {
        match (key, node) {
            ("otherwise", _) => self.otherwise = Some(part(key, node)?),
            ("acknowledged_for", _) => self.acknowledged_for = Some(part(key, node)?),
            ("on_empty", _) => self.on_empty = part(key, node)?,
            // A slip in `otherwise` is no severity.
            (_, Node::Table(entries)) if !entries.iter().any(|(name, _)| name == "page") => {
                let severity = SeverityId::new(key).map_err(|error| error.at(pointer_step(key)))?;
                self.severities.insert(severity, part(key, node)?);
            }
            _ => {
                let error = Error::invalid(codes::UNKNOWN_FIELD, format!("unknown field `{key}`"));
                return Err(match nearest(key, KEYS) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint("a severity is a table"),
                }
                .at(pointer_step(key)));
            }
        }
        Ok(())
    }
}

/// A part of a table, with its own pointers.
pub(super) fn part<T: serde::de::DeserializeOwned>(key: &str, node: &Node) -> Result<T> {
    decode::one(&decode::to_text(node)?).map_err(|error| error.within(&pointer_step(key)))
}

impl Serialize for EscalationRules {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut table = to.serialize_map(None)?;
        if let Some(otherwise) = &self.otherwise {
            table.serialize_entry("otherwise", otherwise)?;
        }
        if let Some(time) = &self.acknowledged_for {
            table.serialize_entry("acknowledged_for", time)?;
        }
        if self.on_empty != OnEmpty::default() {
            table.serialize_entry("on_empty", &self.on_empty)?;
        }
        for (severity, tracks) in &self.severities {
            table.serialize_entry(severity, tracks)?;
        }
        table.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for EscalationRules {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EscalationRules".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Whom to page: `otherwise`, `acknowledged_for`, `on_empty`, and a table `{first, reinforce, authority, end, acknowledged_for, otherwise}` for each severity under its name.",
            "type": "object",
            "properties": {
                "otherwise": types.subschema_for::<Otherwise>(),
                "acknowledged_for": types.subschema_for::<Elapsed>(),
                "on_empty": types.subschema_for::<OnEmpty>(),
            },
            "additionalProperties": types.subschema_for::<SeverityTracks>(),
            "required": ["otherwise"],
        })
    }
}
