//! What holds for every tool: files in any order, pages united, nothing that panics.

use proptest::prelude::*;

use super::*;
use crate::codes;
use crate::finding::Level;

/// The tools of which there is a sample.
pub(super) const SAMPLES: [&str; 6] = ["pagerduty", "opsgenie", "jsm", "grafana", "goalert", "incident_io"];

/// The sample of a tool, by file.
pub(super) fn sample(tool: &str) -> Vec<ConfigurationFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/configuration").join(tool);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| ConfigurationFile {
            name: path.file_name().unwrap().to_str().unwrap().to_owned(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

pub(super) fn file(name: &str, text: &str) -> ConfigurationFile {
    ConfigurationFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// Each finding on a line: level, code, file and pointer, message.
pub(super) fn told(import: &ConfigurationImport) -> Vec<String> {
    let line = |it: &crate::Finding| {
        let level = serde_json::to_string(&it.level).unwrap();
        format!("{} {} {}{}: {}", level.trim_matches('"'), it.code, it.facts["file"], it.path, it.message)
    };
    import.findings.iter().map(line).collect()
}

/// The folder of payloads recorded elsewhere, if it is there.
pub(super) fn payloads(tool: &str) -> Option<Vec<ConfigurationFile>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads").join(tool);
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no `../shared/payloads/{tool}`");
        return None;
    };
    let mut files: Vec<_> = files
        .map(|entry| entry.unwrap().path())
        .map(|path| ConfigurationFile { name: path.display().to_string(), bytes: std::fs::read(&path).unwrap() })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Some(files)
}

fn read(files: &[ConfigurationFile]) -> ConfigurationImport {
    read_configuration(files, &ConfigurationOptions::default())
}

#[test]
fn files_that_are_no_configuration_are_findings() {
    let check = |text: &str, expected: &[&str]| assert_eq!(told(&read(&[file("a.json", text)])), expected, "{text}");
    check("{\"schedules\": [], \"more\": false}", &[]);
    check("7", &["warning interop.unknown_format a.json: it has the shape of nothing that is read"]);
    check(
        "{\"incidents\": [{}]}",
        &["warning interop.unknown_format a.json: it has the shape of nothing that is read"],
    );
    let broken = read(&[file("a.json", "[1")]);
    assert_eq!(broken.findings[0].code, codes::NOT_JSON);
    assert_eq!(broken.why, "nothing in these files is configuration that is read");
    let bytes = ConfigurationFile { name: "b".to_owned(), bytes: vec![0xff, 0xfe] };
    assert_eq!(told(&read(&[bytes])), ["error contract.not_json b: byte 0 is not UTF-8"]);
}

#[test]
fn the_order_of_files_and_reading_twice_change_nothing() {
    for tool in SAMPLES {
        let files = sample(tool);
        let once = read(&files);
        let mut turned = files.clone();
        turned.reverse();
        assert_eq!(read(&turned), once);
        turned.extend(files);
        assert_eq!(read(&turned).teams, once.teams);
        assert!(once.findings.iter().all(|it| it.level != Level::Error), "{:?}", told(&once));
        assert_eq!(once.tools.iter().map(|it| it.as_str()).collect::<Vec<_>>(), [tool]);
        let again = ConfigurationOptions { ids: once.ids.clone(), ..ConfigurationOptions::default() };
        let again = read_configuration(&sample(tool), &again);
        assert_eq!((again.teams, again.ids), (once.teams, once.ids));
    }
}

#[test]
fn no_address_enters_a_file() {
    for tool in SAMPLES {
        let import = read(&sample(tool));
        let written = serde_json::to_string(&(&import.teams, &import.org, &import.ids, &import.inventory)).unwrap();
        assert!(!written.contains('@'), "{written}");
    }
}

#[test]
fn payloads_recorded_elsewhere_are_read_whatever_they_are() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads");
    let Ok(tools) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no `../shared/payloads`");
        return;
    };
    let mut all = Vec::new();
    for tool in tools.filter_map(Result::ok).filter(|it| it.path().is_dir()) {
        let files = payloads(tool.file_name().to_str().unwrap()).unwrap();
        for file in &files {
            read(std::slice::from_ref(file));
        }
        all.extend(files);
    }
    let import = read(&all);
    assert!(import.teams.contains_key("engineering"), "{}", import.why);
}

#[test]
fn what_is_written_loads_again() {
    for tool in SAMPLES {
        let import = read(&sample(tool));
        for team in import.teams.values() {
            let text = serde_json::to_string(team).unwrap();
            let back: crate::TeamDocument = crate::Source::parse(&text, crate::Format::Json).unwrap().read().unwrap();
            assert_eq!(&back, team);
        }
        let text = import.ids.to_json().unwrap();
        let back = ProviderIds::read(&crate::Source::parse(&text, crate::Format::Json).unwrap()).unwrap();
        assert_eq!(back, import.ids);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(read(&[ConfigurationFile { name: "x".to_owned(), bytes }]));
    }

    #[test]
    fn no_change_of_an_export_makes_it_panic(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6,
        ),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
        tool in prop::sample::select(&["pagerduty", "pagerduty_v3", "opsgenie", "jsm", "grafana", "goalert", "incident_io"][..]),
    ) {
        let words = [
            "null", "[]", "{}", "\"", "7", "-1", "1e999", ",", "\\ud800", "true", "\"2026-13-01T00:00:00Z\"", "[[[[", "",
            "\"id\":\"PSPRIM1\",", "9223372036854775807", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "0",
        ];
        let mut files = sample(tool);
        let count = files.len();
        for (which, at, word) in changes {
            let file = &mut files[which.index(count)];
            let at = at.index(file.bytes.len().max(1)).min(file.bytes.len());
            let (begin, end) = (file.bytes[..at].to_vec(), file.bytes[at..].to_vec());
            let end: Vec<u8> = end.into_iter().skip_while(|byte| !b",:]}".contains(byte)).collect();
            file.bytes = [begin, words[word.index(words.len())].as_bytes().to_vec(), end].concat();
        }
        if cuts {
            let file = &mut files[cut.index(count)];
            let length = cut.index(file.bytes.len().max(1));
            file.bytes.truncate(length);
        }
        let import = read(&files);
        let text = serde_json::to_string(&import).unwrap();
        prop_assert!(!text.is_empty());
    }
}
