//! Calendars in and out.

use super::register::operations;
use crate::ical::{self, CalendarEvent, CalendarReading, HolidayReading};
use crate::{Days, Span, Timestamp, Zone};

operations! { Free:
    /// Reads what an iCalendar file (`.ics`) has within a span: each occurrence of each event, and findings with their
    /// line. An event that cannot be read is left out, and the others are read.
    ///
    /// `zone` is that of whole days and of times that name none; absent, it is the one that the calendar calls its own,
    /// and without that such events are left out.
    ///
    /// Invalid: `ical.not_a_calendar`, `ical.empty_span`. Limit: `contract.too_large`, `contract.too_deep`.
    new read_calendar(text: String, span: Span, zone: Option<Zone>) -> Result<CalendarReading> {
        ical::read(&text, span, zone)
    }

    /// Reads which of some days (`2027-01-01..2027-12-31`) the all-day events of an iCalendar file cover: public holidays,
    /// for the `calendars` of a schedule.
    ///
    /// Invalid: `ical.not_a_calendar`. Limit: `contract.too_large`, `contract.too_deep`.
    new calendar_days(text: String, within: Days) -> Result<HolidayReading> {
        ical::days(&text, within)
    }

    /// Writes events as an iCalendar file, with local times in `zone` and its definition, or in UTC where absent.
    /// `stamped_at` is when the file is made.
    ///
    /// Invalid, with every event that cannot be written: `ical.bad_event`.
    new write_calendar(events: Vec<CalendarEvent>, stamped_at: Timestamp, zone: Option<Zone>) -> Result<String> {
        ical::write(&events, zone.unwrap_or(Zone::UTC), stamped_at)
    }
}
