//! Laws of reports about schedules and of their differences, over random schedules.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;

use incident_core::{Coverage, Elapsed, LoadOptions, ReportSpan, Schedule, ScheduleMove, Timestamp, load_together};
use proptest::prelude::*;
use serde_json::{Value, json};

const PEOPLE: [&str; 5] = ["ana", "bo", "cy", "dee", "eli"];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Ten weeks over the days on which clocks change in spring.
fn span() -> (Timestamp, Timestamp) {
    (at("2027-02-15T07:00:00Z"), at("2027-04-26T07:00:00Z"))
}

fn of(document: &Value) -> Schedule {
    Schedule::from_json(&document.to_string()).unwrap()
}

fn cases() -> ProptestConfig {
    ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() }
}

fn person() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PEOPLE.to_vec())
}

fn rotation(name: &'static str) -> impl Strategy<Value = Value> {
    let zone = prop::sample::select(vec!["Europe/Berlin", "America/Los_Angeles", "UTC"]);
    let turn = prop::sample::select(vec!["1 week", "1 day", "12 hours", "3 days"]);
    let hours =
        prop::option::of(prop::sample::select(vec!["daily 08:00-20:00", "Mon-Fri 18:00-24:00", "daily 22:00-07:00"]));
    let member = prop_oneof![8 => person(), 1 => Just("nobody")];
    (zone, turn, hours, prop::collection::vec(member, 1..4), any::<bool>()).prop_map(
        move |(zone, turn, hours, members, falls)| {
            let mut rotation =
                json!({ "name": name, "zone": zone, "turn": turn, "start": "2027-02-08T08:00", "members": members });
            rotation.as_object_mut().unwrap().extend(hours.map(|hours| ("hours".to_owned(), json!(hours))));
            if falls {
                rotation["if_absent"] = json!("fall_through");
            }
            rotation
        },
    )
}

fn deviation() -> impl Strategy<Value = Value> {
    (person(), person(), 0..60_u32, 0..6_u32, 0..4_u8).prop_map(|(one, other, day, length, kind)| {
        let on = |day: u32| {
            (chrono::NaiveDate::from_ymd_opt(2027, 2, 20).unwrap() + chrono::Days::new(day.into())).to_string()
        };
        let days = format!("{}..{}", on(day), on(day + length));
        match kind {
            0 => json!({ "replace": one, "with": other, "days": days }),
            1 => json!({ "remove": one, "days": days }),
            2 => json!({ "add": one, "days": days }),
            _ => json!({ "cover": [one, other], "days": days }),
        }
    })
}

fn document() -> impl Strategy<Value = Value> {
    let away = (person(), 0..60_u32).prop_map(|(person, day)| {
        let day = chrono::NaiveDate::from_ymd_opt(2027, 2, 20).unwrap() + chrono::Days::new(day.into());
        json!({ "person": person, "days": day.to_string() })
    });
    let rotations = (rotation("first"), prop::option::of(rotation("second")));
    let beside = (prop::collection::vec(deviation(), 0..4), prop::collection::vec(away, 0..4));
    (rotations, beside).prop_map(|((first, second), (overrides, absences))| {
        let rotations: Vec<Value> = std::iter::once(first).chain(second).collect();
        json!({ "rotation": rotations, "override": overrides, "absence": absences })
    })
}

fn sum(lengths: impl IntoIterator<Item = Elapsed>) -> i64 {
    lengths.into_iter().map(Elapsed::as_micros).sum()
}

/// A move the other way round.
fn swapped(it: &ScheduleMove) -> ScheduleMove {
    ScheduleMove { before: it.after.clone(), after: it.before.clone(), why: String::new(), ..it.clone() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn covered_gaps_and_empty_shifts_make_up_the_span(document in document()) {
        let ((start, end), schedule) = (span(), of(&document));
        let told = schedule.coverage(start, end).unwrap();
        prop_assert_eq!(sum([told.covered, told.empty, told.uncovered]), end.since(start).as_micros());
        prop_assert_eq!(sum(told.gaps.iter().map(|it| it.length)), told.uncovered.as_micros());
        prop_assert_eq!(sum(told.empty_shifts.iter().map(|it| it.length)), told.empty.as_micros());
        let right = |spans: &[ReportSpan], coverage| spans.iter().all(|it| {
            let last = Timestamp::from_micros(it.end.as_micros() - 1).unwrap();
            [it.start, last].iter().all(|at| schedule.on_call(*at).shift.coverage == coverage)
        });
        prop_assert!(right(&told.gaps, Coverage::Gap) && right(&told.empty_shifts, Coverage::Empty), "{:?}", told);
        // Somebody is always there exactly where nothing is missing.
        prop_assert_eq!(told.share == incident_core::Share::ALL, told.gaps.is_empty() && told.empty_shifts.is_empty());
    }

    #[test]
    fn loads_add_up_to_the_shifts(document in document()) {
        let ((start, end), schedule) = (span(), of(&document));
        let load = schedule.load(start, end, &LoadOptions::default()).unwrap();
        let shifts = schedule.shifts(start, end).unwrap().shifts;
        let length = |shift: &incident_core::Shift| shift.end.unwrap().since(shift.start.unwrap());
        for it in &load.people {
            let theirs = shifts.iter().filter(|shift| shift.people.contains(&it.person)).map(length);
            prop_assert_eq!(sum(theirs), it.total.as_micros());
            prop_assert_eq!(sum(it.weeks.iter().map(|week| week.total)), it.total.as_micros());
            prop_assert_eq!(sum(it.weeks.iter().map(|week| week.asleep)), it.asleep.as_micros());
            prop_assert_eq!(sum(it.weeks.iter().map(|week| week.weekend)), it.weekend.as_micros());
            prop_assert!(it.asleep <= it.total && it.weekend <= it.total && it.holiday == Elapsed::ZERO);
        }
        let listed = |shift: &incident_core::Shift| shift.people.iter().all(|who| load.people.iter().any(|it| it.person == *who));
        prop_assert!(shifts.iter().all(listed));
    }

    #[test]
    fn two_schedules_of_one_kind_are_one_load(document in document()) {
        let ((start, end), schedule) = (span(), of(&document));
        let alone = schedule.load(start, end, &LoadOptions::default()).unwrap();
        let both: BTreeMap<_, _> = ["a", "b"].map(|name| (name.parse().unwrap(), schedule.clone())).into();
        let together = load_together(&both, start, end, &LoadOptions::default()).unwrap();
        for (one, other) in alone.people.iter().zip(&together.people) {
            prop_assert_eq!((&one.person, one.total, &one.weeks), (&other.person, other.total, &other.weeks));
        }
        let twice = sum(together.double_booked.iter().map(|it| it.end.since(it.start)));
        prop_assert_eq!(twice, sum(alone.people.iter().map(|it| it.total)));
    }

    #[test]
    fn whoever_joins_on_a_day_changes_nothing_before(document in document(), day in 0..60_u32) {
        let ((start, end), old) = (span(), of(&document));
        let mut joined = document;
        let on = chrono::NaiveDate::from_ymd_opt(2027, 2, 20).unwrap() + chrono::Days::new(day.into());
        joined["rotation"][0]["members"].as_array_mut().unwrap().push(json!({ "join": "gus", "on": on.to_string() }));
        let difference = old.difference(&of(&joined), start, end).unwrap();
        let zone = old.document().rotation[0].zone;
        let midnight = on.to_string().parse::<incident_core::Moment>().unwrap().instant(zone);
        prop_assert!(difference.moves.iter().all(|it| it.start >= midnight), "{}", difference.why);
        prop_assert!(difference.findings.is_empty());
    }

    #[test]
    fn whoever_is_added_without_a_day_is_told_with_everybody_who_moves(document in document()) {
        let ((start, end), old) = (span(), of(&document));
        let mut added = document;
        added["rotation"][0]["members"].as_array_mut().unwrap().push(json!("gus"));
        let difference = old.difference(&of(&added), start, end).unwrap();
        prop_assert_eq!(difference.findings.is_empty(), difference.moves.is_empty(), "{}", difference.why);
    }

    #[test]
    fn a_difference_is_exact_and_swaps(one in document(), other in document()) {
        let ((start, end), one, other) = (span(), of(&one), of(&other));
        let (there, back) = (one.difference(&other, start, end).unwrap(), other.difference(&one, start, end).unwrap());
        let bare = |it: &ScheduleMove| swapped(&swapped(it));
        prop_assert_eq!(there.moves.iter().map(bare).collect::<Vec<_>>(), back.moves.iter().map(swapped).collect::<Vec<_>>());
        let people = |it: &Schedule, at| it.people_at(at).into_iter().cloned().collect::<std::collections::BTreeSet<_>>();
        for minute in (0..end.since(start).as_micros() / 60_000_000).step_by(97) {
            let at = start.plus(Elapsed::minutes(minute));
            let moved = there.moves.iter().any(|it| it.start <= at && at < it.end);
            prop_assert_eq!(people(&one, at) != people(&other, at), moved, "{}", at);
        }
        let none = one.difference(&one, start, end).unwrap();
        prop_assert!(none.moves.is_empty() && none.changes.is_empty() && none.findings.is_empty() && none.weeks_moved == 0);
    }
}
