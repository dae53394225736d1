//! The rules of teams and of their organisation, as files in version control: read, checked and written as one value.
//!
//! - `document/` what people write.

mod document;

pub use document::{CalendarDays, OrgDocument, PolicyRoute, TeamDocument};
