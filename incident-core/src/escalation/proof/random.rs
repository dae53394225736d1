//! Random teams: schedules, people and policies with much going on in an hour.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::directory::Directory;
use crate::escalation::{EscalationPolicy, World};
use crate::oncall::Schedule;
use crate::time::{Elapsed, Timestamp};

/// When the horizons of random teams begin: forty minutes before a clock changes.
pub(in crate::escalation) const FROM: &str = "2027-03-14T06:20:00Z";

/// A small source of numbers, from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % most
    }
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
    fn person(&mut self) -> String {
        format!("p{}", self.below(6))
    }
    fn people(&mut self, most: u64) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| self.person()).collect()
    }
    fn minutes(&mut self, most: u64) -> String {
        format!("{}m", self.below(most + 1))
    }
    /// An instant near the horizon, on a multiple of five minutes or, seldom, between two minutes.
    fn instant(&mut self) -> String {
        let from: Timestamp = FROM.parse().unwrap();
        let off = i64::try_from(self.below(24)).unwrap() * 5 - 20;
        let seconds = if self.chance(10) { 30_000_000 } else { 0 };
        from.plus(Elapsed::from_micros(off * 60_000_000 + seconds)).to_string()
    }
    /// Hours with many edges in the horizon, which crosses a change of summer time.
    fn hours(&mut self) -> String {
        // The horizon is in the morning of Berlin and in the night of New York.
        let minute = |dice: &mut Self| match dice.below(4) {
            0 => dice.below(24 * 6) * 10,
            1 => 6 * 60 + dice.below(12) * 10,
            2 => 7 * 60 + dice.below(12) * 10,
            _ => 60 + dice.below(15) * 10,
        };
        let (start, end) = (minute(self), minute(self));
        let end = if start == end { (end + 60) % 1440 } else { end };
        format!("daily {:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
    }
}

const ZONES: [&str; 3] = ["UTC", "Europe/Berlin", "America/New_York"];

fn schedule(dice: &mut Dice) -> Value {
    let rotations = (0..=dice.below(2)).map(|_| {
        let mut members: Vec<Value> = (0..=dice.below(3)).map(|_| json!(dice.person())).collect();
        if dice.chance(15) {
            members.push(json!("nobody"));
        }
        let mut rotation = json!({
            "zone": dice.of(&ZONES), "turn": dice.of(&["1 hour", "2 hours", "1 day"]), "start": "2027-03-12T00:00:00Z",
            "members": members,
        });
        if dice.chance(60) {
            rotation["hours"] = json!([dice.hours(), dice.hours()]);
        }
        if dice.chance(20) {
            rotation["if_absent"] = json!("fall_through");
        }
        rotation
    });
    let rotations: Vec<Value> = rotations.collect();
    let spans = |dice: &mut Dice| loop {
        let (from, until) = (dice.instant(), dice.instant());
        if from.parse::<Timestamp>().unwrap() < until.parse().unwrap() {
            return (from, until);
        }
    };
    let overrides: Vec<Value> = (0..dice.below(3))
        .map(|_| {
            let (from, until) = spans(dice);
            let mut one = json!({ "from": from, "until": until });
            match dice.below(4) {
                0 => one["temporary"] = json!(dice.people(1)),
                1 => one["remove"] = json!([dice.person()]),
                2 => one["add"] = json!([dice.person()]),
                _ => (one["replace"], one["with"]) = (json!(dice.person()), json!(dice.person())),
            }
            one
        })
        .collect();
    let absence: Vec<Value> = (0..dice.below(3))
        .map(|_| {
            let (from, until) = spans(dice);
            json!({ "person": dice.person(), "from": from, "until": until })
        })
        .collect();
    json!({ "rotation": rotations, "override": overrides, "absence": absence })
}

fn target(dice: &mut Dice) -> String {
    match dice.below(20) {
        0..=6 => (*dice.of(&["on-call:a", "on-call:b"])).to_owned(),
        7..=9 => (*dice.of(&["next:a", "next:b"])).to_owned(),
        10..=11 => "buddy".to_owned(),
        12..=13 => "experts".to_owned(),
        14 => "experts:1".to_owned(),
        15..=16 => format!("lead:{}", dice.below(2) + 1),
        17 => "team:t".to_owned(),
        18 => "round-robin:t".to_owned(),
        _ => format!("person:{}", dice.person()),
    }
}

fn step(dice: &mut Dice, reinforce: bool) -> Value {
    let page: Vec<String> = (0..=dice.below(2)).map(|_| target(dice)).collect();
    let mut step = json!({ "page": page });
    if reinforce && dice.chance(80) {
        step["when"] = json!({ "no_progress": format!("{}m", dice.below(12) + 1) });
    } else {
        step["at"] = json!(dice.minutes(15));
    }
    if dice.chance(25) {
        step["again"] = json!({ "every": format!("{}m", dice.below(5) + 1), "times": dice.below(3) + 1 });
    }
    if dice.chance(25) {
        step["within"] = json!(dice.of(&["w", "r"]));
    }
    step
}

fn policy(dice: &mut Dice) -> Value {
    let mut escalation = json!({
        "otherwise": { "after": dice.minutes(8), "page": [format!("person:{}", dice.person()), target(dice)] },
        "on_empty": dice.of(&["otherwise", "otherwise", "skip", "wait_until_someone"]),
    });
    let mut prove = json!({ "horizon": "1 hour" });
    for severity in ["sev1", "sev2"].iter().take(usize::try_from(dice.below(2) + 1).unwrap()) {
        let first: Vec<Value> = (0..=dice.below(3)).map(|_| step(dice, false)).collect();
        let reinforce: Vec<Value> = (0..dice.below(2)).map(|_| step(dice, true)).collect();
        let authority: Vec<Value> = (0..dice.below(2)).map(|_| step(dice, false)).collect();
        escalation[severity] = json!({ "first": first, "reinforce": reinforce, "authority": authority });
        if dice.chance(20) {
            escalation[severity]["end"] = json!("quietly");
        }
        prove[severity] = json!({ "first_page": dice.minutes(12), "second_person": dice.minutes(25) });
    }
    json!({
        "windows": {
            "w": { "zone": dice.of(&ZONES), "hours": [dice.hours(), dice.hours()] },
            "r": { "zone": "recipient", "hours": [dice.hours(), dice.hours()] },
        },
        "escalation": escalation, "prove": prove,
    })
}

fn directory(dice: &mut Dice) -> Value {
    let mut people = json!({});
    for number in 0..6 {
        let mut person = json!({ "buddies": dice.people(2) });
        if dice.chance(70) {
            person["zone"] = json!(dice.of(&ZONES));
        }
        if dice.chance(70) {
            person["lead"] = json!(dice.person());
        }
        people[format!("p{number}")] = person;
    }
    let areas: BTreeMap<String, Value> =
        (0..dice.below(3)).map(|number| (format!("area{number}"), json!({ "experts": dice.people(2) }))).collect();
    // Each once: with whom turns begin tells two starts of one person not apart.
    let team: std::collections::BTreeSet<String> = dice.people(3).into_iter().collect();
    json!({ "people": people, "areas": areas, "teams": { "t": { "members": team } } })
}

/// A random team; none where its schedules cannot be.
pub(in crate::escalation) fn random(seed: u64) -> Option<(World, EscalationPolicy)> {
    let mut dice = Dice(seed);
    let mut schedules = Vec::new();
    for name in ["a", "b"] {
        schedules.push((name.parse().unwrap(), Schedule::from_json(&schedule(&mut dice).to_string()).ok()?));
    }
    let directory = Directory::from_json(&directory(&mut dice).to_string()).unwrap();
    let policy = EscalationPolicy::from_json(&policy(&mut dice).to_string()).unwrap();
    let mut world = World::new(directory);
    for (name, schedule) in schedules {
        world = world.with_schedule(name, schedule);
    }
    if dice.chance(30) {
        let absence = json!([{ "person": dice.person(), "from": FROM, "until": "2027-03-14T06:45:00Z" }]);
        world = world.with_absences(serde_json::from_value(absence).unwrap()).ok()?;
    }
    Some((world, policy))
}
