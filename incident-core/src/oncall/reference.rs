//! Rotations answered the long way, to compare with: turns are walked one by one, and every local time is asked of its
//! zone.

use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::{Rotation, RotationMember, Schedule, ScheduleDocument};
use crate::id::PersonId;
use crate::time::{Date, Elapsed, Hours, Moment, Occurrence, Timestamp, Turn, TurnUnit, Window, Zone};

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/St_Johns",
];
const HOURS: [&[&str]; 6] = [
    &[],
    &["daily 08:00-20:00"],
    &["Mon-Fri 18:00-24:00", "daily 01:30-02:30"],
    &["Fri 20:00 - Mon 08:00"],
    &["Sat-Sun", "Wed 22:00-03:00"],
    &["Wed 01:00 - Wed 00:30"],
];
const TURNS: [&[&str]; 8] = [
    &["1 week"],
    &["1 day"],
    &["3 days", "4 days"],
    &["1 month"],
    &["5 hours"],
    &["2 days", "1 day"],
    &["26 hours"],
    &["2 weeks"],
];
const PEOPLE: [&str; 3] = ["ana", "bo", "cy"];

/// Times around which a clock was set in one of the zones, and times when none was.
const AROUND: [&str; 7] = [
    "2026-10-25T00:00:00",
    "2027-03-14T00:00:00",
    "2027-04-04T00:00:00",
    "2011-12-30T00:00:00",
    "2010-09-09T00:00:00",
    "2031-02-10T00:00:00",
    "2026-07-01T00:00:00",
];

prop_compose! {
    fn rotation()(
        zone in prop::sample::select(&ZONES),
        hours in prop::sample::select(&HOURS),
        turn in prop::sample::select(&TURNS),
        around in prop::sample::select(&AROUND),
        before in 0..100_000_i64,
        wall_clock: bool,
        lasts in prop::option::weighted(0.2, 30..2_000_i64),
        closed in prop::collection::btree_set(-3..12_i64, 0..4),
    ) -> (NaiveDateTime, Vec<Date>, Rotation) {
        let around: NaiveDateTime = around.parse().unwrap();
        let start = around - TimeDelta::minutes(before);
        let closed = closed.into_iter().filter_map(|day| Date::new(around.date()).plus_days(day)).collect();
        let members = PEOPLE.map(|name| RotationMember::One(PersonId::new(name).unwrap())).into();
        let turn: Vec<Turn> = turn.iter().map(|turn| turn.parse().unwrap()).collect();
        let rotation = Rotation {
            hours: hours.iter().map(|hours| hours.parse::<Hours>().unwrap()).collect(),
            except: Some("closed".to_owned()),
            // Only hours can follow the clock or not.
            wall_clock: wall_clock && turn.iter().all(|turn| turn.unit() == TurnUnit::Hours),
            turn,
            start: Some(start.format("%Y-%m-%dT%H:%M").to_string().parse::<Moment>().unwrap()),
            lasts: lasts.map(Elapsed::minutes),
            members,
            ..empty(zone.parse().unwrap())
        };
        (around, closed, rotation)
    }
}

fn empty(zone: Zone) -> Rotation {
    serde_json::from_str(&format!(r#"{{"zone":"{zone}","members":[]}}"#)).unwrap()
}

/// When turns begin, from the first on.
fn boundary(rotation: &Rotation, turn: i64) -> Timestamp {
    let anchor = rotation.start.unwrap().local(rotation.zone);
    let count = i64::try_from(rotation.turn.len()).unwrap();
    let mut local = anchor;
    for (place, length) in rotation.turn.iter().enumerate() {
        let place = i64::try_from(place).unwrap();
        let times = turn / count + i64::from(place < turn % count);
        if length.unit() == TurnUnit::Hours && !rotation.wall_clock {
            let first = rotation.zone.instant(anchor, Occurrence::First);
            return first.plus(Elapsed::hours(i64::from(length.count()) * turn));
        }
        // Months are the only ones in their list.
        local = length.after(local, times).unwrap();
    }
    rotation.zone.instant(local, Occurrence::First)
}

/// The turn that has the duty, if any.
fn walked(rotation: &Rotation, window: &Window, at: Timestamp) -> Option<i64> {
    let turn = (0..).find(|turn| boundary(rotation, turn + 1) > at)?;
    let begins = boundary(rotation, turn);
    let lasts = rotation.lasts.is_none_or(|lasts| at < begins.plus(lasts));
    (begins <= at && lasts && window.contains(at, None)).then_some(turn)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_computed_is_what_one_walks_to((around, closed, rotation) in rotation(), minutes in prop::collection::vec(-2_000..12_000_i64, 4)) {
        let whole_day: Hours = "daily 00:00-24:00".parse().unwrap();
        let hours = if rotation.hours.is_empty() { vec![whole_day] } else { rotation.hours.clone() };
        let mut window = Window::new(rotation.zone, hours);
        window.closed = closed.iter().copied().collect();
        let document = ScheduleDocument {
            rotation: vec![rotation.clone()],
            calendars: [("closed".to_owned(), window.closed.clone())].into(),
            ..ScheduleDocument::default()
        };
        let schedule = Schedule::of(document).unwrap();
        for minute in minutes {
            let local = around + TimeDelta::minutes(minute);
            let at = rotation.zone.instant(local, Occurrence::Last);
            let turn = walked(&rotation, &window, at);
            let duty = schedule.duty_at(at);
            prop_assert_eq!(duty.turns().next().and_then(|(_, turn)| turn), turn, "{}", at);
            let people: Vec<_> = schedule.people_at(at).into_iter().cloned().collect();
            let due = turn.map(|turn| PEOPLE[usize::try_from(turn).unwrap() % 3]);
            prop_assert_eq!(people.iter().map(PersonId::as_str).next(), due);
            prop_assert_eq!(&people, &schedule.on_call(at).people);
            // It is the same on both sides of an edge only if it is no edge.
            let just = |micros: i64, edge: Timestamp| walked(&rotation, &window, edge.plus(Elapsed::from_micros(micros)));
            for edge in [duty.since(), duty.until()].into_iter().flatten() {
                prop_assert_ne!(just(-1, edge), just(0, edge), "{}", edge);
            }
            // And there is none between them.
            let (since, until) = (duty.since().unwrap_or(at), duty.until().unwrap_or(at));
            let quarters = until.since(since).as_micros() / 900_000_000;
            for quarter in (0..=quarters.min(100)).filter(|quarter| quarter * 900_000_000 < until.since(since).as_micros()) {
                prop_assert_eq!(just(quarter * 900_000_000, since), turn, "{} {}", since, quarter);
            }
        }
    }
}
