//! TOML with places; dates and times become text.

use std::ops::Range;

use toml_edit::{Document, Item, Key as TomlKey, TableLike, Value as TomlValue};

use crate::codes;

use super::node::{Broken, Key, Node, Value, finite};

pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let document = Document::parse(text).map_err(|no| {
        let span = no.span().unwrap_or(0..0);
        if no.message().contains("recursion") {
            return Broken::too_deep(span);
        }
        Broken::at(span, codes::NOT_TOML, no.message().replace('\n', ", "))
    })?;
    table(document.as_table(), 0..text.len())
}

fn table(table: &dyn TableLike, span: Range<usize>) -> Result<Node, Broken> {
    let mut members = Vec::new();
    for (name, item) in table.iter() {
        let key_span = table.key(name).and_then(TomlKey::span);
        let node = match item {
            Item::None => continue,
            Item::Value(value) => self::value(value)?,
            Item::Table(inner) => self::table(inner, inner.span().or(key_span.clone()).unwrap_or_default())?,
            Item::ArrayOfTables(tables) => {
                let items = tables.iter().map(|inner| self::table(inner, inner.span().unwrap_or_default()));
                Node::list(tables.span().or(key_span.clone()).unwrap_or_default(), items.collect::<Result<_, _>>()?)
            }
        };
        let span = key_span.unwrap_or_else(|| node.span.clone());
        members.push((Key { name: name.to_owned(), span }, node));
    }
    Ok(Node { span, value: Value::map(members)? })
}

fn value(value: &TomlValue) -> Result<Node, Broken> {
    let span = value.span().unwrap_or_default();
    let value = match value {
        TomlValue::String(text) => Value::Text(text.value().clone()),
        TomlValue::Integer(number) => Value::Number(number.value().to_string()),
        TomlValue::Float(number) => Value::Number(finite(*number.value(), &span)?),
        TomlValue::Boolean(value) => Value::Bool(*value.value()),
        TomlValue::Datetime(at) => Value::Text(at.value().to_string()),
        TomlValue::Array(items) => {
            return Ok(Node::list(span, items.iter().map(self::value).collect::<Result<_, _>>()?));
        }
        TomlValue::InlineTable(inner) => return table(inner, span),
    };
    Ok(Node { span, value })
}
