//! Grafana OnCall's shifts, calendars, chains and routes.

use super::super::tests::{file, payloads, sample, told};
use super::super::{
    ConfigurationFile, ConfigurationImport, ConfigurationOptions, ConfigurationTool, read_configuration,
};
use crate::Schedule;

fn read(text: &str) -> ConfigurationImport {
    read_configuration(&[file("a.json", text)], &ConfigurationOptions::default())
}

fn exported(files: &[ConfigurationFile]) -> ConfigurationImport {
    let exported_at = Some("2026-11-20T12:00:00Z".parse().unwrap());
    read_configuration(files, &ConfigurationOptions { exported_at, ..ConfigurationOptions::default() })
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// A schedule of a kind with shifts as the API answers with them.
fn schedule(kind: &str, shifts: &[String]) -> ConfigurationImport {
    let ids: Vec<_> = (0..shifts.len()).map(|at| format!("\"O{at}\"")).collect();
    let shifts: Vec<_> = (0..).zip(shifts).map(|(at, shift)| format!(r#"{{"id": "O{at}", {shift}}}"#)).collect();
    read(&format!(
        r#"{{"results": [{{"id": "S1", "name": "Primary", "type": "{kind}", "time_zone": "Europe/Berlin", "on_call_now": [],
            "shifts": [{}]}}, {}]}}"#,
        ids.join(","),
        shifts.join(",")
    ))
}

fn shift(kind: &str, start: &str, hours: u32, who: &str, rest: &str) -> String {
    let member = if kind == "rolling_users" { "rolling_users" } else { "users" };
    format!(
        r#""name": "Primary", "type": "{kind}", "start": "{start}", "duration": {}, "{member}": {who} {rest}"#,
        hours * 3600
    )
}

/// A shift for whom groups take turns, and the rotation as a file has it.
fn check(start: &str, hours: u32, who: &str, rest: &str, expected: &str) {
    let import = schedule("calendar", &[shift("rolling_users", start, hours, who, rest)]);
    assert_eq!(json(&import.teams["grafana"].schedule["primary"].rotation[0]), expected, "{rest}");
    assert_eq!(told(&import), [""; 0], "{rest}");
    Schedule::of(import.teams["grafana"].schedule["primary"].clone()).unwrap();
}

const TWO: &str = r#"[["ana"], ["bo"]]"#;

#[test]
fn occurrences_without_a_break_are_turns() {
    check(
        "2026-11-02T08:00:00",
        336,
        TWO,
        r#", "frequency": "weekly", "interval": 2"#,
        r#"{"zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}"#,
    );
    check(
        "2026-11-02T08:00:00",
        24,
        r#"[["ana"], ["bo", "cy"], []]"#,
        r#", "frequency": "daily", "interval": 1, "start_rotation_from_user_index": 2"#,
        r#"{"zone":"Europe/Berlin","turn":"1 day","start":"2026-10-31","handoff":"08:00","members":["ana",["bo","cy"],"nobody"],"from":"2026-11-02T08:00"}"#,
    );
    check(
        "2026-11-02T08:00:00",
        12,
        TWO,
        r#", "frequency": "hourly", "interval": 12, "time_zone": "America/Los_Angeles""#,
        r#"{"zone":"America/Los_Angeles","turn":"12 hours","start":"2026-11-02","handoff":"08:00","members":["ana","bo"]}"#,
    );
    let each_day: Vec<_> = (1..=31).map(|day: u32| day.to_string()).collect();
    check(
        "2026-11-01T00:00:00",
        24,
        TWO,
        &format!(r#", "frequency": "monthly", "interval": 1, "by_monthday": [{}]"#, each_day.join(",")),
        r#"{"zone":"Europe/Berlin","turn":"1 month","start":"2026-11-01","handoff":"00:00","members":["ana","bo"]}"#,
    );
}

#[test]
fn occurrences_with_breaks_are_hours() {
    check(
        "2026-11-04T09:00:00",
        8,
        TWO,
        r#", "frequency": "weekly", "interval": 1, "week_start": "MO", "by_day": ["FR", "MO", "TU", "WE", "TH"]"#,
        r#"{"zone":"Europe/Berlin","hours":"Mon-Fri 09:00-17:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"],"from":"2026-11-04T09:00"}"#,
    );
    check(
        "2026-11-02T09:00:00",
        24,
        TWO,
        r#", "frequency": "weekly", "interval": 1, "week_start": "MO", "by_day": ["MO", "TU", "WE", "TH", "FR"]"#,
        r#"{"zone":"Europe/Berlin","hours":"Mon 09:00 - Sat 09:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}"#,
    );
    check(
        "2026-11-02T22:00:00",
        9,
        TWO,
        r#", "frequency": "daily", "interval": 1"#,
        r#"{"zone":"Europe/Berlin","hours":"daily 22:00-07:00","turn":"1 day","start":"2026-11-02","handoff":"22:00","members":["ana","bo"]}"#,
    );
    check(
        "2026-11-02T08:00:00",
        120,
        TWO,
        r#", "frequency": "weekly", "interval": 2"#,
        r#"{"zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 08:00","lasts":"PT120H","members":["ana","bo"]}"#,
    );
    check(
        "2026-11-06T20:00:00",
        60,
        TWO,
        r#", "frequency": "weekly", "interval": 1, "week_start": "SU", "by_day": ["FR"]"#,
        r#"{"zone":"Europe/Berlin","hours":"Fri 20:00 - Mon 08:00","turn":"1 week","start":"2026-11-06","handoff":"Fri 20:00","members":["ana","bo"]}"#,
    );
}

#[test]
fn days_that_are_named_are_counted() {
    // The first day is none of them: it begins on the first of them in a week.
    check(
        "2026-11-04T09:00:00",
        8,
        TWO,
        r#", "frequency": "daily", "interval": 2, "by_day": ["TU", "TH"], "week_start": "MO""#,
        r#"{"zone":"Europe/Berlin","hours":["Tue 09:00-17:00","Thu 09:00-17:00"],"turn":"2 days","start":"2026-11-10","handoff":"09:00","members":["ana","bo"],"count":"active_only"}"#,
    );
}

#[test]
fn a_group_that_is_listed_twice_in_a_row_has_turns_twice_as_long() {
    check(
        "2026-11-02T09:00:00",
        8,
        r#"[["ana"], ["ana"], ["bo"], ["bo"]]"#,
        r#", "frequency": "weekly", "interval": 1, "week_start": "MO", "by_day": ["MO", "TU"]"#,
        r#"{"zone":"Europe/Berlin","hours":"Mon-Tue 09:00-17:00","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","bo"]}"#,
    );
}

#[test]
fn occurrences_that_are_longer_than_what_is_between_them_are_a_rotation_each() {
    let long = shift("rolling_users", "2026-11-02T08:00:00", 192, TWO, r#", "frequency": "weekly", "interval": 1"#);
    let import = schedule("calendar", &[long]);
    assert_eq!(
        json(&import.teams["grafana"].schedule["primary"].rotation),
        r#"[{"zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 08:00","lasts":"PT192H","members":["ana"],"priority":0},{"zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-09","handoff":"Mon 08:00","lasts":"PT192H","members":["bo"],"priority":0}]"#
    );
    let schedule = Schedule::of(import.teams["grafana"].schedule["primary"].clone()).unwrap();
    let who =
        |at: &str| schedule.on_call(at.parse().unwrap()).people.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(who("2026-11-09T12:00:00Z"), ["ana", "bo"]);
    assert_eq!(who("2026-11-11T12:00:00Z"), ["bo"]);
}

#[test]
fn levels_are_priorities_and_what_is_once_above_them_covers() {
    let weekly = r#", "frequency": "weekly", "interval": 1, "level": 1"#;
    let import = schedule(
        "calendar",
        &[
            shift("recurrent_event", "2026-11-02T08:00:00", 168, r#"["ana"]"#, weekly),
            shift(
                "recurrent_event",
                "2026-11-02T08:00:00",
                4,
                r#"["bo", "cy"]"#,
                r#", "frequency": "daily", "level": 2"#,
            ),
            shift("single_event", "2026-12-24T00:00:00", 24, r#"["dee"]"#, r#", "level": 3"#),
            shift("single_event", "2026-12-25T00:00:00", 24, r#"["dee"]"#, r#", "level": 2"#),
        ],
    );
    let schedule = &import.teams["grafana"].schedule["primary"];
    assert_eq!(
        json(&schedule.rotation),
        r#"[{"zone":"Europe/Berlin","members":["ana"],"from":"2026-11-02T08:00","priority":1},{"zone":"Europe/Berlin","hours":"daily 08:00-12:00","members":[["bo","cy"]],"from":"2026-11-02T08:00","priority":2},{"zone":"Europe/Berlin","members":["dee"],"from":"2026-12-25","until":"2026-12-26","priority":2}]"#
    );
    assert_eq!(json(&schedule.overrides), r#"[{"cover":"dee","days":"2026-12-24"}]"#);
}

#[test]
fn on_the_web_shifts_are_in_utc_and_end_at_once() {
    let daily = r#", "frequency": "daily", "interval": 1, "until": "2026-12-01T12:00:00""#;
    let of = |kind: &str| {
        let import = schedule(kind, &[shift("rolling_users", "2026-11-02T08:00:00", 24, TWO, daily)]);
        json(&import.teams["grafana"].schedule["primary"].rotation[0])
    };
    let (web, calendar) = (of("web"), of("calendar"));
    assert!(web.starts_with(r#"{"zone":"UTC""#) && web.contains(r#""until":"2026-12-01T12:00""#), "{web}");
    // Elsewhere the last one that began goes on to its end.
    assert!(calendar.contains(r#""until":"2026-12-02T08:00""#), "{calendar}");
}

#[test]
fn what_a_shift_lacks_or_files_cannot_say_is_told() {
    let check = |shift: String, expected: &[&str]| assert_eq!(told(&schedule("calendar", &[shift])), expected);
    let weekly = r#", "frequency": "weekly", "by_month": [1, 2]"#;
    check(
        shift("recurrent_event", "2026-11-02T08:00:00", 8, r#"["ana"]"#, weekly),
        &[
            "warning interop.not_expressible a.json/results/1/by_month: that a shift recurs in some months only has no place in \
           files: it recurs in all of them here",
        ],
    );
    check(
        shift("recurrent_event", "2026-11-02T08:00:00", 8, r#"["ana"]"#, ""),
        &[
            "warning contract.missing_field a.json/results/1/frequency: the shift `Primary` does not say how often it recurs, \
             and is left out",
        ],
    );
    check(
        shift("single_event", "2026-11-02T08:00:00", 8, "[]", ""),
        &[
            "warning contract.missing_field a.json/results/1/users: the shift `Primary` has nobody in it, and is left out",
        ],
    );
    let import = read(r#"{"results": [{"id": "S1", "name": "P", "type": "web", "shifts": ["O9"]}]}"#);
    assert_eq!(
        told(&import),
        [
            "warning interop.unknown_reference a.json/results/0/shifts: a shift that is not in the export is left out: list \
          `on_call_shifts` too",
        ]
    );
}

/// Steps of a chain, and what they come to.
fn chain(steps: &[&str]) -> ConfigurationImport {
    let step = |(at, step): (usize, &&str)| {
        format!(r#"{{"id": "E{at}", "escalation_chain_id": "F1", "position": {at}, {step}}}"#)
    };
    let steps: Vec<_> = steps.iter().enumerate().map(step).collect();
    read(&format!(
        r#"{{"results": [{{"id": "F1", "name": "Main", "team_id": null}}, {}]}}"#,
        steps.into_iter().rev().collect::<Vec<_>>().join(",")
    ))
}

#[test]
fn steps_without_a_wait_act_together_and_waits_add_up() {
    let persons = |id: &str| format!(r#""type": "notify_persons", "persons_to_notify": ["{id}"]"#);
    let import = chain(&[
        r#""type": "wait", "duration": 60"#,
        &persons("ana"),
        &persons("bo"),
        r#""type": "wait", "duration": 300"#,
        r#""type": "wait""#,
        &(persons("cy") + r#", "important": true"#),
        r#""type": "repeat_escalation""#,
    ]);
    assert_eq!(
        json(&import.teams["grafana"].escalation),
        r#"{"otherwise":{"page":["person:cy"]},"on_empty":"skip","any":{"first":[{"at":"PT1M","page":["person:ana","person:bo"],"again":{"every":"PT11M","times":5}},{"at":"PT11M","page":["person:cy"],"again":{"every":"PT11M","times":5},"urgency":"high"}],"end":"quietly"}}"#
    );
}

#[test]
fn what_no_step_of_a_policy_does_is_told() {
    let page = r#""type": "notify_persons", "persons_to_notify": ["ana"]"#;
    for (step, what) in [
        (r#""type": "trigger_webhook", "action_to_trigger": "W1""#, "webhook"),
        (r#""type": "notify_whole_channel""#, "channel"),
        (r#""type": "notify_user_group", "group_to_notify": "G1""#, "user group"),
        (r#""type": "notify_if_num_alerts_in_window", "num_alerts_in_window": 3"#, "number of alerts"),
        (r#""type": "declare_incident", "severity": "critical""#, "incident"),
        (r#""type": "resolve""#, "resolve"),
        (
            r#""type": "notify_if_time_from_to", "notify_if_time_from": "22:00:00Z", "notify_if_time_to": "06:00:00Z""#,
            "hours",
        ),
    ] {
        let import = chain(&[page, step, r#""type": "notify_persons", "persons_to_notify": ["bo"]"#]);
        let told: Vec<_> = import.findings.iter().filter_map(|it| it.facts.get("what")).collect();
        assert_eq!(told, ["otherwise", what].iter().collect::<Vec<_>>(), "{:?}", import.findings);
        let first = &import.teams["grafana"].escalation.as_ref().unwrap().severities["any"].first;
        assert_eq!(first.len(), if what == "hours" { 2 } else { 1 });
        assert_eq!(first[0].page.len(), if ["hours", "resolve"].contains(&what) { 1 } else { 2 });
    }
}

#[test]
fn an_export_becomes_the_file_of_its_team() {
    let files: Vec<_> = sample("grafana").into_iter().filter(|file| !file.name.starts_with("terraform")).collect();
    let import = exported(&files);
    assert_eq!(
        import.why,
        "1 team, from 2 escalation chains, 11 escalation steps, 1 integration, 7 on-call shifts, 2 routes, 3 schedules, 1 team, \
         5 users, 1 calendar of Grafana OnCall"
    );
    let team = &import.teams["payments"];
    assert_eq!(
        json(&team.schedule["payments-primary"].rotation),
        r#"[{"name":"days","zone":"Europe/Berlin","hours":"Mon-Fri 08:00-20:00","turn":"1 week","start":"2026-10-26","handoff":"Mon 08:00","members":["ana","bo"],"from":"2026-11-02T08:00","priority":2},{"name":"nights","zone":"Europe/Berlin","hours":["Mon-Fri 20:00-08:00","Sat 08:00 - Mon 08:00"],"turn":"1 week","start":"2026-11-02","handoff":"Mon 20:00","members":["cy",["bo","dee"]],"priority":1}]"#
    );
    assert_eq!(
        json(&team.schedule["payments-primary"].overrides),
        r#"[{"cover":"hana","days":"2026-12-24..2026-12-26"}]"#
    );
    assert_eq!(
        json(&team.schedule["payments-backup"].overrides),
        r#"[{"cover":"cy","from":"2026-12-31T18:00","until":"2027-01-01T06:00"}]"#
    );
    assert_eq!(
        json(&team.schedule["payments-leads"].overrides),
        r#"[{"cover":"hana","from":"2026-12-07T08:00","until":"2026-12-11T18:00","zone":"Europe/Berlin","source":"calendar-SLEADS00000003.ics"},{"cover":"ana","priority":1,"days":"2026-12-09","zone":"Europe/Berlin","source":"calendar-SLEADS00000003.ics"},{"cover":"hana","from":"2026-12-14T08:00","until":"2026-12-18T18:00","zone":"Europe/Berlin","source":"calendar-SLEADS00000003.ics"}]"#
    );
    assert_eq!(
        json(&team.escalation),
        r#"{"otherwise":{"after":"PT15M","page":["on-call:payments-backup","person:hana"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["on-call:payments-primary"],"again":{"every":"PT20M","times":5},"urgency":"high"},{"at":"PT5M","page":["on-call:payments-backup","person:hana"],"again":{"every":"PT20M","times":5}}],"end":"quietly"}}"#
    );
    assert_eq!(
        json(&team.policy["payments-office-hours"].severities["any"].first),
        r#"[{"at":"PT0S","page":["round-robin:payments-office-hours-step-1"],"within":"payments-office-hours-hours"},{"at":"PT1H","page":["on-call:payments-primary"],"within":"payments-office-hours-hours"}]"#
    );
    let lost: Vec<_> =
        import.findings.iter().map(|it| it.facts.get("what").map_or(it.code.as_str(), String::as_str)).collect();
    assert_eq!(lost, ["otherwise", "otherwise", "webhook", "hours", "interop.ended", "route", "calendar"]);
    for schedule in team.schedule.values() {
        Schedule::of(schedule.clone()).unwrap();
    }
}

#[test]
fn terraform_says_the_same_in_other_words() {
    let files: Vec<_> = sample("grafana").into_iter().filter(|file| file.name.starts_with("terraform")).collect();
    let import = exported(&files);
    let team = &import.teams["tpay0000000001"];
    assert_eq!(
        json(&team.schedule["refunds"].rotation),
        r#"[{"name":"weeks","zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 09:00","members":["ana","ubo00000000002"]}]"#
    );
    let pages = |import: &ConfigurationImport, team: &str, policy: &str| {
        let team = &import.teams[team];
        let rules = team.policy.iter().find(|(id, _)| id.as_str() == policy).map(|(_, rules)| rules);
        json(&rules.or(team.escalation.as_ref()).unwrap().severities["any"].first)
    };
    assert_eq!(pages(&import, "tpay0000000001", ""), r#"[{"at":"PT0S","page":["on-call:refunds"]}]"#);
    // With the answers of the API beside it, who is in the team is known.
    assert_eq!(
        pages(&exported(&sample("grafana")), "payments", "refunds"),
        r#"[{"at":"PT0S","page":["on-call:refunds"]},{"at":"PT10M","page":["team:payments"],"urgency":"high"}]"#
    );
}

#[test]
fn a_calendar_alone_is_told_or_a_schedule_of_its_own() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20261120T120000Z\nDTSTART:20261121T080000Z\n\
                DTEND:20261121T200000Z\nSUMMARY:[L2] ana\nEND:VEVENT\nEND:VCALENDAR";
    let files = [file("shifts.ics", text)];
    assert_eq!(
        told(&read_configuration(&files, &ConfigurationOptions::default())),
        [
            "warning interop.unknown_format shifts.ics: a calendar is read as a schedule of Grafana OnCall, and nothing else of it \
          is here",
        ]
    );
    let tool = Some(ConfigurationTool::Grafana);
    let import = read_configuration(&files, &ConfigurationOptions { tool, ..ConfigurationOptions::default() });
    assert_eq!(import.why, "1 team, from 1 calendar of Grafana OnCall");
    assert_eq!(
        json(&import.teams["grafana"].schedule["shifts"]),
        r#"{"rotation":[],"override":[{"cover":"ana","from":"2026-11-21T08:00","until":"2026-11-21T20:00","zone":"UTC","source":"shifts.ics"}]}"#
    );
}

#[test]
fn calendars_recorded_elsewhere_are_schedules() {
    let Some(files) = payloads("icalendar") else { return };
    for file in files {
        let tool = Some(ConfigurationTool::Grafana);
        let alone = std::slice::from_ref(&file);
        let import = read_configuration(alone, &ConfigurationOptions { tool, ..ConfigurationOptions::default() });
        assert_eq!(import.tools, [ConfigurationTool::Grafana], "{}", file.name);
        let last_year = Some("2021-01-01T00:00:00Z".parse().unwrap());
        let options = ConfigurationOptions { tool, exported_at: last_year, ..ConfigurationOptions::default() };
        for team in read_configuration(alone, &options).teams.values() {
            for schedule in team.schedule.values() {
                Schedule::of(schedule.clone()).unwrap();
            }
        }
        let other = read_configuration(alone, &ConfigurationOptions::default());
        assert_eq!((other.teams.len(), other.findings.len()), (0, 1));
    }
}
