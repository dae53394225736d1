//! The configuration of other tools: schedules and escalation policies read as files of teams, whoever exported them how.
//!
//! [`read_configuration`] never panics and never fails because of one bad field: what can be read is read, what cannot is
//! a finding with file and pointer, and what cannot be said in files is a finding `interop.not_expressible`.
//!
//! - `file` what is read, `import` what reading gives, `ids` the side file of providers' ids, `tool` the tools.
//! - `detect` tells objects apart by their shape, a table a tool; `terraform` finds them in states; `record` is such an
//!   object, seen perhaps in several files.
//! - `people` matches people by e-mail, `names` makes ids of names, `draft` takes what a tool's reader gives, `ladder`
//!   turns levels into tracks, `rotation`, `weekly` and `zones` what it is about time into what people write, `losses`
//!   says what cannot be said, `assemble` writes one document a team.
//! - [`compile`] writes files for a tool: `plan` is what a writer gets, `written` the JSON that it writes, `compare` finds
//!   what reading its answer back shows to be lost.
//! - [`audit`] finds what is wrong with what was read, [`drift`] compares what is live with files, `convert` writes what was
//!   read as a folder of files.
//! - `choices` settles tables in which the first line that fits decides, `priorities` makes severities of what such lines
//!   ask, `exceptions` writes spans of overrides, `whose` finds out of what a list is.
//! - One folder a tool: what it has and what it cannot say, its schedules, its policies.

mod assemble;
mod audit;
mod choices;
mod compare;
mod compile;
mod convert;
mod detect;
mod draft;
mod drift;
mod exceptions;
mod file;
mod goalert;
mod grafana;
mod ids;
mod import;
mod incident_io;
mod ladder;
mod losses;
mod names;
mod opsgenie;
mod pagerduty;
mod people;
mod plan;
mod priorities;
mod read;
mod record;
mod rotation;
mod terraform;
mod tool;
mod weekly;
mod whose;
mod written;
mod zones;

#[cfg(test)]
mod moving;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

pub use audit::{ConfigurationAudit, audit};
pub use compile::{CompiledConfiguration, ConfigurationForm, compile};
pub use drift::{ConfigurationDrift, drift};
pub use file::{ConfigurationFile, ConfigurationOptions};
pub use ids::{ProviderIds, ProviderObject, ToolIds};
pub use import::{ConfigurationImport, ConfigurationOrigin, InventoryLine};
pub use read::read_configuration;
pub use tool::ConfigurationTool;
