//! GoAlert's rules, rotations, overrides and steps.

use super::super::tests::{file, sample, told};
use super::super::{ConfigurationImport, ConfigurationOptions, read_configuration};
use crate::Schedule;

fn read(text: &str) -> ConfigurationImport {
    read_configuration(&[file("a.json", text)], &ConfigurationOptions::default())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// A schedule with targets, and a rotation that they may name.
fn schedule(targets: &str, rotation: &str) -> ConfigurationImport {
    read(&format!(
        r#"{{"data": {{"schedules": {{"nodes": [{{"id": "S1", "name": "Primary", "timeZone": "Europe/Berlin", "targets": [{targets}],
            "temporarySchedules": []}}]}}, "rotations": {{"nodes": [{{"id": "R1", "name": "Weeks", {rotation}}}]}}}}}}"#
    ))
}

fn rule(start: &str, end: &str, days: &str) -> String {
    let days: Vec<_> = days.chars().map(|day| if day == '1' { "true" } else { "false" }).collect();
    format!(r#"{{"start": "{start}", "end": "{end}", "weekdayFilter": [{}]}}"#, days.join(","))
}

/// Rules of a user, and the hours that they are.
fn check_hours(rules: &[String], expected: &str) {
    let target = format!(r#"{{"target": {{"id": "ana", "type": "user"}}, "rules": [{}]}}"#, rules.join(","));
    let import = schedule(&target, WEEKLY);
    let rotation = &import.teams["goalert"].schedule["primary"].rotation[0];
    let hours: Vec<_> = rotation.hours.iter().map(ToString::to_string).collect();
    assert_eq!(hours.join(", "), expected);
    assert_eq!(told(&import), [""; 0]);
}

const WEEKLY: &str = r#""timeZone": "Europe/Berlin", "start": "2026-11-02T08:00:00Z", "type": "weekly", "shiftLength": 1,
    "userIDs": ["ana", "bo"], "activeUserIndex": 0, "nextHandoffTimes": ["2026-11-09T08:00:00Z"]"#;

#[test]
fn rules_are_hours_of_days_from_sunday_on() {
    check_hours(&[rule("00:00", "00:00", "1111111")], "");
    check_hours(&[rule("08:00", "20:00", "0111110")], "Mon-Fri 08:00-20:00");
    check_hours(&[rule("22:00", "06:30", "1000000")], "Sun 22:00-06:30");
    check_hours(&[rule("00:00", "00:00", "1000001")], "Sat-Sun");
    check_hours(&[rule("09:00", "09:00", "0100000")], "Mon 09:00 - Tue 09:00");
    check_hours(
        &[rule("20:00", "00:00", "0000010"), rule("00:00", "00:00", "1000001"), rule("00:00", "08:00", "0100000")],
        "Fri 20:00 - Mon 08:00",
    );
}

/// A rotation that is always on call, as a file has it.
fn check_rotation(rotation: &str, expected: &str, findings: &[&str]) {
    let target = format!(
        r#"{{"target": {{"id": "R1", "type": "rotation"}}, "rules": [{}]}}"#,
        rule("00:00", "00:00", "1111111")
    );
    let import = schedule(&target, rotation);
    assert_eq!(json(&import.teams["goalert"].schedule["primary"].rotation), expected);
    assert_eq!(told(&import), findings, "{rotation}");
}

#[test]
fn whoever_serves_now_says_when_the_first_of_the_list_did() {
    check_rotation(
        WEEKLY,
        r#"[{"name":"Weeks","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}]"#,
        &[],
    );
    let second = WEEKLY.replace(r#""activeUserIndex": 0"#, r#""activeUserIndex": 1"#);
    check_rotation(
        &second,
        r#"[{"name":"Weeks","zone":"Europe/Berlin","turn":"1 week","start":"2026-10-26","handoff":"Mon 09:00","members":["ana","bo"]}]"#,
        &[],
    );
    let hourly = WEEKLY.replace("weekly", "hourly").replace(r#""shiftLength": 1"#, r#""shiftLength": 12"#);
    check_rotation(
        &hourly,
        r#"[{"name":"Weeks","zone":"Europe/Berlin","turn":"12 hours","start":"2026-11-08","handoff":"21:00","members":["ana","bo"],"wall_clock":true}]"#,
        &[],
    );
    check_rotation(
        &WEEKLY.replace(r#""nextHandoffTimes": ["2026-11-09T08:00:00Z"]"#, r#""description": """#),
        r#"[{"name":"Weeks","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}]"#,
        &[
            "warning contract.missing_field a.json/data/rotations/nodes/0/nextHandoffTimes: who serves from when on is not in the \
             export: the first of the list serves from `start` on; ask for `nextHandoffTimes(num: 1)` too",
        ],
    );
    let on_the_last = WEEKLY.replace("weekly", "monthly").replace("2026-11-0", "2026-10-3").replace("T08", "T07");
    let on_the_last = on_the_last.replace("2026-10-32", "2026-10-31").replace("2026-10-39", "2026-10-31");
    check_rotation(
        &on_the_last,
        r#"[{"name":"Weeks","zone":"Europe/Berlin","turn":"1 month","start":"2026-09-30","handoff":"08:00","members":["ana","bo"]}]"#,
        &[
            "note interop.not_expressible a.json/data/rotations/nodes/0/start: in a month without that day turns change in the next \
             one there, and on the last day here",
        ],
    );
}

#[test]
fn hours_are_on_the_clock_of_the_schedule() {
    let target = format!(
        r#"{{"target": {{"id": "R1", "type": "rotation"}}, "rules": [{}]}}"#,
        rule("08:00", "20:00", "1111111")
    );
    let import = schedule(&target, &WEEKLY.replace("Europe/Berlin", "America/New_York"));
    assert_eq!(
        json(&import.teams["goalert"].schedule["primary"].rotation),
        r#"[{"name":"Weeks","zone":"Europe/Berlin","hours":"daily 08:00-20:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}]"#
    );
    let what: Vec<_> = import.findings.iter().filter_map(|it| it.facts.get("what")).collect();
    assert_eq!(what, ["zone of a rotation"]);
}

#[test]
fn what_the_export_lacks_is_told() {
    let target = format!(
        r#"{{"target": {{"id": "R9", "type": "rotation"}}, "rules": [{}]}}"#,
        rule("00:00", "00:00", "1111111")
    );
    assert_eq!(
        told(&schedule(&target, WEEKLY)),
        [
            "warning interop.unknown_reference a.json/data/schedules/nodes/0/targets/0/target: a target that is not in the export is \
          left out: list `rotations` too",
        ]
    );
    let policy = r#"{"data": {"escalationPolicies": {"nodes": [{"id": "E1", "name": "Main", "repeat": -1, "steps": [
        {"stepNumber": 1, "delayMinutes": 10, "multiAck": true, "targets": [{"id": "ana", "type": "user"}]},
        {"stepNumber": 0, "delayMinutes": 5, "targets": [{"id": "S9", "type": "schedule"}, {"id": "C1", "type": "slackChannel"}]}]}]}}}"#;
    let import = read(policy);
    assert_eq!(
        json(&import.teams["goalert"].escalation),
        r#"{"otherwise":{"after":"PT10M","page":["person:ana"]},"on_empty":"skip","any":{"first":[{"at":"PT5M","page":["person:ana"],"again":{"every":"PT15M","times":100}}],"end":"quietly"}}"#
    );
    let what: Vec<_> =
        import.findings.iter().map(|it| it.facts.get("what").map_or(it.code.as_str(), String::as_str)).collect();
    assert_eq!(what, ["otherwise", "repeat", "several acknowledgements", "interop.unknown_reference", "channel"]);
}

#[test]
fn an_export_becomes_the_file_of_the_team_that_is_given() {
    let options = ConfigurationOptions {
        team: Some("payments".parse().unwrap()),
        exported_at: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        ..ConfigurationOptions::default()
    };
    let import = read_configuration(&sample("goalert"), &options);
    assert_eq!(
        import.why,
        "1 team, from 1 escalation policy, 3 overrides, 2 rotations, 1 schedule, 1 service, 4 users of GoAlert"
    );
    let team = &import.teams["payments"];
    let schedule = &team.schedule["payments"];
    assert_eq!(
        json(&schedule.rotation),
        r#"[{"name":"weeks","zone":"Europe/Berlin","hours":["Mon-Thu 18:00-08:00","Fri 18:00 - Mon 00:00"],"turn":"1 week","start":"2026-11-09","handoff":"Mon 09:00","members":["ana","bo","cy"]},{"zone":"Europe/Berlin","hours":"Mon-Fri 08:00-18:00","members":["hana"],"together":true}]"#
    );
    assert_eq!(
        json(&schedule.overrides),
        r#"[{"replace":"cy","with":"hana","from":"2026-12-01T18:00","until":"2026-12-02T08:00"},{"add":"ana","days":"2026-12-06"},{"temporary":"cy","days":"2026-12-24"},{"temporary":["cy","bo"],"days":"2026-12-25"},{"temporary":[],"days":"2026-12-26"}]"#
    );
    assert_eq!(
        json(&team.schedule["leads"].rotation),
        r#"[{"name":"Leads","zone":"Europe/Berlin","turn":"1 month","start":"2026-11-01","handoff":"08:00","members":["hana","ana"]}]"#
    );
    assert_eq!(
        json(&team.escalation),
        r#"{"otherwise":{"after":"PT15M","page":["on-call:leads","person:bo"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["on-call:payments"],"again":{"every":"PT20M","times":2}},{"at":"PT5M","page":["on-call:leads","person:bo"],"again":{"every":"PT20M","times":2}}],"end":"quietly"}}"#
    );
    let what: Vec<_> =
        import.findings.iter().map(|it| it.facts.get("what").map_or(it.code.as_str(), String::as_str)).collect();
    assert_eq!(what, ["otherwise", "channel", "interop.ended"]);
    for schedule in team.schedule.values() {
        Schedule::of(schedule.clone()).unwrap();
    }
}
