//! Bad input through the one door: a typed error with its place, nothing changed, and never a panic.
#![cfg(feature = "call")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

#[allow(dead_code, reason = "shared by two suites")]
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use incident_core::call::{Answer, Given, Handle, call, operations};
use incident_core::{Clearance, Entry, Error, ErrorKind, Incident, Viewer};
use serde_json::{Value, json};

/// A question of a transcript, and the handles it met.
struct Question {
    operation: String,
    this: Option<Handle>,
    with: Vec<Handle>,
    bytes: Vec<Vec<u8>>,
    args: String,
}

impl Question {
    /// The answer to other arguments, on a receiver of its own; it is unchanged where it is refused.
    fn ask(&self, args: &str) -> Result<Answer, Error> {
        let (this, with) = (self.this.clone(), self.with.iter().collect::<Vec<_>>());
        let bytes: Vec<_> = self.bytes.iter().map(Vec::as_slice).collect();
        let before = this.as_ref().map(|this| this.to_json().unwrap());
        let answer = match self.operation.strip_suffix(".from_json") {
            Some(noun) => Handle::from_json(noun, args).map(Answer::Handle),
            None => call(&self.operation, &Given { this: this.as_ref(), with: &with, bytes: &bytes, args }),
        };
        if let Err(no) = &answer {
            let shown: String = args.chars().take(300).collect();
            assert!(no.code.as_str().contains('.') && !no.message.is_empty(), "{no:?}");
            assert!(no.path.is_empty() || no.path.starts_with('/'), "{} {shown}: {no:?}", self.operation);
            assert!(no.message.len() < 2_000, "{}: a message of {} bytes", self.operation, no.message.len());
            assert_eq!(this.map(|this| this.to_json().unwrap()), before, "{} {shown}", self.operation);
        }
        answer
    }

    fn refused(&self, args: &str, what: &str) -> Error {
        let shown: String = args.chars().take(300).collect();
        self.ask(args).err().unwrap_or_else(|| panic!("{what} passes: {} {shown}", self.operation))
    }
}

/// Every question of the transcripts that is answered, the first few of each operation.
fn questions() -> Vec<Question> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata"));
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    let (mut all, mut count) = (Vec::new(), BTreeMap::<String, usize>::new());
    for text in paths.iter().map(|path| std::fs::read_to_string(path).unwrap()) {
        let mut handles: BTreeMap<String, Handle> = BTreeMap::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.starts_with('#') {
                handles.clear();
            }
            let Some(question) = line.strip_prefix("> ") else { continue };
            let (head, args) = question
                .split_once(" {")
                .map_or((question, "{}".to_owned()), |(head, rest)| (head, format!("{{{rest}")));
            let mut inline = String::new();
            while let Some(text) = lines.next_if(|line| line.starts_with('|')) {
                inline += &format!("{}\n", text.strip_prefix("| ").unwrap_or_default());
            }
            let (name, head) = head.split_once(" = ").map_or(("_", head), |(name, head)| (name, head));
            let mut words = head.split(' ');
            let (target, method) =
                words.next().unwrap().split_once('.').unwrap_or(("", head.split(' ').next().unwrap()));
            let (mut with, mut bytes) = (Vec::new(), Vec::new());
            for word in words {
                match (word.strip_prefix('&'), word.strip_prefix('@')) {
                    (Some(other), _) => with.push(handles[other].clone()),
                    (_, Some(file)) => bytes.push(std::fs::read(folder.join(file)).unwrap()),
                    _ => bytes.push(inline.clone().into_bytes()),
                }
            }
            let this = handles.get(target).cloned();
            let noun = this.as_ref().map_or(target, |this| this.noun());
            let operation = if noun.is_empty() { method.to_owned() } else { format!("{noun}.{method}") };
            if method == "to_json" {
                continue;
            }
            let question = Question { operation, this: handles.get(target).cloned(), with, bytes, args };
            // The real receiver moves on.
            let moved = handles.get(target);
            let with: Vec<_> = question.with.iter().collect();
            let bytes: Vec<_> = question.bytes.iter().map(Vec::as_slice).collect();
            let answer = match question.operation.strip_suffix(".from_json") {
                Some(noun) => Handle::from_json(noun, &question.args).map(Answer::Handle),
                None => {
                    call(&question.operation, &Given { this: moved, with: &with, bytes: &bytes, args: &question.args })
                }
            };
            let Ok(answer) = answer else { continue };
            if let Answer::Handle(handle) = answer {
                handles.insert(name.to_owned(), handle);
            }
            let seen = count.entry(question.operation.clone()).or_default();
            *seen += 1;
            if *seen <= 2 {
                all.push(question);
            }
        }
    }
    all
}

/// Every place in a document, with what is there.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Array(all) => all.iter().enumerate().for_each(|(n, one)| places(one, &format!("{at}/{n}"), out)),
        Value::Object(all) => all
            .iter()
            .for_each(|(key, one)| places(one, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), out)),
        _ => {}
    }
}

fn with(args: &Value, at: &str, other: Value) -> String {
    let mut args = args.clone();
    *args.pointer_mut(at).unwrap() = other;
    args.to_string()
}

#[test]
fn every_operation_of_an_incident_is_asked() {
    let asked: BTreeSet<_> = questions().into_iter().map(|question| question.operation).collect();
    let names = operations().map(|operation| operation.name).filter(|name| name.starts_with("Incident."));
    assert_eq!(names.filter(|name| !asked.contains(*name)).collect::<Vec<_>>(), [] as [&str; 0], "no vector asks");
}

#[test]
fn what_is_no_such_object_is_refused() {
    for question in questions() {
        let args: Value = serde_json::from_str(&question.args).unwrap();
        for text in ["", "{", "nonsense", "7", "null", "\"x\"", "{\"a\":}", "{}}", "\u{feff}{}"] {
            question.refused(text, "no object");
        }
        question.refused(&question.args[..question.args.len() - 1], "half a document");
        for deep in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            question.refused(&deep, "a deep document");
        }
        let open = question.operation.ends_with(".from_json");
        for (field, value) in args.as_object().unwrap() {
            let without: serde_json::Map<_, _> = args
                .as_object()
                .unwrap()
                .iter()
                .filter(|(other, _)| *other != field)
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let without = Value::Object(without).to_string();
            let join = if without == "{}" { "" } else { "," };
            let rest = &without[1..without.len() - 1];
            question.refused(
                &format!("{{{rest}{join}\"{field}\":{value},\"{field}\":{value}}}"),
                "a field that is there twice",
            );
            question.refused(&format!("{{{rest}{join}\"{field}\":\"\\ud800\"}}"), "half a character");
            let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
            question.refused(&format!("{{{rest}{join}\"{field}\":{deep}}}"), "a deep field");
            let _ = question.ask(&without);
        }
        if !open {
            let more = question.args.replacen('{', if question.args == "{}" { "{\"zz\":1" } else { "{\"zz\":1," }, 1);
            let no = question.refused(&more, "an unknown field");
            assert_eq!((no.code.as_str(), no.path.as_str()), ("contract.unknown_field", "/zz"));
        }
    }
}

#[test]
fn values_of_the_wrong_shape_are_refused() {
    let strange = || json!({ "zz": [{}] });
    for question in questions() {
        let args: Value = serde_json::from_str(&question.args).unwrap();
        let mut all = Vec::new();
        places(&args, "", &mut all);
        for at in all.iter().skip(1).take(16) {
            let was = args.pointer(at).unwrap().clone();
            // What is not understood inside an event is kept.
            let kept = at.contains("/event") || at.contains("/entries");
            let answer = question.ask(&with(&args, at, strange()));
            assert!(kept || answer.is_err(), "an object passes at {at}: {}", question.operation);
            for other in [
                json!([[]]),
                json!(true),
                json!(""),
                json!("\u{0}"),
                json!(-1),
                json!(1.5),
                json!(u64::MAX),
                json!(9_007_199_254_740_993_u64),
                Value::Null,
            ] {
                let _ = question.ask(&with(&args, at, other));
            }
            let _ = question.ask(&with(&args, at, json!("zz")).replace("\"zz\"", "1e400"));
            let instant = was.as_str().is_some_and(|text| text.parse::<incident_core::Timestamp>().is_ok());
            // Where a schedule is asked, a day or a local time is an answer too.
            let moment = at == "/start" && question.operation.starts_with("EscalationPolicy.");
            if instant && !kept && !moment {
                for text in [
                    "2026-03-01T10:00:00",
                    "2026-03-01",
                    "0000-01-01T00:00:00Z",
                    "10000-01-01T00:00:00Z",
                    "2026-02-30T00:00:00Z",
                    "9999-12-31T23:59:59-01:00",
                    "now",
                ] {
                    let no = question.refused(&with(&args, at, json!(text)), "no instant");
                    assert!(
                        no.path.starts_with(at.as_str())
                            || no.findings.iter().any(|it| it.path.starts_with(at.as_str())),
                        "{} {at} {text}: {no:?}",
                        question.operation
                    );
                }
            }
            let whole = was.is_u64()
                && question.operation.starts_with("Incident.")
                && !kept
                && !at.contains("value")
                && !at.contains("fact");
            for number in [json!(-1), json!(1.5), json!("7")] {
                assert!(
                    !whole
                        || question.ask(&with(&args, at, number.clone())).is_err()
                        || at.ends_with("minor") && number == json!(-1),
                    "{number} passes at {at}: {}",
                    question.operation
                );
            }
        }
    }
}

#[test]
fn large_words_are_refused_or_kept_whole() {
    let long = |bytes: usize| json!("x".repeat(bytes));
    let (mut large, mut asked) = (0, BTreeSet::new());
    for question in questions().into_iter().filter(|question| question.operation.starts_with("Incident.")) {
        let args: Value = serde_json::from_str(&question.args).unwrap();
        if !asked.insert(question.operation.clone()) {
            continue;
        }
        let verb = operations().any(|operation| operation.name == question.operation && operation.kind != "view");
        let words =
            ["text", "title", "reason", "summary", "note", "label", "covers", "scope", "item", "decision", "fact"];
        for (field, value) in args.as_object().unwrap().iter().filter(|(field, _)| words.contains(&field.as_str())) {
            let no = question.ask(&with(&args, &format!("/{field}"), long(300_000)));
            assert!(!verb || field == "key" || no.is_err(), "300 kB pass as {field}: {} {value}", question.operation);
        }
        if question.operation == "Incident.note" {
            let args = question.args.replacen("\"text\":\"", &format!("\"text\":\"{}", "x".repeat(10_000_000)), 1);
            let no = question.refused(&args, "10 MB");
            assert_eq!((no.kind, no.code.as_str()), (ErrorKind::Limit, "contract.too_large"));
            large += 1;
        }
    }
    assert_eq!(large, 1);
}

#[test]
fn nested_corrections_do_not_exhaust_the_stack() {
    for depth in [10, 100, 1_000, 50_000] {
        let event = format!(
            "{}{{\"type\":\"noted\",\"text\":\"x\"}}{}",
            "{\"type\":\"corrected\",\"entry\":1,\"event\":".repeat(depth),
            "}".repeat(depth)
        );
        let handle = Handle::from_json("Incident", &log(&[(1, "ana", declared()), (2, "ana", event.clone())]));
        if depth > 100 {
            assert_eq!(handle.unwrap_err().code.as_str(), "contract.too_deep", "{depth}");
        } else if let Ok(handle) = handle {
            assert!(handle.to_json().unwrap().contains("noted"));
        }
        let it = Handle::from_json("Incident", &log(&[(1, "ana", declared())])).unwrap();
        let args = format!(r#"{{"events":[{event}],"by":"ana","at":"2026-03-01T10:00:00Z"}}"#);
        assert!(call("Incident.append", &Given { this: Some(&it), with: &[], bytes: &[], args: &args }).is_err());
    }
}

fn declared() -> String {
    r#"{"type":"declared","id":"01900000-0000-7000-8000-000000000001","title":"x","kind":"standard","state":{"name":"investigating","kind":"active"}}"#.to_owned()
}

fn log(entries: &[(u64, &str, String)]) -> String {
    let entry = |(seq, by, event): &(u64, &str, String)| {
        format!(
            r#"{{"seq":{seq},"occurred_at":"2026-03-01T10:00:00Z","recorded_at":"2026-03-01T10:00:00Z","by":"{by}","event":{event}}}"#
        )
    };
    format!(
        r#"{{"schema":"incident-core/incident/v1","entries":[{}]}}"#,
        entries.iter().map(entry).collect::<Vec<_>>().join(",")
    )
}

#[test]
fn what_a_log_has_beside_is_refused_rather_than_lost() {
    let check = |text: &str, expected: Option<(&str, &str)>| {
        let read = Incident::from_json(text);
        match expected {
            Some(expected) => {
                let no = read.expect_err(text);
                assert_eq!((no.code.as_str(), no.path.as_str()), expected, "{text}");
            }
            None => {
                let again = read.as_ref().unwrap().to_json().unwrap();
                assert_eq!(Incident::from_json(&again).unwrap(), read.unwrap(), "{text}");
            }
        }
    };
    let whole = log(&[(1, "ana", declared())]);
    check(&whole, None);
    check(&whole.replace("\"seq\"", "\"mood\":1,\"seq\""), Some(("contract.unknown_field", "/entries/0/mood")));
    check(&whole.replace("{\"schema\"", "{\"mood\":1,\"schema\""), Some(("contract.unknown_field", "/mood")));
    let unknown = |text: &str| log(&[(1, "ana", declared()), (2, "ana", text.to_owned())]);
    check(&unknown(r#"{"type":"unknown","name":"beamed","body":{"type":"beamed","to":1}}"#), None);
    check(
        &unknown(r#"{"type":"unknown","name":"beamed","body":7}"#),
        Some(("contract.bad_field", "/entries/1/event/body")),
    );
    check(
        &unknown(r#"{"type":"unknown","name":"beamed","body":{"type":"noted","text":"x"}}"#),
        Some(("contract.bad_field", "/entries/1/event/name")),
    );
    check(
        &unknown(r#"{"type":"unknown","name":"unknown","body":{"type":"unknown"}}"#),
        Some(("contract.bad_field", "/entries/1/event/name")),
    );
    check(&unknown(r#"{"type":"noted","text":"x","mood":null}"#), None);
    for seq in [0, 1, 3, u64::MAX] {
        check(
            &log(&[(1, "ana", declared()), (seq, "bo", r#"{"type":"acknowledged"}"#.to_owned())]),
            Some(if seq == 1 { ("incident.different_entry", "/entries/0") } else { ("incident.broken_log", "") })
                .map(|(code, path)| (code, if path.is_empty() { broken(seq) } else { path })),
        );
    }
}

fn broken(seq: u64) -> &'static str {
    match seq {
        0 => "/entries/0",
        3 => "/entries/2",
        _ => "/entries/18446744073709551614",
    }
}

/// Everything that is derived from a log.
fn derive(incident: &Incident) {
    let at = record::instant(1);
    let _ = (incident.overview(at), incident.timeline(), incident.spans(), incident.severities(at), incident.facts(at));
    let _ = (incident.check(), incident.members(), incident.to_json().unwrap(), incident.is_backfilled());
    for viewer in [
        Viewer::public(),
        Viewer::internal(record::person(1)),
        Viewer { person: None, clearance: Clearance::Unrestricted },
    ] {
        let _ = incident.view(&viewer, at);
    }
}

#[test]
fn logs_that_speak_of_themselves_are_read() {
    let names = record::event_names();
    for named in [0, 1, 2, 3, 50, 51, 1_000, u64::MAX] {
        let mut entries: Vec<Entry> = record::begun().entries().to_vec();
        for n in 0..200_u8 {
            let seq = u64::try_from(entries.len()).unwrap() + 1;
            let one = record::event(record::of(&names, n), "x", if n % 3 == 0 { seq } else { named }, n);
            entries.push(record::entry(seq, &record::person(n), &one));
        }
        derive(&Incident::replay(entries).unwrap());
    }
}

#[test]
fn twenty_thousand_entries_take_no_square() {
    const ENTRIES: u64 = 20_000;
    #[allow(clippy::disallowed_methods, reason = "a bound on time")]
    let now = std::time::Instant::now;
    let id = |n: u64| format!("01900000-0000-7000-8000-{n:012}");
    type Said = fn(u64, &str) -> String;
    // Each repeats its events, and names what it named before.
    let families: [(&str, Said); 3] = [
        ("entries about entries", |n, _| match n % 3 {
            0 => format!(r#"{{"type":"starred","entry":{}}}"#, n - 3),
            1 => format!(r#"{{"type":"retracted","entry":{},"reason":"x"}}"#, n - 3),
            _ => format!(r#"{{"type":"corrected","entry":{},"event":{{"type":"noted","text":"x"}}}}"#, n / 2),
        }),
        ("things that are named", |n, id| match (n < ENTRIES / 2, n % 3) {
            (true, 0) => r#"{"type":"task_added","title":"x"}"#.to_owned(),
            (true, 1) => r#"{"type":"follow_up_added","title":"x","kind":"prevent"}"#.to_owned(),
            (true, _) => format!(r#"{{"type":"related","relation":"related_to","other":"{id}"}}"#),
            (false, 0) => format!(r#"{{"type":"task_done","task":{}}}"#, n - 9_999),
            (false, 1) => format!(r#"{{"type":"follow_up_moved","follow_up":{},"state":"done"}}"#, n - 9_999),
            (false, _) => format!(r#"{{"type":"unrelated","relation":{}}}"#, n - 9_999),
        }),
        ("things that go on", |n, id| match n % 5 {
            0 => r#"{"type":"role_accepted","role":"a","person":"bo"}"#.to_owned(),
            1 => r#"{"type":"role_assigned","role":"a","person":"bo"}"#.to_owned(),
            2 => format!(
                r#"{{"type":"severity_overridden","severity":"s{}","scale":["s0","s1","s2"],"reason":"x","until":"2026-03-02T10:00:00Z"}}"#,
                n % 3
            ),
            3 => format!(r#"{{"type":"absorbed","incident":"{id}"}}"#),
            _ => format!(r#"{{"type":"cost_estimated","amount":{{"minor":1,"currency":"EUR"}},"covers":"{n}"}}"#),
        }),
    ];
    for (what, said) in families {
        let body = |n: u64| if n == 1 { declared() } else { said(n, &id(n)) };
        let at = |n: u64| format!("2026-03-01T{:02}:{:02}:{:02}Z", n / 3600, n / 60 % 60, n % 60);
        let entry = |n: u64| {
            format!(r#"{{"seq":{n},"occurred_at":"{0}","recorded_at":"{0}","by":"bo","event":{1}}}"#, at(n), body(n))
        };
        let all: Vec<_> = (1..=ENTRIES).map(entry).collect();
        let text = format!(r#"{{"schema":"incident-core/incident/v1","entries":[{}]}}"#, all.join(","));
        let began = now();
        let incident = Incident::from_json(&text).unwrap();
        let (view, _) = (
            incident.view(&Viewer::internal(record::person(1)), record::instant(1)),
            incident.severities(record::instant(1)),
        );
        assert!(view.visible);
        // A square takes minutes.
        assert!(began.elapsed().as_secs() < 30, "{what}: {:?}", began.elapsed());
    }
}
