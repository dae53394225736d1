//! The schedule's operations.

use crate::call::register::operations;
use crate::ical::CalendarEvent;
use crate::{
    Absence, AbsenceReading, Finding, Format, NextHandoff, OnCall, OnCallMany, OverrideReading, PersonId, RotationTurn,
    Schedule, ScheduleDocument, ScheduleOverride, Shifts, Source, Timestamp,
};

operations! { Schedule:
    /// Reads a schedule from text in TOML, YAML or JSON; the format is taken from the file's name or the text where absent.
    ///
    /// Refused with every problem and its place: `contract.*`, `time.*`, `oncall.*`, `directory.unknown_person`.
    new read(text: String, format: Option<Format>, file: Option<String>) -> Result<Schedule> {
        Schedule::read(Source::open(&text, format, file.as_deref())?)
    }

    /// A schedule from a table, such as a part of a larger document.
    ///
    /// Refused: `oncall.*`, `directory.unknown_person`, `time.ends_before_start`.
    new of(schedule: ScheduleDocument) -> Result<Schedule> {
        Schedule::of(schedule).map_err(|error| error.within("/schedule"))
    }

    /// The same schedule with more overrides, from a source of its own: each answer that one has a part in names it.
    ///
    /// Refused: `oncall.bad_override`, `oncall.no_span`, `time.ends_before_start`.
    view with_overrides(schedule: &Schedule, source: String, overrides: Vec<ScheduleOverride>) -> Result<Schedule> {
        schedule.with_overrides(&source, overrides)
    }

    /// The same schedule with more absences, from a source of its own such as a calendar of holidays.
    ///
    /// Refused: `oncall.no_span`, `time.ends_before_start`, `directory.unknown_person`.
    view with_absences(schedule: &Schedule, source: String, absences: Vec<Absence>) -> Result<Schedule> {
        schedule.with_absences(&source, absences)
    }

    /// Everything that is questionable about it, in the order of the document.
    view check(schedule: &Schedule) -> Result<Vec<Finding>> {
        Ok(schedule.check())
    }

    /// What is questionable about it and was not about `base`, the schedule as it was: only what the change introduced.
    ///
    /// What moved or was renamed is not new; what is graver than before, or reaches further, is.
    view check_against(schedule: &Schedule, base: &Schedule) -> Result<Vec<Finding>> {
        Ok(schedule.check_against(base))
    }

    /// The document, as it is written.
    view document(schedule: &Schedule) -> Result<ScheduleDocument> {
        Ok(schedule.document().clone())
    }

    /// Who is on call at an instant, in which shift, and why.
    view on_call(schedule: &Schedule, at: Timestamp) -> Result<OnCall> {
        Ok(schedule.on_call(at))
    }

    /// Who is on call at an instant, and nothing else; for whoever asks thousands of times a second.
    view people_at(schedule: &Schedule, at: Timestamp) -> Result<Vec<PersonId>> {
        Ok(schedule.people_at(at).into_iter().cloned().collect())
    }

    /// Who is on call at many instants: the different answers once, and which holds for each instant.
    view on_call_many(schedule: &Schedule, instants: Vec<Timestamp>) -> Result<OnCallMany> {
        Ok(schedule.on_call_many(&instants))
    }

    /// The shifts of a span, gaps among them, one after the other, cut to the span.
    ///
    /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
    view shifts(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Result<Shifts> {
        schedule.shifts(start, end)
    }

    /// The turns of a rotation that have some of their time in a span, those before turn 0 too.
    ///
    /// Refused: `oncall.unknown_rotation`, `time.ends_before_start`, `oncall.too_many_shifts`.
    view turns(schedule: &Schedule, rotation: String, start: Timestamp, end: Timestamp) -> Result<Vec<RotationTurn>> {
        schedule.turns(&rotation, start, end)
    }

    /// The next change after an instant of who is on call, or of the turn; none where no change is in sight.
    view next_handoff(schedule: &Schedule, after: Timestamp) -> Result<Option<NextHandoff>> {
        Ok(schedule.next_handoff(after))
    }

    /// Who comes next: the people of the next turn of the rotation in charge who are neither on call nor away.
    view next(schedule: &Schedule, at: Timestamp) -> Result<Vec<PersonId>> {
        Ok(schedule.next(at))
    }

    /// Whether a person is away.
    view is_absent(schedule: &Schedule, person: PersonId, at: Timestamp) -> Result<bool> {
        Ok(schedule.is_absent(&person, at))
    }

    /// Every instant inside a span, in order, at which who is on call, who is next or who is away may change.
    ///
    /// Refused: `oncall.too_many_shifts`.
    view edges(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Result<Vec<Timestamp>> {
        schedule.edges(start, end)
    }

    /// The shifts of a span as events of a calendar, of one person or of everybody; `write_calendar` makes a file of them.
    ///
    /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
    view events(schedule: &Schedule, start: Timestamp, end: Timestamp, person: Option<PersonId>) -> Result<Vec<CalendarEvent>> {
        schedule.events(start, end, person.as_ref())
    }

    /// Who is away by the events of a calendar that `read_calendar` read: all of them, where it is the calendar of one
    /// person; else whoever an event names. For `with_absences`.
    view absences_in(schedule: &Schedule, events: Vec<CalendarEvent>, person: Option<PersonId>) -> Result<AbsenceReading> {
        Ok(schedule.absences_in(&events, person.as_ref()))
    }

    /// Who covers by the events of a calendar that `read_calendar` read: whoever an event names. For `with_overrides`.
    view covers_in(schedule: &Schedule, events: Vec<CalendarEvent>) -> Result<OverrideReading> {
        Ok(schedule.covers_in(&events))
    }
}
