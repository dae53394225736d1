//! A schedule as it is written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::handoff::Handoff;
use super::member::RotationMember;
use super::one_or_many;
use super::overrides::{Absence, RecordedHistory, ScheduleOverride};
use crate::directory::Person;
use crate::id::PersonId;
use crate::time::{Date, Elapsed, Hours, Moment, Turn, Zone};

/// An on-call schedule as people write it: rotations in order, what deviates from them, and who is away.
///
/// ```
/// use incident_core::{Format, Schedule, Source};
///
/// let text = r#"
/// [[rotation]]
/// name    = "primary"
/// zone    = "Europe/Berlin"
/// turn    = "1 week"
/// start   = 2026-12-07
/// handoff = "Mon 08:00"
/// members = ["ana", "bo", { join = "cy", on = 2027-01-18 }]
///
/// [[override]]
/// replace = "bo"
/// with    = "ana"
/// days    = "2026-12-24..2026-12-26"
/// "#;
/// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
/// assert_eq!(schedule.document().rotation.len(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleDocument {
    /// The form of the document: `incident-core/schedule/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/schedule/v1")))]
    pub schema: Option<String>,
    /// The people it names, for their zones; names are not checked where it is empty.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, Person>,
    /// Lists of days by name, for `except`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<String, BTreeSet<Date>>,
    /// Its rotations; the first listed wins where several are active.
    pub rotation: Vec<Rotation>,
    /// What stands in place of the rotations for a while.
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<ScheduleOverride>,
    /// Who is away, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absence: Vec<Absence>,
    /// Who really was on call; beats what would be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<RecordedHistory>,
}

/// People who take turns.
///
/// ```
/// use incident_core::{Format, Rotation, Source};
///
/// let text = "zone = 'Europe/Berlin'\nturn = ['4 days', '3 days']\nstart = 2026-12-07\nmembers = ['ana', ['bo', 'cy']]";
/// let rotation: Rotation = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(rotation.turn.len(), 2);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rotation {
    /// What it is called; `rotation 1` for the first where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The zone of its clock.
    pub zone: Zone,
    /// When it is active; absent for whatever the rotations before it leave open.
    #[serde(default, deserialize_with = "one_or_many::read", serialize_with = "one_or_many::write")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "one_or_many::OneOrMany<Hours>"))]
    pub hours: Vec<Hours>,
    /// The calendar on whose days no window begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<String>,
    /// The days of the month on which windows begin; absent for all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub days: BTreeSet<u32>,
    /// How long a turn lasts, or several lengths in turn; absent where nobody takes turns and the first is always due.
    #[serde(default, deserialize_with = "one_or_many::read", serialize_with = "one_or_many::write")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "one_or_many::OneOrMany<Turn>"))]
    pub turn: Vec<Turn>,
    /// When it begins: the first handoff on it or after it is that of turn 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// At what time, and on which day of the week, turns change; that of `start` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Handoff>,
    /// How long a shift lasts from its handoff, where that is less than the turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasts: Option<Elapsed>,
    /// Who takes turns, in order, with whoever joins and leaves on a day.
    pub members: Vec<RotationMember>,
    /// How many members each turn takes; one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrent: Option<u32>,
    /// Nobody is on call from it before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Nobody is on call from it from this on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Which turns count: all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<TurnCount>,
    /// Whether turns of hours follow the clock on the wall; they are elapsed hours if absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wall_clock: bool,
    /// Whether it shares duty with the rotation listed before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub together: bool,
    /// Its rank where a schedule is imported from a tool that ranks by number: the higher wins, equal ones share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// What to do when everybody who is due is away: leave the shift empty, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_absent: Option<IfAbsent>,
}

/// Which units of a turn count.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TurnCount {
    /// All of them: a turn wholly outside the windows is consumed.
    All,
    /// Those in which a window begins: a turn of three days is three such days.
    ActiveOnly,
}

/// What happens to a shift whose people are away.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum IfAbsent {
    /// It stays, with nobody in it.
    Empty,
    /// The next rotation takes it.
    FallThrough,
}
