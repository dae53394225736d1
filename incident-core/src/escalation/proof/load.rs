//! How long people are on call, and how much of it while they should sleep.

use std::collections::BTreeMap;

use chrono::{Days, NaiveTime};

use crate::time::{Date, Elapsed, Occurrence, Span, Timestamp, Window, Zone};

use super::answer::{Counterexample, OnCallLoad, ProofClaim, ProofClaimKind};
use super::scene::Scene;
use super::{say, words};

/// The hours of somebody in the nights of each week, by its Monday.
pub(super) type Weeks = BTreeMap<Date, Elapsed>;

/// How long each person is on call in the horizon, by zone and name, with what of it is in their sleeping hours.
pub(super) fn loads(scene: &Scene<'_>) -> Vec<(OnCallLoad, Weeks)> {
    let (directory, until) = (scene.directory(), scene.horizon.until);
    let mut known: BTreeMap<&str, Vec<Stretch>> = BTreeMap::new();
    let mut loads = Vec::new();
    for (person, stretches) in scene.almanac.on_call(until) {
        let zone = directory.zone_of(person);
        let home = zone.unwrap_or(Zone::UTC);
        let all = (scene.horizon.from, until);
        let nights = known.entry(home.name()).or_insert_with(|| nights(scene.sleep(), home, all));
        let on_call = union(stretches);
        let total = on_call.iter().map(|(from, until)| until.since(*from).as_micros()).sum();
        let weeks = asleep(&on_call, nights, home);
        let asleep = weeks.values().max().copied().unwrap_or_default();
        loads.push((OnCallLoad { person: person.clone(), zone, total: Elapsed::from_micros(total), asleep }, weeks));
    }
    loads.sort_by_key(|(load, _)| load.zone.map(Zone::name));
    loads
}

/// Whether nobody is on call for longer than that in their sleeping hours of any week.
pub(super) fn claim(scene: &Scene<'_>, limit: Elapsed, loads: &[(OnCallLoad, Weeks)]) -> ProofClaim {
    // The first of those who have the most, and the first week in which they have it.
    let most = loads.iter().rev().max_by_key(|(load, _)| load.asleep).filter(|(load, _)| load.asleep.is_positive());
    let too_much = |(load, weeks): &(OnCallLoad, Weeks)| {
        let home = load.zone.unwrap_or(Zone::UTC);
        let start = |monday, later| midnight(home, monday, later).unwrap_or(Timestamp::MAX);
        let bad: Vec<Date> = weeks.iter().filter(|(_, hours)| **hours > limit).map(|(monday, _)| *monday).collect();
        let spans: Vec<Span> =
            bad.iter().map(|monday| Span { start: start(*monday, 0), end: Some(start(*monday, 7)) }).collect();
        let minutes: i64 = spans.iter().map(|week| week.length(week.start).as_micros() / 60_000_000).sum();
        let (first, worst) = (bad.first()?, first_most(weeks)?);
        Some(Counterexample {
            severity: None,
            areas: Vec::new(),
            without_area: false,
            starts: Vec::new(),
            person: Some(load.person.clone()),
            witness: start(*first, 0),
            spans,
            minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
            trace: Vec::new(),
            because: None,
            why: format!(
                "{} is on call for more than {} of their sleeping hours in {}, for {} in the week of {}",
                words::name(scene.directory(), &load.person),
                words::hours(limit),
                words::count(bad.len() as u64, "week", "weeks"),
                words::hours(load.asleep),
                words::day(worst),
            ),
        })
    };
    let counterexamples: Vec<_> = loads.iter().filter_map(too_much).collect();
    let mut claim = ProofClaim {
        path: "/prove/load/asleep_hours_a_week".to_owned(),
        claim: ProofClaimKind::AsleepHoursAWeek,
        severity: None,
        limit,
        proved: counterexamples.is_empty(),
        reached: Some(most.map_or(Elapsed::ZERO, |(load, _)| load.asleep)),
        person: most.map(|(load, _)| load.person.clone()),
        week: most.and_then(|(_, weeks)| first_most(weeks)),
        counterexamples,
        why: String::new(),
    };
    claim.why = say::claim(scene.directory(), &claim);
    claim
}

/// The first of the weeks that have the most.
fn first_most(weeks: &Weeks) -> Option<Date> {
    weeks.iter().rev().max_by_key(|(_, hours)| **hours).map(|(monday, _)| *monday)
}

/// From an instant to another.
pub(super) type Stretch = (Timestamp, Timestamp);

/// How long stretches on call are within nights, by the Monday of the week in a zone.
///
/// Both are in order, and no two overlap. A stretch of sleep past the midnight to a Monday counts in both weeks, each
/// with its part.
fn asleep(on_call: &[Stretch], nights: &[Stretch], zone: Zone) -> Weeks {
    let mut weeks = Weeks::new();
    let mut nights = nights.iter().peekable();
    for (from, until) in on_call {
        while nights.next_if(|night| night.1 <= *from).is_some() {}
        for night in nights.clone().take_while(|night| night.0 < *until) {
            let (mut from, until) = (night.0.max(*from), night.1.min(*until));
            while from < until {
                let monday = monday(zone.day(from));
                let next = midnight(zone, monday, 7).filter(|next| *next > from).unwrap_or(until).min(until);
                let week = weeks.entry(monday).or_default();
                *week = Elapsed::from_micros(week.as_micros().saturating_add(next.since(from).as_micros()));
                from = next;
            }
        }
    }
    weeks
}

/// The stretches of a window that touch a stretch, in order, none touching the next.
fn nights(window: &Window, zone: Zone, (from, until): Stretch) -> Vec<Stretch> {
    let clock = window.zone.resolve(Some(zone));
    // A stretch of a window lasts at most a week, and clocks change by at most a day.
    let mut day = clock.day(from).plus_days(-9);
    let mut all: Vec<Stretch> = Vec::new();
    while let Some(today) = day.filter(|today| midnight(clock, *today, 0).is_some_and(|start| start < until)) {
        all.extend(window.stretches(clock, today).filter_map(|span| Some((span.start, span.end?))));
        day = today.plus_days(1);
    }
    all.retain(|(start, end)| *end > from && *start < until);
    union(all)
}

/// The same stretches in order, none touching the next.
fn union(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::new();
    for (from, until) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

fn monday(day: Date) -> Date {
    day.plus_days(-i64::from(day.weekday().index())).unwrap_or(day)
}

/// The start of a day so many days later.
fn midnight(zone: Zone, day: Date, later: u64) -> Option<Timestamp> {
    let day = day.naive().checked_add_days(Days::new(later))?;
    Some(zone.instant(day.and_time(NaiveTime::MIN), Occurrence::First))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(on_call: &[(&str, &str)], zone: &str, expected: &[(&str, &str)]) {
        let window: Window = serde_json::from_str(r#"{"zone":"recipient","hours":"daily 22:00-07:00"}"#).unwrap();
        let on_call: Vec<Stretch> =
            on_call.iter().map(|(from, until)| (from.parse().unwrap(), until.parse().unwrap())).collect();
        let (zone, all) = (zone.parse().unwrap(), (on_call[0].0, on_call[on_call.len() - 1].1));
        let told = asleep(&on_call, &nights(&window, zone, all), zone);
        let told: Vec<_> = told.into_iter().map(|(week, hours)| (week.to_string(), hours.words())).collect();
        let expected: Vec<_> = expected.iter().map(|(week, hours)| ((*week).to_owned(), (*hours).to_owned())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn sleep_is_counted_by_the_week_in_which_it_is() {
        check(&[("2026-12-07T07:00:00Z", "2026-12-07T19:00:00Z")], "Europe/Berlin", &[]);
        check(&[("2026-12-07T19:00:00Z", "2026-12-08T07:00:00Z")], "Europe/Berlin", &[("2026-12-07", "9 h")]);
        // From Sunday 22:00 to Monday 07:00: two hours in one week, seven in the next.
        check(
            &[("2026-12-13T00:00:00Z", "2026-12-14T12:00:00Z")],
            "UTC",
            &[("2026-12-07", "9 h"), ("2026-12-14", "7 h")],
        );
        // The night in which the clock is set forward is an hour shorter.
        check(&[("2027-03-27T12:00:00Z", "2027-03-28T12:00:00Z")], "Europe/Berlin", &[("2027-03-22", "8 h")]);
        check(
            &[("2026-12-07T22:30:00Z", "2026-12-07T23:00:00Z"), ("2026-12-07T23:30:00Z", "2026-12-07T23:45:00Z")],
            "UTC",
            &[("2026-12-07", "45 min")],
        );
    }
}
