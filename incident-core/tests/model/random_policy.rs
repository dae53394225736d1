//! Random policies, worlds, incidents and what is told of them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::calendar::{self, Instant, local};
use super::random::{self, Around, Clauses, PEOPLE, Random, instant_text};
use super::schedule::Schedule;

const LEADS: [&str; 3] = ["hana", "iris", "vera"];
const SCHEDULES: [&str; 2] = ["primary", "second"];
const TEAMS: [&str; 2] = ["core", "ops"];
const AREAS: [&str; 2] = ["checkout", "ledger"];
const SEVERITIES: [&str; 3] = ["sev1", "sev2", "sev3"];

/// A policy at work on an incident: everything that both engines are told.
#[derive(Debug)]
pub struct Story {
    pub policy: Value,
    pub world: Value,
    pub id: String,
    pub severity: String,
    pub areas: Vec<String>,
    pub started_at: Instant,
    /// In the order of their instants.
    pub inputs: Vec<(Instant, Value)>,
    pub until: Instant,
}

pub fn story(random: &mut Random) -> Story {
    let around = Around::new(random);
    let mut world = world(random, around);
    // Near something that changes in a schedule.
    let schedule = Schedule::read(&world["schedules"]["primary"], around.focus + TimeDelta::days(40));
    let near = random::instants(random, around, &schedule, 1)[0];
    let started_at = near - TimeDelta::minutes(random.below(20));
    world["absences"] = absences(random, started_at);
    let policy = policy(random, around, started_at);
    let minutes = random.between(20, 120);
    let count = random.below(4).min(1) * random.below(7);
    let inputs = inputs(random, started_at, minutes, count);
    Story {
        policy,
        world,
        id: id(random),
        severity: (*random.pick(&["sev1", "sev1", "sev2", "sev2", "sev3", "sev4"])).to_owned(),
        areas: AREAS.iter().filter(|_| random.chance(50)).map(|&area| area.to_owned()).collect(),
        started_at,
        inputs,
        until: started_at + TimeDelta::minutes(minutes),
    }
}

/// A policy that promises something, and the world in which it does.
#[derive(Debug)]
pub struct Promise {
    pub policy: Value,
    pub world: Value,
    /// When the horizon begins.
    pub from: Instant,
    pub horizon: &'static str,
}

pub fn promise(random: &mut Random) -> Promise {
    let around = Around::new(random);
    let mut world = world(random, around);
    // The horizon lasts on the wall clock of the first rotation, whichever schedule that is looked for in.
    for name in SCHEDULES {
        world["schedules"][name]["rotation"][0]["zone"] = json!(around.zone.name());
    }
    let from = around.focus - TimeDelta::minutes(random.below(600));
    let during = from + TimeDelta::minutes(random.below(300));
    world["absences"] = absences(random, during);
    let mut policy = policy(random, around, during);
    let horizon = *random.pick(&["3 hours", "6 hours", "12 hours"]);
    let mut prove = json!({ "horizon": horizon });
    for severity in SEVERITIES {
        if policy["escalation"].get(severity).is_some() && random.chance(70) {
            prove[severity] = json!({
                "first_page": random.pick(&["0m", "1m", "3m"]), "second_person": random.pick(&["5m", "10m", "15m"]),
            });
        }
    }
    if random.chance(50) {
        prove["load"] = json!({"asleep_hours_a_week": format!("<= {}", random.below(9))});
    }
    policy["prove"] = prove;
    Promise { policy, world, from, horizon }
}

fn id(random: &mut Random) -> String {
    let mut hex = |digits: u32| {
        let number = random.below(1 << (4 * digits.min(8)));
        format!("{number:0width$x}", width = usize::try_from(digits).unwrap())
    };
    format!("{}-{}-7{}-8{}-{}{}", hex(8), hex(4), hex(3), hex(3), hex(8), hex(4))
}

/// Schedules of the same people, who have leads, buddies and teams.
pub fn world(random: &mut Random, around: Around) -> Value {
    let mut people = json!({});
    for person in PEOPLE {
        let count = usize::try_from(random.below(3)).unwrap();
        let buddies: Vec<_> = random.some(&PEOPLE, count).into_iter().filter(|buddy| *buddy != person).collect();
        people[person] = json!({"buddies": buddies});
        if random.chance(70) {
            people[person]["lead"] = json!(random.pick(&LEADS));
        }
        if random.chance(80) {
            people[person]["zone"] = json!(random::zone(random).name());
        }
    }
    for (at, lead) in LEADS.iter().enumerate() {
        people[lead] = LEADS.get(at + 1).filter(|_| random.chance(80)).map_or(json!({}), |lead| json!({"lead": lead}));
    }
    let mut schedules = json!({});
    for name in SCHEDULES {
        let mut schedule = random::schedule(random, around, Clauses { concurrent_changes: false });
        schedule["people"] = people.clone();
        schedules[name] = schedule;
    }
    let mut teams = json!({});
    for team in TEAMS {
        let count = usize::try_from(random.between(1, 4)).unwrap();
        teams[team] = json!({"members": random.some(&PEOPLE, count)});
    }
    let mut areas = json!({});
    for area in AREAS {
        let count = usize::try_from(random.below(3)).unwrap();
        areas[area] = json!({"experts": random.some(&PEOPLE, count)});
    }
    json!({
        "schedules": schedules,
        "directory": {"people": people, "teams": teams, "areas": areas},
        "slots": {"commander": [random.pick(&PEOPLE)]},
    })
}

fn absences(random: &mut Random, started_at: Instant) -> Value {
    let count = random.below(4);
    (0..count)
        .map(|_| {
            let from = started_at + TimeDelta::minutes(random.between(-60, 30));
            let until = from + TimeDelta::minutes(random.between(5, 120));
            let person = if random.chance(20) { random.pick(&LEADS) } else { random.pick(&PEOPLE) };
            json!({"person": person, "from": instant_text(from), "until": instant_text(until)})
        })
        .collect()
}

pub fn policy(random: &mut Random, around: Around, started_at: Instant) -> Value {
    let mut escalation = json!({"otherwise": otherwise(random)});
    if random.chance(30) {
        escalation["on_empty"] = json!(random.pick(&["skip", "wait_until_someone", "otherwise"]));
    }
    if random.chance(30) {
        escalation["acknowledged_for"] = json!(length(random, 5, 25));
    }
    for severity in SEVERITIES {
        if random.chance(90) {
            escalation[severity] = tracks(random);
        }
    }
    json!({"windows": windows(random, around, started_at), "escalation": escalation})
}

fn otherwise(random: &mut Random) -> Value {
    let count = random.between(1, 2);
    let mut otherwise = json!({"page": targets(random, count)});
    if random.chance(75) {
        otherwise["after"] = json!(random.pick(&["0m", "3m", "5m", "15m"]));
    }
    otherwise
}

fn tracks(random: &mut Random) -> Value {
    let mut tracks = json!({});
    let count = random.between(1, 4);
    let mut first: Vec<_> = (0..count).map(|_| timed(random)).collect();
    if random.chance(85) {
        first.sort_by_key(|step| step["at"].as_str().map_or(0, super::policy::minutes));
    }
    tracks["first"] = json!(first);
    let count = random.below(3);
    let reinforce: Vec<_> =
        (0..count).map(|_| if random.chance(80) { occasional(random) } else { timed(random) }).collect();
    tracks["reinforce"] = json!(reinforce);
    let count = random.below(2);
    tracks["authority"] = (0..count).map(|_| timed(random)).collect();
    if random.chance(15) {
        tracks["end"] = json!(random.pick(&["quietly", "otherwise"]));
    }
    if random.chance(15) {
        tracks["acknowledged_for"] = json!(length(random, 3, 15));
    }
    if random.chance(15) {
        tracks["otherwise"] = otherwise(random);
    }
    tracks
}

fn length(random: &mut Random, from: i64, to: i64) -> String {
    format!("{}m", random.between(from, to))
}

fn timed(random: &mut Random) -> Value {
    let mut step = step(random);
    if random.chance(85) {
        step["at"] = json!(format!("{}m", random.pick(&[0, 0, 1, 2, 3, 5, 8, 10, 15, 20, 30])));
    }
    step
}

fn occasional(random: &mut Random) -> Value {
    let mut step = step(random);
    step["when"] = match random.below(5) {
        0 => json!({"help": "asked"}),
        1 => json!({"help": random.pick(&["stuck", "expertise"])}),
        2 | 3 => json!({"no_progress": length(random, 3, 25)}),
        _ => json!({"severity": "raised"}),
    };
    step
}

fn step(random: &mut Random) -> Value {
    let count = random.between(1, 3);
    let mut step = json!({"page": targets(random, count)});
    if random.chance(25) {
        step["again"] = json!({"every": length(random, 1, 10), "times": random.between(1, 4)});
    }
    if random.chance(15) {
        step["within"] = json!(random.pick(&["office", "own"]));
    }
    if random.chance(20) {
        step["urgency"] = json!("low");
    }
    step
}

fn targets(random: &mut Random, count: i64) -> Vec<String> {
    let one = |random: &mut Random| match random.below(14) {
        0..=3 => format!("on-call:{}", random.pick(&SCHEDULES)),
        4 | 5 => format!("next:{}", random.pick(&SCHEDULES)),
        6 => "buddy".to_owned(),
        7 => "experts".to_owned(),
        8 => "experts:1".to_owned(),
        9 => format!("lead:{}", random.between(1, 2)),
        10 => format!("team:{}", random.pick(&TEAMS)),
        11 => format!("person:{}", random.pick(&PEOPLE)),
        12 => format!("round-robin:{}", random.pick(&TEAMS)),
        _ => format!("slot:{}", random.pick(&["commander", "commander", "scribe"])),
    };
    let mut all: Vec<String> = Vec::new();
    for _ in 0..count {
        let target = one(random);
        if !all.contains(&target) {
            all.push(target);
        }
    }
    all
}

/// Windows that open or close while the incident lasts.
fn windows(random: &mut Random, around: Around, started_at: Instant) -> Value {
    let mut hours = |zone| {
        let minute = |at: Instant| local(zone, at).format("%H:%M").to_string();
        let opens = started_at + TimeDelta::minutes(random.between(-30, 40));
        let closes = opens + TimeDelta::minutes(random.between(10, 600));
        // An hour later it may be as late as before.
        let closes = if minute(closes) == minute(opens) { closes + TimeDelta::minutes(1) } else { closes };
        format!("daily {}-{}", minute(opens), minute(closes))
    };
    let own = hours(calendar::zone("Europe/Berlin"));
    json!({
        "office": {"zone": around.zone.name(), "hours": hours(around.zone)},
        "own": {"zone": "recipient", "hours": own},
    })
}

fn inputs(random: &mut Random, started_at: Instant, minutes: i64, count: i64) -> Vec<(Instant, Value)> {
    let mut inputs: Vec<(Instant, Value)> = Vec::new();
    let mut offset = 0;
    for _ in 0..count {
        offset += random.below(minutes / 3);
        let at = started_at + TimeDelta::minutes(offset);
        let input = input(random, at);
        // The same at the same instant would be one told twice.
        if offset <= minutes && !inputs.contains(&(at, input.clone())) {
            inputs.push((at, input));
        }
    }
    inputs
}

fn input(random: &mut Random, at: Instant) -> Value {
    let person = |random: &mut Random| *random.pick(&PEOPLE);
    let mut input = match random.below(20) {
        0 => json!({"type": "tick"}),
        1..=4 => return json!({"type": "acknowledged", "by": person(random)}),
        5 | 6 => return json!({"type": "unacknowledged"}),
        7 | 8 => {
            let until = at + TimeDelta::minutes(random.between(1, 30));
            return json!({"type": "snoozed", "until": instant_text(until)});
        }
        9 => return json!({"type": "woken"}),
        10 | 11 => json!({"type": "reassigned", "to": person(random)}),
        12 | 13 => {
            return json!({"type": "severity_changed", "severity": random.pick(&["sev1", "sev2", "sev3", "sev4"])});
        }
        14 => return json!({"type": "area_added", "area": random.pick(&AREAS)}),
        15..=17 => json!({"type": "help_asked", "reason": random.pick(&["stuck", "expertise", "fatigue"])}),
        18 => json!({"type": "progress"}),
        _ => return json!({"type": "resolved"}),
    };
    if input["type"] != json!("tick") && random.chance(60) {
        input["by"] = json!(person(random));
    }
    input
}
