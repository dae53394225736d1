//! A hundred thousand live escalations, drained in the order of their deadlines.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench stops at the first surprise")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use incident_core::{
    Elapsed, Escalation, EscalationBasis, EscalationPolicy, Fleet, Format, IncidentId, Source, Timestamp, World,
};

const POLICY: &str = r#"
[escalation]
otherwise = { after = "15m", page = ["person:hana"] }
[escalation.sev1]
first     = [{ page = ["on-call:primary"], again = { every = "5m", times = 100 } }, { at = "5m", page = ["next:primary", "buddy"] }]
reinforce = [{ when = { help = "asked" }, page = ["experts", "buddy"] }, { when = { no_progress = "20m" }, page = ["experts"] }]
authority = [{ at = "30m", page = ["lead:2"] }]
"#;

const WORLD: &str = r#"
[directory.people]
ana = { zone = "Europe/Berlin", lead = "hana", buddies = ["ben"] }
ben = { zone = "Europe/Berlin", lead = "hana", buddies = ["cy"] }
hana = { zone = "Europe/London", lead = "vera" }
[directory.areas]
checkout = { experts = ["jo", "kim"] }
[[schedules.primary.rotation]]
zone = "Europe/Berlin"
turn = "1 week"
start = "2026-12-01"
members = ["ana", "ben", "cy"]
"#;

const LIVE: usize = 100_000;

fn id(at: usize) -> IncidentId {
    format!("019acdef-0000-7000-8000-{at:012x}").parse().unwrap()
}

fn start() -> Timestamp {
    "2026-12-07T10:00:00Z".parse().unwrap()
}

/// Live escalations that began over half an hour, worked through up to then.
fn live(policy: &EscalationPolicy, world: &World) -> (Vec<Escalation>, Fleet) {
    let mut fleet = Fleet::default();
    let all = (0..LIVE)
        .map(|at| {
            let basis = EscalationBasis {
                severity: Some("sev1".parse().unwrap()),
                areas: vec!["checkout".parse().unwrap()],
                ..EscalationBasis::new(id(at))
            };
            let minute = i64::try_from(at % 30).unwrap();
            let mut escalation = Escalation::begin(basis, policy, start().plus(Elapsed::minutes(minute))).unwrap();
            escalation.tick(start().plus(Elapsed::minutes(30))).unwrap();
            escalation.drain(world);
            fleet.update(&escalation);
            escalation
        })
        .collect();
    (all, fleet)
}

/// Lets an hour pass: how many inputs were handled, and how many actions asked for.
fn hour(all: &mut [Escalation], fleet: &mut Fleet, world: &World) -> (u64, u64) {
    let (mut inputs, mut actions) = (0, 0);
    let end = start().plus(Elapsed::minutes(90));
    while let Some(now) = fleet.next_deadline().filter(|now| *now < end) {
        for due in fleet.due(now) {
            let place = due.incident.as_uuid().as_u64_pair().1 & 0xffff_ffff;
            let escalation = &mut all[usize::try_from(place).unwrap()];
            escalation.tick(due.at).unwrap();
            while escalation.poll(world).is_some() {
                actions += 1;
            }
            fleet.update(escalation);
            inputs += 1;
        }
    }
    (inputs, actions)
}

fn escalation(c: &mut Criterion) {
    let policy = EscalationPolicy::read(&Source::parse(POLICY, Format::Toml).unwrap()).unwrap();
    let world = World::of(Source::parse(WORLD, Format::Toml).unwrap().read().unwrap()).unwrap();
    let ready = live(&policy, &world);
    let (inputs, actions) = hour(&mut ready.0.clone(), &mut ready.1.clone(), &world);
    let mut group = c.benchmark_group(format!("escalation: {LIVE} live, {inputs} inputs, {actions} actions"));
    group.sample_size(10).throughput(Throughput::Elements(inputs));
    group.bench_function("an hour", |b| {
        b.iter_batched(
            || ready.clone(),
            // Returned, so that dropping them is not measured.
            |(mut all, mut fleet)| {
                hour(&mut all, &mut fleet, &world);
                (all, fleet)
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("deadlines alone", |b| {
        b.iter_batched(
            || ready.1.clone(),
            |mut fleet| {
                for round in 1..=12 {
                    let now = start().plus(Elapsed::minutes(30 + 5 * round));
                    for due in fleet.due(now) {
                        fleet.set(due.incident, Some(due.at.plus(Elapsed::minutes(5))));
                    }
                }
                fleet
            },
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, escalation);
criterion_main!(benches);
