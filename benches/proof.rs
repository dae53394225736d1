//! Proving what the policies of a company require: 100 policies, 20 areas, 5 severities, 13 weeks across two changes of
//! summer time, three schedules that they share.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use criterion::{Criterion, criterion_group, criterion_main};
use incident_core::{Directory, EscalationPolicy, Moment, Schedule, World};

const TEAMS: [[&str; 8]; 3] = [
    ["ana", "ben", "chen", "dee", "eli", "fay", "gus", "hana"],
    ["ida", "jon", "kim", "lea", "max", "nia", "oto", "pia"],
    ["quin", "ria", "sam", "tea", "ugo", "vera", "wim", "xena"],
];

fn schedule(team: &[&str; 8]) -> Schedule {
    let [ana, ben, chen, dee, eli, fay, ..] = team;
    let text = format!(
        r#"{{"rotation":[
            {{"name":"berlin","zone":"Europe/Berlin","hours":"daily 08:00-20:00","turn":"1 week","start":"2026-12-07",
              "handoff":"Mon 08:00","members":["{ana}","{ben}","{chen}"]}},
            {{"name":"pacific","zone":"America/Los_Angeles","turn":"1 week","start":"2026-12-07","handoff":"Mon 11:00",
              "members":["{dee}","{eli}","{fay}"]}}],
           "override":[{{"replace":"{chen}","with":"{ana}","days":"2027-01-18..2027-01-20"}}]}}"#
    );
    Schedule::from_json(&text).unwrap()
}

fn world() -> World {
    let people = TEAMS.iter().flat_map(|team| {
        let [.., lead, top] = team;
        team.iter().enumerate().map(move |(number, person)| {
            let buddy = team.get((number + 1) % 6).unwrap_or(person);
            let lead = if person == top {
                String::new()
            } else {
                format!(r#","lead":"{}""#, if person == lead { top } else { lead })
            };
            format!(r#""{person}":{{"zone":"Europe/Berlin","buddies":["{buddy}"]{lead}}}"#)
        })
    });
    let everybody: Vec<&str> = TEAMS.iter().flatten().copied().collect();
    let areas = (0..20).map(|area| {
        let expert = |number: usize| everybody.get(number % everybody.len()).copied().unwrap_or_default();
        format!(r#""area{area}":{{"experts":["{}","{}"]}}"#, expert(area), expert(area * 7 + 3))
    });
    let (people, areas): (Vec<_>, Vec<_>) = (people.collect(), areas.collect());
    let text = format!(r#"{{"people":{{{}}},"areas":{{{}}}}}"#, people.join(","), areas.join(","));
    let world = World::new(Directory::from_json(&text).unwrap());
    TEAMS
        .iter()
        .zip(["red", "green", "blue"])
        .fold(world, |world, (team, name)| world.with_schedule(name.parse().unwrap(), schedule(team)))
}

/// Policy by number: other schedules, other times, and experts of the area as the second to be paged in one severity of
/// five.
fn policy(number: usize) -> EscalationPolicy {
    let names = ["red", "green", "blue"];
    let name = |more: usize| names.get((number + more) % 3).copied().unwrap_or_default();
    let severities = (1..=5).map(|severity| {
        let second = 2 + (number + severity) % 9;
        let whom = if severity == 2 { "\"experts\"".to_owned() } else { format!("\"next:{}\",\"buddy\"", name(0)) };
        format!(
            r#""sev{severity}":{{"first":[{{"page":["on-call:{}"]}},{{"at":"{second}m","page":[{whom}]}},
                {{"at":"12m","page":["on-call:{}","lead:1"],"again":{{"every":"5m","times":3}}}}],
                "reinforce":[{{"when":{{"no_progress":"20m"}},"page":["experts"]}}],
                "authority":[{{"at":"30m","page":["lead:2"]}}]}}"#,
            name(0),
            name(1)
        )
    });
    let prove = (1..=5).map(|severity| format!(r#""sev{severity}":{{"first_page":"1m","second_person":"15m"}}"#));
    let (severities, prove): (Vec<_>, Vec<_>) = (severities.collect(), prove.collect());
    let text = format!(
        r#"{{"escalation":{{"otherwise":{{"after":"15m","page":["person:vera"]}},{}}},
            "prove":{{"horizon":"13 weeks","load":{{"asleep_hours_a_week":"<= 70"}},{}}}}}"#,
        severities.join(","),
        prove.join(",")
    );
    EscalationPolicy::from_json(&text).unwrap()
}

fn proof(c: &mut Criterion) {
    let world = world();
    let policies: Vec<EscalationPolicy> = (0..100).map(policy).collect();
    let from: Moment = "2027-01-04T08:00".parse().unwrap();
    let all = || policies.iter().filter(|policy| policy.verify(&world, from).unwrap().proved).count();
    assert_eq!(all(), 100, "every policy keeps what it requires");
    let mut group = c.benchmark_group("proof");
    group.sample_size(10);
    group.bench_function("verify, 100 policies x 20 areas x 5 severities, 13 weeks", |b| b.iter(all));
    let first = policy(0);
    group.bench_function("check, one policy x 20 areas x 5 severities, 13 weeks", |b| {
        b.iter(|| first.check(&[], Some(&world), Some(from)));
    });
    group.finish();
}

criterion_group!(benches, proof);
criterion_main!(benches);
