//! Keys, and the entries of tables that stand below each other, in columns.

use super::page::{Entry, Line, Value};
use super::{ALIGNED, WIDTH, quote, value, width};

/// For each entry of a block: its key, as wide as the others, and its table where it stands in columns with those around.
pub(super) fn align(block: &[Line]) -> Vec<(String, Option<String>)> {
    let keys: Vec<String> = block.iter().filter_map(Line::entry).map(|entry| quote::key(&entry.key)).collect();
    let widest = keys.iter().map(|key| width(key)).filter(|width| *width <= ALIGNED).max().unwrap_or_default();
    let padded = keys.into_iter().map(|key| format!("{key:widest$}"));
    let mut tables = Vec::new();
    for section in block.split(|line| matches!(line, Line::Header(_))) {
        let rows: Vec<Option<Row>> = section.iter().filter_map(Line::entry).map(Row::of).collect();
        for group in rows.chunk_by(|a, b| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.begins_as(b))) {
            let widths = widths(group);
            tables.extend(group.iter().map(|row| row.as_ref().map(|row| row.padded(&widths))));
        }
    }
    let fits = |key: &str, table: &String| width(key) + " = ".len() + width(table) <= WIDTH;
    let both = |(key, table): (String, Option<String>)| {
        let table = table.filter(|table| fits(&key, table));
        (key, table)
    };
    padded.zip(tables).map(both).collect()
}

/// An inline table on one line.
struct Row(Vec<Cell>);

struct Cell {
    key: String,
    text: String,
    is_scalar: bool,
}

impl Row {
    fn of(entry: &Entry) -> Option<Self> {
        let Value::Table(entries) = &entry.value else { return None };
        let cell = |(key, value): &(Vec<String>, Value)| {
            let (key, text) = (quote::key(key), value::flat(value)?);
            let text = format!("{key} = {text}");
            Some(Cell { is_scalar: !value.has_parts() && width(&text) <= ALIGNED, key, text })
        };
        let cells: Vec<Cell> = entries.iter().map(cell).collect::<Option<_>>()?;
        (!cells.is_empty()).then_some(Self(cells))
    }

    fn begins_as(&self, other: &Self) -> bool {
        self.0.first().map(|cell| &cell.key) == other.0.first().map(|cell| &cell.key)
    }

    fn padded(&self, widths: &[usize]) -> String {
        let mut out = String::from("{ ");
        for (at, cell) in self.0.iter().enumerate() {
            let is_last = at + 1 == self.0.len();
            let text = if is_last { cell.text.clone() } else { format!("{},", cell.text) };
            let least = if is_last { 0 } else { widths.get(at).map_or(0, |width| width + 1) };
            out.push_str(&format!("{text:least$} "));
        }
        out.push('}');
        out
    }
}

/// How wide the first columns are: as far as every table that goes on has the same key there, and a scalar.
fn widths(rows: &[Option<Row>]) -> Vec<usize> {
    let rows: Vec<&Row> = rows.iter().flatten().collect();
    let mut widths = Vec::new();
    loop {
        let at = widths.len();
        let Some(first) = rows.iter().find_map(|row| row.0.get(at)) else { return widths };
        let mut cells = rows.iter().filter_map(|row| row.0.get(at));
        if !cells.all(|cell| cell.key == first.key && cell.is_scalar) {
            return widths;
        }
        let goes_on = rows.iter().filter(|row| row.0.len() > at + 1);
        let widest = goes_on.filter_map(|row| row.0.get(at)).map(|cell| width(&cell.text)).max();
        let Some(widest) = widest else { return widths };
        widths.push(widest);
    }
}
