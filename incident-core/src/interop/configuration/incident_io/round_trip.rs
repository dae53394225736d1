//! What is written says the same when it is read again, up to the losses that are listed.

use proptest::prelude::*;

use super::super::round_trip::{FORMS, Writer, document, team};
use super::super::tests::sample;
use super::super::{ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds, read_configuration};

const INCIDENT_IO: Writer = Writer { tool: ConfigurationTool::IncidentIo, schedule: "incident_schedule" };

const PRIMARY: &str = "
[[schedule.primary.rotation]]
name    = 'days'
zone    = 'Europe/Berlin'
hours   = 'Mon-Fri 08:00-20:00'
turn    = ['4 days', '3 days']
start   = 2026-12-07
handoff = 'Mon 08:00'
members = ['ana', 'bo', 'cy']
concurrent = 2
[[schedule.primary.rotation]]
zone    = 'Europe/Berlin'
hours   = ['Mon-Fri 20:00-08:00', 'Sat-Sun']
turn    = '2 weeks'
start   = 2026-12-07
handoff = 'Mon 18:00'
members = ['dee', 'nobody']
together = true
";

#[test]
fn what_incident_io_can_say_is_not_lost() {
    INCIDENT_IO.check(PRIMARY, &[]);
    INCIDENT_IO.check(
        &format!(
            "{PRIMARY}[escalation]\non_empty = 'skip'\notherwise = {{ after = '5m', page = ['person:hana'] }}\n\
             [escalation.any]\nend = 'quietly'\nfirst = [{{ page = ['on-call:primary'] }}, \
             {{ page = ['next:primary'], urgency = 'low' }}, \
             {{ at = '10m', page = ['person:hana'], again = {{ every = '2m', times = 2 }} }}]"
        ),
        &[],
    );
    INCIDENT_IO.check(
        "[escalation]\non_empty = 'skip'\notherwise = { after = '5m', page = ['person:bo'] }\n\
         [escalation.any]\nend = 'quietly'\nfirst = [{ page = ['person:ana'] }, \
         { at = '10m', page = ['person:bo'], again = { every = '5m', times = 3 } }]",
        &[],
    );
}

#[test]
fn a_rotation_may_begin_later_and_end_in_the_api() {
    let text = "
[[schedule.primary.rotation]]
zone    = 'Europe/Berlin'
turn    = '1 week'
start   = 2026-12-07
handoff = 'Mon 08:00'
members = ['ana', 'bo']
from    = 2026-12-20
until   = '2027-02-03T12:00'
";
    INCIDENT_IO.check_form(text, ConfigurationForm::Rest, &[]);
    INCIDENT_IO.check_form(
        text,
        ConfigurationForm::Terraform,
        &[
            "/schedule/primary/rotation/0/from: a rotation of Terraform's provider begins with its first handover: the bodies \
             for the API have both",
            "/schedule/primary/rotation/0/until: a rotation of Terraform's provider has no end: the bodies for the API have it",
        ],
    );
}

#[test]
fn a_route_in_hours_is_a_branch_to_its_policy() {
    INCIDENT_IO.check(
        "[windows]\noffice = { zone = 'Europe/Berlin', hours = 'Mon-Fri 09:00-17:00' }\n\
         [[route]]\nwithin = 'office'\npolicy = 'day'\n\
         [escalation]\non_empty = 'skip'\notherwise = { page = ['person:bo'] }\n\
         [escalation.any]\nend = 'quietly'\nfirst = [{ page = ['person:bo'], within = 'office' }]\n\
         [policy.day]\non_empty = 'skip'\nacknowledged_for = '1h'\notherwise = { page = ['person:ana'] }\n\
         [policy.day.any]\nend = 'quietly'\nfirst = [{ page = ['person:ana'] }]",
        &[],
    );
}

#[test]
fn the_hours_of_rotations_that_win_are_taken_from_the_others() {
    let text = PRIMARY.replace("hours   = ['Mon-Fri 20:00-08:00', 'Sat-Sun']\n", "").replace("together = true\n", "");
    INCIDENT_IO.check(
        &text,
        &[
            "/schedule/primary/rotation/1/handoff: turns change on the clock of the schedule",
            "/schedule/primary/rotation/1/hours: hours are written on the clock of the schedule, which moves when only one of \
             two clocks is changed, and without those of rotations that win",
            "/schedule/primary/rotation/1/together: all rotations of a schedule of incident.io are on call: the hours of those \
             that win are taken from the others",
        ],
    );
    let teams = team(&text);
    let compiled = INCIDENT_IO.written(&teams, &INCIDENT_IO.known(&teams), ConfigurationForm::Rest);
    let back = &INCIDENT_IO.read_back(&compiled)["payments"].schedule["primary"];
    let hours: Vec<_> = back.rotation[1].hours.iter().map(ToString::to_string).collect();
    assert_eq!(hours, ["Mon-Thu 20:00-08:00", "Fri 20:00 - Mon 08:00"]);
    assert_eq!(
        super::super::round_trip::shifts(back),
        super::super::round_trip::shifts(&teams["payments"].schedule["primary"])
    );
}

#[test]
fn what_it_cannot_say_is_listed() {
    INCIDENT_IO.check(
        &format!(
            "{PRIMARY}if_absent = 'fall_through'\n[escalation]\notherwise = {{ after = '15m', page = ['person:hana'] }}\n\
             [escalation.any]\nfirst = [{{ page = ['on-call:primary', 'buddy'] }}]\nauthority = [{{ at = '30m', page = ['lead:2'] }}]"
        ),
        &[
            "/escalation/any/authority: incident.io has no second track: the chain of command is not paged beside the first \
             response",
            "/escalation/any/end: incident.io does nothing after its last node",
            "/escalation/any/first/0/page/1: a level of incident.io pages schedules and people after the one before it, once, up \
             to ten times whole minutes apart, or all over again; buddies, experts, leads and occasions have no place there, \
             and what waits for hours keeps those after it waiting",
            "/escalation/any/first/1: a level of incident.io pages schedules and people after the one before it, once, up to \
             ten times whole minutes apart, or all over again; buddies, experts, leads and occasions have no place there, and \
             what waits for hours keeps those after it waiting",
            "/escalation/on_empty: incident.io passes a level that finds nobody at once",
            "/schedule/primary/rotation/1/if_absent: incident.io has no absences here",
        ],
    );
}

#[test]
fn terraform_says_who_people_are_once() {
    let text = "[[schedule.primary.rotation]]\nzone = 'UTC'\nmembers = ['ana']\n\
                [escalation]\notherwise = { page = ['on-call:primary'] }\n\
                [escalation.any]\nend = 'quietly'\nfirst = [{ page = ['on-call:primary'] }]";
    let teams = team(text);
    let compiled = INCIDENT_IO.written(&teams, &INCIDENT_IO.known(&teams), ConfigurationForm::Terraform);
    assert_eq!(
        compiled.files["incident_io.tf.json"],
        r#"{
  "terraform": {
    "required_providers": {
      "incident": {
        "source": "incident-io/incident",
        "version": "~> 7.0"
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
      "to": "incident_schedule.payments-primary",
      "id": "PSCHED0"
    }
  ],
  "resource": {
    "incident_schedule": {
      "payments-primary": {
        "name": "payments primary",
        "timezone": "UTC",
        "team_ids": [
          "${local.teams[\"payments\"]}"
        ]
      }
    },
    "incident_schedule_rotation": {
      "payments-primary-rotation-1": {
        "schedule_id": "${incident_schedule.payments-primary.id}",
        "name": "rotation 1",
        "rank": 1,
        "first_interval_starts_at": "2000-01-01T00:00:00Z",
        "handovers": [
          {
            "interval": 1,
            "interval_type": "weekly"
          }
        ],
        "concurrent_shifts": 1,
        "users": [
          "${local.people[\"ana\"]}"
        ],
        "scheduling_mode": "sequential"
      }
    },
    "incident_escalation_path": {
      "payments-escalation": {
        "name": "payments",
        "team_ids": [
          "${local.teams[\"payments\"]}"
        ],
        "start": "main",
        "sequences": {
          "main": {
            "nodes": [
              {
                "level": {
                  "targets": [
                    {
                      "type": "schedule",
                      "id": "${incident_schedule.payments-primary.id}",
                      "urgency": "high",
                      "schedule_mode": "currently_on_call"
                    }
                  ],
                  "ack_mode": "first"
                }
              }
            ]
          }
        }
      }
    }
  }
}
"#
    );
}

#[test]
fn what_has_no_id_is_to_be_filled_in() {
    let compiled = INCIDENT_IO.written(&team(PRIMARY), &ProviderIds::default(), ConfigurationForm::Rest);
    assert_eq!(compiled.why, "1 file for incident.io: nothing is lost, and 5 ids are to be filled in");
}

#[test]
fn an_export_is_written_back_without_loss() {
    let import = read_configuration(&sample("incident_io"), &ConfigurationOptions::default());
    for form in FORMS {
        let compiled = INCIDENT_IO.written(&import.teams, &import.ids, form);
        let lost: Vec<_> = compiled
            .losses
            .iter()
            .map(|it| it.path.as_str())
            .filter(|path| !["/people", "/teams", "/areas", "/severity"].iter().any(|it| path.starts_with(it)))
            .filter(|path| form == ConfigurationForm::Rest || !path.contains("/override"))
            .collect();
        // Terraform has one version of a rotation, and no time at which it comes into force.
        let days = ["rotation/0/until", "rotation/1/from", "rotation/1/name", "rotation/1/start"];
        let expected = if form == ConfigurationForm::Rest { &days[..0] } else { &days[..] };
        assert_eq!(lost, expected.iter().map(|it| format!("/schedule/payments-primary/{it}")).collect::<Vec<_>>());
    }
}

/// Policies with everything that a path can say, and some things that it cannot.
fn climbs() -> impl Strategy<Value = String> {
    let page =
        &["'person:p0'", "'person:p1', 'person:p2'", "'round-robin:ops'", "'on-call:one'", "'next:one'", "'buddy'"];
    let at = &["0m", "0m", "5m", "10m", "90s", "1h"];
    let rest = &[
        "",
        "",
        ", urgency = 'low'",
        ", within = 'office'",
        ", within = 'nights'",
        ", again = { every = '2m', times = 3 }",
        ", again = { every = '20m', times = 2 }",
        ", again = { every = '90s', times = 12 }",
    ];
    let of = |all: &'static [&'static str]| prop::sample::select(all);
    let step =
        (of(page), of(at), of(rest)).prop_map(|(page, at, rest)| format!("{{ page = [{page}], at = '{at}'{rest} }}"));
    let tracks = |name: &'static str| {
        (
            prop::collection::vec(step.clone(), 1..4),
            of(&["end = 'quietly'\n", "end = 'quietly'\n", ""]),
            of(&["on_empty = 'skip'\n", ""]),
            of(&["acknowledged_for = '1h'\n", ""]),
            of(&["after = '10m', ", ""]),
        )
            .prop_map(move |(steps, end, on_empty, held, after)| {
                let steps = steps.join(", ");
                format!(
                    "[{name}]\n{on_empty}{held}otherwise = {{ {after}page = ['person:p3'] }}\n\
                     [{name}.any]\n{end}first = [{steps}]\n"
                )
            })
    };
    let routes = &[
        "",
        "[[route]]\nwithin = 'office'\npolicy = 'day'\n",
        "[[route]]\nwithin = 'nights'\npolicy = 'night'\n[[route]]\nwithin = 'office'\npolicy = 'day'\n",
        "[[route]]\nwhen = { areas = 'checkout' }\npolicy = 'night'\n[[route]]\nwithin = 'office'\npolicy = 'day'\n",
        "[[route]]\nwithin = 'own'\npolicy = 'day'\n[[route]]\npolicy = 'night'\n",
    ];
    (tracks("escalation"), tracks("policy.day"), tracks("policy.night"), of(routes)).prop_map(
        |(main, day, night, routes)| {
            format!(
                "[windows]\noffice = {{ zone = 'Europe/Berlin', hours = 'Mon-Fri 09:00-17:00' }}\n\
             nights = {{ zone = 'UTC', hours = ['daily 22:00-06:00', 'Sat-Sun'] }}\n\
             own = {{ zone = 'recipient', hours = 'daily 22:00-07:00' }}\n{routes}\
             [teams.ops]\nmembers = ['p1', 'p2']\n\
             [[schedule.one.rotation]]\nzone = 'UTC'\nmembers = ['p0']\n{main}{day}{night}"
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_loss_has_its_words_and_what_was_read_back_loses_nothing_more(text in document()) {
        INCIDENT_IO.keeps_the_law(&text)?;
    }

    #[test]
    fn paths_keep_the_law(text in climbs()) {
        INCIDENT_IO.keeps_the_law(&text)?;
    }
}
