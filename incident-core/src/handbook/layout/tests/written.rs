//! What is written is what is read.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{Format, OrgDocument, ScheduleDocument, SeveritySchemeDocument, Source, TeamDocument, format_document};

/// Names that are bare keys, and names that are not.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["ana", "bo", "cy-2", "a b", "ü.ö", "7", "at", "\"q\"", "it's", "unknowns"])
        .prop_map(str::to_owned)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set(name(), 0..4).prop_map(|names| names.into_iter().collect())
}

/// An object of some of these members.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(name, value)| prop::option::of(value).prop_map(move |value| value.map(|value| (name.to_owned(), value))))
        .collect();
    members.prop_map(|members| Value::Object(members.into_iter().flatten().collect())).boxed()
}

fn all(members: Vec<(&'static str, BoxedStrategy<Value>)>, rest: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let members: Vec<_> =
        members.into_iter().map(|(name, value)| value.prop_map(move |value| (name.to_owned(), value))).collect();
    (members, rest)
        .prop_map(|(members, rest)| {
            Value::Object(members.into_iter().chain(rest.as_object().cloned().unwrap_or_default()).collect())
        })
        .boxed()
}

fn map(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::btree_map(name(), value, 1..4).prop_map(|map| json!(map)).boxed()
}

fn list(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::vec(value, 1..5).prop_map(Value::from).boxed()
}

fn pick(values: &'static str) -> BoxedStrategy<Value> {
    let values: Value = serde_json::from_str(values).unwrap();
    prop::sample::select(values.as_array().unwrap().clone()).boxed()
}

fn text() -> BoxedStrategy<Value> {
    prop_oneof![any::<String>(), "[a-z'\"\\\\ ]{0,80}"].prop_map(Value::from).boxed()
}

fn people() -> BoxedStrategy<Value> {
    names().prop_map(Value::from).boxed()
}

fn person() -> BoxedStrategy<Value> {
    name().prop_map(Value::from).boxed()
}

const ZONES: &str = r#"["UTC", "Europe/Berlin", "America/Los_Angeles"]"#;
const DAYS: &str = r#"[["2026-12-24"], [], ["2026-12-25", "2027-01-01", "2027-12-25", "2028-01-01"], "holidays.ics"]"#;
const MOMENTS: &str = r#"["2026-12-07", "2026-12-07T08:00", "2026-12-07T08:00:00.5Z"]"#;
const LENGTHS: &str = r#"["0m", "5m", "1h30m", "PT0.25S", "48h", "PT90S"]"#;
const CONDITIONS: &str = r#"[
    {"loss": "full"}, [{"loss": ">= partial", "customers": ">= 5%"}, {"areas": ["a", "b"]}], {"not": {"loss": "unknown"}},
    {"all": [{"fact": "loss", "at_least": "partial"}, {"fact": "loss", "at_most": "full"}]}, {"within": "office"},
    {"fact": "x y", "in": ["unknown", ">= 1", 5, true, -2.5]}, [], {}, {"any": [[], {"a": "it's"}]}, {"fact": "a", "is": "db-*"}
]"#;

fn schedule() -> BoxedStrategy<Value> {
    let member = prop_oneof![
        3 => person(),
        1 => people(),
        1 => person().prop_map(|name| json!({ "join": name, "on": "2027-01-18" })),
        1 => person().prop_map(|name| json!({ "leave": name, "on": "2027-02-01" })),
    ];
    let rotation = all(
        vec![("zone", pick(ZONES)), ("members", list(member.boxed()))],
        some(vec![
            ("name", text()),
            ("hours", pick(r#"["daily 08:00-20:00", ["Mon-Fri 09:00-17:00", "Sat 10:00-12:00"]]"#)),
            ("days", pick("[[1, 15], [31]]")),
            ("turn", pick(r#"["1 week", ["4 days", "3 days"], "12 hours"]"#)),
            ("start", pick(MOMENTS)),
            ("handoff", pick(r#"["Mon 08:00", "11:30"]"#)),
            ("lasts", pick(LENGTHS)),
            ("until", pick(MOMENTS)),
            ("together", pick("[true, false]")),
            ("priority", pick("[-5, 0, 9223372036854775807]")),
            ("if_absent", pick(r#"["empty", "fall_through"]"#)),
        ]),
    );
    let deviation = some(vec![
        ("temporary", people()),
        ("cover", people()),
        ("replace", person()),
        ("with", person()),
        ("days", pick(r#"["2026-12-24", "2026-12-24..2026-12-26"]"#)),
        ("from", pick(MOMENTS)),
        ("because", text()),
    ]);
    let absence = all(vec![("person", person())], some(vec![("from", pick(MOMENTS)), ("because", text())]));
    let recorded = pick(
        r#"[{"until": "2026-12-07T08:00:00Z", "shifts": [{"person": "ana", "from": "2026-12-01T08:00:00Z", "until": "2026-12-07T08:00:00Z"}]}]"#,
    );
    some(vec![
        ("rotation", list(rotation)),
        ("override", list(deviation)),
        ("absence", list(absence)),
        ("recorded", recorded),
        ("people", map(some(vec![("zone", pick(ZONES))]))),
        ("calendars", map(pick(r#"[["2026-12-25"]]"#))),
    ])
}

/// The severities, as they are in a scheme: not by the alphabet.
const SEVERITIES: [&str; 3] = ["sev9", "sev1", "any severity"];

fn by_severity(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    some(SEVERITIES.iter().map(|name| (*name, value.clone())).collect())
}

fn scheme() -> BoxedStrategy<Value> {
    let severity = some(vec![
        ("label", text()),
        ("when", pick(CONDITIONS)),
        (
            "owes",
            some(vec![
                ("acknowledge", pick(r#"["5m", "1 business day", "PT36H"]"#)),
                ("roles", people()),
                ("cadence", map(pick(r#"[["5m", "20m"], ["15m", "1h30m"]]"#))),
                ("review", pick(r#"["2 days", "48h"]"#)),
            ]),
        ),
    ]);
    let fixed = json!(SEVERITIES);
    let rest = some(vec![
        ("unknown", pick(r#"["pending", {"assume": "sev1", "settle_within": "10m"}, {"default": "sev9"}]"#)),
        (
            "matrix",
            pick(
                r#"[{"rows": "impact", "columns": "urgency", "cells": {"high": {"high": "sev9", "low": "sev1"}, "low": {"high": "sev1"}}}]"#,
            ),
        ),
    ]);
    (all(vec![("order", Just(fixed).boxed())], rest), by_severity(severity))
        .prop_map(|(scheme, severities)| {
            let mut scheme = scheme.as_object().cloned().unwrap_or_default();
            scheme.extend(severities.as_object().cloned().unwrap_or_default());
            Value::Object(scheme)
        })
        .boxed()
}

fn policy() -> BoxedStrategy<Value> {
    let targets =
        || pick(r#"[["on-call:primary"], ["next:primary", "buddy", "person:ana b"], ["experts:2", "lead:1"]]"#);
    let when = pick(r#"[{"help": "asked"}, {"no_progress": "20m"}, {"severity": "raised"}]"#);
    let step = all(
        vec![("page", targets())],
        some(vec![
            ("at", pick(LENGTHS)),
            ("when", when),
            ("again", pick(r#"[{"every": "5m", "times": 6}]"#)),
            ("within", person()),
            ("urgency", pick(r#"["low", "high"]"#)),
        ]),
    );
    let tracks = some(vec![
        ("first", list(step.clone())),
        ("reinforce", list(step)),
        ("end", pick(r#"["quietly", "otherwise"]"#)),
        ("acknowledged_for", pick(LENGTHS)),
    ]);
    let otherwise = all(vec![("page", targets())], some(vec![("after", pick(LENGTHS))]));
    let rest = some(vec![("otherwise", otherwise), ("on_empty", pick(r#"["skip", "otherwise"]"#))]);
    (rest, by_severity(tracks))
        .prop_map(|(rest, tracks)| {
            let mut policy = rest.as_object().cloned().unwrap_or_default();
            policy.extend(tracks.as_object().cloned().unwrap_or_default());
            Value::Object(policy)
        })
        .boxed()
}

/// What a team and an organisation have alike.
fn shared() -> Vec<(&'static str, BoxedStrategy<Value>)> {
    vec![
        ("schema", pick(r#"["incident-core/team/v1"]"#)),
        ("people", map(some(vec![("name", text()), ("zone", pick(ZONES)), ("lead", person()), ("buddies", people())]))),
        ("teams", map(some(vec![("name", text()), ("members", people())]))),
        ("areas", map(some(vec![("team", person()), ("experts", people())]))),
        (
            "windows",
            map(pick(
                r#"[{"zone": "recipient", "hours": "daily 22:00-07:00"}, {"zone": "UTC", "hours": ["Mon 09:00-17:00", "Tue 09:00-12:00"], "closed": ["2026-12-25"]}]"#,
            )),
        ),
        ("calendars", map(pick(DAYS))),
        ("severity", scheme()),
        ("cadence", map(by_severity(pick(r#"[["5m", "20m"], ["15m", "1h"]]"#)))),
        (
            "columns",
            map(pick(
                r#"[{"id": "Number", "milestones": {"started": "Created At", "until": "2026-12-07"}, "values": {"severity": {"1 - Critical": "sev1"}}, "exclude": {"at": ["PT5M"]}}, {"milestones": {}}]"#,
            )),
        ),
    ]
}

fn team() -> BoxedStrategy<Value> {
    let mut members = shared();
    members.extend([
        ("team", person()),
        ("schedule", map(schedule())),
        ("absence", list(json_absence())),
        ("escalation", policy()),
        ("policy", map(policy())),
        ("route", list(all(vec![("policy", person())], some(vec![("when", pick(CONDITIONS)), ("because", text())])))),
        ("prove", pick(r#"[{"horizon": "26 weeks", "load": {"asleep_hours_a_week": "<= 14.5"}, "sev1": {"first_page": "1m"}, "sev9": {"first_page": "1m", "second_person": "5m"}}]"#)),
        ("allow", pick(r#"[[{"code": "oncall.override_without_effect", "because": "it is so", "until": "2027-01-31"}, {"code": "oncall.override_without_effect", "because": ""}]]"#)),
    ]);
    some(members)
}

fn json_absence() -> BoxedStrategy<Value> {
    all(vec![("person", person())], some(vec![("days", pick(r#"["2026-12-24..2026-12-26"]"#)), ("source", text())]))
}

fn check<T>(value: &Value, to_toml: impl Fn(&T) -> crate::Result<String>)
where
    T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let document: T = Source::parse(&value.to_string(), Format::Json).unwrap().read().unwrap();
    let text = to_toml(&document).unwrap();
    let read = Source::parse(&text, Format::Toml).and_then(|source| source.read::<T>());
    assert_eq!(read.as_ref().ok(), Some(&document), "{text}\n{read:?}");
    assert_eq!(format_document(&text, Some(Format::Toml), None).unwrap(), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_team_is_read_as_it_was_written(team in team()) {
        check::<TeamDocument>(&team, |team| team.to_toml(None));
    }

    #[test]
    fn documents_alone_are_read_as_they_were_written(
        mut org in some(shared()),
        schedule in schedule(),
        scheme in scheme(),
    ) {
        if let Some(schema) = org.get_mut("schema") {
            *schema = json!("incident-core/org/v1");
        }
        check::<OrgDocument>(&org, |org| org.to_toml(None));
        check::<ScheduleDocument>(&schedule, |schedule| schedule.to_toml(None));
        check::<SeveritySchemeDocument>(&scheme, |scheme| scheme.to_toml(None));
    }
}
