//! Opsgenie's rotations, overrides, escalations and routing rules.

use super::super::tests::{file, payloads, sample, told};
use super::super::{ConfigurationImport, ConfigurationOptions, read_configuration};
use crate::codes;
use crate::oncall::Schedule;

fn read(text: &str) -> ConfigurationImport {
    read_configuration(&[file("a.json", text)], &ConfigurationOptions::default())
}

fn exported(tool: &str) -> ConfigurationImport {
    let exported_at = Some("2026-11-20T12:00:00Z".parse().unwrap());
    read_configuration(&sample(tool), &ConfigurationOptions { exported_at, ..ConfigurationOptions::default() })
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// A rotation of people as Opsgenie answers with it, and as a file has it.
fn check(rotation: &str, expected: &str, findings: &[&str]) {
    let import = read(&format!(
        r#"{{"data": [{{"id": "S1", "name": "Primary", "timezone": "Europe/Berlin", "enabled": true,
            "rotations": [{rotation}]}}]}}"#
    ));
    assert_eq!(json(&import.teams["opsgenie"].schedule["primary"].rotation), expected);
    assert_eq!(told(&import), findings, "{rotation}");
}

fn rotation(kind: &str, length: &str, participants: &[&str], rest: &str) -> String {
    let user = |name: &&str| match *name {
        "none" => r#"{"type": "none"}"#.to_owned(),
        name => format!(r#"{{"type": "user", "id": "{name}", "username": "{name}@x.example"}}"#),
    };
    let participants: Vec<_> = participants.iter().map(user).collect();
    format!(
        r#"{{"id": "R1", "startDate": "2026-11-02T07:00:00Z", "type": "{kind}", "length": {length},
            "participants": [{}] {rest}}}"#,
        participants.join(",")
    )
}

#[test]
fn turns_count_from_the_start_of_a_rotation() {
    check(
        &rotation("weekly", "2", &["ana", "bo"], ""),
        r#"[{"zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}]"#,
        &[],
    );
    check(
        &rotation("hourly", "12", &["ana", "none"], r#", "endDate": "2027-01-01T00:00:00+01:00""#),
        r#"[{"zone":"Europe/Berlin","turn":"12 hours","start":"2026-11-02","handoff":"08:00","members":["ana","nobody"],"until":"2027-01-01"}]"#,
        &[],
    );
    check(
        &rotation("daily", "1", &["ana"], ""),
        r#"[{"zone":"Europe/Berlin","members":["ana"],"from":"2026-11-02T08:00"}]"#,
        &[],
    );
    check(
        &rotation("monthly", "0", &["ana", "bo"], ""),
        r#"[{"zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}]"#,
        &[
            "warning contract.bad_field a.json/data/0/rotations/0/type: it says neither `hourly` nor `daily` nor `weekly`: \
             its turns are read as weeks",
            "warning contract.bad_field a.json/data/0/rotations/0/length: it is no length of a turn: 1 is taken",
        ],
    );
}

#[test]
fn rotations_of_a_schedule_serve_together() {
    let both =
        [rotation("daily", "1", &["ana"], ""), rotation("daily", "1", &["bo"], "").replace("R1", "R2")].join(",");
    check(
        &both,
        r#"[{"zone":"Europe/Berlin","members":["ana"],"from":"2026-11-02T08:00"},{"zone":"Europe/Berlin","members":["bo"],"from":"2026-11-02T08:00","together":true}]"#,
        &[],
    );
}

/// A time restriction, and the hours it becomes.
fn check_hours(restriction: &str, expected: &str, findings: usize) {
    let rotation = rotation("daily", "1", &["ana"], &format!(r#", "timeRestriction": {restriction}"#));
    let import = read(&format!(
        r#"{{"data": [{{"id": "S1", "name": "Primary", "timezone": "UTC", "enabled": true, "rotations": [{rotation}]}}]}}"#
    ));
    let schedule = &import.teams["opsgenie"].schedule["primary"];
    let hours: Vec<_> = schedule.rotation[0].hours.iter().map(ToString::to_string).collect();
    assert_eq!(hours.join(", "), expected);
    assert_eq!(import.findings.len(), findings, "{:?}", told(&import));
}

#[test]
fn time_restrictions_become_hours() {
    let daily = |start: u32, end: u32| {
        format!(
            r#"{{"type": "time-of-day", "restriction": {{"startHour": {start}, "startMin": 0, "endHour": {end}, "endMin": 30}}}}"#
        )
    };
    let weekly = |days: &[(&str, u32, &str, u32)]| {
        let one = |(from, start, to, end): &(&str, u32, &str, u32)| {
            format!(
                r#"{{"startDay": "{from}", "startHour": {start}, "startMin": 0, "endDay": "{to}", "endHour": {end}, "endMin": 0}}"#
            )
        };
        let all: Vec<_> = days.iter().map(one).collect();
        format!(r#"{{"type": "weekday-and-time-of-day", "restrictions": [{}]}}"#, all.join(","))
    };
    check_hours("null", "", 0);
    check_hours(&daily(9, 17), "daily 09:00-17:30", 0);
    check_hours(&daily(22, 6), "daily 22:00-06:30", 0);
    check_hours(&weekly(&[("friday", 20, "monday", 8)]), "Fri 20:00 - Mon 08:00", 0);
    check_hours(&weekly(&[("monday", 9, "monday", 24)]), "Mon 09:00-24:00", 0);
    check_hours(&weekly(&[("monday", 18, "tuesday", 0), ("tuesday", 18, "wednesday", 0)]), "Mon-Tue 18:00-24:00", 0);
    check_hours(&weekly(&[("sunday", 0, "sunday", 0)]), "", 0);
    check_hours(&weekly(&[("someday", 8, "monday", 9)]), "", 1);
    check_hours(r#"{"type": "time-of-day", "restriction": {"startHour": 25, "endHour": 3}}"#, "", 1);
}

#[test]
fn an_export_becomes_the_file_of_its_team() {
    let import = exported("opsgenie");
    assert_eq!(
        import.why,
        "1 team, from 2 escalations, 2 forwarding rules, 3 overrides, 3 routing rules, 1 schedule, 1 team, 4 users of \
         Opsgenie"
    );
    let team = &import.teams["payments"];
    let schedule = &team.schedule["payments-primary"];
    assert_eq!(
        json(&schedule.rotation),
        r#"[{"name":"days","zone":"Europe/Berlin","hours":"Mon-Tue 08:00-20:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]},{"name":"nights","zone":"Europe/Berlin","hours":"daily 20:00-08:00","turn":"2 days","start":"2026-11-02","handoff":"20:00","members":["cy","nobody"],"together":true}]"#
    );
    assert_eq!(
        json(&schedule.overrides),
        r#"[{"replace":"cy","with":"bo","from":"2026-12-01T20:00","until":"2026-12-02T08:00"},{"temporary":[],"from":"2026-12-05T11:00","until":"2026-12-05T13:00"},{"cover":"hana","days":"2026-12-24..2026-12-26"},{"replace":"bo","with":"ana","days":"2027-01-04..2027-01-10"}]"#
    );
    let main = team.escalation.as_ref().unwrap();
    assert_eq!(
        json(&main.severities["p1"]),
        r#"{"first":[{"at":"PT0S","page":["on-call:payments-primary"],"again":{"every":"PT1H10M","times":2}},{"at":"PT5M","page":["next:payments-primary"],"again":{"every":"PT1H10M","times":2}},{"at":"PT15M","page":["team:payments-admins"],"again":{"every":"PT1H10M","times":2}}],"authority":[{"at":"PT1H","page":["team:payments"],"again":{"every":"PT1H10M","times":2}}],"end":"quietly"}"#
    );
    assert!(main.severities.values().all(|tracks| *tracks == main.severities["p1"]));
    assert_eq!(main.severities.len(), 5);
    assert_eq!(json(&team.windows), r#"{"low":{"zone":"Europe/Berlin","hours":"daily 09:00-17:30"}}"#);
    assert_eq!(json(&team.route), r#"[{"within":"low","policy":"payments-low"}]"#);
    let low = &team.policy["payments-low"];
    assert_eq!(low.severities["p3"].first, main.severities["p3"].first);
    assert_eq!(json(&low.severities["p4"].first), r#"[{"at":"PT0S","page":["person:hana"]}]"#);
    assert_eq!(json(&team.teams["payments-admins"]), r#"{"members":["hana"]}"#);
    let lost: Vec<_> =
        import.findings.iter().map(|it| it.facts.get("what").map_or(it.code.as_str(), String::as_str)).collect();
    assert_eq!(
        lost,
        [
            "otherwise",
            "otherwise",
            "forwarding",
            "interop.ended",
            "override of rotations",
            "condition on an alert",
            "interop.not_expressible",
            "interop.ended"
        ]
    );
    let again = ConfigurationOptions {
        ids: import.ids.clone(),
        exported_at: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        ..ConfigurationOptions::default()
    };
    let again = read_configuration(&sample("opsgenie"), &again);
    assert_eq!((again.teams, again.ids), (import.teams, import.ids));
}

#[test]
fn priorities_are_severities_that_pass_their_check() {
    let scheme = exported("opsgenie").teams["payments"].severity.clone().unwrap();
    assert_eq!(json(&scheme.order), r#"["p1","p2","p3","p4","p5"]"#);
    let scheme = crate::severity::SeverityScheme::of(scheme, &crate::condition::Vocabulary::default()).unwrap();
    let facts = crate::Facts::new().with("priority", "p4");
    assert_eq!(scheme.classify(&facts).unwrap().severity.unwrap().as_str(), "p4");
}

#[test]
fn jira_says_the_same_in_other_words() {
    let import = exported("jsm");
    let team = &import.teams["payments"];
    assert_eq!(
        json(&team.schedule["primary"].rotation),
        r#"[{"name":"weeks","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}]"#
    );
    assert_eq!(
        json(&team.escalation),
        r#"{"otherwise":{"page":["person:bo"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["on-call:primary"],"again":{"every":"PT15M","times":1}},{"at":"PT10M","page":["person:bo"],"again":{"every":"PT15M","times":1}}],"end":"quietly"}}"#
    );
    assert_eq!(json(&team.teams["payments"].members), r#"["ana","bo"]"#);
    assert_eq!(import.ids.jsm.people.len(), 2);
    let what: Vec<_> = import.findings.iter().filter_map(|it| it.facts.get("what")).collect();
    assert_eq!(what, ["otherwise", "reset of states", "close after all"]);
    assert!(import.findings.iter().all(|it| it.code == codes::NOT_EXPRESSIBLE));
}

#[test]
fn the_hours_of_a_rule_are_a_route() {
    let rules = r#"{"data": [
        {"id": "1", "name": "Office", "order": 0, "criteria": {"type": "match-all"}, "timezone": "UTC",
         "timeRestriction": {"type": "time-of-day", "restriction": {"startHour": 9, "startMin": 0, "endHour": 17, "endMin": 0}},
         "notify": {"type": "schedule", "id": "S1"}},
        {"id": "2", "name": "Rest", "order": 1, "isDefault": true, "criteria": {"type": "match-all"}, "notify": {"type": "escalation", "id": "E1"}}]}"#;
    let rest = r#"{"data": [{"id": "S1", "name": "Primary", "timezone": "UTC", "enabled": true, "ownerTeam": {"id": "T1", "name": "Ops"},
        "rotations": [{"id": "R", "startDate": "2026-11-02T07:00:00Z", "type": "daily", "participants": [{"type": "user", "id": "ana"}]}]},
        {"id": "E1", "name": "Lead", "ownerTeam": {"id": "T1", "name": "Ops"},
         "rules": [{"delay": {"timeAmount": 0}, "recipient": {"type": "user", "id": "hana"}}]},
        {"id": "E0", "name": "First by name", "ownerTeam": {"id": "T1", "name": "Ops"},
         "rules": [{"delay": {"timeAmount": 0}, "recipient": {"type": "user", "id": "bo"}}]},
        {"id": "T1", "name": "Ops", "description": ""}]}"#;
    let files = [file("rules-T1.json", rules), file("rest.json", rest)];
    let import = read_configuration(&files, &ConfigurationOptions::default());
    let team = &import.teams["ops"];
    assert_eq!(json(&team.route), r#"[{"within":"office","policy":"office"}]"#);
    assert_eq!(json(&team.policy["office"].severities["any"].first), r#"[{"at":"PT0S","page":["on-call:primary"]}]"#);
    assert_eq!(
        json(&team.escalation.as_ref().unwrap().severities["any"].first),
        r#"[{"at":"PT0S","page":["person:hana"]}]"#
    );
    assert!(team.policy.contains_key("first-by-name"));
}

#[test]
fn a_schedule_that_was_read_pages_whom_it_says() {
    let Some(files) = payloads("opsgenie") else { return };
    let files: Vec<_> = files.into_iter().filter(|file| file.name.contains("schedule")).collect();
    let import = read_configuration(&files, &ConfigurationOptions::default());
    assert_eq!(import.why, "1 team, from 1 schedule of Opsgenie");
    let schedule = Schedule::of(import.teams["devops-team"].schedule["devops-team-schedule"].clone()).unwrap();
    let who =
        |at: &str| schedule.on_call(at.parse().unwrap()).people.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(who("2024-09-13T12:00:00Z"), ["person"]);
    assert_eq!(who("2024-09-14T09:00:00Z"), Vec::<String>::new());
}
