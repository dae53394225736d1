//! The files of a handbook as they are written.

mod calendar;
mod org;
mod route;
mod team;

pub use calendar::CalendarDays;
pub use org::OrgDocument;
pub use route::PolicyRoute;
pub use team::TeamDocument;

use std::collections::BTreeMap;

use crate::id::{AudienceId, SeverityId};
use crate::severity::Cadence;

/// Which audience hears when, by severity.
pub(super) type Cadences = BTreeMap<AudienceId, BTreeMap<SeverityId, Cadence>>;
