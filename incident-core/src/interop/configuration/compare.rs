//! Two documents of a team compared field by field, where what means the same is the same.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::directory::Team;
use crate::escalation::{EscalationRules, PageTarget};
use crate::handbook::TeamDocument;
use crate::id::TeamId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument, TurnCount};
use crate::text::pointer_step;
use crate::time::{Elapsed, Occurrence, Timestamp, TurnUnit};

use super::rotation::{cycle, latest_round, moment, places, seconds_of_turn, turn_of_seconds};
use super::weekly::{hours, midway, next_stretch, stretches, united};

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
    plain_order(&mut schedule.rotation);
    plain_covers(schedule);
}

/// Numbers as an order, where the order of the list is that of the numbers.
fn plain_order(rotations: &mut [Rotation]) {
    if rotations.iter().all(|rotation| rotation.priority.is_none()) {
        return;
    }
    let places = places(rotations);
    let follows = |pair: &[usize]| matches!(pair, [one, other] if *other == *one || *other == one.saturating_add(1));
    let in_order = places.first() == Some(&0) && places.windows(2).all(follows);
    let last = places.iter().max().copied().unwrap_or_default();
    let mut before = None;
    for (rotation, place) in rotations.iter_mut().zip(places) {
        rotation.together = in_order && before == Some(place);
        rotation.priority = if in_order { None } else { i64::try_from(last.saturating_sub(place)).ok() };
        before = Some(place);
    }
}

/// Of the numbers of covers the order alone.
fn plain_covers(schedule: &mut ScheduleDocument) {
    let covers = schedule.overrides.iter().filter(|it| it.cover.is_some());
    let ranks: std::collections::BTreeSet<_> = covers.map(|it| it.priority.unwrap_or_default()).collect();
    for it in schedule.overrides.iter_mut().filter(|it| it.cover.is_some()) {
        let rank = ranks.iter().position(|rank| *rank == it.priority.unwrap_or_default());
        it.priority = rank.filter(|rank| *rank > 0).and_then(|rank| i64::try_from(rank).ok());
    }
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
        rotation.from = from.map(|from| moment(zone, in_hours(rotation, from.instant(zone))));
        return;
    };
    let in_force = from.map_or(Timestamp::MIN, |from| from.instant(zone)).max(zone.instant(first, Occurrence::First));
    let first = zone.instant(handed_over(rotation, first), Occurrence::First);
    let in_force = in_hours(rotation, in_force).max(first);
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
        None => rotation.from = from.map(|_| moment(zone, in_force)),
    }
    rotation.until = rotation.until.map(|until| moment(zone, until.instant(zone)));
}

/// From an instant on is from the hours on that begin next, where it is in none.
fn in_hours(rotation: &Rotation, at: Timestamp) -> Timestamp {
    let local = rotation.zone.local(at);
    let next = next_stretch(&rotation.hours, local).filter(|_| !midway(&rotation.hours, local));
    next.map_or(at, |next| rotation.zone.instant(next, Occurrence::First))
}

/// A handoff outside of the hours is one at the hours that begin next, if every handoff is as far from them.
fn handed_over(rotation: &Rotation, first: NaiveDateTime) -> NaiveDateTime {
    let all = stretches(&rotation.hours);
    let unit = |unit: TurnUnit| rotation.turn.iter().all(|turn| turn.unit() == unit);
    let alike = all.iter().all(|it| all.first().is_some_and(|one| one.start == it.start));
    let each_day = unit(TurnUnit::Days) && alike && (all.len() == 7 || rotation.count == Some(TurnCount::ActiveOnly));
    let steady = (unit(TurnUnit::Weeks) && rotation.count.is_none()) || each_day;
    if !steady || rotation.lasts.is_some() || dated(rotation) || midway(&rotation.hours, first) {
        return first;
    }
    next_stretch(&rotation.hours, first).unwrap_or(first)
}

fn dated(rotation: &Rotation) -> bool {
    rotation.members.iter().any(|it| matches!(it, RotationMember::Joins(_) | RotationMember::Leaves(_)))
}

fn same_turns(rotation: &mut Rotation, first: Timestamp, in_force: Timestamp) {
    let (lengths, zone) = (rotation.turn.clone(), rotation.zone);
    // Months have no length, and days that are counted none that is known beforehand.
    if lengths.iter().any(|turn| turn.unit() == TurnUnit::Months) || rotation.count == Some(TurnCount::ActiveOnly) {
        cycle(rotation, &lengths, first, None);
        rotation.from = (in_force > first).then(|| moment(zone, in_force));
        return;
    }
    let members = i64::try_from(rotation.members.len()).unwrap_or(1).max(1);
    let hours = !rotation.wall_clock && lengths.iter().any(|turn| turn.unit() == TurnUnit::Hours);
    let first = match dated(rotation) {
        true => first,
        // Hours pass, whatever the clock does.
        false if hours => {
            let round = lengths.iter().filter_map(|turn| seconds_of_turn(*turn)).sum::<i64>().saturating_mul(members);
            let passed = in_force.since(first).as_micros().div_euclid(1_000_000);
            first.plus(Elapsed::from_micros((passed - passed.rem_euclid(round.max(1))).saturating_mul(1_000_000)))
        }
        false => {
            let last = latest_round(zone.local(first), &lengths, members, zone.local(in_force));
            zone.instant(last, Occurrence::First)
        }
    };
    cycle(rotation, &lengths, first, Some(in_force));
}

/// Groups of one size that take turns are as many members at once.
fn as_many_at_once(rotation: &mut Rotation) {
    let members = u32::try_from(rotation.members.len()).unwrap_or(u32::MAX);
    rotation.concurrent = rotation.concurrent.map(|count| count.min(members)).filter(|count| *count != 1);
    let group = |member: &RotationMember| match member {
        RotationMember::Group(people) => Some(people.clone()),
        _ => None,
    };
    let groups: Option<Vec<_>> = rotation.members.iter().map(group).collect();
    let Some(groups) = groups.filter(|_| rotation.concurrent.is_none()) else { return };
    let size = groups.first().map_or(0, Vec::len);
    if size > 1 && groups.iter().all(|people| people.len() == size) {
        rotation.concurrent = u32::try_from(size).ok();
        rotation.members = groups.concat().into_iter().map(RotationMember::One).collect();
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
