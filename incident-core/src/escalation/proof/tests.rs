//! The proof of a team's file, part by part.

use serde_json::{Value, json};

use super::horizon::Horizon;
use crate::directory::Directory;
use crate::oncall::Schedule;
use crate::text::{Format, Source};

pub(in crate::escalation) const GOOD: &str = include_str!("../../../../testdata/escalation/payments.toml");
pub(in crate::escalation) const SLIPS: &str = include_str!("../../../../testdata/escalation/payments-with-slips.toml");

/// The rooms' parts of a team's file.
pub(in crate::escalation) struct Team {
    pub(in crate::escalation) schedule: Schedule,
    pub(in crate::escalation) directory: Directory,
    pub(in crate::escalation) policy: Value,
}

pub(in crate::escalation) fn team(text: &str) -> Team {
    let json = Source::parse(text, Format::Toml).unwrap().to_json();
    let all: Value = serde_json::from_str(&json).unwrap();
    let part = |names: &[&str]| -> Value {
        names
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), all.get(*name)?.clone())))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let mut schedule = all["schedule"]["primary"].clone();
    schedule["people"] = all["people"].clone();
    let mut policy = part(&["windows", "escalation", "prove", "allow"]);
    policy["name"] = json!("payments");
    Team {
        schedule: Schedule::from_json(&schedule.to_string()).unwrap(),
        directory: Directory::from_json(&part(&["people", "areas", "teams"]).to_string()).unwrap(),
        policy,
    }
}

fn half_a_year() -> Horizon {
    let berlin = "Europe/Berlin".parse().unwrap();
    Horizon::new("2026-12-07T08:00".parse().unwrap(), "26 weeks".parse().unwrap(), berlin)
}

#[test]
fn clocks_that_change_on_different_days_are_told() {
    assert_eq!(
        super::clocks::notes(&team(GOOD).schedule, &half_a_year()),
        ["clocks change in Los Angeles on 14 March, in Berlin on 28 March: between them Pacific stays 1 h longer, to \
             midnight; no hole"]
    );
    assert_eq!(
        super::clocks::notes(&team(SLIPS).schedule, &half_a_year()),
        [
            "clocks change in Los Angeles on 14 March, in Berlin on 28 March: between them nobody is on call for some of \
             the time"
        ]
    );
}
