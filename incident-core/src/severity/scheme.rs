//! The scheme: an order, rules bound to a vocabulary, and what each severity owes.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{KEYS, SeverityDefinition, SeveritySchemeDocument};
use super::matrix::SeverityMatrix;
use super::response::Response;
use super::unknown::UnknownPolicy;
use crate::codes;
use crate::condition::{BoundCondition, Condition, Vocabulary, refuse};
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::SeverityId;
use crate::text::{Source, nearest, pointer_step};

/// A severity scheme bound to the vocabulary of its rules: a loaded scheme can classify.
///
/// ```
/// use incident_core::{Fact, Facts, Format, SeverityScheme, Source, Vocabulary, Worse};
///
/// let vocabulary = Vocabulary::new()
///     .with("loss", Fact::ordered(["none", "partial", "full"])?.worse(Worse::Higher).words("is", "the loss is {}"))?
///     .with("data_lost", Fact::flag().worse(Worse::Higher).words("true", "data was lost").ask("was any data lost?"))?;
/// let text = r#"
/// order = ["sev1", "sev2", "sev3"]
/// sev1.when = [{ data_lost = true }, { loss = "full" }]
/// sev2.when = { loss = "partial" }
/// "#;
/// let scheme = SeverityScheme::read(&Source::parse(text, Format::Toml)?, &vocabulary)?;
/// assert!(scheme.check().is_empty());
/// let answer = scheme.classify(&Facts::new().with("loss", "partial"))?;
/// assert_eq!(answer.why, "SEV2 because the loss is partial; SEV1 if data was lost. Ask: was any data lost?");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SeverityScheme {
    document: SeveritySchemeDocument,
    vocabulary: Vocabulary,
    /// Worst first, in the order written within a severity.
    rules: Vec<Rule>,
    source: Option<Source>,
}

/// One rule: where it holds, the severity is at least this.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The place of the severity in the order, 0 the worst. The number of severities stands for none.
    pub(super) rank: usize,
    /// Its pointer in the document.
    pub(super) path: String,
    /// Whether it is the severity of everything else.
    pub(super) otherwise: bool,
    pub(super) condition: BoundCondition,
}

impl SeverityScheme {
    /// Binds a scheme to the vocabulary of its rules; facts of its own are added to it.
    ///
    /// # Errors
    /// All problems as findings, the first one as the error: `severity.empty_order`, `severity.duplicate`,
    /// `severity.unknown_severity`, `severity.asks_the_time`, `severity.bad_matrix`, `condition.*`.
    pub fn of(document: SeveritySchemeDocument, vocabulary: &Vocabulary) -> Result<Self> {
        Self::bind(document, vocabulary, None)
    }

    /// Reads a scheme from a document in TOML, YAML or JSON; findings have their place in it.
    ///
    /// # Errors
    /// `contract.*` for what cannot be read, and those of [`SeverityScheme::of`].
    pub fn read(source: &Source, vocabulary: &Vocabulary) -> Result<Self> {
        Self::bind(source.read()?, vocabulary, Some(source.clone()))
    }

    /// A scheme whose rules are the cells of a matrix.
    ///
    /// # Errors
    /// Those of [`SeverityScheme::of`].
    pub fn matrix(order: Vec<SeverityId>, matrix: SeverityMatrix, vocabulary: &Vocabulary) -> Result<Self> {
        Self::of(
            SeveritySchemeDocument { order, matrix: Some(matrix), ..SeveritySchemeDocument::default() },
            vocabulary,
        )
    }

    fn bind(document: SeveritySchemeDocument, vocabulary: &Vocabulary, source: Option<Source>) -> Result<Self> {
        let mut binder = Binder { document: &document, problems: Vec::new() };
        let vocabulary = binder.vocabulary(vocabulary);
        binder.names();
        let rules = binder.rules(&vocabulary);
        let problems = binder.problems;
        match &source {
            Some(source) => {
                // With their places, also where there is but one.
                let placed = source.place(problems);
                refuse(placed.clone()).map_err(|error| Error { findings: placed, ..error })?;
            }
            None => refuse(problems)?,
        }
        Ok(Self { document, vocabulary, rules, source })
    }

    /// The severities, worst first.
    #[must_use]
    pub fn order(&self) -> &[SeverityId] {
        &self.document.order
    }

    /// What a severity is called in a sentence: its label, or its name in capitals where that is letters and a number.
    #[must_use]
    pub fn name(&self, severity: &SeverityId) -> String {
        let label = self.document.severities.get(severity).and_then(|it| it.label.clone());
        label.unwrap_or_else(|| {
            let id = severity.as_str();
            let letters = id.trim_end_matches(|c: char| c.is_ascii_digit());
            let plain =
                letters.len() < id.len() && letters.len() <= 4 && letters.bytes().all(|c| c.is_ascii_lowercase());
            if plain { id.to_ascii_uppercase() } else { id.to_owned() }
        })
    }

    /// What a severity owes.
    ///
    /// # Errors
    /// `severity.unknown_severity`
    pub fn response(&self, severity: &SeverityId) -> Result<Response> {
        self.rank(severity)?;
        Ok(self.document.severities.get(severity).map(|it| it.owes.clone()).unwrap_or_default())
    }

    /// Whether one severity is worse than another.
    ///
    /// # Errors
    /// `severity.unknown_severity`
    pub fn is_worse(&self, one: &SeverityId, other: &SeverityId) -> Result<bool> {
        Ok(self.rank(one)? < self.rank(other)?)
    }

    /// What is answered while the facts do not settle it.
    #[must_use]
    pub fn unknown(&self) -> &UnknownPolicy {
        &self.document.unknown
    }

    /// A severity as it is written; absent where only the order names it.
    #[must_use]
    pub fn definition(&self, severity: &SeverityId) -> Option<&SeverityDefinition> {
        self.document.severities.get(severity)
    }

    /// The facts that its rules may ask for.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The scheme as it was written.
    #[must_use]
    pub fn document(&self) -> &SeveritySchemeDocument {
        &self.document
    }

    /// The scheme as one document that needs no vocabulary: every fact is in it.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let facts = self.vocabulary.facts().map(|(name, fact)| (name.to_owned(), fact.clone())).collect();
        decode::to_text(&SeveritySchemeDocument { facts, ..self.document.clone() })
    }

    /// A scheme from what [`SeverityScheme::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*` with a pointer, and those of [`SeverityScheme::of`].
    pub fn from_json(text: &str) -> Result<Self> {
        Self::of(decode::from_text(text)?, &Vocabulary::new())
    }

    /// The place of a severity in the order.
    pub(super) fn rank(&self, severity: &SeverityId) -> Result<usize> {
        self.order().iter().position(|it| it == severity).ok_or_else(|| unknown_severity(self.order(), severity).0)
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(super) fn document_matrix(&self) -> Option<&SeverityMatrix> {
        self.document.matrix.as_ref()
    }

    /// The severity of a rank; none for the rank that stands for none.
    pub(super) fn severity(&self, rank: usize) -> Option<&SeverityId> {
        self.order().get(rank)
    }

    /// The name of a rank.
    pub(super) fn name_of(&self, rank: usize) -> String {
        self.severity(rank).map_or_else(|| "no severity".to_owned(), |severity| self.name(severity))
    }

    /// Findings with their places, where it was read from text.
    pub(super) fn place(&self, findings: Vec<Finding>) -> Vec<Finding> {
        match &self.source {
            Some(source) => source.place(findings),
            None => findings,
        }
    }
}

/// An error for a severity that the order does not have, and its help.
fn unknown_severity(order: &[SeverityId], severity: &SeverityId) -> (Error, Option<String>) {
    let help =
        nearest(severity.as_str(), order.iter().map(SeverityId::as_str)).map(|near| format!("did you mean `{near}`?"));
    let error = Error::invalid(codes::NO_SUCH_SEVERITY, format!("there is no severity `{severity}` in the order"));
    (help.iter().fold(error, |error, help| error.hint(help)), help)
}

struct Binder<'a> {
    document: &'a SeveritySchemeDocument,
    problems: Vec<Finding>,
}

impl Binder<'_> {
    fn vocabulary(&mut self, given: &Vocabulary) -> Vocabulary {
        let mut vocabulary = given.clone();
        for (name, fact) in &self.document.facts {
            match vocabulary.clone().reworded(name, fact.clone()) {
                Ok(with) => vocabulary = with,
                Err(error) => {
                    let mut finding = error.to_finding();
                    finding.path.insert_str(0, "/facts");
                    self.problems.push(finding);
                }
            }
        }
        vocabulary
    }

    fn names(&mut self) {
        let order = &self.document.order;
        if order.is_empty() {
            self.problem(codes::EMPTY_ORDER, "/order", "a scheme needs at least one severity");
        }
        let mut seen = BTreeSet::new();
        for (at, severity) in order.iter().enumerate() {
            let path = format!("/order/{at}");
            if !seen.insert(severity) {
                self.problem(codes::DUPLICATE_SEVERITY, &path, &format!("`{severity}` stands in the order twice"));
            }
            if KEYS.contains(&severity.as_str()) {
                self.problem(
                    codes::DUPLICATE_SEVERITY,
                    &path,
                    &format!("`{severity}` is a key of the scheme, not a severity"),
                );
            }
        }
        let document = self.document;
        let tables = document.severities.keys().map(|it| (pointer_step(it.as_str()), it));
        let policy = document.unknown.named().map(|(key, it)| (format!("/unknown/{key}"), it));
        let cells: Vec<_> = document.matrix.iter().flat_map(SeverityMatrix::rules).collect();
        let cells = cells.iter().map(|(path, it, _)| (path.clone(), *it));
        for (path, severity) in tables.chain(policy).chain(cells).filter(|(_, it)| !document.order.contains(it)) {
            let (error, help) = unknown_severity(&document.order, severity);
            let finding = Finding::new(Level::Error, codes::NO_SUCH_SEVERITY, path, error.message);
            self.problems.push(help.into_iter().fold(finding, Finding::help));
        }
    }

    fn rules(&mut self, vocabulary: &Vocabulary) -> Vec<Rule> {
        let document = self.document;
        if let Some(matrix) = &document.matrix {
            self.problems.extend(matrix.check(vocabulary));
        }
        let cells: Vec<_> = document.matrix.iter().flat_map(SeverityMatrix::rules).collect();
        let mut rules = Vec::new();
        for (rank, severity) in document.order.iter().enumerate() {
            let when = document.severities.get(severity).and_then(|it| it.when.as_ref());
            let root = pointer_step(severity.as_str());
            let mut conditions: Vec<(String, BoundCondition)> = Vec::new();
            if let Some(when) = when {
                let when_at = format!("{root}/when");
                for (at, part) in when.alternatives() {
                    let bound = part.bind_at(&when_at, &at, vocabulary, &mut self.problems);
                    conditions.push((format!("{when_at}{at}"), bound));
                }
            }
            for (path, _, cell) in cells.iter().filter(|(_, it, _)| *it == severity) {
                // What is wrong with a cell is told of the matrix.
                conditions.push((path.clone(), cell.bind_at(path, "", vocabulary, &mut Vec::new())));
            }
            let by_default = matches!(document.unknown.named(), Some(("default", it)) if it == severity);
            let last = rank + 1 == document.order.len();
            let otherwise = when.is_none() && conditions.is_empty() && (last || !by_default);
            if otherwise {
                conditions.push((root, Condition::always().bind_at("", "", vocabulary, &mut Vec::new())));
            }
            for (path, condition) in conditions {
                if condition.asks_the_time() {
                    let message = "severity measures harm, and harm does not depend on the hour";
                    self.problem(codes::SCHEME_ASKS_TIME, &path, message);
                }
                rules.push(Rule { rank, path, otherwise, condition });
            }
        }
        rules
    }

    fn problem(&mut self, code: crate::Code, path: &str, message: &str) {
        self.problems.push(Finding::new(Level::Error, code, path, message));
    }
}

/// How many severities each rank has rules for.
pub(super) fn rules_by_rank(rules: &[Rule]) -> BTreeMap<usize, Vec<usize>> {
    let mut by_rank: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        by_rank.entry(rule.rank).or_default().push(at);
    }
    by_rank
}
