//! Who could take a shift.

use std::collections::BTreeMap;

use super::answer::{LoadOptions, NotFree, NotFreeReason, ShiftTaker, ShiftTakers};
use super::booked::{Booked, Named, booked, name_of, zone_of};
use super::load::Clock;
use super::{hours, span};
use crate::error::Result;
use crate::id::{PersonId, ScheduleId};
use crate::oncall::schedule::Schedule;
use crate::time::{Elapsed, TZ_VERSION, Timestamp, Zone};

/// How far before and after a shift load and rest are looked at: four weeks.
const AROUND: Elapsed = Elapsed::hours(4 * 7 * 24);

impl Schedule {
    /// Who of its people could take a shift: everybody who is not away and not on call all through it, neither in this
    /// schedule nor in those beside it; whoever has the least time on call first. The others with why not.
    ///
    /// ```
    /// use incident_core::{Format, LoadOptions, Schedule, Source};
    ///
    /// let text = "[[rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = '2026-12-07T08:00'\nmembers = ['ana', 'bo', 'cy']";
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let (start, end) = ("2026-12-10T00:00:00Z".parse()?, "2026-12-11T00:00:00Z".parse()?);
    /// let takers = schedule.who_could_take(start, end, &Default::default(), &LoadOptions::default())?;
    /// assert_eq!(takers.free[0].person.as_str(), "cy");
    /// assert_eq!(takers.busy[0].why, "ana is on call in it from Thu 2026-12-10 00:00 UTC");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn who_could_take(
        &self,
        start: Timestamp,
        end: Timestamp,
        beside: &BTreeMap<ScheduleId, Self>,
        options: &LoadOptions,
    ) -> Result<ShiftTakers> {
        span(start, end)?;
        let named = beside.iter().map(|(name, schedule)| (Some(name), schedule));
        let schedules: Vec<Named<'_>> = std::iter::once((None, self)).chain(named).collect();
        let before = start.plus(Elapsed::from_micros(-AROUND.as_micros()));
        let all = booked(&schedules, before, end.plus(AROUND));
        let ours = self.members(before, end.plus(AROUND));
        let in_it = |person: &PersonId, booked: &Booked<'_>| {
            ours.contains(&person) || booked.each.iter().any(|(name, _)| name.is_none())
        };
        let (mut free, mut busy) = (Vec::new(), Vec::new());
        for (person, booked) in all.iter().filter(|(person, booked)| in_it(person, booked)) {
            let zone = zone_of(&schedules, options, person).unwrap_or(Zone::UTC);
            let name = name_of(&schedules, options, person);
            match not_free(&schedules, person, booked, (start, end)) {
                Some((reason, since, what)) => {
                    let why = format!("{name} is {what} from {}", zone.say(since));
                    busy.push(NotFree { person: (*person).clone(), reason, since, why });
                }
                None => free.push(taker(person, name, booked, &Clock::new(zone, options, start, end), (start, end))),
            }
        }
        let rest = |it: &ShiftTaker| {
            let least = it.rest_before.into_iter().chain(it.rest_after).min();
            std::cmp::Reverse(least.unwrap_or(AROUND))
        };
        free.sort_by(|a, b| (a.load, rest(a), &a.person).cmp(&(b.load, rest(b), &b.person)));
        let why = match free.first() {
            Some(first) => {
                let others = match free.len() - 1 {
                    0 => "nobody else is free".to_owned(),
                    1 => "one other is free".to_owned(),
                    more => format!("{more} others are free"),
                };
                format!("{}; {others} (tz {TZ_VERSION})", first.why)
            }
            None => format!("nobody is free all through it (tz {TZ_VERSION})"),
        };
        Ok(ShiftTakers { start, end, free, busy, tz_version: TZ_VERSION.to_owned(), why })
    }
}

/// Why a person cannot take it, since when, and in words.
fn not_free(
    schedules: &[Named<'_>],
    person: &PersonId,
    booked: &Booked<'_>,
    (start, end): (Timestamp, Timestamp),
) -> Option<(NotFreeReason, Timestamp, String)> {
    let first = |(name, here): &(Option<&ScheduleId>, super::stretches::Stretches)| {
        let (since, _) = here.cut(start, end).iter().next()?;
        let place = name.map_or_else(|| "it".to_owned(), |name| format!("`{name}`"));
        Some((NotFreeReason::OnCall, since, format!("on call in {place}")))
    };
    let on_call = booked.each.iter().filter_map(first).min_by_key(|(_, since, _)| *since);
    let away = schedules.iter().filter_map(|(_, schedule)| {
        let who = schedule.plan.number(person)?;
        let mut edges = std::iter::once(start).chain(schedule.each_edge(start, end));
        edges.find(|at| schedule.plan.is_away(who, *at))
    });
    let away = away.min().map(|since| (NotFreeReason::Away, since, "away".to_owned()));
    away.into_iter().chain(on_call).min_by_key(|(_, since, _)| *since)
}

fn taker(
    person: &PersonId,
    name: &str,
    booked: &Booked<'_>,
    clock: &Clock,
    (start, end): (Timestamp, Timestamp),
) -> ShiftTaker {
    let last = booked.all.iter().take_while(|(_, until)| *until <= start).last();
    let next = booked.all.iter().find(|(since, _)| *since >= end);
    let (rest_before, rest_after) =
        (last.map(|(_, until)| start.since(until)), next.map(|(since, _)| since.since(end)));
    let (load, asleep) = (booked.all.length(), clock.asleep(start, end));
    let rest = |rest: Option<Elapsed>| rest.map_or_else(|| "four weeks or more".to_owned(), hours);
    let nights =
        if asleep.is_positive() { format!("; {} of it in sleeping hours", hours(asleep)) } else { String::new() };
    let why = format!(
        "{name} has {} on call around it, rests {} before and {} after{nights}",
        hours(load),
        rest(rest_before),
        rest(rest_after)
    );
    ShiftTaker { person: person.clone(), load, asleep, rest_before, rest_after, why }
}
