//! A small tree of written values, with a limit on its depth: what conditions are read from and written to.

use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes;
use crate::decode;
use crate::error::Error;

/// A condition, or a document that holds conditions, may nest this deep.
pub(crate) const DEPTH: usize = 32;

/// What a person wrote; tables keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    /// What it is, for a message.
    pub(crate) fn kind(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Number(number) => format!("`{}`", super::literal::plain(*number)),
            Self::Text(text) => format!("`{text}`"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Number(number) => number_to(*number, to),
            Self::Text(text) => to.serialize_str(text),
            Self::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Table(entries) => {
                let mut table = to.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| table.serialize_entry(key, value))?;
                table.end()
            }
        }
    }
}

/// Writes a whole number without its `.0`.
pub(super) fn number_to<S: Serializer>(number: f64, to: S) -> std::result::Result<S::Ok, S::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    if number.fract() == 0.0 && number.abs() < LARGEST {
        return to.serialize_i64(number as i64);
    }
    to.serialize_f64(number)
}

/// Whole numbers are exact below this.
pub(super) const LARGEST: f64 = 9_007_199_254_740_992.0;

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Within(DEPTH).deserialize(from)
    }
}

/// Reads a node that may nest this much deeper.
struct Within(usize);

impl Within {
    fn deeper<E: de::Error>(&self) -> std::result::Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| {
            decode::carry(
                Error::limit(codes::TOO_DEEP, format!("this is nested more than {DEPTH} deep"))
                    .hint("name a part of it, or write it flatter"),
            )
        })
    }
}

impl<'de> DeserializeSeed<'de> for Within {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Node, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within {
    type Value = Node;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, a flag, a list or a table")
    }
    fn visit_bool<E: de::Error>(self, flag: bool) -> std::result::Result<Node, E> {
        Ok(Node::Flag(flag))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> std::result::Result<Node, E> {
        #[expect(clippy::cast_precision_loss, reason = "a number this large is refused next")]
        self.visit_f64(number as f64)
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> std::result::Result<Node, E> {
        #[expect(clippy::cast_precision_loss, reason = "a number this large is refused next")]
        self.visit_f64(number as f64)
    }
    fn visit_f64<E: de::Error>(self, number: f64) -> std::result::Result<Node, E> {
        if number.is_finite() && number.abs() < LARGEST {
            return Ok(Node::Number(number));
        }
        Err(decode::carry(Error::invalid(codes::BAD_FIELD, format!("`{number}` is not below 2^53"))))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }
    fn visit_unit<E: de::Error>(self) -> std::result::Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_none<E: de::Error>(self) -> std::result::Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Node, D::Error> {
        self.deserialize(from)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.deeper()?)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> std::result::Result<Node, A::Error> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        while let Some(key) = table.next_key::<String>()? {
            let value = table.next_value_seed(self.deeper()?)?;
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(decode::carry(Error::invalid(codes::BAD_FIELD, format!("`{key}` stands here twice"))));
            }
            entries.push((key, value));
        }
        Ok(Node::Table(entries))
    }
}
