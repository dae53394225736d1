//! Every code of an error or a finding, once: documentation and the types of three languages come from this table.

use serde::{Deserialize, Serialize};

/// A stable code, `room.reason`, of an error or a finding.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Code(&'static str);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all: Vec<_> = ALL.iter().map(|(code, _)| code.0).collect();
        schemars::json_schema!({ "description": "A stable code, `room.reason`, of an error or a finding.", "enum": all })
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let known = ALL.iter().find(|(code, _)| code.0 == text);
        known.map(|(code, _)| *code).ok_or_else(|| serde::de::Error::custom("unknown code"))
    }
}

/// Declares every code once; documentation and the types of three languages come from here.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $NAME:ident = $code:literal;)*) => {
        $($(#[doc = $doc])+ pub const $NAME: Code = Code($code);)*
        /// Every code with what it means; a code may be retired, never reused.
        pub const ALL: &[(Code, &str)] = &[$((Code($code), concat!($($doc),+))),*];
    };
}

codes! {
    /// The text is not JSON.
    NOT_JSON = "contract.not_json";
    /// The text is not TOML.
    NOT_TOML = "contract.not_toml";
    /// The text is not YAML.
    NOT_YAML = "contract.not_yaml";
    /// A name is there twice.
    DUPLICATE_KEY = "contract.duplicate_key";
    /// It is larger than what is taken.
    TOO_LARGE = "contract.too_large";
    /// It is nested more deeply than what is taken.
    TOO_DEEP = "contract.too_deep";
    /// A field has the wrong shape.
    BAD_FIELD = "contract.bad_field";
    /// A field that nobody knows.
    UNKNOWN_FIELD = "contract.unknown_field";
    /// A required field is absent.
    MISSING_FIELD = "contract.missing_field";
    /// The value cannot be written as JSON: a cycle, a NaN, a date without zone.
    NOT_A_VALUE = "contract.not_a_value";
    /// No such operation, or it was called on another noun.
    UNKNOWN_OPERATION = "contract.unknown_operation";
    /// Not an RFC 3339 instant with an offset, in the years 0001 to 9999.
    BAD_INSTANT = "time.bad_instant";
    /// Not a duration such as `15m`, `1h30m` or `PT15M`.
    BAD_DURATION = "time.bad_duration";
    /// An instant without an offset or a zone.
    NO_OFFSET = "time.no_offset";
    /// An instant was finer than a microsecond, or a leap second.
    PRECISION_LOST = "time.precision_lost";
    /// Not a civil day such as `2026-11-22`.
    BAD_DATE = "time.bad_date";
    /// Not the length of a turn such as `1 week`.
    BAD_TURN = "time.bad_turn";
    /// Not a term such as `15m`, `3 days` or `5 business days`.
    BAD_TERM = "time.bad_term";
    /// No hours such as `Mon-Fri 09:00-17:00`.
    BAD_WINDOW = "time.bad_window";
    /// No time zone of the IANA database.
    UNKNOWN_ZONE = "time.unknown_zone";
    /// Not a share such as `25%`.
    BAD_SHARE = "number.bad_share";
    /// An id is empty, too long, or has characters that no id has.
    BAD_ID = "id.bad_id";
    /// A fact is not defined soundly: its values, its bounds or its name.
    BAD_FACT = "condition.bad_fact";
    /// Neither the long nor the short form of a condition.
    BAD_CONDITION = "condition.bad_form";
    /// No such operator in a condition.
    UNKNOWN_OPERATOR = "condition.unknown_operator";
    /// A pattern is exact, or a beginning followed by one `*`.
    BAD_PATTERN = "condition.bad_pattern";
    /// No such fact in the vocabulary.
    UNKNOWN_FACT = "condition.unknown_fact";
    /// Not a value of this fact.
    BAD_VALUE = "condition.bad_value";
    /// `at_least` or `at_most` of a fact without an order.
    NO_ORDER = "condition.no_order";
    /// `contains` of a fact that is not a set.
    NOT_A_SET = "condition.not_a_set";
    /// `matches` of a fact that is not text.
    NOT_TEXT = "condition.not_text";
    /// No such window in the vocabulary.
    UNKNOWN_WINDOW = "condition.unknown_window";
    /// A condition that never holds, whatever the facts are.
    NEVER_HOLDS = "condition.never_holds";
    /// A condition that always holds, whatever the facts are.
    ALWAYS_HOLDS = "condition.always_holds";
    /// A condition distinguishes too many combinations for an exact answer.
    CONDITION_TOO_MANY = "condition.too_many_combinations";
    /// A name that is not among the people.
    UNKNOWN_PERSON = "directory.unknown_person";
    /// A name that is not among the teams.
    UNKNOWN_TEAM = "directory.unknown_team";
    /// A name that is not among the areas.
    UNKNOWN_AREA = "directory.unknown_area";
    /// The chain of command goes round.
    CYCLIC_LEAD = "directory.cyclic_lead";
    /// Areas need each other in a circle.
    CYCLIC_DEPENDENCY = "directory.cyclic_dependency";
    /// Somebody is listed as their own buddy.
    SELF_BUDDY = "directory.self_buddy";
    /// An area has no expert.
    NO_EXPERTS = "directory.no_experts";
    /// An area has one expert only.
    ONE_EXPERT = "directory.one_expert";
    /// A person has no zone.
    PERSON_WITHOUT_ZONE = "directory.no_zone";
    /// An incident needs a title.
    EMPTY_TITLE = "incident.empty_title";
    /// A title has at most 200 characters.
    LONG_TITLE = "incident.long_title";
    /// Somebody else appended first.
    STALE = "incident.stale";
    /// The log does not begin with `declared`, or its numbers have a hole.
    BROKEN_LOG = "incident.broken_log";
    /// It was acknowledged before.
    ALREADY_ACKNOWLEDGED = "incident.already_acknowledged";
    /// It cannot be resolved yet; the findings say what is missing.
    UNMET = "incident.unmet";
    /// Nobody has acknowledged it.
    NOT_ACKNOWLEDGED = "incident.not_acknowledged";
    /// It was not quiet for long enough.
    NOT_QUIET = "incident.not_quiet";
    /// This person may not resolve it.
    NOT_ALLOWED = "incident.not_allowed";
    /// The column map cannot be used as it is.
    COLUMN_MAP = "history.column_map";
    /// A column that the map names is not in the file.
    NO_COLUMN = "history.no_column";
    /// A time says in no zone, and the column map names none.
    NO_ZONE = "history.no_zone";
    /// The file holds nothing.
    EMPTY_FILE = "history.empty_file";
    /// The file is no text in UTF-8.
    BINARY_FILE = "history.binary_file";
    /// A line is no JSON object, or the file is one JSON list.
    NOT_JSON_LINES = "history.not_json_lines";
    /// A zipped file ends too early.
    CUT_FILE = "history.cut_file";
    /// A line has bytes that are not UTF-8.
    NOT_UTF8 = "history.not_utf8";
    /// A quote is opened and not closed.
    UNCLOSED_QUOTE = "history.unclosed_quote";
    /// A row has more or fewer cells than the header.
    RAGGED_ROW = "history.ragged_row";
    /// A cell is not what the column map says that it is.
    BAD_CELL = "history.bad_cell";
    /// A local time comes twice, when the clock is set back.
    AMBIGUOUS_TIME = "history.ambiguous_time";
    /// A local time does not exist, because the clock was set forward.
    SKIPPED_TIME = "history.skipped_time";
    /// A text is longer than what is kept.
    CUT_TEXT = "history.cut_text";
    /// A value has no other name in the column map, where others have.
    UNMAPPED_VALUE = "history.unmapped_value";
    /// One id names several rows that differ.
    DUPLICATE_ID = "history.duplicate_id";
    /// The parts of a history's document do not fit.
    BROKEN_DOCUMENT = "history.broken_document";
    /// No such metric.
    UNKNOWN_METRIC = "history.unknown_metric";
    /// A metric's milestone is in no incident.
    NO_MILESTONE = "history.no_milestone";
    /// Incidents were over without ever coming to the end of the metric.
    NEVER_REACHED = "history.never_reached";
    /// Incidents ended after `as_of`; they were open then.
    ENDED_LATER = "history.ended_later";
    /// Incidents that took no time.
    ZERO_LENGTH = "history.zero_length";
    /// Incidents that are open for longer than almost all others took.
    STALE_OPEN = "history.stale_open";
}
