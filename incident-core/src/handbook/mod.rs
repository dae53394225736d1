//! The rules of teams and of their organisation, as files in version control: read, checked and written as one value.
//!
//! - `document/` what people write.
//! - `layout/` how it looks: the formatter, and files written as people write them.

mod document;
mod layout;

pub use document::{CalendarDays, OrgDocument, PolicyRoute, TeamDocument};
pub use layout::format_document;
