//! Written values to conditions, in the long and the short form, with every problem at once.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::language::{Condition, OPERATORS, Operator, Test, Within, Written};
use super::literal::Literal;
use super::node::Node;
use super::short;
use super::vocabulary::refuse;
use crate::codes::{self, Code};
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::text::{nearest, pointer_step};

/// Reads a condition at a JSON Pointer; what is wrong is added to `problems`, and stands as a condition that always
/// holds.
pub(crate) fn condition(node: &Node, path: &str, problems: &mut Vec<Finding>) -> Condition {
    Reader { problems }.condition(node, path)
}

struct Reader<'a> {
    problems: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn condition(&mut self, node: &Node, path: &str) -> Condition {
        match node {
            Node::List(items) => Condition::Any(self.list(items, path)),
            Node::Table(entries) if entries.iter().any(|(key, _)| key == "fact") => self.long(entries, path),
            Node::Table(entries) => {
                let mut parts = Vec::new();
                for (key, value) in entries {
                    let at = format!("{path}{}", pointer_step(key));
                    match (key.as_str(), value) {
                        ("all", Node::List(items)) => parts.push(Condition::All(self.list(items, &at))),
                        ("any", Node::List(items)) => parts.push(Condition::Any(self.list(items, &at))),
                        ("all" | "any", _) => parts.push(self.bad_form(&at, &format!("`{key}` needs a list"))),
                        ("not", value) => parts.push(Condition::Not(Box::new(self.condition(value, &at)))),
                        ("within", Node::Text(window)) => {
                            parts.push(Condition::Within(Within { window: window.clone(), written: Some(at) }));
                        }
                        ("within", _) => parts.push(self.bad_form(&at, "`within` needs the name of a window")),
                        (fact, value) => parts.extend(self.short(fact, value, &at)),
                    }
                }
                one_or(parts, Condition::All)
            }
            other => self.bad_form(path, &format!("{} is not a condition", other.kind())),
        }
    }

    fn list(&mut self, items: &[Node], path: &str) -> Vec<Condition> {
        items.iter().enumerate().map(|(at, item)| self.condition(item, &format!("{path}/{at}"))).collect()
    }

    /// `{"fact": "loss", "at_least": "partial"}`.
    fn long(&mut self, entries: &[(String, Node)], path: &str) -> Condition {
        let name = format!("{path}/fact");
        let Some(Node::Text(fact)) = entries.iter().find(|(key, _)| key == "fact").map(|(_, value)| value) else {
            return self.bad_form(&name, "`fact` needs the name of a fact");
        };
        let parts = self.operators(fact, &name, entries.iter().filter(|(key, _)| key != "fact"), path);
        if parts.is_empty() {
            return self.bad_form(path, &format!("nothing is asked of `{fact}`"));
        }
        one_or(parts, Condition::All)
    }

    fn operators<'n>(
        &mut self,
        fact: &str,
        name: &str,
        entries: impl Iterator<Item = &'n (String, Node)>,
        path: &str,
    ) -> Vec<Condition> {
        let mut parts = Vec::new();
        for (key, value) in entries {
            let at = format!("{path}{}", pointer_step(key));
            if let Some(operator) = self.operator(key, value, &at) {
                let written = Some(Written { fact: name.to_owned(), value: at });
                parts.push(Condition::Test(Test { fact: fact.to_owned(), operator, written }));
            }
        }
        parts
    }

    fn operator(&mut self, key: &str, value: &Node, at: &str) -> Option<Operator> {
        let literal = |reader: &mut Self| {
            let literal = Literal::of(value);
            if literal.is_none() {
                reader.bad_form(at, &format!("{} is not text, a number or a flag", value.kind()));
            }
            literal
        };
        match (key, value) {
            ("is", Node::Text(text)) if text == "unknown" => Some(Operator::Exists(false)),
            ("is", _) => literal(self).map(Operator::Is),
            ("at_least", _) => literal(self).map(Operator::AtLeast),
            ("at_most", _) => literal(self).map(Operator::AtMost),
            ("contains", _) => literal(self).map(Operator::Contains),
            ("in", Node::List(items)) => {
                let values: Vec<_> = items.iter().filter_map(Literal::of).collect();
                if values.len() != items.len() {
                    self.bad_form(at, "`in` needs a list of values");
                    return None;
                }
                Some(Operator::In(values))
            }
            ("exists", Node::Flag(flag)) => Some(Operator::Exists(*flag)),
            ("matches", Node::Text(pattern)) => match short::pattern(pattern) {
                Ok(()) => Some(Operator::Matches(pattern.clone())),
                Err(help) => {
                    self.problem(codes::BAD_PATTERN, at, format!("`{pattern}` is not a pattern"), help);
                    None
                }
            },
            ("in" | "exists" | "matches", other) => {
                self.bad_form(at, &format!("`{key}` cannot be {}", other.kind()));
                None
            }
            _ => {
                let help = nearest(key, OPERATORS).map_or_else(
                    || format!("the operators are {}", super::join(OPERATORS.map(|it| format!("`{it}`")), "and")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.problem(codes::UNKNOWN_OPERATOR, at, format!("there is no operator `{key}`"), &help);
                None
            }
        }
    }

    /// `loss = ">= partial"`, `loss = ["none", "full"]`, `loss = { at_least = "partial", at_most = "full" }`.
    fn short(&mut self, fact: &str, value: &Node, at: &str) -> Vec<Condition> {
        match value {
            Node::Table(entries) if entries.is_empty() => {
                vec![self.bad_form(at, &format!("nothing is asked of `{fact}`"))]
            }
            Node::Table(entries) => self.operators(fact, at, entries.iter(), at),
            Node::List(items) => {
                let plain: Vec<_> = items.iter().filter_map(short::plain).collect();
                if plain.len() == items.len() {
                    return vec![test(fact, Operator::In(plain), at, at)];
                }
                let parts = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| self.scalar(fact, item, at, &format!("{at}/{index}")))
                    .collect();
                vec![Condition::Any(parts)]
            }
            scalar => vec![self.scalar(fact, scalar, at, at)],
        }
    }

    fn scalar(&mut self, fact: &str, value: &Node, name: &str, at: &str) -> Condition {
        match short::operator(value) {
            Ok(operator) => test(fact, operator, name, at),
            Err((code, message, help)) => self.problem(code, at, message, &help),
        }
    }

    fn bad_form(&mut self, path: &str, message: &str) -> Condition {
        let help = "a condition is a table of facts (all of), a list of conditions (any of), or a test with `fact`";
        self.problem(codes::BAD_CONDITION, path, message.to_owned(), help)
    }

    fn problem(&mut self, code: Code, path: &str, message: String, help: &str) -> Condition {
        self.problems.push(Finding::new(Level::Error, code, path, message).help(help));
        Condition::always()
    }
}

fn test(fact: &str, operator: Operator, name: &str, value: &str) -> Condition {
    let written = Some(Written { fact: name.to_owned(), value: value.to_owned() });
    Condition::Test(Test { fact: fact.to_owned(), operator, written })
}

/// The only part, or all of them together.
fn one_or(mut parts: Vec<Condition>, together: fn(Vec<Condition>) -> Condition) -> Condition {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            together(parts)
        }
        (None, _) => together(parts),
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let node = Node::deserialize(from)?;
        let mut problems = Vec::new();
        let read = condition(&node, "", &mut problems);
        refuse(problems).map_err(decode::carry)?;
        Ok(read)
    }
}

impl FromStr for Condition {
    type Err = Error;
    /// From JSON text.
    fn from_str(text: &str) -> Result<Self> {
        decode::from_text(text)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A condition over facts: a table is \"all of\", a list is \"any of\"; or the long form with `all`, `any`, `not`, `within` and tests `{fact, is | in | at_least | at_most | contains | exists | matches}`.",
        })
    }
}
