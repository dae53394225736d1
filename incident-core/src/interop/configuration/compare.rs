//! Two documents of a team compared field by field, where what means the same is the same.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::directory::Team;
use crate::escalation::{EscalationRules, PageTarget};
use crate::handbook::TeamDocument;
use crate::id::TeamId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument};
use crate::text::pointer_step;
use crate::time::{Elapsed, Occurrence, TurnUnit};

use super::rotation::{cycle, moment, seconds_of_turn, side_by_side, turn_of_seconds};
use super::weekly::{hours, stretches, united};

/// Where two documents differ: a JSON Pointer, what stands there in the first and what in the second.
#[derive(Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) at: String,
    pub(super) here: Option<Value>,
    pub(super) there: Option<Value>,
}

impl Difference {
    /// Whether only reading makes it: the severity of tools that know none, and people whom nothing else names.
    pub(super) fn is_made(&self) -> bool {
        self.here.is_none() && ["/severity", "/people", "/teams"].iter().any(|place| self.at.starts_with(place))
    }
}

/// Sections of named things, each of which is lost for itself.
const SECTIONS: [&str; 7] = ["/people", "/teams", "/areas", "/windows", "/calendars", "/schedule", "/policy"];

/// Every difference of two documents of a team.
pub(super) fn differences(here: &TeamDocument, there: &TeamDocument) -> Vec<Difference> {
    let mut all = Vec::new();
    walk("", Some(&value(here)), Some(&value(there)), &mut all);
    all
}

/// A document as it is compared.
pub(super) fn value(document: &TeamDocument) -> Value {
    serde_json::to_value(plain(document)).unwrap_or_default()
}

fn walk(at: &str, here: Option<&Value>, there: Option<&Value>, all: &mut Vec<Difference>) {
    match (here, there) {
        (Some(here), Some(there)) if here == there => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let names: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
            for name in names {
                walk(&format!("{at}{}", pointer_step(name)), one.get(name), other.get(name), all);
            }
        }
        (one, other) if is_overrides(at) => {
            let list = |it: Option<&'_ Value>| it.and_then(Value::as_array).cloned().unwrap_or_default();
            overrides(at, &list(one), &list(other), all);
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => lists(at, one, other, all),
        (Some(Value::Object(named)), None) if SECTIONS.contains(&at) => {
            let named: std::collections::BTreeMap<_, _> = named.iter().collect();
            named
                .into_iter()
                .for_each(|(name, here)| walk(&format!("{at}{}", pointer_step(name)), Some(here), None, all));
        }
        _ => all.push(Difference { at: at.to_owned(), here: here.cloned(), there: there.cloned() }),
    }
}

/// What is alike at both ends of two lists is the same; between them each is compared with what stands in its place, and
/// the longer list has the rest more.
fn lists(at: &str, one: &[Value], other: &[Value], all: &mut Vec<Difference>) {
    let alike =
        |pairs: &mut dyn Iterator<Item = (&Value, &Value)>| pairs.take_while(|(one, other)| one == other).count();
    let begin = alike(&mut one.iter().zip(other));
    let most = one.len().min(other.len()) - begin;
    let end = alike(&mut one.iter().rev().zip(other.iter().rev())).min(most);
    let (one_end, other_end) = (one.len() - end, other.len() - end);
    for index in begin..one_end.max(other_end) {
        let here = one.get(index).filter(|_| index < one_end);
        let there = other.get(index).filter(|_| index < other_end);
        walk(&format!("{at}/{index}"), here, there, all);
    }
}

/// Of exceptions that hold at different times the order says nothing.
fn is_overrides(at: &str) -> bool {
    at.starts_with("/schedule/") && at.ends_with("/override")
}

/// Overrides in no order: those that only one of the two has.
fn overrides(at: &str, one: &[Value], other: &[Value], all: &mut Vec<Difference>) {
    let mut rest: Vec<_> = other.iter().collect();
    let mut missing = Vec::new();
    for (index, here) in one.iter().enumerate() {
        match rest.iter().position(|there| *there == here) {
            Some(same) => drop(rest.remove(same)),
            None => missing.push((index, here)),
        }
    }
    let when = |it: &Value| ["from", "until", "days"].map(|name| it.get(name).cloned());
    for (index, here) in missing {
        let there = rest.iter().position(|there| when(there) == when(here)).map(|at| rest.remove(at));
        walk(&format!("{at}/{index}"), Some(here), there, all);
    }
    for (index, there) in (one.len()..).zip(rest) {
        walk(&format!("{at}/{index}"), None, Some(there), all);
    }
}

/// A document in the one form among those that mean the same.
fn plain(document: &TeamDocument) -> TeamDocument {
    let mut document = document.clone();
    let groups = std::mem::take(&mut document.teams);
    for rules in document.escalation.iter_mut().chain(document.policy.values_mut()) {
        targets(rules).for_each(|page| plain_targets(page, &groups));
    }
    document.teams = groups;
    document.schedule.values_mut().for_each(plain_schedule);
    document.escalation.iter_mut().chain(document.policy.values_mut()).for_each(plain_rules);
    for window in document.windows.values_mut().filter(|window| window.closed.is_empty()) {
        let all: Vec<_> = stretches(&window.hours).into_iter().collect();
        window.hours = hours(&united(&all));
    }
    document
}

fn plain_schedule(schedule: &mut ScheduleDocument) {
    schedule.schema = None;
    schedule.rotation.iter_mut().for_each(plain_rotation);
}

fn plain_rotation(rotation: &mut Rotation) {
    for member in &mut rotation.members {
        if let RotationMember::Group(people) = member
            && let [one] = people.as_slice()
        {
            *member = RotationMember::One(one.clone());
        }
    }
    as_many_at_once(rotation);
    plain_hours(rotation);
    let zone = rotation.zone;
    for turn in &mut rotation.turn {
        // 24 hours are a day only where hours are those of the clock.
        if turn.unit() != TurnUnit::Hours || rotation.wall_clock {
            *turn = seconds_of_turn(*turn).and_then(turn_of_seconds).unwrap_or(*turn);
        }
    }
    rotation.wall_clock &= rotation.turn.iter().any(|turn| turn.unit() == TurnUnit::Hours);
    let (from, length) = (rotation.from, rotation.turn.first().copied());
    let Some(first) = rotation.start.and_then(|start| crate::oncall::first_handoff(rotation, start)) else {
        rotation.from = from.map(|from| moment(zone, from.instant(zone)));
        return;
    };
    let first = zone.instant(first, Occurrence::First);
    let in_force = from.map_or(first, |from| from.instant(zone).max(first));
    let serving = usize::try_from(rotation.concurrent.unwrap_or(1)).unwrap_or(usize::MAX);
    let one = |member: &RotationMember| matches!(member, RotationMember::One(_));
    let alone = rotation.members.iter().all(one) && rotation.members.len() <= serving;
    match length {
        // Nobody takes turns with oneself, nor with those who always serve too.
        Some(_) if alone => {
            (rotation.start, rotation.handoff, rotation.turn) = (None, None, Vec::new());
            rotation.wall_clock = false;
            rotation.from = Some(moment(zone, in_force));
        }
        Some(_) => same_turns(rotation, first, in_force),
        None => rotation.from = from.map(|from| moment(zone, from.instant(zone))),
    }
    rotation.until = rotation.until.map(|until| moment(zone, until.instant(zone)));
}

fn same_turns(rotation: &mut Rotation, first: crate::Timestamp, in_force: crate::Timestamp) {
    let lengths = rotation.turn.clone();
    if lengths.iter().all(|turn| turn.unit() != TurnUnit::Months) {
        cycle(rotation, &lengths, first, Some(in_force));
    }
}

/// Groups that take turns are as many members at once.
fn as_many_at_once(rotation: &mut Rotation) {
    rotation.concurrent = rotation.concurrent.filter(|count| *count != 1);
    if let Some((members, size)) = side_by_side(rotation) {
        let size = u32::try_from(members.len()).unwrap_or(size).min(size);
        rotation.members = members.into_iter().map(RotationMember::One).collect();
        rotation.concurrent = Some(size).filter(|size| *size > 1);
    }
}

/// Hours that say when, and nothing else, without a seam.
fn plain_hours(rotation: &mut Rotation) {
    let all: Vec<_> = stretches(&rotation.hours).into_iter().collect();
    let counted = rotation.count.is_some() || rotation.except.is_some() || !rotation.days.is_empty();
    if !counted {
        rotation.hours = hours(&united(&all));
        return;
    }
    let shorter = hours(&all);
    if stretches(&shorter).into_iter().eq(all) {
        rotation.hours = shorter;
    }
}

/// Every list of targets in rules.
fn targets(rules: &mut EscalationRules) -> impl Iterator<Item = &mut Vec<PageTarget>> {
    let tracks = rules.severities.values_mut().flat_map(|tracks| {
        let steps = [&mut tracks.first, &mut tracks.reinforce, &mut tracks.authority].into_iter().flatten();
        steps.map(|step| &mut step.page).chain(tracks.otherwise.iter_mut().map(|otherwise| &mut otherwise.page))
    });
    tracks.chain(rules.otherwise.iter_mut().map(|otherwise| &mut otherwise.page))
}

/// A group is who is in it, whatever it is called.
fn plain_targets(page: &mut Vec<PageTarget>, groups: &BTreeMap<TeamId, Team>) {
    let mut plain: Vec<PageTarget> = Vec::new();
    for target in std::mem::take(page) {
        let known = |group: &TeamId| groups.get(group).map(|group| group.members.clone());
        let meant = match &target {
            PageTarget::Team(group) => known(group).map(|them| them.into_iter().map(PageTarget::Person).collect()),
            PageTarget::RoundRobin(group) => known(group).and_then(|them| {
                let names: Vec<_> = them.iter().map(|person| person.as_str()).collect();
                Some(vec![PageTarget::RoundRobin(TeamId::new(&names.join("-")).ok()?)])
            }),
            _ => None,
        };
        for target in meant.unwrap_or_else(|| vec![target]) {
            if !plain.contains(&target) {
                plain.push(target);
            }
        }
    }
    *page = plain;
}

fn plain_rules(rules: &mut EscalationRules) {
    for tracks in rules.severities.values_mut() {
        for step in &mut tracks.first {
            if step.when.is_none() {
                step.at.get_or_insert(Elapsed::ZERO);
            }
        }
    }
}
