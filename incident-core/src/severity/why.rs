//! The sentence that says which severity, why, what could change it, and what to ask.

use super::classification::{ClassificationBasis as Basis, FactQuestion};
use super::classify::Answer;
use super::outcomes::Outcomes;
use super::scheme::SeverityScheme;
use super::unknown::UnknownPolicy;
use crate::condition::{Facts, Truth, capital, join};
use crate::error::Result;

/// So many cases are told of one severity; the others are counted.
const CASES: usize = 3;

pub(super) fn sentence(
    scheme: &SeverityScheme,
    facts: &Facts,
    now: &Outcomes,
    truths: &[Truth],
    answer: &Answer,
    questions: &[FactQuestion],
) -> Result<String> {
    let mut parts = vec![first(scheme, facts, truths, answer)?];
    let (_, certain) = now.bounds();
    if !answer.settled {
        for rank in 0..certain {
            parts.extend(cases(scheme, facts, now, rank)?);
        }
        if answer.rank != Some(certain) {
            parts.push(format!("{} otherwise", scheme.name_of(certain)));
        }
    }
    // `SEV2 is assumed: SEV1 if .., SEV3 otherwise` reads as a list; `SEV2 because ..; SEV1 if ..` as two statements.
    let mut text = if matches!(answer.basis, Basis::Assumed | Basis::Default | Basis::Pending) && parts.len() > 1 {
        let first = parts.remove(0);
        format!("{first}: {}.", parts.join("; "))
    } else {
        format!("{}.", parts.join("; "))
    };
    let asks = questions.iter().enumerate().map(|(at, it)| if at == 0 { it.ask.clone() } else { capital(&it.ask) });
    let asks: Vec<_> = asks.collect();
    if !asks.is_empty() {
        text += &format!(" Ask: {}", asks.join(" "));
    }
    Ok(text)
}

/// What the answer rests on.
fn first(scheme: &SeverityScheme, facts: &Facts, truths: &[Truth], answer: &Answer) -> Result<String> {
    let name = answer.rank.map(|rank| scheme.name_of(rank)).unwrap_or_default();
    let rule = || {
        let rules = scheme.rules().iter().zip(truths);
        rules
            .filter(|(rule, _)| Some(rule.rank) == answer.rank)
            .find(|(_, it)| **it == Truth::True)
            .map(|(rule, _)| rule)
    };
    Ok(match answer.basis {
        Basis::Rule => match rule() {
            Some(rule) => format!("{name} because {}", rule.condition.explain(facts)?.why),
            None => name,
        },
        Basis::EveryCase => {
            let least = if answer.settled { "" } else { "at least " };
            format!("{least}{name} whatever the unknown facts turn out to be")
        }
        Basis::Otherwise if answer.settled => match answer.rank {
            Some(rank) if rank > 0 => format!("{name} because no rule for {} holds", worse(scheme, rank)),
            _ => name,
        },
        Basis::Otherwise => format!("{name} as far as is known"),
        Basis::Assumed => match scheme.unknown() {
            UnknownPolicy::Assume { settle_within: Some(within), .. } => {
                format!("{name} is assumed, to be settled within {}", within.words())
            }
            _ => format!("{name} is assumed"),
        },
        Basis::Default => format!("{name} by default"),
        Basis::Pending => "no severity yet".to_owned(),
        Basis::Nothing => "no severity because no rule of the scheme holds".to_owned(),
    })
}

/// The severities worse than a rank, by name.
fn worse(scheme: &SeverityScheme, rank: usize) -> String {
    join(scheme.order().iter().take(rank).map(|severity| scheme.name(severity)), "or")
}

/// When a severity would follow: `SEV1 if data was lost or if the loss is full`.
fn cases(scheme: &SeverityScheme, facts: &Facts, now: &Outcomes, rank: usize) -> Result<Option<String>> {
    let mut clauses: Vec<String> = Vec::new();
    let possible = |at: usize| {
        let formula = now.formulas.get(at);
        now.leaves.iter().any(|(cell, it)| *it == rank && formula.is_some_and(|it| it.truth(cell) != Truth::False))
    };
    for (at, rule) in scheme.rules().iter().enumerate().filter(|(_, rule)| rule.rank == rank) {
        if possible(at) {
            let verdict = rule.condition.explain(facts)?;
            let clause =
                if verdict.truth == Truth::Unknown { format!("if {}", verdict.why) } else { "otherwise".to_owned() };
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
    }
    let more = clauses.len().saturating_sub(CASES);
    if more > 0 {
        clauses.truncate(CASES);
        clauses.push(if more == 1 { "by one more rule".to_owned() } else { format!("by {more} more rules") });
    }
    Ok((!clauses.is_empty()).then(|| format!("{} {}", scheme.name_of(rank), join(clauses, "or"))))
}
