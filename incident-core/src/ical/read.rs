//! From the text of a calendar to what happens in a span.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::Level;
use crate::limits::{LIMITS, Limits};
use crate::time::{Date, Days, Span, TZ_VERSION, Timestamp, Zone};

use super::budget::Budget;
use super::component::{Calendar, calendars};
use super::entry::{EventEntry, entry};
use super::event::{CalendarEvent, CalendarReading, HolidayReading};
use super::notes::Notes;
use super::series::Series;
use super::zone::{Floating, Zones};

/// Reads every occurrence that overlaps a span.
///
/// `floating` is the zone of whole days and of times that name no zone; absent, it is the one that the calendar calls its
/// own (`X-WR-TIMEZONE`), and without that such events are left out. Either use is a finding.
///
/// RFC 5545 holds, and where files in use differ from it: an occurrence ends at the same time of day as the first one
/// where start and end are in one zone (calendar programs do so, though the text of the RFC asks for the same elapsed
/// time); a start that the rule does not give is an occurrence that `COUNT` does not count, and a finding. An event without
/// end lasts a day, or no time at all. Names of zones are those of the database; those of Windows and those that the file
/// defines are findings.
///
/// An event that cannot be read is left out with a finding at its line, and the others are read.
///
/// # Errors
/// `ical.not_a_calendar`, `ical.empty_span`, `contract.too_large`, `contract.too_deep`
///
/// ```
/// use incident_core::{Span, ical};
///
/// let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20260105T090000\n\
///             DURATION:PT1H\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR";
/// let span = Span { start: "2026-03-23T00:00:00Z".parse()?, end: Some("2026-04-06T00:00:00Z".parse()?) };
/// let read = ical::read(text, span, None)?;
/// let starts: Vec<_> = read.events.iter().map(|event| event.span.start.to_string()).collect();
/// assert_eq!(starts, ["2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z"]);
/// # Ok::<(), incident_core::Error>(())
/// ```
pub fn read(text: &str, window: Span, floating: Option<Zone>) -> Result<CalendarReading> {
    read_within(text, window, floating, &LIMITS)
}

pub(super) fn read_within(
    text: &str,
    window: Span,
    floating: Option<Zone>,
    limits: &Limits,
) -> Result<CalendarReading> {
    let mut notes = Notes::new(limits);
    let of = |calendar: &Calendar<'_>| Floating::of(calendar, floating);
    let Found { name, events } = find(text, window, of, limits, &mut notes)?;
    let findings = notes.finish();
    let uids: BTreeSet<_> = events.iter().map(|event| &event.uid).collect();
    let why =
        format!("{} of {}{}", counted(events.len(), "occurrence"), counted(uids.len(), "event"), trouble(&findings));
    Ok(CalendarReading { name, events, findings, tz_version: TZ_VERSION.to_owned(), why })
}

/// Reads which of some days the all-day events of a calendar cover: a calendar of public holidays.
///
/// An event that is not of whole days is left out with a finding. Which zone the days are in does not matter.
///
/// # Errors
/// `ical.not_a_calendar`, `contract.too_large`, `contract.too_deep`
///
/// ```
/// use incident_core::ical;
///
/// let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\n\
///             RRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR";
/// let days = ical::days(text, "2026-01-01..2026-12-31".parse()?)?;
/// let days: Vec<_> = days.dates.iter().map(ToString::to_string).collect();
/// assert_eq!(days, ["2026-12-25", "2026-12-26"]);
/// # Ok::<(), incident_core::Error>(())
/// ```
pub fn days(text: &str, within: Days) -> Result<HolidayReading> {
    let mut notes = Notes::new(&LIMITS);
    let found = find(text, within.span(Zone::UTC), |_| Floating::Days(Zone::UTC), &LIMITS, &mut notes)?;
    let mut dates = BTreeSet::new();
    let mut told = BTreeSet::new();
    for event in &found.events {
        let Some(days) = event.days else {
            if told.insert(event.line) {
                let message =
                    format!("`{}` does not last whole days, so it is left out", crate::text::short(&event.uid));
                let place = event.line.map(|line| crate::finding::Place { file: None, line, column: 1, length: 1 });
                notes.warn(codes::NOT_WHOLE_DAYS, "", message, place);
            }
            continue;
        };
        // In order of their start, so each day is looked at once, however many events are on it.
        let from = dates
            .last()
            .and_then(|day: &Date| day.plus_days(1))
            .map_or(within.first(), |next| next.max(within.first()));
        let (from, to) = (days.first().max(from), days.last().min(within.last()));
        dates.extend(std::iter::successors(Some(from), |day| day.plus_days(1)).take_while(|day| *day <= to));
    }
    let findings = notes.finish();
    let why = format!("{}{}", counted(dates.len(), "day"), trouble(&findings));
    Ok(HolidayReading { dates, findings, why })
}

struct Found {
    name: Option<String>,
    events: Vec<CalendarEvent>,
}

fn find(
    text: &str,
    window: Span,
    floating: impl Fn(&Calendar<'_>) -> Floating,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Found> {
    if text.len() > limits.calendar_bytes {
        let message = format!("{} bytes of a calendar are more than {}", text.len(), limits.calendar_bytes);
        return Err(Error::limit(codes::TOO_LARGE, message));
    }
    if window.end.is_some_and(|end| end <= window.start) {
        return Err(Error::invalid(codes::EMPTY_SPAN, "the span ends before it begins, or as it begins"));
    }
    let mut budget = Budget::new(limits);
    let calendars = calendars(text, &budget, notes)?;
    if calendars.is_empty() {
        let error = Error::invalid(codes::NOT_A_CALENDAR, "there is no `BEGIN:VCALENDAR` in it");
        return Err(error.hint("give the text of an .ics file"));
    }
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_uid: Vec<Vec<EventEntry>> = Vec::new();
    for calendar in &calendars {
        let mut zones = Zones::read(calendar, floating(calendar), horizon(window), &mut budget, notes);
        let cancelled =
            calendar.property("METHOD").is_some_and(|line| line.value.trim().eq_ignore_ascii_case("CANCEL"));
        for event in &calendar.events {
            let Some(entry) = entry(event, &mut zones, cancelled, notes) else { continue };
            let index = *order.entry(entry.says.uid.clone()).or_insert(by_uid.len());
            match by_uid.get_mut(index) {
                Some(entries) => entries.push(entry),
                None => by_uid.push(vec![entry]),
            }
        }
    }
    let mut series = Series::new(window, &mut budget, notes);
    for entries in by_uid {
        series.add(entries);
    }
    let events = series.finish();
    let name =
        calendars.iter().find_map(|calendar| calendar.property("X-WR-CALNAME").or_else(|| calendar.property("NAME")));
    Ok(Found { name: name.map(|line| super::value::text(&line.value)).filter(|name| !name.is_empty()), events })
}

/// Until when zones that a file defines have to be known: well past the span, and past what is written today.
fn horizon(window: Span) -> NaiveDateTime {
    let end = window.end.unwrap_or(Timestamp::MAX).to_utc().naive_utc();
    end.checked_add_signed(TimeDelta::days(800)).unwrap_or(end)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn trouble(findings: &[crate::finding::Finding]) -> String {
    match findings.iter().filter(|finding| finding.level == Level::Error).count() {
        0 => String::new(),
        errors => format!("; {} among the findings", counted(errors, "error")),
    }
}
