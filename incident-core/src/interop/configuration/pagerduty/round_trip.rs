//! What is written says the same when it is read again, up to the losses that are listed.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::tests::{payloads, sample};
use super::super::{
    CompiledConfiguration, ConfigurationFile, ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds,
    ProviderObject, compile, read_configuration,
};
use crate::{Format, PersonId, Schedule, Source, TeamDocument, TeamId};

const FORMS: [ConfigurationForm; 2] = [ConfigurationForm::Rest, ConfigurationForm::Terraform];

fn team(text: &str) -> BTreeMap<TeamId, TeamDocument> {
    [("payments".parse().unwrap(), Source::parse(text, Format::Toml).unwrap().read().unwrap())].into()
}

/// Everything has an id, so that nothing is to be filled in.
fn known(teams: &BTreeMap<TeamId, TeamDocument>) -> ProviderIds {
    let mut ids = ProviderIds::default();
    for (id, document) in teams {
        let object = |id: &str| ProviderObject { id: Some(id.to_owned()), name: None };
        ids.pagerduty.teams.insert(id.clone(), object("PTEAM"));
        for (at, schedule) in document.schedule.keys().enumerate() {
            ids.pagerduty.schedules.insert(format!("{id}/{schedule}"), object(&format!("PSCHED{at}")));
        }
        for person in super::super::assemble::people_of(document) {
            ids.pagerduty.people.insert(person.clone(), format!("PU{person}"));
        }
    }
    ids
}

fn written(
    teams: &BTreeMap<TeamId, TeamDocument>,
    ids: &ProviderIds,
    form: ConfigurationForm,
) -> CompiledConfiguration {
    compile(teams, ids, ConfigurationTool::Pagerduty, form).unwrap()
}

fn read_back(compiled: &CompiledConfiguration) -> BTreeMap<TeamId, TeamDocument> {
    let files: Vec<_> = compiled
        .files
        .iter()
        .map(|(name, text)| ConfigurationFile { name: name.clone(), bytes: text.clone().into_bytes() })
        .collect();
    let mut ids = compiled.ids.clone();
    if compiled.form == ConfigurationForm::Terraform {
        // What has an id is imported: here its address is all that there is of it.
        for (key, entry) in ids.pagerduty.schedules.iter_mut() {
            entry.id = Some(format!("pagerduty_schedule.{}", super::super::plan::plain(key)));
        }
    }
    read_configuration(&files, &ConfigurationOptions { ids, ..ConfigurationOptions::default() }).teams
}

/// A file of a team, and where something is lost with which words.
fn check(text: &str, expected: &[&str]) {
    for form in FORMS {
        let teams = team(text);
        let compiled = written(&teams, &known(&teams), form);
        let told: Vec<_> = compiled.losses.iter().map(|it| format!("{}: {}", it.path, it.message)).collect();
        assert_eq!(told, expected, "{form:?} {:#?}", compiled.files);
    }
}

const PRIMARY: &str = "
[[schedule.primary.rotation]]
name    = 'days'
zone    = 'Europe/Berlin'
hours   = 'Mon-Fri 08:00-20:00'
turn    = '1 week'
start   = 2026-12-07
handoff = 'Mon 08:00'
members = ['ana', 'bo', 'cy']
[[schedule.primary.rotation]]
zone    = 'Europe/Berlin'
turn    = '2 days'
start   = 2026-12-07
handoff = '18:00'
members = ['dee', 'bo']
";

#[test]
fn what_pagerduty_can_say_is_not_lost() {
    check(PRIMARY, &[]);
    check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise = {{ after = '5m', page = ['person:hana'] }}\n\
        [escalation.any]\nend = 'quietly'\nfirst = [{{ page = ['on-call:primary'] }}, {{ at = '10m', page = ['person:hana'] }}]"
        ),
        &[],
    );
}

#[test]
fn what_it_cannot_say_is_listed() {
    check(
        &format!("{PRIMARY}if_absent = 'fall_through'\ncount = 'active_only'"),
        &[
            "/schedule/primary/rotation/1/count: PagerDuty counts every turn, also one wholly outside the hours",
            "/schedule/primary/rotation/1/if_absent: PagerDuty knows no absences",
        ],
    );
    check(
        &format!(
            "{PRIMARY}[escalation]\notherwise = {{ after = '15m', page = ['person:hana'] }}\n\
            [escalation.any]\nfirst = [{{ page = ['on-call:primary'] }}]\nauthority = [{{ at = '30m', page = ['lead:2'] }}]"
        ),
        &[
            "/escalation/any/authority: PagerDuty has no second track: the chain of command is not paged beside the first response",
            "/escalation/any/end: PagerDuty does nothing after its last level",
            "/escalation/any/first/1: a level of PagerDuty pages schedules and people, high, at any hour and a whole minute \
             after the one before; buddies, experts, leads, who comes next, occasions and single repeats have no place there",
            "/escalation/on_empty: PagerDuty skips a level that finds nobody, and makes no incident where all do",
        ],
    );
}

#[test]
fn severities_are_policies_of_their_own_and_found_again() {
    let teams = team(
        "[escalation]\non_empty = 'skip'\notherwise = { after = '1m', page = ['person:bo'] }\n\
         [escalation.sev1]\nend = 'quietly'\nfirst = [{ page = ['person:ana'] }, { at = '5m', page = ['person:bo'] }]\n\
         [escalation.sev2]\nend = 'quietly'\nfirst = [{ page = ['person:bo'] }]",
    );
    for form in FORMS {
        let compiled = written(&teams, &known(&teams), form);
        assert_eq!(compiled.losses, [], "{form:?}");
        let policies: Vec<_> = compiled
            .ids
            .pagerduty
            .policies
            .iter()
            .map(|(key, it)| format!("{key}: {}", it.name.clone().unwrap()))
            .collect();
        assert_eq!(policies, ["payments/escalation.sev1: payments sev1", "payments/escalation.sev2: payments sev2"]);
    }
}

#[test]
fn what_has_no_id_is_to_be_filled_in() {
    let compiled = written(&team(PRIMARY), &ProviderIds::default(), ConfigurationForm::Rest);
    let told: Vec<_> = compiled.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 5);
    assert_eq!(
        told[0],
        "warning[interop.no_provider_id]: person `dee` has no id of PagerDuty in the side file; `<dee>` stands in its place; \
         add it, and compile again"
    );
    assert_eq!(compiled.why, "1 file for PagerDuty: nothing is lost, and 5 ids are to be filled in");
}

#[test]
fn terraform_says_who_people_are_once() {
    let teams = team("[[schedule.primary.rotation]]\nzone = 'UTC'\nmembers = ['ana']");
    let compiled = written(&teams, &known(&teams), ConfigurationForm::Terraform);
    assert_eq!(
        compiled.files["pagerduty.tf.json"],
        r#"{
  "terraform": {
    "required_providers": {
      "pagerduty": {
        "source": "PagerDuty/pagerduty"
      }
    }
  },
  "locals": {
    "people": {
      "ana": "PUana"
    },
    "teams": {
      "payments": "PTEAM"
    }
  },
  "import": [
    {
      "to": "pagerduty_schedule.payments-primary",
      "id": "PSCHED0"
    }
  ],
  "resource": {
    "pagerduty_schedule": {
      "payments-primary": {
        "name": "payments primary",
        "time_zone": "Etc/UTC",
        "teams": [
          "${local.teams[\"payments\"]}"
        ],
        "layer": [
          {
            "start": "2000-01-01T00:00:00Z",
            "rotation_virtual_start": "2000-01-01T00:00:00Z",
            "rotation_turn_length_seconds": 604800,
            "users": [
              "${local.people[\"ana\"]}"
            ]
          }
        ]
      }
    }
  }
}
"#
    );
}

#[test]
fn a_replacement_is_written_as_the_shifts_that_it_gives() {
    let text = format!(
        "{PRIMARY}[[schedule.primary.override]]\nreplace = 'ana'\nwith = 'hana'\nfrom = '2026-12-08T00:00'\nuntil = '2026-12-09T00:00'"
    );
    let teams = team(&text);
    let compiled = written(&teams, &known(&teams), ConfigurationForm::Rest);
    let overrides: serde_json::Value =
        serde_json::from_str(&compiled.files["overrides/payments-primary.json"]).unwrap();
    assert_eq!(
        overrides,
        serde_json::json!({ "overrides": [{
            "start": "2026-12-08T07:00:00Z", "end": "2026-12-08T19:00:00Z", "user": { "id": "PUhana", "type": "user_reference" },
        }] })
    );
    assert!(compiled.losses.iter().all(|it| it.path.starts_with("/schedule/primary/override/0")));
}

#[test]
fn an_export_is_written_back_without_loss() {
    let mut exports = vec![sample("pagerduty")];
    exports
        .extend(payloads("pagerduty").map(|files| files.into_iter().filter(|it| it.name.contains("rest_")).collect()));
    for files in exports {
        let import = read_configuration(&files, &ConfigurationOptions::default());
        for form in FORMS {
            let compiled = written(&import.teams, &import.ids, form);
            let lost: Vec<_> = compiled
                .losses
                .iter()
                .map(|it| it.path.as_str())
                .filter(|path| {
                    !["/people", "/teams", "/areas", "/severity", "/route"].iter().any(|it| path.starts_with(it))
                })
                .filter(|path| form == ConfigurationForm::Rest || !path.contains("/override"))
                .collect();
            assert_eq!(lost, Vec::<&str>::new(), "{form:?}");
        }
    }
}

fn one_of(all: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(all)
}

fn maybe(chance: f64, key: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::option::weighted(chance, one_of(values))
        .prop_map(move |it| it.map_or(String::new(), |it| format!("{key} = {it}\n")))
}

fn rotation() -> impl Strategy<Value = String> {
    let zones = &["'Europe/Berlin'", "'Europe/Berlin'", "'Europe/Berlin'", "'America/Los_Angeles'", "'UTC'"];
    let members = &[
        "['p0']",
        "['p1', 'p2']",
        "['p0', 'p1', 'p2']",
        "['p3', 'p0', 'p3']",
        "[['p0', 'p1'], 'p2']",
        "['p1', 'nobody']",
        "['p0', 'p1', { join = 'p2', on = 2027-01-18 }]",
        "['p0', 'p1', { leave = 'p1', on = 2027-02-18 }]",
    ];
    let turns = &["'1 week'", "'1 week'", "'2 days'", "'7 days'", "'12 hours'", "'1 month'", "['4 days', '3 days']"];
    let hours = &[
        "'daily 08:00-20:00'",
        "'Mon-Fri 09:00-17:00'",
        "'Fri 20:00 - Mon 08:00'",
        "['Sat-Sun', 'Mon-Fri 18:00-08:00']",
        "'daily 22:00-07:00'",
        "['Mon 09:00-17:00', 'Tue 09:00-17:00']",
    ];
    (
        (one_of(zones), one_of(members), one_of(turns), maybe(0.5, "hours", hours)),
        maybe(0.5, "handoff", &["'Mon 08:00'", "'08:00'", "'18:30'"]),
        maybe(0.3, "from", &["2026-12-20", "2026-11-01", "'2027-01-03T12:00'"]),
        maybe(0.2, "until", &["2027-06-01", "'2027-02-03T12:00'"]),
        maybe(0.3, "name", &["'days'", "'nights'"]),
        (
            maybe(0.1, "count", &["'active_only'"]),
            maybe(0.1, "if_absent", &["'fall_through'"]),
            maybe(0.1, "concurrent", &["2"]),
            maybe(0.1, "wall_clock", &["true"]),
            maybe(0.1, "priority", &["1", "7"]),
            maybe(0.1, "lasts", &["'8h'"]),
            maybe(0.1, "days", &["[1, 15]"]),
        ),
        prop::sample::select(vec!["2026-12-07", "2026-12-09", "2026-03-01"]),
    )
        .prop_map(|((zone, members, turn, hours), handoff, from, until, name, rest, start)| {
            let (count, absent, concurrent, clock, priority, lasts, days) = rest;
            format!(
                "[[schedule.NAME.rotation]]\nzone = {zone}\nmembers = {members}\nturn = {turn}\nstart = {start}\n{hours}{handoff}\
                 {from}{until}{name}{count}{absent}{concurrent}{clock}{priority}{lasts}{days}"
            )
        })
}

fn exception() -> impl Strategy<Value = String> {
    let what = &[
        "cover = 'p3'",
        "cover = 'p1'",
        "cover = ['p0', 'p1']",
        "replace = 'p0'\nwith = 'p3'",
        "remove = 'p1'",
        "add = 'p2'",
        "temporary = ['p3']",
        "temporary = []",
    ];
    let when = &["days = '2026-12-24..2026-12-26'", "from = '2027-01-01T06:00'\nuntil = '2027-01-01T18:00'"];
    (one_of(what), one_of(when)).prop_map(|(what, when)| format!("[[schedule.NAME.override]]\n{what}\n{when}\n"))
}

fn schedule(name: &'static str) -> impl Strategy<Value = String> {
    (prop::collection::vec(rotation(), 1..4), prop::collection::vec(exception(), 0..2))
        .prop_map(move |(rotations, exceptions)| (rotations.concat() + &exceptions.concat()).replace("NAME", name))
}

fn policy(name: &'static str, severity: &'static str) -> impl Strategy<Value = String> {
    let pages = &[
        "['on-call:one']",
        "['on-call:two', 'person:p0']",
        "['next:one', 'buddy']",
        "['round-robin:ops']",
        "['team:ops']",
        "['lead:1']",
        "['experts']",
        "['person:p1', 'person:p2']",
    ];
    let at = &["'0m'", "'5m'", "'10m'", "'10m'", "'15m30s'", "'1h'"];
    let again = maybe(0.3, "again", &["{ every = '15m', times = 2 }"]);
    let step =
        (one_of(pages), one_of(at), again, maybe(0.1, "urgency", &["'low'"]), maybe(0.1, "within", &["'office'"]))
            .prop_map(|(page, at, again, urgency, within)| {
                let rest =
                    [again, urgency, within].map(|it| it.trim().to_owned()).into_iter().filter(|it| !it.is_empty());
                format!(
                    "{{ {} }}",
                    [format!("page = {page}"), format!("at = {at}")]
                        .into_iter()
                        .chain(rest)
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            });
    (
        prop::collection::vec(step, 1..4),
        maybe(0.5, "end", &["'quietly'"]),
        maybe(0.5, "on_empty", &["'skip'", "'wait_until_someone'"]),
        maybe(0.2, "authority", &["[{ at = '30m', page = ['lead:2'] }]"]),
        maybe(0.2, "acknowledged_for", &["'30m'"]),
    )
        .prop_map(move |(steps, end, on_empty, authority, acknowledged)| {
            format!(
                "[{name}]\notherwise = {{ after = '15m', page = ['person:p3'] }}\n{on_empty}[{name}.{severity}]\n\
                 first = [{}]\n{end}{authority}{acknowledged}",
                steps.join(", ")
            )
        })
}

fn document() -> impl Strategy<Value = String> {
    (schedule("one"), schedule("two"), policy("escalation", "sev1"), policy("policy.other", "any"), any::<bool>()).prop_map(
        |(one, two, main, other, whole)| {
            let rest = if whole {
                "[people]\np0 = { zone = 'UTC', lead = 'p1' }\np1 = {}\n[areas]\ncheckout = { experts = ['p0'] }\n\
                 [windows]\noffice = { zone = 'UTC', hours = 'Mon-Fri 09:00-17:00' }\n[[absence]]\nperson = 'p0'\ndays = '2027-01-01'\n\
                 [severity]\norder = ['sev1']\n[cadence]\ncustomers = { sev1 = ['5m', '20m'] }\n\
                 [prove]\nhorizon = '4 weeks'\n[[allow]]\ncode = 'coverage_hole'\nbecause = 'known'\n\
                 [[route]]\npolicy = 'other'\n[calendars]\nholidays = ['2026-12-25']\n"
            } else {
                ""
            };
            format!("{rest}[teams.ops]\nmembers = ['p1', 'p2']\n{one}{two}{main}{other}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        for form in FORMS {
            let teams = team(&text);
            let compiled = written(&teams, &known(&teams), form);
            let general = super::super::compile::general(ConfigurationTool::Pagerduty);
            let wordless: Vec<_> = compiled.losses.iter().filter(|it| it.message == general).collect();
            prop_assert!(wordless.is_empty(), "{wordless:#?}");

            let back = read_back(&compiled);
            let again = written(&back, &compiled.ids, form);
            let lost: Vec<_> = again
                .losses
                .iter()
                .filter(|it| !it.path.starts_with("/severity"))
                .filter(|it| form == ConfigurationForm::Rest || !it.path.contains("/override"))
                .collect();
            prop_assert!(lost.is_empty(), "{lost:#?}\n{back:#?}");

            // Where nothing of a schedule is lost, the same people are on call.
            for (name, schedule) in &teams["payments"].schedule {
                let place = format!("/schedule/{name}");
                if compiled.losses.iter().any(|it| it.path.starts_with(&place)) {
                    continue;
                }
                let shifts = |document: &crate::ScheduleDocument| -> Vec<(crate::Timestamp, Vec<PersonId>)> {
                    let schedule = Schedule::of(document.clone()).unwrap();
                    let (from, until) = ("2026-10-01T00:00:00Z".parse().unwrap(), "2027-10-01T00:00:00Z".parse().unwrap());
                    let mut all: Vec<_> = schedule.shifts(from, until).unwrap().shifts.into_iter()
                        .map(|shift| (shift.start.unwrap_or(from), shift.people)).collect();
                    all.dedup_by(|later, earlier| later.1 == earlier.1);
                    all
                };
                prop_assert_eq!(shifts(schedule), shifts(&back["payments"].schedule[name.as_str()]), "{}", name);
            }
        }
    }
}
