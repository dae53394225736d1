//! JSON Lines: one object a line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::Level;
use crate::time::Timestamp;

use super::column_map::ColumnMap;
use super::intake::{Intake, LIST, Row};
use super::plan::{Plan, Wanted};
use super::proposal::Sample;
use super::table::History;

/// Reads a file; `progress` hears how many bytes are done, from time to time.
pub(super) fn read(
    bytes: &[u8],
    map: &ColumnMap,
    as_of: Timestamp,
    progress: &mut dyn FnMut(usize),
) -> Result<History> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        let error = Error::invalid(codes::NOT_JSON_LINES, "the file is one JSON list");
        return Err(error.hint("write one object a line, as `jq -c '.[]'` does"));
    }
    let plan = Plan::new(map, |_| false)?;
    let mut intake = Intake::new(&plan, as_of);
    let (mut text, mut cells) = (String::new(), Vec::new());
    let (mut done, mut told) = (0, 0);
    let mut seen = vec![false; plan.columns.len()];
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_u64..) {
        done += line.len() + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let line = String::from_utf8_lossy(line);
        if matches!(line, Cow::Owned(_)) {
            let message = "the line is not UTF-8; what cannot be read is shown as `\u{fffd}`";
            let path = format!("/{}", intake.rows());
            intake.note(Level::Warning, codes::NOT_UTF8, number, &path, message, "save the file as UTF-8");
        }
        match serde_json::from_str::<BTreeMap<String, &RawValue>>(line.trim()) {
            Ok(members) => {
                text.clear();
                cells.clear();
                for (wanted, seen) in plan.columns.iter().zip(&mut seen) {
                    let start = text.len();
                    if let Some(value) = member(&members, &wanted.name) {
                        *seen = true;
                        push(&mut text, value.get());
                    }
                    cells.push(Some(start..text.len()));
                }
                let place = |column: usize| place_in(&line, plan.columns.get(column));
                intake.take(&Row { line: number, text: &text, cells: &cells, place: &place });
            }
            Err(no) => {
                let message = if no.is_data() { "the line is not a JSON object" } else { "the line is not JSON" };
                intake.unreadable(number, codes::NOT_JSON_LINES, message, "write one object a line");
            }
        }
        if done - told > 1 << 20 {
            told = done;
            progress(told);
        }
    }
    if intake.rows() == 0 {
        return Err(Error::invalid(codes::EMPTY_FILE, "the file is empty").hint("write one object a line"));
    }
    for wanted in plan.columns.iter().zip(&seen).filter(|(_, seen)| !**seen).map(|(wanted, _)| wanted) {
        let message = format!("no line has `{}`", wanted.name);
        intake.missing(codes::NO_COLUMN, &wanted.at, message);
    }
    intake.finish()
}

/// The names of members in the order they come up, those of objects inside as `a.b`, and the first rows.
pub(super) fn sample(bytes: &[u8], rows: usize) -> Sample {
    let mut sample = Sample { delimiter: None, headers: Vec::new(), rows: Vec::new() };
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(rows) {
        let line = String::from_utf8_lossy(line);
        let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(&line) else { continue };
        let mut row = vec![String::new(); sample.headers.len()];
        for (name, value) in members {
            let inside = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get());
            let members = match inside {
                Ok(inside) => inside.into_iter().map(|(inner, value)| (format!("{name}.{inner}"), value)).collect(),
                Err(_) => vec![(name, value)],
            };
            for (name, value) in members {
                let column = sample.headers.iter().position(|header| *header == name).unwrap_or_else(|| {
                    sample.headers.push(name);
                    row.push(String::new());
                    sample.headers.len() - 1
                });
                row.get_mut(column).into_iter().for_each(|cell| push(cell, value.get()));
            }
        }
        sample.rows.push(row);
    }
    sample
}

/// The member of that name; `a.b` is also the member `b` of the object `a`.
fn member<'v>(members: &BTreeMap<String, &'v RawValue>, name: &str) -> Option<&'v RawValue> {
    if let Some(value) = members.get(name) {
        return Some(value);
    }
    let (outer, inner) = name.split_once('.')?;
    let inside: BTreeMap<String, &'v RawValue> = serde_json::from_str(members.get(outer)?.get()).ok()?;
    member(&inside, inner)
}

/// The value as a cell has it: text without quotes, nothing for `null`, the members of a list apart.
fn push(text: &mut String, value: &str) {
    match value.as_bytes().first() {
        Some(b'"') => text.push_str(&serde_json::from_str::<Cow<'_, str>>(value).unwrap_or_default()),
        Some(b'[') => {
            let values: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
            for (value, at) in values.into_iter().zip(0..) {
                if at > 0 {
                    text.push(LIST);
                }
                push(text, value.get());
            }
        }
        _ if value == "null" => {}
        _ => text.push_str(value),
    }
}

/// Where the member's name stands in its line, in characters from 1, and how long it is.
fn place_in(line: &str, wanted: Option<&Wanted>) -> (u32, u32) {
    let name = wanted.map_or("", |wanted| wanted.name.rsplit('.').next().unwrap_or_default());
    let quoted = format!("\"{name}\"");
    let chars = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match line.find(&quoted).and_then(|at| line.get(..at)) {
        Some(before) => (chars(before).saturating_add(1), chars(&quoted)),
        None => (1, 1),
    }
}
