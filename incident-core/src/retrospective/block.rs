//! What sections are made of. Texts are plain; whoever renders them escapes them.

use serde::{Deserialize, Serialize};

use crate::decode::tagged;
use crate::id::PersonId;
use crate::incident::Seq;

tagged! {
    /// A part of a section.
    pub enum SectionBlock {
        Prose = "prose",
        Bullets = "bullets",
        CellTable = "table",
        Topic = "topic",
        Perspective = "perspective",
        Question = "question",
    }
}

/// A sentence with the entries of the record that it comes from.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// Where it comes from.
    pub entries: Vec<Seq>,
}

impl Sentence {
    pub(super) fn new(text: impl Into<String>, entries: impl IntoIterator<Item = Seq>) -> Self {
        Self { text: text.into(), entries: entries.into_iter().collect() }
    }
}

/// Sentences that make a paragraph.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prose {
    /// In order.
    pub sentences: Vec<Sentence>,
}

/// Sentences that make a list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bullets {
    /// In order.
    pub items: Vec<Sentence>,
}

/// A table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellTable {
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// In order.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableRow {
    /// One for each column.
    pub cells: Vec<String>,
    /// Where it comes from.
    pub entries: Vec<Seq>,
}

/// What the blocks up to the next topic are about.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Topic {
    /// Its heading.
    pub title: String,
}

/// How one responder saw it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Perspective {
    /// Who.
    pub person: PersonId,
    /// What they took part in, in one sentence.
    pub part: Sentence,
    /// Their account; absent while they have not written one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Sentence>,
    /// That they will write none, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<Sentence>,
}

impl Perspective {
    /// Whether their account is still to come.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.account.is_none() && self.declined.is_none()
    }
}

/// What only people can say.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// The question; in Markdown it stands in italics, to be replaced.
    pub ask: String,
}
