//! The entrance of the formatter.

use toml_edit::Document;

use crate::codes;
use crate::error::{Error, Result};
use crate::text::{Format, Source};

use super::{json, read, short};

/// A document of ours in its canonical form, TOML or JSON: the same values in the same order with every comment, in
/// aligned columns. Formatting twice changes nothing more.
///
/// The format is taken from the file's name or the text where absent; the file's name stands in the places of errors.
/// What the document says is not checked, only that it is TOML or JSON. Conditions in the long form become short ones
/// where no comment stands in them. Lines end in `\n` and are at most 120 characters wide, unless a text is longer.
///
/// # Errors
/// `handbook.no_layout` for YAML, whose comments could not be kept. `contract.not_toml`, `contract.not_json`,
/// `contract.duplicate_key`, `contract.not_a_value`, `contract.too_large`, `contract.too_deep`, with the place.
///
/// ```
/// use incident_core::format_document;
///
/// let text = "[people]   # by id\nana={zone='Europe/Berlin',lead='hana'}\nhana={ zone = 'Europe/Berlin' }\n";
/// let formatted = format_document(text, None, Some("teams/payments.toml"))?;
/// assert_eq!(formatted, r#"[people]                               # by id
/// ana  = { zone = "Europe/Berlin", lead = "hana" }
/// hana = { zone = "Europe/Berlin" }
/// "#);
/// # Ok::<(), incident_core::Error>(())
/// ```
pub fn format_document(text: &str, format: Option<Format>, file: Option<&str>) -> Result<String> {
    let format = format.unwrap_or_else(|| Format::of(file, text));
    if format == Format::Yaml {
        let error = Error::invalid(codes::NO_LAYOUT, "YAML is left as it is: its comments could not be kept");
        return Err(error.hint("keep the document as TOML to have it formatted"));
    }
    let source = Source::open(text, Some(format), file)?;
    let is_scheme = source.tree().has("order") && !source.tree().has("severity");
    let around: &[&str] = if is_scheme { &["severity"] } else { &[] };
    let shortened = short::conditions(source.tree(), around);
    if format == Format::Json {
        return Ok(json::print(source.tree(), &shortened));
    }
    let document: Document<String> = Document::parse(text.to_owned())
        .map_err(|no| Error::invalid(codes::NOT_TOML, no.message().replace('\n', ", ")))?;
    Ok(read::page(text, &document, &shortened).spaced().print())
}
