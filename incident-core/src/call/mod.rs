//! The one door: every operation by name, JSON text in, JSON text or a handle out.
//!
//! A file per room registers its operations with `operations!`; both bindings, their types, facades and documentation,
//! and the vectors follow from [`operations`].

mod handle;
mod incident;
mod register;

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

/// One row of the table.
#[derive(Debug)]
pub struct Operation {
    /// `Noun.method`.
    pub name: &'static str,
    /// `new` (no receiver), `view` (reads it) or `verb` (changes it).
    pub kind: &'static str,
    /// Markdown, a line a line.
    pub doc: &'static str,
    /// Handles that come as arguments: name and noun.
    pub with: &'static [(&'static str, &'static str)],
    /// The shapes of the arguments and of the answer.
    #[cfg(feature = "schema")]
    pub shape: fn(&mut schemars::SchemaGenerator) -> [schemars::Schema; 2],
    run: fn(Option<&Handle>, &[&Handle], &str) -> Result<Answer>,
}

/// Every operation, by room.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    [incident::OPERATIONS].into_iter().flatten()
}

/// Runs one operation.
///
/// # Errors
/// Those of the operation, and `contract.*`.
pub fn call(name: &str, this: Option<&Handle>, with: &[&Handle], args: &str) -> Result<Answer> {
    static BY_NAME: LazyLock<Vec<&Operation>> = LazyLock::new(|| {
        let mut rows: Vec<_> = operations().collect();
        rows.sort_by_key(|row| row.name);
        rows
    });
    let row = BY_NAME.binary_search_by_key(&name, |row| row.name).ok().and_then(|at| BY_NAME.get(at));
    let row = row.ok_or_else(|| Error::invalid(codes::UNKNOWN_OPERATION, format!("no operation `{name}`")))?;
    (row.run)(this, with, args)
}

/// The whole contract as one document: operations, types and codes.
#[cfg(feature = "schema")]
#[must_use]
pub fn contract() -> serde_json::Value {
    use serde_json::json;
    let mut types = schemars::SchemaGenerator::default();
    types.subschema_for::<crate::Finding>();
    let operations: Vec<_> = operations()
        .map(|row| {
            let [args, answer] = (row.shape)(&mut types);
            json!({ "name": row.name, "kind": row.kind, "doc": row.doc, "with": row.with, "args": args, "answer": answer })
        })
        .collect();
    let codes: Vec<_> =
        crate::codes::ALL.iter().map(|(code, doc)| json!({ "code": code, "doc": doc.trim() })).collect();
    json!({ "operations": operations, "types": types.take_definitions(true), "codes": codes })
}

/// An error as the text that the facades read.
#[must_use]
pub fn error_text(error: &Error) -> String {
    serde_json::to_string(error).unwrap_or_default()
}
