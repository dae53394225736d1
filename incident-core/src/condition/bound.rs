//! Bound conditions, evaluated in three values.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::facts::Facts;
use super::language::Operator;
use super::value::{Point, Value};
use super::words;
use crate::error::Result;
use crate::time::{Window, WindowZone};

/// Whether a condition holds: true, false, or unknown because a fact is (Kleene's strong three-valued logic).
///
/// `true` and `false` are certain: no answer to an open question changes them. `unknown` is not always open ("A or not
/// A" is unknown while A is); what answers could change is asked of a scheme's `classify`, which enumerates them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A fact is unknown.
    Unknown,
}

impl Truth {
    /// All of them hold.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::True;
        for part in parts {
            match part {
                Self::False => return Self::False,
                Self::Unknown => all = Self::Unknown,
                Self::True => {}
            }
        }
        all
    }

    /// At least one holds.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        !Self::all(parts.into_iter().map(Not::not))
    }
}

impl Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(flag: bool) -> Self {
        if flag { Self::True } else { Self::False }
    }
}

/// What a condition says of facts, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Whether it holds.
    pub truth: Truth,
    /// The facts whose being unknown leaves it open, by name.
    pub unknown: Vec<String>,
    /// The part that decided, as a clause: `checkout is affected and the loss is partial`.
    pub why: String,
}

/// A condition bound to the vocabulary it was checked against.
///
/// ```
/// use incident_core::{Condition, Fact, Facts, Truth, Vocabulary};
///
/// let vocabulary = Vocabulary::new().with("loss", Fact::ordered(["none", "partial", "full"])?)?;
/// let serious = r#"{"loss": ">= partial"}"#.parse::<Condition>()?.bind(&vocabulary)?;
/// assert_eq!(serious.holds(&Facts::new().with("loss", "full"))?, Truth::True);
/// assert_eq!(serious.holds(&Facts::new())?, Truth::Unknown);
/// assert_eq!(serious.to_string(), "loss is at least partial");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct BoundCondition {
    pub(super) tree: Tree,
    pub(super) facts: BTreeMap<String, Fact>,
}

#[derive(Clone, Debug)]
pub(crate) enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Leaf(Leaf),
}

#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The name of the fact, or of the window.
    pub(super) fact: String,
    pub(super) accepts: Accepts,
    /// As it was asked, for the words.
    pub(super) operator: Operator,
}

#[derive(Clone, Debug)]
pub(super) enum Accepts {
    OneOf(BTreeSet<String>),
    Prefix(String),
    Has(String),
    HasPrefix(String),
    Between(Option<Point>, Option<Point>),
    Flag(bool),
    Known(bool),
    Within(Box<Window>),
}

impl Tree {
    pub(super) const fn always() -> Self {
        Self::All(Vec::new())
    }

    pub(super) fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Not(part) => part.leaves(),
            Self::Leaf(leaf) => vec![leaf],
        }
    }

    pub(super) fn truth(&self, of: &impl Fn(&Leaf) -> Truth) -> Truth {
        match self {
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.truth(of))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(of))),
            Self::Not(part) => !part.truth(of),
            Self::Leaf(leaf) => of(leaf),
        }
    }
}

impl Accepts {
    /// Whether a value that is known, perhaps as a range, is accepted.
    pub(super) fn value(&self, value: &Value) -> Truth {
        match (self, value) {
            (Self::OneOf(values), Value::Text(text)) => values.contains(text).into(),
            (Self::Prefix(prefix), Value::Text(text)) => text.starts_with(prefix.as_str()).into(),
            (Self::Has(name), Value::Names(names)) => names.contains(name).into(),
            (Self::HasPrefix(prefix), Value::Names(names)) => {
                names.iter().any(|name| name.starts_with(prefix.as_str())).into()
            }
            (Self::Flag(wanted), Value::Flag(flag)) => (wanted == flag).into(),
            (Self::Between(low, high), Value::Between(least, most)) => {
                // An open end of the value is beyond every end of the test.
                let above = low.is_none_or(|low| least.is_some_and(|least| low <= least));
                let below = high.is_none_or(|high| most.is_some_and(|most| most <= high));
                let apart = low.zip(*most).is_some_and(|(low, most)| most < low)
                    || high.zip(*least).is_some_and(|(high, least)| least > high);
                if apart {
                    Truth::False
                } else if above && below {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
            (Self::Known(wanted), _) => Truth::from(*wanted),
            _ => Truth::Unknown,
        }
    }
}

/// What is known, in the domains of the facts that one condition asks for.
pub(super) struct Situation<'a> {
    pub(super) values: BTreeMap<&'a str, Value>,
    facts: &'a Facts,
}

impl Situation<'_> {
    pub(super) fn truth(&self, leaf: &Leaf) -> Truth {
        match (&leaf.accepts, self.values.get(leaf.fact.as_str())) {
            (Accepts::Within(window), _) => within(window, self.facts),
            (accepts, Some(value)) => accepts.value(value),
            (Accepts::Known(wanted), None) => Truth::from(!wanted),
            (_, None) => Truth::Unknown,
        }
    }
}

/// Whether the instant of the facts lies in a window; unknown without an instant, or without the zone it asks for.
pub(super) fn within(window: &Window, facts: &Facts) -> Truth {
    let zone = facts.recipient_zone();
    match facts.instant() {
        Some(at) if zone.is_some() || window.zone != WindowZone::Recipient => window.contains(at, zone).into(),
        _ => Truth::Unknown,
    }
}

impl BoundCondition {
    /// Whether it holds.
    ///
    /// # Errors
    /// `condition.bad_value` where a fact it asks for has a value outside its domain. Facts it does not ask for are not
    /// looked at; [`Vocabulary::check`](super::Vocabulary::check) looks at all.
    pub fn holds(&self, facts: &Facts) -> Result<Truth> {
        let situation = self.situation(facts)?;
        Ok(self.tree.truth(&|leaf| situation.truth(leaf)))
    }

    /// Whether it holds, and which part decided.
    ///
    /// # Errors
    /// As [`BoundCondition::holds`].
    pub fn explain(&self, facts: &Facts) -> Result<Verdict> {
        let situation = self.situation(facts)?;
        let truth = self.tree.truth(&|leaf| situation.truth(leaf));
        let open = |leaf: &&Leaf| truth == Truth::Unknown && situation.truth(leaf) == Truth::Unknown;
        let unknown: BTreeSet<_> = self.tree.leaves().into_iter().filter(open).map(|leaf| leaf.fact.clone()).collect();
        Ok(Verdict { truth, unknown: unknown.into_iter().collect(), why: words::because(self, &situation) })
    }

    /// The facts it asks for, by name.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// Whether it asks for the time.
    pub(crate) fn asks_the_time(&self) -> bool {
        self.tree.leaves().iter().any(|leaf| matches!(leaf.accepts, Accepts::Within(_)))
    }

    pub(super) fn situation<'a>(&'a self, facts: &'a Facts) -> Result<Situation<'a>> {
        let mut values = BTreeMap::new();
        for (name, fact) in &self.facts {
            if let Some(value) = facts.read(name, fact)? {
                values.insert(name.as_str(), value);
            }
        }
        Ok(Situation { values, facts })
    }
}
