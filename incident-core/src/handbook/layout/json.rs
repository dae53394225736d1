//! JSON, set like the rest: on one line what fits, but for the two outermost levels.

use crate::text::{Tree, TreeValue};

use super::page::Value;
use super::short::Shortened;
use super::{WIDTH, width};

/// The text, with one line end at its end.
pub(super) fn print(tree: &Tree, shortened: &Shortened) -> String {
    let mut printer = Printer { shortened, at: Vec::new() };
    let part = printer.part(tree);
    let mut out = set(&part, 0, 0, 0);
    out.push('\n');
    out
}

/// What is set: scalars as they are written, and lists and tables of them.
enum Part {
    Scalar(String),
    List(Vec<Part>),
    Table(Vec<(String, Part)>),
}

struct Printer<'a> {
    shortened: &'a Shortened,
    at: Vec<String>,
}

impl Printer<'_> {
    fn part(&mut self, tree: &Tree) -> Part {
        if let Some(short) = self.shortened.get(&self.at) {
            return Part::of(short);
        }
        let mut inside = |step: String, inner: &Tree| {
            self.at.push(step);
            let part = self.part(inner);
            self.at.pop();
            part
        };
        match &tree.value {
            TreeValue::List(items) => {
                Part::List(items.iter().map(|(at, inner)| inside(at.to_string(), inner)).collect())
            }
            TreeValue::Map(members) => {
                let member = members.iter().map(|(key, inner)| (quoted(&key.name), inside(key.name.clone(), inner)));
                Part::Table(member.collect())
            }
            _ => Part::Scalar(tree.to_json()),
        }
    }
}

impl Part {
    /// A condition, which has no comments and keys of one name.
    fn of(value: &Value) -> Self {
        match value {
            Value::Written(text) => Self::Scalar(text.clone()),
            Value::Text(text) => Self::Scalar(quoted(text)),
            Value::List { items, .. } => Self::List(items.iter().map(|item| Self::of(&item.value)).collect()),
            Value::Table(entries) => {
                Self::Table(entries.iter().map(|(key, value)| (quoted(&key.join(".")), Self::of(value))).collect())
            }
        }
    }

    fn flat(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::flat).collect::<Vec<_>>().join(", ")),
            Self::Table(members) if members.is_empty() => "{}".to_owned(),
            Self::Table(members) => {
                let members = members.iter().map(|(name, part)| format!("{name}: {}", part.flat()));
                format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A part that begins at `column`, on a line `depth` levels deep, and is followed by `after` characters.
fn set(part: &Part, column: usize, depth: usize, after: usize) -> String {
    let is_open = depth < 2 && matches!(part, Part::Table(members) if !members.is_empty());
    let flat = part.flat();
    if !is_open && column + width(&flat) + after <= WIDTH {
        return flat;
    }
    let inside = "  ".repeat(depth + 1);
    let (open, lines, close) = match part {
        Part::Scalar(_) => return flat,
        Part::List(items) => ('[', items.iter().map(|item| set(item, inside.len(), depth + 1, 1)).collect(), ']'),
        Part::Table(members) => {
            let line = |(name, part): &(String, Part)| {
                let name = format!("{name}: ");
                let part = set(part, inside.len() + width(&name), depth + 1, 1);
                format!("{name}{part}")
            };
            ('{', members.iter().map(line).collect::<Vec<_>>(), '}')
        }
    };
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{inside}{line}")).collect();
    format!("{open}\n{}\n{}{close}", lines.join(",\n"), "  ".repeat(depth))
}
