//! What is wrong with a scheme, exactly, each finding with a situation that shows it.

use super::monotone;
use super::outcomes::Outcomes;
use super::scheme::{Rule, SeverityScheme};
use super::unknown::UnknownPolicy;
use crate::codes::{self, Code};
use crate::condition::join;
use crate::condition::space::{COMBINATIONS, Cell, Formula, TooMany};
use crate::decode;
use crate::finding::{Finding, Level};

impl SeverityScheme {
    /// Everything that is wrong with it. Without a finding,
    ///
    /// - every combination of facts gets a severity (`severity.not_total`),
    /// - a worse fact, the others being equal, never gets a milder severity (`severity.not_monotone`),
    /// - every severity is given in some situation (`severity.unreachable_severity`),
    /// - every rule decides in some situation (`severity.unreachable_rule`, `severity.redundant_rule`),
    /// - a matrix tells all values of its facts apart (`severity.alike_values`).
    ///
    /// The fact `witness` of a finding is a situation that shows it, as facts in JSON; `worse_witness` the worse one of
    /// a pair. The answer is exact: past 4,096 combinations it is the one finding `severity.too_many_combinations`, and
    /// nothing is sampled. Findings have their place where the scheme was read from text.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let findings = self.exact().unwrap_or_else(|TooMany| {
            let message =
                format!("its rules distinguish more than {COMBINATIONS} combinations of facts: too many to check");
            vec![Finding::new(Level::Warning, codes::TOO_MANY, "", message).help("write fewer rules, or fewer values")]
        });
        self.place(findings)
    }

    fn exact(&self) -> Result<Vec<Finding>, TooMany> {
        let outcomes = Outcomes::of(self)?;
        let mut findings = Vec::new();
        findings.extend(self.total(&outcomes));
        findings.extend(monotone::check(self, &outcomes));
        findings.extend(self.reachable(&outcomes));
        findings.extend(self.rules_decide(&outcomes)?);
        findings.extend(self.document_matrix().into_iter().flat_map(|matrix| matrix.alike(self.vocabulary())));
        Ok(findings)
    }

    fn total(&self, outcomes: &Outcomes) -> Option<Finding> {
        let (cell, _) = outcomes.leaves.iter().find(|(_, rank)| *rank == self.order().len())?;
        let path = if self.document_matrix().is_some() { "/matrix/cells" } else { "/order" };
        let when = outcomes.space.words(cell).map(|it| format!(" where {it}")).unwrap_or_default();
        let finding = Finding::new(Level::Error, codes::NOT_TOTAL, path, format!("no severity{when}"));
        let last = self.order().last().map(|it| format!("leave `when` out of `{it}`, which then gets everything else"));
        Some(witness(last.into_iter().fold(finding, Finding::help), "witness", outcomes, cell))
    }

    fn reachable(&self, outcomes: &Outcomes) -> Vec<Finding> {
        let by_default = match self.unknown() {
            UnknownPolicy::Default(severity) => Some(severity),
            _ => None,
        };
        let given = |rank: usize| outcomes.leaves.iter().any(|(_, it)| *it == rank);
        let lost =
            self.order().iter().enumerate().filter(|(rank, severity)| !given(*rank) && by_default != Some(severity));
        lost.map(|(rank, severity)| {
            let message = format!("no situation gets {}", self.name(severity));
            let rules = self.rules().iter().any(|rule| rule.rank == rank && !rule.otherwise);
            let help = if rules {
                "all of its rules hold only where a worse severity holds too, or never"
            } else {
                "a worse severity gets everything else already"
            };
            Finding::new(Level::Warning, codes::UNREACHABLE_SEVERITY, format!("/order/{rank}"), message).help(help)
        })
        .collect()
    }

    /// Rules without which every situation gets the same severity. From the mildest and last backwards, each is left out
    /// when it is found, so that the rest decides all.
    fn rules_decide(&self, outcomes: &Outcomes) -> Result<Vec<Finding>, TooMany> {
        let mut left: Vec<(&Rule, &Formula)> = self.rules().iter().zip(&outcomes.formulas).collect();
        let mut findings = Vec::new();
        for at in (0..left.len()).rev() {
            let Some((rule, formula)) = left.get(at).copied() else { continue };
            if rule.otherwise {
                continue;
            }
            let alone = |worst: usize| {
                let others = left.iter().enumerate().filter(|(other, (it, _))| *other != at && it.rank <= worst);
                let none = others.map(|(_, (_, it))| (*it).clone().not());
                Formula::All([formula.clone()].into_iter().chain(none).collect())
            };
            if outcomes.space.find(&alone(rule.rank))?.is_some() {
                continue;
            }
            let holds = outcomes.space.find(formula)?;
            let worse_holds = match rule.rank.checked_sub(1) {
                Some(worse) => outcomes.space.find(&alone(worse))?.is_none(),
                None => false,
            };
            findings.push(match holds {
                None => finding(codes::UNREACHABLE_RULE, rule, "this never holds, whatever the facts are".to_owned()),
                Some(_) if worse_holds => self.covered(codes::UNREACHABLE_RULE, rule, formula, &left, at, outcomes)?,
                Some(_) => self.covered(codes::REDUNDANT_RULE, rule, formula, &left, at, outcomes)?,
            });
            left.remove(at);
        }
        findings.reverse();
        Ok(findings)
    }

    /// A rule that holds only where others decide, with one situation and the rules that do.
    fn covered(
        &self,
        code: Code,
        rule: &Rule,
        formula: &Formula,
        left: &[(&Rule, &Formula)],
        at: usize,
        outcomes: &Outcomes,
    ) -> Result<Finding, TooMany> {
        let worst = if code == codes::UNREACHABLE_RULE { rule.rank.saturating_sub(1) } else { rule.rank };
        let others = left.iter().enumerate().filter(|(other, (it, _))| *other != at && it.rank <= worst);
        let mut paths: Vec<String> = Vec::new();
        let mut shown = None;
        for (_, (other, its)) in others {
            let both = Formula::All(vec![formula.clone(), (*its).clone()]);
            if let Some(cell) = outcomes.space.find(&both)? {
                paths.push(format!("`{}`", other.path));
                shown.get_or_insert(cell);
            }
        }
        let by = join(paths, "or");
        let message = match code {
            codes::UNREACHABLE_RULE => format!("where this holds, a worse severity always does: {by}"),
            _ => format!("where this holds, {by} always does, and nothing changes without it"),
        };
        let finding = finding(code, rule, message);
        Ok(match shown {
            Some(cell) => witness(finding, "witness", outcomes, &cell),
            None => finding,
        })
    }
}

fn finding(code: Code, rule: &Rule, message: String) -> Finding {
    Finding::new(Level::Warning, code, &rule.path, message).help("remove it, or make it ask for something else")
}

/// The finding with a situation of a cell, as facts in JSON.
pub(super) fn witness(finding: Finding, name: &str, outcomes: &Outcomes, cell: &Cell) -> Finding {
    match decode::to_text(&outcomes.space.facts(cell)) {
        Ok(facts) => finding.fact(name, facts),
        Err(_) => finding,
    }
}
