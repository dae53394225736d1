//! Shifts as events of a calendar, and absences and covers from one.

use serde::{Deserialize, Serialize};

use super::answer::{Coverage, Shift};
use super::overrides::{Absence, ScheduleOverride};
use super::schedule::Schedule;
use crate::codes;
use crate::error::Result;
use crate::finding::{Finding, Level, Place};
use crate::ical::CalendarEvent;
use crate::id::PersonId;
use crate::time::{Moment, Timestamp};

/// Absences read from a calendar.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AbsenceReading {
    /// Who is away, and when.
    pub absences: Vec<Absence>,
    /// Events that name nobody of the schedule, each with its line.
    pub findings: Vec<Finding>,
}

/// Overrides read from a calendar.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverrideReading {
    /// Who covers, and when.
    pub overrides: Vec<ScheduleOverride>,
    /// Events that name nobody of the schedule, each with its line.
    pub findings: Vec<Finding>,
}

impl Schedule {
    /// The shifts of a span as events of a calendar, of one person or of everybody; gaps and empty shifts are left out.
    /// Each has the same `uid` whenever it is asked for.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source, ical};
    ///
    /// let text = "[[rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-12-07\nmembers = ['ana', 'bo']";
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let events = schedule.events("2026-12-07T00:00:00Z".parse()?, "2026-12-21T00:00:00Z".parse()?, None)?;
    /// let file = ical::write(&events, "UTC".parse()?, "2026-11-24T00:00:00Z".parse()?)?;
    /// assert!(file.contains("SUMMARY:ana is on call\r\n"));
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Schedule::shifts`]
    pub fn events(&self, start: Timestamp, end: Timestamp, person: Option<&PersonId>) -> Result<Vec<CalendarEvent>> {
        let shifts = self.shifts(start, end)?.shifts.into_iter();
        let wanted = |shift: &Shift| {
            shift.coverage == Coverage::Covered && person.is_none_or(|person| shift.people.contains(person))
        };
        Ok(shifts.filter(wanted).filter_map(|shift| self.event(&shift)).collect())
    }

    fn event(&self, shift: &Shift) -> Option<CalendarEvent> {
        let (start, end) = shift.start.zip(shift.end)?;
        let people: Vec<_> = shift.people.iter().map(|person| self.name_of(person)).collect();
        let whose: Vec<_> = shift.people.iter().map(PersonId::as_str).collect();
        let verb = if people.len() == 1 { "is" } else { "are" };
        let event = CalendarEvent::new(format!("{start}/{}@on-call", whose.join("+")), start, end);
        Some(event.with_summary(format!("{} {verb} on call", people.join(", "))).with_description(shift.why.clone()))
    }

    /// Who is away by the events of a calendar: everything in it, where it is the calendar of one person; else whoever an event names
    /// by id, by name or by mail address, in its title or among those who take part.
    ///
    /// ```
    /// use incident_core::{Format, PersonId, Schedule, Source, Span, ical};
    ///
    /// let text = "[[rotation]]\nzone = 'UTC'\nmembers = ['ana', 'bo']\nturn = '1 week'\nstart = 2026-12-07";
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261224T000000Z\r\nDTEND:20261225T000000Z\r\n\
    ///             SUMMARY:Ana\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    /// let december = Span { start: "2026-12-01T00:00:00Z".parse()?, end: Some("2027-01-01T00:00:00Z".parse()?) };
    /// let away = schedule.absences_in(&ical::read(file, december, None)?.events, None);
    /// let schedule = schedule.with_absences("away.ics", away.absences)?;
    /// assert!(schedule.is_absent(&PersonId::new("ana")?, "2026-12-24T12:00:00Z".parse()?));
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn absences_in(&self, events: &[CalendarEvent], person: Option<&PersonId>) -> AbsenceReading {
        let mut reading = AbsenceReading { absences: Vec::new(), findings: Vec::new() };
        for event in events {
            let people = person.map_or_else(|| self.named_in(event), |person| vec![person.clone()]);
            if people.is_empty() {
                reading.findings.push(names_nobody(event));
            }
            reading.absences.extend(people.into_iter().map(|person| Absence {
                person,
                days: None,
                from: Some(Moment::from(event.span.start)),
                until: event.span.end.map(Moment::from),
                because: event.summary.clone(),
                source: None,
            }));
        }
        reading
    }

    /// Who covers by the events of a calendar: whoever an event names by id, by name or by mail address.
    #[must_use]
    pub fn covers_in(&self, events: &[CalendarEvent]) -> OverrideReading {
        let mut reading = OverrideReading { overrides: Vec::new(), findings: Vec::new() };
        for event in events {
            let people = self.named_in(event);
            if people.is_empty() {
                reading.findings.push(names_nobody(event));
                continue;
            }
            reading.overrides.push(ScheduleOverride {
                cover: Some(people),
                from: Some(Moment::from(event.span.start)),
                until: event.span.end.map(Moment::from),
                ..ScheduleOverride::default()
            });
        }
        reading
    }

    /// The people of the schedule whom an event names, each once, in the order of the event.
    fn named_in(&self, event: &CalendarEvent) -> Vec<PersonId> {
        let mut named = Vec::new();
        let parts = event.summary.iter().flat_map(|text| text.split([',', ';', '/', '&', '+', '|']));
        for part in event.attendees.iter().map(String::as_str).chain(parts) {
            let said = part.trim();
            let local = said.split_once('@').map_or(said, |(local, _)| local);
            let is = |person: &&PersonId| {
                let known = [person.as_str(), self.name_of(person)];
                known.iter().any(|known| known.eq_ignore_ascii_case(said) || known.eq_ignore_ascii_case(local))
            };
            if let Some(person) = self.plan.people.iter().find(is).filter(|person| !named.contains(*person)) {
                named.push(person.clone());
            }
        }
        named
    }
}

fn names_nobody(event: &CalendarEvent) -> Finding {
    let title = crate::text::short(event.summary.as_deref().unwrap_or(&event.uid));
    let message = format!("`{title}` names nobody of the schedule");
    let finding = Finding::new(Level::Warning, codes::NAMES_NOBODY, "", message);
    let place = event.line.map(|line| Place { file: None, line, column: 1, length: 1 });
    finding.help("title it with ids or names, such as `ana, bo`").placed(place)
}
