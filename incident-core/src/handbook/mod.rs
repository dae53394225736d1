//! The rules of teams and of their organisation, as files in version control: read, checked and written as one value.
//!
//! - `document/` what people write; `rules` what one file comes to; `shared` what it may refer to besides; `holidays` days
//!   from a calendar.
//! - `book` the noun; `check` everything that is wrong, `report` with proofs and with what a change does; `route` which
//!   policy an incident gets.
//! - `layout/` how it looks: the formatter, and files written as people write them.

mod book;
mod check;
mod document;
mod holidays;
mod layout;
mod report;
mod route;
mod rules;
mod shared;

pub use book::{Handbook, RuleFile};
pub use document::{CalendarDays, OrgDocument, PolicyRoute, TeamDocument};
pub use layout::format_document;
pub use report::{HandbookReport, TeamChange, TeamReport};
pub use route::RouteTaken;

#[cfg(test)]
mod tests;
