//! Retrospectives: both a document that people read and data that programs read.
//!
//! [`Retrospective::draft`] writes down what the record knows, each sentence with the entries it comes from, and asks
//! people only what no record can know. Durations are computed, never typed.
//!
//! - `document` the noun and its JSON; `section`, `block` what it is made of; `template` which sections, in which zone.
//! - `draft/` one file for each part of the story that is drafted.
//! - `markdown` the canonical text for people.

mod block;
mod document;
mod draft;
mod markdown;
mod section;
mod template;

#[cfg(test)]
mod tests;

pub use block::{Bullets, CellTable, Perspective, Prose, Question, SectionBlock, Sentence, TableRow, Topic};
pub use document::Retrospective;
pub use section::{RetrospectiveSection, SectionKind};
pub use template::RetrospectiveTemplate;
