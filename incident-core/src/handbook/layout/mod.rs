//! How files of rules look: one formatter for what people write, and a writer whose files a person could have written.
//!
//! Both end in the same [`page::Page`] of lines, which one printer sets: so `format(write(x)) == write(x)`.
//!
//! - `format` the entrance: a text in, the same text in its canonical form out
//! - `read` TOML to a page, with every comment; `json` sets JSON
//! - `write`, `shape` documents of ours to a page: which part is a table, which a line, and in what order
//! - `short` conditions in the form people write
//! - `page`, `blank` what is set, and where lines are left empty
//! - `print`, `columns`, `value`, `quote` setting it

mod blank;
mod columns;
mod format;
mod json;
mod page;
mod print;
mod quote;
mod read;
mod shape;
mod short;
mod value;
mod write;

pub use format::format_document;

/// No line is longer, unless something in it cannot be broken.
const WIDTH: usize = 120;

/// Where a comment after something short begins, counted from 0.
const COMMENT: usize = 39;

/// What is wider than this aligns nothing, so that one long name does not push everything aside.
const ALIGNED: usize = 60;

/// How wide a text is, in characters.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests;
