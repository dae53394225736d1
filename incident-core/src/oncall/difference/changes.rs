//! What was edited.

use std::collections::BTreeSet;

use super::answer::{ScheduleChange, ScheduleChangeKind};
use crate::id::PersonId;
use crate::oncall::document::Rotation;
use crate::oncall::member::{Joins, Leaves, RotationMember, is_nobody};
use crate::oncall::plan::Spans;
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::{Date, Moment, Timestamp};

use ScheduleChangeKind::{
    AbsenceAdded, AbsenceRemoved, Added, Joins as JoinsOn, Leaves as LeavesOn, OverrideAdded, OverrideRemoved, Removed,
    Reordered, RotationAdded, RotationChanged, RotationRemoved, Withdrawn,
};

/// Everything that differs in the documents and matters in a span, in the order of the new one.
pub(super) fn changes(old: &Schedule, new: &Schedule, start: Timestamp, end: Timestamp) -> Vec<ScheduleChange> {
    let mut found = Vec::new();
    let pairs = |of: &'_ Schedule| -> Vec<(String, Rotation)> {
        let names = of.plan.rotations.iter().map(|rotation| rotation.name.clone());
        names.zip(of.document.rotation.iter().cloned()).collect()
    };
    let (before, after) = (pairs(old), pairs(new));
    for (at, (name, rotation)) in after.iter().enumerate() {
        let path = format!("/rotation/{at}");
        match before.iter().find(|(other, _)| other == name) {
            Some((_, was)) => found.extend(rotation_changes(name, &path, was, rotation, start)),
            None => found.push(whole(RotationAdded, name, Some(path), format!("rotation {name} is new"))),
        }
    }
    for (name, _) in before.iter().filter(|(name, _)| !after.iter().any(|(other, _)| other == name)) {
        found.push(whole(RotationRemoved, name, None, format!("rotation {name} is gone")));
    }
    let order = |of: &[(String, Rotation)], others: &[(String, Rotation)]| -> Vec<String> {
        let common = of.iter().filter(|(name, _)| others.iter().any(|(other, _)| other == name));
        common.map(|(name, _)| name.clone()).collect()
    };
    if order(&before, &after) != order(&after, &before) {
        let why = "the rotations have another order".to_owned();
        found.push(ScheduleChange { rotation: None, ..whole(Reordered, "", Some("/rotation".to_owned()), why) });
    }
    found.extend(overrides(OverrideAdded, new, old, start, end));
    found.extend(overrides(OverrideRemoved, old, new, start, end));
    found.extend(absences(AbsenceAdded, new, old, start, end));
    found.extend(absences(AbsenceRemoved, old, new, start, end));
    found
}

fn whole(kind: ScheduleChangeKind, rotation: &str, path: Option<String>, why: String) -> ScheduleChange {
    ScheduleChange { kind, rotation: Some(rotation.to_owned()), people: Vec::new(), effective_on: None, path, why }
}

/// What differs in one rotation.
fn rotation_changes(name: &str, path: &str, old: &Rotation, new: &Rotation, start: Timestamp) -> Vec<ScheduleChange> {
    let mut found = members(name, path, old, new, start);
    let fields = |rotation: &Rotation| {
        let bare = Rotation { members: Vec::new(), name: None, ..rotation.clone() };
        match serde_json::to_value(bare) {
            Ok(serde_json::Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        }
    };
    let (was, is) = (fields(old), fields(new));
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).filter(|key| was.get(*key) != is.get(*key)).collect();
    if !keys.is_empty() {
        let keys: Vec<_> = keys.into_iter().map(|key| format!("`{key}`")).collect();
        let why = format!("{name} changes {}", keys.join(" and "));
        found.push(whole(RotationChanged, name, Some(path.to_owned()), why));
    }
    found
}

/// Members, taken apart.
#[derive(Default)]
struct Members<'a> {
    /// Each entry without a date.
    listed: Vec<Vec<&'a PersonId>>,
    joins: Vec<(usize, &'a [PersonId], Date)>,
    leaves: Vec<(usize, &'a PersonId, Date)>,
}

impl<'a> Members<'a> {
    fn of(rotation: &'a Rotation) -> Self {
        let mut all = Self::default();
        for (at, member) in rotation.members.iter().enumerate() {
            match member {
                RotationMember::One(person) => all.listed.push(vec![person]),
                RotationMember::Group(people) => all.listed.push(people.iter().collect()),
                RotationMember::Joins(Joins { join, on }) => all.joins.push((at, join, *on)),
                RotationMember::Leaves(Leaves { leave, on }) => all.leaves.push((at, leave, *on)),
            }
        }
        all
    }

    fn lists(&self, person: &PersonId) -> bool {
        self.listed.iter().flatten().any(|it| *it == person)
    }

    fn names(&self, person: &PersonId) -> bool {
        self.lists(person) || self.joins.iter().any(|(_, people, _)| people.contains(person))
    }
}

fn members(name: &str, path: &str, old: &Rotation, new: &Rotation, start: Timestamp) -> Vec<ScheduleChange> {
    let (was, is) = (Members::of(old), Members::of(new));
    let mut found = Vec::new();
    let mut tell = |kind, people: &[PersonId], on: Option<Date>, at: Option<usize>, why: String| {
        let path = at.map(|at| format!("{path}/members/{at}"));
        found.push(ScheduleChange { people: people.to_vec(), effective_on: on, path, ..whole(kind, name, None, why) });
    };
    let names = |people: &[PersonId]| people.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let verb = |people: &[PersonId], one: &'static str, many: &'static str| if people.len() == 1 { one } else { many };
    for (at, people, on) in &is.joins {
        if !was.joins.iter().any(|(_, others, day)| others == people && day == on) {
            let why = format!("{} {} {name} on {on}", names(people), verb(people, "joins", "join"));
            tell(JoinsOn, people, Some(*on), Some(*at), why);
        }
    }
    for (at, person, on) in &is.leaves {
        if !was.leaves.iter().any(|(_, other, day)| other == person && day == on) {
            let why = format!("{person} leaves {name} on {on}");
            tell(LeavesOn, std::slice::from_ref(*person), Some(*on), Some(*at), why);
        }
    }
    let midnight = |on: Date| Moment::from(on).instant(old.zone);
    let mut gone = BTreeSet::new();
    for person in was.listed.iter().flatten().filter(|person| !is_nobody(person) && !is.names(person)) {
        gone.insert(*person);
    }
    for (_, people, on) in &was.joins {
        for person in people.iter().filter(|person| !is.names(person)) {
            if midnight(*on) <= start {
                gone.insert(person);
            } else if !gone.contains(person) {
                let why = format!("{person} does not join {name} on {on} any more");
                tell(Withdrawn, std::slice::from_ref(person), Some(*on), None, why);
            }
        }
    }
    for (_, person, on) in &was.leaves {
        let kept = is.leaves.iter().any(|(_, other, _)| other == person);
        if !kept && is.names(person) {
            let why = format!("{person} does not leave {name} on {on} any more");
            tell(Withdrawn, std::slice::from_ref(*person), Some(*on), None, why);
        }
    }
    for person in gone {
        let why = format!("{person} is gone from {name} without a day");
        tell(Removed, std::slice::from_ref(person), None, None, why);
    }
    for (at, member) in new.members.iter().enumerate() {
        let listed = match member {
            RotationMember::One(person) => std::slice::from_ref(person),
            RotationMember::Group(people) => people,
            RotationMember::Joins(_) | RotationMember::Leaves(_) => &[],
        };
        for person in listed.iter().filter(|person| !is_nobody(person) && !was.lists(person)) {
            let why = format!("{person} is added to {name} without a day");
            tell(Added, std::slice::from_ref(person), None, Some(at), why);
        }
    }
    let common = |of: &Members<'_>, others: &Members<'_>| -> Vec<Vec<PersonId>> {
        let kept = |entry: &Vec<&PersonId>| {
            let kept = entry.iter().filter(|person| is_nobody(person) || others.lists(person));
            kept.map(|person| (*person).clone()).collect::<Vec<_>>()
        };
        of.listed.iter().map(kept).filter(|entry| !entry.is_empty()).collect()
    };
    if common(&was, &is) != common(&is, &was) {
        tell(Reordered, &[], None, None, format!("{name} has another order"));
    }
    found
}

/// The numbers of the spans that have a part in a span of time, in order.
fn inside(spans: &Spans, start: Timestamp, end: Timestamp) -> Vec<usize> {
    let here = spans.all().filter(|(since, until, _)| *since < end && start < *until);
    let mut here: Vec<_> = here.map(|(.., number)| number as usize).collect();
    here.sort_unstable();
    here
}

fn overrides(
    kind: ScheduleChangeKind,
    of: &Schedule,
    others: &Schedule,
    start: Timestamp,
    end: Timestamp,
) -> Vec<ScheduleChange> {
    let new = kind == OverrideAdded;
    let mut left: Vec<_> = others.document.overrides.iter().collect();
    let mut found = Vec::new();
    for at in inside(&of.plan.spans, start, end) {
        let Some(it) = of.document.overrides.get(at) else { continue };
        if let Some(same) = left.iter().position(|other| *other == it) {
            left.remove(same);
            continue;
        }
        let told = say::exception(&of.document, u32::try_from(at).unwrap_or(u32::MAX));
        let when = say::when(it.days, it.from, it.until);
        let why = format!("an override is {}: {told} {when}", if new { "new" } else { "gone" });
        let path = new.then(|| format!("/override/{at}"));
        found.push(ScheduleChange { rotation: None, ..whole(kind, "", path, why) });
    }
    found
}

fn absences(
    kind: ScheduleChangeKind,
    of: &Schedule,
    others: &Schedule,
    start: Timestamp,
    end: Timestamp,
) -> Vec<ScheduleChange> {
    let new = kind == AbsenceAdded;
    let mut left: Vec<_> = others.document.absence.iter().collect();
    let mut found = Vec::new();
    for at in inside(&of.plan.away, start, end) {
        let Some(it) = of.document.absence.get(at) else { continue };
        if let Some(same) = left.iter().position(|other| *other == it) {
            left.remove(same);
            continue;
        }
        let when = say::when(it.days, it.from, it.until);
        let why = format!("{} is {} {when}", it.person, if new { "away" } else { "not away any more" });
        let path = new.then(|| format!("/absence/{at}"));
        let people = vec![it.person.clone()];
        found.push(ScheduleChange { rotation: None, people, ..whole(kind, "", path, why) });
    }
    found
}
