//! TOML 1.0 with places; dates and times become text.

use std::ops::Range;

use toml_edit::{Document, Item, Key as TomlKey, TableLike, Value as TomlValue};

use super::node::{Broken, Key, Node, Value, finite};
use super::slips;

pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let document = Document::parse(text).map_err(|no| slips::broken(text, &no))?;
    table(text, document.as_table(), 0..text.len())
}

fn table(text: &str, table: &dyn TableLike, span: Range<usize>) -> Result<Node, Broken> {
    let mut members = Vec::new();
    for (name, item) in table.iter() {
        let key_span = table.key(name).and_then(TomlKey::span);
        let node = match item {
            Item::None => continue,
            Item::Value(value) => self::value(text, value)?,
            Item::Table(inner) => self::table(text, inner, inner.span().or(key_span.clone()).unwrap_or_default())?,
            Item::ArrayOfTables(tables) => {
                let items = tables.iter().map(|inner| self::table(text, inner, inner.span().unwrap_or_default()));
                Node::list(tables.span().or(key_span.clone()).unwrap_or_default(), items.collect::<Result<_, _>>()?)
            }
        };
        let span = key_span.unwrap_or_else(|| node.span.clone());
        members.push((Key { name: name.to_owned(), span }, node));
    }
    Ok(Node { span, value: Value::map(members)? })
}

fn value(text: &str, value: &TomlValue) -> Result<Node, Broken> {
    let span = value.span().unwrap_or_default();
    let value = match value {
        TomlValue::String(string) => {
            slips::known_escapes(text, &span)?;
            Value::Text(string.value().clone())
        }
        TomlValue::Integer(number) => Value::Number(number.value().to_string()),
        TomlValue::Float(number) => Value::Number(finite(*number.value(), &span)?),
        TomlValue::Boolean(value) => Value::Bool(*value.value()),
        TomlValue::Datetime(at) => {
            slips::with_seconds(at.value(), text, &span)?;
            Value::Text(at.value().to_string())
        }
        TomlValue::Array(items) => {
            return Ok(Node::list(span, items.iter().map(|item| self::value(text, item)).collect::<Result<_, _>>()?));
        }
        TomlValue::InlineTable(inner) => {
            slips::on_one_line(text, inner, &span)?;
            return table(text, inner, span);
        }
    };
    Ok(Node { span, value })
}
