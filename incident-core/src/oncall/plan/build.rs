//! From what people write to a plan, with everything that stands in the way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::cells::{ActiveDays, CellUnit, Cells};
use super::grid::{Grid, Unit};
use super::roster::{Roster, Seat, Tenancy, Who, number};
use super::rotation::RotationPlan;
use super::spans::Spans;
use super::windows::Windows;
use super::{Exception, Plan, Recorded};
use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::id::PersonId;
use crate::oncall::document::{IfAbsent, Rotation, ScheduleDocument, TurnCount};
use crate::oncall::handoff::Handoff;
use crate::oncall::member::{RotationMember, is_nobody};
use crate::oncall::overrides::ScheduleOverride;
use crate::text::{nearest, pointer_step};
use crate::time::{Clock, Date, Days, Moment, Occurrence, Span, Timestamp, Turn, TurnUnit, Zone};

/// The plan of a document, as far as it can be laid out, and what stands in the way.
pub(in crate::oncall) fn build(document: &ScheduleDocument) -> (Plan, Vec<Finding>) {
    let mut builder = Builder { document, clocks: BTreeMap::new(), plan: Plan::default(), problems: Vec::new() };
    builder.names();
    builder.rotations();
    builder.blocks();
    builder.overrides();
    builder.absences();
    builder.recorded();
    (builder.plan, builder.problems)
}

struct Builder<'a> {
    document: &'a ScheduleDocument,
    /// A clock a zone, by name.
    clocks: BTreeMap<&'static str, Clock>,
    plan: Plan,
    problems: Vec<Finding>,
}

impl Builder<'_> {
    fn problem(&mut self, code: Code, path: impl Into<String>, message: impl Into<String>, help: &str) {
        self.problems.push(Finding::new(Level::Error, code, path, message).help(help));
    }

    /// Numbers everybody, and looks for those whom the people do not have.
    fn names(&mut self) {
        let mut named: Vec<(String, &PersonId)> = Vec::new();
        for (at, rotation) in self.document.rotation.iter().enumerate() {
            for (member, entry) in rotation.members.iter().enumerate() {
                let path = format!("/rotation/{at}/members/{member}");
                match entry {
                    RotationMember::One(person) => named.push((path, person)),
                    RotationMember::Group(people) => named.extend(listed(path, people)),
                    RotationMember::Joins(joins) => {
                        named.extend(joins.join.iter().map(|it| (format!("{path}/join"), it)))
                    }
                    RotationMember::Leaves(leaves) => named.push((format!("{path}/leave"), &leaves.leave)),
                }
            }
        }
        for (at, it) in self.document.overrides.iter().enumerate() {
            let path = format!("/override/{at}");
            named.extend(it.replace.iter().map(|person| (format!("{path}/replace"), person)));
            named.extend(it.with.iter().map(|person| (format!("{path}/with"), person)));
            for (key, people) in lists(it) {
                named.extend(people.iter().map(|person| (format!("{path}/{key}"), person)));
            }
        }
        let absent = self.document.absence.iter().enumerate();
        named.extend(absent.map(|(at, absence)| (format!("/absence/{at}/person"), &absence.person)));
        let known = &self.document.people;
        for (path, person) in &named {
            if !known.is_empty() && !known.contains_key(*person) && !is_nobody(person) {
                let message = format!("`{person}` is not among the people");
                let finding = Finding::new(Level::Error, codes::UNKNOWN_PERSON, path.as_str(), message);
                let near = nearest(person.as_str(), known.keys().map(PersonId::as_str));
                self.problems.push(match near {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding,
                });
            }
        }
        let recorded = self.document.recorded.iter().flat_map(|it| &it.shifts).map(|shift| &shift.person);
        let mut people: Vec<PersonId> = named.into_iter().map(|(_, person)| person).chain(recorded).cloned().collect();
        people.extend(known.keys().cloned());
        people.sort_unstable();
        people.dedup();
        self.plan.people = people;
    }

    fn who(&self, person: &PersonId) -> Option<Who> {
        number(&self.plan.people, person).filter(|_| !is_nobody(person))
    }

    fn all(&self, people: &[PersonId]) -> Vec<Who> {
        people.iter().filter_map(|person| self.who(person)).collect()
    }

    fn rotations(&mut self) {
        if self.document.rotation.is_empty() && self.document.recorded.is_none() && self.document.overrides.is_empty() {
            self.problem(
                codes::NO_ROTATION,
                "/rotation",
                "a schedule without a rotation has nobody",
                "add a `[[rotation]]`",
            );
        }
        for (at, rotation) in self.document.rotation.iter().enumerate() {
            let plan = self.rotation(&format!("/rotation/{at}"), at, rotation);
            self.plan.rotations.push(plan);
        }
    }

    fn rotation(&mut self, path: &str, at: usize, rotation: &Rotation) -> RotationPlan {
        if let Some(bad) = rotation.days.iter().find(|day| !(1..=31).contains(*day)) {
            let message = format!("no month has a day {bad}");
            self.problem(codes::BAD_MONTH_DAY, format!("{path}/days"), message, "write days from 1 to 31");
        }
        let closed = match &rotation.except {
            None => BTreeSet::new(),
            Some(name) => self.calendar(path, name),
        };
        let zone = rotation.zone;
        let windows = Windows::new(self.clock(zone), &rotation.hours, &rotation.days, closed.clone());
        let grid = self.grid(path, rotation, &closed);
        let concurrent = rotation.concurrent.unwrap_or(1);
        if concurrent == 0 {
            self.problem(
                codes::BAD_CONCURRENT,
                format!("{path}/concurrent"),
                "a turn takes at least one",
                "leave it out",
            );
        }
        let roster = self.roster(path, rotation, grid.as_ref(), concurrent.max(1));
        let begins = match (&grid, rotation.start) {
            (Some(grid), _) => Some(grid.boundary(0)),
            (None, start) => start.map(|start| start.instant(zone)),
        };
        let from = rotation.from.map(|from| from.instant(zone));
        let bounds = Span {
            start: begins.into_iter().chain(from).max().unwrap_or(Timestamp::MIN),
            end: rotation.until.map(|until| until.instant(zone)),
        };
        if let Some(lasts) = rotation.lasts {
            if !lasts.is_positive() {
                self.problem(codes::BAD_SHIFT_LENGTH, format!("{path}/lasts"), "a shift takes time", "write `10m`");
            } else if grid.is_none() {
                let message = "a shift has a length only where there are turns";
                self.problem(codes::BAD_SHIFT_LENGTH, format!("{path}/lasts"), message, "say how long a `turn` is");
            }
        }
        RotationPlan {
            name: rotation.name.clone().unwrap_or_else(|| format!("rotation {}", at + 1)),
            zone,
            grid,
            roster,
            windows,
            bounds,
            lasts: rotation.lasts,
            fall_through: rotation.if_absent == Some(IfAbsent::FallThrough),
        }
    }

    fn clock(&mut self, zone: Zone) -> Clock {
        self.clocks.entry(zone.name()).or_insert_with(|| Clock::new(zone)).clone()
    }

    fn calendar(&mut self, path: &str, name: &str) -> BTreeSet<Date> {
        let calendars = &self.document.calendars;
        if let Some(days) = calendars.get(name) {
            return days.clone();
        }
        let near = nearest(name, calendars.keys().map(String::as_str));
        let help = near.map_or_else(|| "add it to `[calendars]`".to_owned(), |near| format!("did you mean `{near}`?"));
        self.problem(codes::UNKNOWN_CALENDAR, format!("{path}/except"), format!("`{name}` is no calendar"), &help);
        BTreeSet::new()
    }

    fn grid(&mut self, path: &str, rotation: &Rotation, closed: &BTreeSet<Date>) -> Option<Grid> {
        if rotation.turn.is_empty() {
            return None;
        }
        let Some(start) = rotation.start else {
            let help = "add `start`, the day of a first turn";
            self.problem(codes::MISSING_START, format!("{path}/start"), "turns are counted from a start", help);
            return None;
        };
        let anchor = first_handoff(rotation, start)?;
        let Some((unit, lengths)) = lengths(&rotation.turn, rotation.wall_clock) else {
            let help = "months stand only beside months";
            self.problem(codes::MIXED_TURNS, format!("{path}/turn"), "these lengths cannot be added up", help);
            return None;
        };
        let ends = |lengths: Vec<i64>| {
            let sum = |sum: &mut i64, length: i64| {
                *sum = sum.saturating_add(length);
                Some(*sum)
            };
            lengths.into_iter().scan(0, sum).collect()
        };
        let clock = self.clock(rotation.zone);
        let whole = |clock| Grid::new(clock, anchor, unit, ends(lengths), None);
        if rotation.count != Some(TurnCount::ActiveOnly) {
            return Some(whole(clock));
        }
        let Some((unit, counts)) = active_lengths(&rotation.turn) else {
            let message = "only turns of days, of weeks or of months can count active ones";
            self.problem(codes::BAD_COUNT, format!("{path}/count"), message, "leave `count` out");
            return Some(whole(clock));
        };
        let mut closed = closed.clone();
        let windows = Windows::new(clock.clone(), &rotation.hours, &rotation.days, closed.clone());
        closed.extend(windows.iter().flat_map(Windows::skipped));
        match Cells::new(unit, anchor, ActiveDays::new(&rotation.hours, &rotation.days, &closed)) {
            Some(cells) => {
                let unit = if unit == CellUnit::Month { Unit::Months } else { Unit::Clock };
                Some(Grid::new(clock, anchor, unit, ends(counts), Some(cells)))
            }
            None => Some(whole(clock)),
        }
    }

    fn roster(&mut self, path: &str, rotation: &Rotation, grid: Option<&Grid>, concurrent: u32) -> Roster {
        let mut entries: Vec<Seat> = Vec::new();
        // Nobody takes turns before the first handoff, so a change dated before it takes effect there.
        let turn = |on: Date| {
            let midnight = rotation.zone.instant(on.naive().and_time(chrono::NaiveTime::MIN), Occurrence::First);
            grid.map(|grid| grid.first_from(midnight).max(0))
        };
        for (at, member) in rotation.members.iter().enumerate() {
            let path = format!("{path}/members/{at}");
            let there = |people: &[PersonId], joins| {
                let mut people: Vec<Tenancy> =
                    self.all(people).into_iter().map(|who| Tenancy { who: Some(who), joins, leaves: None }).collect();
                if people.is_empty() {
                    people.push(Tenancy { who: None, joins, leaves: None });
                }
                Seat { people }
            };
            match member {
                RotationMember::One(person) => entries.push(there(std::slice::from_ref(person), None)),
                RotationMember::Group(people) => entries.push(there(people, None)),
                RotationMember::Joins(joins) => entries.push(there(&joins.join, turn(joins.on))),
                RotationMember::Leaves(leaves) => {
                    let who = self.who(&leaves.leave);
                    let turn = turn(leaves.on);
                    let held = |it: &&mut Tenancy| it.who == who && who.is_some() && it.leaves.is_none();
                    match entries.iter_mut().rev().find_map(|entry| entry.people.iter_mut().find(held)) {
                        Some(tenancy) => tenancy.leaves = turn,
                        None => {
                            let message = format!("`{}` is in no entry before this one", leaves.leave);
                            self.problem(codes::LEAVES_NOTHING, path, message, "put it after the name");
                        }
                    }
                    continue;
                }
            }
        }
        let changes =
            rotation.members.iter().any(|it| matches!(it, RotationMember::Joins(_) | RotationMember::Leaves(_)));
        if entries.is_empty() {
            let (message, help) = ("a rotation without members has nobody", "list who takes turns");
            self.problem(codes::NO_MEMBERS, format!("{path}/members"), message, help);
        } else if rotation.turn.is_empty() && (changes || entries.len() > concurrent as usize) {
            let message = "nobody takes turns, so only the first is ever due";
            self.problem(codes::NO_TURN, format!("{path}/members"), message, "say how long a `turn` is");
        }
        Roster::new(&entries, concurrent as usize)
    }

    /// Rotations that share, in order: by what is listed, or by number where numbers are given.
    fn blocks(&mut self) {
        let rotations = &self.document.rotation;
        let ranked = rotations.iter().any(|rotation| rotation.priority.is_some());
        let mut blocks: Vec<(i64, Vec<u32>)> = Vec::new();
        for (at, rotation) in rotations.iter().enumerate() {
            let number = Who::try_from(at).unwrap_or(Who::MAX);
            let rank = rotation.priority.unwrap_or_default();
            let before = at.checked_sub(1).and_then(|before| Who::try_from(before).ok());
            let shared = match (rotation.together, ranked) {
                (true, _) => blocks.iter_mut().find(|(_, block)| before.is_some_and(|before| block.contains(&before))),
                (false, true) => blocks.iter_mut().find(|(other, _)| *other == rank),
                (false, false) => None,
            };
            match shared {
                Some((_, block)) => block.push(number),
                None => blocks.push((rank, vec![number])),
            }
        }
        if ranked {
            blocks.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        }
        self.plan.blocks = blocks.into_iter().map(|(_, block)| block).collect();
        if rotations.first().is_some_and(|first| first.together) {
            let message = "there is no rotation before the first one";
            self.problem(codes::TOGETHER_WITH_NONE, "/rotation/0/together", message, "leave `together` out");
        }
    }

    fn overrides(&mut self) {
        let mut spans = Vec::new();
        for (at, it) in self.document.overrides.iter().enumerate() {
            let path = format!("/override/{at}");
            let zone = self.zone_of(it);
            let span = self.span(&path, zone, it.days, it.from, it.until);
            let kinds = lists(it).count() + usize::from(it.replace.is_some() || it.with.is_some());
            let exception = match (it, lists(it).next()) {
                (ScheduleOverride { replace: Some(whom), with: Some(with), .. }, None) => {
                    self.who(whom).zip(self.who(with)).map(|(whom, with)| Exception::Replace(whom, with))
                }
                (_, Some(("temporary", people))) => Some(Exception::Temporary(self.all(people))),
                (_, Some(("cover", people))) => {
                    Some(Exception::Cover(it.priority.unwrap_or_default(), self.all(people)))
                }
                (_, Some(("remove", people))) => Some(Exception::Remove(self.all(people))),
                (_, Some((_, people))) => Some(Exception::Add(self.all(people))),
                (_, None) => None,
            };
            if kinds != 1 || (it.replace.is_some() != it.with.is_some()) {
                let message = "an override does exactly one thing";
                let help = "write `replace` and `with`, or one of `cover`, `temporary`, `remove` and `add`";
                self.problem(codes::BAD_OVERRIDE, path, message, help);
            } else if let Some(("cover" | "remove" | "add", [])) = lists(it).next() {
                self.problem(codes::BAD_OVERRIDE, path, "it names nobody", "name somebody");
            }
            // Each has its number, whether or not it can be used.
            self.plan.exceptions.push(exception.unwrap_or(Exception::Remove(Vec::new())));
            spans.extend(span.map(|span| (span, Who::try_from(at).unwrap_or(Who::MAX))));
        }
        self.plan.spans = Spans::new(spans);
    }

    /// The zone in which the days of an override are meant.
    fn zone_of(&self, it: &ScheduleOverride) -> Zone {
        let whom = it.replace.iter().chain(it.remove.iter().flatten());
        let lists = |person: &PersonId| {
            let names = |rotation: &&Rotation| rotation.members.iter().any(|member| member.names(person));
            self.document.rotation.iter().find(names)
        };
        let listed = whom.filter_map(lists).next().or(self.document.rotation.first());
        it.zone.or(listed.map(|rotation| rotation.zone)).unwrap_or(Zone::UTC)
    }

    /// The span of whole days or of two moments; a problem where it says neither, both, or ends before it starts.
    fn span(
        &mut self,
        path: &str,
        zone: Zone,
        days: Option<Days>,
        from: Option<Moment>,
        until: Option<Moment>,
    ) -> Option<Span> {
        match (days, from, until) {
            (Some(days), None, None) => Some(days.span(zone)),
            (None, Some(from), Some(until)) => {
                let (start, end) = (from.instant(zone), until.instant(zone));
                if end <= start {
                    let message = format!("it ends at {until}, and starts at {from}");
                    let help = "`until` comes after `from`";
                    self.problem(codes::ENDS_BEFORE_START, format!("{path}/until"), message, help);
                    return None;
                }
                Some(Span { start, end: Some(end) })
            }
            _ => {
                let help = "write `days`, or `from` and `until`";
                self.problem(codes::NO_SPAN, format!("{path}/days"), "it does not say when", help);
                None
            }
        }
    }

    fn absences(&mut self) {
        let (mut by_person, mut all) = (BTreeMap::<Who, Vec<(Span, u32)>>::new(), Vec::new());
        for (at, absence) in self.document.absence.iter().enumerate() {
            let zone = self.document.people.get(&absence.person).and_then(|person| person.zone).unwrap_or(Zone::UTC);
            let span = self.span(&format!("/absence/{at}"), zone, absence.days, absence.from, absence.until);
            let (Some(span), Some(who)) = (span, self.who(&absence.person)) else { continue };
            let number = Who::try_from(at).unwrap_or(Who::MAX);
            by_person.entry(who).or_default().push((span, number));
            all.push((span, number));
        }
        self.plan.absences = by_person.into_iter().map(|(who, spans)| (who, Spans::new(spans))).collect();
        self.plan.away = Spans::new(all);
    }

    fn recorded(&mut self) {
        let Some(recorded) = &self.document.recorded else { return };
        let span = Span { start: recorded.from.unwrap_or(Timestamp::MIN), end: Some(recorded.until) };
        if recorded.until <= span.start {
            let message = format!("it ends at {}, and starts at {}", recorded.until, span.start);
            self.problem(codes::ENDS_BEFORE_START, "/recorded/until", message, "`until` comes after `from`");
        }
        let (mut shifts, mut people) = (Vec::new(), Vec::new());
        for (at, shift) in recorded.shifts.iter().enumerate() {
            if shift.until <= shift.from {
                let message = format!("it ends at {}, and starts at {}", shift.until, shift.from);
                let path = format!("/recorded/shifts/{at}/until");
                self.problem(codes::ENDS_BEFORE_START, path, message, "`until` comes after `from`");
            }
            let span = Span { start: shift.from, end: Some(shift.until) };
            if let Some(who) = self.who(&shift.person) {
                shifts.extend(u32::try_from(people.len()).map(|number| (span, number)));
                people.push(who);
            }
        }
        self.plan.recorded = Some(Recorded { span, shifts: Spans::new(shifts), people });
    }
}

/// The local time of the first handoff on a start or after it.
pub(crate) fn first_handoff(rotation: &Rotation, start: Moment) -> Option<NaiveDateTime> {
    let local = start.local(rotation.zone);
    rotation.handoff.unwrap_or(Handoff::at(local)).on_or_after(local)
}

/// Lengths in one unit: microseconds, seconds of the clock, or months.
fn lengths(turns: &[Turn], wall_clock: bool) -> Option<(Unit, Vec<i64>)> {
    const HOUR: i64 = 3600;
    let all = |of: fn(TurnUnit) -> Option<i64>| {
        turns.iter().map(|turn| Some(i64::from(turn.count()) * of(turn.unit())?)).collect::<Option<Vec<i64>>>()
    };
    let hours = all(|unit| (unit == TurnUnit::Hours).then_some(1));
    // Beside days, hours are those of the clock on the wall.
    let days = all(|unit| match unit {
        TurnUnit::Hours => Some(HOUR),
        TurnUnit::Days => Some(24 * HOUR),
        TurnUnit::Weeks => Some(7 * 24 * HOUR),
        TurnUnit::Months => None,
    });
    let months = all(|unit| (unit == TurnUnit::Months).then_some(1));
    let (unit, scale) = if wall_clock { (Unit::Clock, HOUR) } else { (Unit::Elapsed, HOUR * 1_000_000) };
    let hours = hours.map(|hours| (unit, hours.into_iter().map(|count| count * scale).collect()));
    hours.or(days.map(|days| (Unit::Clock, days))).or(months.map(|months| (Unit::Months, months)))
}

/// Lengths as numbers of days, weeks or months that count; weeks among days are seven of them.
fn active_lengths(turns: &[Turn]) -> Option<(CellUnit, Vec<i64>)> {
    let all = |unit: TurnUnit| turns.iter().all(|turn| turn.unit() == unit);
    let counts = || turns.iter().map(|turn| i64::from(turn.count())).collect();
    if all(TurnUnit::Days) {
        Some((CellUnit::Day, counts()))
    } else if all(TurnUnit::Weeks) {
        Some((CellUnit::Week, counts()))
    } else {
        all(TurnUnit::Months).then(|| (CellUnit::Month, counts()))
    }
}

fn listed(path: String, people: &[PersonId]) -> impl Iterator<Item = (String, &PersonId)> {
    people.iter().enumerate().map(move |(at, person)| (format!("{path}{}", pointer_step(&at.to_string())), person))
}

/// The kinds of an override that name people in a list.
pub(in crate::oncall) fn lists(it: &ScheduleOverride) -> impl Iterator<Item = (&'static str, &[PersonId])> {
    let all = [("temporary", &it.temporary), ("cover", &it.cover), ("remove", &it.remove), ("add", &it.add)];
    all.into_iter().filter_map(|(kind, people)| Some((kind, people.as_deref()?)))
}
