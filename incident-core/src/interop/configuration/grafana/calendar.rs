//! Calendars that schedules take their shifts from: each occurrence of half a year is a cover.

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::PersonId;
use crate::oncall::ScheduleDocument;
use crate::time::{Elapsed, Span, Timestamp, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::whose::stem;
use super::schedule::{Above, covers};

/// So long after the export, shifts of a calendar are written out.
const HALF_A_YEAR: Elapsed = Elapsed::hours(26 * 7 * 24);

/// The files in iCalendar form of an export.
#[derive(Debug)]
pub(super) struct Calendars<'a> {
    all: Vec<Calendar<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Calendar<'a> {
    file: &'a str,
    text: &'a str,
    /// Whether a schedule took it.
    taken: bool,
}

impl<'a> Calendars<'a> {
    pub(super) fn new(files: &[(&'a str, &'a str)]) -> Self {
        Self { all: files.iter().map(|(file, text)| Calendar { file, text, taken: false }).collect() }
    }

    /// What the calendars of a schedule put above its shifts, and the zone they call their own: those that have its id in
    /// their name.
    pub(super) fn of(
        &mut self,
        draft: &mut Draft<'_>,
        record: &Record<'_>,
        called: &str,
    ) -> (Vec<Above>, Option<Zone>) {
        let id = record.id().unwrap_or_default();
        let (mut above, mut zone) = (Vec::new(), None);
        let (mut primary, mut overriding) = (false, false);
        for calendar in self.all.iter_mut().filter(|it| !id.is_empty() && it.file.contains(&id)) {
            calendar.taken = true;
            let overrides = calendar.file.to_lowercase().contains("override");
            (primary, overriding) = (primary || !overrides, overriding || overrides);
            zone = zone.or_else(|| own_zone(calendar.text));
            above.extend(shifts(draft, calendar, overrides));
        }
        let lacking = [("ical_url_primary", primary), ("ical_url_overrides", overriding)];
        for (member, _) in lacking.into_iter().filter(|(member, taken)| record.has(member) && !taken) {
            let message =
                "a calendar that is not in the export: fetch it into a file with the id of the schedule in its name";
            record.note(draft.notes, Level::Warning, codes::REFERENCE_ONLY, member, message);
        }
        if primary || overriding {
            let message =
                "shifts of a calendar are covers here, for 26 weeks from the export on: it goes on by itself there";
            unsayable(draft.notes, record, Level::Note, "type", "calendar", called, message);
        }
        (above, zone)
    }

    /// Calendars that no schedule took are schedules of their own.
    pub(super) fn alone(&self, draft: &mut Draft<'_>) {
        for calendar in self.all.iter().filter(|calendar| !calendar.taken) {
            let above = shifts(draft, calendar, false);
            let Some(owner) = draft.nobodys().filter(|_| !above.is_empty()) else { continue };
            let Some(declared) = draft.declare(&owner, None, stem(calendar.file)) else { continue };
            let zone = own_zone(calendar.text).unwrap_or(Zone::UTC);
            let mut document = ScheduleDocument { overrides: covers(zone, above), ..ScheduleDocument::default() };
            document.overrides.iter_mut().for_each(|it| it.zone = Some(zone));
            draft.document(&declared.owner).schedule.insert(declared.id, document);
            let message = "a calendar of no schedule here is one of its own, with the shifts of 26 weeks as covers";
            draft.notes.add(calendar.file, Finding::new(Level::Note, codes::NOT_EXPRESSIBLE, "", message));
        }
    }
}

/// The shifts in a calendar from the export on.
fn shifts(draft: &mut Draft<'_>, calendar: &Calendar<'_>, overrides: bool) -> Vec<Above> {
    let Some(start) = draft.options.exported_at.or_else(|| stamped_at(calendar.text)) else {
        let message = "a calendar without a stamp is read from the time of the export on: say when that was";
        draft.notes.add(calendar.file, Finding::new(Level::Warning, codes::MISSING_FIELD, "", message));
        return Vec::new();
    };
    let window = Span { start, end: Some(start.plus(HALF_A_YEAR)) };
    let mut above = Vec::new();
    for Event { span, texts } in events(draft, calendar, window) {
        let Some(end) = span.end.filter(|end| *end > span.start) else { continue };
        let (level, who) = told(draft, &texts);
        let Some(person) = who else {
            let message = "an event that names nobody is left out: it is an empty shift there";
            draft.notes.add(calendar.file, Finding::new(Level::Note, codes::MISSING_FIELD, "", message));
            continue;
        };
        let (rank, people) = ((overrides, level), vec![person]);
        above.push(Above { rank, start: span.start, end, people, source: Some(calendar.file.to_owned()) });
    }
    above
}

/// An event of a calendar: when it is, its summary and its description.
struct Event {
    span: Span,
    texts: [Option<String>; 2],
}

#[cfg(feature = "ical")]
fn events(draft: &mut Draft<'_>, calendar: &Calendar<'_>, window: Span) -> Vec<Event> {
    // Whole days and times without a zone are in the calendar's own, else in UTC.
    let floating = own_zone(calendar.text).is_none().then_some(Zone::UTC);
    match crate::ical::read(calendar.text, window, floating) {
        Ok(reading) => {
            reading.findings.into_iter().for_each(|finding| draft.notes.add(calendar.file, finding));
            let event = |it: crate::ical::CalendarEvent| Event { span: it.span, texts: [it.summary, it.description] };
            reading.events.into_iter().map(event).collect()
        }
        Err(no) => {
            draft.notes.add(calendar.file, Finding { level: Level::Warning, ..no.to_finding() });
            Vec::new()
        }
    }
}

/// Without the reader of calendars there are none.
#[cfg(not(feature = "ical"))]
fn events(draft: &mut Draft<'_>, calendar: &Calendar<'_>, _window: Span) -> Vec<Event> {
    let finding = Finding::new(Level::Warning, codes::REFERENCE_ONLY, "", "this build reads no calendars");
    draft.notes.add(calendar.file, finding.help("switch on feature `ical`"));
    Vec::new()
}

/// The zone that a calendar calls its own.
fn own_zone(text: &str) -> Option<Zone> {
    text.lines().find_map(|line| line.trim().strip_prefix("X-WR-TIMEZONE:")?.parse().ok())
}

/// The level of an event and whom it names, by user name or e-mail: in its summary, else its description.
fn told(draft: &mut Draft<'_>, texts: &[Option<String>]) -> (i64, Option<PersonId>) {
    let mut level = 0;
    let mut who = None;
    for text in texts.iter().flatten() {
        let text = text.trim();
        let ranked = text.strip_prefix("[L").and_then(|rest| rest.split_once(']'));
        let (its, name) = match ranked.and_then(|(level, name)| Some((level.parse::<i64>().ok()?, name))) {
            Some((its, name)) => (its, name.trim()),
            None => (0, text),
        };
        if who.is_none() && !name.is_empty() {
            level = its.max(0);
            let address = name.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
            let given = if address {
                GivenPerson { email: Some(name), ..GivenPerson::default() }
            } else {
                GivenPerson { name: Some(name.trim_start_matches('@')), ..GivenPerson::default() }
            };
            who = draft.person(given);
        }
    }
    (level, who)
}

/// When a calendar was made, by the latest stamp in it.
fn stamped_at(text: &str) -> Option<Timestamp> {
    let stamp = |line: &str| {
        let digits = line.trim().strip_prefix("DTSTAMP:")?.strip_suffix('Z')?;
        let local = chrono::NaiveDateTime::parse_from_str(digits, "%Y%m%dT%H%M%S").ok()?;
        Timestamp::from_micros(local.and_utc().timestamp_micros())
    };
    text.lines().filter_map(stamp).max()
}
