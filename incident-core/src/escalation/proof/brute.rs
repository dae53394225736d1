//! The proof and the survey against the engine itself, at every minute of random teams.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use super::random::{FROM, random};
use super::scene::Scene;
use super::told::{Told, adds_nobody, begins_with_nobody, first_round, single_person};
use super::{Proof, ProofClaimKind, StepOutcome};
use crate::escalation::check::survey::Survey;
use crate::escalation::input::Fnv;
use crate::escalation::{Escalation, EscalationAction, EscalationBasis, EscalationPolicy, EscalationTrack, World};
use crate::id::{AreaId, IncidentId, PersonId, SeverityId};
use crate::time::{Elapsed, Moment, Timestamp};
use proptest::prelude::*;

/// Incidents of which each begins the turns of the team `t` with another member.
pub(in crate::escalation) fn incidents(worlds: &[&World]) -> Vec<IncidentId> {
    let sizes = worlds.iter().map(|world| world.directory().members(&"t".parse().unwrap()).len().max(1));
    let starts: usize = sizes.product();
    let mut found = BTreeMap::new();
    let mut number = 0_u128;
    while found.len() < starts {
        let incident = IncidentId::from(uuid::Uuid::from_u128(number));
        let mut hash = Fnv::default();
        hash.write(incident.to_string().as_bytes());
        found.entry(hash.finish() % starts as u64).or_insert(incident);
        number += 1;
    }
    found.into_values().collect()
}

/// When steps page the first and the second person, by the engine alone.
fn paged(
    incident: IncidentId,
    world: &World,
    policy: &EscalationPolicy,
    severity: &SeverityId,
    areas: &[AreaId],
    at: Timestamp,
) -> [Option<i64>; 2] {
    let basis =
        EscalationBasis { severity: Some(severity.clone()), areas: areas.to_vec(), ..EscalationBasis::new(incident) };
    let mut escalation = Escalation::begin(basis, policy, at).unwrap();
    let (mut people, mut times) = (BTreeSet::<PersonId>::new(), [None, None]);
    let mut now = at;
    while now <= at.plus(Elapsed::minutes(25)) {
        escalation.tick(now).unwrap();
        for action in escalation.drain(world) {
            let EscalationAction::Page(page) = action else { continue };
            if page.track != EscalationTrack::Otherwise {
                people.insert(page.person);
                let reached = times.iter_mut().take(people.len());
                reached.for_each(|time| {
                    time.get_or_insert(page.at.since(at).as_micros() / 60_000_000);
                });
            }
        }
        let Some(next) = escalation.next_deadline() else { break };
        now = next;
    }
    times
}

/// With whom the turns of the team `t` begin in an incident.
pub(in crate::escalation) fn begins(incident: IncidentId, world: &World) -> Option<PersonId> {
    let members = world.directory().members(&"t".parse().unwrap());
    let mut hash = Fnv::default();
    hash.write(incident.to_string().as_bytes());
    members.get(usize::try_from(hash.finish().checked_rem(members.len() as u64)?).unwrap()).cloned()
}

/// Which minutes of which areas each claim fails at for which incident, as the proof tells it.
fn refuted(proof: &Proof, world: &World) -> BTreeSet<(String, Option<AreaId>, Timestamp, IncidentId)> {
    let mut all = BTreeSet::new();
    let incidents = incidents(&[world]);
    for claim in &proof.claims {
        for example in &claim.counterexamples {
            let none = example.without_area.then_some(None);
            for area in example.areas.iter().cloned().map(Some).chain(none) {
                for span in &example.spans {
                    let mut at = span.start;
                    while at < span.end.unwrap() {
                        let same = |start: &BTreeMap<_, _>, id| start.values().next().cloned() == begins(id, world);
                        let told = incidents
                            .iter()
                            .filter(|id| example.starts.is_empty() || example.starts.iter().any(|one| same(one, **id)));
                        all.extend(told.map(|id| (claim.path.clone(), area.clone(), at, *id)));
                        at = at.plus(Elapsed::minutes(1));
                    }
                }
            }
        }
    }
    all
}

/// Whether proof and brute force say the same; how many of the claims are proved, and how many there are.
pub(super) fn compare(seed: u64) -> Option<(usize, usize)> {
    let (world, policy) = random(seed)?;
    let from: Moment = FROM.parse().unwrap();
    let proof = policy.verify(&world, from).unwrap();
    let span = proof.horizon.span;
    let areas: Vec<Option<AreaId>> =
        world.directory().document().areas.keys().cloned().map(Some).chain([None]).collect();
    let mut expected = BTreeSet::new();
    let mut latest: BTreeMap<String, i64> = BTreeMap::new();
    for severity in policy.severities() {
        for (area, incident) in areas.iter().flat_map(|area| incidents(&[&world]).into_iter().map(move |id| (area, id)))
        {
            let mut at = span.start;
            while at < span.end.unwrap() {
                let one: Vec<AreaId> = area.iter().cloned().collect();
                let times = paged(incident, &world, &policy, severity, &one, at);
                for claim in proof.claims.iter().filter(|claim| claim.severity.as_ref() == Some(severity)) {
                    let time = times[usize::from(claim.claim == ProofClaimKind::SecondPerson)];
                    match time.filter(|time| Elapsed::minutes(*time) <= claim.limit) {
                        Some(time) => {
                            let most = latest.entry(claim.path.clone()).or_default();
                            *most = time.max(*most);
                        }
                        None => {
                            expected.insert((claim.path.clone(), area.clone(), at, incident));
                        }
                    }
                }
                at = at.plus(Elapsed::minutes(1));
            }
        }
    }
    let told = refuted(&proof, &world);
    let wrong: Vec<_> = told.symmetric_difference(&expected).take(3).collect();
    assert!(wrong.is_empty(), "seed {seed}: {wrong:?}, proof {}, brute force {}", told.len(), expected.len());
    for claim in &proof.claims {
        let reached = claim.reached.map(|reached| reached.as_micros() / 60_000_000);
        assert_eq!(reached, latest.get(&claim.path).copied().filter(|_| claim.proved), "seed {seed}: {}", claim.path);
    }
    Some((proof.claims.iter().filter(|claim| claim.proved).count(), proof.claims.len()))
}

/// Whether a survey says of every minute what a play of that minute does.
fn survey(seed: u64) -> Option<()> {
    let (world, policy) = random(seed)?;
    let document = policy.document();
    let scene = Scene::new(&policy, &world, FROM.parse().unwrap(), Scene::to_the_end(document));
    let what = |told: &[Told]| -> Vec<String> {
        let steps = (0..3).flat_map(|track| (0..4).map(move |step| (track, step)));
        let of_step = |(track, step)| {
            let nobody = first_round(told, track, step).is_some_and(|told| told.outcome == StepOutcome::Nobody);
            format!("{track}/{step} {nobody} {}", adds_nobody(told, track, step))
        };
        let whole = format!("{:?} {:?}", begins_with_nobody(told), single_person(told));
        steps.map(of_step).chain([whole]).collect()
    };
    for (severity, tracks) in &document.escalation.severities {
        let survey = Survey::of(&scene, severity, tracks).unwrap();
        for class in &survey.classes {
            for minute in 0..scene.horizon.minutes() {
                let played = class.play(&scene, severity, minute);
                assert_eq!(what(class.at(minute)), what(&played), "seed {seed}, {severity}, minute {minute}");
            }
        }
    }
    Some(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_proof_is_brute_force_at_every_minute(seed in any::<u64>()) {
        compare(seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    #[test]
    fn a_survey_is_a_play_of_every_minute(seed in any::<u64>()) {
        survey(seed);
    }
}

/// Areas have a part in it where `otherwise` asks for experts: whom it pages, no step pages again.
#[test]
fn a_seed_that_once_went_wrong() {
    assert!(compare(7_423_459_154_441_185_923).is_some());
}
