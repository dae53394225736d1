//! The facts that conditions may speak of, and the windows they may name.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::fact::Fact;
use super::facts::Facts;
use super::language::RESERVED;
use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::text::{nearest, pointer_step};
use crate::time::Window;

/// Which facts exist, what each may be, and which windows have a name.
///
/// ```
/// use incident_core::{Fact, Facts, Vocabulary, Worse};
///
/// let vocabulary = Vocabulary::new()
///     .with("loss", Fact::ordered(["none", "partial", "full"])?.worse(Worse::Higher))?
///     .with("customers", Fact::share().worse(Worse::Higher))?;
/// vocabulary.check(&Facts::new().with("loss", "partial").with("customers", "8%"))?;
/// let slip = vocabulary.check(&Facts::new().with("los", "partial")).unwrap_err();
/// assert_eq!(slip.hint.as_deref(), Some("did you mean `loss`?"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Vocabulary {
    /// The facts by name.
    pub(super) facts: BTreeMap<String, Fact>,
    /// The windows that `within` may name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(super) windows: BTreeMap<String, Window>,
}

impl Vocabulary {
    /// One without facts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with one fact more.
    ///
    /// # Errors
    /// `condition.bad_fact` where the name is reserved (`all`, `any`, `not`, `within`, `fact`, `at`,
    /// `recipient_zone`), empty, or stands for something else already.
    pub fn with(mut self, name: &str, fact: Fact) -> Result<Self> {
        let bad = |message: String| Err(Error::invalid(codes::BAD_FACT, message).at(pointer_step(name)));
        if name.is_empty() || RESERVED.contains(&name) {
            return bad(format!("`{name}` cannot be the name of a fact: it means something in conditions"));
        }
        if self.facts.get(name).is_some_and(|known| *known != fact) {
            return bad(format!("the fact `{name}` is defined twice, differently"));
        }
        self.facts.insert(name.to_owned(), fact);
        Ok(self)
    }

    /// The same, with one fact more; where it is there already with the same values, its words are replaced.
    ///
    /// # Errors
    /// As [`Vocabulary::with`].
    pub(crate) fn reworded(mut self, name: &str, fact: Fact) -> Result<Self> {
        if self.facts.get(name).is_some_and(|known| known.same_domain(&fact)) {
            self.facts.remove(name);
        }
        self.with(name, fact)
    }

    /// The same, with a window that `within` may name.
    #[must_use]
    pub fn with_window(mut self, name: &str, window: Window) -> Self {
        self.windows.insert(name.to_owned(), window);
        self
    }

    /// The same, with all facts and windows of another.
    ///
    /// # Errors
    /// `condition.bad_fact` where a name stands for different things in the two.
    pub fn and(mut self, other: &Self) -> Result<Self> {
        for (name, fact) in &other.facts {
            self = self.with(name, fact.clone())?;
        }
        self.windows.extend(other.windows.clone());
        Ok(self)
    }

    /// The fact of this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.get(name)
    }

    /// Every fact by name.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.facts.iter().map(|(name, fact)| (name.as_str(), fact))
    }

    /// The window of this name.
    #[must_use]
    pub fn window(&self, name: &str) -> Option<&Window> {
        self.windows.get(name)
    }

    /// Checks that every fact has a known name and a value of its domain.
    ///
    /// # Errors
    /// `condition.unknown_fact`, `condition.bad_value`: the first one with its pointer, all of them as findings.
    pub fn check(&self, facts: &Facts) -> Result<()> {
        let mut problems = Vec::new();
        for (name, value) in facts.values() {
            match self.facts.get(name) {
                None => problems.push(self.unknown_fact(name, pointer_step(name))),
                Some(fact) => problems.extend(value.read(name, fact).err().map(|it| it.to_finding())),
            }
        }
        refuse(problems)
    }

    pub(super) fn unknown_fact(&self, name: &str, path: impl Into<String>) -> Finding {
        let finding = Finding::new(Level::Error, codes::UNKNOWN_FACT, path, format!("there is no fact `{name}`"));
        match nearest(name, self.facts.keys().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            facts: BTreeMap<String, Fact>,
            #[serde(default)]
            windows: BTreeMap<String, Window>,
        }
        let Written { facts, windows } = Written::deserialize(from)?;
        let mut vocabulary = Self { facts: BTreeMap::new(), windows };
        for (name, fact) in facts {
            let inside = |mut error: Error| {
                error.path.insert_str(0, "/facts");
                decode::carry(error)
            };
            vocabulary = vocabulary.with(&name, fact).map_err(inside)?;
        }
        Ok(vocabulary)
    }
}

/// The first problem as an error that carries all of them.
pub(crate) fn refuse(problems: Vec<Finding>) -> Result<()> {
    let Some(first) = problems.first().cloned() else { return Ok(()) };
    let mut error = Error::invalid(first.code, first.message).at(first.path);
    error.hint = first.help;
    if problems.len() > 1 {
        error.findings = problems;
    }
    Err(error)
}
