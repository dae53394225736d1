//! PagerDuty's layers, restrictions, overrides and levels.

use super::super::tests::{file, payloads, sample, told};
use super::super::{ConfigurationImport, ConfigurationOptions, read_configuration};
use crate::oncall::Schedule;
use crate::{Level, Rotation};

fn read(text: &str) -> ConfigurationImport {
    read_configuration(&[file("a.json", text)], &ConfigurationOptions::default())
}

/// A schedule with layers as the API answers with them.
fn schedule(layers: &str) -> ConfigurationImport {
    read(&format!(
        r#"{{"schedule": {{"id": "P1", "type": "schedule", "name": "Primary", "time_zone": "Europe/Berlin",
            "schedule_layers": [{layers}]}}}}"#
    ))
}

fn layer(start: &str, anchor: &str, seconds: i64, users: &[&str], rest: &str) -> String {
    let users: Vec<_> = users.iter().map(|id| format!(r#"{{"user": {{"id": "{id}", "summary": "{id}"}}}}"#)).collect();
    format!(
        r#"{{"id": "L", "start": "{start}", "rotation_virtual_start": "{anchor}",
            "rotation_turn_length_seconds": {seconds}, "users": [{}] {rest}}}"#,
        users.join(",")
    )
}

fn rotations(import: &ConfigurationImport) -> &[Rotation] {
    &import.teams["pagerduty"].schedule["primary"].rotation
}

/// A layer, and the rotation as a file has it.
fn check(layer: &str, expected: &str, findings: &[&str]) {
    let import = schedule(layer);
    assert_eq!(serde_json::to_string(&rotations(&import)[0]).unwrap(), expected);
    assert_eq!(told(&import), findings, "{layer}");
}

#[test]
fn turns_follow_the_clock_from_a_handoff_that_people_can_read() {
    let weeks = layer("2026-11-02T08:00:00+01:00", "2026-11-02T08:00:00+01:00", 604_800, &["ana", "bo"], "");
    check(
        &weeks,
        r#"{"zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}"#,
        &[],
    );
    let days = layer("2026-11-05T00:00:00+01:00", "2026-10-20T18:30:00+02:00", 172_800, &["ana", "bo"], "");
    check(
        &days,
        r#"{"zone":"Europe/Berlin","turn":"2 days","start":"2026-10-20","handoff":"18:30","members":["ana","bo"],"from":"2026-11-05"}"#,
        &[],
    );
    let hours = layer("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", 43_200, &["ana", "bo"], "");
    check(
        &hours,
        r#"{"zone":"Europe/Berlin","turn":"12 hours","start":"2026-11-02","handoff":"09:00","members":["ana","bo"],"wall_clock":true}"#,
        &[],
    );
}

#[test]
fn a_virtual_start_after_the_start_is_moved_back_by_whole_rounds() {
    let late = layer("2026-11-02T08:00:00+01:00", "2026-11-20T08:00:00+01:00", 86_400, &["ana", "bo", "cy"], "");
    check(
        &late,
        r#"{"zone":"Europe/Berlin","turn":"1 day","start":"2026-11-02","handoff":"08:00","members":["ana","bo","cy"]}"#,
        &[],
    );
}

#[test]
fn nobody_takes_turns_with_oneself() {
    let alone = layer(
        "2026-11-02T08:00:00+01:00",
        "2026-10-02T08:00:00+02:00",
        86_400,
        &["ana"],
        r#", "end": "2027-01-01T00:00:00+01:00""#,
    );
    check(&alone, r#"{"zone":"Europe/Berlin","members":["ana"],"from":"2026-11-02T08:00","until":"2027-01-01"}"#, &[]);
}

#[test]
fn what_is_no_whole_hour_is_said() {
    let odd = layer("2026-11-02T08:00:00+01:00", "2026-11-02T08:00:00+01:00", 9000, &["ana", "bo"], "");
    check(
        &odd,
        r#"{"zone":"Europe/Berlin","turn":"2 hours","start":"2026-11-02","handoff":"08:00","members":["ana","bo"],"wall_clock":true}"#,
        &[
            "warning interop.not_expressible a.json/schedule/schedule_layers/0/rotation_turn_length_seconds: turns of 9000 \
           seconds are no whole hours: the turns here are of 2 hours, and hand over at other times",
        ],
    );
}

/// Restrictions, and the hours they become.
fn check_hours(restrictions: &[&str], expected: &str, findings: usize) {
    let rest = format!(r#", "restrictions": [{}]"#, restrictions.join(","));
    let import = schedule(&layer("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", 86_400, &["ana"], &rest));
    let hours: Vec<_> = rotations(&import)[0].hours.iter().map(ToString::to_string).collect();
    assert_eq!(hours.join(", "), expected);
    assert_eq!(import.findings.len(), findings, "{:?}", told(&import));
}

#[test]
fn restrictions_become_hours() {
    let daily = |start: &str, seconds: u32| {
        format!(r#"{{"type": "daily_restriction", "start_time_of_day": "{start}", "duration_seconds": {seconds}}}"#)
    };
    let weekly = |day: u32, start: &str, seconds: u32| {
        format!(
            r#"{{"type": "weekly_restriction", "start_day_of_week": {day}, "start_time_of_day": "{start}",
                "duration_seconds": {seconds}}}"#
        )
    };
    check_hours(&[&daily("08:00:00", 32_400)], "daily 08:00-17:00", 0);
    check_hours(&[&daily("22:00:00", 32_400)], "daily 22:00-07:00", 0);
    check_hours(&[&daily("00:00:00", 86_400)], "", 0);
    check_hours(&[&weekly(5, "20:00:00", 216_000)], "Fri 20:00 - Mon 08:00", 0);
    check_hours(&[&weekly(6, "00:00:00", 172_740)], "Sat 00:00 - Sun 23:59", 0);
    check_hours(&[&weekly(6, "00:00:00", 172_800)], "Sat 00:00 - Mon 00:00", 0);
    let office: Vec<_> = (1..6).map(|day| weekly(day, "09:00:00", 28_800)).collect();
    check_hours(&office.iter().map(String::as_str).collect::<Vec<_>>(), "Mon-Fri 09:00-17:00", 0);
    check_hours(&[&daily("08:00:00", 32_399)], "daily 08:00-17:00", 1);
    check_hours(&[&weekly(9, "08:00:00", 32_400)], "", 1);
    check_hours(&[r#"{"type": "daily_restriction"}"#], "", 1);
}

#[test]
fn the_layer_that_wins_comes_first_in_an_answer_and_last_in_what_is_sent() {
    let (ana, bo) = (
        layer("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", 86_400, &["ana"], ""),
        layer("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", 86_400, &["bo"], ""),
    );
    let first = |import: &ConfigurationImport| serde_json::to_string(&rotations(import)[0].members).unwrap();
    assert_eq!(first(&schedule(&format!("{ana},{bo}"))), r#"["ana"]"#);
    let sent = format!(
        r#"{{"schedule": {{"type": "schedule", "name": "Primary", "time_zone": "UTC", "schedule_layers": [{ana},{bo}]}}}}"#
    );
    assert_eq!(first(&read(&sent)), r#"["bo"]"#);
}

#[test]
fn what_was_computed_has_the_last_word_on_the_order_of_layers() {
    let entry = |id: &str| {
        format!(
            r#"{{"start": "2026-11-03T00:00:00Z", "end": "2026-11-04T00:00:00Z", "user": {{"id": "{id}", "summary": "{id}"}}}}"#
        )
    };
    let with = |id: &str| {
        let rest = format!(r#", "rendered_schedule_entries": [{}]"#, entry(id));
        layer("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", 86_400, &[id], &rest)
    };
    let text = format!(
        r#"{{"schedule": {{"id": "P1", "type": "schedule", "name": "Primary", "time_zone": "UTC",
            "schedule_layers": [{}, {}], "final_schedule": {{"rendered_schedule_entries": [{}]}}}}}}"#,
        with("ana"),
        with("bo"),
        entry("bo")
    );
    let import = read(&text);
    assert_eq!(serde_json::to_string(&rotations(&import)[0].members).unwrap(), r#"["bo"]"#);
    assert_eq!(
        told(&import),
        [
            "note interop.layer_order a.json/schedule/schedule_layers: what PagerDuty computed has the last layer listed \
          before the others in 1 shifts, and the first in 0"
        ]
    );
}

fn policy(rest: &str) -> ConfigurationImport {
    read(&format!(
        r#"{{"escalation_policies": [{{"id": "E1", "type": "escalation_policy", "name": "Main", {rest}}}]}}"#
    ))
}

fn rule(minutes: u32, ids: &[&str], rest: &str) -> String {
    let target = |id: &&str| format!(r#"{{"id": "{id}", "type": "user_reference", "summary": "{id}"}}"#);
    let targets: Vec<_> = ids.iter().map(target).collect();
    format!(r#"{{"escalation_delay_in_minutes": {minutes}, "targets": [{}] {rest}}}"#, targets.join(","))
}

#[test]
fn levels_become_steps_counted_from_the_start() {
    let (one, two) = (rule(5, &["ana"], ""), rule(10, &["bo", "cy"], ""));
    let import = policy(&format!(r#""num_loops": 2, "escalation_rules": [{one},{two}]"#));
    assert_eq!(
        serde_json::to_string(&import.teams["pagerduty"].escalation).unwrap(),
        r#"{"otherwise":{"after":"PT10M","page":["person:bo","person:cy"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["person:ana"],"again":{"every":"PT15M","times":2}},{"at":"PT5M","page":["person:bo","person:cy"],"again":{"every":"PT15M","times":2}}],"end":"quietly"}}"#
    );
    assert_eq!(
        told(&import),
        [
            "note interop.not_expressible a.json/escalation_policies/0: PagerDuty does nothing after its last level, and \
          makes no incident while nobody is on call in any: `otherwise`, which every policy has, names the last level \
          here, and `end = \"quietly\"` keeps it silent"
        ]
    );
}

#[test]
fn people_who_are_asked_in_turn_are_a_group() {
    let turns = rule(5, &["ana", "bo"], r#", "escalation_rule_assignment_strategy": {"type": "round_robin"}"#);
    let import = policy(&format!(r#""escalation_rules": [{turns}]"#));
    let team = &import.teams["pagerduty"];
    let first = &team.escalation.as_ref().unwrap().severities["any"].first;
    assert_eq!(first[0].page, ["round-robin:main-level-1".parse().unwrap()]);
    assert_eq!(team.teams["main-level-1"].members.len(), 2);
}

#[test]
fn what_the_export_lacks_is_said() {
    let import = policy(
        r#""escalation_rules": [{"escalation_delay_in_minutes": 5, "targets": [{"id": "P9", "type": "schedule_reference", "summary": "Nights"}]}]"#,
    );
    assert_eq!(
        told(&import),
        [
            "warning contract.missing_field a.json/escalation_policies/0/escalation_rules: the policy `Main` has no level \
             that can be read, and is left out",
            "warning interop.unknown_reference a.json/escalation_policies/0/escalation_rules/0/targets: schedule `Nights` is \
             not in the export; level 1 does without",
            "warning interop.unknown_reference a.json/escalation_policies/0/escalation_rules/0/targets: a level that names \
             nobody who is known is left out",
        ]
    );
}

#[test]
fn an_export_becomes_the_file_of_its_team() {
    let files: Vec<_> = sample("pagerduty").into_iter().filter(|file| !file.name.starts_with("terraform")).collect();
    let options = ConfigurationOptions {
        exported_at: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        ..ConfigurationOptions::default()
    };
    let import = read_configuration(&files, &options);
    assert_eq!(
        import.why,
        "1 team, from 2 escalation policies, 2 overrides, 2 schedules, 2 services, 1 team, 4 team members, 5 users of PagerDuty"
    );
    let team = &import.teams["payments"];
    let people: Vec<_> = team.people.keys().map(|id| id.as_str()).collect();
    assert_eq!(people, ["ana", "bo", "cy", "dee", "hana"]);
    assert_eq!(team.schedule.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["payments-backup", "payments-primary"]);
    let primary = &team.schedule["payments-primary"];
    assert_eq!(primary.rotation.len(), 2);
    assert_eq!(primary.rotation[0].hours, ["Mon-Fri 08:00-20:00".parse().unwrap()]);
    assert_eq!(
        serde_json::to_string(&primary.overrides).unwrap(),
        r#"[{"cover":"bo","days":"2026-12-24..2026-12-26"},{"cover":"cy","from":"2026-12-31T18:00","until":"2027-01-01T06:00"}]"#
    );
    let escalation = team.escalation.as_ref().unwrap();
    let pages: Vec<_> =
        escalation.severities["any"].first.iter().map(|step| serde_json::to_string(&step.page).unwrap()).collect();
    assert_eq!(
        pages,
        [r#"["on-call:payments-primary"]"#, r#"["on-call:payments-backup","person:ana"]"#, r#"["person:hana"]"#]
    );
    assert_eq!(team.policy.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["refunds"]);
    assert_eq!(
        serde_json::to_string(&team.route).unwrap(),
        r#"[{"when":{"fact":"areas","is":"refunds-api"},"policy":"refunds"}]"#
    );
    assert_eq!(
        import.ids.to_json().unwrap(),
        r#"{"schema":"incident-core/ids/v1","pagerduty":{"people":{"ana":"PUANA01","bo":"PUBO002","cy":"PUCY003","dee":"PUDEE04","hana":"PUHANA5"},"teams":{"payments":{"id":"PTPAY01","name":"Payments"}},"schedules":{"payments/payments-backup":{"id":"PSBACK2","name":"Payments backup"},"payments/payments-primary":{"id":"PSPRIM1","name":"Payments primary"}},"policies":{"payments/escalation":{"id":"PEPAY01","name":"Payments"},"payments/refunds":{"id":"PEREF02","name":"Refunds"}},"areas":{"checkout":{"id":"PSVCHK1","name":"Checkout"},"refunds-api":{"id":"PSVREF2","name":"Refunds API"}}}}"#
    );
    let origin = import.origin(team.team.as_ref().unwrap(), "/schedule/payments-primary/rotation/1/members/0").unwrap();
    assert_eq!(
        (origin.file.as_str(), origin.path.as_str(), origin.object.as_str()),
        ("schedule-PSPRIM1.json", "/schedule/schedule_layers/1", "PagerDuty schedule `Payments primary`")
    );
    let codes: Vec<_> = import.findings.iter().map(|it| (it.code.as_str(), it.level)).collect();
    assert_eq!(
        codes,
        [
            ("interop.not_expressible", Level::Note),
            ("interop.not_expressible", Level::Note),
            ("interop.not_expressible", Level::Note),
            ("interop.ended", Level::Note),
        ]
    );
    assert!(import.findings.iter().all(|it| it.at.as_ref().is_some_and(|at| at.line > 1)));
}

#[test]
fn terraform_says_the_same_as_the_api() {
    let of = |keep: fn(&str) -> bool| {
        let files: Vec<_> = sample("pagerduty").into_iter().filter(|file| keep(&file.name)).collect();
        let options = ConfigurationOptions {
            exported_at: Some("2026-11-20T12:00:00Z".parse().unwrap()),
            ..ConfigurationOptions::default()
        };
        read_configuration(&files, &options)
    };
    let mut api = of(|name| !name.starts_with("terraform"));
    // A state has no overrides.
    api.teams.values_mut().flat_map(|team| team.schedule.values_mut()).for_each(|it| it.overrides.clear());
    for state in [of(|name| name == "terraform.tfstate"), of(|name| name == "terraform-show.json")] {
        assert_eq!(state.teams, api.teams);
        assert_eq!(state.ids, api.ids);
    }
}

#[test]
fn a_schedule_that_was_read_pages_whom_pagerduty_computed() {
    let Some(files) = payloads("pagerduty") else { return };
    let files: Vec<_> = files.into_iter().filter(|file| file.name.contains("rest_")).collect();
    let import = read_configuration(&files, &ConfigurationOptions::default());
    let schedule = &import.teams["engineering"].schedule["daily-engineering-rotation"];
    let schedule = Schedule::of(schedule.clone()).unwrap();
    let who =
        |at: &str| schedule.on_call(at.parse().unwrap()).people.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(who("2015-11-10T08:00:00-05:00"), ["regina-phalange"]);
    assert_eq!(who("2015-11-10T16:59:59-05:00"), ["regina-phalange"]);
    assert_eq!(who("2015-11-10T17:00:00-05:00"), Vec::<String>::new());
    assert_eq!(who("2015-11-06T20:30:00-05:00"), Vec::<String>::new());
}

/// An event of the third API, and the rotation as a file has it.
fn check_event(start: &str, end: &str, recurrence: &str, strategy: &str, expected: &str, findings: usize) {
    let import = read(&format!(
        r#"{{"schedule": {{"id": "PV3", "type": "schedule_v3", "name": "Primary", "time_zone": "America/New_York",
            "rotations": [{{"id": "R1", "type": "schedule_rotation", "events": [{{"id": "V1", "type": "schedule_event",
            "name": "shift", "start_time": {{"date_time": "{start}", "time_zone": "America/New_York"}},
            "end_time": {{"date_time": "{end}", "time_zone": "America/New_York"}},
            "effective_since": "{start}", "effective_until": null, "recurrence": ["RRULE:{recurrence}"],
            "assignment_strategy": {strategy}}}]}}]}}}}"#
    ));
    let read = import.teams["pagerduty"].schedule["primary"]
        .rotation
        .first()
        .map_or(String::new(), |it| serde_json::to_string(it).unwrap());
    assert_eq!(read, expected);
    assert_eq!(import.findings.len(), findings, "{:?}", told(&import));
}

fn in_rotation(shifts: u32) -> String {
    format!(
        r#"{{"type": "rotating_member_assignment_strategy", "shifts_per_member": {shifts}, "members": [
            {{"type": "user_member", "user_id": "ana"}}, {{"type": "user_member", "user_id": "bo"}},
            {{"type": "empty_member"}}]}}"#
    )
}

#[test]
fn events_that_recur_are_turns_or_hours() {
    let (monday, office) = ("2025-03-03T14:00:00Z", "2025-03-03T22:00:00Z");
    check_event(
        monday,
        "2025-03-10T13:00:00Z",
        "FREQ=WEEKLY",
        &in_rotation(2),
        r#"{"name":"shift","zone":"America/New_York","turn":"2 weeks","start":"2025-03-03","handoff":"Mon 09:00","members":["ana","bo","nobody"]}"#,
        0,
    );
    check_event(
        monday,
        office,
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        &in_rotation(5),
        r#"{"name":"shift","zone":"America/New_York","hours":"Mon-Fri 09:00-17:00","turn":"1 week","start":"2025-03-03","handoff":"Mon 09:00","members":["ana","bo","nobody"]}"#,
        0,
    );
    check_event(
        monday,
        office,
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        &in_rotation(1),
        r#"{"name":"shift","zone":"America/New_York","hours":"Mon-Fri 09:00-17:00","turn":"1 day","start":"2025-03-03","handoff":"09:00","members":["ana","bo","nobody"],"count":"active_only"}"#,
        0,
    );
    check_event(
        monday,
        office,
        "FREQ=WEEKLY;INTERVAL=2",
        &in_rotation(1),
        r#"{"name":"shift","zone":"America/New_York","turn":"2 weeks","start":"2025-03-03","handoff":"Mon 09:00","lasts":"PT8H","members":["ana","bo","nobody"]}"#,
        0,
    );
    let everybody = r#"{"type": "every_member_assignment_strategy", "members": [
        {"type": "user_member", "user_id": "ana"}, {"type": "user_member", "user_id": "bo"}]}"#;
    check_event(
        monday,
        office,
        "FREQ=DAILY",
        everybody,
        r#"{"name":"shift","zone":"America/New_York","hours":"daily 09:00-17:00","members":[["ana","bo"]],"from":"2025-03-03T09:00"}"#,
        0,
    );
    check_event(monday, office, "FREQ=MONTHLY", everybody, "", 1);
}

#[test]
fn overrides_of_the_third_api_put_one_person_in_anothers_place() {
    let schedule = r#"{"schedule": {"id": "PV3", "type": "schedule_v3", "name": "Primary", "time_zone": "UTC"}}"#;
    let member = |id: &str| format!(r#"{{"type": "user_member", "user_id": "{id}"}}"#);
    let overrides = format!(
        r#"{{"overrides": [{{"id": "O1", "type": "override_shift", "rotation_id": "R1", "start_time": "2026-12-24T00:00:00Z",
            "end_time": "2026-12-25T00:00:00Z", "overridden_member": {}, "overriding_member": {}}}]}}"#,
        member("ana"),
        member("bo")
    );
    let custom = format!(
        r#"{{"custom_shifts": [{{"id": "C1", "type": "custom_shift", "start_time": "2026-12-31T18:00:00Z",
            "end_time": "2027-01-01T06:00:00Z", "assignments": [{{"type": "shift_assignment", "member": {}}}]}}]}}"#,
        member("cy")
    );
    let files =
        [file("schedule-PV3.json", schedule), file("overrides-PV3.json", &overrides), file("shifts.json", &custom)];
    let import = read_configuration(&files, &ConfigurationOptions::default());
    assert_eq!(
        serde_json::to_string(&import.teams["pagerduty"].schedule["primary"].overrides).unwrap(),
        r#"[{"replace":"ana","with":"bo","days":"2026-12-24","zone":"UTC"}]"#
    );
    assert_eq!(
        told(&import),
        [
            "warning interop.reference_only schedule-PV3.json/schedule/rotations: its rotations are not in the export: ask for \
             each schedule by its id",
            "warning interop.unknown_reference shifts.json/custom_shifts/0/start_time: of which schedule it is stands nowhere: \
             put the id of the schedule into the name of the file",
        ]
    );
}

#[test]
fn a_shift_based_schedule_has_several_people_on_call() {
    let import = read_configuration(&sample("pagerduty_v3"), &ConfigurationOptions::default());
    let schedule = Schedule::of(import.teams["platform"].schedule["platform"].clone()).unwrap();
    let who =
        |at: &str| schedule.on_call(at.parse().unwrap()).people.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(who("2026-11-03T15:00:00Z"), ["puana01", "pucy003", "pudee04"]);
    assert_eq!(who("2026-11-07T15:00:00Z"), ["puana01"]);
    assert_eq!(who("2026-12-24T15:00:00Z"), ["pubo002", "pucy003", "pudee04"]);
    let codes: Vec<_> = import.findings.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect();
    assert_eq!(codes, [("interop.not_expressible", "/schedule/rotations/1/events/0/recurrence")]);
}
