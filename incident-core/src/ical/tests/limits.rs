//! Nothing in a file makes the answer larger or later than is allowed.

use super::{calendar, codes, event, span};
use crate::ical::read::read_within;
use crate::limits::{LIMITS, Limits};
use crate::time::Zone;

/// What is told about a calendar under these limits: how many occurrences, and the codes.
fn check(text: &str, limits: Limits, expected: (usize, &[&str])) {
    let told = read_within(text, span("2026-01-01", "2027-01-01"), Some(Zone::UTC), &limits).unwrap();
    assert_eq!((told.events.len(), &codes(&told)[..]), expected, "{}", crate::text::short(text));
}

#[test]
fn a_bomb_is_left_out() {
    let few = Limits { recurrence_steps: 10_000, occurrences_per_event: 1_000, ..LIMITS };
    let forever = |rule: &str| event(&format!("DTSTART:20060101T000000Z\nRRULE:{rule}"));
    check(&forever("FREQ=SECONDLY"), few, (0, &["ical.too_frequent"]));
    check(&forever("FREQ=MINUTELY"), few, (0, &["ical.too_many_steps"]));
    check(&forever("FREQ=MINUTELY;COUNT=4294967295"), few, (0, &["ical.too_many_steps"]));
    check(&forever("FREQ=HOURLY;INTERVAL=5"), few, (0, &["ical.too_many_occurrences"]));
    let all = |to: u32| (0..to).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let each_second = format!("FREQ=YEARLY;BYHOUR={};BYMINUTE={};BYSECOND={}", all(24), all(60), all(60));
    check(&forever(&each_second), few, (0, &["ical.too_many_steps"]));
    // An old start costs nothing.
    check(&forever("FREQ=HOURLY;INTERVAL=10"), few, (876, &[]));
    check(&forever("FREQ=DAILY;COUNT=4294967295"), few, (365, &[]));
}

#[test]
fn a_rule_that_never_holds_ends() {
    let never = |uid: u8| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nDTSTART:20050101T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
        )
    };
    check(&calendar(&never(1)), LIMITS, (0, &["ical.never_occurs"]));
    // What one of them takes is taken from what all may take together.
    let once = Limits { calendar_steps: 150_000, ..LIMITS };
    check(&calendar(&[never(1), never(2)].concat()), once, (0, &["ical.never_occurs", "ical.too_many_steps"]));
}

#[test]
fn events_occurrences_text_and_findings_are_counted() {
    let two = event("DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:0123456789");
    check(&two, Limits { occurrences_per_event: 2, ..LIMITS }, (2, &[]));
    check(&two, Limits { occurrences_per_event: 1, ..LIMITS }, (0, &["ical.too_many_occurrences"]));
    check(&two, Limits { calendar_occurrences: 1, ..LIMITS }, (0, &["ical.too_many_occurrences"]));
    check(&two, Limits { calendar_text_bytes: 22, ..LIMITS }, (2, &[]));
    check(&two, Limits { calendar_text_bytes: 21, ..LIMITS }, (0, &["ical.too_much_text"]));
    let one = |uid: u8| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20260101T000000Z\nEND:VEVENT\n");
    let three = calendar(&[one(1), one(2), one(3)].concat());
    check(&three, Limits { calendar_events: 2, ..LIMITS }, (2, &["ical.too_many_events"]));
    let bad = calendar(&"BEGIN:VEVENT\nEND:VEVENT\n".repeat(5));
    check(&bad, Limits { problems: 2, ..LIMITS }, (0, &["ical.no_start", "ical.no_start", "ical.more_findings"]));
}

#[test]
fn a_file_is_not_read_if_it_is_too_large() {
    let limits = Limits { calendar_bytes: 10, ..LIMITS };
    let no = read_within(&calendar(""), span("2026-01-01", "2027-01-01"), None, &limits).unwrap_err();
    assert_eq!(
        (no.code.as_str(), no.message.as_str()),
        ("contract.too_large", "34 bytes of a calendar are more than 10")
    );
}
