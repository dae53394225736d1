//! Random files, with every way of writing that TOML has.

use proptest::prelude::*;

/// One line, or a few: what it stands for is numbered, so that no name is there twice.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (gap(), key(), value(), gap(), end()).prop_map(|(gap, key, value, after, end)| {
            format!("{gap}{key}{after}={gap}{value}{after}{end}")
        }),
        1 => (gap(), gap(), end()).prop_map(|(a, b, end)| format!("{a}[{b}t@{a}]{b}{end}")),
        1 => (gap(), gap(), end()).prop_map(|(a, b, end)| format!("{a}[t@ {b}.{a} 's'.u@]{b}{end}")),
        1 => end().prop_map(|end| format!("[[list]]{end}")),
        1 => (end(), end()).prop_map(|(end, other)| format!("[[list]]{end}[list.t@]{other}")),
        1 => (gap(), end()).prop_map(|(gap, end)| format!("{gap}{end}")),
    ]
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", " ", "  ", "\t", ""])
}

/// The end of a line, perhaps after a comment.
fn end() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["\n", "\n", "\r\n", "#c@.\n", " # c@. \r\n", "\n\n\n"])
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "k@",
        "key_@",
        "'k@'",
        "\"k @\"",
        "d.k@",
        "d . 'e'. k@",
        "\"\\u00fc@\"",
        "'a.b@'",
        "a-very-long-name-of-a-key@",
    ])
}

fn value() -> impl Strategy<Value = String> {
    let scalar = prop::sample::select(vec![
        "1",
        "0x1F",
        "1_000",
        "-2.5e3",
        "true",
        "2026-12-07",
        "2026-12-07 08:00:00Z",
        "08:00:00",
        "''",
        "'it is'",
        "\"it's\"",
        "'\"'",
        "\"\\\"'\\\\\"",
        "\"\\t\\u0000\"",
        "\"\"\"a\"\"\"",
        "\"\"\"\na\n  b\"\"\"",
        "'''\r\n'b'\r\n'''",
        "'a text that is long enough to be alone on its line, or nearly so'",
        "\"ü\"",
    ]);
    let leaf = scalar.prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 6, |inner| {
        let between = || prop::sample::select(vec!["", " ", "\n", "\r\n  ", " # c@.\n", "\n# c@.\n\n #c@.\n"]);
        let list = (prop::collection::vec((between(), inner.clone(), between()), 0..6), between(), any::<bool>());
        let table = (prop::collection::vec((key(), inner), 0..5), gap());
        prop_oneof![
            list.prop_map(|(items, end, comma)| {
                let comma = if comma && !items.is_empty() { "," } else { "" };
                let items = items.into_iter().map(|(before, item, after)| format!("{before}{item}{after}"));
                format!("[{}{comma}{end}]", items.collect::<Vec<_>>().join(","))
            }),
            table.prop_map(|(entries, gap)| {
                let entries = entries.into_iter().map(|(key, value)| format!("{gap}{key}{gap}={gap}{value}{gap}"));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

/// A file, every `@` of which is another number.
pub(super) fn file() -> impl Strategy<Value = String> {
    (any::<bool>(), prop::collection::vec(line(), 0..12), any::<bool>()).prop_map(|(marked, lines, ended)| {
        let mut text: String = if marked { "\u{feff}".to_owned() } else { String::new() };
        for (at, part) in lines.concat().split('@').enumerate() {
            let number = if at == 0 { String::new() } else { at.to_string() };
            text.push_str(&format!("{number}{part}"));
        }
        if ended { text } else { text.trim_end().to_owned() }
    })
}
