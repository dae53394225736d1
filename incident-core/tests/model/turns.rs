//! The turns of a rotation, walked one at a time from its anchor (SEMANTICS 1, 2 and 7).

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::calendar::{
    self, Instant, Twice, add_days, add_months, at_minute, instant, local, minutes, parse_instant, parse_local, weekday,
};
use super::document::{MemberText, RotationText};
use super::hours::Windows;

/// A turn: when it begins, and who is due. It lasts to the next.
#[derive(Debug)]
pub struct Turn {
    pub from: Instant,
    pub due: Vec<String>,
}

/// Where the turns of a rotation begin.
#[derive(Debug)]
pub struct Grid {
    zone: Tz,
    /// The first handoff on or after the start, on the wall clock.
    anchor: NaiveDateTime,
    lengths: Vec<Length>,
    /// Whether hours follow the wall clock.
    wall_clock: bool,
    /// Whether only units in which a window begins are counted.
    active_only: bool,
}

#[derive(Clone, Copy, Debug)]
struct Length {
    count: i64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Unit {
    Hour,
    Day,
    Week,
    Month,
}

/// No rotation of a test is idle for as many of its units in a row.
const IDLE: i64 = 1_000;

/// A moment is a date (its midnight), a local time (its first occurrence) or an instant.
pub fn moment(zone: Tz, text: &str) -> Instant {
    if let Ok(date) = text.parse::<NaiveDate>() {
        return instant(zone, at_minute(date, 0), Twice::First);
    }
    parse_local(text).map_or_else(|| parse_instant(text), |wall| instant(zone, wall, Twice::First))
}

fn wall_of_moment(zone: Tz, text: &str) -> NaiveDateTime {
    match text.parse::<NaiveDate>() {
        Ok(date) => at_minute(date, 0),
        Err(_) => parse_local(text).unwrap_or_else(|| local(zone, parse_instant(text))),
    }
}

impl Grid {
    /// None for a rotation without turns.
    pub fn new(text: &RotationText) -> Option<Self> {
        let lengths: Vec<_> = text.turn.list().iter().map(|text| Length::read(text)).collect();
        if lengths.is_empty() {
            return None;
        }
        let zone = calendar::zone(&text.zone);
        let start = text.start.as_deref().unwrap();
        let anchor = first_handoff(zone, start, text.handoff.as_deref());
        let active_only = text.count.as_deref() == Some("active_only");
        Some(Self { zone, anchor, lengths, wall_clock: text.wall_clock, active_only })
    }

    /// The beginnings of turns 0, 1, 2, ... up to the first after an instant, and `more` after that.
    pub fn begins(&self, windows: &Windows, until: Instant, more: usize) -> Vec<Instant> {
        let mut begins = Vec::new();
        let mut beyond = 0;
        for begin in self.walk(windows) {
            begins.push(begin);
            beyond += usize::from(begin > until);
            if beyond > more {
                break;
            }
        }
        begins
    }

    fn walk<'a>(&'a self, windows: &'a Windows) -> Box<dyn Iterator<Item = Instant> + 'a> {
        if self.active_only {
            let lengths = self.lengths.iter().map(|length| usize::try_from(length.count).unwrap()).cycle();
            let mut cells = self.active_cells(windows, 1);
            let mut lengths = lengths;
            let mut skip = 0;
            return Box::new(std::iter::from_fn(move || {
                let begin = cells.nth(skip)?;
                skip = lengths.next()? - 1;
                Some(begin)
            }));
        }
        Box::new((0..).map(|turn| self.handoff(turn)))
    }

    /// The units in which a window begins, from the anchor on, or with a step of -1 back from before it.
    fn active_cells<'a>(&'a self, windows: &'a Windows, step: i64) -> impl Iterator<Item = Instant> + 'a {
        let mut at = if step > 0 { 0 } else { -1 };
        std::iter::from_fn(move || {
            for _ in 0..IDLE {
                let cell = at;
                at += step;
                if self.is_active(windows, cell) {
                    return Some(instant(self.zone, self.cell(cell), Twice::First));
                }
            }
            None
        })
    }

    fn cell(&self, at: i64) -> NaiveDateTime {
        match self.lengths[0].unit {
            Unit::Hour => panic!("hours are not counted by windows"),
            Unit::Day => self.anchor + TimeDelta::days(at),
            Unit::Week => self.anchor + TimeDelta::weeks(at),
            Unit::Month => add_months(self.anchor, at),
        }
    }

    /// Whether a window begins on a calendar day of a unit: from the day on which it begins to the one before the next.
    fn is_active(&self, windows: &Windows, cell: i64) -> bool {
        let (from, until) = (self.cell(cell).date(), self.cell(cell + 1).date());
        from.iter_days().take_while(|day| *day < until).any(|day| windows.begin_on(self.zone, day))
    }

    /// The beginning of a turn, also of one before the anchor (negative).
    fn handoff(&self, turn: i64) -> Instant {
        let anchor = instant(self.zone, self.anchor, Twice::First);
        let of = i64::try_from(self.lengths.len()).unwrap();
        let (rounds, rest) = (turn.div_euclid(of), turn.rem_euclid(of));
        let one = |length: &Length| match length.unit {
            Unit::Hour | Unit::Month => length.count,
            Unit::Day => 24 * length.count,
            Unit::Week => 7 * 24 * length.count,
        };
        // Hours, or months where the lengths are months, from the anchor.
        let round: i64 = self.lengths.iter().map(one).sum();
        let part: i64 = self.lengths.iter().take(usize::try_from(rest).unwrap()).map(one).sum();
        let total = rounds * round + part;
        if self.lengths.iter().all(|length| length.unit == Unit::Hour) && !self.wall_clock {
            return anchor + TimeDelta::hours(total);
        }
        // Counted from the anchor, so that a short month does not shorten the ones after it.
        let months = self.lengths.iter().any(|length| length.unit == Unit::Month);
        let wall = if months { add_months(self.anchor, total) } else { self.anchor + TimeDelta::hours(total) };
        instant(self.zone, wall, Twice::First)
    }

    /// All handoffs within a span, also those before the rotation begins.
    pub fn handoffs(&self, windows: &Windows, from: Instant, until: Instant) -> Vec<Instant> {
        let later = self.walk(windows).take_while(|at| *at < until).filter(|at| *at >= from);
        let mut all: Vec<_> = if self.active_only {
            let mut cells = self.active_cells(windows, -1);
            let lengths = self.lengths.iter().rev().map(|length| usize::try_from(length.count).unwrap()).cycle();
            let mut lengths = lengths;
            let before = std::iter::from_fn(move || cells.nth(lengths.next()? - 1));
            before.take_while(|at| *at >= from).filter(|at| *at < until).collect()
        } else {
            let before = (1..).map(|back| self.handoff(-back));
            before.take_while(|at| *at >= from).filter(|at| *at < until).collect()
        };
        all.reverse();
        all.extend(later);
        all
    }
}

impl Length {
    fn read(text: &str) -> Self {
        let (count, unit) = text.split_once(' ').unwrap();
        let unit = match unit.trim_end_matches('s') {
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            other => panic!("turns are not counted in {other}"),
        };
        Self { count: count.parse().unwrap(), unit }
    }
}

/// SEMANTICS 1: the first handoff on or after the start; without `handoff` the start is one.
fn first_handoff(zone: Tz, start: &str, handoff: Option<&str>) -> NaiveDateTime {
    let begun = moment(zone, start);
    let wall = wall_of_moment(zone, start);
    let Some(handoff) = handoff else { return wall };
    let (day, time) = handoff.split_once(' ').map_or((None, handoff), |(day, time)| (Some(weekday(day)), time));
    (0..15)
        .map(|later| at_minute(add_days(wall.date(), later), minutes(time)))
        .find(|at| {
            day.is_none_or(|day| calendar::weekday_of(at.date()) == day) && instant(zone, *at, Twice::First) >= begun
        })
        .unwrap()
}

/// The entries of a list of members and what becomes of them (SEMANTICS 2).
#[derive(Debug)]
pub struct Members {
    entries: Vec<Entry>,
    changes: Vec<Change>,
    concurrent: usize,
}

/// People who serve together, in the order of the list.
#[derive(Clone, Debug)]
struct Entry {
    people: Vec<String>,
    member: bool,
}

#[derive(Debug)]
struct Change {
    /// Local midnight of its day.
    on: Instant,
    entry: usize,
    /// Who leaves; none where the entry joins.
    leaves: Option<String>,
}

impl Members {
    pub fn new(text: &RotationText) -> Self {
        let zone = calendar::zone(&text.zone);
        let midnight = |on: &str| moment(zone, on);
        let (mut entries, mut changes) = (Vec::<Entry>::new(), Vec::new());
        for member in &text.members {
            match member {
                MemberText::One(person) => entries.push(Entry { people: vec![person.clone()], member: true }),
                MemberText::Group(people) => entries.push(Entry { people: people.clone(), member: true }),
                MemberText::Join { join, on } => {
                    changes.push(Change { on: midnight(on), entry: entries.len(), leaves: None });
                    entries.push(Entry { people: join.list(), member: false });
                }
                MemberText::Leave { leave, on } => {
                    // The nearest entry before it that has the name.
                    let entry = entries.iter().rposition(|entry| entry.people.contains(leave)).unwrap();
                    changes.push(Change { on: midnight(on), entry, leaves: Some(leave.clone()) });
                }
            }
        }
        Self { entries, changes, concurrent: text.concurrent.unwrap_or(1) }
    }

    pub fn names(&self) -> BTreeSet<&str> {
        self.entries.iter().flat_map(|entry| &entry.people).map(String::as_str).collect()
    }

    /// How many turns ahead somebody else is looked for.
    pub fn look_ahead(&self) -> usize {
        2 * (self.entries.len() + self.changes.len())
    }

    /// Without turns the first are always due.
    pub fn always_due(&self) -> Vec<String> {
        let first = self.entries.iter().filter(|entry| entry.member).take(self.concurrent);
        people(first.collect::<Vec<_>>().as_slice())
    }

    /// Who is due in each of the turns that begin at these instants.
    pub fn due(&self, begins: &[Instant]) -> Vec<Turn> {
        let mut entries = self.entries.clone();
        let mut done = vec![false; self.changes.len()];
        // The entry with which the next turn begins; none while the list is empty.
        let mut cursor = entries.iter().position(|entry| entry.member);
        let mut turns = Vec::new();
        for begin in begins {
            // Who is due under the list as it was ...
            let old_due = take(&entries, cursor, self.concurrent);
            for (change, done) in self.changes.iter().zip(&mut done) {
                if !*done && change.on <= *begin {
                    *done = true;
                    change.apply(&mut entries);
                }
            }
            // ... keeps the turn; for those who have left, the next of the new list serve.
            let mut due: Vec<usize> = old_due.iter().copied().filter(|at| entries[*at].member).collect();
            let mut last = old_due.last().copied();
            if old_due.is_empty() {
                cursor = entries.iter().position(|entry| entry.member);
                due = take(&entries, cursor, self.concurrent);
                last = due.last().copied();
            }
            for _ in due.len()..old_due.len() {
                let Some(next) = last.and_then(|last| following(&entries, last)) else { break };
                due.push(next);
                last = Some(next);
            }
            cursor = last.and_then(|last| following(&entries, last));
            let due: Vec<_> = due.into_iter().map(|at| &entries[at]).collect();
            turns.push(Turn { from: *begin, due: people(&due) });
        }
        turns
    }
}

impl Change {
    fn apply(&self, entries: &mut [Entry]) {
        let entry = &mut entries[self.entry];
        match &self.leaves {
            None => entry.member = true,
            Some(person) => {
                entry.people.retain(|one| one != person);
                entry.member = !entry.people.is_empty();
            }
        }
    }
}

/// The entries of a turn: so many of the walk, which goes round.
fn take(entries: &[Entry], first: Option<usize>, count: usize) -> Vec<usize> {
    let step = |at: &usize| following(entries, *at);
    std::iter::successors(first, step).take(count).collect()
}

/// The next member in the list after an entry, around its end; the same one where there is no other.
fn following(entries: &[Entry], after: usize) -> Option<usize> {
    (1..=entries.len()).map(|later| (after + later) % entries.len()).find(|at| entries[*at].member)
}

/// Each person once, in order; `nobody` is no person.
fn people(entries: &[&Entry]) -> Vec<String> {
    let mut people = Vec::new();
    for person in entries.iter().flat_map(|entry| &entry.people) {
        if person != "nobody" && !people.contains(person) {
            people.push(person.clone());
        }
    }
    people
}
