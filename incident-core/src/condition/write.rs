//! Conditions to the long form, which is canonical.

use serde::{Serialize, Serializer};

use super::language::{Condition, Operator};
use super::literal::Literal;
use super::node::Node;

impl Condition {
    /// The long form.
    fn long(&self) -> Node {
        let list = |parts: &[Self]| Node::List(parts.iter().map(Self::long).collect());
        let under = |key: &str, node| Node::Table(vec![(key.to_owned(), node)]);
        match self {
            Self::All(parts) => under("all", list(parts)),
            Self::Any(parts) => under("any", list(parts)),
            Self::Not(part) => under("not", part.long()),
            Self::Within(within) => under("within", Node::Text(within.window.clone())),
            Self::Test(test) => {
                Node::Table(vec![("fact".to_owned(), Node::Text(test.fact.clone())), test.operator.entry()])
            }
        }
    }
}

impl Operator {
    /// The operator and its value, as they are written in the long form.
    pub(super) fn entry(&self) -> (String, Node) {
        let (key, value) = match self {
            Self::Is(literal) => ("is", literal.node()),
            Self::In(values) => ("in", Node::List(values.iter().map(Literal::node).collect())),
            Self::AtLeast(literal) => ("at_least", literal.node()),
            Self::AtMost(literal) => ("at_most", literal.node()),
            Self::Contains(literal) => ("contains", literal.node()),
            Self::Exists(known) => ("exists", Node::Flag(*known)),
            Self::Matches(pattern) => ("matches", Node::Text(pattern.clone())),
        };
        (key.to_owned(), value)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.long().serialize(to)
    }
}
