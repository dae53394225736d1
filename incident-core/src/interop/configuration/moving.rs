//! From an export to files, what is wrong with it, and what changes in the tool afterwards.

use std::collections::BTreeMap;

use super::tests::{SAMPLES, payloads, sample};
use super::{ConfigurationFile, ConfigurationImport, ConfigurationOptions, audit, drift, read_configuration};
use crate::{
    Finding, Format, Handbook, PersonId, RuleFile, Schedule, Source, TeamDocument, TeamId, Timestamp, format_document,
};

/// Every export that there is to test with.
fn exports() -> Vec<(String, Vec<ConfigurationFile>)> {
    let samples = SAMPLES.into_iter().chain(["pagerduty_v3", "pagerduty_holes"]);
    let payloads = ["pagerduty", "opsgenie", "incident_io", "rootly", "grafana_oncall", "icalendar"].into_iter();
    let given = payloads.filter_map(|folder| Some((format!("payloads of {folder}"), self::payloads(folder)?)));
    samples.map(|name| (name.to_owned(), sample(name))).chain(given).collect()
}

fn import(files: &[ConfigurationFile]) -> ConfigurationImport {
    read_configuration(files, &ConfigurationOptions::default())
}

fn known(import: &ConfigurationImport) -> ConfigurationOptions {
    ConfigurationOptions { ids: import.ids.clone(), ..ConfigurationOptions::default() }
}

/// Each finding on a line: level, pointer, message.
fn told(findings: &[Finding]) -> Vec<String> {
    let level = |it: &Finding| serde_json::to_string(&it.level).unwrap().trim_matches('"').to_owned();
    findings.iter().map(|it| format!("{} {}: {}", level(it), it.path, it.message)).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Who is on call when, with neighbours that say the same as one.
fn shifts(schedule: &Schedule) -> Vec<(Timestamp, Vec<PersonId>)> {
    let (from, until) = (at("2026-10-01T00:00:00Z"), at("2027-10-01T00:00:00Z"));
    let all = schedule.shifts(from, until).unwrap().shifts;
    let mut all: Vec<_> = all.into_iter().map(|shift| (shift.start.unwrap_or(from), shift.people)).collect();
    all.dedup_by(|later, earlier| later.1 == earlier.1);
    all
}

#[test]
fn files_say_what_was_read_and_stay_as_they_are() {
    for (name, files) in exports() {
        let import = import(&files);
        let written = import.files().unwrap();
        for (file, text) in written.iter().filter(|(file, _)| file.ends_with(".toml")) {
            assert_eq!(&format_document(text, None, Some(file)).unwrap(), text, "{name}: {file}");
        }
        let rules = written.iter().map(|(file, text)| RuleFile::new(file.clone(), text.clone()));
        let book = Handbook::gather(rules);
        for (team, document) in &import.teams {
            assert_eq!(book.team(team.as_str()).unwrap(), document, "{name}: {team}");
            for (id, schedule) in &document.schedule {
                let Ok(read) = Schedule::of(schedule.clone()) else { continue };
                let loaded = book.schedule(&format!("{team}/{id}")).unwrap();
                assert_eq!(shifts(loaded), shifts(&read), "{name}: {team}/{id}");
            }
        }
    }
}

#[test]
fn what_was_converted_has_not_drifted() {
    for (name, files) in exports() {
        let import = import(&files);
        if import.tools.len() != 1 {
            continue;
        }
        let drift = drift(&import.teams, &files, &known(&import)).unwrap();
        assert_eq!(told(&drift.findings), Vec::<String>::new(), "{name}");
        assert_eq!(drift.other_teams, Vec::<TeamId>::new());
    }
}

/// One edit of a live export, and what is told of it.
fn edited(folder: &str, edit: impl Fn(&str) -> String, expected: &[&str]) {
    let files = sample(folder);
    let import = import(&files);
    let text = |file: &ConfigurationFile| String::from_utf8(file.bytes.clone()).unwrap();
    let live: Vec<_> = files
        .iter()
        .map(|file| ConfigurationFile { name: file.name.clone(), bytes: edit(&text(file)).into_bytes() })
        .collect();
    assert_ne!(live, files);
    let drift = drift(&import.teams, &live, &known(&import)).unwrap();
    let told: Vec<_> = drift.findings.iter().map(|it| format!("{}: {}", it.path, it.message)).collect();
    assert_eq!(told, expected);
}

#[test]
fn drift_names_the_edit_and_nothing_else() {
    edited(
        "pagerduty_holes",
        |text| {
            text.replace("\"rotation_turn_length_seconds\": 604800,\n        \"users\": [\n          {\n            \"user\": {\n              \"id\": \"UDEE\"", "\"rotation_turn_length_seconds\": 1209600,\n        \"users\": [\n          {\n            \"user\": {\n              \"id\": \"UDEE\"")
        },
        &["/schedule/pacific-nights/rotation/0/turn: PagerDuty has `2 weeks`, the file `1 week`"],
    );
    edited(
        "pagerduty_holes",
        |text| text.replace("\"escalation_delay_in_minutes\": 5", "\"escalation_delay_in_minutes\": 20"),
        &["/escalation/any/first/1/at: PagerDuty has 20 min, the file 5 min"],
    );
    edited(
        "jsm",
        |text| {
            text.replace(
                "\"a-ana\", \"type\": \"user\" }, { \"id\": \"a-bo\"",
                "\"a-bo\", \"type\": \"user\" }, { \"id\": \"a-ana\"",
            )
        },
        &[
            "/schedule/primary/rotation/0/members/0: Jira Service Management has `bo`, the file `ana`",
            "/schedule/primary/rotation/0/members/1: Jira Service Management has `ana`, the file `bo`",
        ],
    );
}

#[test]
fn an_override_made_in_the_tool_is_a_note_and_what_ended_is_nothing() {
    let import = import(&sample("pagerduty_holes"));
    let mut live = sample("pagerduty_holes");
    live.push(super::tests::file(
        "overrides-PBERLIN.json",
        r#"{"overrides": [{"id": "O1", "start": "2026-12-24T08:00:00+01:00", "end": "2026-12-24T20:00:00+01:00",
            "user": {"id": "UHANA", "type": "user_reference", "summary": "Hana"}}]}"#,
    ));
    let drift_at = |exported_at: &str| {
        let options = ConfigurationOptions { exported_at: Some(at(exported_at)), ..known(&import) };
        drift(&import.teams, &live, &options).unwrap()
    };
    let before = drift_at("2026-12-20T00:00:00Z");
    let [made] = before.findings.as_slice() else { panic!("{:#?}", before.findings) };
    assert_eq!((made.level, made.path.as_str()), (crate::Level::Note, "/schedule/berlin-days/override/0"));
    assert_eq!(made.facts["there"], r#"{"cover":"hana","from":"2026-12-24T08:00","until":"2026-12-24T20:00"}"#);
    assert_eq!(
        before.why,
        "PagerDuty has what the files say, and has 1 override that they do not have; 10 things in them it cannot do"
    );
    assert_eq!(told(&drift_at("2026-12-30T00:00:00Z").findings), Vec::<String>::new());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let teams = BTreeMap::new();
    let refused = |files: &[ConfigurationFile]| drift(&teams, files, &ConfigurationOptions::default()).unwrap_err();
    assert_eq!(refused(&[]).code.as_str(), "interop.unknown_format");
    let both: Vec<_> = sample("pagerduty").into_iter().chain(sample("jsm")).collect();
    assert_eq!(refused(&both).code.as_str(), "interop.ambiguous_format");
}

/// The audit of the sample with holes, and the schedules and policies that it is about.
struct Holes {
    findings: Vec<Finding>,
    teams: BTreeMap<TeamId, TeamDocument>,
}

impl Holes {
    fn new() -> Self {
        let options =
            ConfigurationOptions { exported_at: Some(at("2026-12-07T00:00:00Z")), ..ConfigurationOptions::default() };
        let files = sample("pagerduty_holes");
        let audit = audit(&files, &options, "2026-12-07T08:00".parse().unwrap());
        assert_eq!(audit.losses.iter().filter(|it| it.level != crate::Level::Note).count(), 0);
        Self { findings: audit.findings, teams: read_configuration(&files, &options).teams }
    }

    fn find(&self, code: &str) -> &Finding {
        let mut found = self.findings.iter().filter(|it| it.code.as_str() == code && it.level != crate::Level::Note);
        found.next().unwrap_or_else(|| panic!("no {code} in {:#?}", self.findings))
    }

    fn people(&self, schedule: &str, at: Timestamp) -> Vec<PersonId> {
        let document = self.teams["payments"].schedule[schedule].clone();
        Schedule::of(document).unwrap().people_at(at).into_iter().cloned().collect()
    }
}

/// The minute in question is shown: nobody is on call in any schedule that the first level asks, and the minute before
/// somebody is.
#[test]
fn the_hole_is_there() {
    let holes = Holes::new();
    let hole = holes.find("escalation.coverage_hole");
    assert_eq!(hole.facts["file"], "escalation_policies.json");
    assert_eq!(hole.facts["object"], "PagerDuty escalation policy `Payments`");
    assert_eq!(hole.at.as_ref().map(|at| at.line), Some(3));
    assert_eq!(
        hole.facts["when"],
        "2027-03-15 to 2027-03-27, 07:00-08:00 in Berlin, 23:00-24:00 in Los Angeles (06:00-07:00 UTC)"
    );
    let mut spans = 0;
    for span in hole.facts["spans"].split(", ") {
        let (start, end) = span.split_once('/').map(|(start, end)| (at(start), at(end))).unwrap();
        let minutes = (0..).map(|minute| start.plus(crate::Elapsed::minutes(minute))).take_while(|it| *it < end);
        for minute in minutes.chain([start]) {
            assert_eq!(holes.people("berlin-days", minute), [] as [PersonId; 0], "{minute}");
            assert_eq!(holes.people("pacific-nights", minute), [] as [PersonId; 0], "{minute}");
        }
        let before = start.plus(crate::Elapsed::minutes(-1));
        assert!(!(holes.people("pacific-nights", before).is_empty() && holes.people("berlin-days", before).is_empty()));
        assert!(!(holes.people("berlin-days", end).is_empty() && holes.people("pacific-nights", end).is_empty()));
        spans += 1;
    }
    assert_eq!(spans, 13);
}

#[test]
fn a_second_level_that_adds_nobody_asks_those_of_the_first() {
    let holes = Holes::new();
    let adds = holes.find("escalation.step_adds_nobody");
    let first = at(&adds.facts["first"]);
    let five_later = first.plus(crate::Elapsed::minutes(5));
    let asked = |schedules: &[&str], at| schedules.iter().flat_map(|it| holes.people(it, at)).collect::<Vec<_>>();
    let paged = asked(&["berlin-days", "pacific-nights"], first);
    assert!(!paged.is_empty());
    assert!(asked(&["berlin-days", "pacific-nights", "launch"], five_later).iter().all(|it| paged.contains(it)));
}

#[test]
fn a_level_that_finds_nobody_is_empty_when_its_time_comes() {
    let holes = Holes::new();
    let finds = holes.find("escalation.step_finds_nobody");
    let declared = at(&finds.facts["first"]);
    let its_time = declared.plus(crate::Elapsed::minutes(5));
    for schedule in ["berlin-days", "pacific-nights", "launch"] {
        assert_eq!(holes.people(schedule, its_time), [] as [PersonId; 0], "{schedule} at {its_time}");
    }
    let a_minute_before = its_time.plus(crate::Elapsed::minutes(-1));
    assert_ne!(holes.people("pacific-nights", a_minute_before), [] as [PersonId; 0]);
}

#[test]
fn all_levels_reach_one_person_where_it_is_said() {
    let holes = Holes::new();
    let single = holes.find("escalation.single_person");
    assert!(single.facts["when"].ends_with("only Bo"), "{}", single.facts["when"]);
    let declared = at(&single.facts["first"]);
    for minutes in [0, 5] {
        let time = declared.plus(crate::Elapsed::minutes(minutes));
        let all: Vec<_> =
            ["berlin-days", "pacific-nights", "launch"].iter().flat_map(|it| holes.people(it, time)).collect();
        assert_eq!(all, ["bo".parse::<PersonId>().unwrap()], "{time}");
    }
}

#[test]
fn who_asks_nobody_and_who_is_alone() {
    let holes = Holes::new();
    let dormant: Vec<_> = holes
        .findings
        .iter()
        .filter(|it| it.code.as_str() == "interop.dormant_schedule")
        .map(|it| (it.facts["schedule"].as_str(), it.message.as_str()))
        .collect();
    assert_eq!(
        dormant,
        [
            (
                "launch",
                "nobody is on call in `launch` from Mon 2026-12-07 08:00 Berlin (07:00 UTC) on, for half a year"
            ),
            ("old-pager", "no policy asks who is on call in `old-pager`"),
        ]
    );
    for day in 0..182 {
        let minute = at("2026-12-07T07:00:00Z").plus(crate::Elapsed::hours(24 * day));
        assert_eq!(holes.people("launch", minute), [] as [PersonId; 0]);
        assert_ne!(holes.people("old-pager", minute), [] as [PersonId; 0]);
    }
    let alone = holes.find("interop.one_person");
    assert_eq!(alone.message, "`refunds` rests on Hana alone: no level ever pages anybody else");
    // What one finding says, no other repeats.
    assert!(holes.findings.iter().all(|it| it.code.as_str() != "oncall.rotation_never_acts"));
}

#[test]
fn a_schedule_without_policies_tells_its_gaps_itself() {
    let files: Vec<_> =
        sample("pagerduty_holes").into_iter().filter(|it| it.name.starts_with("schedule-PAC")).collect();
    let audit = audit(&files, &ConfigurationOptions::default(), "2026-12-07".parse().unwrap());
    let [gap] = audit.findings.as_slice() else { panic!("{:#?}", audit.findings) };
    let first = at(&gap.facts["first"]);
    let schedule = Schedule::of(import(&files).teams["payments"].schedule["pacific-nights"].clone()).unwrap();
    assert_eq!(schedule.people_at(first), Vec::<&PersonId>::new());
    let end = gap.facts["spans"].split([',', '/']).nth(1).unwrap();
    assert_ne!(schedule.people_at(at(end)), Vec::<&PersonId>::new());
    assert_eq!(schedule.people_at(at(end).plus(crate::Elapsed::minutes(-1))), Vec::<&PersonId>::new());
}

#[test]
fn every_export_is_audited() {
    for (name, files) in exports() {
        let audit = audit(&files, &ConfigurationOptions::default(), "2026-12-07".parse().unwrap());
        assert!(!audit.why.is_empty(), "{name}");
        // What is said of the export can be shown in it.
        for finding in audit.findings.iter().filter(|it| it.facts.contains_key("object")) {
            let file = files.iter().find(|file| file.name == finding.facts["file"]).unwrap();
            let text = std::str::from_utf8(&file.bytes).unwrap();
            if let Ok(source) = Source::open(text, Some(Format::Json), Some(&file.name)) {
                assert_eq!(finding.at, source.find(&finding.path), "{name}: {finding}");
                assert!(finding.at.is_some(), "{name}: {finding}");
            }
        }
    }
}
