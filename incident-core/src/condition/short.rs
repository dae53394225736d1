//! The short form of one test: `partial`, `>= 5%`, `db-*`, `unknown`.

use super::language::{Condition, Operator, Test};
use super::literal::Literal;
use super::node::Node;
use crate::codes::{self, Code};

/// What a scalar of the short form asks. The error is a code, a message and help.
pub(super) fn operator(node: &Node) -> std::result::Result<Operator, (Code, String, String)> {
    let Node::Text(text) = node else {
        return Literal::of(node).map(Operator::Is).ok_or_else(|| {
            let help = "write a value, `>= value`, `<= value`, `prefix*`, `unknown` or `known`";
            (codes::BAD_CONDITION, format!("{} is not a test", node.kind()), help.to_owned())
        });
    };
    if let Some(rest) = text.strip_prefix(">=") {
        return Ok(Operator::AtLeast(Literal::spelled(rest.trim())));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Ok(Operator::AtMost(Literal::spelled(rest.trim())));
    }
    match text.as_str() {
        "unknown" => Ok(Operator::Exists(false)),
        "known" => Ok(Operator::Exists(true)),
        _ if text.starts_with(['<', '>', '=', '!']) => Err((
            codes::BAD_CONDITION,
            format!("`{text}` is not a test"),
            "write `>= value` or `<= value`; put a condition under `not` to turn it round".to_owned(),
        )),
        _ if text.contains('*') => pattern(text)
            .map(|()| Operator::Matches(text.clone()))
            .map_err(|help| (codes::BAD_PATTERN, format!("`{text}` is not a pattern"), help.to_owned())),
        _ => Ok(Operator::Is(Literal::Text(text.clone()))),
    }
}

/// A pattern is exact, or a prefix that ends in one `*`.
pub(super) fn pattern(text: &str) -> std::result::Result<(), &'static str> {
    let prefix = text.strip_suffix('*').unwrap_or(text);
    if prefix.contains('*') { Err("a pattern is exact, or a beginning followed by one `*`: `db-*`") } else { Ok(()) }
}

/// The value of a scalar that asks for nothing but that value.
pub(super) fn plain(node: &Node) -> Option<Literal> {
    match operator(node) {
        Ok(Operator::Is(literal)) => Some(literal),
        _ => None,
    }
}

impl Condition {
    /// The short form, as JSON text: what people write.
    #[must_use]
    pub fn to_short(&self) -> String {
        serde_json::to_string(&self.short()).unwrap_or_default()
    }

    /// The short form.
    pub(crate) fn short(&self) -> Node {
        match self {
            Self::All(parts) => table(parts).map_or_else(|| under("all", list(parts)), Node::Table),
            Self::Any(parts) => list(parts),
            Self::Not(part) => under("not", part.short()),
            Self::Within(within) => under("within", Node::Text(within.window.clone())),
            Self::Test(test) => Node::Table(vec![(test.fact.clone(), test.short())]),
        }
    }
}

fn under(key: &str, node: Node) -> Node {
    Node::Table(vec![(key.to_owned(), node)])
}

fn list(parts: &[Condition]) -> Node {
    Node::List(parts.iter().map(Condition::short).collect())
}

/// Parts that fit into one table: every key stands there once.
fn table(parts: &[Condition]) -> Option<Vec<(String, Node)>> {
    let mut entries: Vec<(String, Node)> = Vec::new();
    for part in parts {
        let (key, value) = match part {
            Condition::All(_) => return None,
            Condition::Any(any) => ("any".to_owned(), list(any)),
            other => match other.short() {
                Node::Table(mut one) => one.pop()?,
                _ => return None,
            },
        };
        if entries.iter().any(|(known, _)| *known == key) {
            return None;
        }
        entries.push((key, value));
    }
    // A table of one part would be read as that part alone.
    (entries.len() != 1).then_some(entries)
}

impl Test {
    /// The value of the short form; a table of operators where no scalar says it.
    fn short(&self) -> Node {
        let long = || Node::Table(vec![self.operator.entry()]);
        let spelled = match &self.operator {
            Operator::Is(literal) => literal.node(),
            Operator::In(values) => {
                let items: Vec<_> = values.iter().map(Literal::node).collect();
                return if items.iter().all(|item| plain(item).is_some()) { Node::List(items) } else { long() };
            }
            Operator::AtLeast(literal) => Node::Text(format!(">= {literal}")),
            Operator::AtMost(literal) => Node::Text(format!("<= {literal}")),
            Operator::Exists(true) => Node::Text("known".to_owned()),
            Operator::Exists(false) => Node::Text("unknown".to_owned()),
            Operator::Matches(pattern) => Node::Text(pattern.clone()),
            Operator::Contains(_) => return long(),
        };
        if operator(&spelled).as_ref() == Ok(&self.operator) { spelled } else { long() }
    }
}
