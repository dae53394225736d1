//! The model against what is known by other means, before anything is compared with it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod model;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use model::calendar::{Instant, parse_instant, zone};
use model::policy::{Policy, World};
use model::proof::{self, Broken};
use model::schedule::Schedule;
use model::{team, vectors};

#[test]
fn the_model_answers_the_public_questions() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/oracles/oncall-vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no vectors at {path}");
        return;
    };
    let mut wrong = Vec::new();
    for (id, case) in vectors::read(&text) {
        let case = case.unwrap_or_else(|why| panic!("{id}: {why}"));
        let schedule = Schedule::read(&case.document, case.question.latest());
        if let Err(difference) = case.question.ask(&schedule) {
            wrong.push(format!("{id}: {difference}\n  {}", case.document));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

const DAY: TimeDelta = TimeDelta::days(1);

fn horizon() -> (Instant, Instant) {
    let from = parse_instant("2026-12-07T07:00:00Z");
    (from, proof::horizon_end(zone("Europe/Berlin"), from, "26 weeks"))
}

#[test]
fn the_load_of_the_team_is_known() {
    let (from, until) = horizon();
    assert_eq!(until, parse_instant("2027-06-07T06:00:00Z"));
    let (policy, world) = (Policy::read(&team::policy()), World::read(&team::world(false), until + DAY));
    // The weeks in which the clocks change; in the others nobody has more.
    let weeks = (parse_instant("2027-03-08T00:00:00Z"), parse_instant("2027-03-30T00:00:00Z"));
    let asleep = proof::asleep(&policy, &world, weeks.0, weeks.1);
    assert_eq!(asleep.values().max(), Some(&(14 * 60)), "{asleep:?}");
    let week = ("fay".to_owned(), "2027-03-15".parse().unwrap());
    assert_eq!(asleep[&week], 14 * 60);

    let mut hours: BTreeMap<String, i64> = BTreeMap::new();
    let mut at = from;
    while at < until {
        for person in world.schedules["primary"].on_call(at).people {
            *hours.entry(person).or_default() += 1;
        }
        at += TimeDelta::hours(1);
    }
    let of = |person: &str| hours[person];
    assert_eq!((of("ana"), of("ben"), of("chen"), of("gus")), (624, 588, 552, 420));
}

#[test]
fn the_promises_of_the_team_hold_around_the_changes_of_the_clock() {
    // All 26 weeks take longer; this is the morning on which the two places are nearest to leaving a hole.
    let (from, until) = (parse_instant("2027-03-15T05:30:00Z"), parse_instant("2027-03-15T08:00:00Z"));
    let (policy, world) = (Policy::read(&team::policy()), World::read(&team::world(false), until + DAY));
    assert_eq!(proof::broken(&policy, &world, from, until), []);
}

#[test]
fn the_hole_of_the_broken_team_is_on_thirteen_mornings() {
    let policy = Policy::read(&team::policy());
    let (from, until) = (parse_instant("2027-03-14T00:00:00Z"), parse_instant("2027-03-28T12:00:00Z"));
    let world = World::read(&team::world(true), until + DAY);
    let schedule = &world.schedules["primary"];
    let gaps = model::answers::spans(from, until, |at| schedule.on_call(at).gap);
    let mornings: Vec<_> = (0..13)
        .map(|day| parse_instant("2027-03-15T06:00:00Z") + TimeDelta::days(day))
        .map(|at| (at, at + TimeDelta::hours(1)))
        .collect();
    assert_eq!(gaps, mornings);

    // The promises fail on them: at once for the first page, and as long before as the second person is waited for.
    let day = (parse_instant("2027-03-15T05:30:00Z"), parse_instant("2027-03-15T07:30:00Z"));
    let broken = proof::broken(&policy, &world, day.0, day.1);
    let first = Broken {
        severity: "sev1".to_owned(),
        claim: "first_page",
        area: None,
        when: vec![(parse_instant("2027-03-15T06:00:00Z"), parse_instant("2027-03-15T07:00:00Z"))],
    };
    assert!(broken.contains(&first), "{broken:?}");
}
