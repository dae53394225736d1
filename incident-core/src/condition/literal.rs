//! A value as it stands in a condition or a table, before a vocabulary says what it means.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::node::Node;
use crate::codes;
use crate::decode;
use crate::error::Error;

/// A value as a condition spells it: text, a finite number, or a flag.
///
/// Only a [`Vocabulary`](super::Vocabulary) knows whether `"5%"` is a share and `"15m"` a duration.
///
/// ```
/// use incident_core::Literal;
/// assert_eq!(Literal::from("partial").to_string(), "partial");
/// assert_eq!(Literal::from(5.0).to_string(), "5");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Text, which may spell a share, a duration or an instant.
    Text(String),
    /// A finite number.
    Number(f64),
    /// True or false.
    Flag(bool),
}

impl Literal {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The literal that follows `>=` or `<=` in the short form: a number if it is written like one.
    pub(super) fn spelled(text: &str) -> Self {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && plain(number) == text => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }

    pub(super) fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Text(text) => Some(Self::Text(text.clone())),
            Node::Number(number) => Some(Self::Number(*number)),
            Node::Flag(flag) => Some(Self::Flag(*flag)),
            Node::Null | Node::List(_) | Node::Table(_) => None,
        }
    }

    pub(super) fn node(&self) -> Node {
        match self {
            Self::Text(text) => Node::Text(text.clone()),
            Self::Number(number) => Node::Number(*number),
            Self::Flag(flag) => Node::Flag(*flag),
        }
    }
}

/// A number as people write it: `5`, `0.05`.
pub(super) fn plain(number: f64) -> String {
    format!("{}", if number == 0.0 { 0.0 } else { number })
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Literal {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Literal {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => f.write_str(&plain(*number)),
            Self::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.node().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let node = Node::deserialize(from)?;
        Self::of(&node).ok_or_else(|| {
            decode::carry(Error::invalid(codes::BAD_FIELD, format!("{} is not text, a number or a flag", node.kind())))
        })
    }
}
