use proptest::prelude::*;

use super::*;
use crate::error::ErrorKind;

const ALERTMANAGER: &str = include_str!("../../../testdata/payloads/alertmanager.json");
const GRAFANA: &str = include_str!("../../../testdata/payloads/grafana.json");

fn read_text(text: &str) -> crate::Result<Import> {
    read(text.as_bytes(), &Options::default())
}

/// A payload with one alert, some of whose text is replaced.
fn one(from: &str, to: &str) -> Import {
    let payload = r#"{"version": "4", "groupKey": "g", "receiver": "r", "alerts": [{"status": "firing",
        "labels": {"alertname": "A"}, "annotations": {"summary": "s"}, "startsAt": "2026-03-01T10:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "f"}]}"#;
    assert!(payload.contains(from), "{from}");
    read_text(&payload.replace(from, to)).unwrap()
}

/// One replacement, and what is found: level, code and pointer.
fn check(from: &str, to: &str, expected: &[&str]) -> Import {
    let import = one(from, to);
    let told: Vec<_> = import
        .findings
        .iter()
        .map(|it| format!("{} {}", it.to_string().split(']').next().unwrap_or_default().replace('[', " "), it.path))
        .collect();
    assert_eq!(told, expected, "{from} -> {to}");
    import
}

#[test]
fn a_group_of_alerts_proposes_an_incident() {
    let import = read_text(ALERTMANAGER).unwrap();
    let [candidate] = import.candidates.as_slice() else { panic!("one candidate") };
    assert_eq!(candidate.title, "CheckoutErrors: one payment in five fails");
    assert_eq!(candidate.summary.as_deref(), Some("The card service answers 20 % of requests with an error."));
    let source = candidate.source.as_ref().unwrap();
    assert_eq!((source.source.as_str(), source.url.as_deref()), ("alertmanager", Some("https://alerts.shop.example")));
    assert_eq!(source.id, r#"{}/{area="checkout"}:{alertname="CheckoutErrors"}"#);
    // The one that is over began earlier; the incident is what goes on.
    assert_eq!(candidate.started_at.unwrap().to_string(), "2026-11-20T01:05:00.123456Z");
    assert_eq!(candidate.ended_at, None);
    assert_eq!(candidate.alerts[1].ended_at.unwrap().to_string(), "2026-11-20T01:04:30Z");
    let facts = serde_json::to_string(&candidate.facts).unwrap();
    assert_eq!(facts, r#"{"alert_severities":["critical"],"areas":["checkout"]}"#);
    let links: Vec<_> = candidate.links.iter().map(|link| link.label.as_str()).collect();
    assert_eq!(links, ["runbook", "alert rule"]);
    assert_eq!(import.why, "alertmanager proposes 1 incident: 1 alert fires, 1 is over");
}

#[test]
fn nothing_is_lost_and_no_number_is_rounded() {
    let import = read_text(ALERTMANAGER).unwrap();
    let rest: Vec<_> = import.extensions.iter().map(|(path, text)| format!("{path} {text}")).collect();
    assert_eq!(
        rest,
        [
            "/alerts/0/labels/region \"eu-1\"",
            "/alerts/1/labels/region \"us-1\"",
            "/notification_reason \"new_alerts\"",
            "/receiver \"incidents\"",
            "/routeId 9007199254740993",
            "/truncatedAlerts 0",
        ]
    );
}

#[test]
fn a_group_that_is_over_says_since_when() {
    let import = read_text(GRAFANA).unwrap();
    let candidate = &import.candidates[0];
    assert_eq!((import.format, candidate.title.as_str()), (ImportFormat::Grafana, "DiskFull"));
    assert_eq!(candidate.ended_at.unwrap().to_string(), "2026-11-20T03:20:00Z");
    assert_eq!(candidate.links[0].url, "https://graphs.shop.example/d/disk");
    assert_eq!(import.extensions["/alerts/0/silenceURL"], "\"javascript:alert(1)\"");
    assert_eq!(import.why, "grafana proposes 1 incident: no alert fires, 1 is over");
}

#[test]
fn one_bad_field_is_a_finding_and_the_rest_is_read() {
    check("A", "A", &[]);
    check("10:00:00Z", "10:00:00.000000001Z", &["note time.precision_lost /alerts/0/startsAt"]);
    check("0001-01-01T00:00:00Z", "2026-03-01T10:05:00Z", &["note interop.unclear_end /alerts/0/endsAt"]);
    check("\"firing\"", "\"resolved\"", &["warning interop.unclear_end /alerts/0/endsAt"]);
    check("\"firing\"", "\"suppressed\"", &["warning interop.unknown_status /alerts/0/status"]);
    check("\"g\"", "7", &["warning contract.bad_field /groupKey", "warning interop.no_group_key /groupKey"]);
    check("\"fingerprint\": \"f\"", "\"x\": 1", &["note interop.no_fingerprint /alerts/0/fingerprint"]);
    check("{\"alertname\": \"A\"}", "[]", &[]);
    check("{\"alertname\": \"A\"}", "[1]", &["warning contract.bad_field /alerts/0/labels"]);
    check("{\"summary\": \"s\"}", "{\"summary\": [1]}", &["warning contract.bad_field /alerts/0/annotations/summary"]);
    check(
        "\"summary\": \"s\"",
        "\"runbook_url\": \"javascript:x\"",
        &["warning interop.bad_link /alerts/0/annotations/runbook_url"],
    );
    check("\"receiver\"", "\"truncatedAlerts\": 3, \"receiver\"", &["warning interop.truncated /truncatedAlerts"]);
    let naive = check(
        "10:00:00Z",
        "10:00:00",
        &["warning time.no_offset /alerts/0/startsAt", "warning contract.missing_field /alerts/0/startsAt"],
    );
    assert_eq!(naive.candidates[0].started_at, None);
    assert_eq!(naive.extensions["/alerts/0/startsAt"], "\"2026-03-01T10:00:00\"");
    let title =
        check("\"s\"", &format!("\"{}\"", "x".repeat(300)), &["note interop.cut_title "]).candidates[0].title.clone();
    assert_eq!(title.chars().count(), 200);
    let order = one("\"firing\"", "\"resolved\"").candidates.len();
    assert_eq!(order, 1);
}

#[test]
fn an_end_before_the_beginning_is_found() {
    let text = GRAFANA.replace("03:20:00Z", "02:20:00Z");
    let found = read_text(&text).unwrap().findings;
    assert!(found.iter().any(|it| it.code == crate::codes::OUT_OF_ORDER && it.path == "/alerts/0/endsAt"), "{found:?}");
}

#[test]
fn a_time_without_a_zone_needs_one_from_the_caller() {
    let options = Options { zone: Some("Europe/Berlin".parse().unwrap()), ..Options::default() };
    let text = GRAFANA.replace("2026-11-20T03:00:00Z", "2026-11-20 04:00:00");
    let import = read(text.as_bytes(), &options).unwrap();
    assert_eq!(import.candidates[0].started_at.unwrap().to_string(), "2026-11-20T03:00:00Z");
    assert!(import.findings.iter().any(|it| it.code == crate::codes::ZONE_GIVEN));
}

#[test]
fn labels_become_facts_by_the_callers_table_only() {
    let rule = |label: &str, many| LabelFact { label: label.to_owned(), fact: label.to_owned(), many };
    let none = Options { label_facts: Vec::new(), ..Options::default() };
    let import = read(ALERTMANAGER.as_bytes(), &none).unwrap();
    assert_eq!(import.candidates[0].facts, crate::Facts::new());
    assert!(import.findings.iter().all(|it| it.code != crate::codes::LABEL_TAKEN));
    let both = ALERTMANAGER.replace("\"resolved\"", "\"firing\"");
    let own = Options { label_facts: vec![rule("severity", false), rule("region", false)], ..Options::default() };
    let import = read(both.as_bytes(), &own).unwrap();
    assert_eq!(import.candidates[0].facts, crate::Facts::new().with("severity", "critical"));
    assert!(import.findings.iter().any(|it| it.code == crate::codes::VALUES_DIFFER));
}

#[test]
fn what_is_no_alert_is_an_orphan() {
    let import = read_text(r#"{"version":"4","groupKey":"g","alerts":[7]}"#).unwrap();
    assert_eq!(import.candidates, []);
    assert_eq!(import.orphans, [Orphan { path: "/alerts/0".to_owned(), body: "7".to_owned() }]);
    assert_eq!(import.why, "alertmanager proposes nothing: no alert can be read");
}

#[test]
fn many_findings_are_counted() {
    let alerts = vec!["7"; 150].join(",");
    let import = read_text(&format!(r#"{{"version":"4","groupKey":"g","alerts":[{alerts}]}}"#)).unwrap();
    assert_eq!(import.findings.len(), 101);
    let last = import.findings.last().unwrap();
    assert_eq!((last.code, last.message.as_str()), (crate::codes::MORE_FINDINGS, "and 51 more"));
}

#[test]
fn formats_are_told_by_their_shape_and_never_guessed() {
    let refused = |text: &str| {
        let no = read_text(text).unwrap_err();
        assert_eq!(no.kind, ErrorKind::Invalid);
        format!("{}: {}; {}", no.code, no.message, no.hint.unwrap_or_default())
    };
    assert_eq!(
        refused(r#"{"ruleId": 4, "state": "alerting"}"#),
        "interop.unknown_format: it has the shape of nothing that is read; `alertmanager` and `grafana` are read"
    );
    assert_eq!(
        refused(r#"{"groupKey": "g", "alerts": []}"#),
        "interop.unknown_format: it has the shape of nothing that is read; `alertmanager` and `grafana` are read"
    );
    assert_eq!(
        refused(r#"{"groupKey": "g", "version": "5", "alerts": [1]}"#),
        "interop.ambiguous_format: it may be `alertmanager` or `grafana`; name the format"
    );
    assert!(refused("").starts_with("contract.not_json"));
    assert!(refused("[1").starts_with("contract.not_json"));
    assert!(read(b"\xff", &Options::default()).is_err());
}

#[test]
fn payloads_recorded_elsewhere_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads/alertmanager");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no `../shared/payloads/alertmanager`");
        return;
    };
    for file in files.filter_map(Result::ok) {
        let bytes = std::fs::read(file.path()).unwrap();
        let import = read(&bytes, &Options::default()).unwrap();
        let candidate = import.candidates.first().unwrap_or_else(|| panic!("{:?}: {:?}", file.path(), import.findings));
        assert!(candidate.started_at.is_some(), "{:?}", file.path());
        assert!(import.findings.iter().all(|it| it.level != crate::Level::Error), "{:?}", import.findings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes, &Options::default()));
    }

    #[test]
    fn no_change_of_a_payload_makes_it_panic_and_reading_is_repeatable(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        let words = ["null", "[]", "{}", "\"", "7", "1e999", ",", "\\ud800", "true", "\"2026-13-01T00:00:00Z\"", "[[[[", ""];
        let mut text = ALERTMANAGER.to_owned();
        for (at, word) in changes {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = *at.get(&places);
            let end = text.get(at + 1..).and_then(|rest| rest.find(['"', ',', ':', '}'])).map_or(text.len(), |length| at + 1 + length);
            text.replace_range(at..end, word.get::<&str>(&words));
        }
        let options = Options { format: Some(ImportFormat::Alertmanager), ..Options::default() };
        prop_assert_eq!(read(text.as_bytes(), &options), read(text.as_bytes(), &options));
    }
}
