//! What stands in place of the rotations for a while, who is away, and what really was.

use serde::{Deserialize, Serialize};

use super::one_or_many;
use crate::id::PersonId;
use crate::time::{Days, Moment, Timestamp, Zone};

/// An exception from the rotations: exactly one of `temporary`, `cover`, `replace`, `remove` and `add`.
///
/// At one instant a temporary schedule hides everything; a cover stands in place of the rotations; `replace` acts only
/// on people who are on call, and never on one whom another put there; `remove` beats `add` for the same person.
///
/// ```
/// use incident_core::{Format, ScheduleOverride, Source};
///
/// let text = "replace = 'bo'\nwith = 'ana'\ndays = '2026-12-24..2026-12-26'\nbecause = 'family'";
/// let family: ScheduleOverride = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(family.days, Some("2026-12-24..2026-12-26".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleOverride {
    /// Who alone is on call; an empty list leaves a gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "one_or_many::read_some", serialize_with = "one_or_many::write_some")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<one_or_many::OneOrMany<PersonId>>"))]
    pub temporary: Option<Vec<PersonId>>,
    /// Who is on call in place of the rotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "one_or_many::read_some", serialize_with = "one_or_many::write_some")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<one_or_many::OneOrMany<PersonId>>"))]
    pub cover: Option<Vec<PersonId>>,
    /// Whom somebody stands in for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace: Option<PersonId>,
    /// Who stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<PersonId>,
    /// Who is not on call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "one_or_many::read_some", serialize_with = "one_or_many::write_some")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<one_or_many::OneOrMany<PersonId>>"))]
    pub remove: Option<Vec<PersonId>>,
    /// Who is on call beside the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "one_or_many::read_some", serialize_with = "one_or_many::write_some")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<one_or_many::OneOrMany<PersonId>>"))]
    pub add: Option<Vec<PersonId>>,
    /// Which cover wins where several cover at once: the highest; equal ones unite. Zero if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// Whole days, both ends included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
    /// From when, where it is no whole days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Until when; it is no longer so then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// The zone of its days and local times. That of the first rotation that lists the replaced or removed person if
    /// absent, else that of the first rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where it comes from, such as the name of a file, where it is not the schedule itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Somebody is away.
///
/// ```
/// use incident_core::{Absence, Format, Source};
///
/// let absence: Absence = Source::parse("person = 'ana'\ndays = '2026-12-24'", Format::Toml)?.read()?;
/// assert_eq!(absence.person.as_str(), "ana");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Absence {
    /// Who.
    pub person: PersonId,
    /// Whole days in the person's zone, both ends included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
    /// From when, where it is no whole days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Until when; the person is back then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where it comes from, such as the name of a calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Who really was on call in a stretch of time; nothing is computed there.
///
/// ```
/// use incident_core::{Format, RecordedHistory, Source};
///
/// let text = "from = 2026-11-01T00:00:00Z\nuntil = 2026-12-01T00:00:00Z\n[[shifts]]\nperson = 'ana'\nfrom = 2026-11-02T08:00:00Z\nuntil = 2026-11-09T08:00:00Z";
/// let november: RecordedHistory = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(november.shifts.len(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecordedHistory {
    /// Since when all of it is recorded; since ever if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Timestamp,
    /// Who, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<RecordedShift>,
}

/// Somebody was on call.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecordedShift {
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}
