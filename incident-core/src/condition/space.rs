//! All situations that some conditions can tell apart, and their exact partition by branching on what is undecided.

use std::collections::BTreeMap;

pub(crate) use super::bits::Bits;
use super::bound::{Accepts, BoundCondition, Leaf, Tree, Truth, within};
use super::classes::{classes, longest, spelled, texts};
use super::fact::{Fact, FactKind, Worse};
use super::facts::{FactValue, Facts};
use super::value::{Point, Value};
use super::words;
use crate::error::Result;

/// An exact answer distinguishes at most this many combinations; past it the answer says so, and nothing is sampled.
pub(crate) const COMBINATIONS: usize = 4_096;

/// More than [`COMBINATIONS`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooMany;

/// The variables that some conditions depend on, and the classes of each.
///
/// A window is a variable of its own, true or false independently of the others; a fact that is a set is one variable
/// for each member that a test asks for; whether a fact is known is one where a test asks for that.
#[derive(Debug)]
pub(crate) struct Space {
    variables: Vec<Variable>,
    facts: BTreeMap<String, Fact>,
}

#[derive(Debug)]
pub(crate) struct Variable {
    /// The fact, or the window.
    pub(crate) name: String,
    pub(crate) part: Part,
    /// Which direction is worse, where the classes have an order.
    pub(crate) worse: Option<Worse>,
    /// A value for each class; a flag for what is yes or no.
    classes: Vec<Value>,
}

/// What a variable says of its fact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    Value,
    /// Whether the set has a member of this class.
    Member {
        stands_for: String,
        prefix: Option<String>,
    },
    /// Whether it is known.
    Known,
    Window,
}

/// A box of situations: the classes that each variable may still be in.
pub(crate) type Cell = Vec<Bits>;

/// A condition over classes.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    /// The variable is in one of these classes.
    Atom(usize, Bits),
}

/// What is known of a cell.
pub(crate) enum Step<T> {
    Decided(T),
    /// It must be split by whether a variable is in these classes.
    Split(usize, Bits),
}

impl Space {
    /// The situations that these conditions can tell apart.
    pub(crate) fn of<'a>(conditions: impl IntoIterator<Item = &'a BoundCondition>) -> Self {
        Self::around(conditions, &BTreeMap::new())
    }

    /// The same, with classes of their own for the values that are known; and the cell of what is possible. `learned`
    /// says of a fact that is unknown whether it becomes known.
    pub(crate) fn of_facts(
        conditions: &[&BoundCondition],
        facts: &Facts,
        learned: impl Fn(&str) -> Option<bool>,
    ) -> Result<(Self, Cell)> {
        let situations: Vec<_> = conditions.iter().map(|it| it.situation(facts)).collect::<Result<_>>()?;
        let known: BTreeMap<&str, &Value> =
            situations.iter().flat_map(|it| it.values.iter().map(|(name, value)| (*name, value))).collect();
        let space = Self::around(conditions.iter().copied(), &known);
        let windows: BTreeMap<&str, Truth> = conditions
            .iter()
            .flat_map(|it| it.tree.leaves())
            .filter_map(|leaf| match &leaf.accepts {
                Accepts::Within(window) => Some((leaf.fact.as_str(), within(window, facts))),
                _ => None,
            })
            .collect();
        let cell = space
            .variables
            .iter()
            .map(|variable| {
                let name = variable.name.as_str();
                let flag = |wanted: Option<bool>| {
                    Bits::of(2, |class| wanted.is_none_or(|wanted| usize::from(wanted) == class))
                };
                match (&variable.part, known.get(name)) {
                    (Part::Window, _) => flag(match windows.get(name) {
                        Some(Truth::True) => Some(true),
                        Some(Truth::False) => Some(false),
                        Some(Truth::Unknown) | None => None,
                    }),
                    (Part::Known, Some(_)) => flag(Some(true)),
                    (Part::Known, None) => flag(learned(name)),
                    (Part::Member { stands_for, prefix }, Some(Value::Names(names))) => flag(Some(match prefix {
                        None => names.contains(stands_for),
                        Some(prefix) => names.iter().any(|it| space.belongs(name, it, prefix)),
                    })),
                    (Part::Value, Some(value)) => Bits::of(variable.classes.len(), |class| {
                        variable.classes.get(class).is_some_and(|it| could_be(value, it))
                    }),
                    _ => variable.all(),
                }
            })
            .collect();
        Ok((space, cell))
    }

    fn around<'a>(conditions: impl IntoIterator<Item = &'a BoundCondition>, known: &BTreeMap<&str, &Value>) -> Self {
        let mut tests: BTreeMap<(bool, &str), Vec<&Accepts>> = BTreeMap::new();
        let mut order = Vec::new();
        let mut facts = BTreeMap::new();
        for condition in conditions {
            facts.extend(condition.facts.clone());
            for Leaf { fact, accepts, .. } in condition.tree.leaves() {
                let key = (matches!(accepts, Accepts::Within(_)), fact.as_str());
                if !order.contains(&key) {
                    order.push(key);
                }
                tests.entry(key).or_default().push(accepts);
            }
        }
        let mut variables = Vec::new();
        for key in order {
            let (is_window, name) = key;
            let tests = tests.remove(&key).unwrap_or_default();
            let flags = || vec![Value::Flag(false), Value::Flag(true)];
            let variable = |part, worse, classes| Variable { name: name.to_owned(), part, worse, classes };
            if is_window {
                variables.push(variable(Part::Window, None, flags()));
                continue;
            }
            let Some(fact) = facts.get(name) else { continue };
            if tests.iter().any(|test| matches!(test, Accepts::Known(_))) {
                variables.push(variable(Part::Known, None, flags()));
            }
            if tests.iter().all(|test| matches!(test, Accepts::Known(_))) {
                continue;
            }
            if fact.kind() == FactKind::Names {
                let members = members(fact, &tests);
                variables.extend(members.into_iter().map(|part| variable(part, fact.worse_direction(), flags())));
            } else {
                let classes = classes(fact, &tests, known.get(name).copied());
                variables.push(variable(Part::Value, fact.worse_direction(), classes));
            }
        }
        Self { variables, facts }
    }

    pub(crate) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Every situation.
    pub(crate) fn everything(&self) -> Cell {
        self.variables.iter().map(Variable::all).collect()
    }

    /// A bound condition over these classes.
    pub(crate) fn formula(&self, condition: &BoundCondition) -> Formula {
        self.formula_of(&condition.tree)
    }

    fn formula_of(&self, tree: &Tree) -> Formula {
        match tree {
            Tree::All(parts) => Formula::All(parts.iter().map(|part| self.formula_of(part)).collect()),
            Tree::Any(parts) => Formula::Any(parts.iter().map(|part| self.formula_of(part)).collect()),
            Tree::Not(part) => self.formula_of(part).not(),
            Tree::Leaf(leaf) => self.atom(leaf),
        }
    }

    fn atom(&self, leaf: &Leaf) -> Formula {
        let is_window = matches!(leaf.accepts, Accepts::Within(_));
        let mine = |(_, it): &(usize, &Variable)| it.name == leaf.fact && (it.part == Part::Window) == is_window;
        let atoms = self.variables.iter().enumerate().filter(mine).filter_map(|(at, variable)| {
            let yes = || Some(Formula::Atom(at, Bits::of(2, |class| class == 1)));
            match (&leaf.accepts, &variable.part) {
                (Accepts::Within(_), Part::Window) | (Accepts::Known(true), Part::Known) => yes(),
                (Accepts::Known(false), Part::Known) => Some(Formula::Atom(at, Bits::of(2, |class| class == 0))),
                (Accepts::Has(name), Part::Member { stands_for, prefix: None }) if name == stands_for => yes(),
                (Accepts::HasPrefix(wanted), Part::Member { stands_for, .. })
                    if stands_for.starts_with(wanted.as_str()) =>
                {
                    yes()
                }
                (Accepts::Known(_) | Accepts::Has(_) | Accepts::HasPrefix(_) | Accepts::Within(_), _) => None,
                (accepts, Part::Value) => {
                    let accepted =
                        |class| variable.classes.get(class).is_some_and(|it| accepts.value(it) == Truth::True);
                    Some(Formula::Atom(at, Bits::of(variable.classes.len(), accepted)))
                }
                _ => None,
            }
        });
        let mut atoms: Vec<_> = atoms.collect();
        if atoms.len() == 1 { atoms.pop().unwrap_or(Formula::Any(Vec::new())) } else { Formula::Any(atoms) }
    }

    /// Splits a cell until each part is decided.
    pub(crate) fn partition<T>(
        &self,
        start: Cell,
        mut decide: impl FnMut(&Cell) -> Step<T>,
    ) -> std::result::Result<Vec<(Cell, T)>, TooMany> {
        let (mut open, mut done) = (vec![start], Vec::new());
        while let Some(cell) = open.pop() {
            match decide(&cell) {
                Step::Decided(it) => done.push((cell, it)),
                Step::Split(at, accepted) => {
                    let Some(now) = cell.get(at) else { continue };
                    // Inside first: what holds is found before what does not.
                    for part in [now.minus(&accepted), now.and(&accepted)] {
                        if !part.is_empty() {
                            let mut cell = cell.clone();
                            if let Some(slot) = cell.get_mut(at) {
                                *slot = part;
                            }
                            open.push(cell);
                        }
                    }
                }
            }
            if open.len() + done.len() > COMBINATIONS {
                return Err(TooMany);
            }
        }
        Ok(done)
    }

    /// A cell in which a formula holds everywhere, if there is one.
    pub(crate) fn find(&self, formula: &Formula) -> std::result::Result<Option<Cell>, TooMany> {
        let mut found = false;
        let cells = self.partition(self.everything(), |cell| match formula.undecided(cell) {
            _ if found => Step::Decided(false),
            Some((at, accepted)) => Step::Split(at, accepted),
            None => {
                found = formula.truth(cell) == Truth::True;
                Step::Decided(found)
            }
        })?;
        Ok(cells.into_iter().find(|(_, holds)| *holds).map(|(cell, _)| cell))
    }

    /// The facts of one situation in a cell.
    pub(crate) fn facts(&self, cell: &Cell) -> Facts {
        let mut facts = Facts::new();
        let hidden = |name: &str| {
            self.variables
                .iter()
                .zip(cell)
                .any(|(it, bits)| it.name == name && it.part == Part::Known && bits.last() == Some(0))
        };
        let mut sets: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (variable, bits) in self.variables.iter().zip(cell) {
            let name = variable.name.as_str();
            let (Some(class), Some(fact)) = (bits.first(), self.facts.get(name)) else { continue };
            if hidden(name) {
                continue;
            }
            match (&variable.part, variable.classes.get(class)) {
                (Part::Value, Some(value)) => facts.set(name, shown(fact, value)),
                (Part::Member { stands_for, .. }, _) => {
                    sets.entry(name).or_default().extend((class == 1).then(|| stands_for.clone()));
                }
                _ => {}
            }
        }
        for (name, members) in sets {
            facts.set(name, FactValue::from_iter(members));
        }
        facts
    }

    /// A cell in words: only what it restricts. None where it restricts nothing.
    pub(crate) fn words(&self, cell: &Cell) -> Option<String> {
        let restricted = self.variables.iter().zip(cell).filter(|(variable, bits)| **bits != variable.all());
        let clauses: Vec<_> = restricted.map(|(variable, bits)| self.clause(variable, bits)).collect();
        (!clauses.is_empty()).then(|| words::join(clauses, "and"))
    }

    /// What a variable is in a cell, in words.
    pub(crate) fn clause(&self, variable: &Variable, bits: &Bits) -> String {
        let name = variable.name.as_str();
        let yes = bits.first() == Some(1);
        match (&variable.part, self.facts.get(name)) {
            (Part::Window, _) => words::window(name, yes),
            (Part::Known, Some(fact)) => words::known(name, fact, yes),
            (Part::Member { stands_for, .. }, Some(fact)) => words::member(name, fact, stands_for, yes),
            (Part::Value, Some(fact)) => {
                // Where several values would do, the mildest one.
                let class = if variable.worse == Some(Worse::Lower) { bits.last() } else { bits.first() };
                let value = class.and_then(|class| variable.classes.get(class));
                value.map(|value| words::value(name, fact, value)).unwrap_or_default()
            }
            (_, None) => String::new(),
        }
    }

    /// Whether a name that no test spells out belongs to the class of a prefix.
    fn belongs(&self, fact: &str, name: &str, prefix: &str) -> bool {
        let parts = || self.variables.iter().filter(|it| it.name == fact).map(|it| &it.part);
        let exact = parts().any(|it| matches!(it, Part::Member { stands_for, prefix: None } if stands_for == name));
        let prefixes = parts()
            .filter_map(|it| match it {
                Part::Member { prefix, .. } => prefix.clone(),
                _ => None,
            })
            .collect();
        !exact && longest(name, &prefixes).is_some_and(|it| it == prefix)
    }
}

impl Variable {
    /// Every class.
    pub(crate) fn all(&self) -> Bits {
        Bits::of(self.classes.len(), |_| true)
    }

    /// One class.
    pub(crate) fn only(&self, class: usize) -> Bits {
        Bits::of(self.classes.len(), |it| it == class)
    }
}

impl Formula {
    pub(crate) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Whether it holds everywhere in a cell, nowhere, or one must look closer.
    pub(crate) fn truth(&self, cell: &Cell) -> Truth {
        match self {
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.truth(cell))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(cell))),
            Self::Not(part) => !part.truth(cell),
            Self::Atom(at, accepted) => match cell.get(*at) {
                Some(now) if now.within(accepted) => Truth::True,
                Some(now) if !now.meets(accepted) => Truth::False,
                _ => Truth::Unknown,
            },
        }
    }

    /// A part that one must look at more closely, where the whole is undecided.
    pub(crate) fn undecided(&self, cell: &Cell) -> Option<(usize, Bits)> {
        if self.truth(cell) != Truth::Unknown {
            return None;
        }
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().find_map(|part| part.undecided(cell)),
            Self::Not(part) => part.undecided(cell),
            Self::Atom(at, accepted) => Some((*at, accepted.clone())),
        }
    }
}

/// A variable for each class of members that a test asks for.
fn members(fact: &Fact, tests: &[&Accepts]) -> Vec<Part> {
    let (exact, prefixes) = spelled(tests);
    let closed = fact.values();
    if !closed.is_empty() {
        let asked = |name: &&String| exact.contains(*name) || longest(name, &prefixes).is_some();
        let part = |name: &String| Part::Member { stands_for: name.clone(), prefix: None };
        return closed.iter().filter(asked).map(part).collect();
    }
    let part = |prefix: Option<Option<String>>, stands_for| prefix.map(|prefix| Part::Member { stands_for, prefix });
    texts(&exact, &prefixes).into_iter().filter_map(|class| part(class.prefix, class.stands_for)).collect()
}

/// Whether a value that is known as a range could be in the class that this value stands for.
fn could_be(known: &Value, class: &Value) -> bool {
    match (known, class) {
        (Value::Between(low, high), Value::Between(Some(point), _)) => {
            low.is_none_or(|low| low <= *point) && high.is_none_or(|high| *point <= high)
        }
        _ => known == class,
    }
}

/// A value as facts hold it.
fn shown(fact: &Fact, value: &Value) -> FactValue {
    match (value, fact.kind()) {
        (Value::Text(text), _) => FactValue::Text(text.clone()),
        (Value::Names(names), _) => FactValue::Names(names.clone()),
        (Value::Flag(flag), _) => FactValue::Flag(*flag),
        (Value::Between(Some(Point::Real(real)), _), _) => FactValue::Number(*real),
        #[expect(clippy::cast_precision_loss, reason = "an integer is below 2^53")]
        (Value::Between(Some(Point::Whole(whole)), _), FactKind::Integer) => FactValue::Number(*whole as f64),
        (Value::Between(Some(point), _), _) => FactValue::Text(fact.spelling(*point)),
        (Value::Between(None, _), _) => FactValue::Between { lowest: None, highest: None },
    }
}
