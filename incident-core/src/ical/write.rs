//! Calendars as text.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::text::escape::icalendar;
use crate::time::{Occurrence, Timestamp, Zone};

use super::event::CalendarEvent;
use super::observances::observances;
use super::value;

/// Writes events as an iCalendar file that any calendar program opens.
///
/// Times are local in `zone`, which the file defines over their span; with [`Zone::UTC`] they are in UTC, as is an event
/// that begins or ends in the hour that comes twice when the clock is set back, and then is its second occurrence.
/// `stamped_at` is the `DTSTAMP` of each event: when the file is made. iCalendar knows whole seconds: a start is cut and
/// an end raised to one. Text keeps its line ends and loses other control characters; nothing in it becomes a line or a
/// property of the file. The same events give the same bytes, and [`read`](super::read()) gives them back.
///
/// # Errors
/// `ical.bad_event`, with every event that cannot be written: one without name or end, that ends before it begins, whose
/// name is there twice, whose priority is not from 1 to 9, or with what is no mail address among its people.
///
/// ```
/// use incident_core::ical::{self, CalendarEvent};
///
/// let shift = CalendarEvent::new("primary-14", "2026-12-07T08:00:00Z".parse()?, "2026-12-14T08:00:00Z".parse()?);
/// let text = ical::write(&[shift.with_summary("ana, primary")], "UTC".parse()?, "2026-11-24T10:00:00Z".parse()?)?;
/// assert!(text.contains("DTSTART:20261207T080000Z\r\nDTEND:20261214T080000Z\r\nSUMMARY:ana\\, primary\r\n"));
/// # Ok::<(), incident_core::Error>(())
/// ```
pub fn write(events: &[CalendarEvent], zone: Zone, stamped_at: Timestamp) -> Result<String> {
    let findings = problems(events);
    if !findings.is_empty() {
        let error = Error::invalid(codes::BAD_EVENT, "some events cannot be written").at("/events");
        return Err(Error { findings, ..error });
    }
    let mut file = File { text: String::new(), zone };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//incident-core//incident-core//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line(&format!("X-WR-TIMEZONE:{zone}"));
    if zone != Zone::UTC {
        observances(events, zone).iter().for_each(|line| file.line(line));
    }
    for event in events {
        file.event(event, stamped_at);
    }
    file.line("END:VCALENDAR");
    Ok(file.text)
}

struct File {
    text: String,
    zone: Zone,
}

impl File {
    /// Adds a content line, folded after 75 octets and never inside a character (RFC 5545, 3.1).
    fn line(&mut self, line: &str) {
        let mut room = 75_usize;
        for c in line.chars() {
            let Some(left) = room.checked_sub(c.len_utf8()) else {
                self.text += "\r\n ";
                self.text.push(c);
                room = 74_usize.saturating_sub(c.len_utf8());
                continue;
            };
            self.text.push(c);
            room = left;
        }
        self.text += "\r\n";
    }

    fn event(&mut self, event: &CalendarEvent, stamped_at: Timestamp) {
        self.line("BEGIN:VEVENT");
        self.text_line("UID", &event.uid);
        self.line(&format!("DTSTAMP:{}Z", written(Zone::UTC.local(stamped_at))));
        match event.days {
            Some(days) => {
                if let Some(at) = event.occurrence_at {
                    self.line(&format!("RECURRENCE-ID;VALUE=DATE:{}", self.zone.day(at).naive().format("%Y%m%d")));
                }
                self.line(&format!("DTSTART;VALUE=DATE:{}", days.first().naive().format("%Y%m%d")));
                let end = days.last().plus_days(1).unwrap_or(days.last());
                self.line(&format!("DTEND;VALUE=DATE:{}", end.naive().format("%Y%m%d")));
            }
            None => {
                if let Some(at) = event.occurrence_at {
                    self.times(&[("RECURRENCE-ID", at)]);
                }
                let Some(end) = event.span.end else { return };
                self.times(&[("DTSTART", whole_second(event.span.start, 0)), ("DTEND", whole_second(end, 999_999))]);
            }
        }
        let texts = [("SUMMARY", &event.summary), ("DESCRIPTION", &event.description)];
        texts.into_iter().for_each(|(name, text)| text.iter().for_each(|text| self.text_line(name, text)));
        if !event.categories.is_empty() {
            let categories: Vec<_> = event.categories.iter().map(|category| icalendar(category)).collect();
            self.line(&format!("CATEGORIES:{}", categories.join(",")));
        }
        event.organizer.iter().for_each(|mail| self.line(&format!("ORGANIZER:mailto:{mail}")));
        event.attendees.iter().for_each(|mail| self.line(&format!("ATTENDEE:mailto:{mail}")));
        event.priority.iter().for_each(|priority| self.line(&format!("PRIORITY:{priority}")));
        self.line("END:VEVENT");
    }

    fn text_line(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", icalendar(text)));
    }

    /// Times that belong together: all local, or all in UTC where one of them has no local time of its own.
    fn times(&mut self, times: &[(&str, Timestamp)]) {
        let local = |at: Timestamp| {
            let local = self.zone.local(at);
            let own = self.zone.instant(local, Occurrence::First) == at && (1..=9999).contains(&local.year());
            (own && self.zone != Zone::UTC).then_some(local)
        };
        let locals: Option<Vec<_>> = times.iter().map(|(_, at)| local(*at)).collect();
        for (index, (name, at)) in times.iter().enumerate() {
            let line = match locals.as_ref().and_then(|locals| locals.get(index)) {
                Some(local) => format!("{name};TZID={}:{}", self.zone, written(*local)),
                None => format!("{name}:{}Z", written(Zone::UTC.local(*at))),
            };
            self.line(&line);
        }
    }
}

pub(super) fn written(local: NaiveDateTime) -> String {
    local.format("%Y%m%dT%H%M%S").to_string()
}

/// The second that an instant is in, or, with almost a second more, the first that is not before it.
fn whole_second(at: Timestamp, more: i64) -> Timestamp {
    let micros = at.as_micros().saturating_add(more).div_euclid(1_000_000).saturating_mul(1_000_000);
    Timestamp::from_micros(micros).unwrap_or(at)
}

/// Everything that keeps an event from being written.
fn problems(events: &[CalendarEvent]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<&str, Vec<Option<Timestamp>>> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        let mut bad = |field: &str, message: String| {
            findings.push(Finding::new(Level::Error, codes::BAD_EVENT, format!("/events/{index}/{field}"), message));
        };
        if event.uid.trim() != event.uid || event.uid.is_empty() || event.uid.chars().any(char::is_control) {
            bad("uid", format!("`{}` is no name of an event", crate::text::short(&event.uid)));
        }
        let others = seen.entry(&event.uid).or_default();
        if others.iter().any(|other| other.is_none() || event.occurrence_at.is_none() || *other == event.occurrence_at)
        {
            bad("uid", format!("`{}` is there twice", crate::text::short(&event.uid)));
        }
        others.push(event.occurrence_at);
        match (event.days, event.span.end) {
            (Some(days), _) if days.last() < days.first() => bad("days", "the last day is before the first".to_owned()),
            (Some(days), _) if days.last().plus_days(1).is_none() => {
                bad("days", "the day after has no date".to_owned())
            }
            (None, None) => bad("span", "an event has an end".to_owned()),
            (None, Some(end)) if end < event.span.start => bad("span", "it ends before it begins".to_owned()),
            _ => {}
        }
        if event.priority.is_some_and(|priority| !(1..=9).contains(&priority)) {
            bad("priority", "a priority is from 1 to 9".to_owned());
        }
        let mut mail = |field: String, mail: &str| {
            if !is_mail(mail) {
                bad(&field, format!("`{}` is no mail address", crate::text::short(mail)));
            }
        };
        event.organizer.iter().for_each(|address| mail("organizer".to_owned(), address));
        for (index, address) in event.attendees.iter().enumerate() {
            mail(format!("attendees/{index}"), address);
        }
    }
    findings
}

/// Whether an address can stand in a line as it is.
fn is_mail(mail: &str) -> bool {
    let plain =
        |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | ',' | ':' | ';' | '<' | '>' | '\\');
    value::mail(mail) == Some(mail) && mail.chars().all(plain)
}
