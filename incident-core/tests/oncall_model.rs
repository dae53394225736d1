//! Schedules against the model: who is on call and who is next, at instants near everything that changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod model;

use chrono::{NaiveDateTime, TimeDelta};
use incident_core::{Coverage, Format, PersonId, Schedule, Shift, Source, Timestamp};
use model::calendar::{self, Instant, Twice, local, parse_instant};
use model::random::{self, Around, Clauses, Random};
use serde_json::{Value, json};

/// How many random schedules are compared: `INCIDENT_CORE_SCHEDULES`, or as many as take a few seconds.
fn cases() -> u64 {
    #[allow(clippy::disallowed_methods, reason = "how much is tested is for whoever runs the test")]
    std::env::var("INCIDENT_CORE_SCHEDULES").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

fn read(document: &Value) -> Result<Schedule, String> {
    let source = Source::parse(&document.to_string(), Format::Json).map_err(|error| error.to_string())?;
    Schedule::read(source).map_err(|error| format!("{error:?}"))
}

fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_micros(at.timestamp_micros()).unwrap()
}

#[test]
fn the_library_agrees_with_the_model() {
    let mut differences = Vec::new();
    for seed in 0..cases() {
        let mut random = Random::new(seed);
        let around = Around::new(&mut random);
        let document = random::schedule(&mut random, around, Clauses { concurrent_changes: false });
        let library = match read(&document) {
            Ok(library) => library,
            Err(error) => {
                differences.push(format!("seed {seed}: refused: {error}\n{document}"));
                continue;
            }
        };
        let model = model::schedule::Schedule::read(&document, around.focus + TimeDelta::days(40));
        for at in random::instants(&mut random, around, &model, 40) {
            let mut expected = model.on_call(at);
            let found = library.on_call(timestamp(at));
            let coverage = match (expected.gap, expected.empty) {
                (true, _) => Coverage::Gap,
                (_, true) => Coverage::Empty,
                _ => Coverage::Covered,
            };
            let mut people: Vec<_> = found.people.iter().map(ToString::to_string).collect();
            let next: Vec<_> = library.next(timestamp(at)).iter().map(ToString::to_string).collect();
            if found.why.contains("as recorded") {
                // What was recorded has no order.
                people.sort();
                expected.people.sort();
            }
            let (next_expected, mut wrong) = (model.next(at), String::new());
            if people != expected.people || found.shift.coverage != coverage {
                wrong = format!(
                    "on call {people:?} {:?}, expected {:?} {coverage:?}",
                    found.shift.coverage, expected.people
                );
            } else if next != next_expected {
                wrong = format!("next {next:?}, expected {next_expected:?}");
            }
            if !wrong.is_empty() {
                differences.push(format!("seed {seed} at {at}: {wrong}\n{}\n{document}", found.why));
                break;
            }
        }
    }
    let shown: Vec<_> = differences.iter().take(12).map(String::as_str).collect();
    assert!(differences.is_empty(), "{} of {} differ:\n{}", differences.len(), cases(), shown.join("\n\n"));
}

/// What a shift tells, without the words.
fn plain(shift: &Shift) -> (Timestamp, Timestamp, &[PersonId], Coverage) {
    (shift.start.unwrap(), shift.end.unwrap(), &shift.people, shift.coverage)
}

#[test]
fn asking_from_any_instant_is_cutting_the_whole() {
    for seed in 0..cases() / 2 {
        let mut random = Random::new(seed);
        let around = Around::new(&mut random);
        let document = random::schedule(&mut random, around, Clauses { concurrent_changes: true });
        let library = read(&document).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let before = library.to_json().unwrap();
        let (from, until) = (around.focus - TimeDelta::days(5), around.focus + TimeDelta::days(5));
        let whole = library.shifts(timestamp(from), timestamp(until)).unwrap().shifts;

        // They follow each other without a seam, from the first instant to the last.
        let (first, last) = (whole.first().unwrap(), whole.last().unwrap());
        assert_eq!((first.start, last.end), (Some(timestamp(from)), Some(timestamp(until))), "seed {seed}: {document}");
        for pair in whole.windows(2) {
            assert_eq!(pair[0].end, pair[1].start, "seed {seed}: {document}");
        }

        for _ in 0..4 {
            let one = from + TimeDelta::minutes(random.below(10 * 1440));
            let other = from + TimeDelta::minutes(random.below(10 * 1440));
            let (start, end) = (timestamp(one.min(other)), timestamp(one.max(other)));
            let inside = whole.iter().find(|shift| shift.start <= Some(start) && Some(start) < shift.end).unwrap();
            assert_eq!(library.people_at(start), inside.people.iter().collect::<Vec<_>>(), "seed {seed}: {document}");
            if start == end {
                continue;
            }
            let part = library.shifts(start, end).unwrap().shifts;
            let cut = whole.iter().filter(|shift| shift.end > Some(start) && shift.start < Some(end)).map(|shift| {
                let (from, until, people, coverage) = plain(shift);
                (from.max(start), until.min(end), people, coverage)
            });
            assert_eq!(part.iter().map(plain).collect::<Vec<_>>(), cut.collect::<Vec<_>>(), "seed {seed}: {document}");
        }
        assert_eq!(library.to_json().unwrap(), before);
    }
}

/// The k-th handoff of a rotation, in days after a local time.
fn handoff(zone: chrono_tz::Tz, anchor: NaiveDateTime, days: i64) -> Instant {
    calendar::instant(zone, anchor + TimeDelta::days(days), Twice::First)
}

#[test]
fn every_zone_hands_off_on_its_own_clock() {
    let people = ["ana", "bo", "cy"];
    for zone in chrono_tz::TZ_VARIANTS {
        for (turn, length, start) in [("1 day", 1, "2024-01-01T02:30"), ("1 week", 7, "2024-01-07T00:00")] {
            let anchor = calendar::parse_local(start).unwrap();
            let rotation = json!({"zone": zone.name(), "turn": turn, "start": start, "members": people});
            let library = read(&json!({"rotation": [rotation]})).unwrap();
            let turns = 5 * 365 / length;
            // Those between which the clock changes, and some of the others.
            let changes = |turn: &i64| {
                let offset = |turn: i64| {
                    let at = handoff(zone, anchor, length * turn);
                    local(zone, at) - at.naive_utc()
                };
                turn % 61 == 0 || offset(turn - 1) != offset(*turn) || offset(*turn) != offset(turn + 1)
            };
            for turn in (1..turns).filter(changes) {
                let at = handoff(zone, anchor, length * turn);
                let who = |turn: i64| people[usize::try_from(turn % 3).unwrap()];
                let found = |at: Instant| library.people_at(timestamp(at))[0].as_str();
                assert_eq!(found(at), who(turn), "{zone} {at}");
                if handoff(zone, anchor, length * (turn - 1)) < at {
                    assert_eq!(found(at - TimeDelta::minutes(1)), who(turn - 1), "{zone} {at}");
                }
            }
        }
    }
}

#[test]
fn an_old_anchor_answers_as_a_new_one() {
    let turns = [
        json!({"turn": "1 day"}),
        json!({"turn": "2 weeks", "handoff": "Thu 02:30"}),
        json!({"turn": "7 hours"}),
        json!({"turn": "7 hours", "wall_clock": true}),
        json!({"turn": "1 month"}),
        json!({"turn": ["4 days", "3 days"]}),
        json!({"turn": "1 day", "hours": ["Mon-Fri 09:00-17:00"], "count": "active_only"}),
    ];
    for more in turns {
        let mut rotation = json!({
            "zone": "America/New_York", "start": "2006-03-31T02:30",
            "members": ["ana", ["bo", "cy"], "dee", {"join": "eli", "on": "2026-03-01"}, {"leave": "dee", "on": "2026-03-09"}],
        });
        for (key, value) in more.as_object().unwrap() {
            rotation[key] = value.clone();
        }
        let document = json!({"rotation": [rotation]});
        let library = read(&document).unwrap();
        let begun = parse_instant("2026-03-01T00:00:00Z");
        let model = model::schedule::Schedule::read(&document, begun + TimeDelta::days(30));
        for step in 0..400 {
            let at = begun + TimeDelta::minutes(61 * step);
            let found: Vec<_> = library.people_at(timestamp(at)).iter().map(ToString::to_string).collect();
            assert_eq!(found, model.on_call(at).people, "{at} {document}");
        }
    }
}
