//! TOML to a page, with every comment.

use std::ops::Range;

use toml_edit::{Array, Document, Item as TomlItem, Key, RawString, Table, Value as TomlValue};

use super::page::{Entry, Header, Item, Line, Page, Value};
use super::short::Shortened;

/// The page of a text that was parsed; what stands at a pointer of `shortened` stands there in the short form.
pub(super) fn page(text: &str, document: &Document<String>, shortened: &Shortened) -> Page {
    let reader = Reader { text, shortened };
    let mut tables = vec![Found { path: Vec::new(), at: Vec::new(), of_list: false, table: document.as_table() }];
    find(document.as_table(), &[], &[], &mut tables);
    // Tables stand where they were written, also those between the tables of another one.
    tables.sort_by_key(|found| found.table.span().filter(|_| !found.path.is_empty()).map_or(0, |span| span.start));
    let mut lines = Vec::new();
    for found in &tables {
        reader.table(found, &mut lines);
    }
    lines.extend(above(reader.raw(Some(document.trailing()))));
    Page { lines }
}

/// A table with a header of its own; the root.
struct Found<'a> {
    path: Vec<String>,
    /// The same with the position in each list: its pointer.
    at: Vec<String>,
    of_list: bool,
    table: &'a Table,
}

fn find<'a>(table: &'a Table, path: &[String], at: &[String], out: &mut Vec<Found<'a>>) {
    let below = |steps: &[String], name: &str| [steps, &[name.to_owned()]].concat();
    for (name, item) in table.iter() {
        let (path, at) = (below(path, name), below(at, name));
        match item {
            TomlItem::Table(inner) => {
                find(inner, &path, &at, out);
                if !inner.is_dotted() && !inner.is_implicit() {
                    out.push(Found { path, at, of_list: false, table: inner });
                }
            }
            TomlItem::ArrayOfTables(tables) => {
                for (index, inner) in tables.iter().enumerate() {
                    let at = below(&at, &index.to_string());
                    find(inner, &path, &at, out);
                    out.push(Found { path: path.clone(), at, of_list: true, table: inner });
                }
            }
            TomlItem::None | TomlItem::Value(_) => {}
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    shortened: &'a Shortened,
}

impl Reader<'_> {
    fn table(&self, found: &Found<'_>, lines: &mut Vec<Line>) {
        let Found { path, at, of_list, table } = found;
        if !path.is_empty() {
            let decor = table.decor();
            lines.extend(above(self.raw(decor.prefix())));
            let comment = comment(self.raw(decor.suffix()));
            lines.push(Line::Header(Header { path: path.clone(), of_list: *of_list, comment }));
        }
        for (keys, value) in in_order(table.get_values()) {
            let prefix = keys.last().and_then(|key| key.leaf_decor().prefix());
            lines.extend(above(self.raw(prefix)));
            let key = names(&keys);
            lines.push(Line::Entry(Entry {
                value: self.value(value, &[at.as_slice(), &key].concat()),
                key,
                comment: comment(self.raw(value.decor().suffix())),
            }));
        }
    }

    fn value(&self, value: &TomlValue, at: &[String]) -> Value {
        let as_is = match value {
            TomlValue::Array(array) => self.list(array, at),
            TomlValue::InlineTable(table) => {
                let entries = in_order(table.get_values()).into_iter().map(|(keys, value)| {
                    let key = names(&keys);
                    let value = self.value(value, &[at, &key].concat());
                    (key, value)
                });
                Value::Table(entries.collect())
            }
            TomlValue::String(text) => match self.written(value) {
                lines if lines.contains('\n') => Value::Written(lines.to_owned()),
                _ => Value::Text(text.value().clone()),
            },
            _ => Value::Written(self.written(value).to_owned()),
        };
        self.shortened.get(at).filter(|_| !as_is.has_comments()).cloned().unwrap_or(as_is)
    }

    fn list(&self, array: &Array, at: &[String]) -> Value {
        let mut items: Vec<Item> = Vec::new();
        // Comments between an element and its comma, but for the first: they stand above the next one.
        let mut left: Vec<String> = Vec::new();
        for (index, value) in array.iter().enumerate() {
            left.extend(self.remarks(value.decor().prefix(), &mut items));
            let mut after = comments(self.raw(value.decor().suffix())).map(str::to_owned);
            let comment = after.next();
            let value = self.value(value, &[at, &[index.to_string()]].concat());
            items.push(Item { before: std::mem::replace(&mut left, after.collect()), value, comment });
        }
        left.extend(self.remarks(Some(array.trailing()), &mut items));
        Value::List { items, after: left }
    }

    /// Comments on lines of their own; one that is beside the element before goes to that.
    fn remarks(&self, raw: Option<&RawString>, items: &mut [Item]) -> Vec<String> {
        let raw = self.raw(raw);
        let mut remarks = comments(raw).map(str::to_owned);
        let is_beside = raw.split('\n').next().is_some_and(|line| line.contains('#'));
        match items.last_mut() {
            Some(item) if is_beside && item.comment.is_none() => item.comment = remarks.next(),
            _ => {}
        }
        remarks.collect()
    }

    fn written(&self, value: &TomlValue) -> &str {
        value.span().and_then(|span: Range<usize>| self.text.get(span)).unwrap_or_default()
    }

    fn raw(&self, raw: Option<&RawString>) -> &str {
        raw.and_then(RawString::span).and_then(|span| self.text.get(span)).unwrap_or_default()
    }
}

/// As they were written, also where a dotted key comes back to a table begun before.
fn in_order<'a>(mut entries: Vec<(Vec<&'a Key>, &'a TomlValue)>) -> Vec<(Vec<&'a Key>, &'a TomlValue)> {
    entries.sort_by_key(|(keys, _)| keys.last().and_then(|key| key.span()).map_or(0, |span| span.start));
    entries
}

fn names(keys: &[&Key]) -> Vec<String> {
    keys.iter().map(|key| key.get().to_owned()).collect()
}

/// The empty lines and comments above something; its own indentation is no line.
fn above(raw: &str) -> impl Iterator<Item = Line> {
    raw.trim_end_matches([' ', '\t']).split_terminator('\n').map(|line| match line.trim() {
        "" => Line::Blank,
        comment => Line::Comment(comment.to_owned()),
    })
}

fn comment(raw: &str) -> Option<String> {
    comments(raw).next().map(str::to_owned)
}

/// What stands between two values is spaces, line ends and these.
fn comments(raw: &str) -> impl Iterator<Item = &str> {
    raw.split('\n').filter_map(|line| line.find('#').and_then(|at| line.get(at..))).map(str::trim_end)
}
