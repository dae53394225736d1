//! What other tools send, read as what we know: bytes in, candidates and findings out.
//!
//! [`read`] never panics and never fails because of one bad field: what can be read is read, what cannot is a finding
//! with its pointer, and what has no place here is kept in `extensions` as it came.
//!
//! - `import` what reading gives; `options` what the caller decides, such as which label becomes which fact.
//! - `detect` tells the formats apart by their shape; one file a tool reads it.
//! - `configuration/` schedules and escalation policies of other tools, as files of teams.
//! - `field` JSON as it came, numbers of any size included; `reading` what every reader shares; `instant` time in every
//!   shape.

mod alertmanager;
mod configuration;
mod detect;
mod field;
mod fingerprint;
mod import;
mod instant;
mod options;
mod reading;

#[cfg(test)]
mod tests;

pub use configuration::{
    CompiledConfiguration, ConfigurationAudit, ConfigurationDrift, ConfigurationFile, ConfigurationForm,
    ConfigurationImport, ConfigurationOptions, ConfigurationOrigin, ConfigurationTool, InventoryLine, ProviderIds,
    ProviderObject, ToolIds, audit, compile, drift, read_configuration,
};
pub use detect::read;
pub use import::{Import, ImportFormat, Orphan};
pub use options::{LabelFact, Options};
