//! What calendars say, in small cases whose answers other programs gave too.

mod laws;
mod limits;
mod read;
mod rules;
mod write;

use crate::time::{Span, Zone};

use super::event::CalendarReading;

/// A calendar of these lines.
fn calendar(lines: &str) -> String {
    let lines: Vec<_> = lines.lines().map(str::trim).collect();
    format!("BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n", lines.join("\r\n"))
}

/// A calendar of one event with these lines.
fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:1\n{}\nEND:VEVENT", lines.trim()))
}

fn span(from: &str, to: &str) -> Span {
    let day = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
    Span { start: day(from), end: Some(day(to)) }
}

fn read(text: &str, from: &str, to: &str) -> CalendarReading {
    super::read(text, span(from, to), Some(Zone::UTC)).unwrap()
}

/// `start end` of each occurrence, without what they share with a short form of the instants.
fn times(reading: &CalendarReading) -> Vec<String> {
    let short = |at: crate::Timestamp| at.to_string().replace(":00Z", "Z");
    let line = |span: Span| match span.end {
        Some(end) if end != span.start => format!("{} {}", short(span.start), short(end)),
        _ => short(span.start),
    };
    reading.events.iter().map(|event| line(event.span)).collect()
}

/// The code of each finding.
fn codes(reading: &CalendarReading) -> Vec<&'static str> {
    reading.findings.iter().map(|finding| finding.code.as_str()).collect()
}
