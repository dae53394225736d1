//! A scheme as it is written.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::matrix::SeverityMatrix;
use super::response::Response;
use super::unknown::UnknownPolicy;
use crate::codes;
use crate::condition::{Condition, Fact, Node};
use crate::decode;
use crate::error::{Error, Result};
use crate::id::SeverityId;
use crate::text::{nearest, pointer_step};

/// A severity scheme as people write it, not yet bound to a vocabulary.
///
/// A table with `order` (worst first), `unknown`, `facts` of its own, perhaps a `matrix`, and one table for each severity
/// under its name:
///
/// ```toml
/// order   = ["sev1", "sev2", "sev3"]
/// unknown = { assume = "sev2", settle_within = "10m" }
///
/// [sev1]
/// when = [{ data_lost = "occurred" }, { loss = "full", customers = ">= 25%" }]
/// owes = { acknowledge = "5m", roles = ["commander"], retrospective = "5 business days" }
/// ```
///
/// Each alternative of `when` is one rule. A severity without `when`, and without a cell in a matrix, is what everything
/// else gets; unless it is what `unknown` takes by default and stands before the last, when it is given for that alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeveritySchemeDocument {
    /// The severities, worst first.
    pub order: Vec<SeverityId>,
    /// What to answer while the facts do not settle it.
    pub unknown: UnknownPolicy,
    /// Facts of its own, beside those of the vocabulary.
    pub facts: BTreeMap<String, Fact>,
    /// Rules from two facts.
    pub matrix: Option<SeverityMatrix>,
    /// Each severity, by name.
    pub severities: BTreeMap<SeverityId, SeverityDefinition>,
}

/// One severity of a scheme: when it holds, and what it owes.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityDefinition {
    /// What it is called in a sentence; `SEV1` for `sev1` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it means, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// When it holds; absent for what everything else gets.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "short")]
    pub when: Option<Condition>,
    /// What it owes.
    pub owes: Response,
}

/// The name of the document.
pub(super) const SCHEMA: &str = "incident-core/severity-scheme/v1";

/// Keys that are not severities.
pub(super) const KEYS: [&str; 5] = ["schema", "order", "unknown", "facts", "matrix"];

impl<'de> Deserialize<'de> for SeveritySchemeDocument {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let entries = match Node::deserialize(from)? {
            Node::Table(entries) => entries,
            other => {
                let message = format!("{} is not a severity scheme", other.kind());
                return Err(decode::carry(Error::invalid(codes::BAD_FIELD, message)));
            }
        };
        let mut ordered = false;
        let mut document = Self::default();
        for (key, node) in &entries {
            match (key.as_str(), node) {
                ("schema", Node::Text(schema)) if schema == SCHEMA => {}
                ("schema", _) => {
                    let error = Error::invalid(codes::BAD_FIELD, format!("{} is not this document", node.kind()));
                    return Err(decode::carry(error.at("/schema").hint(format!("write `{SCHEMA}`"))));
                }
                ("order", _) => (document.order, ordered) = (part(key, node).map_err(decode::carry)?, true),
                ("unknown", _) => document.unknown = part(key, node).map_err(decode::carry)?,
                ("facts", _) => document.facts = part(key, node).map_err(decode::carry)?,
                ("matrix", _) => document.matrix = Some(part(key, node).map_err(decode::carry)?),
                (_, Node::Table(_)) => {
                    let inside = |error: Error| decode::carry(Error { path: pointer_step(key), ..error });
                    let severity = SeverityId::new(key).map_err(inside)?;
                    document.severities.insert(severity, part(key, node).map_err(decode::carry)?);
                }
                _ => {
                    let error = Error::invalid(codes::UNKNOWN_FIELD, format!("unknown field `{key}`"));
                    let error = error.at(pointer_step(key));
                    return Err(decode::carry(match nearest(key, KEYS) {
                        Some(near) => error.hint(format!("did you mean `{near}`?")),
                        None => error.hint("a severity is a table"),
                    }));
                }
            }
        }
        if !ordered {
            let error = Error::invalid(codes::MISSING_FIELD, "missing field `order`").at("/order");
            return Err(decode::carry(error.hint("list the severities, worst first")));
        }
        Ok(document)
    }
}

/// A part of the document, with its own pointers.
fn part<T: serde::de::DeserializeOwned>(key: &str, node: &Node) -> Result<T> {
    decode::one(&decode::to_text(node)?).map_err(|mut error| {
        error.path.insert_str(0, &pointer_step(key));
        error
    })
}

impl Serialize for SeveritySchemeDocument {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut table = to.serialize_map(None)?;
        table.serialize_entry("schema", SCHEMA)?;
        table.serialize_entry("order", &self.order)?;
        table.serialize_entry("unknown", &self.unknown)?;
        if !self.facts.is_empty() {
            table.serialize_entry("facts", &self.facts)?;
        }
        if let Some(matrix) = &self.matrix {
            table.serialize_entry("matrix", matrix)?;
        }
        for severity in &self.order {
            if let Some(definition) = self.severities.get(severity) {
                table.serialize_entry(severity, definition)?;
            }
        }
        table.end()
    }
}

/// People read and write the short form.
#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn short<S: Serializer>(when: &Option<Condition>, to: S) -> std::result::Result<S::Ok, S::Error> {
    when.as_ref().map(Condition::short).serialize(to)
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SeveritySchemeDocument {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SeveritySchemeDocument".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let severity = types.subschema_for::<SeverityId>();
        schemars::json_schema!({
            "description": "A severity scheme: `order` (worst first), `unknown`, `facts`, `matrix`, and a table `{label, about, when, owes}` for each severity under its name.",
            "type": "object",
            "properties": {
                "schema": { "const": SCHEMA, "description": "The name of the document." },
                "order": { "type": "array", "items": severity, "description": "The severities, worst first." },
                "unknown": {
                    "description": "What to answer while the facts do not settle it.",
                    "anyOf": [
                        { "const": "pending" },
                        {
                            "type": "object",
                            "properties": {
                                "assume": severity,
                                "settle_within": types.subschema_for::<crate::Elapsed>(),
                                "default": severity,
                            },
                            "additionalProperties": false,
                        },
                    ],
                },
                "facts": {
                    "description": "Facts of its own, beside those of the vocabulary.",
                    "type": "object",
                    "additionalProperties": types.subschema_for::<Fact>(),
                },
                "matrix": types.subschema_for::<SeverityMatrix>(),
            },
            "additionalProperties": types.subschema_for::<SeverityDefinition>(),
            "required": ["order"],
        })
    }
}
