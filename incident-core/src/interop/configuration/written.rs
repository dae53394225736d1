//! JSON on its way out, with its members in the order in which people read them.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::time::Timestamp;

use super::names::snake_case;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    Text(String),
    Number(i64),
    Truth(bool),
    List(Vec<Written>),
    Table(Vec<(String, Written)>),
}

/// A table of members in their order; a member without a value is left out.
macro_rules! table {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::interop::configuration::written::table_of([
            $(($name, $crate::interop::configuration::written::some($value))),*
        ])
    };
}
pub(super) use table;

pub(super) fn some(value: impl Into<Option<Written>>) -> Option<Written> {
    value.into()
}

pub(super) fn table_of<const N: usize>(members: [(&str, Option<Written>); N]) -> Written {
    let member = |(name, value): (&str, Option<Written>)| Some((name.to_owned(), value?));
    Written::Table(members.into_iter().filter_map(member).collect())
}

/// Text of a file.
pub(super) fn text(value: &Written) -> String {
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

impl Written {
    pub(super) fn of(text: impl std::fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    pub(super) fn number(number: impl Into<i64>) -> Self {
        Self::Number(number.into())
    }

    /// A list; none where it is empty.
    pub(super) fn list(items: Vec<Self>) -> Option<Self> {
        (!items.is_empty()).then_some(Self::List(items))
    }

    /// The same with the members of tables as Terraform's providers call them: `start_date` for `startDate`.
    pub(super) fn in_snake_case(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::in_snake_case).collect()),
            Self::Table(members) => {
                let member = |(name, value): (String, Self)| (snake_case(&name), value.in_snake_case());
                Self::Table(members.into_iter().map(member).collect())
            }
            plain => plain,
        }
    }

    pub(super) fn named(members: BTreeMap<String, Self>) -> Self {
        Self::Table(members.into_iter().collect())
    }
}

impl From<Timestamp> for Written {
    fn from(at: Timestamp) -> Self {
        Self::of(at)
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_i64(*number),
            Self::Truth(truth) => to.serialize_bool(*truth),
            Self::List(items) => items.serialize(to),
            Self::Table(members) => {
                let mut table = to.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    table.serialize_entry(name, value)?;
                }
                table.end()
            }
        }
    }
}

/// Local values of Terraform: our ids beside those of the tool, in one place.
#[derive(Debug, Default)]
pub(super) struct Locals {
    values: BTreeMap<String, BTreeMap<String, Written>>,
}

impl Locals {
    /// A reference to the tool's id of something; the id itself where our name of it cannot stand in an expression.
    pub(super) fn refer(&mut self, group: &str, ours: &str, id: String) -> Written {
        let simple = ours.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
        if !simple {
            return Written::of(id);
        }
        self.values.entry(group.to_owned()).or_default().insert(ours.to_owned(), Written::of(id));
        Written::of(format!("${{local.{group}[\"{ours}\"]}}"))
    }

    pub(super) fn written(self) -> Written {
        Written::named(self.values.into_iter().map(|(group, all)| (group, Written::named(all))).collect())
    }
}

/// A value as one line whose members are in the order of their names.
pub(super) fn line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(line).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> = members.iter().collect();
            let member = |(name, value): (&String, &Value)| format!("{}:{}", Value::from(name.as_str()), line(value));
            format!("{{{}}}", sorted.into_iter().map(member).collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}
