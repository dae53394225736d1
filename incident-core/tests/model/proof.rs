//! What a policy promises, by trying every minute (SEMANTICS 8 and 16 to 18).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::answers::spans;
use super::calendar::{Instant, Twice, add_days, add_months, instant, local, weekday_of};
use super::escalation::{Action, Incident, Track, run, start_of};
use super::policy::{Policy, World, minutes};

/// SEMANTICS 9: the turns of a team begin where a hash of the incident's id points to. One incident for each way in which
/// they can begin in all teams of which a policy speaks; one where no team takes turns.
pub fn incidents(policy: &Policy, world: &World) -> Vec<String> {
    let teams = policy.teams_with_turns();
    let mut ways = 1;
    for team in &teams {
        let size = world.members(team).len().max(1);
        ways = (1..=size).map(|times| ways * times).find(|ways| ways % size == 0).unwrap();
    }
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    let mut number = 0;
    while found.len() < ways {
        let id = format!("01890000-0000-7000-8000-{number:012x}");
        found.entry(start_of(&id, ways)).or_insert(id);
        number += 1;
    }
    found.into_values().collect()
}

/// A promise about a severity, and when it does not hold.
#[derive(Debug, Eq, PartialEq)]
pub struct Broken {
    pub severity: String,
    /// `first_page` or `second_person`.
    pub claim: &'static str,
    /// None where no area is known.
    pub area: Option<String>,
    /// The instants of declaration at which it fails.
    pub when: Vec<(Instant, Instant)>,
}

/// SEMANTICS 16: the end of a horizon such as `26 weeks`, counted on the wall clock of the first rotation.
pub fn horizon_end(zone: Tz, from: Instant, length: &str) -> Instant {
    let (count, unit) = length.split_once(' ').unwrap();
    let count: i64 = count.parse().unwrap();
    let wall = local(zone, from);
    let end = match unit.trim_end_matches('s') {
        "hour" => wall + TimeDelta::hours(count),
        "day" => wall + TimeDelta::days(count),
        "week" => wall + TimeDelta::weeks(count),
        "month" => add_months(wall, count),
        other => panic!("a horizon is not counted in {other}"),
    };
    instant(zone, end, Twice::First)
}

/// Every promise that is broken at some minute of the horizon.
pub fn broken(policy: &Policy, world: &World, from: Instant, until: Instant) -> Vec<Broken> {
    let mut all = Vec::new();
    for (severity, claims) in &policy.prove.severities {
        for area in areas(world) {
            let wanted = [("first_page", &claims.first_page, 1), ("second_person", &claims.second_person, 2)];
            for (claim, within, people) in wanted {
                let Some(within) = within else { continue };
                let fails = |at| {
                    let paged = |id: &String| paged(policy, world, id, severity, area.as_deref(), at, minutes(within));
                    incidents(policy, world).iter().any(|id| paged(id).len() < people)
                };
                let when = spans(from, until, fails);
                if !when.is_empty() {
                    all.push(Broken { severity: severity.clone(), claim, area: area.clone(), when });
                }
            }
        }
    }
    all
}

/// SEMANTICS 16: each area, and none.
pub fn areas(world: &World) -> Vec<Option<String>> {
    std::iter::once(None).chain(world.areas.keys().cloned().map(Some)).collect()
}

/// SEMANTICS 17: who is paged by a step within so many minutes of a declaration to which nobody responds, and after how
/// many minutes, the first first.
pub fn paged(
    policy: &Policy,
    world: &World,
    id: &str,
    severity: &str,
    area: Option<&str>,
    at: Instant,
    within: i64,
) -> Vec<(String, i64)> {
    let incident = Incident {
        id: id.to_owned(),
        severity: severity.to_owned(),
        areas: area.into_iter().map(str::to_owned).collect(),
        started_at: at,
    };
    let actions = run(policy, world, &incident, &[], at + TimeDelta::minutes(within));
    let mut people: Vec<(String, i64)> = Vec::new();
    for (when, action) in actions {
        match action {
            Action::Page { person, track: Track::First | Track::Reinforce | Track::Authority, .. }
                if !people.iter().any(|(one, _)| *one == person) =>
            {
                people.push((person, (when - at).num_minutes()));
            }
            _ => {}
        }
    }
    people
}

/// The minutes of each week that each person is on call while asleep, in the schedules that the policy pages: by person, and by the Monday of the week in their
/// own zone.
pub fn asleep(policy: &Policy, world: &World, from: Instant, until: Instant) -> BTreeMap<(String, NaiveDate), i64> {
    let mut load = BTreeMap::new();
    let mut at = from;
    while at < until {
        let used = world.schedules.iter().filter(|(name, _)| policy.uses_schedule(name));
        let on_call: BTreeSet<_> = used.flat_map(|(_, schedule)| schedule.on_call(at).people).collect();
        for person in on_call {
            let zone = world.zone_of(&person);
            if policy.is_asleep(zone, at) {
                let day = local(zone.unwrap_or(Tz::UTC), at).date();
                *load.entry((person, add_days(day, -weekday_of(day)))).or_default() += 1;
            }
        }
        at += TimeDelta::minutes(1);
    }
    load
}
