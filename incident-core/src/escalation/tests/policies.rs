//! Policies as they are written: what is read, what is refused.

use crate::text::{Format, Source};
use crate::{EscalationPolicy, EscalationPolicyDocument};

const TEAM: &str = r#"
schema = "incident-core/policy/v1"
name = "payments"
version = "7"

[windows]
office = { zone = "Europe/Berlin", hours = "Mon-Fri 09:00-17:00" }
asleep = { zone = "recipient",     hours = "daily 22:00-07:00" }

[escalation]
otherwise = { after = "15m", page = ["person:hana", "person:iris"] }
acknowledged_for = "30m"

[escalation.sev1]
first     = [{ at = "0m", page = ["on-call:primary"] },
             { at = "5m", page = ["next:primary", "buddy"] },
             { at = "10m", page = ["lead:1"], again = { every = "5m", times = 6 } }]
reinforce = [{ when = { help = "asked" }, page = ["experts", "buddy"] },
             { when = { no_progress = "20m" }, page = ["experts"] },
             { when = { severity = "raised" }, page = ["slot:commander"] }]
authority = [{ at = "30m", page = ["lead:2"] }]
acknowledged_for = "1h"
otherwise = { page = ["team:leads", "round-robin:leads"] }
[escalation.sev3]
first     = [{ within = "office", page = ["on-call:primary"], urgency = "low" }]
end       = "quietly"

[prove]
horizon = "26 weeks"
sev1    = { first_page = "1m", second_person = "5m" }
load    = { asleep_hours_a_week = "<= 14" }

[[allow]]
code = "only_expert"
path = "/areas"
until = "2027-01-31"
because = "hiring"
"#;

fn read(text: &str) -> crate::Result<EscalationPolicy> {
    EscalationPolicy::read(&Source::parse(text, Format::Toml)?)
}

/// The problems of a policy, one a line.
fn check(text: &str, expected: &[&str]) {
    let no = read(text).unwrap_err();
    let found: Vec<_> = no.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_teams_policy_survives_the_round_trip() {
    let text = TEAM.replace("only_expert", "directory.one_expert");
    let policy = read(&text).unwrap();
    assert_eq!((policy.name().unwrap().as_str(), policy.version()), ("payments", "7"));
    let again = EscalationPolicy::from_json(&policy.to_json().unwrap()).unwrap();
    assert_eq!(again, policy);
    assert_eq!(again.to_json().unwrap(), policy.to_json().unwrap());
}

#[test]
fn an_allowance_may_leave_out_the_room() {
    let text = TEAM.replace("only_expert", "one_expert");
    assert_eq!(read(&text).unwrap().document().allow[0].code, crate::codes::ONE_EXPERT);
    check(
        &TEAM.replace("only_expert", "one_exprt"),
        &["34:8: error[contract.bad_field]: there is no code `one_exprt`; did you mean `one_expert`?"],
    );
}

#[test]
fn a_version_that_is_not_written_follows_from_the_content() {
    let [one, other] = ["5m", "6m"].map(|at| {
        let text = TEAM.replace("version = \"7\"", "").replace("only_expert", "one_expert");
        read(&text.replace("\"5m\", page", &format!("\"{at}\", page"))).unwrap()
    });
    assert!(one.version().starts_with("sha256:") && one.version().len() == 23, "{}", one.version());
    assert_ne!(one.version(), other.version());
    let renamed = EscalationPolicyDocument { name: None, allow: Vec::new(), ..one.document().clone() };
    assert_eq!(EscalationPolicy::of(renamed).unwrap().version(), one.version());
}

#[test]
fn everything_that_cannot_be_run_is_told_at_once() {
    check(
        r#"
        [windows]
        never = { zone = "UTC", hours = [] }
        [escalation]
        acknowledged_for = "0m"
        [escalation.sev1]
        first = [{ at = "-5m", page = [] }, { at = "30s", page = ["buddy"], within = "ofice" }]
        reinforce = [{ at = "1m", when = { help = "asked", no_progress = "0m" }, page = ["experts"] }, { when = {}, page = ["experts"] }]
        authority = [{ at = "9000h", page = ["lead:1"], again = { every = "0m", times = 1001 } }]
        otherwise = { after = "-1m", page = [] }
        [windows.office]
        zone = "UTC"
        hours = "daily 09:00-17:00"
        [prove.sev1]
        first_page = "1.5m"
        [[allow]]
        code = "escalation.bad_step"
        because = " "
        "#,
        &[
            "3:33: error[escalation.unknown_window]: the window `never` never opens",
            "4:10: error[escalation.no_otherwise]: the policy does not say what happens when nobody is found; write `otherwise = { after = \"15m\", page = [\"person:ana\"] }`",
            "5:28: error[escalation.bad_time]: it has to be a minute or more",
            "7:32: error[escalation.bad_step]: the step pages nobody",
            "7:25: error[escalation.bad_time]: a time cannot be negative",
            "7:52: error[escalation.bad_time]: minutes are whole",
            "7:86: error[escalation.unknown_window]: there is no window `ofice`; did you mean `office`?",
            "8:35: error[escalation.bad_step]: an occasion is one of `help`, `no_progress` and `severity`",
            "8:35: error[escalation.bad_step]: a step has a time or an occasion, not both",
            "8:74: error[escalation.bad_time]: it has to be a minute or more",
            "8:106: error[escalation.bad_step]: an occasion is one of `help`, `no_progress` and `severity`",
            "9:29: error[escalation.bad_time]: it is longer than a year",
            "9:75: error[escalation.bad_time]: it has to be a minute or more",
            "9:89: error[escalation.too_many_repeats]: 1001 more pages are more than 1000",
            "10:38: error[escalation.no_otherwise]: `otherwise` pages nobody",
            "10:31: error[escalation.bad_time]: a time cannot be negative",
            "15:22: error[escalation.bad_time]: minutes are whole",
            "18:19: error[escalation.no_reason]: an exception needs a reason",
        ],
    );
}

#[test]
fn what_cannot_be_read_is_told_at_once_too() {
    check(
        r#"
        [escalation]
        otherwize = { page = ["person:hana"] }
        on_empty = "ignore"
        sev1 = { frist = [], first = [{ page = ["oncall:primary"], when = { help = "me" } }] }
        [prove]
        load = { asleep_hours_a_week = "14" }
        "#,
        &[
            "3:9: error[contract.unknown_field]: unknown field `otherwize`; did you mean `otherwise`?",
            "4:20: error[contract.bad_field]: unknown variant `ignore`; known are `otherwise`, `skip`, `wait_until_someone`",
            "5:18: error[contract.unknown_field]: unknown field `frist`; did you mean `first`?",
            "5:49: error[escalation.bad_target]: `oncall:primary` is nobody one can page; did you mean `on-call:primary`?",
            "5:84: error[contract.bad_field]: unknown variant `me`; known are `asked`, `stuck`, `expertise`, `authority`, `capacity`, `fatigue`",
            "7:40: error[escalation.bad_limit]: `14` bounds no hours; write `<= 14`",
        ],
    );
}
