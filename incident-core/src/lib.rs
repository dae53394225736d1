//! The incident lifecycle as a library: the record, the rules, the paging, the retrospective and the statistics.
#![forbid(unsafe_code)]

pub mod codes;
mod decode;
mod error;
mod finding;
mod id;
mod incident;
pub mod stats;
mod time;

#[cfg(feature = "call")]
pub mod call;

pub use codes::Code;
pub use decode::Unknown;
pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, Level};
pub use id::{IncidentId, PersonId};
pub use incident::{Acknowledged, Declared, Entry, Event, Incident, ResolvePolicy, Resolved, Stamp};
pub use stats::{Estimate, Interval, IntervalMethod, Invalid, NoNumber, Unit};
pub use time::{Elapsed, Timestamp};
