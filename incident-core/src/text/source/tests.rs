use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::{Calendar, Elapsed, Timestamp, Window};

#[cfg(feature = "formats")]
const FORMATS: [Format; 3] = [Format::Json, Format::Toml, Format::Yaml];
#[cfg(not(feature = "formats"))]
const FORMATS: [Format; 2] = [Format::Json, Format::Toml];

/// Every shape that documents have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "begins_at")]
    _begins_at: Timestamp,
    #[serde(rename = "count")]
    _count: u64,
    #[serde(rename = "calendar")]
    _calendar: Calendar,
    #[serde(rename = "windows")]
    _windows: BTreeMap<String, Window>,
    #[serde(rename = "waits")]
    _waits: Vec<Elapsed>,
    #[serde(rename = "done")]
    _done: bool,
}

const JSON: &str = r#"{
  "title": ⟦"ä title"⟧, "begins_at": ⟦"2026-03-01T10:00:00Z"⟧,
  "count": ⟦40⟧,
  "calendar": { "workdays": [⟦"mon"⟧, ⟦"tue"⟧], "holidays": [⟦"2026-12-25"⟧] },
  "windows": { "office": { "zone": ⟦"Europe/Berlin"⟧, "hours": ⟦"Mon-Fri 09:00-17:00"⟧ } },
  "waits": [⟦"5m"⟧, ⟦"1h30m"⟧],
  "done": ⟦true⟧
}"#;

const TOML: &str = r#"title = ⟦"ä title"⟧
begins_at = ⟦"2026-03-01T10:00:00Z"⟧
count = ⟦40⟧ # ü
waits = [⟦"5m"⟧, ⟦"1h30m"⟧]
done = ⟦true⟧
[calendar]
workdays = [⟦"mon"⟧, ⟦"tue"⟧]
holidays = [⟦"2026-12-25"⟧]
[windows.office]
zone = ⟦"Europe/Berlin"⟧
hours = ⟦"Mon-Fri 09:00-17:00"⟧
"#;

const YAML: &str = r#"title: ⟦"ä title"⟧
begins_at: ⟦"2026-03-01T10:00:00Z"⟧
count: ⟦40⟧ # ü
waits:
  - ⟦"5m"⟧
  - ⟦"1h30m"⟧
done: ⟦true⟧
calendar: { workdays: [⟦"mon"⟧, ⟦"tue"⟧], holidays: [⟦"2026-12-25"⟧] }
windows:
  office:
    zone: ⟦"Europe/Berlin"⟧
    hours: ⟦"Mon-Fri 09:00-17:00"⟧
"#;

fn template(format: Format) -> &'static str {
    match format {
        Format::Json => JSON,
        Format::Toml => TOML,
        Format::Yaml => YAML,
    }
}

/// The template with some of its values replaced, and where these stand: line, first and last column.
fn filled(template: &str, replaced: &BTreeMap<usize, &str>) -> (String, Vec<(u32, u32, u32)>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for (at, piece) in template.split('⟦').enumerate() {
        let Some((value, rest)) = piece.split_once('⟧') else {
            text += piece;
            continue;
        };
        let value = replaced.get(&(at - 1)).copied().unwrap_or(value);
        if replaced.contains_key(&(at - 1)) {
            let line = u32::try_from(text.lines().count()).unwrap();
            let column = u32::try_from(text.lines().last().unwrap_or_default().chars().count()).unwrap() + 1;
            let last = column + u32::try_from(value.chars().count()).unwrap() - 1;
            // A list is shown by its name, which stands before it on the line.
            places.push((line, if value.starts_with('[') { 1 } else { column }, last));
        }
        text += &format!("{value}{rest}");
    }
    (text, places)
}

#[test]
fn the_templates_are_valid() {
    for format in FORMATS {
        let (text, _) = filled(template(format), &BTreeMap::new());
        Source::parse(&text, format).unwrap().read::<Document>().unwrap();
    }
}

fn check(text: &str, format: Format, code: &str) {
    let read = Source::parse(text, format).and_then(|source| source.read::<Document>());
    let no = read.map(|_| ()).unwrap_err();
    let start: String = text.chars().take(20).collect();
    assert_eq!(no.code.as_str(), code, "{format:?}: {start}");
    assert!(no.findings.iter().all(|finding| finding.at.is_some()), "{format:?}: {start}");
}

#[test]
fn broken_documents_have_their_code_and_place() {
    check("{\"a\": 1, \"a\": 2}", Format::Json, "contract.duplicate_key");
    check("{\"a\": 1,}", Format::Json, "contract.not_json");
    check("a = 1\na = 2", Format::Toml, "contract.duplicate_key");
    check("a = ", Format::Toml, "contract.not_toml");
    check("a = inf", Format::Toml, "contract.not_a_value");
    for format in FORMATS {
        check(
            "\u{0}",
            format,
            match format {
                Format::Json => "contract.not_json",
                Format::Toml => "contract.not_toml",
                Format::Yaml => "contract.not_yaml",
            },
        );
    }
}

#[test]
#[cfg(feature = "formats")]
fn broken_yaml_has_its_code_and_place() {
    check("a: 1\na: 2", Format::Yaml, "contract.duplicate_key");
    check("a: [", Format::Yaml, "contract.not_yaml");
    check("a: 1\n---\nb: 2", Format::Yaml, "contract.not_yaml");
    check("a: &a [*a]", Format::Yaml, "contract.not_yaml");
    check("a: .inf", Format::Yaml, "contract.not_a_value");
    check("? [a]\n: 1", Format::Yaml, "contract.not_yaml");
    let bomb: String = ('b'..='j').fold("a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, name| {
        let before = char::from(u8::try_from(name).unwrap() - 1);
        text + &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 10].join(", "))
    });
    check(&bomb, Format::Yaml, "contract.too_large");
}

#[test]
fn towers_are_refused() {
    for count in [101, 1_000, 100_000] {
        check(&("[".repeat(count) + &"]".repeat(count)), Format::Json, "contract.too_deep");
        check(&"[".repeat(count), Format::Json, "contract.too_deep");
        check(&"{\"a\":".repeat(count), Format::Json, "contract.too_deep");
        check(&format!("a = {}{}", "[".repeat(count), "]".repeat(count)), Format::Toml, "contract.too_deep");
        if FORMATS.contains(&Format::Yaml) {
            check(&"[".repeat(count), Format::Yaml, "contract.too_deep");
            check(&"- ".repeat(count), Format::Yaml, "contract.too_deep");
        }
    }
}

#[test]
fn long_texts_are_read() {
    let long = |count| "a".repeat(count);
    for (text, format, length) in [
        (format!("{{\"a\":\"ä{}\"}}", long(10_000_000)), Format::Json, 10_000_003),
        (format!("a = \"ä{}\"", long(1_000_000)), Format::Toml, 1_000_003),
    ] {
        let source = Source::parse(&text, format).unwrap();
        let place = source.locate("/a").unwrap();
        assert_eq!((place.line, place.length), (1, length));
    }
}

#[test]
fn many_members_are_read_in_proportion() {
    let members: Vec<String> = (0..50_000).map(|at| format!("\"k{at}\": {at}")).collect();
    let source = Source::parse(&format!("{{{}}}", members.join(",\n")), Format::Json).unwrap();
    assert_eq!(source.locate("/k49999").unwrap().line, 50_000);
}

/// What documents are made of, between broken bars.
const PIECES: &str = "{¦}¦[¦]¦:¦: ¦,¦\"¦'¦\"\"\"¦'''¦=¦ = ¦#¦\n¦\r\n¦ ¦  ¦\t¦- ¦? ¦&a ¦*a¦!!str ¦|\n¦>\n¦---\n¦...\n¦%YAML¦a¦b¦title¦1¦-¦.5\
    ¦1e999¦true¦null¦nan¦\\¦\\u¦\\ud800¦ü¦\u{feff}¦\0¦[[a]]\n¦[a.b]\n¦2026-03-01¦T10:00:00Z¦<<: ¦~";

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        pieces in prop::collection::vec(
            prop_oneof![
                5 => prop::sample::select(PIECES.split('¦').collect::<Vec<_>>()).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..30,
        )
    ) {
        let text = pieces.concat();
        let lines = u32::try_from(text.matches('\n').count()).unwrap() + 1;
        let within = |no: &Error| no.findings.iter().filter_map(|finding| finding.at.as_ref()).all(|at| {
            (1..=lines).contains(&at.line) && at.column >= 1 && at.length >= 1
        });
        for format in FORMATS {
            match Source::parse(&text, format) {
                Err(no) => prop_assert!(within(&no) && !no.findings.is_empty(), "{:?}", no),
                Ok(source) => {
                    let json = source.to_json();
                    prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok(), "{}", json);
                    let no = source.read::<Document>();
                    prop_assert!(no.as_ref().err().is_none_or(|no| within(no) && !no.findings.is_empty()), "{:?}", no);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_wrong_is_told_where_it_is(
        replaced in prop::collection::btree_map(
            0_usize..11,
            prop::sample::select(vec!["-7", "\"??\"", "[\"?\"]", "1.5", "\"2026-13-01\"", "[[]]"]),
            1..4,
        )
    ) {
        for format in FORMATS {
            let (text, places) = filled(template(format), &replaced);
            let read = Source::parse(&text, format).unwrap().read::<Document>();
            // Any text is a title.
            let wrong = |no: &Error| no.findings.iter().filter_map(|finding| finding.at.clone()).collect::<Vec<_>>();
            let told = read.as_ref().err().map(wrong).unwrap_or_default();
            for at in &told {
                let inside = |(line, first, last): &(u32, u32, u32)| {
                    at.line == *line && (*first..=*last).contains(&at.column) && at.column + at.length - 1 <= *last
                };
                prop_assert!(places.iter().any(inside), "{:?} is in none of {:?} of\n{}", at, places, text);
            }
            let sound = replaced.get(&0).is_some_and(|value| value.starts_with('"'));
            prop_assert_eq!(told.len(), replaced.len() - usize::from(sound), "{:?}\n{}", told, text);
        }
    }
}

fn slip(text: &str) -> String {
    let no = Source::parse(text, Format::Toml).unwrap_err();
    let at = no.findings[0].at.clone().unwrap();
    format!("{}:{} {}: {}; {}", at.line, at.column, no.code, no.message, no.hint.unwrap_or_default())
}

#[test]
fn slips_in_toml_say_what_to_do() {
    let slips = [
        "a = 08:00",
        "a = 2026-12-07T08:00",
        "a = 5m",
        "a = on-call",
        "a = ",
        "a",
        "a = \"b\nc = 1",
        "a = 'b\nc = 1",
        "a = \"\"\"b",
        "a = 1\nb = 1\na = 2",
        "[a]\nb = 1\n[c]\n[a]\n",
        "[[a]]\nb = 1\n[a]\n",
        "a = { b = 1 }\n[a.c]\n",
        "a = [1 2]",
        "a = [1, 2\nb = 1",
        "a = { b = 1 c = 2 }",
        "a = { b = 1,\n  c = 2 }",
        "a = { b = 1, }",
        "a = { b = 1 # one\n}",
        "a = \"\\e[1m\"",
        "a: 1",
        "[a\nb = 1",
    ];
    let told: Vec<String> = slips.iter().map(|text| slip(text)).collect();
    let expected = r#"
1:5 contract.not_toml: `08:00` is a time without seconds; put it into quotes: `"08:00"`
1:5 contract.not_toml: `2026-12-07T08:00` is a time without seconds; put it into quotes: `"2026-12-07T08:00"`
1:5 contract.not_toml: `5m` is no value; put text into quotes: `"5m"`
1:5 contract.not_toml: `on-call` is no value; put text into quotes: `"on-call"`
1:5 contract.not_toml: a value is missing; write a value after the `=`, or leave the line out
1:2 contract.not_toml: key with no value, expected `=`; write `key = value`
1:7 contract.not_toml: invalid basic string, expected `"`; close the text with `"` on the line on which it begins
1:7 contract.not_toml: invalid literal string, expected `'`; close the text with `'` on the line on which it begins
1:9 contract.not_toml: invalid multi-line basic string, expected `"`; close the text with the three quotes with which it begins
3:1 contract.duplicate_key: `a` is there twice; leave one of them out
4:2 contract.duplicate_key: `a` is there twice; write the entries of both below the first, or double brackets above each where they are a list
3:2 contract.duplicate_key: `a` is there twice; write the entries of both below the first, or double brackets above each where they are a list
2:2 contract.not_toml: cannot extend value of type inline table with a dotted key; it has a value already: write the entry inside of that, or leave one of them out
1:6 contract.not_toml: `1 2` is no value; put text into quotes: `"1 2"`; or a `,` between two values
2:1 contract.not_toml: missing comma between array elements, expected `,`; put a `,` between two of them, or close the bracket
1:15 contract.not_toml: extra assignment between key-value pairs, expected `,`; put a `,` between two of them, or close the bracket
1:5 contract.not_toml: a table in braces stands on one line, without a comma at its end; write it on one line, or as a `[table]` of its own
1:5 contract.not_toml: a table in braces stands on one line, without a comma at its end; write it on one line, or as a `[table]` of its own
1:5 contract.not_toml: a table in braces stands on one line, without a comma at its end; write it on one line, or as a `[table]` of its own
1:6 contract.not_toml: `\e` is no escape; write the character as `\u001B` with its four digits
1:4 contract.not_toml: key with no value, expected `=`; write `key = value`
1:3 contract.not_toml: unclosed table, expected `]`; close the name with `]`"#;
    assert_eq!(told.join("\n"), expected.trim_start());
}
