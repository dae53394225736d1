//! What reports tell, and what they may be told.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::directory::Person;
use crate::finding::Finding;
use crate::id::{PersonId, ScheduleId};
use crate::known::Share;
use crate::time::{Date, Elapsed, Timestamp, Window, Zone};

/// How much of a span somebody is on call.
///
/// Every instant counts once, so that two people at once never make up for an hour with nobody: `covered`, `empty` and
/// `uncovered` add up to the span.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleCoverage {
    /// The first instant looked at.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// With somebody on call.
    pub covered: Elapsed,
    /// With a shift and nobody in it.
    pub empty: Elapsed,
    /// Without a shift.
    pub uncovered: Elapsed,
    /// The covered share, rounded down to a hundredth of a percent: it is 1 only where nothing is missing.
    pub share: Share,
    /// Each stretch without a shift.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<ReportSpan>,
    /// Each stretch with a shift and nobody in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty_shifts: Vec<ReportSpan>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// A span of a report, told in local time.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportSpan {
    /// The first instant in it.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// How long it lasts.
    pub length: Elapsed,
    /// Who would be on call in it and is away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<PersonId>,
    /// When that is, and why, in one sentence.
    pub why: String,
}

/// What a load is counted by.
///
/// ```
/// use incident_core::{Format, LoadOptions, Source};
///
/// let text = "holidays = [2026-12-25]\nasleep = { zone = 'recipient', hours = 'daily 23:00-06:00' }\npeople = { ana = { zone = 'Europe/Berlin' } }";
/// let options: LoadOptions = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(options.holidays.len(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadOptions {
    /// People with their zones, beside those that the schedules have; these come first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, Person>,
    /// When people sleep; 22:00 to 07:00 of the person's own clock if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asleep: Option<Window>,
    /// Holidays, each from midnight to midnight of the person's own clock.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub holidays: BTreeSet<Date>,
}

/// Who is on call for how long, each by their own clock. Interruptions are not in it: it is known before they happen.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadReport {
    /// The first instant looked at.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Everybody who is on call in it or is a member then, by id.
    pub people: Vec<PersonLoad>,
    /// How evenly the hours fall.
    pub balance: LoadBalance,
    /// How evenly the sleeping hours fall.
    pub asleep_balance: LoadBalance,
    /// The week in which somebody has the most sleeping hours; the first of those, absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_asleep: Option<AsleepWeek>,
    /// Where somebody is on call in several schedules at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub double_booked: Vec<DoubleBooking>,
    /// What it had to assume, such as the zone of somebody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// What one person carries. Each hour counts once, also where it is in several schedules; the sleeping hours of a
/// holiday at a weekend are in all three.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonLoad {
    /// Who.
    pub person: PersonId,
    /// Whose clock: the person's own zone; UTC where it is unknown.
    pub zone: Zone,
    /// On call at all.
    pub total: Elapsed,
    /// On call in sleeping hours.
    pub asleep: Elapsed,
    /// On call from Saturday's midnight to Monday's.
    pub weekend: Elapsed,
    /// On call on holidays.
    pub holiday: Elapsed,
    /// How many shifts, over all schedules; turns of one schedule that follow each other are one.
    pub shifts: u32,
    /// The longest time on call without a pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<ReportSpan>,
    /// The shortest pause between two shifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_rest: Option<ReportSpan>,
    /// Each week with time on call, from Monday to Monday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<LoadWeek>,
    /// All of it in one sentence.
    pub why: String,
}

/// A week of one person, from Monday's midnight to the next of their own clock, cut to the span of the report.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadWeek {
    /// Its Monday.
    pub starts_on: Date,
    /// On call at all.
    pub total: Elapsed,
    /// On call in sleeping hours.
    pub asleep: Elapsed,
    /// On call from Saturday's midnight to Monday's.
    pub weekend: Elapsed,
    /// On call on holidays.
    pub holiday: Elapsed,
}

/// The sleeping hours of somebody in a week.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AsleepWeek {
    /// Whose.
    pub person: PersonId,
    /// The Monday of the week.
    pub starts_on: Date,
    /// How many.
    pub asleep: Elapsed,
}

/// How evenly something falls on people.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadBalance {
    /// Who has the least; absent where nobody has anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<PersonId>,
    /// Who has the most; absent where nobody has anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<PersonId>,
    /// The least as a share of the most: 1 where all have the same. Absent where nobody has anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Share>,
    /// Gini's coefficient, the mean difference of two people over twice the mean: 0 where all have the same. Absent where
    /// nobody has anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gini: Option<Share>,
    /// All of it in one sentence.
    pub why: String,
}

/// Somebody is on call in several schedules at once.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoubleBooking {
    /// Who.
    pub person: PersonId,
    /// In which schedules.
    pub schedules: Vec<ScheduleId>,
    /// The first instant of it.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// All of it in one sentence.
    pub why: String,
}

/// Who could take a shift.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShiftTakers {
    /// The first instant of the shift.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Who is free all through it: whoever has the least time on call first, then whoever has the most rest around it.
    pub free: Vec<ShiftTaker>,
    /// Who is not, and why not.
    pub busy: Vec<NotFree>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// All of it in one sentence.
    pub why: String,
}

/// Somebody who is free.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShiftTaker {
    /// Who.
    pub person: PersonId,
    /// On call from four weeks before the shift to four weeks after it.
    pub load: Elapsed,
    /// How much of the shift falls into their sleeping hours.
    pub asleep: Elapsed,
    /// Between the shift before and this one; absent where there is none in four weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_before: Option<Elapsed>,
    /// Between this shift and the one after; absent where there is none in four weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_after: Option<Elapsed>,
    /// All of it in one sentence.
    pub why: String,
}

/// Somebody who cannot take it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotFree {
    /// Who.
    pub person: PersonId,
    /// Why not.
    pub reason: NotFreeReason,
    /// The first instant of the shift at which it is so.
    pub since: Timestamp,
    /// In a sentence, with when.
    pub why: String,
}

/// Why somebody cannot take a shift.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NotFreeReason {
    /// They are on call already.
    OnCall,
    /// They are away.
    Away,
}
