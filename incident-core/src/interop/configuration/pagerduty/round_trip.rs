//! What is written says the same when it is read again, up to the losses that are listed.

use proptest::prelude::*;

use super::super::round_trip::{FORMS, Writer, document, team};
use super::super::tests::{payloads, sample};
use super::super::{ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds, read_configuration};

const PAGERDUTY: Writer = Writer { tool: ConfigurationTool::Pagerduty, schedule: "pagerduty_schedule" };

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
    PAGERDUTY.check(PRIMARY, &[]);
    PAGERDUTY.check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise = {{ after = '5m', page = ['person:hana'] }}\n\
        [escalation.any]\nend = 'quietly'\nfirst = [{{ page = ['on-call:primary'] }}, {{ at = '10m', page = ['person:hana'] }}]"
        ),
        &[],
    );
}

#[test]
fn what_it_cannot_say_is_listed() {
    PAGERDUTY.check(
        &format!("{PRIMARY}if_absent = 'fall_through'\ncount = 'active_only'"),
        &[
            "/schedule/primary/rotation/1/count: PagerDuty counts every turn, also one wholly outside the hours",
            "/schedule/primary/rotation/1/if_absent: PagerDuty knows no absences",
        ],
    );
    PAGERDUTY.check(
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
        let compiled = PAGERDUTY.written(&teams, &PAGERDUTY.known(&teams), form);
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
    let compiled = PAGERDUTY.written(&team(PRIMARY), &ProviderIds::default(), ConfigurationForm::Rest);
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
    let compiled = PAGERDUTY.written(&teams, &PAGERDUTY.known(&teams), ConfigurationForm::Terraform);
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
    let compiled = PAGERDUTY.written(&teams, &PAGERDUTY.known(&teams), ConfigurationForm::Rest);
    let overrides: serde_json::Value =
        serde_json::from_str(&compiled.files["overrides/payments-primary.json"]).unwrap();
    assert_eq!(
        overrides,
        serde_json::json!({ "overrides": [{
            "start": "2026-12-08T07:00:00Z", "end": "2026-12-08T19:00:00Z", "user": { "id": "PUhana", "type": "user_reference" },
        }] })
    );
    assert!(compiled.losses.iter().all(|it| it.path.starts_with("/schedule/primary/override/")));
}

#[test]
fn an_export_is_written_back_without_loss() {
    let mut exports = vec![sample("pagerduty")];
    exports
        .extend(payloads("pagerduty").map(|files| files.into_iter().filter(|it| it.name.contains("rest_")).collect()));
    for files in exports {
        let import = read_configuration(&files, &ConfigurationOptions::default());
        for form in FORMS {
            let compiled = PAGERDUTY.written(&import.teams, &import.ids, form);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        PAGERDUTY.keeps_the_law(&text)?;
    }
}
