//! Differences of a team's file, and brute force at every minute of random ones.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::escalation::proof::brute::{begins, incidents};
use crate::escalation::proof::random::{FROM, random};
use crate::escalation::proof::tests::{GOOD, team};
use crate::escalation::{Escalation, EscalationAction, EscalationBasis, EscalationPolicy, World};
use crate::id::{AreaId, IncidentId, PersonId, SeverityId};
use crate::time::{Elapsed, Timestamp};

/// A team's file, with a horizon of its own.
fn read(text: &str, horizon: &str) -> (World, EscalationPolicy) {
    let team = team(&text.replace("26 weeks", horizon));
    let policy = EscalationPolicy::from_json(&team.policy.to_string()).unwrap();
    (World::new(team.directory).with_schedule("primary".parse().unwrap(), team.schedule), policy)
}

fn check(changed: &str, expected: &str) {
    let (old_world, old) = read(GOOD, "1 week");
    let (world, new) = read(changed, "1 week");
    let told = old.difference((&new, &world), &old_world, "2026-12-07T08:00".parse().unwrap()).unwrap();
    assert!(told.why.starts_with(expected), "{}", told.why);
    let back = new.difference((&old, &old_world), &world, "2026-12-07T08:00".parse().unwrap()).unwrap();
    let sides = |change: &PolicyChange| {
        (change.before.clone(), change.after.clone(), change.spans.clone(), change.areas.clone())
    };
    let swapped = |change: &PolicyChange| {
        let (before, after, spans, areas) = sides(change);
        (after, before, spans, areas)
    };
    assert_eq!(
        told.changes.iter().map(sides).collect::<Vec<_>>(),
        back.changes.iter().map(swapped).collect::<Vec<_>>()
    );
}

#[test]
fn the_same_is_no_difference() {
    check(GOOD, "nothing changes for declarations of 1 week");
}

#[test]
fn a_later_step_pages_later() {
    let later = GOOD.replace("{ at = \"15m\", page = [\"next:primary\"", "{ at = \"20m\", page = [\"next:primary\"");
    check(
        &later,
        "a SEV2 pages Ben 5 min later, Hana 5 min later, Hana 5 min later and 1 page more, first when declared \
         Mon 2026-12-07 08:00 Berlin (07:00 UTC), in 1 of 1 week",
    );
}

#[test]
fn another_expert_is_another_page() {
    check(
        &GOOD.replace("payouts  = { experts = [\"fay\", \"ana\"] }", "payouts  = { experts = [\"fay\"] }"),
        "a SEV1 in payouts no longer pages Ana at +20m, first when declared Mon 2026-12-07 20:00 Berlin (19:00 UTC), in 1 of \
         1 week",
    );
}

#[test]
fn who_moves_is_told_before_who_is_paged_otherwise() {
    let (old_world, old) = read(&GOOD.replace(", { join = \"gus\", on = 2027-01-18 }", ""), "5 weeks");
    let (world, new) = read(GOOD, "5 weeks");
    let told = old.difference((&new, &world), &old_world, "2027-01-11T08:00".parse().unwrap()).unwrap();
    let moved = "gus joins berlin on 2027-01-18; 1 of 5 weeks get another person, the first on 2027-02-08 (gus instead of ana); a sev";
    assert!(told.why.to_lowercase().starts_with(moved), "{}", told.why);
}

/// Who is paged when, and whether nobody can be reached, by the engine alone.
fn seen(
    incident: IncidentId,
    world: &World,
    policy: &EscalationPolicy,
    severity: &SeverityId,
    area: Option<&AreaId>,
    at: Timestamp,
) -> Vec<String> {
    let areas = area.into_iter().cloned().collect();
    let basis = EscalationBasis { severity: Some(severity.clone()), areas, ..EscalationBasis::new(incident) };
    let mut escalation = Escalation::begin(basis, policy, at).unwrap();
    let mut seen = Vec::new();
    let mut now = at;
    loop {
        escalation.tick(now).unwrap();
        for action in escalation.drain(world) {
            match action {
                EscalationAction::Page(page) => seen.push(format!("{} {} {}", page.at, page.person, page.urgency)),
                EscalationAction::NobodyReachable(_) => seen.push(format!("{now} nobody")),
                _ => {}
            }
        }
        match escalation.next_deadline() {
            Some(next) => now = next,
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    seen
}

fn brute_force(seed: u64) -> Option<usize> {
    let (old_world, old) = random(seed)?;
    let (other_world, other) = random(seed.wrapping_add(1))?;
    // Often only one of both is another one.
    let (world, new) = match seed % 3 {
        0 => (other_world, old.clone()),
        1 => (old_world.clone(), other),
        _ => (other_world, other),
    };
    let waits = |policy: &EscalationPolicy| policy.document().escalation.on_empty == crate::OnEmpty::WaitUntilSomeone;
    if waits(&old) || waits(&new) {
        return None;
    }
    let told = old.difference((&new, &world), &old_world, FROM.parse().unwrap()).unwrap();
    let span = told.horizon.span;
    let mut found: BTreeMap<(SeverityId, Option<AreaId>, Timestamp, IncidentId), usize> = BTreeMap::new();
    let all = incidents(&[&old_world, &world]);
    for (number, change) in told.changes.iter().enumerate() {
        let none = change.without_area.then_some(None);
        let begins = |start: &BTreeMap<_, PersonId>, id, world| {
            start.values().next().is_none_or(|person| begins(id, world).as_ref() == Some(person))
        };
        let same =
            |start: &PolicyChangeStart, id| begins(&start.before, id, &old_world) && begins(&start.after, id, &world);
        let meant = all.iter().filter(|id| change.starts.is_empty() || change.starts.iter().any(|one| same(one, **id)));
        let meant: Vec<IncidentId> = meant.copied().collect();
        let areas = change.areas.iter().cloned().map(Some).chain(none);
        for (area, id) in areas.flat_map(|area| meant.iter().map(move |id| (area.clone(), *id))) {
            for span in &change.spans {
                let mut at = span.start;
                while at < span.end.unwrap() {
                    assert_eq!(
                        found.insert((change.severity.clone(), area.clone(), at, id), number),
                        None,
                        "seed {seed}: told twice"
                    );
                    at = at.plus(Elapsed::minutes(1));
                }
            }
        }
    }
    let areas = [&old_world, &world].into_iter().flat_map(|world| world.directory().document().areas.keys().cloned());
    let areas: Vec<Option<AreaId>> = areas.map(Some).chain([None]).collect();
    for severity in old.severities().chain(new.severities()) {
        for (area, id) in areas.iter().flat_map(|area| all.iter().map(move |id| (area, *id))) {
            let mut at = span.start;
            while at < span.end.unwrap() {
                let differs = seen(id, &old_world, &old, severity, area.as_ref(), at)
                    != seen(id, &world, &new, severity, area.as_ref(), at);
                let key = (severity.clone(), area.clone(), at, id);
                assert_eq!(found.contains_key(&key), differs, "seed {seed}: {severity} {area:?} {at}");
                at = at.plus(Elapsed::minutes(1));
            }
        }
    }
    Some(told.changes.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    #[test]
    fn it_is_brute_force_at_every_minute(seed in any::<u64>()) {
        brute_force(seed);
    }
}
