//! incident.io's rotations, overrides and escalation paths.

use super::super::tests::{file, payloads, sample, told};
use super::super::{ConfigurationImport, ConfigurationOptions, read_configuration};
use crate::oncall::Schedule;

fn read(text: &str) -> ConfigurationImport {
    read_configuration(&[file("a.json", text)], &ConfigurationOptions::default())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn exported(keep: fn(&str) -> bool) -> ConfigurationImport {
    let files: Vec<_> = sample("incident_io").into_iter().filter(|file| keep(&file.name)).collect();
    let exported_at = Some("2026-11-20T12:00:00Z".parse().unwrap());
    read_configuration(&files, &ConfigurationOptions { exported_at, ..ConfigurationOptions::default() })
}

/// A schedule of these rotations.
fn schedule(rotations: &[String], more: &str) -> ConfigurationImport {
    read(&format!(
        r#"{{"schedules": [{{"id": "S1", "name": "Primary", "timezone": "Europe/Berlin", "team_ids": [],
            "config": {{"rotations": [{}]}}}}] {more}}}"#,
        rotations.join(",")
    ))
}

/// A rotation of users who hand over every so many of a unit, and so on; `rest` is whatever else it says.
fn rotation(users: &[&str], handovers: &[(&str, u32)], rest: &str) -> String {
    let user = |id: &&str| format!(r#"{{"id": "{id}", "name": "{id}"}}"#);
    let handover = |(unit, count): &(&str, u32)| format!(r#"{{"interval_type": "{unit}", "interval": {count}}}"#);
    format!(
        r#"{{"id": "R1", "name": "Days", "handover_start_at": "2026-11-02T07:00:00Z", "users": [{}], "handovers": [{}] {rest}}}"#,
        users.iter().map(user).collect::<Vec<_>>().join(","),
        handovers.iter().map(handover).collect::<Vec<_>>().join(",")
    )
}

/// Rotations, and how a file has them.
fn check(rotations: &[String], expected: &str, findings: &[&str]) {
    let import = schedule(rotations, "");
    assert_eq!(json(&import.teams["incident_io"].schedule["primary"].rotation), expected);
    assert_eq!(told(&import), findings);
}

#[test]
fn handovers_are_lengths_that_apply_in_turn() {
    check(
        &[rotation(&["ana", "bo"], &[("weekly", 2)], "")],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":"2 weeks","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}]"#,
        &[],
    );
    check(
        &[rotation(&["ana", "bo"], &[("daily", 4), ("daily", 3)], r#", "scheduling_mode": "sequential""#)],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":["4 days","3 days"],"start":"2026-11-02","handoff":"08:00","members":["ana","bo"]}]"#,
        &[],
    );
    check(
        &[rotation(&["ana", "NOBODY"], &[("hourly", 12)], "")],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":"12 hours","start":"2026-11-02","handoff":"08:00","members":["ana","nobody"]}]"#,
        &[],
    );
    check(
        &[rotation(&["ana", "bo"], &[("monthly", 1)], "")],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"]}]"#,
        &[
            "warning contract.bad_field a.json/schedules/0/config/rotations/0/handovers/0/interval_type: it says no length in \
             hours, days or weeks: a week is taken",
        ],
    );
}

#[test]
fn as_many_serve_at_once_as_there_are_layers() {
    let layers = r#", "layers": [{"id": "L1", "name": "Layer 1"}, {"id": "L2", "name": "Layer 2"}]"#;
    check(
        &[rotation(&["ana", "bo", "cy"], &[("daily", 1)], layers)],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":"1 day","start":"2026-11-02","handoff":"08:00","members":["ana","bo","cy"],"concurrent":2}]"#,
        &[],
    );
    check(
        &[rotation(&["ana", "bo"], &[("daily", 1)], layers)],
        r#"[{"name":"Days","zone":"Europe/Berlin","members":[["ana","bo"]],"from":"2026-11-02T08:00"}]"#,
        &[],
    );
}

#[test]
fn rotations_of_a_schedule_serve_together() {
    let second = rotation(&["bo"], &[("daily", 1)], "").replace("R1", "R2").replace("Days", "Nights");
    check(
        &[rotation(&["ana"], &[("daily", 1)], ""), second],
        r#"[{"name":"Days","zone":"Europe/Berlin","members":["ana"],"from":"2026-11-02T08:00"},{"name":"Nights","zone":"Europe/Berlin","members":["bo"],"from":"2026-11-02T08:00","together":true}]"#,
        &[],
    );
}

#[test]
fn an_id_that_comes_again_is_a_later_version() {
    let from = |at: &str| format!(r#", "effective_from": "{at}""#);
    check(
        &[
            rotation(&["NOBODY"], &[("weekly", 1)], &from("2027-02-01T00:00:00+01:00")),
            rotation(&["ana", "bo"], &[("weekly", 1)], ""),
            rotation(&["cy", "bo"], &[("weekly", 1)], &from("2026-12-01T00:00:00+01:00")),
        ],
        r#"[{"name":"Days","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo"],"until":"2026-12-01"},{"name":"Days","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["cy","bo"],"from":"2026-12-01","until":"2027-02-01","together":true}]"#,
        &[],
    );
}

/// Intervals of the week, and the hours they become.
fn check_hours(intervals: &[(&str, &str, &str)], expected: &str, findings: usize) {
    let one = |(day, start, end): &(&str, &str, &str)| {
        format!(r#"{{"weekday": "{day}", "start_time": "{start}", "end_time": "{end}"}}"#)
    };
    let all = intervals.iter().map(one).collect::<Vec<_>>().join(",");
    let import = schedule(&[rotation(&["ana"], &[("daily", 1)], &format!(r#", "working_intervals": [{all}]"#))], "");
    let hours: Vec<_> =
        import.teams["incident_io"].schedule["primary"].rotation[0].hours.iter().map(ToString::to_string).collect();
    assert_eq!(hours.join(", "), expected);
    assert_eq!(import.findings.len(), findings, "{:?}", told(&import));
}

#[test]
fn working_intervals_become_hours() {
    let each = |days: &[&'static str], start, end| days.iter().map(|day| (*day, start, end)).collect::<Vec<_>>();
    let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    check_hours(&each(&weekdays, "09:00", "17:00"), "Mon-Fri 09:00-17:00", 0);
    check_hours(&each(&["sunday"], "22:00", "07:00"), "Sun 22:00-07:00", 0);
    check_hours(&each(&["saturday", "sunday"], "00:00", "00:00"), "Sat-Sun", 0);
    check_hours(&[("friday", "20:00", "00:00"), ("saturday", "00:00", "12:00")], "Fri 20:00-12:00", 0);
    check_hours(&[], "", 0);
    check_hours(&[("someday", "09:00", "17:00"), ("monday", "9", "17:00"), ("monday", "25:00", "17:00")], "", 3);
}

#[test]
fn who_is_next_where_shifts_differ_is_said() {
    let with = |mode: &str| {
        schedule(
            &[rotation(&["ana", "bo"], &[("daily", 4), ("daily", 3)], &format!(r#", "scheduling_mode": {mode}"#))],
            "",
        )
    };
    let said = "shifts that differ in length go to whoever has served least, unless `scheduling_mode` is `sequential`: here \
                they follow the list";
    let place = "a.json/schedules/0/config/rotations/0/scheduling_mode";
    assert_eq!(told(&with(r#""fair""#)), [format!("warning interop.not_expressible {place}: {said}")]);
    assert_eq!(told(&with("null")), [format!("note interop.not_expressible {place}: {said}")]);
    assert_eq!(told(&with(r#""sequential""#)), Vec::<String>::new());
}

/// An override of a rotation of two days' turns, and how a file has it.
fn check_override(rotations: &[String], span: (&str, &str), layer: &str, expected: &str) {
    let more = format!(
        r#", "overrides": [{{"id": "O1", "schedule_id": "S1", "rotation_id": "R1", "layer_id": "{layer}",
            "start_at": "{}", "end_at": "{}", "user": {{"id": "hana", "name": "hana"}}}}]"#,
        span.0, span.1
    );
    let import = schedule(rotations, &more);
    assert_eq!(json(&import.teams["incident_io"].schedule["primary"].overrides), expected);
    assert_eq!(told(&import), Vec::<String>::new());
}

#[test]
fn an_override_takes_one_seat() {
    let days = ("2026-11-03T00:00:00+01:00", "2026-11-05T00:00:00+01:00");
    let alone = rotation(&["ana", "bo"], &[("daily", 2)], "");
    check_override(std::slice::from_ref(&alone), days, "L1", r#"[{"cover":"hana","days":"2026-11-03..2026-11-04"}]"#);
    let beside = rotation(&["cy"], &[("daily", 1)], "").replace("R1", "R2");
    check_override(
        &[alone, beside],
        days,
        "L1",
        r#"[{"replace":"ana","with":"hana","from":"2026-11-03","until":"2026-11-04T08:00"},{"replace":"bo","with":"hana","from":"2026-11-04T08:00","until":"2026-11-05"}]"#,
    );
    let layers = r#", "layers": [{"id": "L1", "name": "Layer 1"}, {"id": "L2", "name": "Layer 2"}]"#;
    let two = rotation(&["ana", "bo", "NOBODY", "cy"], &[("daily", 2)], layers);
    check_override(
        &[two],
        days,
        "L2",
        r#"[{"replace":"bo","with":"hana","from":"2026-11-03","until":"2026-11-04T08:00"},{"add":"hana","from":"2026-11-04T08:00","until":"2026-11-05"}]"#,
    );
}

/// A path of these nodes, with the working hours `uk`.
fn path(nodes: &str) -> ConfigurationImport {
    read(&format!(
        r#"{{"escalation_path": {{"id": "P1", "name": "Main", "team_ids": [], "path": [{nodes}], "working_hours": [
            {{"id": "uk", "name": "UK", "timezone": "Europe/London", "weekday_intervals": [
            {{"weekday": "monday", "start_time": "09:00", "end_time": "17:00"}}]}}]}}}}"#
    ))
}

fn level(id: &str, users: &[&str], seconds: u32, rest: &str) -> String {
    let target = |user: &&str| match user.strip_prefix('-') {
        Some(user) => format!(r#"{{"type": "user", "id": "{user}", "urgency": "low"}}"#),
        None => format!(r#"{{"type": "user", "id": "{user}", "urgency": "high"}}"#),
    };
    let targets: Vec<_> = users.iter().map(target).collect();
    format!(
        r#"{{"id": "{id}", "type": "level", "level": {{"targets": [{}], "time_to_ack_seconds": {seconds} {rest}}}}}"#,
        targets.join(",")
    )
}

/// A path, and its rules in the file.
fn check_path(nodes: &[String], expected: &str, findings: &[&str]) {
    let import = path(&nodes.join(","));
    assert_eq!(json(&import.teams["incident_io"].escalation), expected);
    let said: Vec<_> =
        told(&import).into_iter().filter(|it| !it.contains("does nothing after its last node")).collect();
    assert_eq!(said, findings);
}

#[test]
fn levels_become_steps_counted_from_the_start() {
    check_path(
        &[
            level("a", &["ana", "-bo"], 300, ""),
            r#"{"id": "d", "type": "delay", "delay": {"delay_seconds": 120}}"#.to_owned(),
            level("b", &["cy"], 600, r#", "retry_config": {"attempts": 3, "interval_seconds": 120}"#),
        ],
        r#"{"otherwise":{"after":"PT10M","page":["person:cy"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["person:ana"]},{"at":"PT0S","page":["person:bo"],"urgency":"low"},{"at":"PT7M","page":["person:cy"],"again":{"every":"PT2M","times":2}}],"end":"quietly"}}"#,
        &[],
    );
}

#[test]
fn going_back_pages_everything_since_again() {
    let back =
        |to: &str| format!(r#"{{"id": "z", "type": "repeat", "repeat": {{"to_node": "{to}", "repeat_times": 2}}}}"#);
    check_path(
        &[level("a", &["ana"], 300, ""), level("b", &["bo"], 600, ""), back("b"), level("c", &["cy"], 300, "")],
        r#"{"otherwise":{"after":"PT5M","page":["person:cy"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["person:ana"]},{"at":"PT5M","page":["person:bo"],"again":{"every":"PT10M","times":2}},{"at":"PT35M","page":["person:cy"]}],"end":"quietly"}}"#,
        &[],
    );
    check_path(
        &[level("a", &["ana"], 300, ""), back("nowhere")],
        r#"{"otherwise":{"after":"PT5M","page":["person:ana"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["person:ana"]}],"end":"quietly"}}"#,
        &[
            "warning interop.not_expressible a.json/escalation_path/path/1: it goes back to a node that is not on its way: it \
             ends there",
        ],
    );
}

#[test]
fn waiting_for_hours_holds_the_steps_after_it() {
    let until = r#""delay_interval_condition": "inactive", "delay_weekday_interval_config_id": "uk""#;
    let import = path(
        &[
            level("a", &["ana"], 300, r#", "time_to_ack_weekday_interval_config_id": "uk""#),
            level("b", &["bo"], 600, ""),
            format!(r#"{{"id": "d", "type": "delay", "delay": {{{until}}}}}"#),
            level("c", &["cy"], 300, ""),
        ]
        .join(","),
    );
    let team = &import.teams["incident_io"];
    let steps = &team.escalation.as_ref().unwrap().severities["any"].first;
    let within: Vec<_> = steps.iter().map(|step| step.within.as_deref()).collect();
    assert_eq!(within, [None, Some("uk"), Some("outside-uk")]);
    assert_eq!(
        json(&team.windows),
        r#"{"outside-uk":{"zone":"Europe/London","hours":"Mon 17:00 - Mon 09:00"},"uk":{"zone":"Europe/London","hours":"Mon 09:00-17:00"}}"#
    );
}

#[test]
fn who_is_asked_in_turn_is_a_group() {
    let import = path(&level(
        "a",
        &["ana", "bo"],
        300,
        r#", "round_robin_config": {"enabled": true, "rotate_after_seconds": 60}"#,
    ));
    let team = &import.teams["incident_io"];
    assert_eq!(
        json(&team.escalation.as_ref().unwrap().severities["any"].first),
        r#"[{"at":"PT0S","page":["round-robin:main-level-1"],"again":{"every":"PT1M","times":4}}]"#
    );
    assert_eq!(json(&team.teams), r#"{"main-level-1":{"members":["ana","bo"]}}"#);
}

fn branch(condition: &str, then: &[String], otherwise: &[String]) -> String {
    format!(
        r#"{{"id": "x", "type": "if_else", "if_else": {{"conditions": [{condition}], "then_path": [{}], "else_path": [{}]}}}}"#,
        then.join(","),
        otherwise.join(",")
    )
}

const IN_HOURS: &str =
    r#"{"subject": "escalation.working_hours[\"uk\"]", "operation": "is_active", "param_bindings": []}"#;
const CRITICAL: &str = r#"{"subject": {"label": "Priority", "reference": "escalation.priority"},
    "operation": {"label": "is one of", "value": "one_of"},
    "param_bindings": [{"array_value": [{"label": "Critical", "literal": "01J1"}]}]}"#;

#[test]
fn a_branch_on_hours_is_a_route() {
    let import = path(&branch(IN_HOURS, &[level("a", &["ana"], 300, "")], &[level("b", &["bo"], 300, "")]));
    let team = &import.teams["incident_io"];
    assert_eq!(json(&team.route), r#"[{"within":"uk","policy":"main-uk"}]"#);
    let pages = |rules: &crate::EscalationRules| json(&rules.severities["any"].first[0].page);
    assert_eq!(pages(&team.policy["main-uk"]), r#"["person:ana"]"#);
    assert_eq!(pages(team.escalation.as_ref().unwrap()), r#"["person:bo"]"#);
}

#[test]
fn a_branch_on_priority_is_a_severity() {
    let import = path(&branch(CRITICAL, &[level("a", &["ana"], 300, "")], &[]));
    let team = &import.teams["incident_io"];
    assert_eq!(json(&team.severity.as_ref().unwrap().order), r#"["critical","other"]"#);
    assert_eq!(
        json(&team.escalation),
        r#"{"otherwise":{"after":"PT5M","page":["person:ana"]},"on_empty":"skip","critical":{"first":[{"at":"PT0S","page":["person:ana"]}],"end":"quietly"},"other":{"end":"quietly"}}"#
    );
}

#[test]
fn what_a_branch_cannot_ask_here_is_said() {
    let unknown = CRITICAL.replace("escalation.priority", "incident.severity");
    let nodes = branch(&unknown, &[level("a", &["ana"], 300, "")], &[level("b", &["bo"], 300, "")]);
    check_path(
        &[nodes],
        r#"{"otherwise":{"after":"PT5M","page":["person:bo"]},"on_empty":"skip","any":{"first":[{"at":"PT0S","page":["person:bo"]}],"end":"quietly"}}"#,
        &[
            "warning interop.not_expressible a.json/escalation_path/path/0/if_else/conditions/0: a branch asks here whether \
             hours are active, or whether the priority is one of some: this one is read as its `else`",
        ],
    );
}

#[test]
fn a_path_that_goes_on_with_another_leads_to_it() {
    let go_on = r#"{"id": "y", "type": "escalation_path", "escalation_path": {"escalation_path_id": "P2"}}"#.to_owned();
    let first = branch(IN_HOURS, &[go_on], &[level("b", &["bo"], 300, "")]);
    let text = format!(
        r#"{{"escalation_paths": [{{"id": "P1", "name": "Main", "team_ids": [], "path": [{first}], "working_hours": [
            {{"id": "uk", "name": "UK", "timezone": "Europe/London", "weekday_intervals": [
            {{"weekday": "monday", "start_time": "09:00", "end_time": "17:00"}}]}}]}},
            {{"id": "P2", "name": "Office", "team_ids": [], "path": [{}]}}]}}"#,
        level("a", &["ana"], 300, "")
    );
    let import = read(&text);
    let team = &import.teams["incident_io"];
    assert_eq!(json(&team.route), r#"[{"within":"uk","policy":"office"}]"#);
    assert_eq!(team.policy.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["office"]);
}

#[test]
fn an_export_becomes_the_file_of_its_team() {
    let import = exported(|name| !name.starts_with("terraform"));
    assert_eq!(
        import.why,
        "1 team, from 2 escalation paths, 2 schedules, 1 schedule entry list, 2 schedule overrides, 1 team, 5 users of \
         incident.io"
    );
    let team = &import.teams["payments"];
    assert_eq!(
        json(&team.schedule["payments-primary"]),
        r#"{"rotation":[{"name":"Days","zone":"Europe/Berlin","hours":"Mon-Fri 08:00-20:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo","cy"],"until":"2026-12-07T08:00"},{"name":"Days","zone":"Europe/Berlin","hours":"Mon-Fri 08:00-20:00","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","bo","cy","dee"],"from":"2026-12-07T08:00","together":true},{"name":"Nights","zone":"Europe/Berlin","hours":["Mon-Thu 20:00-08:00","Fri 20:00 - Mon 08:00"],"turn":["4 days","3 days"],"start":"2026-11-02","handoff":"20:00","members":["dee","bo"],"together":true}],"override":[{"replace":"dee","with":"hana","from":"2026-12-24T08:00","until":"2026-12-24T20:00"}]}"#
    );
    let who = |schedule: &str, at: &str| {
        let schedule = Schedule::of(team.schedule[schedule].clone()).unwrap();
        schedule.on_call(at.parse().unwrap()).people.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(who("payments-primary", "2026-12-03T12:00:00Z"), ["bo"]);
    assert_eq!(who("payments-primary", "2026-12-24T12:00:00Z"), ["hana"]);
    assert_eq!(who("payments-primary", "2026-12-24T22:00:00Z"), ["dee"]);
    assert_eq!(who("payments-backup", "2026-12-31T12:00:00Z"), ["ana", "bo"]);
    assert_eq!(who("payments-backup", "2026-12-31T20:00:00Z"), ["ana", "dee"]);
    let pages = |rules: &crate::EscalationRules, severity: &str| {
        let step = |step: &crate::EscalationStep| format!("{} {}", step.at.unwrap(), json(&step.page));
        rules.severities[severity].first.iter().map(step).collect::<Vec<_>>()
    };
    let urgent = [
        r#"PT0S ["on-call:payments-primary"]"#,
        r#"PT5M ["on-call:payments-backup","person:ana"]"#,
        r#"PT15M ["person:hana"]"#,
    ];
    let main = team.escalation.as_ref().unwrap();
    assert_eq!(pages(main, "critical"), urgent);
    assert_eq!(pages(main, "other"), [r#"PT0S ["on-call:payments-primary"]"#]);
    assert_eq!(main.severities["other"].first[0].within.as_deref(), Some("office"));
    assert_eq!(pages(&team.policy["payments-office"], "other"), urgent);
    assert_eq!(
        pages(&team.policy["refunds"], "critical"),
        [r#"PT0S ["round-robin:refunds-level-1"]"#, r#"PT20M ["person:hana"]"#, r#"PT35M ["next:payments-primary"]"#]
    );
    assert_eq!(json(&team.route), r#"[{"within":"office","policy":"payments-office"}]"#);
    assert_eq!(
        import.ids.to_json().unwrap(),
        r#"{"schema":"incident-core/ids/v1","incident_io":{"people":{"ana":"01JUSERANA","bo":"01JUSERBO","cy":"01JUSERCY","dee":"01JUSERDEE","hana":"01JUSERHANA"},"teams":{"payments":{"id":"01JENTRYPAY","name":"Payments"}},"schedules":{"payments/payments-backup":{"id":"01JSCHEDBACK","name":"Payments backup"},"payments/payments-primary":{"id":"01JSCHEDPRIM","name":"Payments primary"}},"policies":{"payments/escalation":{"id":"01JPATHPAY","name":"Payments"},"payments/payments-office":{"name":"Payments office"},"payments/refunds":{"id":"01JPATHREF","name":"Refunds"}}}}"#
    );
    let places: Vec<_> =
        import.findings.iter().map(|it| (it.code.as_str(), it.facts.get("what").map(String::as_str))).collect();
    let lost = |what: &'static str| ("interop.not_expressible", Some(what));
    assert_eq!(
        places,
        [
            lost("otherwise"),
            lost("repeat after acknowledgement"),
            lost("acknowledgement of each"),
            lost("acknowledgement of each"),
            lost("otherwise"),
            lost("channel"),
            ("interop.ended", None),
            lost("scheduling mode"),
        ]
    );
}

#[test]
fn terraform_says_the_same_as_the_api() {
    let mut api = exported(|name| !name.starts_with("terraform"));
    let state = exported(|name| name.starts_with("terraform"));
    // A state has no overrides, and of rotations only what they are now.
    for schedule in api.teams.values_mut().flat_map(|team| team.schedule.values_mut()) {
        schedule.overrides.clear();
        schedule.rotation.retain(|rotation| rotation.until.is_none());
        schedule.rotation.iter_mut().for_each(|rotation| rotation.from = None);
        schedule.rotation.iter_mut().take(1).for_each(|rotation| rotation.together = false);
    }
    let (state, api) = (&state.teams["payments"], &api.teams["payments"]);
    assert_eq!(json(&state.schedule), json(&api.schedule));
    assert_eq!(
        json(&(&state.escalation, &state.policy, &state.route)),
        json(&(&api.escalation, &api.policy, &api.route))
    );
}

#[test]
fn rotations_and_paths_nest_in_what_version_6_of_terraform_keeps() {
    let text = r#"{"terraform": {}, "resource": {
        "incident_schedule": {"primary": {"name": "Primary", "timezone": "Europe/Berlin", "rotations": [
            {"id": "days", "name": "Days", "versions": [
                {"handover_start_at": "2026-11-02T07:00:00Z", "effective_from": "2026-12-07T07:00:00Z",
                 "users": ["${data.incident_user.bo.id}"], "handovers": [{"interval_type": "weekly", "interval": 1}]},
                {"handover_start_at": "2026-11-02T07:00:00Z", "users": ["${data.incident_user.ana.id}", "U2"],
                 "layers": [{"id": "one", "name": "One"}], "handovers": [{"interval_type": "weekly", "interval": 1}]}]}]}},
        "incident_escalation_path": {"main": {"name": "Main", "path": [{"type": "level", "level": {
            "targets": [{"type": "schedule", "id": "${incident_schedule.primary.id}", "urgency": "high"}],
            "time_to_ack_seconds": 300}}]}}},
        "data": {"incident_user": {"ana": {"email": "ana@shop.example"}, "bo": {"email": "bo@shop.example"}}}}"#;
    let import = read(text);
    let team = &import.teams["incident_io"];
    assert_eq!(
        json(&team.schedule),
        r#"{"primary":{"rotation":[{"name":"Days","zone":"Europe/Berlin","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","u2"],"until":"2026-12-07T08:00"},{"name":"Days","zone":"Europe/Berlin","members":["bo"],"from":"2026-12-07T08:00","together":true}]}}"#
    );
    assert_eq!(
        json(&team.escalation.as_ref().unwrap().severities["any"].first),
        r#"[{"at":"PT0S","page":["on-call:primary"]}]"#
    );
}

#[test]
fn every_recorded_payload_is_read_or_told() {
    let Some(files) = payloads("incident_io") else { return };
    let import = read_configuration(&files, &ConfigurationOptions::default());
    assert!(import.why.contains("1 escalation path"), "{}", import.why);
    for team in import.teams.values() {
        for schedule in team.schedule.values() {
            drop(Schedule::of(schedule.clone()));
        }
    }
}
