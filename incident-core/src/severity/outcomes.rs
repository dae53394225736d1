//! Which severity each class of situations gets, exactly.

use std::collections::BTreeMap;

use super::scheme::{Rule, SeverityScheme, rules_by_rank};
use crate::codes;
use crate::condition::space::{COMBINATIONS, Cell, Formula, Part, Space, Step, TooMany};
use crate::condition::{BoundCondition, Facts, Truth};
use crate::error::{Error, Result};

/// A partition of situations by the severity they get.
pub(super) struct Outcomes {
    pub(super) space: Space,
    /// One for each rule of the scheme.
    pub(super) formulas: Vec<Formula>,
    /// Boxes of situations, each with the rank of its severity.
    pub(super) leaves: Vec<(Cell, usize)>,
    /// Where the partition began.
    pub(super) start: Cell,
}

impl From<TooMany> for Error {
    fn from(_: TooMany) -> Self {
        let message = format!("an exact answer would distinguish more than {COMBINATIONS} combinations of facts");
        Error::limit(codes::TOO_MANY, message).hint("answer some of the questions first, or write fewer rules")
    }
}

impl Outcomes {
    /// Every situation there is.
    pub(super) fn of(scheme: &SeverityScheme) -> std::result::Result<Self, TooMany> {
        let space = Space::of(conditions(scheme.rules()));
        let start = space.everything();
        Self::within(scheme, space, start)
    }

    /// Every situation that is possible, given what is known; `learned` says which unknown facts become known.
    pub(super) fn of_facts(
        scheme: &SeverityScheme,
        facts: &Facts,
        learned: impl Fn(&str) -> Option<bool>,
    ) -> Result<Self> {
        let conditions: Vec<_> = conditions(scheme.rules()).collect();
        let (space, start) = Space::of_facts(&conditions, facts, learned)?;
        Ok(Self::within(scheme, space, start)?)
    }

    fn within(scheme: &SeverityScheme, space: Space, start: Cell) -> std::result::Result<Self, TooMany> {
        let formulas: Vec<_> = scheme.rules().iter().map(|rule| space.formula(&rule.condition)).collect();
        let by_rank = rules_by_rank(scheme.rules());
        let none = scheme.order().len();
        let leaves = space.partition(start.clone(), |cell| decide(&by_rank, &formulas, none, cell))?;
        Ok(Self { space, formulas, leaves, start })
    }

    /// The worst and the best rank that is possible.
    pub(super) fn bounds(&self) -> (usize, usize) {
        let ranks = || self.leaves.iter().map(|(_, rank)| *rank);
        (ranks().min().unwrap_or_default(), ranks().max().unwrap_or_default())
    }

    /// The first rule that gives a cell its severity.
    pub(super) fn deciding<'s>(&self, scheme: &'s SeverityScheme, cell: &Cell, rank: usize) -> Option<&'s Rule> {
        let rules = scheme.rules().iter().zip(&self.formulas);
        rules.filter(|(rule, _)| rule.rank == rank).find(|(_, it)| it.truth(cell) == Truth::True).map(|(rule, _)| rule)
    }

    /// The facts by which two boxes are told apart: no situation of one agrees with one of the other on them.
    pub(super) fn apart<'a>(&'a self, one: &'a Cell, other: &'a Cell) -> impl Iterator<Item = &'a str> {
        let variables = self.space.variables().iter().zip(one.iter().zip(other));
        variables.filter(|(_, (a, b))| !a.meets(b)).map(|(variable, _)| variable.name.as_str())
    }

    /// Facts that are not settled, in the order in which the rules ask for them.
    pub(super) fn open(&self) -> Vec<&str> {
        let mut open = Vec::new();
        for (variable, bits) in self.space.variables().iter().zip(&self.start) {
            if bits.count() > 1 && !open.contains(&variable.name.as_str()) {
                open.push(&variable.name);
            }
        }
        open
    }

    /// Whether a rule asks if a fact is known, of which nothing is known.
    pub(super) fn depends_on_knowing(&self) -> bool {
        self.space
            .variables()
            .iter()
            .zip(&self.start)
            .any(|(it, bits)| it.part == Part::Known && bits.last() != Some(1))
    }
}

fn conditions(rules: &[Rule]) -> impl Iterator<Item = &BoundCondition> {
    rules.iter().map(|rule| &rule.condition)
}

fn decide(by_rank: &BTreeMap<usize, Vec<usize>>, formulas: &[Formula], none: usize, cell: &Cell) -> Step<usize> {
    for (rank, rules) in by_rank {
        let formulas = || rules.iter().filter_map(|at| formulas.get(*at));
        if formulas().any(|it| it.truth(cell) == Truth::True) {
            return Step::Decided(*rank);
        }
        if let Some((at, accepted)) = formulas().find_map(|it| it.undecided(cell)) {
            return Step::Split(at, accepted);
        }
    }
    Step::Decided(none)
}
