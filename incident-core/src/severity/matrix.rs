//! Severity from two facts, such as impact and urgency: a constructor of rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::condition::{Condition, FactKind, Literal, Operator, Vocabulary};
use crate::finding::{Finding, Level};
use crate::id::SeverityId;
use crate::text::{nearest, pointer_step};

/// A severity for each pair of values of two facts. Each cell is one rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityMatrix {
    /// The fact whose values are the rows, such as `impact`.
    pub rows: String,
    /// The fact whose values are the columns, such as `urgency`.
    pub columns: String,
    /// The severities: by value of the row, then by value of the column.
    pub cells: BTreeMap<String, BTreeMap<String, SeverityId>>,
}

impl SeverityMatrix {
    /// Every cell: its pointer from the root of the scheme, its severity, its rule.
    pub(super) fn rules(&self) -> impl Iterator<Item = (String, &SeverityId, Condition)> {
        self.cells.iter().flat_map(move |(row, cells)| {
            cells.iter().map(move |(column, severity)| {
                let is = |fact: &str, value: &str| Condition::test(fact, Operator::Is(Literal::from(value)));
                let both = vec![is(&self.rows, row), is(&self.columns, column)];
                (format!("{}{}", path(row), pointer_step(column)), severity, Condition::All(both))
            })
        })
    }

    /// What is wrong with its facts and its values.
    pub(super) fn check(&self, vocabulary: &Vocabulary) -> Vec<Finding> {
        let mut problems = Vec::new();
        let mut listed = |at: &str, fact: &str| {
            let mut problem = |code, message| {
                problems.push(Finding::new(Level::Error, code, at, message));
                None
            };
            match vocabulary.fact(fact) {
                None => problem(codes::UNKNOWN_FACT, format!("there is no fact `{fact}`")),
                Some(it) if !matches!(it.kind(), FactKind::Ordered | FactKind::Choice) => problem(
                    codes::BAD_MATRIX,
                    format!("`{fact}` does not list its values, so it makes no rows or columns"),
                ),
                Some(it) => Some(it.values().to_vec()),
            }
        };
        let rows = listed("/matrix/rows", &self.rows);
        let columns = listed("/matrix/columns", &self.columns);
        let mut known = |values: &Option<Vec<String>>, value: &str, fact: &str, at: String| {
            let Some(values) = values.as_ref().filter(|values| !values.iter().any(|it| it == value)) else { return };
            let finding =
                Finding::new(Level::Error, codes::BAD_VALUE, at, format!("`{value}` is not a value of `{fact}`"));
            problems.push(match nearest(value, values.iter().map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            });
        };
        for (row, cells) in &self.cells {
            known(&rows, row, &self.rows, path(row));
            for column in cells.keys() {
                known(&columns, column, &self.columns, format!("{}{}", path(row), pointer_step(column)));
            }
        }
        problems
    }

    /// Rows that say the same as a row before them, and columns: the values are told apart and never matter.
    pub(super) fn alike(&self, vocabulary: &Vocabulary) -> Vec<Finding> {
        let values = |fact: &str| vocabulary.fact(fact).map(|it| it.values().to_vec()).unwrap_or_default();
        let (rows, columns) = (values(&self.rows), values(&self.columns));
        let cell = |row: &str, column: &str| self.cells.get(row).and_then(|cells| cells.get(column));
        let row = |value: &String| columns.iter().map(|column| cell(value, column)).collect::<Vec<_>>();
        let column = |value: &String| rows.iter().map(|row| cell(row, value)).collect::<Vec<_>>();
        let rows_alike =
            alike(&rows, row).into_iter().map(|(value, like)| finding(&path(value), &self.rows, value, like));
        let columns_alike = alike(&columns, column)
            .into_iter()
            .map(|(value, like)| finding("/matrix/columns", &self.columns, value, like));
        rows_alike.chain(columns_alike).collect()
    }
}

fn path(row: &str) -> String {
    format!("/matrix/cells{}", pointer_step(row))
}

/// Each value whose line equals that of a value before it.
fn alike<L: PartialEq>(values: &[String], line: impl Fn(&String) -> L) -> Vec<(&String, &String)> {
    let same = |(at, value): (usize, &'_ String)| values.iter().take(at).position(|before| line(before) == line(value));
    let pairs = values.iter().enumerate().filter_map(|(at, value)| Some((value, same((at, value))?)));
    pairs.filter_map(|(value, before)| Some((value, values.get(before)?))).collect()
}

fn finding(at: &str, fact: &str, value: &str, like: &str) -> Finding {
    let message = format!(
        "`{value}` says the same as `{like}` everywhere: this matrix never tells these values of `{fact}` apart"
    );
    Finding::new(Level::Warning, codes::ALIKE, at, message)
        .help("merge the two values, or let one cell differ")
        .fact("fact", fact)
        .fact("value", value)
        .fact("like", like)
}
