//! What is written says the same when it is read again, up to the losses that are listed.

use proptest::prelude::*;

use super::super::round_trip::{FORMS, Writer, document, shifts, team};
use super::super::tests::sample;
use super::super::{ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds, read_configuration};

const GRAFANA: Writer = Writer { tool: ConfigurationTool::Grafana, schedule: "grafana_oncall_schedule" };

const PRIMARY: &str = "
[[schedule.primary.rotation]]
name    = 'days'
zone    = 'Europe/Berlin'
hours   = 'Mon-Fri 08:00-20:00'
turn    = '1 week'
start   = 2026-12-07
handoff = 'Mon 06:00'
members = ['ana', ['bo', 'cy']]
from    = '2026-12-30T08:00'
[[schedule.primary.rotation]]
name    = 'nights'
zone    = 'America/Los_Angeles'
hours   = ['Mon-Fri 18:00-08:00', 'Sat-Sun']
turn    = '2 weeks'
start   = 2026-12-07
handoff = 'Mon 08:00'
members = ['dee', 'bo', 'ana']
until   = '2027-03-01T08:00'
[[schedule.primary.rotation]]
zone    = 'Europe/Berlin'
turn    = '2 days'
start   = 2026-12-07
handoff = '18:00'
members = ['dee', 'bo', 'cy']
from    = '2026-12-24T18:00'
[[schedule.primary.rotation]]
zone    = 'UTC'
turn    = '1 month'
start   = 2026-12-01
members = ['dee', 'bo']
[[schedule.primary.override]]
cover   = ['hana', 'ana']
days    = '2026-12-24..2026-12-26'
";

#[test]
fn what_grafana_can_say_is_not_lost() {
    GRAFANA.check(PRIMARY, &[]);
    GRAFANA.check(
        "[[schedule.a.rotation]]\nzone = 'UTC'\nhours = 'daily 22:00-07:00'\nmembers = [['ana', 'bo']]\npriority = 3\n\
         [[schedule.a.rotation]]\nzone = 'UTC'\nhours = ['Mon 09:00-12:00', 'Thu 09:00-12:00']\nturn = '2 days'\n\
         start = 2026-12-07\nhandoff = '09:00'\ncount = 'active_only'\nmembers = ['cy', 'dee']\npriority = 7\n\
         [[schedule.a.rotation]]\nzone = 'UTC'\nturn = '2 weeks'\nstart = 2026-12-07\nlasts = '100h'\nmembers = ['cy', 'dee']\n\
         priority = 7",
        &[],
    );
    GRAFANA.check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise = {{ after = '5m', page = ['person:hana'] }}\n\
             [escalation.any]\nend = 'quietly'\nfirst = [\
             {{ at = '1m', page = ['on-call:primary'], urgency = 'high', again = {{ every = '16m', times = 5 }} }}, \
             {{ at = '11m', page = ['person:hana', 'person:bo'], again = {{ every = '16m', times = 5 }} }}]"
        )
        .replace("page = ['person:hana'] }\n", "page = ['person:hana', 'person:bo'] }\n"),
        &[],
    );
}

#[test]
fn what_it_cannot_say_is_listed() {
    GRAFANA.check(
        "[[schedule.a.rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-12-07\nmembers = ['ana', 'bo', 'nobody']\n\
         if_absent = 'fall_through'\nfrom = '2026-12-09T12:00'\nuntil = '2027-01-06T12:00'\n\
         [[schedule.a.override]]\nadd = 'cy'\ndays = '2026-12-24'",
        &[
            "/schedule/a/override/0/add: a shift above every level puts people in place of all others: whatever else an override \
             does is written as the shifts that it gives, and one of nobody cannot be written",
            "/schedule/a/override/0/cover: a shift above every level puts people in place of all others: whatever else an override \
             does is written as the shifts that it gives, and one of nobody cannot be written",
            "/schedule/a/rotation/0/from: the first shift is a whole one",
            "/schedule/a/rotation/0/if_absent: Grafana OnCall knows no absences",
            "/schedule/a/rotation/0/members/2: groups take turns as they are listed before anybody joins or leaves; those of several \
             members at once are written out, and turns of nobody are left out",
            "/schedule/a/rotation/0/until: the last shift goes on to its end",
        ],
    );
}

#[test]
fn an_export_is_written_back_without_loss() {
    let exported_at = Some("2026-11-20T12:00:00Z".parse().unwrap());
    let import = read_configuration(
        &sample("grafana"),
        &ConfigurationOptions { exported_at, ..ConfigurationOptions::default() },
    );
    for form in FORMS {
        let compiled = GRAFANA.written(&import.teams, &import.ids, form);
        let elsewhere = ["/people", "/teams", "/areas", "/severity", "/route", "/windows"];
        let lost: Vec<_> = compiled.losses.iter().map(|it| it.path.as_str()).collect();
        let lost: Vec<_> = lost.into_iter().filter(|path| !elsewhere.iter().any(|it| path.starts_with(it))).collect();
        // Hours that hold steps, and where calendars come from.
        assert_eq!(
            lost,
            [
                "/policy/payments-office-hours/any/first/0/within",
                "/policy/payments-office-hours/any/first/1/within",
                "/schedule/payments-leads/override/0/source",
                "/schedule/payments-leads/override/1/source",
                "/schedule/payments-leads/override/2/source",
            ],
            "{form:?}"
        );
        let back = GRAFANA.read_back(&compiled);
        for (name, schedule) in &import.teams["payments"].schedule {
            assert_eq!(shifts(schedule), shifts(&back["payments"].schedule[name]), "{name}");
        }
    }
}

#[test]
fn bodies_name_each_other_by_their_files() {
    let teams = team(
        "[[schedule.primary.rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-12-07\nmembers = ['ana', 'bo']\n\
         [escalation]\non_empty = 'skip'\notherwise = { page = ['on-call:primary'] }\n[escalation.any]\nend = 'quietly'\n\
         first = [{ page = ['on-call:primary'] }]",
    );
    let compiled = GRAFANA.written(&teams, &ProviderIds::default(), ConfigurationForm::Rest);
    let of = |name: &str| -> serde_json::Value { serde_json::from_str(&compiled.files[name]).unwrap() };
    assert_eq!(of("schedules/payments-primary.json")["shifts"], serde_json::json!(["<payments-primary-1>"]));
    assert_eq!(
        of("on_call_shifts/payments-primary-1.json"),
        serde_json::json!({
            "name": "payments primary 1", "team_id": "<payments>", "type": "rolling_users", "time_zone": "UTC", "level": 0,
            "start": "2026-12-07T00:00:00", "duration": 604_800, "frequency": "weekly", "interval": 1, "week_start": "MO",
            "rolling_users": [["<ana>"], ["<bo>"]], "start_rotation_from_user_index": 0,
        })
    );
    assert_eq!(
        of("escalation_policies/payments-escalation-00.json"),
        serde_json::json!({
            "escalation_chain_id": "<payments-escalation>", "position": 0, "type": "notify_on_call_from_schedule",
            "important": false, "notify_on_call_from_schedule": "<payments/primary>",
        })
    );
    assert_eq!(compiled.why, "4 files for Grafana OnCall: nothing is lost, and 4 ids are to be filled in");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        GRAFANA.keeps_the_law(&text)?;
    }
}
