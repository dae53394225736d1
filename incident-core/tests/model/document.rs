//! Schedule documents as the model reads them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleText {
    pub schema: Option<String>,
    #[serde(default)]
    pub people: BTreeMap<String, PersonText>,
    #[serde(default)]
    pub calendars: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    pub rotation: Vec<RotationText>,
    #[serde(default, rename = "override")]
    pub overrides: Vec<OverrideText>,
    #[serde(default)]
    pub absence: Vec<AbsenceText>,
    pub recorded: Option<RecordedText>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonText {
    pub zone: Option<String>,
    pub lead: Option<String>,
    #[serde(default)]
    pub buddies: Vec<String>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationText {
    pub name: Option<String>,
    pub zone: String,
    #[serde(default)]
    pub hours: Many<String>,
    pub except: Option<String>,
    #[serde(default)]
    pub days: Vec<u32>,
    #[serde(default)]
    pub turn: Many<String>,
    pub start: Option<String>,
    pub handoff: Option<String>,
    pub lasts: Option<String>,
    pub members: Vec<MemberText>,
    pub concurrent: Option<usize>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub count: Option<String>,
    #[serde(default)]
    pub wall_clock: bool,
    #[serde(default)]
    pub together: bool,
    pub priority: Option<i64>,
    pub if_absent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum MemberText {
    One(String),
    Group(Vec<String>),
    Join { join: Many<String>, on: String },
    Leave { leave: String, on: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideText {
    pub replace: Option<String>,
    pub with: Option<String>,
    pub cover: Option<Many<String>>,
    pub temporary: Option<Many<String>>,
    pub remove: Option<Many<String>>,
    pub add: Option<Many<String>>,
    pub priority: Option<i64>,
    pub days: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub zone: Option<String>,
    pub because: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceText {
    pub person: String,
    pub days: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub because: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedText {
    pub from: String,
    pub until: String,
    pub shifts: Vec<RecordedShiftText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedShiftText {
    pub person: String,
    pub from: String,
    pub until: String,
}

/// One, or a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Many<T> {
    One(T),
    List(Vec<T>),
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl<T: Clone> Many<T> {
    pub fn list(&self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::List(list) => list.clone(),
        }
    }
}
