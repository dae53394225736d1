//! The one door: every operation by name, JSON text in, JSON text or a handle out.
//!
//! A file per room registers its operations with `operations!`; both bindings, their types, facades and documentation,
//! and the vectors follow from [`operations`].

mod backtest;
mod condition;
mod configuration;
#[cfg(feature = "schema")]
mod contract;
mod directory;
mod escalation;
mod handbook;
mod handle;
mod history;
mod ical;
mod incident;
mod interop;
pub mod lane;
mod layout;
mod oncall;
mod proof;
mod register;
mod retrospective;
mod severity;
mod text;

#[cfg(feature = "schema")]
pub use contract::contract;
pub use handle::{Handle, Noun};

use crate::codes;
use crate::error::{Error, Result};
use std::sync::LazyLock;

/// What an operation answers.
#[derive(Debug)]
pub enum Answer {
    /// JSON text.
    Text(String),
    /// Something to live with.
    Handle(Handle),
}

/// What an operation is given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The receiver.
    pub this: Option<&'a Handle>,
    /// Handles that come as arguments.
    pub with: &'a [&'a Handle],
    /// Bytes that come as arguments: they stay beside the text, so nothing in them is touched.
    pub bytes: &'a [&'a [u8]],
    /// Everything else, as a JSON object.
    pub args: &'a str,
}

/// One row of the table.
#[derive(Debug)]
pub struct Operation {
    /// `Noun.method`, or `function`.
    pub name: &'static str,
    /// `new` (no receiver), `view` (reads it) or `verb` (changes it).
    pub kind: &'static str,
    /// Whether it may take long: a promise in Node.
    pub slow: bool,
    /// Markdown, a line a line.
    pub doc: &'static str,
    /// Handles that come as arguments: name and noun.
    pub with: &'static [(&'static str, &'static str)],
    /// Bytes that come as arguments, by name.
    pub bytes: &'static [&'static str],
    /// The arguments that make up its stamp, where it has one.
    pub stamp: &'static [&'static str],
    /// The shapes of the arguments and of the answer.
    #[cfg(feature = "schema")]
    pub shape: fn(&mut schemars::SchemaGenerator) -> [schemars::Schema; 2],
    room: &'static str,
    run: fn(&Given<'_>) -> Result<Answer>,
}

impl Operation {
    /// The room that registers it.
    #[must_use]
    pub fn room(&self) -> &'static str {
        self.room.split("::").skip_while(|part| *part != "call").nth(1).unwrap_or_default()
    }
}

/// Every operation, by room.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    [
        // A line a room, in the order of the floors.
        text::OPERATIONS,
        condition::OPERATIONS,
        directory::OPERATIONS,
        ical::OPERATIONS,
        severity::OPERATIONS,
        oncall::schedule::OPERATIONS,
        oncall::reports::OPERATIONS,
        incident::begin::OPERATIONS,
        incident::lifecycle::OPERATIONS,
        incident::people::OPERATIONS,
        incident::learning::OPERATIONS,
        incident::record::OPERATIONS,
        history::OPERATIONS,
        backtest::OPERATIONS,
        escalation::OPERATIONS,
        proof::OPERATIONS,
        retrospective::OPERATIONS,
        handbook::OPERATIONS,
        layout::OPERATIONS,
        interop::OPERATIONS,
        configuration::OPERATIONS,
    ]
    .into_iter()
    .flatten()
}

/// Runs one operation.
///
/// # Errors
/// Those of the operation, and `contract.*`.
pub fn call(name: &str, given: &Given<'_>) -> Result<Answer> {
    static BY_NAME: LazyLock<Vec<&Operation>> = LazyLock::new(|| {
        let mut rows: Vec<_> = operations().collect();
        rows.sort_by_key(|row| row.name);
        rows
    });
    let row = BY_NAME.binary_search_by_key(&name, |row| row.name).ok().and_then(|at| BY_NAME.get(at));
    let row = row.ok_or_else(|| Error::invalid(codes::UNKNOWN_OPERATION, format!("no operation `{name}`")))?;
    (row.run)(given)
}

/// An error as the text that the facades read.
#[must_use]
pub fn error_text(error: &Error) -> String {
    serde_json::to_string(error).unwrap_or_default()
}
