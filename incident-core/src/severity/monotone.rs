//! A worse fact never gets a milder severity.
//!
//! Facts whose domain has a worse direction order the situations; facts without one only compare where they are equal. If
//! a worse situation gets a milder severity, then some pair that differs in one fact alone does: on the way from one to
//! the other, a fact at a time, the severity has to fall at some step. So pairs of boxes that differ in one fact are
//! enough.

use std::collections::BTreeSet;

use super::check::witness;
use super::outcomes::Outcomes;
use super::scheme::SeverityScheme;
use crate::codes;
use crate::condition::Worse;
use crate::condition::space::{Bits, Cell};
use crate::finding::{Finding, Level};

/// One finding for each fact and each pair of severities.
pub(super) fn check(scheme: &SeverityScheme, outcomes: &Outcomes) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for (better, rank) in &outcomes.leaves {
        for (worse, milder) in outcomes.leaves.iter().filter(|(_, it)| it > rank) {
            let Some(at) = step(outcomes, better, worse) else { continue };
            if told.insert((at, *rank, *milder)) {
                findings.extend(finding(scheme, outcomes, (better, *rank), (worse, *milder), at));
            }
        }
    }
    findings
}

/// The only variable that differs from one box to the other, if it can do so for the worse.
fn step(outcomes: &Outcomes, better: &Cell, worse: &Cell) -> Option<usize> {
    let mut steps = better.iter().zip(worse).enumerate().filter(|(_, (a, b))| !a.meets(b)).map(|(at, _)| at);
    let (only, None) = (steps.next()?, steps.next()) else { return None };
    let direction = outcomes.space.variables().get(only)?.worse?;
    pair(direction, better.get(only)?, worse.get(only)?).map(|_| only)
}

/// A class of each box, the second worse than the first.
fn pair(direction: Worse, better: &Bits, worse: &Bits) -> Option<(usize, usize)> {
    let (from, to) = match direction {
        Worse::Higher => (better.first()?, worse.last()?),
        Worse::Lower => (better.last()?, worse.first()?),
    };
    let is_worse = if direction == Worse::Higher { from < to } else { from > to };
    is_worse.then_some((from, to))
}

fn finding(
    scheme: &SeverityScheme,
    outcomes: &Outcomes,
    (better, rank): (&Cell, usize),
    (worse, milder): (&Cell, usize),
    at: usize,
) -> Option<Finding> {
    let variable = outcomes.space.variables().get(at)?;
    let (from, to) = pair(variable.worse?, better.get(at)?, worse.get(at)?)?;
    // Both situations agree on everything else.
    let with = |class: usize| -> Cell {
        let same = better.iter().zip(worse).enumerate();
        same.map(|(here, (a, b))| if here == at { variable.only(class) } else { a.and(b) }).collect()
    };
    let (before, after) = (with(from), with(to));
    let say = |cell: &Cell| cell.get(at).map(|bits| outcomes.space.clause(variable, bits)).unwrap_or_default();
    let mut rest = before.clone();
    if let Some(slot) = rest.get_mut(at) {
        *slot = variable.all();
    }
    let rest = outcomes.space.words(&rest).map(|it| format!(" while {it}")).unwrap_or_default();
    let message = format!(
        "{} where {}, but only {} where {}, which is worse{rest}",
        scheme.name_of(rank),
        say(&before),
        scheme.name_of(milder),
        say(&after),
    );
    // The rule that is too mild, or the one that stops too early.
    let mild = outcomes.deciding(scheme, &after, milder).filter(|rule| !rule.otherwise);
    let rule = mild.or_else(|| outcomes.deciding(scheme, &before, rank))?;
    let finding = Finding::new(Level::Error, codes::NOT_MONOTONE, &rule.path, message)
        .help("let the worse situation get at least the same severity")
        .fact("fact", &variable.name);
    let finding = witness(finding, "witness", outcomes, &before);
    Some(witness(finding, "worse_witness", outcomes, &after))
}
