//! What is written says the same when it is read again, up to the losses that are listed.

use proptest::prelude::*;

use super::super::round_trip::{Writer, document, shifts, team};
use super::super::tests::sample;
use super::super::{
    ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds, compile, read_configuration,
};
use crate::codes;

const GOALERT: Writer = Writer { tool: ConfigurationTool::Goalert, schedule: "" };

const PRIMARY: &str = "
[[schedule.primary.rotation]]
name    = 'nights'
zone    = 'Europe/Berlin'
hours   = ['Mon-Fri 18:00-08:00', 'Sat-Sun']
turn    = '2 weeks'
start   = 2026-12-07
handoff = 'Mon 08:00'
members = ['dee', 'bo', 'ana']
[[schedule.primary.rotation]]
zone    = 'Europe/Berlin'
hours   = 'Fri 20:00 - Mon 08:00'
members = ['hana']
together = true
[[schedule.primary.rotation]]
zone    = 'America/Los_Angeles'
turn    = '12 hours'
wall_clock = true
start   = 2026-12-07
members = ['cy', 'bo']
together = true
[[schedule.primary.override]]
replace = 'dee'
with    = 'hana'
days    = '2026-12-24..2026-12-26'
[[schedule.primary.override]]
temporary = ['cy', 'bo']
from    = '2026-12-31T18:00'
until   = '2027-01-01T06:00'
";

fn check(text: &str, expected: &[&str]) {
    GOALERT.check_form(text, ConfigurationForm::Rest, expected);
}

#[test]
fn what_goalert_can_say_is_not_lost() {
    check(PRIMARY, &[]);
    check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise = {{ after = '5m', page = ['person:hana'] }}\n\
             [escalation.any]\nend = 'quietly'\nfirst = [\
             {{ page = ['on-call:primary', 'person:bo'], again = {{ every = '15m', times = 2 }} }}, \
             {{ at = '10m', page = ['person:hana'], again = {{ every = '15m', times = 2 }} }}]"
        ),
        &[],
    );
}

#[test]
fn whoever_comes_after_another_has_the_hours_that_are_left() {
    let text = "[[schedule.a.rotation]]\nzone = 'UTC'\nhours = 'daily 08:00-20:00'\nmembers = ['ana']\n\
                [[schedule.a.rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-01-05\nmembers = ['bo', ['cy', 'dee']]";
    let teams = team(text);
    let compiled = GOALERT.written(&teams, &GOALERT.known(&teams), ConfigurationForm::Rest);
    let paths: Vec<_> = compiled.losses.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/schedule/a/rotation/1/hours",
            "/schedule/a/rotation/1/members/1",
            "/schedule/a/rotation/1/together",
            "/schedule/a/rotation/2",
        ]
    );
    let back = GOALERT.read_back(&compiled);
    assert_eq!(shifts(&teams["payments"].schedule["a"]), shifts(&back["payments"].schedule["a"]));
}

#[test]
fn a_rotation_begins_with_its_first_user_whenever_it_is_made() {
    let compiled = GOALERT.written(&team(PRIMARY), &ProviderIds::default(), ConfigurationForm::Rest);
    let told: Vec<_> = compiled.findings.iter().filter(|it| it.code == codes::NOT_EXPRESSIBLE).collect();
    assert_eq!(told.len(), 2);
    assert_eq!(
        told[0].message,
        "GoAlert begins the rotation `payments primary nights` with the first of its users whenever it is made: set \
         `activeUserIndex` to whoever is to serve then"
    );
    let body: serde_json::Value = serde_json::from_str(&compiled.files["schedules/payments-primary.json"]).unwrap();
    assert_eq!(body["query"], "mutation($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }");
    assert_eq!(
        body["variables"]["input"]["targets"][1]["rules"],
        serde_json::json!([
            { "start": "00:00", "end": "00:00", "weekdayFilter": [true, false, false, false, false, false, true] },
            { "start": "00:00", "end": "08:00", "weekdayFilter": [false, true, false, false, false, false, false] },
            { "start": "20:00", "end": "00:00", "weekdayFilter": [false, false, false, false, false, true, false] },
        ])
    );
    assert_eq!(compiled.why, "2 files for GoAlert: nothing is lost, and 5 ids are to be filled in");
}

#[test]
fn terraform_has_no_provider_for_it() {
    let no = compile(&team(PRIMARY), &ProviderIds::default(), ConfigurationTool::Goalert, ConfigurationForm::Terraform);
    let no = no.unwrap_err().to_finding();
    assert_eq!((no.code, no.message.as_str()), (codes::NO_WRITER, "Terraform has no provider for GoAlert"));
}

#[test]
fn an_export_is_written_back_without_loss() {
    let exported_at = Some("2026-11-20T12:00:00Z".parse().unwrap());
    let import = read_configuration(
        &sample("goalert"),
        &ConfigurationOptions { exported_at, ..ConfigurationOptions::default() },
    );
    let compiled = GOALERT.written(&import.teams, &import.ids, ConfigurationForm::Rest);
    let elsewhere = ["/people", "/areas", "/severity", "/route"];
    let lost: Vec<_> = compiled.losses.iter().map(|it| it.path.as_str()).collect();
    let lost: Vec<_> = lost.into_iter().filter(|path| !elsewhere.iter().any(|it| path.starts_with(it))).collect();
    assert_eq!(lost, Vec::<&str>::new());
    let back = GOALERT.read_back(&compiled);
    for (name, schedule) in &import.teams["goalert"].schedule {
        assert_eq!(shifts(schedule), shifts(&back["goalert"].schedule[name]), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        GOALERT.keeps_the_law_in(&[ConfigurationForm::Rest], &text)?;
    }
}
