//! What is read from a calendar, and written to one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::time::{Date, Days, Span, Timestamp};

/// One occurrence of an event of a calendar.
///
/// ```
/// use incident_core::ical::{self, CalendarEvent};
///
/// let away = CalendarEvent::new("a1@team.example", "2026-12-24T08:00:00Z".parse()?, "2026-12-24T16:00:00Z".parse()?);
/// let text = ical::write(&[away.clone()], "Europe/Berlin".parse()?, "2026-11-24T10:00:00Z".parse()?)?;
/// let read = ical::read(&text, away.span, None)?;
/// assert_eq!(read.events[0].span, away.span);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarEvent {
    /// The name of the event, the same for each of its occurrences.
    pub uid: String,
    /// When it is. Read from a file, it always has an end; an event without length ends when it begins.
    pub span: Span,
    /// The days of an event that lasts whole days. Its span is then theirs in the zone of the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
    /// Which occurrence of a recurring event it is: the start that the recurrence gives it, wherever it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence_at: Option<Timestamp>,
    /// What it is about, in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its categories, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The mail address of who called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organizer: Option<String>,
    /// The mail addresses of those who take part, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendees: Vec<String>,
    /// From 1, the most urgent, to 9; 0 is undefined and read as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The line at which the event begins in the file it was read from; not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl CalendarEvent {
    /// An event with a name and a span, and nothing else.
    #[must_use]
    pub fn new(uid: impl Into<String>, start: Timestamp, end: Timestamp) -> Self {
        Self {
            uid: uid.into(),
            span: Span { start, end: Some(end) },
            days: None,
            occurrence_at: None,
            summary: None,
            description: None,
            categories: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            priority: None,
            line: None,
        }
    }

    /// The same, with a line that says what it is about.
    #[must_use]
    pub fn with_summary(self, summary: impl Into<String>) -> Self {
        Self { summary: Some(summary.into()), ..self }
    }

    /// The same, with more about it.
    #[must_use]
    pub fn with_description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// The same, lasting these whole days.
    #[must_use]
    pub fn with_days(self, days: Days) -> Self {
        Self { days: Some(days), ..self }
    }
}

/// What a calendar has within a span.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarReading {
    /// What the file calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Each occurrence that overlaps the span, by start.
    pub events: Vec<CalendarEvent>,
    /// What could not be read, and what was assumed, each with its place.
    pub findings: Vec<Finding>,
    /// The version of the time zone data that was used.
    pub tz_version: String,
    /// What was read, in a sentence.
    pub why: String,
}

impl CalendarReading {
    /// The time that the events cover: their spans, joined where they touch, in order; events without length cover
    /// none. With absences in the file, this is when somebody is away.
    #[must_use]
    pub fn covered(&self) -> Vec<Span> {
        let mut covered: Vec<Span> = Vec::new();
        for span in self.events.iter().map(|event| event.span).filter(|span| span.end != Some(span.start)) {
            match covered.last_mut() {
                Some(last) if last.end.is_none_or(|end| span.start <= end) => {
                    last.end = last.end.zip(span.end).map(|(one, other)| one.max(other));
                }
                _ => covered.push(span),
            }
        }
        covered
    }
}

/// The days that a calendar of all-day events covers, such as public holidays.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HolidayReading {
    /// Each day that an all-day event covers, in order, once.
    pub dates: BTreeSet<Date>,
    /// What could not be read, each with its place.
    pub findings: Vec<Finding>,
    /// What was read, in a sentence.
    pub why: String,
}
