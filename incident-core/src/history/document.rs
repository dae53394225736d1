//! A history as a document, and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::id::MilestoneId;
use crate::time::Timestamp;

use super::column::Cell;
use super::row::HistoryRow;
use super::table::History;

const SCHEMA: &str = "incident-core/history/v1";

#[derive(Deserialize, Serialize)]
struct Document {
    schema: String,
    as_of: Timestamp,
    /// How many rows were read, those that were left out included.
    read: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    excluded: BTreeMap<String, u64>,
    rows: Vec<HistoryRow>,
    /// The line each row began on.
    lines: Vec<u64>,
    /// By milestone, the numbers of the rows where it cannot be read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unreadable: BTreeMap<MilestoneId, Vec<usize>>,
    /// Every milestone and category there is a column for, also where no row has one.
    milestones: Vec<MilestoneId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    categories: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
}

impl History {
    /// The history as a document, rows and findings; reading it again gives the same history.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        let unreadable = self.milestones.iter().filter_map(|(name, column)| {
            let rows: Vec<_> = (0..self.len()).filter(|row| column.get(*row) == Cell::Unreadable).collect();
            (!rows.is_empty()).then(|| (name.clone(), rows))
        });
        decode::to_text(&Document {
            schema: SCHEMA.to_owned(),
            as_of: self.as_of,
            read: self.read,
            excluded: self.excluded.clone(),
            rows: self.rows().collect(),
            lines: self.lines.clone(),
            unreadable: unreadable.collect(),
            milestones: self.milestones.keys().cloned().collect(),
            categories: self.categories.keys().cloned().collect(),
            findings: self.findings.clone(),
        })
    }

    /// A history from its document.
    ///
    /// # Errors
    /// `history.broken_document` if its parts do not fit, and `contract.*` with a pointer
    pub fn from_json(text: &str) -> Result<Self> {
        let document: Document = decode::from_text(text)?;
        let broken = |what: &str, at: &str| Err(Error::invalid(codes::BROKEN_DOCUMENT, what).at(at));
        if document.schema != SCHEMA {
            return broken("it is another kind of document", "/schema");
        }
        let count = document.rows.len();
        if document.lines.len() != count {
            return broken("there is not one line for each row", "/lines");
        }
        let left_out = document.excluded.values().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        if left_out.and_then(|left_out| left_out.checked_add(count as u64)) != Some(document.read) {
            return broken("the rows and those that were left out are not as many as were read", "/read");
        }
        if document.unreadable.values().flatten().any(|row| *row >= count) {
            return broken("there is no such row", "/unreadable");
        }
        let mut history = Self::empty(document.as_of);
        history.milestones = document.milestones.into_iter().map(|name| (name, Default::default())).collect();
        history.categories = document.categories.into_iter().map(|name| (name, Default::default())).collect();
        for row in &document.rows {
            history.push(row);
        }
        for (name, rows) in &document.unreadable {
            if let Some(column) = history.milestones.get_mut(name) {
                rows.iter().for_each(|row| column.set(*row, Cell::Unreadable));
            }
        }
        history.read = document.read;
        history.excluded = document.excluded;
        history.lines = document.lines;
        history.findings = document.findings;
        Ok(history)
    }
}
