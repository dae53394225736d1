//! A condition bound to a vocabulary, with every problem at once.

use std::collections::BTreeSet;

use super::bound::{Accepts, BoundCondition, Leaf, Tree};
use super::fact::{Fact, FactKind};
use super::language::{Condition, Operator, Test, Within, Written};
use super::literal::Literal;
use super::space::Space;
use super::value::Value;
use super::vocabulary::Vocabulary;
use crate::codes::{self, Code};
use crate::error::Result;
use crate::finding::{Finding, Level};
use crate::text::nearest;

impl Condition {
    /// Binds it to a vocabulary, after which it can be evaluated.
    ///
    /// # Errors
    /// `condition.unknown_fact`, `condition.bad_value`, `condition.no_order` (`at_least` where the domain has none),
    /// `condition.not_a_set`, `condition.not_text`, `condition.unknown_window`: the first one with its pointer, all of
    /// them as findings.
    pub fn bind(&self, vocabulary: &Vocabulary) -> Result<BoundCondition> {
        let mut problems = Vec::new();
        let bound = self.bind_at("", "", vocabulary, &mut problems);
        super::vocabulary::refuse(problems)?;
        Ok(bound)
    }

    /// Everything that is wrong with it under a vocabulary: what [`Condition::bind`] refuses, and otherwise whether it
    /// never or always holds, whatever the facts are.
    ///
    /// The second is exact; a condition that distinguishes too many combinations has the finding
    /// `condition.too_many_combinations` instead.
    #[must_use]
    pub fn check(&self, vocabulary: &Vocabulary) -> Vec<Finding> {
        let mut problems = Vec::new();
        let bound = self.bind_at("", "", vocabulary, &mut problems);
        if !problems.is_empty() {
            return problems;
        }
        let space = Space::of([&bound]);
        let formula = space.formula(&bound);
        let finding = |code, message: &str| vec![Finding::new(Level::Warning, code, "", message)];
        match (space.find(&formula), space.find(&formula.clone().not())) {
            (Err(_), _) | (_, Err(_)) => {
                finding(codes::CONDITION_TOO_MANY, "too many combinations to say whether this can hold")
            }
            (Ok(None), _) => finding(codes::NEVER_HOLDS, "this never holds, whatever the facts are"),
            (_, Ok(None)) if *self != Self::always() => {
                finding(codes::ALWAYS_HOLDS, "this always holds, whatever the facts are")
            }
            _ => Vec::new(),
        }
    }

    /// Binds a part of the condition that stands at `root`, itself at `at` from there; what is wrong is added to
    /// `problems`.
    pub(crate) fn bind_at(
        &self,
        root: &str,
        at: &str,
        vocabulary: &Vocabulary,
        problems: &mut Vec<Finding>,
    ) -> BoundCondition {
        let mut binder = Binder { root, vocabulary, problems, facts: BTreeSet::new() };
        let tree = binder.tree(self, at);
        let facts = binder
            .facts
            .into_iter()
            .filter_map(|name| vocabulary.facts.get(&name).map(|fact| (name, fact.clone())))
            .collect();
        BoundCondition { tree, facts }
    }
}

struct Binder<'a> {
    root: &'a str,
    vocabulary: &'a Vocabulary,
    problems: &'a mut Vec<Finding>,
    facts: BTreeSet<String>,
}

impl Binder<'_> {
    fn tree(&mut self, condition: &Condition, path: &str) -> Tree {
        let mut list = |parts: &[Condition], key: &str| {
            parts.iter().enumerate().map(|(at, part)| self.tree(part, &format!("{path}/{key}/{at}"))).collect()
        };
        match condition {
            Condition::All(parts) => Tree::All(list(parts, "all")),
            Condition::Any(parts) => Tree::Any(list(parts, "any")),
            Condition::Not(part) => Tree::Not(Box::new(self.tree(part, &format!("{path}/not")))),
            Condition::Within(Within { window: name, written }) => match self.vocabulary.windows.get(name) {
                Some(window) => {
                    let accepts = Accepts::Within(Box::new(window.clone()));
                    Tree::Leaf(Leaf { fact: name.clone(), accepts, operator: Operator::Exists(true) })
                }
                None => {
                    let help = nearest(name, self.vocabulary.windows.keys().map(String::as_str))
                        .map(|near| format!("did you mean `{near}`?"));
                    let at = written.clone().unwrap_or_else(|| format!("{path}/within"));
                    self.problem(codes::UNKNOWN_WINDOW, &at, format!("there is no window `{name}`"), help)
                }
            },
            Condition::Test(test) => self.test(test, path),
        }
    }

    fn test(&mut self, test: &Test, path: &str) -> Tree {
        let written = test.written.clone().unwrap_or_else(|| Written {
            fact: format!("{path}/fact"),
            value: format!("{path}/{}", test.operator.entry().0),
        });
        let Some(fact) = self.vocabulary.facts.get(&test.fact) else {
            let finding = self.vocabulary.unknown_fact(&test.fact, format!("{}{}", self.root, written.fact));
            self.problems.push(finding);
            return Tree::always();
        };
        self.facts.insert(test.fact.clone());
        let leaf = |accepts, operator| Tree::Leaf(Leaf { fact: test.fact.clone(), accepts, operator });
        let at = &written.value;
        match &test.operator {
            Operator::Exists(known) => leaf(Accepts::Known(*known), test.operator.clone()),
            Operator::Is(literal) => self.is(test, fact, literal, at),
            Operator::In(literals) => {
                let mut parts: Vec<_> = literals.iter().map(|literal| self.is(test, fact, literal, at)).collect();
                if parts.len() == 1 { parts.pop().unwrap_or_else(Tree::always) } else { Tree::Any(parts) }
            }
            Operator::Contains(literal) if fact.kind() == FactKind::Names => self.is(test, fact, literal, at),
            Operator::Contains(_) => {
                let message = format!("`{}` is not a set, so it cannot contain anything", test.fact);
                self.problem(codes::NOT_A_SET, at, message, Some("write `is`".to_owned()))
            }
            Operator::AtLeast(literal) | Operator::AtMost(literal) => {
                if !fact.has_line() {
                    let message =
                        format!("`{}` has no order, so it cannot be at least or at most something", test.fact);
                    return self.problem(codes::NO_ORDER, at, message, Some("write `is` or `in`".to_owned()));
                }
                let least = matches!(test.operator, Operator::AtLeast(_));
                match fact.read(literal) {
                    Ok(Value::Text(value)) => {
                        let mut values = fact.values().to_vec();
                        let rank = values.iter().position(|it| *it == value).unwrap_or_default();
                        let values =
                            if least { values.split_off(rank) } else { values.into_iter().take(rank + 1).collect() };
                        leaf(Accepts::OneOf(values.into_iter().collect()), test.operator.clone())
                    }
                    Ok(Value::Between(point, _)) if least => leaf(Accepts::Between(point, None), test.operator.clone()),
                    Ok(Value::Between(point, _)) => leaf(Accepts::Between(None, point), test.operator.clone()),
                    Ok(_) => Tree::always(),
                    Err(help) => self.bad_value(test, literal, at, help),
                }
            }
            Operator::Matches(pattern) => {
                let prefix = pattern.strip_suffix('*');
                let matches = |name: &str| prefix.map_or(name == pattern, |prefix| name.starts_with(prefix));
                let accepts = match fact.kind() {
                    FactKind::Text | FactKind::Names if pattern.trim_end_matches('*').contains('*') => {
                        let message = format!("`{pattern}` is not a pattern");
                        let help = "a pattern is exact, or a beginning followed by one `*`: `db-*`".to_owned();
                        return self.problem(codes::BAD_PATTERN, at, message, Some(help));
                    }
                    FactKind::Text => prefix.map_or_else(
                        || Accepts::OneOf(BTreeSet::from([pattern.clone()])),
                        |prefix| Accepts::Prefix(prefix.to_owned()),
                    ),
                    FactKind::Names => prefix
                        .map_or_else(|| Accepts::Has(pattern.clone()), |prefix| Accepts::HasPrefix(prefix.to_owned())),
                    FactKind::Choice | FactKind::Ordered => {
                        Accepts::OneOf(fact.values().iter().filter(|value| matches(value)).cloned().collect())
                    }
                    _ => {
                        let message = format!("`{}` is not text, so it cannot match a pattern", test.fact);
                        return self.problem(codes::NOT_TEXT, at, message, Some(fact.example()));
                    }
                };
                leaf(accepts, test.operator.clone())
            }
        }
    }

    fn is(&mut self, test: &Test, fact: &Fact, literal: &Literal, at: &str) -> Tree {
        let operator = Operator::Is(literal.clone());
        let leaf = |accepts| Tree::Leaf(Leaf { fact: test.fact.clone(), accepts, operator });
        match fact.read(literal) {
            Ok(Value::Text(value)) => leaf(Accepts::OneOf(BTreeSet::from([value]))),
            Ok(Value::Names(names)) => {
                names.into_iter().next().map_or_else(Tree::always, |name| leaf(Accepts::Has(name)))
            }
            Ok(Value::Flag(flag)) => leaf(Accepts::Flag(flag)),
            Ok(Value::Between(low, high)) => leaf(Accepts::Between(low, high)),
            Err(help) => self.bad_value(test, literal, at, help),
        }
    }

    fn bad_value(&mut self, test: &Test, literal: &Literal, at: &str, help: String) -> Tree {
        let message = format!("`{literal}` is not a value of `{}`", test.fact);
        self.problem(codes::BAD_VALUE, at, message, Some(help))
    }

    fn problem(&mut self, code: Code, at: &str, message: String, help: Option<String>) -> Tree {
        let mut finding = Finding::new(Level::Error, code, format!("{}{at}", self.root), message);
        finding.help = help;
        self.problems.push(finding);
        Tree::always()
    }
}
