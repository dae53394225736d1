//! Backtests in words.

use super::answer::{Backtest, BacktestIncident, BacktestPerson, BacktestTimes};
use super::change::{BacktestDifference, BacktestIncidentChange};
use crate::escalation::action::EscalationTrack;
use crate::escalation::proof::words;
use crate::escalation::world::World;
use crate::id::PersonId;
use crate::time::{Elapsed, Zone};

/// One incident.
pub(super) fn incident(world: &World, incident: &BacktestIncident) -> String {
    let mut happens: Vec<String> = Vec::new();
    let by_steps = || incident.pages.iter().filter(|page| page.track != EscalationTrack::Otherwise);
    if let Some(first) = by_steps().next() {
        happens.push(format!("{} is paged {}", name(world, &first.person), after(first.after)));
        let second = by_steps().find(|page| page.person != first.person);
        happens.extend(second.map(|page| format!("{} {}", name(world, &page.person), after(page.after))));
    } else {
        happens.push("no step reaches anybody".to_owned());
    }
    happens.extend(incident.otherwise_after.map(|late| format!("`otherwise` {}", after(late))));
    happens.extend(incident.nobody_reachable_after.map(|late| format!("nobody can be reached {}", after(late))));
    let mut parts = vec![happens.join(", "), number(incident.pages.len(), "page", "pages")];
    if let (Some(by), Some(at)) = (&incident.acknowledged_by, incident.acknowledged_at) {
        parts.push(format!("{} acknowledges {}", name(world, by), after(at.since(incident.declared_at))));
    }
    if !incident.woken.is_empty() {
        let verb = if incident.woken.len() == 1 { "is" } else { "are" };
        parts.push(format!("{} {verb} woken", names(world, &incident.woken)));
    }
    format!("{}: {}", declared(world, incident), parts.join("; "))
}

/// `SEV1 declared Mon 2026-12-14 20:55 Berlin (19:55 UTC)`.
fn declared(world: &World, incident: &BacktestIncident) -> String {
    let severity = incident.severity.as_ref().map_or("incident".to_owned(), |it| it.as_str().to_uppercase());
    format!("{severity} declared {}", zone(world).say(incident.declared_at))
}

/// All of it.
pub(super) fn whole(told: &Backtest) -> String {
    let mut parts = vec![
        number(told.pages as usize, "page", "pages"),
        format!("{} broken", number(told.nights as usize, "night", "nights")),
    ];
    let people = |times: BacktestTimes, which: &str| match (times.reached, times.median) {
        (0, _) => format!("no step reaches a {which} person"),
        (_, Some(median)) => format!("a {which} person is paged {} in half of them", within(median)),
        (_, None) => format!("a {which} person is paged in {}", times.reached),
    };
    parts.push(people(told.first_person, "first"));
    parts.push(people(told.second_person, "second"));
    if told.otherwise > 0 {
        parts.push(format!("`otherwise` is paged in {}", told.otherwise));
    }
    if told.nobody_reachable > 0 {
        parts.push(format!("nobody can be reached in {}", told.nobody_reachable));
    }
    let incidents = number(told.incidents.len(), "incident", "incidents");
    format!("{incidents}, {}: {}", told.assumption.words(), parts.join("; "))
}

/// What is different in one incident.
pub(super) fn change((old_world, world): (&World, &World), change: &BacktestIncidentChange) -> String {
    let (old, new) = (&change.old, &change.new);
    let mut parts: Vec<String> = Vec::new();
    if old.first_person_after != new.first_person_after {
        parts.push(format!("the first person {}", instead(new.first_person_after, old.first_person_after)));
    }
    let first = |incident: &BacktestIncident, world| incident.pages.first().map(|page| name(world, &page.person));
    let who = |name: Option<String>| name.unwrap_or_else(|| "nobody".to_owned());
    let people = (first(old, old_world), first(new, world));
    if people.0 != people.1 {
        parts.push(format!("{} first instead of {}", who(people.1), who(people.0)));
    }
    if old.second_person_after != new.second_person_after {
        parts.push(format!("the second person {}", instead(new.second_person_after, old.second_person_after)));
    }
    if old.otherwise_after != new.otherwise_after {
        parts.push(format!("`otherwise` {}", instead(new.otherwise_after, old.otherwise_after)));
    }
    match (old.nobody_reachable_after, new.nobody_reachable_after) {
        (None, Some(late)) => parts.push(format!("nobody can be reached {}", after(late))),
        (Some(_), None) => parts.push("somebody can always be reached".to_owned()),
        _ => {}
    }
    if !change.gained.is_empty() {
        parts.push(format!("{} paged as well", names(world, &change.gained)));
    }
    if !change.lost.is_empty() {
        parts.push(format!("{} no more", names(old_world, &change.lost)));
    }
    if old.pages.len() != new.pages.len() {
        let pages = number(new.pages.len(), "page", "pages");
        parts.push(format!("{pages} instead of {}", old.pages.len()));
    }
    if parts.is_empty() {
        parts.push("the same people are paged at other times".to_owned());
    }
    format!("{} ({}): {}", declared(world, new), change.id, parts.join("; "))
}

/// What is different for one person.
pub(super) fn person(world: &World, old: &BacktestPerson, new: &BacktestPerson) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut part = |new: u32, old: u32, one: &str, many: &str| {
        if new != old {
            parts.push(format!("{} instead of {old}", number(new as usize, one, many)));
        }
    };
    part(new.pages, old.pages, "page", "pages");
    part(new.nights, old.nights, "broken night", "broken nights");
    part(new.incidents, old.incidents, "incident", "incidents");
    part(new.first, old.first, "incident as the first", "incidents as the first");
    format!("{}: {}", name(world, &new.person), parts.join(", "))
}

/// All that is different.
pub(super) fn difference(told: &BacktestDifference, (old, new): (&Backtest, &Backtest)) -> String {
    let assumption = told.assumption.words();
    let compared = number(told.compared as usize, "incident", "incidents");
    if told.incidents.is_empty() {
        return format!("nothing is different in {compared}, {assumption}");
    }
    let having = |has: &dyn Fn(&BacktestIncidentChange) -> bool| told.incidents.iter().filter(|it| has(it)).count();
    let late = |incident: &BacktestIncident| incident.first_person_after.map_or(i64::MAX, Elapsed::as_micros);
    let later = having(&|it| late(&it.new) > late(&it.old));
    let earlier = having(&|it| late(&it.new) < late(&it.old));
    let first = |incident: &BacktestIncident| incident.pages.first().map(|page| page.person.clone());
    let other = having(&|it| first(&it.old) != first(&it.new));
    let mut parts: Vec<String> = Vec::new();
    for (how_many, what) in [
        (later, "the first person is paged later"),
        (earlier, "the first person is paged earlier"),
        (other, "somebody else is paged first"),
    ] {
        if how_many > 0 {
            parts.push(format!("{what} in {how_many}"));
        }
    }
    if old.pages != new.pages {
        parts.push(format!("{} instead of {}", number(new.pages as usize, "page", "pages"), old.pages));
    }
    if old.nights != new.nights {
        parts.push(format!(
            "{} instead of {}",
            number(new.nights as usize, "broken night", "broken nights"),
            old.nights
        ));
    }
    if parts.is_empty() {
        parts.push("others are paged, or at other times".to_owned());
    }
    let most = told.people.first().map(|it| format!("; most for {}", it.why)).unwrap_or_default();
    format!("{} of {compared} differ, {assumption}: {}{most}", told.incidents.len(), parts.join("; "))
}

/// `after 10 min instead of 5 min`.
fn instead(new: Option<Elapsed>, old: Option<Elapsed>) -> String {
    match (new, old) {
        (Some(new), Some(old)) => format!("{} instead of {}", after(new), after(old)),
        (Some(new), None) => format!("{} instead of never", after(new)),
        (None, Some(old)) => format!("never instead of {}", after(old)),
        (None, None) => "never".to_owned(),
    }
}

fn after(length: Elapsed) -> String {
    if length == Elapsed::ZERO { "at once".to_owned() } else { format!("after {}", length.words()) }
}

fn within(length: Elapsed) -> String {
    if length == Elapsed::ZERO { "at once".to_owned() } else { format!("within {}", length.words()) }
}

fn name(world: &World, person: &PersonId) -> String {
    words::name(world.directory(), person)
}

fn names(world: &World, people: &[PersonId]) -> String {
    words::names(world.directory(), people)
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The zone of the first rotation there is.
fn zone(world: &World) -> Zone {
    let mut rotations = world.schedules().values().flat_map(|schedule| &schedule.document().rotation);
    rotations.next().map_or(Zone::UTC, |rotation| rotation.zone)
}
