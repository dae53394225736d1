//! Text from outside: read with places, escaped for every output, scanned before it leaves.
//!
//! - [`Source`] reads JSON, TOML and YAML with all problems at once, each with file, line and column.
//! - [`escape`] turns untrusted text into text of HTML, Markdown, Slack, CSV and the terminal, never into markup.
//! - [`leak`] finds secrets, addresses, hosts and tickets in what is about to be published.

pub mod escape;
pub mod leak;
mod near;
mod source;

pub(crate) use near::{capital, nearest, short};
pub use source::{Format, Source};
pub(crate) use source::{Tree, TreeValue, pointer_step};
