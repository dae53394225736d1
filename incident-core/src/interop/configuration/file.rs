//! What is read, and what the caller decides.

use crate::id::TeamId;
use crate::time::Timestamp;

use super::{ConfigurationTool, ProviderIds};

/// A file of an export: JSON, JSON Lines, or the state of Terraform as JSON.
///
/// The name is more than a label: the answer to "list the overrides of a schedule" does not say of which schedule, so it
/// is looked for in the name.
///
/// ```
/// use incident_core::interop::ConfigurationFile;
///
/// let file = ConfigurationFile { name: "overrides-PI7DH85.json".to_owned(), bytes: br#"{"overrides": []}"#.to_vec() };
/// assert_eq!(file.bytes.len(), 17);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConfigurationFile {
    /// Its name, as findings give it; a path where several have one name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How to read: everything that no export says by itself.
///
/// ```
/// use incident_core::interop::ConfigurationOptions;
///
/// let options = ConfigurationOptions { team: Some("payments".parse()?), ..ConfigurationOptions::default() };
/// assert_eq!(options.tool, None);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigurationOptions {
    /// The tool; absent to tell it by the shape.
    pub tool: Option<ConfigurationTool>,
    /// Whose everything is that belongs to no team; a team named as the tool where absent.
    pub team: Option<TeamId>,
    /// The side file: which of our ids is which of theirs. What it names keeps its name.
    pub ids: ProviderIds,
    /// When the export was made. What had ended by then is left out, with a note; everything is kept where absent.
    pub exported_at: Option<Timestamp>,
}
