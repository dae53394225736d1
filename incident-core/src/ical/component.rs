//! What content lines are grouped into: calendars, with their events and zones.

use crate::codes;
use crate::error::Result;

use super::budget::Budget;
use super::line::{Line, unfold};
use super::notes::Notes;

/// One `VCALENDAR`; a file may hold several.
#[derive(Debug, Default)]
pub(super) struct Calendar<'a> {
    /// Its own properties.
    pub(super) lines: Vec<Line<'a>>,
    pub(super) zones: Vec<ZoneLines<'a>>,
    pub(super) events: Vec<EventLines<'a>>,
}

/// The lines of one `VEVENT`, without those of its alarms.
#[derive(Debug)]
pub(super) struct EventLines<'a> {
    /// `/events/3`: which event of the file, from 0.
    pub(super) path: String,
    /// `BEGIN:VEVENT`.
    pub(super) begin: Line<'a>,
    pub(super) lines: Vec<Line<'a>>,
}

/// The lines of one `VTIMEZONE`.
#[derive(Debug)]
pub(super) struct ZoneLines<'a> {
    /// `BEGIN:VTIMEZONE`.
    pub(super) begin: Line<'a>,
    pub(super) lines: Vec<Line<'a>>,
    /// Each `STANDARD` and `DAYLIGHT`.
    pub(super) observances: Vec<Vec<Line<'a>>>,
}

impl<'a> Calendar<'a> {
    /// A property of the calendar itself.
    pub(super) fn property(&self, name: &str) -> Option<&Line<'a>> {
        self.lines.iter().find(|line| line.name == name)
    }
}

/// Reads every calendar of a text. A component that does not end is left out, because what is missing might matter: the
/// end of a recurrence, or that the event is cancelled.
///
/// # Errors
/// `contract.too_deep`
pub(super) fn calendars<'a>(text: &'a str, budget: &Budget, notes: &mut Notes) -> Result<Vec<Calendar<'a>>> {
    let mut grouping = Grouping { budget, notes, done: Vec::new(), open: Vec::new(), events: 0 };
    for unfolded in unfold(text) {
        match Line::parse(unfolded) {
            Ok(line) if line.name == "BEGIN" => grouping.begin(line)?,
            Ok(line) if line.name == "END" => grouping.end(&line),
            Ok(line) => grouping.line(line),
            Err((why, place)) => grouping.bad_line(why, place),
        }
    }
    while !grouping.open.is_empty() {
        grouping.abandon();
    }
    Ok(grouping.done)
}

struct Grouping<'a, 'b> {
    budget: &'b Budget,
    notes: &'b mut Notes,
    done: Vec<Calendar<'a>>,
    /// From the outermost to the innermost.
    open: Vec<Open<'a>>,
    events: usize,
}

/// A component that has not ended yet.
struct Open<'a> {
    name: String,
    begin: Line<'a>,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Calendar(Calendar<'a>),
    Event(EventLines<'a>),
    Zone(ZoneLines<'a>),
    Observance(Vec<Line<'a>>),
    /// Alarms, tasks, journals and what nobody knows.
    Other,
}

/// Components that stand in a calendar and in nothing else.
const TOP: [&str; 5] = ["VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY"];

impl<'a> Grouping<'a, '_> {
    fn begin(&mut self, begin: Line<'a>) -> Result<()> {
        let name = begin.value.trim().to_ascii_uppercase();
        let level = match name.as_str() {
            "VCALENDAR" => 0,
            name if TOP.contains(&name) => 1,
            _ => usize::MAX,
        };
        while self.open.len() > level {
            self.abandon();
        }
        if self.open.len() >= self.budget.limits().depth {
            return Err(self.budget.limits().too_deep());
        }
        let kind = match (name.as_str(), self.open.last().map(|open| &open.kind)) {
            ("VCALENDAR", None) => Kind::Calendar(Calendar::default()),
            ("VEVENT", Some(Kind::Calendar(_))) => self.event(&begin),
            ("VTIMEZONE", Some(Kind::Calendar(_))) => {
                Kind::Zone(ZoneLines { begin: begin.clone(), lines: Vec::new(), observances: Vec::new() })
            }
            ("STANDARD" | "DAYLIGHT", Some(Kind::Zone(_))) => Kind::Observance(Vec::new()),
            ("VEVENT", None) => {
                let path = format!("/events/{}", self.events);
                self.events = self.events.saturating_add(1);
                self.notes.error(codes::BAD_STRUCTURE, &path, "an event stands in no calendar", begin.place());
                Kind::Other
            }
            _ => Kind::Other,
        };
        self.open.push(Open { name, begin, kind });
        Ok(())
    }

    fn event(&mut self, begin: &Line<'a>) -> Kind<'a> {
        let path = format!("/events/{}", self.events);
        self.events = self.events.saturating_add(1);
        let most = self.budget.limits().calendar_events;
        if self.events > most {
            if self.events == most.saturating_add(1) {
                let message = format!("events after the first {most} are not read");
                self.notes.error(codes::TOO_MANY_EVENTS, &path, message, begin.place());
            }
            return Kind::Other;
        }
        Kind::Event(EventLines { path, begin: begin.clone(), lines: Vec::new() })
    }

    fn end(&mut self, end: &Line<'a>) {
        let name = end.value.trim();
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            let message = format!("`{}` ends and was not begun", crate::text::short(name));
            self.notes.warn(codes::BAD_STRUCTURE, "", message, end.place());
            return;
        };
        while self.open.len() > at.saturating_add(1) {
            self.abandon();
        }
        if let Some(whole) = self.open.pop() {
            self.keep(whole.kind);
        }
    }

    fn keep(&mut self, kind: Kind<'a>) {
        match (kind, self.open.last_mut().map(|open| &mut open.kind)) {
            (Kind::Calendar(calendar), _) => self.done.push(calendar),
            (Kind::Event(event), Some(Kind::Calendar(calendar))) => calendar.events.push(event),
            (Kind::Zone(zone), Some(Kind::Calendar(calendar))) => calendar.zones.push(zone),
            (Kind::Observance(lines), Some(Kind::Zone(zone))) => zone.observances.push(lines),
            _ => {}
        }
    }

    /// Gives the innermost component up: it does not end. A calendar that does not end keeps what is whole in it.
    fn abandon(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let (path, lost) = match &open.kind {
            Kind::Event(event) => (event.path.as_str(), "does not end, so it is left out"),
            Kind::Calendar(_) => ("", "does not end; what is whole in it is read"),
            _ => ("", "does not end"),
        };
        let message = format!("`{}` {lost}", crate::text::short(&open.name));
        self.notes.error(codes::BAD_STRUCTURE, path, message, open.begin.place());
        if let Kind::Calendar(_) = open.kind {
            self.keep(open.kind);
        }
    }

    fn line(&mut self, line: Line<'a>) {
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Calendar(calendar)) => calendar.lines.push(line),
            Some(Kind::Event(event)) => event.lines.push(line),
            Some(Kind::Zone(zone)) => zone.lines.push(line),
            Some(Kind::Observance(lines)) => lines.push(line),
            Some(Kind::Other) | None => {}
        }
    }

    fn bad_line(&mut self, why: &str, place: crate::finding::Place) {
        let path = match self.open.last().map(|open| &open.kind) {
            Some(Kind::Event(event)) => event.path.as_str(),
            Some(Kind::Other) => return,
            _ => "",
        };
        self.notes.warn(codes::BAD_LINE, path, format!("the line cannot be read: {why}"), Some(place));
    }
}
