//! Files that are written.

use crate::ical::{self, CalendarEvent, CalendarReading};
use crate::{Span, Zone};

fn shift(from: &str, to: &str) -> CalendarEvent {
    CalendarEvent::new("shift-1", from.parse().unwrap(), to.parse().unwrap())
}

fn written(event: CalendarEvent, zone: &str) -> String {
    ical::write(&[event], zone.parse().unwrap(), "2026-11-24T10:00:00Z".parse().unwrap()).unwrap()
}

/// The lines of a file that begin with one of these names.
fn lines<'t>(text: &'t str, names: &[&str]) -> Vec<&'t str> {
    text.split("\r\n").filter(|line| names.iter().any(|name| line.starts_with(name))).collect()
}

fn back(text: &str) -> CalendarReading {
    let all = Span { start: crate::Timestamp::MIN, end: None };
    ical::read(text, all, Some(Zone::UTC)).unwrap()
}

#[test]
fn local_times_come_with_their_zone() {
    let text = written(shift("2026-10-24T07:00:00Z", "2026-10-31T08:00:00Z"), "Europe/Berlin");
    assert_eq!(
        lines(&text, &["DT", "TZ", "RDATE", "BEGIN"]),
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Berlin",
            "BEGIN:STANDARD",
            "DTSTART:20261025T030000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "TZNAME:CET",
            "BEGIN:DAYLIGHT",
            "DTSTART:20261023T090000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "BEGIN:VEVENT",
            "DTSTAMP:20261124T100000Z",
            "DTSTART;TZID=Europe/Berlin:20261024T090000",
            "DTEND;TZID=Europe/Berlin:20261031T090000",
        ]
    );
    // The definition says what the database says, or there would be a finding.
    assert_eq!(back(&text).findings, []);
}

#[test]
fn the_second_of_two_equal_local_times_is_written_in_utc() {
    let text = written(shift("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"), "Europe/Berlin");
    assert!(text.contains("DTSTART:20261025T003000Z\r\nDTEND:20261025T013000Z\r\n"), "{text}");
}

#[test]
fn part_of_a_second_is_covered() {
    let text = written(shift("2026-10-25T00:30:00.5Z", "2026-10-25T01:30:00.000001Z"), "UTC");
    assert_eq!(lines(&text, &["DTSTART", "DTEND"]), ["DTSTART:20261025T003000Z", "DTEND:20261025T013001Z"]);
}

#[test]
fn no_text_becomes_a_line() {
    let evil = "x\r\nEND:VEVENT\nBEGIN:VEVENT\u{2028}DTSTART:20260101\u{85}\r\\n;,\u{0}\u{1b}[0m";
    let event = shift("2026-10-24T07:00:00Z", "2026-10-31T08:00:00Z").with_summary(evil).with_description(evil);
    let text = written(CalendarEvent { categories: vec![evil.to_owned()], ..event }, "UTC");
    let unfolded = text.replace("\r\n ", "");
    assert_eq!(unfolded.matches("\r\n").count(), unfolded.matches(['\r', '\n']).count() / 2);
    assert_eq!(lines(&unfolded, &["BEGIN", "END", "DTSTART"]).len(), 5);
    let told = back(&text);
    assert_eq!((told.events.len(), told.findings.len()), (1, 0));
    assert_eq!(told.events[0].summary, Some(crate::text::escape::plain(evil)));
}

#[test]
fn every_event_that_cannot_be_written_is_told() {
    let mut bad = vec![shift("2026-10-24T07:00:00Z", "2026-10-31T08:00:00Z"); 2];
    bad.push(CalendarEvent { uid: "a\nb".to_owned(), ..shift("2026-10-24T07:00:00Z", "2026-10-23T07:00:00Z") });
    let no = ical::write(&bad, Zone::UTC, crate::Timestamp::MIN).unwrap_err();
    let told: Vec<_> = no.findings.iter().map(|finding| format!("{} {}", finding.path, finding.message)).collect();
    assert_eq!(
        told,
        [
            "/events/1/uid `shift-1` is there twice",
            "/events/2/uid `a b` is no name of an event",
            "/events/2/span it ends before it begins",
        ]
    );
}
