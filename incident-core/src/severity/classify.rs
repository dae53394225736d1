//! Facts to a severity.

use super::classification::{
    Classification, ClassificationBasis as Basis, DecidingRule, FactQuestion, SeverityBounds, SeverityRaise,
};
use super::outcomes::Outcomes;
use super::questions;
use super::scheme::SeverityScheme;
use super::unknown::UnknownPolicy;
use super::why;
use crate::condition::{Facts, Truth};
use crate::error::Result;

/// The severity and what it rests on, by rank.
pub(super) struct Answer {
    pub(super) rank: Option<usize>,
    pub(super) basis: Basis,
    pub(super) settled: bool,
}

impl SeverityScheme {
    /// How bad it is.
    ///
    /// All rules that hold are collected and the worst severity wins. Where unknown facts leave it open, what is certain
    /// is the best severity over every way in which they could turn out, and the scheme's policy for unknown facts
    /// decides within what is possible.
    ///
    /// # Errors
    /// `condition.unknown_fact` and `condition.bad_value` with all of them as findings;
    /// `severity.too_many_combinations` where the unknown facts distinguish more than 4,096 combinations.
    pub fn classify(&self, facts: &Facts) -> Result<Classification> {
        self.vocabulary().check(facts)?;
        // What is unknown now, and what it would be if more became known.
        let now = Outcomes::of_facts(self, facts, |_| Some(false))?;
        let ever = Outcomes::of_facts(self, facts, |_| None)?;
        let truths = self.rules().iter().map(|rule| rule.condition.holds(facts)).collect::<Result<Vec<_>>>()?;
        let answer = self.answer(&now, &truths);
        let asked = questions::shortest(self, facts, &now)?;
        let raises = self.raises(facts, &ever, answer.rank.unwrap_or(self.order().len()))?;
        let (worst, best) = ever.bounds();
        let rules = self.rules().iter().zip(&truths).filter(|(rule, truth)| !rule.otherwise && **truth == Truth::True);
        let rules = rules
            .filter_map(|(rule, _)| Some((self.severity(rule.rank)?, rule)))
            .map(|(severity, rule)| {
                let why = rule.condition.explain(facts)?.why;
                Ok(DecidingRule { severity: severity.clone(), path: rule.path.clone(), why })
            })
            .collect::<Result<Vec<_>>>()?;
        let questions: Vec<_> = asked
            .into_iter()
            .map(|fact| {
                let ask = self.vocabulary().fact(&fact).map(|it| it.question(&fact)).unwrap_or_default();
                FactQuestion { fact, ask }
            })
            .collect();
        let why = why::sentence(self, facts, &now, &truths, &answer, &questions)?;
        let settle_by = match self.unknown() {
            UnknownPolicy::Assume { settle_within: Some(within), .. } if !answer.settled => {
                facts.instant().map(|at| at.plus(*within))
            }
            _ => None,
        };
        Ok(Classification {
            severity: answer.rank.and_then(|rank| self.severity(rank)).cloned(),
            scale: self.order().to_vec(),
            basis: answer.basis,
            settled: answer.settled,
            why,
            rules,
            bounds: SeverityBounds { worst: self.severity(worst).cloned(), best: self.severity(best).cloned(), raises },
            questions,
            settle_by,
        })
    }

    fn answer(&self, now: &Outcomes, truths: &[Truth]) -> Answer {
        let (worst, certain) = now.bounds();
        let settled = worst == certain;
        let holds = |rank: usize, otherwise: bool| {
            let rules = self.rules().iter().zip(truths);
            rules.filter(|(rule, _)| rule.rank == rank && rule.otherwise == otherwise).any(|(_, it)| *it == Truth::True)
        };
        let of_certain = if holds(certain, false) {
            Basis::Rule
        } else if certain == self.order().len() {
            Basis::Nothing
        } else if holds(certain, true) {
            Basis::Otherwise
        } else {
            Basis::EveryCase
        };
        let known = |rank: usize, basis| Answer { rank: Some(rank), basis, settled };
        if settled {
            return Answer { rank: self.severity(certain).map(|_| certain), basis: of_certain, settled };
        }
        let policy = match self.unknown().named() {
            Some((_, severity)) => self.rank(severity).unwrap_or(certain),
            // No rule of that severity holds yet, so nothing is certain that would not be so of every incident.
            None if matches!(of_certain, Basis::Nothing | Basis::Otherwise) => {
                return Answer { rank: None, basis: Basis::Pending, settled };
            }
            None => return known(certain, of_certain),
        };
        let (rank, basis) = match self.unknown() {
            UnknownPolicy::Default(_) => (policy.min(certain), Basis::Default),
            _ => {
                let possible = || now.leaves.iter().map(|(_, rank)| *rank);
                (possible().filter(|rank| *rank <= policy).max().unwrap_or(worst), Basis::Assumed)
            }
        };
        let basis = if rank == certain && of_certain != Basis::Nothing { of_certain } else { basis };
        known(rank, basis)
    }

    /// For each unknown fact the worst severity, worse than this rank, that turns on it.
    fn raises(&self, facts: &Facts, ever: &Outcomes, above: usize) -> Result<Vec<SeverityRaise>> {
        let mut raises: Vec<SeverityRaise> = Vec::new();
        for fact in ever.open() {
            let mut worst: Option<(usize, usize)> = None;
            for (at, (one, rank)) in ever.leaves.iter().enumerate() {
                if *rank >= above || worst.is_some_and(|(known, _)| known <= *rank) {
                    continue;
                }
                let turns = ever
                    .leaves
                    .iter()
                    .filter(|(_, other)| other > rank)
                    .any(|(other, _)| ever.apart(one, other).all(|name| name == fact));
                if turns {
                    worst = Some((*rank, at));
                }
            }
            let Some((rank, at)) = worst else { continue };
            let Some((to, (cell, _))) = self.severity(rank).zip(ever.leaves.get(at)) else { continue };
            let when = match ever.deciding(self, cell, rank) {
                Some(rule) => rule.condition.explain(facts)?.why,
                None => String::new(),
            };
            raises.push(SeverityRaise { fact: fact.to_owned(), to: to.clone(), when });
        }
        Ok(raises)
    }
}
