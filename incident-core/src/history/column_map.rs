//! Which column of a file says what: a document people write once per source.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::codes;
use crate::error::Result;
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::incident::IN_ORDER;
use crate::text::{Format, Source, nearest, pointer_step};
use crate::time::Zone;

use super::instant::InstantFormat;
use super::table::kind_named;

/// Which column of a CSV or JSON Lines file says what.
///
/// A column is named by its header; the second of two equal headers is `name#2`, and `a.b` is the member `b` of the
/// object `a` in JSON Lines. An instant is a column, or a column plus a length of time in another one:
/// `created_at + seconds_to_first_ack s`, in `ms`, `s` (where nothing is said), `min`, `h` or `d`.
///
/// ```
/// use incident_core::{ColumnMap, Format};
///
/// let map = ColumnMap::parse(
///     r#"
///     schema = "incident-core/column-map/v1"
///     id = "Incident Number"
///     zone = "Europe/Paris"                  # of times that do not say; never assumed
///     severity = "Urgency"
///     exclude = { "Service" = "sandbox" }
///
///     [milestones]
///     started = "Created At"
///     acknowledged = "Created At + seconds_to_first_ack"
///     resolved = "Resolved At"
///     "#,
///     Format::Toml,
/// )?;
/// assert!(map.check().is_empty());
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnMap {
    /// `incident-core/column-map/v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/column-map/v1")))]
    pub schema: Option<String>,
    /// The column of the incident's id; without one, rows are named by their line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The column of the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The columns of the instants: `started`, `detected`, `declared`, `acknowledged`, `identified`, `mitigated`,
    /// `resolved`, `closed`, and your own.
    pub milestones: BTreeMap<MilestoneId, String>,
    /// The zone of times that name none, such as `Europe/Berlin`. It is never assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// How a column writes its instants, where that cannot be seen: by `strftime` (`%d/%m/%Y %H:%M`), or `epoch_s`,
    /// `epoch_ms`, `epoch_us`, `epoch_ns`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub formats: BTreeMap<String, String>,
    /// The column of the severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// The column of the kind; `maintenance`, `drill` and `test` are left out of metrics, anything else is standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The column of the areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<String>,
    /// What stands between two areas in one cell, such as `;`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas_separator: Option<String>,
    /// Further categories by your name for them, each with its column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, String>,
    /// Other names for values, by category (`severity`, `kind`, `areas` or your own): `"1 - Critical" = "sev1"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Rows to leave out, and to count: a column with the values that leave a row out. One value may stand alone.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Values>"))]
    pub exclude: BTreeMap<String, Vec<String>>,
    /// What else means that there is no value, beside an empty cell, `null`, `none`, `nan`, `nat`, `n/a`, `-`, `\N` and
    /// the year 1 of Go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
    /// What stands between two cells of a CSV; seen from the header where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// What stands around a cell that holds the delimiter; `"` where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl ColumnMap {
    /// The schema of the document.
    pub const SCHEMA: &str = "incident-core/column-map/v1";

    /// Reads a column map.
    ///
    /// # Errors
    /// `contract.*`, `time.unknown_zone`, `id.bad_id`, each with its place; all problems at once
    pub fn parse(text: &str, format: Format) -> Result<Self> {
        Source::parse(text, format)?.read()
    }

    /// What is wrong with it, or probably wrong, before any file is read. Columns are looked for when a file is.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut report = |level, at: &str, message: String, help: &str| {
            let finding = Finding::new(level, codes::COLUMN_MAP, at, message);
            found.push(if help.is_empty() { finding } else { finding.help(help) });
        };
        if let Some(schema) = self.schema.as_deref().filter(|schema| *schema != Self::SCHEMA) {
            let message = format!("`{schema}` is another kind of document");
            report(Level::Error, "/schema", message, "write `incident-core/column-map/v1`");
        }
        if self.milestones.is_empty() {
            let message = "no column is mapped to a milestone".to_owned();
            report(Level::Error, "/milestones", message, "map at least `started` and `resolved`");
        }
        for name in self.milestones.keys().map(MilestoneId::as_str).filter(|name| !IN_ORDER.contains(name)) {
            if let Some(near) = nearest(name, IN_ORDER) {
                let at = format!("/milestones{}", pointer_step(name));
                let message = format!("`{name}` is a milestone of your own");
                report(Level::Warning, &at, message, &format!("did you mean `{near}`?"));
            }
        }
        for (column, format) in &self.formats {
            let at = format!("/formats{}", pointer_step(column));
            if InstantFormat::parse(format).is_none() {
                let help = "write `%d/%m/%Y %H:%M`, or one of `epoch_s`, `epoch_ms`, `epoch_us`, `epoch_ns`";
                report(Level::Error, &at, format!("`{format}` is not a format of instants"), help);
            }
            if !self.milestones.values().any(|used| used.contains(column.as_str())) {
                report(Level::Warning, &at, format!("no milestone reads the column `{column}`"), "");
            }
        }
        let known: BTreeSet<&str> =
            ["severity", "kind", "areas"].into_iter().chain(self.categories.keys().map(String::as_str)).collect();
        for (category, values) in &self.values {
            let at = format!("/values{}", pointer_step(category));
            if !known.contains(category.as_str()) {
                let help = nearest(category, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                report(Level::Error, &at, format!("`{category}` is no category here"), help.as_deref().unwrap_or(""));
            }
            if category == "kind" {
                for kind in values.values().filter(|kind| kind_named(kind).is_none()) {
                    let help = "kinds are `standard`, `maintenance`, `drill` and `test`";
                    report(Level::Error, &at, format!("`{kind}` is not a kind"), help);
                }
            }
        }
        for (at, given) in [("/delimiter", &self.delimiter), ("/quote", &self.quote)] {
            if let Some(text) = given.as_deref().filter(|text| single_byte(text).is_none()) {
                let message = format!("`{}` is not one character of ASCII", text.escape_debug());
                report(Level::Error, at, message, "write one such as `;`, or `\\t` for a tab");
            }
        }
        if self.delimiter.is_some() && self.delimiter == self.quote {
            report(Level::Error, "/quote", "the quote is also the delimiter".to_owned(), "");
        }
        if self.areas_separator.as_deref() == Some("") {
            report(Level::Error, "/areas_separator", "the separator is empty".to_owned(), "leave it out");
        }
        found
    }
}

/// A delimiter or a quote as the byte that it is.
pub(super) fn single_byte(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Some(*byte),
        _ => None,
    }
}

/// A list of values, or one that stands alone.
struct Values(Vec<String>);

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<BTreeMap<String, Vec<String>>, D::Error> {
    let values = BTreeMap::<String, Values>::deserialize(from)?;
    Ok(values.into_iter().map(|(column, Values(values))| (column, values)).collect())
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Either;
        impl<'de> de::Visitor<'de> for Either {
            type Value = Values;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list of values")
            }
            fn visit_str<E>(self, one: &str) -> std::result::Result<Values, E> {
                Ok(Values(vec![one.to_owned()]))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> std::result::Result<Values, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Values)
            }
        }
        from.deserialize_any(Either)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Values {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Values".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, types.subschema_for::<Vec<String>>()] })
    }
}
