//! The operations of histories.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, de};

use super::register::operations;
use crate::decode::carry;
use crate::{ColumnMap, ColumnProposal, Finding, Format, History, HistoryRow, Metric, Summary, Timestamp};

operations! {
    Free:
        /// Reads a column map from text: TOML, YAML or JSON, seen from the text where `format` does not say.
        ///
        /// Invalid: `contract.*`, `time.unknown_zone`, `id.bad_id`; all problems at once.
        new read_columns(text: String, format: Option<Format>) -> Result<ColumnMap> {
            ColumnMap::parse(&text, format.unwrap_or_else(|| Format::of(None, &text)))
        }

        /// What is wrong with a column map, or probably wrong, before any file is read.
        new check_columns(columns: ColumnMap) -> Result<Vec<Finding>> {
            Ok(columns.check())
        }

        /// Proposes a column map for a CSV or JSON Lines file (also zipped), by its headers and first rows: as a value, and
        /// as TOML with samples beside it, for a person to complete.
        ///
        /// Invalid: `history.empty_file`, `history.binary_file`. Limit: `contract.too_large`.
        slow new propose_columns(data: &[u8]) -> Result<ColumnProposal> {
            ColumnMap::propose(data)
        }

    History:
        /// Reads a CSV file with a header line, also zipped by gzip; a bad row is a finding, never an error.
        ///
        /// Invalid: `history.column_map`, `history.no_column` (all of them at once), `history.no_zone`,
        /// `history.empty_file`, `history.binary_file`. Limit: `contract.too_large`.
        slow new from_csv(data: &[u8], columns: ColumnMap, as_of: Timestamp) -> Result<History> {
            History::from_csv(data, &columns, as_of)
        }

        /// Reads a JSON Lines file, one object a line, also zipped by gzip; a bad line is a finding, never an error.
        ///
        /// Invalid: `history.column_map`, `history.no_zone`, `history.empty_file`, `history.binary_file`,
        /// `history.not_json_lines`. Limit: `contract.too_large`.
        slow new from_jsonl(data: &[u8], columns: ColumnMap, as_of: Timestamp) -> Result<History> {
            History::from_jsonl(data, &columns, as_of)
        }

        /// A history from rows of your own.
        slow new from_rows(rows: Vec<HistoryRow>, as_of: Timestamp) -> Result<History> {
            Ok(History::from_rows(rows, as_of))
        }

        /// One metric over all incidents: a preset by name (`time_to_detect`, `time_to_acknowledge`,
        /// `time_to_identify`, `time_to_mitigate`, `time_to_resolve`), or your own.
        ///
        /// Invalid: `history.unknown_metric`.
        slow view summarize(history: &History, metric: Measure) -> Result<Summary> {
            Ok(history.summarize(&metric.0))
        }

        /// What the history says at first sight, as a page of text.
        slow view report(history: &History) -> Result<String> {
            Ok(history.report())
        }

        /// How many incidents there are.
        view len(history: &History) -> Result<usize> {
            Ok(history.len())
        }

        /// When it was so.
        view as_of(history: &History) -> Result<Timestamp> {
            Ok(history.as_of())
        }

        /// What was noticed while reading, by line.
        view findings(history: &History) -> Result<Vec<Finding>> {
            Ok(history.findings().to_vec())
        }
}

/// A metric as people write it: whole, or the name of a preset.
struct Measure(Metric);

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Either;
        impl<'de> de::Visitor<'de> for Either {
            type Value = Measure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a metric or the name of one")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> std::result::Result<Measure, E> {
                Metric::named(name).map(Measure).map_err(carry)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> std::result::Result<Measure, A::Error> {
                Metric::deserialize(MapAccessDeserializer::new(map)).map(Measure)
            }
        }
        from.deserialize_any(Either)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Measure {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Measure".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, types.subschema_for::<Metric>()] })
    }
}
