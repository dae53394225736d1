//! Every code of an error or a finding, once: documentation and the types of three languages come from this table.

mod code;
mod named;

pub use code::Code;
pub use named::{CodeMeaning, named};

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
    /// No such code.
    UNKNOWN_CODE = "contract.unknown_code";
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
    /// It ends before it starts.
    ENDS_BEFORE_START = "time.ends_before_start";
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
    /// Words that have to be there are empty.
    EMPTY_TEXT = "incident.empty_text";
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
    /// Not a handoff such as `08:00` or `Mon 08:00`.
    BAD_HANDOFF = "oncall.bad_handoff";
    /// An entry of the members that is no name, no group, and no change on a day.
    BAD_MEMBER = "oncall.bad_member";
    /// A schedule without a rotation.
    NO_ROTATION = "oncall.no_rotation";
    /// A rotation without members.
    NO_MEMBERS = "oncall.no_members";
    /// Several members, or changes on a day, and no turns.
    NO_TURN = "oncall.no_turn";
    /// Turns without a start to count them from.
    MISSING_START = "oncall.missing_start";
    /// A start that is no handoff; turn 0 begins at the first one after it.
    START_NO_HANDOFF = "oncall.start_no_handoff";
    /// Lengths of turns that cannot be added up, such as hours and months.
    MIXED_TURNS = "oncall.mixed_turns";
    /// Turns that cannot count only active units.
    BAD_COUNT = "oncall.bad_count";
    /// A turn that takes nobody.
    BAD_CONCURRENT = "oncall.bad_concurrent";
    /// A length of shifts that is none, or without turns.
    BAD_SHIFT_LENGTH = "oncall.bad_shift_length";
    /// A day that no month has.
    BAD_MONTH_DAY = "oncall.bad_month_day";
    /// No such calendar.
    UNKNOWN_CALENDAR = "oncall.unknown_calendar";
    /// The first rotation shares with one before it.
    TOGETHER_WITH_NONE = "oncall.together_with_none";
    /// An event of a calendar that names nobody of the schedule.
    NAMES_NOBODY = "oncall.names_nobody";
    /// No such rotation in the schedule.
    UNKNOWN_ROTATION = "oncall.unknown_rotation";
    /// Somebody leaves who is in no entry before.
    LEAVES_NOTHING = "oncall.leaves_nothing";
    /// An override that does not do exactly one thing.
    BAD_OVERRIDE = "oncall.bad_override";
    /// An override or absence that does not say when.
    NO_SPAN = "oncall.no_span";
    /// More shifts in one answer than are told.
    TOO_MANY_SHIFTS = "oncall.too_many_shifts";
    /// Two rotations have one name.
    DUPLICATE_ROTATION = "oncall.duplicate_rotation";
    /// Some rotations have a priority and others have none.
    MIXED_PRIORITY = "oncall.mixed_priority";
    /// A rotation that shares with the one before it has a priority of its own, which counts for nothing.
    PRIORITY_IGNORED = "oncall.priority_ignored";
    /// A rotation that never has the duty.
    ROTATION_NEVER_ACTS = "oncall.rotation_never_acts";
    /// Somebody joins a rotation who is in it already.
    JOINS_TWICE = "oncall.joins_twice";
    /// Somebody joins a rotation when it has ended.
    JOINS_TOO_LATE = "oncall.joins_too_late";
    /// Somebody leaves a rotation before they join it.
    LEAVES_BEFORE_JOINING = "oncall.leaves_before_joining";
    /// An override that changes nothing.
    OVERRIDE_WITHOUT_EFFECT = "oncall.override_without_effect";
    /// Overrides of one kind for the same person, or in place of everything, hold at once.
    OVERLAPPING_OVERRIDES = "oncall.overlapping_overrides";
    /// An absence of somebody who is never on call.
    ABSENCE_WITHOUT_EFFECT = "oncall.absence_without_effect";
    /// A shift that nobody is left in.
    EMPTY_SHIFT = "oncall.empty_shift";
    /// A turn that begins and ends at one instant, where the clock skips the time between.
    TURN_WITHOUT_LENGTH = "oncall.turn_without_length";
    /// Windows that follow each other overlap where the clock is set back.
    WINDOWS_OVERLAP = "oncall.windows_overlap";
    /// Somebody was added to a rotation or removed from it without a day, so that others get other turns.
    TURN_ORDER_SHIFTED = "oncall.turn_order_shifted";
    /// Not a policy for unknown facts: an assumed severity, a default, or pending.
    BAD_UNKNOWN = "severity.bad_unknown";
    /// Not a cadence: a duration for the first update, and one for the others.
    BAD_CADENCE = "severity.bad_cadence";
    /// A matrix needs two facts that list their values.
    BAD_MATRIX = "severity.bad_matrix";
    /// A scheme without severities.
    EMPTY_ORDER = "severity.empty_order";
    /// A severity stands in the order twice, or has the name of a key.
    DUPLICATE_SEVERITY = "severity.duplicate";
    /// No such severity in the order.
    NO_SUCH_SEVERITY = "severity.unknown_severity";
    /// A rule for severity asks for the time of day.
    SCHEME_ASKS_TIME = "severity.asks_the_time";
    /// Some situation gets no severity.
    NOT_TOTAL = "severity.not_total";
    /// A worse situation gets a milder severity.
    NOT_MONOTONE = "severity.not_monotone";
    /// No situation gets this severity.
    UNREACHABLE_SEVERITY = "severity.unreachable_severity";
    /// A rule that never decides: it never holds, or a worse severity always holds too.
    UNREACHABLE_RULE = "severity.unreachable_rule";
    /// A rule without which every situation gets the same severity.
    REDUNDANT_RULE = "severity.redundant_rule";
    /// Two values that a matrix never tells apart.
    ALIKE = "severity.alike_values";
    /// An exact answer would distinguish too many combinations of facts.
    TOO_MANY = "severity.too_many_combinations";
    /// No such scheme among those that come with the library.
    UNKNOWN_PRESET = "severity.unknown_preset";
    /// Not a target of a page such as `on-call:primary`, `lead:1` or `person:ana`.
    BAD_TARGET = "escalation.bad_target";
    /// A policy says nowhere what happens when nobody is found.
    NO_OTHERWISE = "escalation.no_otherwise";
    /// A step has both a time and an occasion, or pages nobody.
    BAD_STEP = "escalation.bad_step";
    /// A time in a policy is negative, no whole minute, or longer than a year.
    BAD_STEP_TIME = "escalation.bad_time";
    /// A step repeats more often than anybody can bear.
    TOO_MANY_REPEATS = "escalation.too_many_repeats";
    /// No such window in the policy, or one that never opens.
    NO_SUCH_WINDOW = "escalation.unknown_window";
    /// Not a bound on hours such as `<= 14`.
    BAD_HOURS_LIMIT = "escalation.bad_limit";
    /// An exception without a reason.
    NO_REASON = "escalation.no_reason";
    /// Nobody is on call when an incident is declared.
    COVERAGE_HOLE = "escalation.coverage_hole";
    /// A step finds nobody at all when its time comes.
    STEP_FINDS_NOBODY = "escalation.step_finds_nobody";
    /// A step finds only people who are engaged already.
    STEP_ADDS_NOBODY = "escalation.step_adds_nobody";
    /// All steps that act reach the same person.
    SINGLE_PERSON = "escalation.single_person";
    /// A step pages whom an earlier one has surely paged.
    SHADOWED_STEP = "escalation.shadowed_step";
    /// A step waits for something that never happens.
    STEP_NEVER_REACHED = "escalation.never_reached";
    /// A step may wait for ever.
    UNBOUNDED_STEP = "escalation.unbounded_step";
    /// Nobody is paged when an incident is declared, but later.
    LATE_FIRST_PAGE = "escalation.late_first_page";
    /// A severity has no first response.
    NO_FIRST_RESPONSE = "escalation.no_first_response";
    /// Nobody is told at the end of a first response.
    ENDS_QUIETLY = "escalation.ends_quietly";
    /// A severity has no policy.
    SEVERITY_WITHOUT_POLICY = "escalation.severity_without_policy";
    /// A target has nobody in it.
    EMPTY_TARGET = "escalation.empty_target";
    /// Experts are asked for, and an area has none.
    AREA_WITHOUT_EXPERTS = "escalation.area_without_experts";
    /// No such schedule.
    UNKNOWN_SCHEDULE = "escalation.unknown_schedule";
    /// No such slot.
    UNKNOWN_SLOT = "escalation.unknown_slot";
    /// An exception has ended.
    ALLOWANCE_ENDED = "escalation.allowance_ended";
    /// An exception allows what is not found.
    ALLOWANCE_UNUSED = "escalation.allowance_unused";
    /// A policy requires nothing that could be proved.
    NOTHING_TO_PROVE = "escalation.nothing_to_prove";
    /// The turns of the teams that a policy pages by turns may begin in too many ways to look at all of them.
    TOO_MANY_STARTS = "escalation.too_many_starts";
    /// A code whose findings are not about what happens to an incident.
    NOT_EXPLAINED = "escalation.not_explained";
    /// No such policy among those that come with the library.
    NO_SUCH_PRESET = "escalation.unknown_preset";
    /// A host's clock is more than a year ahead of what an escalation was told before.
    TOO_FAR = "escalation.too_far";
    /// More was told to an escalation than anybody asks about.
    NOT_DRAINED = "escalation.not_drained";
    /// The state of an escalation came without its policy.
    NO_POLICY = "escalation.no_policy";
    /// An escalation keeps to another version of its policy.
    OTHER_VERSION = "escalation.other_version";
    /// The parts of the state of an escalation do not fit.
    BROKEN_STATE = "escalation.broken_state";
    /// Not an assumption about who acknowledges, such as `nobody`, `recorded` or `after 5m`.
    BAD_ASSUMPTION = "escalation.bad_assumption";
    /// A past incident that no policy can be run against.
    NOT_BACKTESTED = "escalation.not_backtested";
    /// Two backtests of different incidents, or under different assumptions.
    NOT_COMPARABLE = "escalation.not_comparable";
    /// A title has at most 200 characters.
    LONG_TITLE = "incident.long_title";
    /// Parts of what is said do not fit together.
    INCOMPLETE = "incident.incomplete";
    /// Somebody else appended first.
    STALE = "incident.stale";
    /// A key stands for one call, and this is another.
    KEY_REUSED = "incident.key_reused";
    /// Two entries with one number differ.
    DIFFERENT_ENTRY = "incident.different_entry";
    /// The log does not begin with `declared` or `proposed`, or its numbers have a hole.
    BROKEN_LOG = "incident.broken_log";
    /// The document is of a later version.
    NEWER_SCHEMA = "incident.newer_schema";
    /// This cannot be said first, or not again.
    NOT_NOW = "incident.not_now";
    /// This is not appended by hand.
    NOT_APPENDABLE = "incident.not_appendable";
    /// There is no such entry, or it is of another type.
    NO_SUCH_ENTRY = "incident.no_such_entry";
    /// An incident keeps its first entry.
    FIRST_ENTRY = "incident.first_entry";
    /// A correction says another thing altogether.
    OTHER_TYPE = "incident.other_type";
    /// The entry is redacted already.
    ALREADY_REDACTED = "incident.already_redacted";
    /// Somebody looks after it already.
    ALREADY_ACKNOWLEDGED = "incident.already_acknowledged";
    /// The lifecycle does not allow it.
    NOT_ALLOWED = "incident.not_allowed";
    /// It cannot be moved yet; the findings say what is missing.
    UNMET = "incident.unmet";
    /// Nobody has acknowledged it.
    NOT_ACKNOWLEDGED = "incident.not_acknowledged";
    /// It has no severity.
    NOT_CLASSIFIED = "incident.not_classified";
    /// Its severity is merely assumed.
    NOT_SETTLED = "incident.not_settled";
    /// It has no summary.
    NO_SUMMARY = "incident.no_summary";
    /// Tasks are open.
    OPEN_TASKS = "incident.open_tasks";
    /// Nobody knows what happened to data or security.
    NOT_ASSURED = "incident.not_assured";
    /// Areas are still disrupted.
    IMPACT_GOES_ON = "incident.impact_goes_on";
    /// Nobody has the role, or this person does not.
    ROLE_EMPTY = "incident.role_empty";
    /// A milestone was not reached.
    MILESTONE_MISSING = "incident.milestone_missing";
    /// It was not quiet for long enough.
    NOT_QUIET = "incident.not_quiet";
    /// They were not asked to take the role.
    NOT_ASKED = "incident.not_asked";
    /// The task is done or dropped.
    TASK_OVER = "incident.task_over";
    /// An incident is related to others, not to itself.
    ITSELF = "incident.itself";
    /// The other incident is no part of it.
    NOT_ABSORBED = "incident.not_absorbed";
    /// Milestones are the wrong way round.
    OUT_OF_ORDER = "incident.out_of_order";
    /// Something occurred after it was recorded.
    IN_THE_FUTURE = "incident.in_the_future";
    /// Nothing was known of it yet.
    NOT_YET = "incident.not_yet";
    /// The scale has no such severity.
    UNKNOWN_SEVERITY = "incident.unknown_severity";
    /// No person set the severity.
    NOT_OVERRIDDEN = "incident.not_overridden";
    /// The lifecycle does not hold together; the findings say why.
    BAD_LIFECYCLE = "incident.bad_lifecycle";
    /// The lifecycle has no such state.
    NO_SUCH_STATE = "incident.no_such_state";
    /// A state is there twice.
    DUPLICATE_STATE = "incident.duplicate_state";
    /// Nothing leads to a state.
    UNREACHABLE_STATE = "incident.unreachable_state";
    /// No end can be reached from a state.
    NO_END = "incident.no_end";
    /// Nothing leads from a resolved state back to work.
    NO_REOPENING = "incident.no_reopening";
    /// Nothing that a gate can need.
    BAD_REQUIREMENT = "incident.bad_requirement";
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
    /// It has the shape of nothing that is read, or not that of the format asked for.
    UNKNOWN_FORMAT = "interop.unknown_format";
    /// It has the shape of several formats.
    AMBIGUOUS_FORMAT = "interop.ambiguous_format";
    /// A time without a zone was read in the one that the caller gave.
    ZONE_GIVEN = "interop.zone_given";
    /// A label was taken for a fact.
    LABEL_TAKEN = "interop.label_taken";
    /// Alerts differ in what only one value can be of.
    VALUES_DIFFER = "interop.values_differ";
    /// An address that does not lead into the web.
    BAD_LINK = "interop.bad_link";
    /// A title was cut.
    CUT_TITLE = "interop.cut_title";
    /// The tool left alerts out.
    TRUNCATED = "interop.truncated";
    /// An alert has no fingerprint; it was computed.
    NO_FINGERPRINT = "interop.no_fingerprint";
    /// A group of alerts has no key.
    NO_GROUP_KEY = "interop.no_group_key";
    /// An alert says neither that it fires nor that it is over.
    UNKNOWN_STATUS = "interop.unknown_status";
    /// An alert fires and has an end, or is over and has none.
    UNCLEAR_END = "interop.unclear_end";
    /// Something of a tool cannot be said in files, or something in files cannot be said to a tool.
    NOT_EXPRESSIBLE = "interop.not_expressible";
    /// An export refers to something that is not in it.
    UNKNOWN_REFERENCE = "interop.unknown_reference";
    /// An export only names something, and does not say what is in it.
    REFERENCE_ONLY = "interop.reference_only";
    /// Something has no id of a tool in the side file.
    NO_PROVIDER_ID = "interop.no_provider_id";
    /// A tool's configuration is read and not written.
    NO_WRITER = "interop.no_writer";
    /// Nobody is on call in a schedule for some time.
    SCHEDULE_GAP = "interop.schedule_gap";
    /// A schedule that no policy asks, or in which nobody is on call.
    DORMANT_SCHEDULE = "interop.dormant_schedule";
    /// All pages of a policy go to one person.
    ONE_PERSON = "interop.one_person";
    /// What is live in a tool is not what stands in the files.
    DRIFTED = "interop.drifted";
    /// Something had ended when the export was made.
    ENDED = "interop.ended";
    /// What a tool computed shows in which order its layers count.
    LAYER_ORDER = "interop.layer_order";
    /// There were more findings than are told.
    MORE_FINDINGS = "interop.more_findings";
    /// The text holds no calendar.
    NOT_A_CALENDAR = "ical.not_a_calendar";
    /// A span without an instant in it.
    EMPTY_SPAN = "ical.empty_span";
    /// A line of a calendar cannot be read.
    BAD_LINE = "ical.bad_line";
    /// Parts of a calendar begin and end in the wrong order.
    BAD_STRUCTURE = "ical.bad_structure";
    /// A value of an event is not what it has to be.
    BAD_VALUE_IN_CALENDAR = "ical.bad_value";
    /// An event has no start.
    NO_START = "ical.no_start";
    /// An event ends before it begins.
    ENDS_BEFORE = "ical.ends_before";
    /// A recurrence rule cannot be read, or its parts do not go together.
    BAD_RULE = "ical.bad_rule";
    /// A recurrence each second is not expanded.
    TOO_FREQUENT = "ical.too_frequent";
    /// Expanding a recurrence would take too many steps.
    TOO_MANY_STEPS = "ical.too_many_steps";
    /// There are too many events in a calendar.
    TOO_MANY_EVENTS = "ical.too_many_events";
    /// An event has too many occurrences, or a calendar has.
    TOO_MANY_OCCURRENCES = "ical.too_many_occurrences";
    /// There is too much text in the occurrences of a calendar.
    TOO_MUCH_TEXT = "ical.too_much_text";
    /// A zone that a calendar defines cannot be read.
    BAD_ZONE = "ical.bad_zone";
    /// A zone was taken for one of the database.
    ZONE_MAPPED = "ical.zone_mapped";
    /// A zone was taken as the calendar defines it.
    ZONE_DEFINED = "ical.zone_defined";
    /// A calendar defines a zone otherwise than the database, which holds.
    ZONE_DIFFERS = "ical.zone_differs";
    /// An event says in no zone, and nobody else does.
    ICAL_NO_ZONE = "ical.no_zone";
    /// Whole days and times without a zone were read in some zone.
    FLOATING_TIME = "ical.floating_time";
    /// Something a calendar leaves open was read in one way.
    ASSUMED = "ical.assumed";
    /// A rule gives no occurrence at all.
    NEVER_OCCURS = "ical.never_occurs";
    /// An event begins when its rule gives no occurrence.
    START_NOT_IN_RULE = "ical.start_not_in_rule";
    /// A change was taken for all later occurrences too.
    THIS_AND_FUTURE = "ical.this_and_future";
    /// A change is of no occurrence of its event.
    NO_SUCH_OCCURRENCE = "ical.no_such_occurrence";
    /// A later version is in the same calendar.
    OLD_VERSION = "ical.old_version";
    /// Two events have one name.
    DUPLICATE_UID = "ical.duplicate_uid";
    /// An event does not last whole days.
    NOT_WHOLE_DAYS = "ical.not_whole_days";
    /// There were more findings than are told.
    ICAL_MORE_FINDINGS = "ical.more_findings";
    /// An event cannot be written.
    BAD_EVENT = "ical.bad_event";
    /// A calendar is a file that was not given.
    MISSING_FILE = "handbook.missing_file";
    /// Nothing says how bad an incident is.
    NO_SCHEME = "handbook.no_scheme";
    /// One name stands for several things.
    DUPLICATE_NAME = "handbook.duplicate_name";
    /// Two files are of the same team.
    DUPLICATE_TEAM = "handbook.duplicate_team";
    /// A file says that it is something else than the rules of a team or an organisation.
    UNKNOWN_DOCUMENT = "handbook.unknown_document";
    /// No such team.
    UNKNOWN_HANDBOOK_TEAM = "handbook.unknown_team";
    /// No such schedule.
    UNKNOWN_HANDBOOK_SCHEDULE = "handbook.unknown_schedule";
    /// No such policy.
    UNKNOWN_POLICY = "handbook.unknown_policy";
    /// No such column map.
    UNKNOWN_COLUMNS = "handbook.unknown_columns";
    /// What a policy promises does not hold, and no other finding says why.
    CLAIM_REFUTED = "handbook.claim_refuted";
    /// The viewer may see nothing of the incident.
    NOT_VISIBLE = "retrospective.not_visible";
    /// The document is no retrospective, or one of a later version.
    NOT_RETROSPECTIVE = "retrospective.other_schema";
    /// A document in YAML is not formatted: its comments could not be kept.
    NO_LAYOUT = "handbook.no_layout";
}
