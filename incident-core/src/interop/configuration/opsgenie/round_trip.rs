//! What is written says the same when it is read again, up to the losses that are listed.

use proptest::prelude::*;

use super::super::round_trip::{FORMS, Writer, document, team};
use super::super::tests::sample;
use super::super::{ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds, read_configuration};
use super::losses::{AUTHORITY, EMPTY, FIRST, HOURS, OTHERWISE};

const JSM: Writer = Writer { tool: ConfigurationTool::Jsm, schedule: super::TF_SCHEDULE };

const PRIMARY: &str = "
[[schedule.primary.rotation]]
name     = 'days'
zone     = 'Europe/Berlin'
hours    = 'Mon-Fri 08:00-20:00'
turn     = '1 week'
start    = 2026-12-07
handoff  = 'Mon 08:00'
members  = ['ana', 'nobody', 'cy']
[[schedule.primary.rotation]]
zone     = 'Europe/Berlin'
hours    = ['Mon-Fri 18:30-08:00', 'Sat-Sun']
turn     = '12 hours'
start    = 2026-12-07
handoff  = '18:30'
members  = ['dee', 'bo']
until    = '2027-03-01T08:30'
together = true
[[schedule.primary.rotation]]
zone     = 'Europe/Berlin'
hours    = 'daily 22:00-07:00'
members  = ['eli']
from     = 2026-12-24
together = true
";

#[test]
fn what_jira_can_say_is_not_lost() {
    JSM.check(PRIMARY, &[]);
    JSM.check("[[schedule.primary.rotation]]\nzone = 'UTC'\nmembers = ['ana']", &[]);
    JSM.check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise.page = ['person:hana']\n[escalation.any]\nend = 'quietly'\n\
             first = [{{ at = '0m', page = ['on-call:primary'], again = {{ every = '45m', times = 3 }} }}, \
             {{ at = '10m', page = ['next:primary', 'person:bo'], again = {{ every = '45m', times = 3 }} }}]\n\
             authority = [{{ at = '30m', page = ['person:hana'], again = {{ every = '45m', times = 3 }} }}]"
        ),
        &[],
    );
    let overrides = "[[schedule.primary.override]]\ncover = 'hana'\ndays = '2026-12-24..2026-12-26'\n\
                     [[schedule.primary.override]]\ntemporary = []\nfrom = '2027-01-01T06:00'\nuntil = '2027-01-01T18:30'";
    JSM.check_form(&format!("{PRIMARY}{overrides}"), ConfigurationForm::Rest, &[]);
}

#[test]
fn what_it_cannot_say_is_listed() {
    JSM.check(
        "[[schedule.a.rotation]]\nzone = 'UTC'\nmembers = ['ana']\nhours = 'daily 08:20-17:10'\n\
         [[schedule.a.rotation]]\nzone = 'UTC'\nmembers = ['bo']\nuntil = '2027-03-01T08:20'\nif_absent = 'fall_through'",
        &[
            &format!("/schedule/a/rotation/0/hours: {HOURS}"),
            "/schedule/a/rotation/1/if_absent: Jira knows no absences",
            "/schedule/a/rotation/1/together: all rotations of a schedule are on call side by side in Jira: where an earlier \
             one comes first here, both are paged",
            "/schedule/a/rotation/1/until: a rotation of Jira ends at a full or half hour on the clock of the schedule",
        ],
    );
    JSM.check(
        "[[schedule.primary.rotation]]\nzone = 'UTC'\nmembers = ['ana']\n\
         [escalation]\notherwise = { after = '15m', page = ['person:hana'] }\n\
         [escalation.any]\nfirst = [{ page = ['on-call:primary'] }]\nauthority = [{ at = '30m', page = ['lead:2'] }]",
        &[
            &format!("/escalation/any/authority: {AUTHORITY}"),
            "/escalation/any/end: Jira does nothing after the last rule",
            &format!("/escalation/any/first/1: {FIRST}"),
            &format!("/escalation/on_empty: {EMPTY}"),
            &format!("/escalation/otherwise/after: {OTHERWISE}"),
        ],
    );
}

#[test]
fn a_team_that_jira_has_is_paged_as_a_team_and_any_other_group_as_its_people() {
    let text = "[teams.GROUP]\nmembers = ['ana', 'bo']\n[escalation]\non_empty = 'skip'\notherwise.page = ['team:GROUP']\n\
                [escalation.any]\nend = 'quietly'\nfirst = [{ page = ['team:GROUP'] }]";
    // Who is in a team of Jira does not stand in what is written.
    let its = [
        "/escalation/any/first/0/page/0",
        "/escalation/any/first/0/page/1",
        "/escalation/otherwise/page/0",
        "/escalation/otherwise/page/1",
        "/teams/payments",
    ];
    for (group, recipients, expected) in
        [("payments", "team PTEAM", &its[..]), ("ops", "user PUana, user PUbo", &["/teams/ops"])]
    {
        let teams = team(&text.replace("GROUP", group));
        for form in FORMS {
            let compiled = JSM.written(&teams, &JSM.known(&teams), form);
            let lost: Vec<_> = compiled.losses.iter().map(|it| it.path.as_str()).collect();
            assert_eq!(lost, expected, "{form:?}");
        }
        let compiled = JSM.written(&teams, &JSM.known(&teams), ConfigurationForm::Rest);
        let body: serde_json::Value =
            serde_json::from_str(&compiled.files["escalations/payments-escalation.json"]).unwrap();
        let recipient = |rule: &serde_json::Value| {
            let of = |name: &str| rule["recipient"][name].as_str().unwrap().to_owned();
            format!("{} {}", of("type"), of("id"))
        };
        let told: Vec<_> = body["rules"].as_array().unwrap().iter().map(recipient).collect();
        assert_eq!(told.join(", "), recipients);
    }
}

#[test]
fn a_rotation_that_comes_into_force_later_begins_with_the_turn_of_that_time() {
    let text = "[[schedule.primary.rotation]]\nzone = 'Europe/Berlin'\nturn = '1 week'\nstart = 2026-03-02\nhandoff = 'Mon 08:00'\n\
                members = ['ana', 'bo', 'cy']\nfrom = '2026-12-09T12:00'";
    let teams = team(text);
    let compiled = JSM.written(&teams, &JSM.known(&teams), ConfigurationForm::Rest);
    let schedule: serde_json::Value = serde_json::from_str(&compiled.files["schedules/payments-primary.json"]).unwrap();
    let rotation = &schedule["rotations"][0];
    assert_eq!(rotation["startDate"], "2026-12-07T07:00:00Z");
    let participants: Vec<_> = rotation["participants"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    // The 41st turn of three people is the second one's.
    assert_eq!(participants, ["PUbo", "PUcy", "PUana"]);
}

#[test]
fn severities_are_escalations_of_their_own_and_found_again() {
    let teams = team(
        "[escalation]\non_empty = 'skip'\notherwise.page = ['person:bo']\n\
         [escalation.sev1]\nend = 'quietly'\nfirst = [{ page = ['person:ana'] }, { at = '5m', page = ['person:bo'] }]\n\
         [escalation.sev2]\nend = 'quietly'\nfirst = [{ page = ['person:bo'] }]",
    );
    for form in FORMS {
        let compiled = JSM.written(&teams, &JSM.known(&teams), form);
        assert_eq!(compiled.losses, [], "{form:?}");
    }
}

#[test]
fn what_has_no_id_is_to_be_filled_in() {
    let compiled = JSM.written(&team(PRIMARY), &ProviderIds::default(), ConfigurationForm::Rest);
    assert_eq!(compiled.why, "1 file for Jira Service Management: nothing is lost, and 6 ids are to be filled in");
}

#[test]
fn terraform_has_a_resource_for_each_rotation() {
    let text = "[[schedule.primary.rotation]]\nzone = 'UTC'\nhours = 'daily 08:00-17:00'\nmembers = ['ana']\n\
                [escalation]\non_empty = 'skip'\notherwise.page = ['on-call:primary']\n\
                [escalation.any]\nend = 'quietly'\nfirst = [{ page = ['on-call:primary'] }]";
    let teams = team(text);
    let mut ids = JSM.known(&teams);
    let known = super::super::ProviderObject { id: Some("E1".to_owned()), name: None };
    ids.jsm.policies.insert("payments/escalation".to_owned(), known);
    let compiled = JSM.written(&teams, &ids, ConfigurationForm::Terraform);
    assert_eq!(compiled.losses, []);
    assert_eq!(
        compiled.files["jsm.tf.json"],
        r#"{
  "terraform": {
    "required_providers": {
      "atlassian-operations": {
        "source": "atlassian/atlassian-operations"
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
      "to": "atlassian-operations_schedule.payments-primary",
      "id": "PSCHED0"
    },
    {
      "to": "atlassian-operations_escalation.payments-escalation",
      "id": "E1,PTEAM"
    }
  ],
  "resource": {
    "atlassian-operations_schedule": {
      "payments-primary": {
        "name": "payments primary",
        "team_id": "${local.teams[\"payments\"]}",
        "timezone": "UTC"
      }
    },
    "atlassian-operations_schedule_rotation": {
      "payments-primary-1": {
        "schedule_id": "${atlassian-operations_schedule.payments-primary.id}",
        "start_date": "2000-01-01T00:00:00Z",
        "type": "weekly",
        "length": 1,
        "participants": [
          {
            "id": "${local.people[\"ana\"]}",
            "type": "user"
          }
        ],
        "time_restriction": {
          "type": "time-of-day",
          "restriction": {
            "start_hour": 8,
            "start_min": 0,
            "end_hour": 17,
            "end_min": 0
          }
        }
      }
    },
    "atlassian-operations_escalation": {
      "payments-escalation": {
        "name": "payments",
        "team_id": "${local.teams[\"payments\"]}",
        "enabled": true,
        "rules": [
          {
            "condition": "if-not-acked",
            "notify_type": "default",
            "delay": 0,
            "recipient": {
              "id": "${atlassian-operations_schedule.payments-primary.id}",
              "type": "schedule"
            }
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
fn an_export_is_written_back_without_loss() {
    let import = read_configuration(&sample("jsm"), &ConfigurationOptions::default());
    for form in FORMS {
        let compiled = JSM.written(&import.teams, &import.ids, form);
        let lost = compiled.losses.iter().map(|it| it.path.as_str()).filter(|path| {
            !["/people", "/teams", "/areas", "/severity", "/route", "/windows"].iter().any(|it| path.starts_with(it))
        });
        assert_eq!(lost.collect::<Vec<_>>(), Vec::<&str>::new(), "{form:?}");
    }
}

#[test]
fn what_terraform_keeps_is_read_as_the_api_answers() {
    let state = r#"{"format_version": "1.0", "values": {"root_module": {"resources": [
        {"type": "atlassian-operations_team", "address": "atlassian-operations_team.payments", "values":
            {"id": "T1", "display_name": "Payments", "member": [{"account_id": "A1"}, {"account_id": "A2"}]}},
        {"type": "atlassian-operations_user", "address": "data.atlassian-operations_user.ana", "values":
            {"account_id": "A1", "email_address": "ana@shop.example", "display_name": "Ana", "timezone": "Europe/Berlin"}},
        {"type": "atlassian-operations_schedule", "address": "atlassian-operations_schedule.primary", "values":
            {"id": "S1", "name": "Primary", "team_id": "T1", "timezone": "Europe/Berlin", "enabled": true, "description": ""}},
        {"type": "atlassian-operations_schedule_rotation", "address": "atlassian-operations_schedule_rotation.days", "values":
            {"id": "R1", "schedule_id": "S1", "name": "days", "start_date": "2026-11-02T07:00:00Z", "end_date": null,
             "type": "weekly", "length": 1, "participants": [{"id": "A1", "type": "user"}, {"id": null, "type": "noone"}],
             "time_restriction": {"type": "time-of-day", "restrictions": null,
                 "restriction": {"start_hour": 8, "start_min": 0, "end_hour": 20, "end_min": 30}}}},
        {"type": "atlassian-operations_escalation", "address": "atlassian-operations_escalation.main", "values":
            {"id": "E1", "name": "Payments", "team_id": "T1", "enabled": true, "description": "",
             "rules": [{"condition": "if-not-acked", "notify_type": "next", "delay": 5, "recipient": {"id": "S1", "type": "schedule"}},
                       {"condition": "if-not-closed", "notify_type": "all", "delay": 30, "recipient": {"id": "T1", "type": "team"}}],
             "repeat": {"wait_interval": 10, "count": 2, "reset_recipient_states": false, "close_alert_after_all": false}}}
    ]}}}"#;
    let import =
        read_configuration(&[super::super::tests::file("state.json", state)], &ConfigurationOptions::default());
    let payments = &import.teams["payments"];
    let json = |value: serde_json::Result<String>| value.unwrap();
    assert_eq!(
        json(serde_json::to_string(&payments.schedule["primary"].rotation)),
        r#"[{"name":"days","zone":"Europe/Berlin","hours":"daily 08:00-20:30","turn":"1 week","start":"2026-11-02","handoff":"Mon 08:00","members":["ana","nobody"]}]"#
    );
    assert_eq!(
        json(serde_json::to_string(&payments.escalation)),
        r#"{"otherwise":{"page":["team:payments"]},"on_empty":"skip","any":{"first":[{"at":"PT5M","page":["next:primary"],"again":{"every":"PT40M","times":2}}],"authority":[{"at":"PT30M","page":["team:payments"],"again":{"every":"PT40M","times":2}}],"end":"quietly"}}"#
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        JSM.keeps_the_law(&text)?;
    }
}
