//! What holds of every file.

use proptest::prelude::*;
use toml_edit::{Document, Item, TableLike, Value};

use super::pages::TEAM;
use super::random;
use crate::{Format, Source, format_document};

/// Everything in a document but how it is written, in order, with the kind of each value.
fn content(text: &str) -> String {
    content_of(Document::parse(text.to_owned()).unwrap().as_table())
}

fn content_of(table: &dyn TableLike) -> String {
    let mut out = String::from("{");
    for (name, item) in table.iter() {
        out += &match item {
            Item::None => String::new(),
            Item::Value(value) => format!("{name:?}={};", value_of(value)),
            Item::Table(inner) => format!("{name:?}={};", content_of(inner)),
            Item::ArrayOfTables(tables) => {
                format!("{name:?}=[{}];", tables.iter().map(|table| content_of(table)).collect::<Vec<_>>().join(","))
            }
        };
    }
    out + "}"
}

fn value_of(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", text.value()),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => format!("{:?}f", number.value()),
        Value::Boolean(flag) => flag.value().to_string(),
        Value::Datetime(at) => format!("@{}", at.value()),
        Value::Array(items) => format!("[{}]", items.iter().map(value_of).collect::<Vec<_>>().join(",")),
        Value::InlineTable(table) => content_of(table),
    }
}

/// The numbered comments in a text, in their order.
fn comments(text: &str) -> Vec<&str> {
    text.split('#').skip(1).filter_map(|rest| rest.split('.').next()).map(str::trim).collect()
}

fn check(text: &str) {
    let formatted = format_document(text, Some(Format::Toml), None).unwrap();
    assert_eq!(content(&formatted), content(text), "{formatted}\n--- of\n{text}");
    assert_eq!(comments(&formatted), comments(text), "{formatted}\n--- of\n{text}");
    assert_eq!(format_document(&formatted, Some(Format::Toml), None).unwrap(), formatted, "twice, of\n{text}");
    let is_plain = !formatted.contains("'''") && !formatted.contains("\"\"\"");
    let is_clean = |line: &str| line.trim_end() == line;
    assert!(!is_plain || formatted.lines().all(is_clean) && !formatted.contains("\n\n\n"), "{formatted}");
    assert!(formatted.is_empty() || (formatted.ends_with('\n') && !formatted.ends_with("\n\n")), "{formatted}");
}

#[test]
fn a_mark_at_the_beginning_is_left_out() {
    assert_eq!(format_document("\u{feff}# c\na=1", Some(Format::Toml), None).unwrap(), "# c\na = 1\n");
}

/// What files are made of, between broken bars.
const PIECES: &str = "[¦]¦[[¦]]¦{¦}¦=¦ = ¦,¦.¦a¦b¦'¦\"¦'''¦\"\"\"¦#¦# c\n¦\n¦\r\n¦ ¦\t¦1¦-¦2026-12-07¦08:00¦\\¦\\u¦ü¦\u{feff}¦\0¦\u{7f}\
    ¦[a]\n¦[[a]]\n¦a = 1\n¦a.b = [1, # x\n¦[severity.a]\n¦when = { fact = 'a', is = 1 }\n¦[[route]]\n¦when¦fact";

proptest! {
    #[test]
    fn nothing_is_lost_and_twice_is_as_once(text in random::file()) {
        check(&text);
    }

    #[test]
    fn no_text_makes_it_panic(
        pieces in prop::collection::vec(
            prop_oneof![
                6 => prop::sample::select(PIECES.split('¦').collect::<Vec<_>>()).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..30,
        ),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        for text in [pieces.concat(), String::from_utf8_lossy(&bytes).into_owned()] {
            for format in [Format::Toml, Format::Json] {
                if let Ok(formatted) = format_document(&text, Some(format), None) {
                    prop_assert_eq!(format_document(&formatted, Some(format), None).unwrap(), formatted);
                }
            }
        }
    }
}

#[test]
fn what_is_cut_off_is_refused_or_kept() {
    for (at, _) in TEAM.char_indices().step_by(41) {
        let text = TEAM.get(..at).unwrap();
        if let Ok(source) = Source::parse(text, Format::Toml) {
            let formatted = format_document(text, Some(Format::Toml), None).unwrap();
            assert_eq!(Source::parse(&formatted, Format::Toml).unwrap().to_json(), source.to_json());
        }
    }
}

#[test]
fn towers_and_wide_keys_stay_within_bounds() {
    let tower = |depth: usize| format!("a = {}1, 1, 1{}", "[".repeat(depth), "]".repeat(depth));
    check(&tower(70));
    assert!(format_document(&tower(100), None, None).is_err());
    // One long name pushes no line aside, and one long list makes no lines of spaces.
    let wide =
        format!("{} = 1\n{}", "k".repeat(100_000), (0..1_000).map(|at| format!("k{at} = 1\n")).collect::<String>());
    assert!(format_document(&wide, None, None).unwrap().len() < 2 * wide.len());
    let deep = format!("a = {}{}{}", "[".repeat(70), "1,".repeat(10_000), "]".repeat(70));
    assert!(format_document(&deep, None, None).unwrap().len() < 5 * deep.len());
}
