//! The values of a fact, put into classes that the tests at hand cannot tell apart, each with one value that stands
//! for it. Classes of ordered facts stand in order.

use std::collections::BTreeSet;

use super::bound::Accepts;
use super::fact::{Fact, FactKind};
use super::value::{Point, Value};

/// The classes of one fact, except a set of names. `known` is the value as far as it is known; it gets classes of its
/// own.
pub(super) fn classes(fact: &Fact, tests: &[&Accepts], known: Option<&Value>) -> Vec<Value> {
    match fact.kind() {
        FactKind::Ordered | FactKind::Choice => fact.values().iter().cloned().map(Value::Text).collect(),
        FactKind::Flag => vec![Value::Flag(false), Value::Flag(true)],
        FactKind::Text => {
            let (mut exact, prefixes) = spelled(tests);
            if let Some(Value::Text(text)) = known {
                exact.insert(text.clone());
            }
            texts(&exact, &prefixes).into_iter().map(|class| Value::Text(class.stands_for)).collect()
        }
        FactKind::Names => Vec::new(),
        _ => {
            let ends = tests.iter().filter_map(|test| match test {
                Accepts::Between(low, high) => Some((*low, *high)),
                _ => None,
            });
            let known = match known {
                Some(Value::Between(low, high)) => Some((*low, *high)),
                _ => None,
            };
            points(ends.chain(known), fact.ends()).into_iter().map(Value::point).collect()
        }
    }
}

/// A cut of the line: just before a point, or just after it.
type Cut = (Point, bool);

/// A point of each stretch between the cuts that a line is made of; empty stretches are left out.
fn points(
    tests: impl Iterator<Item = (Option<Point>, Option<Point>)>,
    (least, most): (Option<Point>, Option<Point>),
) -> Vec<Point> {
    let (first, last) = (least.map(|it| (it, false)), most.map(|it| (it, true)));
    let mut cuts: BTreeSet<Cut> = BTreeSet::new();
    for (low, high) in tests {
        cuts.extend(low.map(|low| (low, false)).into_iter().chain(high.map(|high| (high, true))));
    }
    let inside = |cut: &Cut| first.is_none_or(|it| it < *cut) && last.is_none_or(|it| *cut < it);
    let inner: Vec<Option<Cut>> = cuts.into_iter().filter(inside).map(Some).collect();
    let ends: Vec<_> = [first].into_iter().chain(inner).chain([last]).collect();
    ends.iter().zip(ends.iter().skip(1)).filter_map(|(start, end)| point(*start, *end)).collect()
}

/// A point between two cuts, the ends where they belong to it.
fn point(start: Option<Cut>, end: Option<Cut>) -> Option<Point> {
    match (start, end) {
        (Some((from, false)), _) => Some(from),
        (_, Some((to, true))) => Some(to),
        (Some((from, true)), Some((to, false))) => Point::between(from, to),
        (Some((from, true)), None) => from.above(),
        (None, Some((to, false))) => to.below(),
        (None, None) => Some(Point::Whole(0)),
    }
}

/// Exact names and prefixes that tests ask for.
pub(super) fn spelled(tests: &[&Accepts]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut exact, mut prefixes) = (BTreeSet::new(), BTreeSet::new());
    for test in tests {
        match test {
            Accepts::OneOf(values) => exact.extend(values.iter().cloned()),
            Accepts::Has(name) => drop(exact.insert(name.clone())),
            Accepts::Prefix(prefix) | Accepts::HasPrefix(prefix) => drop(prefixes.insert(prefix.clone())),
            _ => {}
        }
    }
    (exact, prefixes)
}

/// A class of texts: one text, or all that begin with a prefix and belong to no other class.
pub(super) struct Texts {
    pub(super) stands_for: String,
    /// None for the texts that nothing asks for.
    pub(super) prefix: Option<Option<String>>,
}

/// The classes of all texts: the prefixes form a tree.
pub(super) fn texts(exact: &BTreeSet<String>, prefixes: &BTreeSet<String>) -> Vec<Texts> {
    let one = |text: &String| Texts { stands_for: text.clone(), prefix: Some(None) };
    let under = |prefix: &String| {
        let stands_for = fresh(prefix, exact, prefixes)?;
        Some(Texts { stands_for, prefix: Some(Some(prefix.clone())) })
    };
    let rest = (!prefixes.contains("")).then(|| fresh("", exact, prefixes)).flatten();
    let rest = rest.map(|stands_for| Texts { stands_for, prefix: None });
    exact.iter().map(one).chain(prefixes.iter().filter_map(under)).chain(rest).collect()
}

/// The longest prefix that a text begins with.
pub(super) fn longest<'a>(text: &str, prefixes: &'a BTreeSet<String>) -> Option<&'a String> {
    prefixes.iter().filter(|prefix| text.starts_with(prefix.as_str())).max_by_key(|prefix| prefix.len())
}

/// A text that begins with a prefix and belongs to no other class. There are more characters than classes.
fn fresh(prefix: &str, exact: &BTreeSet<String>, prefixes: &BTreeSet<String>) -> Option<String> {
    let own = |text: &String| !exact.contains(text) && longest(text, prefixes).map_or("", String::as_str) == prefix;
    let readable = ["other", "1", "2", "3", "x", "y", "z"].map(|end| format!("{prefix}{end}"));
    readable.into_iter().find(own).or_else(|| ('a'..=char::MAX).map(|end| format!("{prefix}{end}")).find(own))
}
