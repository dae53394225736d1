//! What is known of one situation.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fact::{Fact, FactKind};
use super::literal::Literal;
use super::node::Node;
use super::value::Value;
use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::known::{Count, Known, Share};
use crate::text::pointer_step;
use crate::time::{Elapsed, Timestamp, Zone};

/// What is known of a situation: a value for each fact that somebody knows. A fact that is absent is unknown.
///
/// As text it is a flat table: `{"loss": "partial", "customers": "8%", "areas": ["checkout"]}`. A number may be a range,
/// `{"type": "range", "lowest": 100}`; `"unknown"`, `{"type": "unknown"}` and null say the same as leaving it out. `at`
/// and `recipient_zone` are the instant and the zone of the person concerned, which windows need.
///
/// ```
/// use incident_core::{FactValue, Facts};
///
/// let facts: Facts = serde_json::from_str(r#"{"loss": "partial", "data_lost": "unknown"}"#)?;
/// assert_eq!(facts, Facts::new().with("loss", "partial"));
/// assert_eq!(facts.value("data_lost"), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    at: Option<Timestamp>,
    recipient_zone: Option<Zone>,
    values: BTreeMap<String, FactValue>,
}

/// The value of a fact, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// Text: a value of an ordered fact or a choice, or something spelled (`8%`, `15m`).
    Text(String),
    /// A set of names.
    Names(BTreeSet<String>),
    /// A number.
    Number(f64),
    /// A number between two, both included; an absent one is open.
    Between {
        /// At least this.
        lowest: Option<f64>,
        /// At most this.
        highest: Option<f64>,
    },
    /// Yes or no.
    Flag(bool),
}

impl Facts {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, at this instant.
    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    /// The same, for a person in this zone.
    #[must_use]
    pub fn for_recipient_in(mut self, zone: Zone) -> Self {
        self.recipient_zone = Some(zone);
        self
    }

    /// The same, with one fact more, or another value for it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<FactValue>) -> Self {
        self.set(name, value);
        self
    }

    /// Says what a fact is. A [`Known::Unknown`] is left out.
    pub fn set(&mut self, name: &str, value: impl Into<FactValue>) {
        match value.into() {
            FactValue::Between { lowest: None, highest: None } => self.values.remove(name),
            value => self.values.insert(name.to_owned(), value),
        };
    }

    /// The value of a fact; none where it is unknown.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&FactValue> {
        self.values.get(name)
    }

    /// Every known fact by name.
    pub fn values(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The instant they are about.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// The zone of the person concerned.
    #[must_use]
    pub fn recipient_zone(&self) -> Option<Zone> {
        self.recipient_zone
    }

    /// The value of this fact in its domain; none where it is unknown.
    pub(super) fn read(&self, name: &str, fact: &Fact) -> Result<Option<Value>> {
        self.values.get(name).map(|value| value.read(name, fact)).transpose()
    }
}

impl FactValue {
    /// The value in its domain.
    pub(super) fn read(&self, name: &str, fact: &Fact) -> Result<Value> {
        let bad = |shown: &str, help: String| {
            let message = format!("{shown} is not a value of `{name}`");
            Error::invalid(codes::BAD_VALUE, message).at(pointer_step(name)).hint(help)
        };
        let literal = |literal: Literal| fact.read(&literal).map_err(|help| bad(&format!("`{literal}`"), help));
        match self {
            Self::Text(text) => literal(Literal::Text(text.clone())),
            Self::Number(number) => literal(Literal::Number(*number)),
            Self::Flag(flag) => literal(Literal::Flag(*flag)),
            Self::Names(names) if fact.kind() == FactKind::Names => {
                names.iter().try_for_each(|name| literal(Literal::Text(name.clone())).map(drop))?;
                Ok(Value::Names(names.clone()))
            }
            Self::Names(_) => Err(bad("a list", fact.example())),
            Self::Between { lowest, highest } => {
                let end = |end: &Option<f64>| match end.map(|end| literal(Literal::Number(end))).transpose()? {
                    None => Ok(None),
                    Some(Value::Between(point, _)) => Ok(point),
                    Some(_) => Err(bad("a range", fact.example())),
                };
                let (lowest, highest) = (end(lowest)?, end(highest)?);
                if lowest.zip(highest).is_some_and(|(lowest, highest)| lowest > highest) {
                    return Err(bad("a range from more to less", "write the lower end first".to_owned()));
                }
                Ok(Value::Between(lowest, highest))
            }
        }
    }

    fn of(node: &Node) -> Result<Option<Self>> {
        let bad = |message: String| Error::invalid(codes::BAD_FIELD, message);
        Ok(Some(match node {
            Node::Null => return Ok(None),
            Node::Text(text) if text == "unknown" => return Ok(None),
            Node::Text(text) => Self::Text(text.clone()),
            Node::Number(number) => Self::Number(*number),
            Node::Flag(flag) => Self::Flag(*flag),
            Node::List(items) => Self::Names(
                items
                    .iter()
                    .map(|item| match item {
                        Node::Text(name) => Ok(name.clone()),
                        other => Err(bad(format!("{} is not a name", other.kind()))),
                    })
                    .collect::<Result<_>>()?,
            ),
            Node::Table(_) => {
                let known: Known<f64> = decode::from_text(&decode::to_text(node)?)?;
                return Ok((!known.is_unknown()).then(|| known.into()));
            }
        }))
    }

    fn node(&self) -> Node {
        match self {
            Self::Text(text) => Node::Text(text.clone()),
            Self::Number(number) => Node::Number(*number),
            Self::Flag(flag) => Node::Flag(*flag),
            Self::Names(names) => Node::List(names.iter().cloned().map(Node::Text).collect()),
            Self::Between { lowest, highest } => {
                let end = |name: &str, end: Option<f64>| end.map(|end| (name.to_owned(), Node::Number(end)));
                let kind = Some(("type".to_owned(), Node::Text("range".to_owned())));
                Node::Table([kind, end("lowest", *lowest), end("highest", *highest)].into_iter().flatten().collect())
            }
        }
    }
}

impl From<&str> for FactValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FactValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for FactValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for FactValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Elapsed> for FactValue {
    fn from(elapsed: Elapsed) -> Self {
        Self::Text(elapsed.to_string())
    }
}

impl From<Timestamp> for FactValue {
    fn from(at: Timestamp) -> Self {
        Self::Text(at.to_string())
    }
}

impl From<Known<f64>> for FactValue {
    fn from(known: Known<f64>) -> Self {
        as_known(&known, |number| *number)
    }
}

impl From<Known<Count>> for FactValue {
    fn from(known: Known<Count>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        as_known(&known, |count| count.as_u64() as f64)
    }
}

impl From<Known<Share>> for FactValue {
    fn from(known: Known<Share>) -> Self {
        as_known(&known, |share| share.as_f64())
    }
}

fn as_known<T>(known: &Known<T>, number: impl Fn(&T) -> f64) -> FactValue {
    let (lowest, highest) = known.bounds();
    let between = FactValue::Between { lowest: lowest.map(&number), highest: highest.map(&number) };
    known.exact().map_or(between, |it| FactValue::Number(number(it)))
}

impl FromIterator<String> for FactValue {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self::Names(names.into_iter().collect())
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut table = to.serialize_map(None)?;
        for (name, value) in &self.values {
            table.serialize_entry(name, &value.node())?;
        }
        if let Some(at) = &self.at {
            table.serialize_entry("at", at)?;
        }
        if let Some(zone) = &self.recipient_zone {
            table.serialize_entry("recipient_zone", zone)?;
        }
        table.end()
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let entries = match Node::deserialize(from)? {
            Node::Table(entries) => entries,
            other => {
                let message = format!("{} is not a table of facts", other.kind());
                return Err(decode::carry(Error::invalid(codes::BAD_FIELD, message)));
            }
        };
        let mut facts = Self::new();
        for (name, node) in entries {
            let inside = |mut error: Error| {
                error.path.insert_str(0, &pointer_step(&name));
                decode::carry(error)
            };
            match (name.as_str(), &node) {
                ("at" | "recipient_zone", Node::Null) => {}
                ("at", Node::Text(text)) => facts.at = Some(text.parse().map_err(inside)?),
                ("recipient_zone", Node::Text(text)) => {
                    facts.recipient_zone = Some(text.parse().map_err(inside)?);
                }
                ("at" | "recipient_zone", other) => {
                    let message = format!("{} is not text", other.kind());
                    return Err(inside(Error::invalid(codes::BAD_FIELD, message)));
                }
                _ => {
                    if let Some(value) = FactValue::of(&node).map_err(inside)? {
                        facts.values.insert(name, value);
                    }
                }
            }
        }
        Ok(facts)
    }
}

impl Serialize for FactValue {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.node().serialize(to)
    }
}

impl<'de> Deserialize<'de> for FactValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let value = Self::of(&Node::deserialize(from)?).map_err(decode::carry)?;
        let unknown = || Error::invalid(codes::BAD_FIELD, "unknown is no value").hint("leave it out");
        value.ok_or_else(|| decode::carry(unknown()))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FactValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactValue".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The value of a fact: text, a number, a flag, a list of names, or a range of numbers.",
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Facts {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Facts".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What is known of a situation: a table from names to text, a number, a flag, a list of names or a range; what is absent is unknown. `at` and `recipient_zone` are the instant and the zone of the person concerned.",
            "type": "object",
            "additionalProperties": true,
        })
    }
}
