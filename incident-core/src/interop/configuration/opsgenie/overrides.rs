//! What stands in place of rotations for a while: overrides of a schedule, and forwarding rules of a person.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::ScheduleOverride;
use crate::time::{Timestamp, Zone};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::exceptions::exception;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::FORWARDING_RULE;
use super::roster::person;

/// An override of a schedule.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Override {
    start: Timestamp,
    end: Timestamp,
    /// Who stands in; nobody where it is `none`.
    who: Option<PersonId>,
    /// The rotations in whose place; all where there are none.
    rotations: Vec<String>,
}

impl Override {
    /// Reads an override, unless it had ended.
    pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<Self> {
        let (start, end) = span(draft, record)?;
        let user = record.record("user").or_else(|| record.record("responder"));
        let kind = user.as_ref().and_then(|user| user.scalar("type")).or_else(|| record.scalar("user"));
        let nobody = matches!(kind.as_deref(), Some("none" | "noone"));
        let who = if nobody { None } else { user.and_then(|user| person(draft, &user)) };
        if who.is_none() && !nobody {
            let message = "an override without a person is left out";
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "user", message);
            return None;
        }
        let rotations: Vec<_> = if record.records_there("rotations") {
            record.records(draft.notes, "rotations").iter().filter_map(Record::id).collect()
        } else {
            let member = if record.has("rotationIds") { "rotationIds" } else { "rotations" };
            record.texts(draft.notes, member)
        };
        if !rotations.is_empty() {
            let message = "an override of some rotations only is here one of each of their people, who may be on call in \
                           another rotation too";
            let whom = who.as_ref().map_or("none", PersonId::as_str).to_owned();
            unsayable(draft.notes, record, Level::Note, "rotations", "override of rotations", whom, message);
        }
        Some(Self { start, end, who, rotations })
    }

    /// As it stands in a file, with the people of each rotation.
    pub(super) fn write(&self, zone: Zone, by_rotation: &BTreeMap<String, Vec<PersonId>>) -> Vec<ScheduleOverride> {
        let span = exception(zone, self.start, self.end);
        let all = by_rotation.keys().all(|id| self.rotations.contains(id));
        if self.rotations.is_empty() || all {
            return vec![match &self.who {
                Some(who) => ScheduleOverride { cover: Some(vec![who.clone()]), ..span },
                None => ScheduleOverride { temporary: Some(Vec::new()), ..span },
            }];
        }
        let mut people: Vec<&PersonId> = self.rotations.iter().filter_map(|id| by_rotation.get(id)).flatten().collect();
        people.sort();
        people.dedup();
        people.retain(|person| self.who.as_ref() != Some(*person));
        let one = |person: &PersonId| match &self.who {
            Some(who) => ScheduleOverride { replace: Some(person.clone()), with: Some(who.clone()), ..span.clone() },
            None => ScheduleOverride { remove: Some(vec![person.clone()]), ..span.clone() },
        };
        people.into_iter().map(one).collect()
    }
}

/// A forwarding rule.
#[derive(Debug)]
pub(super) struct Forwarding<'a> {
    record: &'a Record<'a>,
    from: PersonId,
    to: PersonId,
    start: Timestamp,
    end: Timestamp,
    /// Whether some schedule has the person.
    used: bool,
}

impl<'a> Forwarding<'a> {
    /// Those of an export that had not ended.
    pub(super) fn all(all: &'a Gathered<'a>, draft: &mut Draft<'_>) -> Vec<Self> {
        let mut rules: Vec<Self> = Vec::new();
        for record in all.of(FORWARDING_RULE) {
            let Some((start, end)) = span(draft, record) else { continue };
            let mut who = |object: &str, id: &str| match record.record(object) {
                Some(user) => person(draft, &user),
                None => {
                    let id = record.scalar(id)?;
                    draft.person(super::super::people::GivenPerson { id: Some(&id), ..Default::default() })
                }
            };
            let (Some(from), Some(to)) = (who("fromUser", "fromUserId"), who("toUser", "toUserId")) else {
                let message = "a forwarding that does not say from whom to whom is left out";
                record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "fromUser", message);
                continue;
            };
            rules.push(Self { record, from, to, start, end, used: false });
        }
        rules.sort_by(|one, other| (one.start, &one.from, one.end).cmp(&(other.start, &other.from, other.end)));
        rules
    }

    /// As it stands in a schedule that has these people.
    pub(super) fn write(&mut self, zone: Zone, people: &[PersonId]) -> Option<ScheduleOverride> {
        if !people.contains(&self.from) {
            return None;
        }
        self.used = true;
        let (replace, with) = (Some(self.from.clone()), Some(self.to.clone()));
        Some(ScheduleOverride { replace, with, ..exception(zone, self.start, self.end) })
    }

    /// Says what is lost of it.
    pub(super) fn say(&self, draft: &mut Draft<'_>) {
        let (level, message) = if self.used {
            (
                Level::Note,
                "it holds in every schedule here that has the person, and not where a policy names the person",
            )
        } else {
            (Level::Warning, "the person is in no schedule of the export: the forwarding is left out")
        };
        unsayable(draft.notes, self.record, level, "fromUser", "forwarding", &self.from, message);
    }
}

/// From when until when; nothing, with a note, where it had ended.
fn span(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<(Timestamp, Timestamp)> {
    let start = record.instant(draft.notes, "startDate", Some(Zone::UTC));
    let end = record.instant(draft.notes, "endDate", Some(Zone::UTC));
    let (Some(start), Some(end)) = (start, end) else {
        let message = "it does not say from when until when, and is left out";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "startDate", message);
        return None;
    };
    if end <= start {
        let message = "it ends before it starts, and is left out";
        record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "endDate", message);
        return None;
    }
    if draft.options.exported_at.is_some_and(|now| end <= now) {
        let message = format!("what ended on {} is left out", Zone::UTC.day(end));
        record.note(draft.notes, Level::Note, codes::ENDED, "endDate", message);
        return None;
    }
    Some((start, end))
}
