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
    let forever = |rule: &str| event(&format!("DTSTART:20060101T000000Z\nRRULE:{rule}"));
    check(&forever("FREQ=SECONDLY"), LIMITS, (0, &["ical.too_frequent"]));
    check(&forever("FREQ=MINUTELY"), LIMITS, (0, &["ical.too_many_steps"]));
    check(&forever("FREQ=MINUTELY;INTERVAL=5"), LIMITS, (0, &["ical.too_many_occurrences"]));
    check(&forever("FREQ=HOURLY"), LIMITS, (8_760, &[]));
    check(&forever("FREQ=DAILY;COUNT=4294967295"), LIMITS, (365, &[]));
    check(&forever("FREQ=HOURLY;COUNT=4294967295"), LIMITS, (8_760, &[]));
    check(&forever("FREQ=MINUTELY;COUNT=4294967295"), LIMITS, (0, &["ical.too_many_steps"]));
    let all = |to: u32| (0..to).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let each_second = format!("FREQ=YEARLY;BYHOUR={};BYMINUTE={};BYSECOND={}", all(24), all(60), all(60));
    check(&forever(&each_second), LIMITS, (0, &["ical.too_many_steps"]));
}

#[test]
fn a_rule_that_never_holds_ends() {
    for never in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ] {
        let text = event(&format!("DTSTART:20050101T000000Z\nRRULE:{never}"));
        check(&text, LIMITS, (0, &["ical.never_occurs"]));
    }
    // Many of them use up what all events may take together.
    let many: String = (0..40)
        .map(|uid| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20260101T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"))
        .collect();
    let told = read_within(&calendar(&many), span("2026-01-01", "2027-01-01"), Some(Zone::UTC), &LIMITS).unwrap();
    assert_eq!(codes(&told).iter().filter(|code| **code == "ical.too_many_steps").count(), 20);
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
