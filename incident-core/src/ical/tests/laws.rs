//! What holds for every calendar.

use proptest::prelude::*;

use super::{event, read, times};
use crate::ical::{self, CalendarEvent};
use crate::{Date, Days, Span, Timestamp, Zone};

const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"];

fn zone() -> impl Strategy<Value = Zone> {
    (0..ZONES.len()).prop_map(|index| ZONES[index].parse().unwrap())
}

fn text() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[ -~äöü€𝄞\n]{0,90}").prop_map(|text| text.filter(|text| !text.trim().is_empty()))
}

/// Whole seconds from 1990 to 2040.
fn instant() -> impl Strategy<Value = Timestamp> {
    (631_152_000_i64..2_208_988_800).prop_map(|second| Timestamp::from_micros(second * 1_000_000).unwrap())
}

prop_compose! {
    fn timed()(start in instant(), seconds in 0..2_000_000_i64, summary in text(), description in text(),
               categories in proptest::collection::vec("[a-z,;:\\\\]{1,8}", 0..3), priority in proptest::option::of(1..10_u8),
               people in proptest::collection::vec("[a-z.+]{1,30}@team\\.example", 0..3), again in any::<bool>()) -> CalendarEvent {
        let end = start.plus(crate::Elapsed::from_micros(seconds * 1_000_000));
        let event = CalendarEvent::new("", start, end);
        CalendarEvent {
            summary, description, categories, priority, organizer: people.first().cloned(), attendees: people,
            occurrence_at: again.then_some(start), ..event
        }
    }
}

fn of_whole_days(event: CalendarEvent, zone: Zone, length: i64) -> CalendarEvent {
    let first: Date = zone.day(event.span.start);
    let days = Days::new(first, first.plus_days(length).unwrap()).unwrap();
    let span = days.span(zone);
    CalendarEvent { span, occurrence_at: event.occurrence_at.map(|_| span.start), ..event.with_days(days) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(
        zone in zone(), events in proptest::collection::vec((timed(), proptest::option::of(0..9_i64)), 1..5), stamp in instant()
    ) {
        let numbered = events.into_iter().enumerate().map(|(number, (event, days))| {
            let event = CalendarEvent { uid: format!("event-{number}"), ..event };
            days.map_or(event.clone(), |length| of_whole_days(event, zone, length))
        });
        let mut events: Vec<_> = numbered.collect();
        let text = ical::write(&events, zone, stamp).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let told = ical::read(&text, Span { start: Timestamp::MIN, end: None }, None).unwrap();
        prop_assert!(told.findings.iter().all(|finding| finding.code.as_str() == "ical.floating_time"), "{:?}", told.findings);
        let mut read: Vec<_> = told.events.into_iter().map(|event| CalendarEvent { line: None, ..event }).collect();
        read.sort_by(|one, other| one.uid.cmp(&other.uid));
        events.sort_by(|one, other| one.uid.cmp(&other.uid));
        prop_assert_eq!(read, events);
    }

    #[test]
    fn asking_from_any_day_equals_cutting_a_whole_expansion(
        frequency in 0..4_usize, interval in 1..40_u32, by in 0..6_usize, zone in zone(), day in 0..3_000_i64
    ) {
        let frequency = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"][frequency];
        let by = ["", ";BYMONTH=2,3,10", ";BYDAY=MO,SU", ";BYHOUR=2,9", ";BYDAY=TU,TH;BYSETPOS=-1", ";BYMONTH=10;BYDAY=SU"][by];
        let text = event(&format!(
            "DTSTART;TZID={zone}:20160131T023000\nDURATION:PT36H\nRRULE:FREQ={frequency};INTERVAL={interval}{by}"
        ));
        let first: Date = "2016-01-01".parse().unwrap();
        let (from, to) = (first.plus_days(day).unwrap(), first.plus_days(day + 100).unwrap());
        let part = times(&read(&text, &from.to_string(), &to.to_string()));
        let whole = read(&text, "2016-01-01", "2026-01-01");
        let window = super::span(&from.to_string(), &to.to_string());
        let inside = |span: &Span| span.start < window.end.unwrap() && span.end.unwrap() > window.start;
        let events = whole.events.iter().filter(|event| inside(&event.span)).cloned().collect();
        prop_assert_eq!(part, times(&crate::ical::CalendarReading { events, ..whole }));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,300}", from in instant()) {
        let _ = ical::read(&text, Span { start: from, end: None }, None);
        let _ = ical::read(&event(&text), Span { start: from, end: None }, Some(Zone::UTC));
    }
}

/// Pieces of real calendars, and what breaks them.
const PIECES: [&str; 28] = [
    "DTSTART:20260401T100000Z",
    "DTSTART;TZID=Europe/Berlin:20260329T023000",
    "DTSTART;VALUE=DATE:00010101",
    "DTSTART:99991231T235959Z",
    "DTEND:20260401T110000Z",
    "DTEND;VALUE=DATE:99991231",
    "DURATION:P3660000D",
    "DURATION:-PT1S",
    "DURATION:P99999999999W",
    "RRULE:FREQ=YEARLY;BYWEEKNO=-53;BYDAY=SU",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=-31;BYSETPOS=-366",
    "RRULE:FREQ=HOURLY;INTERVAL=65535",
    "RRULE:FREQ=WEEKLY;UNTIL=00010101",
    "RRULE:FREQ=DAILY;COUNT=3",
    "RDATE;VALUE=PERIOD:20260401T100000Z/P1D,/,P",
    "EXDATE:20260401T100000Z,x",
    "RECURRENCE-ID:20260401T100000Z",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260401",
    "STATUS:CANCELLED",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE",
    "TZID:Ours",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:-2359",
    "TZOFFSETTO:+235959",
    "UID:1",
    "END:VCALENDAR",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_calendar_makes_it_panic(
        pieces in proptest::collection::vec((0..PIECES.len(), proptest::option::of((0..60_usize, any::<char>()))), 0..16), far in any::<bool>()
    ) {
        let lines = pieces.into_iter().map(|(index, change)| {
            let mut line: Vec<char> = PIECES[index].chars().collect();
            if let Some((at, with)) = change && at < line.len() {
                line[at] = with;
            }
            line.into_iter().collect::<String>()
        });
        let text = event(&lines.collect::<Vec<_>>().join("\n"));
        let window = if far { Span { start: Timestamp::MIN, end: None } } else { super::span("2026-03-20", "2026-04-20") };
        let limits = crate::Limits { recurrence_steps: 2_000, calendar_steps: 4_000, ..crate::LIMITS };
        let told = ical::read::read_within(&text, window, Some(Zone::UTC), &limits);
        if let Ok(told) = told {
            prop_assert!(told.events.iter().all(|event| event.span.end >= Some(event.span.start)));
        }
    }
}
