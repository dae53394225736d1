//! The condition itself: names, operators and values, not yet bound to a vocabulary.

use super::Literal;

/// A condition over facts: data, not code.
///
/// Two forms load. The **long form** is canonical and is what is written:
/// `{"all": [{"fact": "loss", "at_least": "partial"}, {"fact": "customers", "at_least": "5%"}]}`.
/// The **short form** is what people write: a table is "all of", a list is "any of", a scalar is `is`, and a string may
/// begin with `>=` or `<=`, end in `*` (a prefix), or be `unknown` or `known`:
/// `{ loss = ">= partial", customers = ">= 5%" }`. A table that has the key `fact` is one test of the long form;
/// `all`, `any`, `not` and `within` are therefore never names of facts.
///
/// # Errors
/// Reading refuses with `condition.bad_form`, `condition.unknown_operator`, `condition.bad_pattern` and
/// `condition.too_deep`, each with its pointer.
///
/// ```
/// use incident_core::Condition;
/// let short: Condition = r#"{"loss": ">= partial", "customers": ">= 5%"}"#.parse()?;
/// let long: Condition =
///     r#"{"all": [{"fact": "loss", "at_least": "partial"}, {"fact": "customers", "at_least": "5%"}]}"#.parse()?;
/// assert_eq!(short, long);
/// assert_eq!(long.to_short(), r#"{"loss":">= partial","customers":">= 5%"}"#);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them hold; of none, always.
    All(Vec<Condition>),
    /// At least one holds; of none, never.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One test of one fact.
    Test(Test),
    /// The instant of the facts lies in a window.
    Within(Within),
}

/// The instant of the facts lies in the window of this name in the vocabulary. Two that name the same are equal, wherever
/// they were written.
#[derive(Clone, Debug)]
pub struct Within {
    /// The name of the window.
    pub window: String,
    /// Where it was written, from the root of what was read.
    pub(super) written: Option<String>,
}

impl Within {
    /// In the window of this name.
    #[must_use]
    pub fn new(window: &str) -> Self {
        Self { window: window.to_owned(), written: None }
    }
}

impl PartialEq for Within {
    fn eq(&self, other: &Self) -> bool {
        self.window == other.window
    }
}

/// One test of one fact. Two tests that ask the same are equal, wherever they were written.
#[derive(Clone, Debug)]
pub struct Test {
    /// The name of the fact.
    pub fact: String,
    /// What is asked of it.
    pub operator: Operator,
    /// Where it was written, so that a finding points there.
    pub(super) written: Option<Written>,
}

/// JSON Pointers from the root of what was read.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) fact: String,
    pub(super) value: String,
}

impl Test {
    /// A test of a fact.
    #[must_use]
    pub fn new(fact: &str, operator: Operator) -> Self {
        Self { fact: fact.to_owned(), operator, written: None }
    }
}

impl Test {
    fn texts(&self) -> Vec<(&str, String)> {
        let Some(written) = &self.written else { return Vec::new() };
        match &self.operator {
            Operator::Is(one) | Operator::Contains(one) => {
                one.text().map(|text| (text, written.value.clone())).into_iter().collect()
            }
            Operator::In(several) => (0..)
                .zip(several)
                .filter_map(|(at, one): (u32, _)| Some((one.text()?, format!("{}/{at}", written.value))))
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl PartialEq for Test {
    fn eq(&self, other: &Self) -> bool {
        (&self.fact, &self.operator) == (&other.fact, &other.operator)
    }
}

/// What a test asks of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// It has this value; a set has this member.
    Is(Literal),
    /// It has one of these values; a set has one of these members.
    In(Vec<Literal>),
    /// It is this or higher in the order of its domain.
    AtLeast(Literal),
    /// It is this or lower in the order of its domain.
    AtMost(Literal),
    /// The set has this member.
    Contains(Literal),
    /// Something is known of it (`true`), or nothing (`false`).
    Exists(bool),
    /// The text, or a member of the set, is exactly this, or begins with it where it ends in `*`.
    Matches(String),
}

/// The operators of the long form.
pub(super) const OPERATORS: [&str; 7] = ["is", "in", "at_least", "at_most", "contains", "exists", "matches"];

/// Names that no fact may have, because they mean something in a condition or in facts.
pub(super) const RESERVED: [&str; 7] = ["all", "any", "not", "within", "fact", "at", "recipient_zone"];

impl Condition {
    /// The texts that a fact is compared with, each with where it was written.
    pub(crate) fn compared(&self, fact: &str) -> Vec<(&str, String)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(|part| part.compared(fact)).collect(),
            Self::Not(part) => part.compared(fact),
            Self::Test(test) if test.fact == fact => test.texts(),
            Self::Test(_) | Self::Within(_) => Vec::new(),
        }
    }

    /// One test.
    #[must_use]
    pub fn test(fact: &str, operator: Operator) -> Self {
        Self::Test(Test::new(fact, operator))
    }

    /// The condition that always holds.
    #[must_use]
    pub const fn always() -> Self {
        Self::All(Vec::new())
    }

    /// What holds on its own: the alternatives of a list, each with its pointer, or the whole.
    pub(crate) fn alternatives(&self) -> Vec<(String, &Self)> {
        let Self::Any(parts) = self else { return vec![(String::new(), self)] };
        let alternative = |(at, part): (usize, &'_ Self)| {
            let short = format!("/{at}");
            let is_short = part.written().is_some_and(|it| it.starts_with(&format!("{short}/")));
            if is_short { short } else { format!("/any/{at}") }
        };
        parts.iter().enumerate().map(|(at, part)| (alternative((at, part)), part)).collect()
    }

    /// Where the first part of it was written.
    fn written(&self) -> Option<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().find_map(Self::written),
            Self::Not(part) => part.written(),
            Self::Test(test) => test.written.as_ref().map(|it| it.fact.as_str()),
            Self::Within(within) => within.written.as_deref(),
        }
    }

    /// Every test in it, in the order written.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Test(test) => vec![test],
            Self::Within(_) => Vec::new(),
        }
    }
}
