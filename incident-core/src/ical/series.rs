//! What becomes of all entries with one uid: the event, and the occurrences that were changed or cancelled.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};

use crate::codes;
use crate::time::{Span, Timestamp};

use super::budget::{Budget, Spent};
use super::entry::{EventEntry, Length, Start, WrittenRule};
use super::event::CalendarEvent;
use super::notes::Notes;
use super::rule::{BadRule, Search};

/// Finds the occurrences in a span.
#[derive(Debug)]
pub(super) struct Series<'b> {
    window: Span,
    budget: &'b mut Budget,
    notes: &'b mut Notes,
    /// Zones whose definition was found to contradict the database.
    contradicted: BTreeSet<String>,
    found: Vec<CalendarEvent>,
}

/// The starts of an event in or near the span, each with its own length where it has one.
type Starts = BTreeMap<Timestamp, (Start, Option<Length>)>;

/// Why an event is left out.
enum No {
    Rule(BadRule, String, Option<crate::finding::Place>),
    Spent(Spent),
}

impl From<Spent> for No {
    fn from(spent: Spent) -> Self {
        Self::Spent(spent)
    }
}

impl<'b> Series<'b> {
    pub(super) fn new(window: Span, budget: &'b mut Budget, notes: &'b mut Notes) -> Self {
        Self { window, budget, notes, contradicted: BTreeSet::new(), found: Vec::new() }
    }

    /// Adds the occurrences of all entries with one uid.
    pub(super) fn add(&mut self, entries: Vec<EventEntry>) {
        let (changes, events): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.replaces.is_some());
        let (changes, events) = (self.latest_changes(changes), self.latest(events));
        let alone = events.is_empty();
        let mut replaced = BTreeSet::new();
        for event in events.iter().filter(|event| !event.cancelled) {
            if let Err(no) = self.event(event, &changes, &mut replaced) {
                self.left_out(event, no);
            }
        }
        for (index, change) in changes.iter().enumerate() {
            if !alone && !replaced.contains(&index) {
                self.replaces_nothing(change);
            }
            if !change.cancelled {
                let occurrence = Occurrence { start: &change.start, length: change.length, at: original(change) };
                if let Err(spent) = self.occurrence(change, &occurrence) {
                    self.left_out(change, spent.into());
                }
            }
        }
    }

    /// Everything found, by start.
    pub(super) fn finish(mut self) -> Vec<CalendarEvent> {
        self.found.sort_by(|one, other| {
            let key = |event: &'_ CalendarEvent| (event.span, event.occurrence_at, event.line);
            key(one).cmp(&key(other)).then_with(|| one.uid.cmp(&other.uid))
        });
        self.found
    }

    /// Of several versions of an event the last one; what claims to be the same version is another event.
    fn latest(&mut self, mut events: Vec<EventEntry>) -> Vec<EventEntry> {
        let latest = events.iter().map(|event| event.sequence).max().unwrap_or_default();
        if events.len() > 1 {
            for event in &events {
                let message = if event.sequence < latest {
                    "a later version of the event is in the file, so this one is left out"
                } else {
                    continue;
                };
                self.notes.note(codes::OLD_VERSION, &event.path, message, event.place.clone());
            }
            events.retain(|event| event.sequence == latest);
        }
        for event in events.iter().skip(1) {
            let message =
                format!("uid `{}` is there twice; both are taken for events", crate::text::short(&event.says.uid));
            self.notes.warn(codes::DUPLICATE_UID, &event.path, message, event.place.clone());
        }
        events
    }

    /// Of several changes of one occurrence the last one.
    fn latest_changes(&mut self, mut changes: Vec<EventEntry>) -> Vec<EventEntry> {
        changes.sort_by_key(|change| (change.replaces, change.sequence));
        let mut latest: Vec<EventEntry> = Vec::new();
        for change in changes {
            if let Some(before) = latest.pop_if(|before| before.replaces == change.replaces) {
                let message = "a later version of the occurrence is in the file, so this one is left out";
                self.notes.note(codes::OLD_VERSION, &before.path, message, before.place);
            }
            latest.push(change);
        }
        latest
    }

    fn event(&mut self, event: &EventEntry, changes: &[EventEntry], replaced: &mut BTreeSet<usize>) -> Result<(), No> {
        let mut search = Search::new(self.budget.steps_of_event());
        let shifts = Onwards::of(event, changes);
        let starts = self.starts(event, shifts.longest(), &mut search);
        self.budget.spend(search.taken());
        let mut starts = starts?;
        if search.found_nothing() {
            let message = "the rule gives no occurrence";
            self.notes.warn(codes::NEVER_OCCURS, &event.path, message, event.place.clone());
        }
        starts.retain(|at, (start, _)| !event.excluded.iter().any(|which| which.is(*at, start.local)));
        for (index, change) in changes.iter().enumerate() {
            let before = starts.len();
            starts.retain(|at, (start, _)| !change.replaces.is_some_and(|which| which.is(*at, start.local)));
            if starts.len() < before {
                replaced.insert(index);
            }
        }
        let recurs = !event.rules.is_empty() || !event.dates.is_empty();
        let before = self.found.len();
        let taken = starts.iter().try_for_each(|(at, (start, length))| {
            let at_and = recurs.then_some(*at);
            match shifts.at(*at) {
                Some((change, _)) if change.cancelled => {}
                Some((change, shift)) => {
                    let local = start.local.checked_add_signed(shift).unwrap_or(start.local);
                    let start = Start { local, ..change.start.clone() };
                    self.occurrence(change, &Occurrence { start: &start, length: change.length, at: at_and })?;
                }
                None => {
                    let length = length.unwrap_or(event.length);
                    self.occurrence(event, &Occurrence { start, length, at: at_and })?;
                }
            }
            let most = before.saturating_add(self.budget.limits().occurrences_per_event);
            if self.found.len() > most { Err(Spent::Occurrences) } else { Ok(()) }
        });
        taken.inspect_err(|_| self.found.truncate(before)).map_err(No::Spent)
    }

    /// Every start that may reach into the span, also when it is shifted by as much as `shift`.
    fn starts(&mut self, event: &EventEntry, shift: TimeDelta, search: &mut Search) -> Result<Starts, No> {
        let clock = &event.start.clock;
        let local = |at| clock.local(at);
        let before = event.length.longest().checked_add(&shift).unwrap_or(TimeDelta::MAX);
        let after = TimeDelta::days(2).checked_add(&shift).unwrap_or(TimeDelta::MAX);
        let from = local(self.window.start).checked_sub_signed(before).unwrap_or(NaiveDateTime::MIN);
        let to = local(self.window.end.unwrap_or(Timestamp::MAX));
        let to = to.checked_add_signed(after).unwrap_or(NaiveDateTime::MAX);
        let mut starts = Starts::new();
        let start_at = |local| Start { local, ..event.start.clone() };
        let expand = |written: &WrittenRule, search: &mut Search| {
            let found = written.rule.starts(event.start.local, (from, to), |local| clock.instant(local), search);
            found.map_err(|no| No::Rule(no, written.text.clone(), written.place.clone()))
        };
        for written in &event.rules {
            for local in expand(written, search)? {
                let start = start_at(local);
                starts.entry(start.at()).or_insert((start, None));
            }
        }
        if let Entry::Vacant(vacant) = starts.entry(event.start.at()) {
            if !event.rules.is_empty() && (from..=to).contains(&event.start.local) {
                let message = "the start is no occurrence by the rule; it is taken for one beside them";
                self.notes.warn(codes::START_NOT_IN_RULE, &event.path, message, event.place.clone());
            }
            vacant.insert((event.start.clone(), None));
        }
        for (start, length) in &event.dates {
            starts.insert(start.at(), (start.clone(), *length));
        }
        for written in &event.excluded_rules {
            for local in expand(written, search)? {
                starts.remove(&clock.instant(local));
            }
        }
        Ok(starts)
    }

    /// Takes an occurrence if it is in the span.
    fn occurrence(&mut self, entry: &EventEntry, occurrence: &Occurrence<'_>) -> Result<(), Spent> {
        let Occurrence { start, length, at } = *occurrence;
        let span = Span { start: start.at(), end: Some(length.end(start)) };
        if !overlaps(self.window, span) {
            return Ok(());
        }
        self.budget.occurrence(text_length(&entry.says))?;
        if let Some(claim) = start.clock.contradiction(start.local)
            && self.contradicted.insert(claim.name.clone())
        {
            let zone = crate::text::short(&claim.name);
            let message = format!("the file defines `{zone}` otherwise than the database, which holds");
            self.notes.warn(codes::ZONE_DIFFERS, &entry.path, message, entry.place.clone());
        }
        let days = length.days(start);
        self.found.push(CalendarEvent { span, days, occurrence_at: at, ..entry.says.clone() });
        Ok(())
    }

    /// Says that a change is of no occurrence, where that can be known: within the span.
    fn replaces_nothing(&mut self, change: &EventEntry) {
        let at = original(change);
        if at.is_some_and(|at| self.window.contains(at)) {
            let message = "it changes an occurrence that the event does not have";
            self.notes.note(codes::NO_SUCH_OCCURRENCE, &change.path, message, change.place.clone());
        }
    }

    fn left_out(&mut self, entry: &EventEntry, no: No) {
        match no {
            No::Rule(no, text, place) => {
                let message = format!("{}, so the event is left out", no.message(&text));
                self.notes.error(no.code(), &format!("{}/RRULE", entry.path), message, place);
            }
            No::Spent(spent) => {
                let (code, what) = match spent {
                    Spent::Occurrences => (codes::TOO_MANY_OCCURRENCES, "there are too many occurrences"),
                    Spent::Text => (codes::TOO_MUCH_TEXT, "there is too much text in the occurrences"),
                };
                let message = format!("{what}, so the event is left out");
                self.notes.error(code, &entry.path, message, entry.place.clone());
            }
        }
    }
}

/// Changes of an occurrence and all later ones, and how far each moves them.
struct Onwards<'e>(Vec<(Timestamp, &'e EventEntry, TimeDelta)>);

impl<'e> Onwards<'e> {
    fn of(event: &EventEntry, changes: &'e [EventEntry]) -> Self {
        let onwards = changes.iter().filter(|change| change.onwards).filter_map(|change| {
            let from = original(change)?;
            Some((from, change, change.start.local.signed_duration_since(event.start.clock.local(from))))
        });
        let mut onwards: Vec<_> = onwards.collect();
        onwards.sort_by_key(|(from, ..)| *from);
        Self(onwards)
    }

    /// The change that holds for an occurrence.
    fn at(&self, at: Timestamp) -> Option<(&'e EventEntry, TimeDelta)> {
        self.0.iter().rev().find(|(from, ..)| *from <= at).map(|(_, change, shift)| (*change, *shift))
    }

    /// No occurrence is moved further, or lasts longer.
    fn longest(&self) -> TimeDelta {
        let longest = self
            .0
            .iter()
            .map(|(_, change, shift)| shift.abs().checked_add(&change.length.longest()).unwrap_or(TimeDelta::MAX));
        longest.max().unwrap_or_default()
    }
}

/// When something happens, and which occurrence it is.
struct Occurrence<'s> {
    start: &'s Start,
    length: Length,
    at: Option<Timestamp>,
}

/// The start that a changed occurrence had before.
fn original(change: &EventEntry) -> Option<Timestamp> {
    use super::entry::Which;
    change.replaces.map(|which| match which {
        Which::At(at) => at,
        Which::On(day) => change.start.clock.instant(day.and_time(chrono::NaiveTime::MIN)),
    })
}

fn overlaps(window: Span, span: Span) -> bool {
    let ends_after = span.end.is_none_or(|end| end > window.start || (end == span.start && end == window.start));
    ends_after && window.end.is_none_or(|end| span.start < end)
}

fn text_length(says: &CalendarEvent) -> usize {
    let texts = [Some(&says.uid), says.summary.as_ref(), says.description.as_ref(), says.organizer.as_ref()];
    let lists = says.categories.iter().chain(&says.attendees);
    texts.into_iter().flatten().chain(lists).map(String::len).fold(0, usize::saturating_add)
}
