//! Formats told apart by their shape.

use crate::codes;
use crate::error::{Error, Result};
use crate::limits::LIMITS;

use super::field::{Field, Object};
use super::{Import, ImportFormat, Options, alertmanager};

/// Reads what a tool sent. One bad field is a finding, never an error; reading the same bytes twice gives the same.
///
/// # Errors
/// `contract.not_json`, if it is no JSON in UTF-8; `contract.too_large`; `interop.unknown_format`, if it has the shape of
/// nothing that is read, or not that of the format asked for; `interop.ambiguous_format`, if it could be of several: name
/// one in the options
pub fn read(bytes: &[u8], options: &Options) -> Result<Import> {
    LIMITS.document(bytes.len())?;
    let text = std::str::from_utf8(bytes).map_err(|no| {
        let message = format!("byte {} is not UTF-8", no.valid_up_to());
        Error::invalid(codes::NOT_JSON, message).hint("give the body as it was sent, unzipped")
    })?;
    let root = Field::root(text.trim_start_matches('\u{feff}'))?;
    let format = match options.format {
        Some(format) => format,
        None => detect(&root)?,
    };
    match root.object().filter(alertmanager::is_group) {
        Some(group) => Ok(alertmanager::read(&root, &group, format, options)),
        None => Err(unknown(&format!("it has not the shape of `{format}`"))),
    }
}

/// The one format whose shape it has.
fn detect(root: &Field<'_>) -> Result<ImportFormat> {
    let group = root.object().filter(alertmanager::is_group);
    let fits: Vec<_> = group.iter().flat_map(fitting).collect();
    match fits.as_slice() {
        [format] => Ok(*format),
        [] => Err(unknown("it has the shape of nothing that is read")),
        several => {
            let message = format!("it may be {}", listed(several, " or "));
            Err(Error::invalid(codes::AMBIGUOUS_FORMAT, message).hint("name the format"))
        }
    }
}

/// Alertmanager and Grafana send one shape; the version tells them apart, and an organisation is Grafana's.
fn fitting(group: &Object<'_>) -> Vec<ImportFormat> {
    let version = group.field("version").and_then(|version| version.text());
    match (version.as_deref(), group.field("orgId").is_some()) {
        (Some("4"), false) => vec![ImportFormat::Alertmanager],
        (Some("1"), _) | (None, true) => vec![ImportFormat::Grafana],
        _ => ImportFormat::ALL.to_vec(),
    }
}

fn unknown(message: &str) -> Error {
    Error::invalid(codes::UNKNOWN_FORMAT, message).hint(format!("{} are read", listed(&ImportFormat::ALL, " and ")))
}

fn listed(formats: &[ImportFormat], and: &str) -> String {
    formats.iter().map(|format| format!("`{format}`")).collect::<Vec<_>>().join(and)
}
