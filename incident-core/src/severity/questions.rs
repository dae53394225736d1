//! The shortest list of questions.
//!
//! A set of facts settles the severity when no two possible situations agree on all of them and differ in severity. For
//! two boxes of the partition with different severities, the facts that tell them apart are those on which they have no
//! value in common; the set must contain one of these for each such pair. So the shortest list is a minimum hitting set
//! over the pairs, found exactly.

use std::collections::BTreeSet;

use super::outcomes::Outcomes;
use super::scheme::SeverityScheme;
use crate::condition::Facts;
use crate::condition::space::TooMany;
use crate::error::Result;

/// Steps of the search for the shortest list, past which the answer is a limit.
const STEPS: usize = 1_000_000;

/// The facts to ask, in the order in which the rules ask for them.
pub(super) fn shortest(scheme: &SeverityScheme, facts: &Facts, now: &Outcomes) -> Result<Vec<String>> {
    let open: Vec<String> = now.open().into_iter().map(str::to_owned).collect();
    if !now.depends_on_knowing() {
        let pairs = pairs(now, &open);
        return Ok(named(&open, &minimum(&pairs, open.len())?));
    }
    // Asking makes a fact known, and a rule may ask for just that: each list has situations of its own. A fact whose
    // value matters to nobody may still be asked for, so that it is known.
    let mut askable = open;
    for variable in now.space.variables() {
        if facts.value(&variable.name).is_none() && !askable.contains(&variable.name) {
            askable.push(variable.name.clone());
        }
    }
    let mut steps = 0;
    for size in 0..=askable.len() {
        for chosen in combinations(askable.len(), size) {
            steps += 1;
            if steps > STEPS / 1_000 {
                return Err(TooMany.into());
            }
            let asked: BTreeSet<&str> = chosen.iter().filter_map(|at| askable.get(*at)).map(String::as_str).collect();
            let then = Outcomes::of_facts(scheme, facts, |fact| Some(asked.contains(fact)))?;
            if pairs(&then, &askable).iter().all(|pair| pair.iter().any(|at| chosen.contains(at))) {
                return Ok(named(&askable, &chosen));
            }
        }
    }
    Ok(askable)
}

fn named(facts: &[String], chosen: &[usize]) -> Vec<String> {
    facts.iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, fact)| fact.clone()).collect()
}

/// For each pair of boxes with different severities, the facts that tell them apart; only the smallest such sets.
fn pairs(outcomes: &Outcomes, facts: &[String]) -> Vec<BTreeSet<usize>> {
    let mut all = BTreeSet::new();
    for (at, (one, rank)) in outcomes.leaves.iter().enumerate() {
        for (other, _) in outcomes.leaves.iter().skip(at + 1).filter(|(_, it)| it != rank) {
            let apart: BTreeSet<usize> =
                outcomes.apart(one, other).filter_map(|name| facts.iter().position(|it| it == name)).collect();
            all.insert((apart.len(), apart));
        }
    }
    let mut smallest: Vec<BTreeSet<usize>> = Vec::new();
    for (_, pair) in all {
        if !smallest.iter().any(|it| it.is_subset(&pair)) {
            smallest.push(pair);
        }
    }
    smallest
}

/// A smallest set that has a member of each of these sets.
fn minimum(sets: &[BTreeSet<usize>], members: usize) -> Result<Vec<usize>> {
    let mut steps = 0;
    for size in 0..=members {
        if let Some(found) = hit(sets, &mut Vec::new(), size, &mut steps)? {
            return Ok(found);
        }
    }
    Ok((0..members).collect())
}

fn hit(
    sets: &[BTreeSet<usize>],
    chosen: &mut Vec<usize>,
    left: usize,
    steps: &mut usize,
) -> Result<Option<Vec<usize>>> {
    *steps += 1;
    if *steps > STEPS {
        return Err(TooMany.into());
    }
    let Some(missed) = sets.iter().find(|set| !set.iter().any(|it| chosen.contains(it))) else {
        return Ok(Some(chosen.clone()));
    };
    if left == 0 {
        return Ok(None);
    }
    for member in missed {
        chosen.push(*member);
        if let Some(found) = hit(sets, chosen, left - 1, steps)? {
            return Ok(Some(found));
        }
        chosen.pop();
    }
    Ok(None)
}

/// Every choice of so many of `0..of`, in order.
fn combinations(of: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..size {
        all = all
            .into_iter()
            .flat_map(|chosen: Vec<usize>| {
                let next = chosen.last().map_or(0, |last| last + 1);
                (next..of).map(move |at| chosen.iter().copied().chain([at]).collect())
            })
            .collect();
    }
    all
}
