//! Proofs against trying every minute: no false proof, no false alarm, and the same counterexamples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod model;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use incident_core::{EscalationPolicy, Format, ProofClaim, ProofClaimKind, Source, World};
use model::calendar::{self, Instant, local};
use model::escalation::start_of;
use model::policy::{self, minutes};
use model::random::Random;
use model::random_policy::{self, Promise};
use model::{calendar::add_days, proof};

/// How many random promises are tried: `INCIDENT_CORE_PROMISES`, or as many as take a few seconds.
fn cases() -> u64 {
    #[allow(clippy::disallowed_methods, reason = "how much is tested is for whoever runs the test")]
    std::env::var("INCIDENT_CORE_PROMISES").ok().and_then(|text| text.parse().ok()).unwrap_or(8)
}

/// An area (or none), a minute, and an incident, by its place among those of the model, for which something fails.
type Failure = (Option<String>, Instant, usize);

/// Each minute of each counterexample, for each incident whose turns begin as it says.
fn told(claim: &ProofClaim, world: &policy::World, incidents: &[String]) -> BTreeSet<Failure> {
    let mut all = BTreeSet::new();
    for example in &claim.counterexamples {
        let begins = |id: &str, team: &str| {
            let members = world.members(team);
            members[start_of(id, members.len())].clone()
        };
        let has = |id: &String| {
            let as_told =
                |start: &BTreeMap<String, String>| start.iter().all(|(team, person)| begins(id, team) == *person);
            let starts: Vec<BTreeMap<String, String>> =
                serde_json::from_value(serde_json::to_value(&example.starts).unwrap()).unwrap();
            starts.is_empty() || starts.iter().any(as_told)
        };
        let incidents: Vec<usize> = (0..incidents.len()).filter(|place| has(&incidents[*place])).collect();
        let areas = example.areas.iter().map(|area| Some(area.to_string()));
        let areas: Vec<_> = areas.chain(example.without_area.then_some(None)).collect();
        for span in &example.spans {
            let mut at = Instant::from(span.start);
            while at < span.end.unwrap().into() {
                all.extend(areas.iter().flat_map(|area| incidents.iter().map(move |one| (area.clone(), at, *one))));
                at += TimeDelta::minutes(1);
            }
        }
    }
    all
}

fn difference(promise: &Promise) -> Result<(), String> {
    let text = |error: incident_core::Error| format!("{error:?}");
    let source = Source::parse(&promise.policy.to_string(), Format::Json).map_err(text)?;
    let library = EscalationPolicy::read(&source).map_err(text)?;
    let world = World::from_json(&promise.world.to_string()).map_err(text)?;
    let from = model::random::instant_text(promise.from).parse().map_err(text)?;
    let zone = promise.world["schedules"]["primary"]["rotation"][0]["zone"].as_str().unwrap();
    let until = proof::horizon_end(calendar::zone(zone), promise.from, promise.horizon);

    let policy = policy::Policy::read(&promise.policy);
    let model = policy::World::read(&promise.world, until + TimeDelta::days(1));
    if policy.prove.severities.is_empty() && policy.prove.asleep_hours_a_week.is_none() {
        return Ok(());
    }
    let found = library.verify(&world, from).map_err(text)?;
    let incidents = proof::incidents(&policy, &model);
    if Instant::from(found.horizon.span.end.unwrap()) != until {
        return Err(format!("the horizon ends at {:?}, expected {until}", found.horizon.span.end));
    }
    for (severity, claims) in &policy.prove.severities {
        let of = |kind| {
            let of_severity = |claim: &&ProofClaim| claim.severity.as_ref().is_some_and(|one| one.as_str() == severity);
            found.claims.iter().filter(of_severity).find(|claim| claim.claim == kind).unwrap()
        };
        let claims = [
            (of(ProofClaimKind::FirstPage), minutes(claims.first_page.as_ref().unwrap()), 0),
            (of(ProofClaimKind::SecondPerson), minutes(claims.second_person.as_ref().unwrap()), 1),
        ];
        let longest = claims.iter().map(|(_, within, _)| *within).max().unwrap();
        let mut expected = [BTreeSet::new(), BTreeSet::new()];
        let mut latest = [0, 0];
        for (area, (place_of_id, id)) in
            proof::areas(&model).iter().flat_map(|area| incidents.iter().enumerate().map(move |id| (area, id)))
        {
            let mut at = promise.from;
            while at < until {
                let paged = proof::paged(&policy, &model, id, severity, area.as_deref(), at, longest);
                for (place, (_, within, _)) in claims.iter().enumerate() {
                    match paged.get(place).filter(|(_, after)| after <= within) {
                        Some((_, after)) => latest[place] = latest[place].max(*after),
                        None => _ = expected[place].insert((area.clone(), at, place_of_id)),
                    }
                }
                at += TimeDelta::minutes(1);
            }
        }
        for (claim, _, place) in claims {
            let told = told(claim, &model, &incidents);
            if told != expected[place] || claim.proved != told.is_empty() {
                let alarms: Vec<_> = told.difference(&expected[place]).collect();
                let missed: Vec<_> = expected[place].difference(&told).collect();
                return Err(format!(
                    "{severity} {:?} proved {}, {} false alarms {:?}, {} missed {:?}\n{}",
                    claim.claim,
                    claim.proved,
                    alarms.len(),
                    alarms.iter().take(3).collect::<Vec<_>>(),
                    missed.len(),
                    missed.iter().take(3).collect::<Vec<_>>(),
                    claim.why
                ));
            }
            let reached = claim.reached.map(|reached| reached.as_micros() / 60_000_000);
            if claim.proved && reached != Some(latest[place]) {
                return Err(format!("{severity} {:?} reached {reached:?}, expected {}", claim.claim, latest[place]));
            }
        }
    }
    if let Some(limit) = policy.prove.asleep_hours_a_week {
        let claim = found.claims.iter().find(|claim| claim.severity.is_none()).unwrap();
        let asleep = proof::asleep(&policy, &model, promise.from, until);
        let over: BTreeSet<_> =
            asleep.iter().filter(|(_, minutes)| **minutes > limit * 60).map(|(key, _)| key).collect();
        let mut told = BTreeSet::new();
        for example in &claim.counterexamples {
            let person = example.person.as_ref().unwrap().to_string();
            let zone = model.zone_of(&person).unwrap_or(chrono_tz::Tz::UTC);
            for span in &example.spans {
                let day = local(zone, span.start.into()).date();
                told.insert((person.clone(), add_days(day, -calendar::weekday_of(day))));
            }
        }
        if told.iter().collect::<BTreeSet<_>>() != over || claim.proved != over.is_empty() {
            return Err(format!("load: {told:?}, expected {over:?} of {asleep:?}"));
        }
    }
    Ok(())
}

#[test]
fn proofs_agree_with_trying_every_minute() {
    let mut differences = Vec::new();
    for seed in 0..cases() {
        let promise = random_policy::promise(&mut Random::new(seed));
        if let Err(difference) = difference(&promise) {
            differences.push(format!(
                "seed {seed}: from {} for {}: {difference}\npolicy {}\nworld {}",
                promise.from, promise.horizon, promise.policy, promise.world
            ));
        }
    }
    let shown: Vec<_> = differences.iter().take(10).map(String::as_str).collect();
    assert!(differences.is_empty(), "{} of {} differ:\n{}", differences.len(), cases(), shown.join("\n\n"));
}
