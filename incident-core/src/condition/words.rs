//! Conditions in plain English.

use std::fmt;

use super::bound::{Accepts, BoundCondition, Leaf, Situation, Tree, Truth};
use super::fact::Fact;
use super::language::Operator;
use super::value::{Point, Value};

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn join(parts: impl IntoIterator<Item = String>, word: &str) -> String {
    let mut parts: Vec<String> = parts.into_iter().collect();
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} {word} {last}", parts.join(", ")) }
}

/// The sentence with a capital first letter.
pub(crate) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What a fact is: `data was lost`, `the loss is partial`.
pub(super) fn value(name: &str, fact: &Fact, value: &Value) -> String {
    match value {
        Value::Text(text) => is(name, fact, text, true),
        Value::Flag(flag) => flagged(name, fact, *flag),
        Value::Names(names) if names.is_empty() => format!("{} is empty", fact.called(name)),
        Value::Names(names) => join(names.iter().map(|it| member(name, fact, it, true)), "and"),
        Value::Between(low, high) => stretch(name, fact, *low, *high, true),
    }
}

/// Whether a set has a member.
pub(super) fn member(name: &str, fact: &Fact, member: &str, yes: bool) -> String {
    let (word, verb) = if yes { ("contains", "includes") } else { ("lacks", "does not include") };
    fill(fact, word, member).unwrap_or_else(|| format!("{} {verb} {member}", fact.called(name)))
}

/// Whether a fact is known.
pub(super) fn known(name: &str, fact: &Fact, yes: bool) -> String {
    format!("{} is {}", fact.called(name), if yes { "known" } else { "unknown" })
}

/// Whether it is within a window.
pub(super) fn window(name: &str, yes: bool) -> String {
    format!("it is {} `{name}`", if yes { "within" } else { "outside" })
}

/// The part of a condition that decided: the values that make it hold or fail, or the tests that are open.
pub(super) fn because(condition: &BoundCondition, situation: &Situation) -> String {
    let sentence = because_of(condition, situation, &condition.tree);
    if sentence.is_empty() { "nothing is asked".to_owned() } else { sentence }
}

fn because_of(condition: &BoundCondition, situation: &Situation, tree: &Tree) -> String {
    let truth = |tree: &Tree| tree.truth(&|leaf| situation.truth(leaf));
    let now = truth(tree);
    let telling = |parts: &[Tree]| -> Vec<String> {
        let same = parts.iter().filter(|part| truth(part) == now);
        same.map(|part| because_of(condition, situation, part)).filter(|it| !it.is_empty()).collect()
    };
    match (tree, now) {
        (Tree::All(parts), Truth::False) | (Tree::Any(parts), Truth::True) => {
            telling(parts).into_iter().next().unwrap_or_default()
        }
        (Tree::All(parts), _) => unique(telling(parts), "and"),
        (Tree::Any(parts), Truth::Unknown) => either(telling(parts)),
        (Tree::Any(parts), _) => unique(telling(parts), "and"),
        (Tree::Not(part), Truth::Unknown) => part.say(condition, true),
        (Tree::Not(part), _) => because_of(condition, situation, part),
        (Tree::Leaf(leaf), _) => match (condition.facts.get(&leaf.fact), situation.values.get(leaf.fact.as_str())) {
            (Some(fact), Some(known)) if now != Truth::Unknown => leaf.known(fact, known),
            _ => leaf.say(condition, now == Truth::False),
        },
    }
}

/// The same clause is said once.
fn unique(clauses: Vec<String>, word: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for clause in clauses {
        if !said.contains(&clause) {
            said.push(clause);
        }
    }
    join(said, word)
}

fn either(clauses: Vec<String>) -> String {
    if clauses.len() > 1 { format!("either {}", unique(clauses, "or")) } else { unique(clauses, "or") }
}

impl Leaf {
    /// The known value, told from the side of this test.
    fn known(&self, fact: &Fact, known: &Value) -> String {
        match (&self.accepts, known) {
            (Accepts::Has(name), Value::Names(names)) => member(&self.fact, fact, name, names.contains(name)),
            (Accepts::HasPrefix(prefix), Value::Names(names)) => {
                names.iter().find(|it| it.starts_with(prefix.as_str())).map_or_else(
                    || member(&self.fact, fact, &format!("`{prefix}*`"), false),
                    |it| member(&self.fact, fact, it, true),
                )
            }
            (Accepts::Known(_), _) => self::known(&self.fact, fact, true),
            _ => value(&self.fact, fact, known),
        }
    }

    /// The test, or its opposite.
    fn say(&self, condition: &BoundCondition, negated: bool) -> String {
        let Some(fact) = condition.facts.get(&self.fact) else { return window(&self.fact, !negated) };
        let (name, yes) = (self.fact.as_str(), !negated);
        match (&self.accepts, &self.operator) {
            (Accepts::Known(wanted), _) => known(name, fact, *wanted == yes),
            (Accepts::Has(it), _) => member(name, fact, it, yes),
            (Accepts::HasPrefix(prefix), _) => member(name, fact, &format!("`{prefix}*`"), yes),
            (Accepts::Flag(flag), _) => flagged(name, fact, *flag == yes),
            (Accepts::Between(low, high), _) => stretch(name, fact, *low, *high, yes),
            (Accepts::Prefix(prefix), _) => {
                format!("{} {} with `{prefix}`", fact.called(name), if yes { "begins" } else { "does not begin" })
            }
            (Accepts::OneOf(_), Operator::AtLeast(limit))
                if yes && fact.values().last() != Some(&limit.to_string()) =>
            {
                at_least(name, fact, &limit.to_string())
            }
            (Accepts::OneOf(_), Operator::AtMost(limit))
                if yes && fact.values().first() != Some(&limit.to_string()) =>
            {
                at_most(name, fact, &limit.to_string())
            }
            (Accepts::OneOf(values), _) => {
                // In the order of the domain.
                let listed: Vec<_> = fact.values().iter().filter(|it| values.contains(*it) == yes).collect();
                match (listed.as_slice(), values.first()) {
                    ([only], _) => is(name, fact, only, true),
                    (_, Some(only)) if values.len() == 1 => is(name, fact, only, yes),
                    ([], _) => format!("{} is impossible", fact.called(name)),
                    (many, _) => {
                        format!("{} is {}", fact.called(name), join(many.iter().map(|it| (*it).clone()), "or"))
                    }
                }
            }
            (Accepts::Within(_), _) => window(name, yes),
        }
    }
}

impl Tree {
    /// The condition itself, or its opposite.
    fn say(&self, condition: &BoundCondition, negated: bool) -> String {
        let list = |parts: &[Self]| parts.iter().map(|part| part.say(condition, negated)).collect();
        match (self, negated) {
            (Self::Leaf(leaf), _) => leaf.say(condition, negated),
            (Self::Not(part), _) => part.say(condition, !negated),
            (Self::All(parts) | Self::Any(parts), _) if parts.is_empty() => {
                let always = matches!(self, Self::All(_)) != negated;
                if always { "always".to_owned() } else { "never".to_owned() }
            }
            (Self::All(parts), false) | (Self::Any(parts), true) => unique(list(parts), "and"),
            (Self::Any(parts), false) | (Self::All(parts), true) => either(list(parts)),
        }
    }
}

impl fmt::Display for BoundCondition {
    /// The condition as a clause: `loss is at least partial and at least 5% of customers are affected`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tree.say(self, false))
    }
}

fn is(name: &str, fact: &Fact, value: &str, yes: bool) -> String {
    let own = fact.sentence(value).filter(|_| yes).map(str::to_owned);
    let is = || if yes { fill(fact, "is", value) } else { None };
    own.or_else(is).unwrap_or_else(|| format!("{} is {}{value}", fact.called(name), if yes { "" } else { "not " }))
}

fn flagged(name: &str, fact: &Fact, flag: bool) -> String {
    let word = if flag { "true" } else { "false" };
    fact.sentence(word).map_or_else(|| format!("{} is {word}", fact.called(name)), str::to_owned)
}

fn at_least(name: &str, fact: &Fact, value: &str) -> String {
    fill(fact, "at_least", value).unwrap_or_else(|| format!("{} is at least {value}", fact.called(name)))
}

fn at_most(name: &str, fact: &Fact, value: &str) -> String {
    fill(fact, "at_most", value).unwrap_or_else(|| format!("{} is at most {value}", fact.called(name)))
}

fn stretch(name: &str, fact: &Fact, low: Option<Point>, high: Option<Point>, yes: bool) -> String {
    let show = |point: Point| fact.shown(point);
    match (low, high, yes) {
        (Some(low), Some(high), _) if low == high => is(name, fact, &show(low), yes),
        (Some(low), None, true) => at_least(name, fact, &show(low)),
        (None, Some(high), true) => at_most(name, fact, &show(high)),
        (Some(low), None, false) => format!("{} is below {}", fact.called(name), show(low)),
        (None, Some(high), false) => format!("{} is above {}", fact.called(name), show(high)),
        (Some(low), Some(high), _) => format!("{} is {} to {}", fact.called(name), show(low), show(high)),
        (None, None, _) => format!("{} is a number", fact.called(name)),
    }
}

fn fill(fact: &Fact, word: &str, value: &str) -> Option<String> {
    fact.sentence(word).map(|sentence| sentence.replace("{}", value))
}
