//! Values: on one line where they fit, else a list over several.

use super::page::{Item, Value};
use super::print::{commented, last_line};
use super::{ALIGNED, WIDTH, quote, width};

/// How much deeper the elements of a list stand that do not stand beside its bracket.
const STEP: usize = 4;

/// A value on one line; none where a comment stands in it, or a text of several lines.
pub(super) fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Written(text) => (!text.contains('\n')).then(|| text.clone()),
        Value::Text(text) => Some(quote::text(text)),
        Value::List { after, .. } if !after.is_empty() => None,
        Value::List { items, .. } => {
            let items = items.iter().map(|item| if item.is_commented() { None } else { flat(&item.value) });
            Some(format!("[{}]", items.collect::<Option<Vec<_>>>()?.join(", ")))
        }
        Value::Table(entries) if entries.is_empty() => Some("{}".to_owned()),
        Value::Table(entries) => {
            let entries = entries.iter().map(|(key, value)| Some(format!("{} = {}", quote::key(key), flat(value)?)));
            Some(format!("{{ {} }}", entries.collect::<Option<Vec<_>>>()?.join(", ")))
        }
    }
}

/// A value that begins at `column` of a line that is indented by `indent`, and is followed by `after` characters.
pub(super) fn set(value: &Value, column: usize, indent: usize, after: usize) -> String {
    if let Some(text) = flat(value).filter(|text| column + width(text) + after <= WIDTH) {
        return text;
    }
    match value {
        Value::Written(text) => text.clone(),
        Value::Text(text) => quote::text(text),
        Value::Table(entries) => set_table(entries, column, indent, after),
        Value::List { items, after: comments } => {
            let begins = items.first().is_some_and(|item| !item.before.is_empty());
            let ends = !comments.is_empty() || items.last().is_some_and(|item| item.comment.is_some());
            if begins || ends || column >= ALIGNED {
                set_hanging(items, comments, indent)
            } else {
                format!("[{}]", set_items(items, column + 1, after + 1))
            }
        }
    }
}

/// A table stays on its line, except for the lists in it.
fn set_table(entries: &[(Vec<String>, Value)], column: usize, indent: usize, after: usize) -> String {
    let mut out = String::from("{ ");
    for (at, (key, value)) in entries.iter().enumerate() {
        out.push_str(&format!("{} = ", quote::key(key)));
        let is_last = at + 1 == entries.len();
        let begins = if out.contains('\n') { 0 } else { column };
        let follows = if is_last { after + 2 } else { 1 };
        let value = set(value, begins + width(last_line(&out)), indent, follows);
        out.push_str(&value);
        out.push_str(if is_last { " " } else { ", " });
    }
    out.push('}');
    out
}

/// Elements below each other, deeper than the line with the bracket: where a comment stands beside a bracket, or the
/// bracket is far to the right.
fn set_hanging(items: &[Item], comments: &[String], indent: usize) -> String {
    let deeper = (indent + STEP).min(ALIGNED);
    let mut out = String::from("[\n");
    let mut line = |text: String| out.push_str(&format!("{:deeper$}{text}\n", ""));
    if items.iter().any(Item::is_commented) {
        for item in items {
            item.before.iter().for_each(|comment| line(comment.clone()));
            line(in_line(format!("{},", set(&item.value, deeper, deeper, 1)), deeper, item.comment.as_deref()));
        }
    } else if !items.is_empty() {
        line(format!("{},", set_items(items, deeper, 1)));
    }
    comments.iter().for_each(|comment| line(comment.clone()));
    out.push_str(&format!("{:indent$}]", ""));
    out
}

/// Elements from a column on, followed by `after` characters: one a line, or where they are short, many.
fn set_items(items: &[Item], column: usize, after: usize) -> String {
    let one_a_line = items.iter().all(|item| item.value.has_parts()) || items.iter().any(Item::is_commented);
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        let follows = if at + 1 == items.len() { after } else { 1 };
        let begins = if out.contains('\n') { 0 } else { column } + width(last_line(&out));
        let fits = !one_a_line
            && flat(&item.value).is_some_and(|text| begins + usize::from(at > 0) + width(&text) + follows <= WIDTH);
        if at > 0 && fits {
            out.push(' ');
        } else if at > 0 {
            out.push_str(&format!("\n{:column$}", ""));
        }
        for comment in &item.before {
            out.push_str(&format!("{comment}\n{:column$}", ""));
        }
        let begins = if out.contains('\n') { 0 } else { column } + width(last_line(&out));
        let value = set(&item.value, begins, column, follows);
        out.push_str(&value);
        if at + 1 < items.len() {
            out.push(',');
            if let Some(comment) = &item.comment {
                let before = if out.contains('\n') { 0 } else { column };
                let line = format!("{:before$}{}", "", last_line(&out));
                let whole = commented(line.clone(), Some(comment));
                out.push_str(whole.strip_prefix(&line).unwrap_or_default());
            }
        }
    }
    out
}

/// Code that begins at a column, and the comment after it.
fn in_line(code: String, column: usize, comment: Option<&str>) -> String {
    let line = format!("{:column$}", "");
    let whole = commented(format!("{line}{code}"), comment);
    whole.strip_prefix(&line).map(str::to_owned).unwrap_or(whole)
}
