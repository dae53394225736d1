//! Calendars of a public on-call tool, as Google Calendar exports them.
#![cfg(feature = "ical")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use incident_core::{Span, Zone, ical};

const FOLDER: &str = "../../shared/payloads/icalendar";

/// How many occurrences a file has in a span, when the first begins and when the last ends; as `recurring-ical-events`
/// 3.8.2 has it.
fn check(file: &str, from: &str, to: &str, expected: Option<(usize, &str, &str)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no {FOLDER}/{file}");
        return;
    };
    let day = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
    let told = ical::read(&text, Span { start: day(from), end: Some(day(to)) }, Some(Zone::UTC)).unwrap();
    let first = told.events.first().map(|event| event.span.start.to_string());
    let last = told.events.iter().filter_map(|event| event.span.end).max().map(|end| end.to_string());
    let told = first.zip(last).map(|(first, last)| (told.events.len(), first, last));
    let told = told.as_ref().map(|(count, first, last)| (*count, first.as_str(), last.as_str()));
    assert_eq!(told, expected, "{file}");
}

#[test]
fn calendars_in_use_are_read() {
    check(
        "oncall_calendar_with_all_day_event.ics",
        "2021-01-01",
        "2021-03-01",
        Some((38, "2021-01-24T08:00:00Z", "2021-02-28T17:00:00Z")),
    );
    check(
        "oncall_calendar_with_recurring_event.ics",
        "2023-01-01",
        "2024-01-01",
        Some((365, "2023-01-01T08:00:00Z", "2023-12-31T17:00:00Z")),
    );
    check(
        "oncall_modified_recurring_event.ics",
        "2023-01-01",
        "2024-01-01",
        Some((2, "2023-07-17T00:00:00Z", "2023-07-25T00:00:00Z")),
    );
    check(
        "oncall_override_email_case_sensitivity.ics",
        "2023-01-01",
        "2024-01-01",
        Some((1, "2023-02-06T11:00:00Z", "2023-02-06T12:00:00Z")),
    );
    check("oncall_quality.ics", "2022-08-01", "2022-12-01", Some((26, "2022-08-01T12:30:00Z", "2022-09-26T18:00:00Z")));
    check("oncall_quality.ics", "2023-01-01", "2024-01-01", None);
}
