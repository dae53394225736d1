//! Who is on call, beside the `rrule` crate on the same rotation: the answers are compared first, then the time.
//!
//! The rotation changes weekly among five people in New York. The peer says each person's weeks as a rule of their own,
//! `FREQ=WEEKLY;INTERVAL=5`, and is asked as its documentation says: for the occurrences in the five weeks up to the
//! instant, of which the last one is the shift. Every question is about another instant.
#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench stops at the first surprise"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use incident_core::{Elapsed, Format, Schedule, Source, Timestamp};
use rrule::{RRuleSet, Tz};

const PEOPLE: [&str; 5] = ["ana", "bo", "cy", "dee", "eli"];
const WEEK: i64 = 7 * 24 * 60;

fn schedule(year: i32, overrides: usize) -> Schedule {
    let mut text = format!(
        "[[rotation]]\nname = 'primary'\nzone = 'America/New_York'\nturn = '1 week'\nstart = {}\nhandoff = 'Mon 09:00'\nmembers = {PEOPLE:?}\n",
        monday(year),
    );
    // A day a week, from the first week that is asked about.
    let first: Timestamp = "2026-01-07T00:00:00Z".parse().unwrap();
    for week in (0..).take(overrides) {
        let (day, zone) = (first.plus(Elapsed::minutes(week * WEEK)), "America/New_York".parse().unwrap());
        let (day, by) = (incident_core::Zone::day(zone, day), PEOPLE[usize::try_from(week).unwrap() % 5]);
        text += &format!("[[override]]\ncover = '{by}'\ndays = '{day}'\nbecause = 'swap'\n");
    }
    Schedule::read(Source::parse(&text, Format::Toml).unwrap()).unwrap()
}

fn monday(year: i32) -> &'static str {
    if year == 2001 { "2001-01-01" } else { "2021-01-04" }
}

/// A rule a person.
fn rules(year: i32) -> Vec<RRuleSet> {
    let first = chrono::NaiveDate::parse_from_str(monday(year), "%Y-%m-%d").unwrap();
    let rule = |week: i64| {
        let start = first + chrono::TimeDelta::weeks(week);
        let start = start.format("%Y%m%dT090000");
        format!("DTSTART;TZID=America/New_York:{start}\nRRULE:FREQ=WEEKLY;INTERVAL=5").parse().unwrap()
    };
    (0..5).map(rule).collect()
}

/// Whose shift it is, and since when: the last of the occurrences in the five weeks up to an instant.
fn asked(rules: &[RRuleSet], at: Timestamp) -> (usize, i64) {
    let utc: chrono::DateTime<chrono::Utc> = at.into();
    let end = utc.with_timezone(&Tz::UTC);
    let start = end - chrono::TimeDelta::weeks(5);
    let of = |(person, rule): (usize, &RRuleSet)| {
        let found = rule.clone().after(start).before(end).all(10).dates;
        found.last().map(|date| (date.timestamp(), person))
    };
    let (since, person) = rules.iter().enumerate().filter_map(of).max().unwrap();
    (person, since)
}

/// Instants all over two years, none twice.
fn instants() -> impl Iterator<Item = Timestamp> {
    let first: Timestamp = "2026-01-06T00:00:00Z".parse().unwrap();
    // Steps of the golden section of the two years land everywhere.
    (0_i64..).map(move |step| first.plus(Elapsed::from_micros(step * 38_979_361 % (2 * 365 * 24 * 3_600) * 1_000_000)))
}

/// The median over many short rounds of the mean of one, in nanoseconds: what else the machine does falls on few of them.
fn time<T>(each: impl Fn(Timestamp) -> T, round: usize, rounds: usize) -> f64 {
    let asked: Vec<Timestamp> = instants().take(round * rounds).collect();
    let mut took: Vec<Duration> = Vec::new();
    for asked in asked.chunks(round) {
        let start = Instant::now();
        asked.iter().for_each(|at| drop(black_box(each(black_box(*at)))));
        took.push(start.elapsed());
    }
    took.sort_unstable();
    took[took.len() / 2].as_secs_f64() * 1e9 / round as f64
}

fn say(what: &str, ours: f64, peer: Option<(&str, f64)>) {
    match peer {
        Some((name, peer)) => println!("{what}: {ours:.0} ns; {name} {peer:.0} ns; {:.0} times as fast", peer / ours),
        None => println!("{what}: {ours:.0} ns"),
    }
}

fn ratios() {
    for year in [2021, 2001] {
        let (schedule, rules) = (schedule(year, 0), rules(year));
        for at in instants().take(500) {
            let duty = schedule.duty_at(at);
            let (person, since) = asked(&rules, at);
            assert!(duty.people().map(|person| person.as_str()).eq([PEOPLE[person]]), "{at}");
            assert_eq!(duty.since().unwrap().as_micros(), since * 1_000_000, "{at}");
        }
        let ours = time(|at| schedule.duty_at(at), 500, 400);
        say(
            &format!("on call at an instant, anchor {year}"),
            ours,
            Some(("rrule", time(|at| asked(&rules, at), 2, 400))),
        );
    }
    let with_overrides = schedule(2021, 200);
    say("on call at an instant, 200 overrides", time(|at| with_overrides.duty_at(at), 500, 400), None);
    say("its people alone, 200 overrides", time(|at| with_overrides.people_at(at), 500, 400), None);
    say("its answer written out, 200 overrides", time(|at| with_overrides.on_call(at), 100, 400), None);
    year();
    let at: Vec<Timestamp> = instants().take(100_000).collect();
    let start = Instant::now();
    black_box(with_overrides.on_call_many(&at));
    println!("on call at 100,000 instants in no order: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
}

/// The shifts of a year, beside one weekly rule that has them all.
fn year() {
    let schedule = schedule(2021, 0);
    let rule: RRuleSet = "DTSTART;TZID=America/New_York:20210104T090000\nRRULE:FREQ=WEEKLY".parse().unwrap();
    let expand = |at: Timestamp| {
        let utc: chrono::DateTime<chrono::Utc> = at.into();
        let start = utc.with_timezone(&Tz::UTC);
        let end = start + chrono::TimeDelta::weeks(52);
        rule.clone().after(start).before(end).all(100).dates
    };
    let end = |at: Timestamp| at.plus(Elapsed::minutes(52 * WEEK));
    for at in instants().take(100) {
        let shifts = schedule.shifts(at, end(at)).unwrap().shifts;
        let begun: Vec<i64> = shifts.iter().skip(1).map(|shift| shift.start.unwrap().as_micros() / 1_000_000).collect();
        assert_eq!(begun, expand(at).iter().map(chrono::DateTime::timestamp).collect::<Vec<_>>());
        assert_eq!(shifts.len(), 53);
    }
    let peer = time(expand, 2, 400);
    say("the 53 shifts of a year", time(|at| schedule.duties(at, end(at)).unwrap(), 20, 400), Some(("rrule", peer)));
    say("the same, written out", time(|at| schedule.shifts(at, end(at)).unwrap(), 5, 400), Some(("rrule", peer)));
}

fn oncall(c: &mut Criterion) {
    ratios();
    let (schedule, mut at) = (schedule(2021, 200), instants());
    c.bench_function("oncall: at an instant, 200 overrides", |b| {
        b.iter(|| schedule.duty_at(at.next().unwrap()).until())
    });
}

criterion_group!(benches, oncall);
criterion_main!(benches);
