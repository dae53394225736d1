//! Common slips in TOML, told so that they can be mended; and what only TOML 1.1 reads.

use std::ops::Range;

use toml_edit::{Datetime, InlineTable, RawString, TomlError};

use crate::codes;
use crate::text::short;

use super::node::Broken;

/// What the parser says at the beginning of its message, and what to do.
const HINTS: [(&str, &str); 12] = [
    ("a value is missing", "write a value after the `=`, or leave the line out"),
    ("invalid basic string", "close the text with `\"` on the line on which it begins"),
    ("invalid literal string", "close the text with `'` on the line on which it begins"),
    ("invalid multi-line", "close the text with the three quotes with which it begins"),
    ("unclosed array table", "close the name with `]]`"),
    ("unclosed array", "close the list with `]`"),
    ("unclosed inline table", "close the table with `}` on the line on which it begins"),
    ("unclosed table", "close the name with `]`"),
    ("missing comma", "put a `,` between two of them, or close the bracket"),
    ("extra assignment", "put a `,` between two of them, or close the bracket"),
    ("key with no value", "write `key = value`"),
    ("cannot extend value", "it has a value already: write the entry inside of that, or leave one of them out"),
];

/// Why a text is no TOML, in our words where we have some.
pub(super) fn broken(text: &str, no: &TomlError) -> Broken {
    let span = no.span().unwrap_or(0..0);
    let at = text.get(span.clone()).unwrap_or_default();
    if no.message().contains("recursion") {
        return Broken::too_deep(span);
    }
    if no.message().starts_with("duplicate key") {
        return twice(text, at, span);
    }
    let (message, own_hint) = match no.message() {
        said if !said.starts_with("string values must be quoted") => (said.replace('\n', ", "), None),
        _ if at.is_empty() => ("a value is missing".to_owned(), None),
        _ if at.contains(' ') => {
            let hint = format!("put text into quotes: `\"{}\"`; or a `,` between two values", short(at));
            (format!("`{}` is no value", short(at)), Some(hint))
        }
        _ => (format!("`{}` is no value", short(at)), Some(format!("put text into quotes: `\"{}\"`", short(at)))),
    };
    let known = HINTS.iter().find(|(begins, _)| message.starts_with(begins)).map(|(_, hint)| (*hint).to_owned());
    let broken = Broken::at(span, codes::NOT_TOML, message);
    own_hint.or(known).into_iter().fold(broken, Broken::hint)
}

/// A key or a table that is there twice.
fn twice(text: &str, name: &str, span: Range<usize>) -> Broken {
    let line = text.get(..span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let is_table = line.trim_start().starts_with('[') && !line.contains('=');
    let hint = if is_table {
        "write the entries of both below the first, or double brackets above each where they are a list"
    } else {
        "leave one of them out"
    };
    let name = name.trim_matches(['"', '\'']);
    Broken::at(span, codes::DUPLICATE_KEY, format!("`{}` is there twice", short(name))).hint(hint)
}

/// Tables in braces stand on one line: other readers of TOML 1.0 refuse them else.
pub(super) fn on_one_line(text: &str, table: &InlineTable, span: &Range<usize>) -> Result<(), Broken> {
    let breaks = |raw: Option<&RawString>| {
        let raw = raw.and_then(RawString::span).and_then(|span| text.get(span));
        raw.is_some_and(|raw| raw.contains('\n'))
    };
    let is_broken = table.get_values().iter().any(|(keys, value)| {
        let decors = keys.iter().flat_map(|key| [key.leaf_decor(), key.dotted_decor()]).chain([value.decor()]);
        decors.into_iter().any(|decor| breaks(decor.prefix()) || breaks(decor.suffix()))
    });
    if is_broken || table.trailing_comma() || breaks(Some(table.trailing())) {
        let message = "a table in braces stands on one line, without a comma at its end";
        let broken = Broken::at(span.start..span.start + 1, codes::NOT_TOML, message);
        return Err(broken.hint("write it on one line, or as a `[table]` of its own"));
    }
    Ok(())
}

/// Times have seconds: `08:00` is meant as text.
pub(super) fn with_seconds(at: &Datetime, text: &str, span: &Range<usize>) -> Result<(), Broken> {
    if at.time.is_none_or(|time| time.second.is_some()) {
        return Ok(());
    }
    let written = short(text.get(span.clone()).unwrap_or_default());
    let broken = Broken::at(span.clone(), codes::NOT_TOML, format!("`{written}` is a time without seconds"));
    Err(broken.hint(format!("put it into quotes: `\"{written}\"`")))
}

/// Escapes that TOML 1.0 knows.
pub(super) fn known_escapes(text: &str, span: &Range<usize>) -> Result<(), Broken> {
    let written = text.get(span.clone()).unwrap_or_default();
    let mut escaped = false;
    for (at, c) in written.char_indices().filter(|_| written.starts_with('"')) {
        if escaped && matches!(c, 'e' | 'x') {
            let at = span.start + at;
            let broken = Broken::at(at.saturating_sub(1)..at + 1, codes::NOT_TOML, format!("`\\{c}` is no escape"));
            return Err(broken.hint("write the character as `\\u001B` with its four digits"));
        }
        escaped = c == '\\' && !escaped;
    }
    Ok(())
}
