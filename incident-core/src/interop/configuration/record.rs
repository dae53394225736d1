//! An object of a tool as it was exported, perhaps in several files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::interop::field::{Field, Object};
use crate::interop::instant;
use crate::text::short;
use crate::time::{Timestamp, Zone};

use super::names::snake_case;

/// An object; of several sightings of it, each member is read where it is said first, the fullest sighting before others.
#[derive(Clone, Debug)]
pub(super) struct Record<'a> {
    sightings: Vec<(&'a str, Object<'a>)>,
    /// Its address in Terraform, such as `pagerduty_schedule.primary`.
    pub(super) address: Option<String>,
}

/// What was noticed, by file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    by_file: BTreeMap<String, Vec<Finding>>,
}

impl Notes {
    /// Notices something at a place in a file.
    pub(super) fn add(&mut self, file: &str, finding: Finding) {
        let all = self.by_file.entry(file.to_owned()).or_default();
        if !all.contains(&finding) {
            all.push(finding.fact("file", file));
        }
    }

    /// What was noticed, by file.
    pub(super) fn finish(self) -> BTreeMap<String, Vec<Finding>> {
        self.by_file
    }
}

impl<'a> Record<'a> {
    pub(super) fn new(file: &'a str, object: Object<'a>, address: Option<String>) -> Self {
        Self { sightings: vec![(file, object)], address }
    }

    /// The file of its fullest sighting.
    pub(super) fn file(&self) -> &'a str {
        self.sightings.first().map_or("", |(file, _)| *file)
    }

    /// Its pointer there.
    pub(super) fn here(&self) -> &str {
        self.sightings.first().map_or("", |(_, object)| object.here())
    }

    /// The pointer of a member, whether it is there or not.
    pub(super) fn path(&self, name: &str) -> String {
        let object = self.of(name).or(self.sightings.first()).map(|(_, object)| object);
        object.map_or_else(String::new, |object| object.path(&called(object, name).unwrap_or(Cow::Borrowed(name))))
    }

    /// The same object, seen again.
    pub(super) fn unite(&mut self, other: Self) {
        self.sightings.extend(other.sightings);
        self.sightings.sort_by_key(|(file, object)| (std::cmp::Reverse(object.fields().count()), *file));
        self.address = self.address.take().or(other.address);
    }

    /// The tool's id of it; in Terraform, where it has none yet, its address.
    pub(super) fn id(&self) -> Option<String> {
        self.scalar("id").or_else(|| self.address.clone())
    }

    /// Its members as they are written.
    pub(super) fn as_written(&self) -> String {
        let object = self.sightings.first().map(|(_, object)| object);
        let member = |(name, field): (&str, Field<'_>)| format!("{name:?}:{},", field.as_written());
        object.into_iter().flat_map(Object::fields).map(member).collect()
    }

    fn of(&self, name: &str) -> Option<&(&'a str, Object<'a>)> {
        self.sightings.iter().find(|(_, object)| called(object, name).is_some())
    }

    /// Whether a member says something.
    pub(super) fn has(&self, name: &str) -> bool {
        self.of(name).is_some()
    }

    fn field(&self, name: &str) -> Option<(&'a str, Field<'a>)> {
        self.of(name).and_then(|(file, object)| Some((*file, object.field(&called(object, name)?)?)))
    }

    /// Text, or a number or a truth value as it is written; nothing where it is something else.
    pub(super) fn scalar(&self, name: &str) -> Option<String> {
        self.field(name).and_then(|(_, field)| field.scalar())
    }

    /// Notices something at a member.
    pub(super) fn note(&self, notes: &mut Notes, level: Level, code: Code, name: &str, message: impl Into<String>) {
        let file = self.of(name).map_or_else(|| self.file(), |(file, _)| *file);
        notes.add(file, Finding::new(level, code, self.path(name), message));
    }

    fn bad(&self, notes: &mut Notes, name: &str, what: &str) {
        self.note(notes, Level::Warning, codes::BAD_FIELD, name, format!("`{name}` is no {what}"));
    }

    /// A member that is text; anything else is a finding.
    pub(super) fn text(&self, notes: &mut Notes, name: &str) -> Option<String> {
        let (_, field) = self.field(name)?;
        let text = field.scalar();
        if text.is_none() {
            self.bad(notes, name, "text");
        }
        text
    }

    /// A member that is a whole number, perhaps as text; anything else is a finding.
    pub(super) fn whole(&self, notes: &mut Notes, name: &str) -> Option<i64> {
        let (_, field) = self.field(name)?;
        let number = field.scalar().and_then(|text| text.trim().parse().ok());
        if number.is_none() {
            self.bad(notes, name, "whole number");
        }
        number
    }

    /// A member that is an instant; anything else is a finding. One that names no zone is read in `zone`.
    pub(super) fn instant(&self, notes: &mut Notes, name: &str, zone: Option<Zone>) -> Option<Timestamp> {
        let text = self.text(notes, name)?;
        let mut findings = Vec::new();
        let path = self.path(name);
        let at = instant::read(&text, &path, zone, &mut findings).unwrap_or_else(|no| {
            findings.push(Finding { level: Level::Warning, ..no.at(&path).to_finding() });
            None
        });
        let file = self.of(name).map_or("", |(file, _)| *file);
        findings.into_iter().for_each(|finding| notes.add(file, finding));
        at
    }

    /// A member that is a time on the clock of a zone which the tool itself says to be its; anything else is a finding.
    pub(super) fn local(&self, notes: &mut Notes, name: &str, zone: Zone) -> Option<Timestamp> {
        let mut heard = Notes::default();
        let at = self.instant(&mut heard, name, Some(zone));
        for (file, findings) in heard.finish() {
            findings.into_iter().filter(|it| it.code != codes::ZONE_GIVEN).for_each(|it| notes.add(&file, it));
        }
        at
    }

    /// A member that is an object.
    pub(super) fn record(&self, name: &str) -> Option<Self> {
        let (file, field) = self.field(name)?;
        Some(Self::new(file, field.object()?, None))
    }

    /// The objects of a member that is a list of them, or one; anything else in it is a finding.
    pub(super) fn records(&self, notes: &mut Notes, name: &str) -> Vec<Self> {
        let Some((file, field)) = self.field(name) else { return Vec::new() };
        let items = field.items().unwrap_or_else(|| vec![field]);
        let mut records = Vec::new();
        for item in items {
            match item.object() {
                Some(object) => records.push(Self::new(file, object, None)),
                None => {
                    let message = format!("`{}` is no object", short(item.as_written()));
                    notes.add(file, Finding::new(Level::Warning, codes::BAD_FIELD, item.path, message));
                }
            }
        }
        records
    }

    /// Whether a member is a list whose first item is an object.
    pub(super) fn records_there(&self, name: &str) -> bool {
        let items = self.field(name).and_then(|(_, field)| field.items());
        items.and_then(|items| items.first().map(|item| item.object().is_some())).unwrap_or_default()
    }

    /// A member that is the name of a zone; anything else is a finding.
    pub(super) fn zone(&self, notes: &mut Notes, name: &str) -> Option<Zone> {
        let text = self.text(notes, name)?;
        match super::zones::read(&text) {
            Ok(zone) => Some(zone),
            Err(no) => {
                let file = self.of(name).map_or("", |(file, _)| *file);
                notes.add(file, Finding { level: Level::Warning, ..no.at(self.path(name)).to_finding() });
                None
            }
        }
    }

    /// The texts of a member that is a list of them, or one; anything else in it is a finding.
    pub(super) fn texts(&self, notes: &mut Notes, name: &str) -> Vec<String> {
        let Some((file, field)) = self.field(name) else { return Vec::new() };
        let items = field.items().unwrap_or_else(|| vec![field]);
        let mut texts = Vec::new();
        for item in items {
            match item.scalar() {
                Some(text) => texts.push(text),
                None => {
                    let message = format!("`{}` is no text", short(item.as_written()));
                    notes.add(file, Finding::new(Level::Warning, codes::BAD_FIELD, item.path, message));
                }
            }
        }
        texts
    }

    /// The texts of a member that is a list of lists of them; anything else in it is a finding.
    pub(super) fn lists(&self, notes: &mut Notes, name: &str) -> Vec<Vec<String>> {
        let Some((file, field)) = self.field(name) else { return Vec::new() };
        let mut lists = Vec::new();
        for item in field.items().unwrap_or_default() {
            let Some(texts) = item.items() else {
                let message = format!("`{}` is no list", short(item.as_written()));
                notes.add(file, Finding::new(Level::Warning, codes::BAD_FIELD, item.path, message));
                continue;
            };
            lists.push(texts.iter().filter_map(Field::scalar).collect());
        }
        lists
    }
}

/// What a member is called that says something: as an API calls it, or as Terraform's provider does.
fn called<'n>(object: &Object<'_>, name: &'n str) -> Option<Cow<'n, str>> {
    if object.field(name).is_some() {
        return Some(Cow::Borrowed(name));
    }
    let snake = name.contains(|letter: char| letter.is_ascii_uppercase()).then(|| snake_case(name))?;
    object.field(&snake).is_some().then_some(Cow::Owned(snake))
}
