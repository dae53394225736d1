//! What changes for the people involved when the severity changes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::response::{self, Response};
use crate::id::SeverityId;
use crate::time::{Elapsed, Term};

/// The difference in obligations between two severities.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResponseDifference {
    /// The severity whose obligations held.
    pub before: SeverityId,
    /// The severity whose obligations would hold.
    pub after: SeverityId,
    /// Each obligation that changes.
    pub changes: Vec<ResponseChange>,
    /// All of it in one sentence.
    pub why: String,
}

/// One obligation that changes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResponseChange {
    /// Which: `acknowledge`, `role:scribe`, `update:customers`, `retrospective`, `review` or `policy`.
    pub what: String,
    /// In which direction.
    pub change: ResponseChangeKind,
    /// What was owed, as it is written; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What would be owed, as it is written; absent where nothing would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// In a clause: `acknowledge within 5 min instead of 15 min`.
    pub why: String,
}

/// In which direction an obligation changes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ResponseChangeKind {
    /// It was not owed before.
    Added,
    /// It is not owed any more.
    Removed,
    /// It is due sooner, or more often.
    Tightened,
    /// It is due later, or less often.
    Relaxed,
    /// It is another one, and neither is stricter in every case.
    Changed,
}

use ResponseChangeKind::{Added, Changed, Relaxed, Removed, Tightened};

/// What changes from one response to the other. `names` are the severities as sentences call them.
pub(super) fn difference(
    (before, old): (&SeverityId, &Response),
    (after, new): (&SeverityId, &Response),
    names: [&str; 2],
) -> ResponseDifference {
    let mut changes = Vec::new();
    changes.extend(due("acknowledge", "acknowledge", old.acknowledge, new.acknowledge));
    let roles: BTreeSet<_> = old.roles.iter().chain(&new.roles).collect();
    for role in roles {
        let (was, is) = (old.roles.contains(role), new.roles.contains(role));
        let one = |held: bool| held.then(|| role.to_string());
        let why = format!("role `{role}` is {}", if is { "needed" } else { "not needed any more" });
        changes.extend((was != is).then(|| ResponseChange {
            what: format!("role:{role}"),
            change: if is { Added } else { Removed },
            before: one(was),
            after: one(is),
            why,
        }));
    }
    let audiences: BTreeSet<_> = old.cadence.keys().chain(new.cadence.keys()).collect();
    for audience in audiences {
        let (was, is) = (old.cadence.get(audience).copied(), new.cadence.get(audience).copied());
        let change = match (was, is) {
            (Some(was), Some(is)) if was == is => continue,
            (Some(was), Some(is)) => {
                direction(was.first_within.cmp(&is.first_within), was.then_every.cmp(&is.then_every))
            }
            (None, _) => Added,
            (_, None) => Removed,
        };
        let why = match (was, is) {
            (Some(was), Some(is)) => format!("{audience} hear {}, instead of {}", is.words(), was.words()),
            (_, Some(is)) => format!("{audience} hear {}", is.words()),
            (_, None) => format!("{audience} are owed no updates any more"),
        };
        let written = |it: super::Cadence| format!("{}, {}", it.first_within, it.then_every);
        let what = format!("update:{audience}");
        changes.push(ResponseChange { what, change, before: was.map(written), after: is.map(written), why });
    }
    changes.extend(due("retrospective", "the retrospective is due", old.retrospective, new.retrospective));
    changes.extend(due("review", "its review is due", old.review, new.review));
    if old.policy != new.policy {
        let change = match (&old.policy, &new.policy) {
            (None, _) => Added,
            (_, None) => Removed,
            _ => Changed,
        };
        let why = match &new.policy {
            Some(policy) => format!("policy `{policy}` pages"),
            None => "no policy pages any more".to_owned(),
        };
        let written = |policy: &Option<crate::id::PolicyId>| policy.as_ref().map(ToString::to_string);
        let (before, after) = (written(&old.policy), written(&new.policy));
        changes.push(ResponseChange { what: "policy".to_owned(), change, before, after, why });
    }
    let clauses: Vec<_> = changes.iter().map(|change| change.why.clone()).collect();
    let what = if clauses.is_empty() { "nothing else is owed".to_owned() } else { clauses.join("; ") };
    let why = format!("{} instead of {}: {what}", names[1], names[0]);
    ResponseDifference { before: before.clone(), after: after.clone(), changes, why }
}

fn due(what: &str, says: &str, was: Option<Term>, is: Option<Term>) -> Option<ResponseChange> {
    let within = |term: Term| format!("{says} within {}", response::term(term));
    let (change, why) = match (was, is) {
        (None, None) => return None,
        (Some(was), Some(is)) if was == is => return None,
        (Some(was), Some(is)) => (stricter(was, is), format!("{} instead of {}", within(is), response::term(was))),
        (None, Some(is)) => (Added, within(is)),
        (Some(_), None) => (Removed, format!("no {what} is owed any more")),
    };
    let written = |term: Term| term.to_string();
    Some(ResponseChange { what: what.to_owned(), change, before: was.map(written), after: is.map(written), why })
}

/// From one term to another. A day, and so a business day, is never shorter than 23 hours; `n` business days are never
/// shorter than `n` days.
fn stricter(was: Term, is: Term) -> ResponseChangeKind {
    let sooner = |a: Term, b: Term| match (a, b) {
        (Term::Elapsed(a), Term::Elapsed(b)) => a < b,
        (Term::Days(a), Term::Days(b)) | (Term::BusinessDays(a), Term::BusinessDays(b)) => a < b,
        (Term::Elapsed(a), Term::Days(days) | Term::BusinessDays(days)) => a < Elapsed::hours(23 * i64::from(days)),
        (Term::Days(a), Term::BusinessDays(b)) => a <= b,
        (Term::Days(_) | Term::BusinessDays(_), _) => false,
    };
    if sooner(is, was) {
        Tightened
    } else if sooner(was, is) {
        Relaxed
    } else {
        Changed
    }
}

/// From how two pairs of durations compare, the old with the new.
fn direction(first: std::cmp::Ordering, then: std::cmp::Ordering) -> ResponseChangeKind {
    match (first, then) {
        (first, then) if first.is_ge() && then.is_ge() => Tightened,
        (first, then) if first.is_le() && then.is_le() => Relaxed,
        _ => Changed,
    }
}
