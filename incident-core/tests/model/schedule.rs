//! Who is on call (SEMANTICS 1 to 7), and who is next (SEMANTICS 9), by definition.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use chrono_tz::Tz;
use serde_json::Value;

use super::calendar::{self, Instant, Twice, add_days, at_minute, instant, parse_instant};
use super::document::{AbsenceText, Many, OverrideText, RotationText, ScheduleText};
use super::hours::Windows;
use super::turns::{Grid, Members, Turn, moment};

/// A schedule with the turns of its rotations walked up to a horizon.
#[derive(Debug)]
pub struct Schedule {
    zones: BTreeMap<String, Tz>,
    rotations: Vec<Rotation>,
    overrides: Vec<Override>,
    absences: Vec<(String, Span)>,
    recorded: Option<(Span, Vec<(String, Span)>)>,
    horizon: Instant,
    /// What has been asked before.
    asked: RefCell<BTreeMap<Instant, OnCall>>,
    asked_next: RefCell<BTreeMap<Instant, Vec<String>>>,
}

/// Who is on call at an instant.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OnCall {
    pub people: Vec<String>,
    /// There is no shift at all.
    pub gap: bool,
    /// There is a shift, and nobody is left in it.
    pub empty: bool,
}

/// `[from, until)`.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: Option<Instant>,
    until: Option<Instant>,
}

#[derive(Debug)]
struct Rotation {
    zone: Tz,
    windows: Windows,
    grid: Option<Grid>,
    members: Members,
    turns: Vec<Turn>,
    /// Without turns: from when on somebody is due.
    start: Option<Instant>,
    lasts: Option<TimeDelta>,
    bounds: Span,
    falls_through: bool,
    together: bool,
    priority: Option<i64>,
}

#[derive(Debug)]
struct Override {
    span: Span,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Replace { person: String, with: String },
    Cover { people: Vec<String>, priority: i64 },
    Temporary(Vec<String>),
    Remove(Vec<String>),
    Add(Vec<String>),
}

/// A rotation that is on duty at an instant.
struct OnDuty<'a> {
    rotation: &'a Rotation,
    turn: Option<usize>,
    /// Those due, as changed by replace and remove.
    people: Vec<String>,
}

impl Span {
    fn contains(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

impl Schedule {
    /// A schedule document, to be asked about instants before the horizon.
    pub fn read(document: &Value, horizon: Instant) -> Self {
        let text: ScheduleText =
            serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}: {document}"));
        let zones: BTreeMap<_, _> = text
            .people
            .iter()
            .filter_map(|(name, person)| Some((name.clone(), calendar::zone(person.zone.as_deref()?))))
            .collect();
        let rotations: Vec<_> = text.rotation.iter().map(|rotation| Rotation::read(rotation, &text, horizon)).collect();
        let overrides = text.overrides.iter().map(|one| Override::read(one, &rotations)).collect();
        let absences = text.absence.iter().map(|one| (one.person.clone(), absence(one, &zones))).collect();
        let recorded = text.recorded.as_ref().map(|recorded| {
            let span =
                |from: &str, until: &str| Span { from: Some(parse_instant(from)), until: Some(parse_instant(until)) };
            let shifts = recorded.shifts.iter().map(|one| (one.person.clone(), span(&one.from, &one.until)));
            (span(&recorded.from, &recorded.until), shifts.collect())
        });
        let (asked, asked_next) = Default::default();
        Self { zones, rotations, overrides, absences, recorded, horizon, asked, asked_next }
    }

    pub fn on_call(&self, at: Instant) -> OnCall {
        assert!(at < self.horizon, "asked beyond the horizon");
        self.asked.borrow_mut().entry(at).or_insert_with(|| self.find_on_call(at)).clone()
    }

    fn find_on_call(&self, at: Instant) -> OnCall {
        // Inside its span the record is the whole truth.
        if let Some((_, shifts)) = self.recorded.as_ref().filter(|(span, _)| span.contains(at)) {
            let people = shifts.iter().filter(|(_, span)| span.contains(at)).map(|(person, _)| person.clone());
            let people = each_once(people);
            return OnCall { gap: people.is_empty(), people, empty: false };
        }
        let (shift, people) = self.shift(at);
        // Absent people are taken out last of all, whatever put them there.
        let people: Vec<_> = people.into_iter().filter(|person| !self.is_absent(person, at)).collect();
        OnCall { gap: !shift, empty: shift && people.is_empty(), people }
    }

    /// SEMANTICS 4: whether there is a shift, and who has it, before absent people are taken out.
    fn shift(&self, at: Instant) -> (bool, Vec<String>) {
        // A temporary schedule hides everything; several unite.
        let temporaries: Vec<_> = self.active(at, |kind| match kind {
            Kind::Temporary(people) => Some(people),
            _ => None,
        });
        if !temporaries.is_empty() {
            let people = each_once(temporaries.into_iter().flatten().cloned());
            return (!people.is_empty(), people);
        }
        // A cover stands in place of the base, untouched by replace and remove: the highest wins, equal ones unite.
        let covers = self.active(at, |kind| match kind {
            Kind::Cover { people, priority } => Some((*priority, people)),
            _ => None,
        });
        let highest = covers.iter().map(|(priority, _)| *priority).max();
        let (mut shift, mut people): (bool, Vec<String>) = if let Some(highest) = highest {
            let standing = covers.into_iter().filter(|(priority, _)| *priority == highest);
            (true, standing.flat_map(|(_, people)| people.clone()).collect())
        } else {
            let base = self.base(at);
            (!base.is_empty(), base.into_iter().flat_map(|on_duty| on_duty.people).collect())
        };
        // Remove beats add for the same person.
        let removed = self.removed(at);
        let added = self.active(at, |kind| match kind {
            Kind::Add(people) => Some(people),
            _ => None,
        });
        let added: Vec<_> = added.into_iter().flatten().filter(|person| !removed.contains(person)).cloned().collect();
        shift |= !added.is_empty();
        people.extend(added);
        (shift, each_once(people))
    }

    /// The rotations of the block in charge that are on duty: the first block in which any is.
    fn base(&self, at: Instant) -> Vec<OnDuty<'_>> {
        for block in self.blocks() {
            let on_duty: Vec<_> = block.into_iter().filter_map(|rotation| self.on_duty(rotation, at)).collect();
            if !on_duty.is_empty() {
                return on_duty;
            }
        }
        Vec::new()
    }

    /// SEMANTICS 3: `nobody` falls through; absent people make an empty shift, unless the rotation falls through then
    /// too, which is looked at after replace and remove.
    fn on_duty<'a>(&self, rotation: &'a Rotation, at: Instant) -> Option<OnDuty<'a>> {
        let (turn, due) = rotation.due(at)?;
        if due.is_empty() {
            return None;
        }
        // Replace never chains, and acts on those who are on call only.
        let replaced = due.iter().flat_map(|person| {
            let with = self.active(at, |kind| match kind {
                Kind::Replace { person: replaced, with } if replaced == person => Some(with.clone()),
                _ => None,
            });
            if with.is_empty() { vec![person.clone()] } else { with }
        });
        let removed = self.removed(at);
        let people = each_once(replaced.filter(|person| !removed.contains(&person)));
        let all_absent = !people.is_empty() && people.iter().all(|person| self.is_absent(person, at));
        (!(rotation.falls_through && all_absent)).then_some(OnDuty { rotation, turn, people })
    }

    /// SEMANTICS 5 and 7: a rotation that is together with the one before shares its block. Where priorities are used,
    /// the higher come first and equal ones share.
    fn blocks(&self) -> Vec<Vec<&Rotation>> {
        let by_priority = self.rotations.iter().any(|rotation| rotation.priority.is_some());
        let mut blocks: Vec<(i64, Vec<&Rotation>)> = Vec::new();
        let mut before = 0;
        for (place, rotation) in self.rotations.iter().enumerate() {
            let order = if rotation.together && place > 0 {
                before
            } else if by_priority {
                -rotation.priority.unwrap_or(0)
            } else {
                i64::try_from(place).unwrap()
            };
            match blocks.iter_mut().find(|(at, _)| *at == order) {
                Some((_, block)) => block.push(rotation),
                None => blocks.push((order, vec![rotation])),
            }
            before = order;
        }
        blocks.sort_by_key(|(order, _)| *order);
        blocks.into_iter().map(|(_, block)| block).collect()
    }

    /// SEMANTICS 9: the people of the next turn of the rotation in charge, passing over those who are on call or absent.
    pub fn next(&self, at: Instant) -> Vec<String> {
        self.asked_next.borrow_mut().entry(at).or_insert_with(|| self.find_next(at)).clone()
    }

    fn find_next(&self, at: Instant) -> Vec<String> {
        let base = self.base(at);
        let Some(OnDuty { rotation, turn: Some(turn), .. }) = base.first() else { return Vec::new() };
        let on_call = self.on_call(at).people;
        let later = rotation.turns.iter().skip(turn + 1).take(rotation.members.look_ahead());
        let free = later.map(|turn| {
            let free = |person: &&String| !on_call.contains(person) && !self.is_absent(person, at);
            turn.due.iter().filter(free).cloned().collect::<Vec<_>>()
        });
        free.into_iter().find(|people| !people.is_empty()).unwrap_or_default()
    }

    pub fn is_absent(&self, person: &str, at: Instant) -> bool {
        self.absences.iter().any(|(absent, span)| absent == person && span.contains(at))
    }

    pub fn zone_of(&self, person: &str) -> Option<Tz> {
        self.zones.get(person).copied()
    }

    /// The handoffs of the first rotation within a span, also those before it begins.
    pub fn handoffs(&self, from: Instant, until: Instant) -> Vec<Instant> {
        let first = self.rotations.first();
        first.and_then(|one| Some(one.grid.as_ref()?.handoffs(&one.windows, from, until))).unwrap_or_default()
    }

    /// Instants at which something may change, for tests that look near them: turns, overrides, absences, records.
    pub fn edges(&self) -> Vec<Instant> {
        let turns = self.rotations.iter().flat_map(|rotation| rotation.turns.iter().map(|turn| turn.from));
        let spans = self.overrides.iter().map(|one| &one.span).chain(self.absences.iter().map(|(_, span)| span));
        let spans = spans.chain(self.rotations.iter().map(|rotation| &rotation.bounds));
        let spans = spans.chain(self.recorded.iter().map(|(span, _)| span));
        turns.chain(spans.flat_map(|span| span.from.into_iter().chain(span.until))).collect()
    }

    fn removed(&self, at: Instant) -> Vec<&String> {
        let removed = self.active(at, |kind| match kind {
            Kind::Remove(people) => Some(people),
            _ => None,
        });
        removed.into_iter().flatten().collect()
    }

    fn active<'a, T: 'a>(&'a self, at: Instant, pick: impl Fn(&'a Kind) -> Option<T>) -> Vec<T> {
        self.overrides.iter().filter(|one| one.span.contains(at)).filter_map(|one| pick(&one.kind)).collect()
    }
}

impl Rotation {
    fn read(text: &RotationText, whole: &ScheduleText, horizon: Instant) -> Self {
        let zone = calendar::zone(&text.zone);
        let closed =
            text.except.iter().flat_map(|name| &whole.calendars[name]).map(|day| day.parse().unwrap()).collect();
        let windows = Windows::new(&text.hours.list(), closed, text.days.clone());
        let members = Members::new(text);
        let grid = Grid::new(text);
        let begins = grid.as_ref().map(|grid| grid.begins(&windows, horizon, members.look_ahead() + 1));
        let at = |text: &Option<String>| text.as_deref().map(|text| moment(zone, text));
        Self {
            zone,
            turns: members.due(&begins.unwrap_or_default()),
            start: at(&text.start),
            lasts: text.lasts.as_deref().map(elapsed),
            bounds: Span { from: at(&text.from), until: at(&text.until) },
            falls_through: text.if_absent.as_deref() == Some("fall_through"),
            together: text.together,
            priority: text.priority,
            windows,
            grid,
            members,
        }
    }

    /// The turn and who is due in it, where the rotation is active: within its bounds and windows, from its first turn
    /// on, and for as long as a shift lasts.
    fn due(&self, at: Instant) -> Option<(Option<usize>, Vec<String>)> {
        if !self.bounds.contains(at) || !(self.windows.unrestricted() || self.windows.contains(self.zone, at)) {
            return None;
        }
        if self.grid.is_none() {
            return self.start.is_none_or(|start| start <= at).then(|| (None, self.members.always_due()));
        }
        let turn = self.turns.iter().rposition(|turn| turn.from <= at)?;
        let lasts = self.lasts.is_none_or(|lasts| at < self.turns[turn].from + lasts);
        lasts.then(|| (Some(turn), self.turns[turn].due.clone()))
    }
}

impl Override {
    fn read(text: &OverrideText, rotations: &[Rotation]) -> Self {
        let list = |many: &Option<Many<String>>| many.as_ref().map(Many::list);
        // SEMANTICS 4: in the zone of the first rotation that lists the replaced or removed person, else of the first.
        let concerned: Vec<_> = text.replace.iter().cloned().chain(list(&text.remove).into_iter().flatten()).collect();
        let lists =
            |rotation: &&Rotation| concerned.iter().any(|name| rotation.members.names().contains(name.as_str()));
        let by_rotation = rotations.iter().find(lists).or(rotations.first()).map_or(Tz::UTC, |one| one.zone);
        let zone = text.zone.as_deref().map_or(by_rotation, calendar::zone);
        let kind = if let (Some(person), Some(with)) = (&text.replace, &text.with) {
            Kind::Replace { person: person.clone(), with: with.clone() }
        } else if let Some(people) = list(&text.cover) {
            Kind::Cover { people, priority: text.priority.unwrap_or(0) }
        } else if let Some(people) = list(&text.temporary) {
            Kind::Temporary(people)
        } else if let Some(people) = list(&text.remove) {
            Kind::Remove(people)
        } else {
            Kind::Add(list(&text.add).unwrap())
        };
        Self { span: span(zone, text.days.as_deref(), text.from.as_deref(), text.until.as_deref()), kind }
    }
}

/// In the person's zone, UTC where that is not known.
fn absence(text: &AbsenceText, zones: &BTreeMap<String, Tz>) -> Span {
    let zone = zones.get(&text.person).copied().unwrap_or(Tz::UTC);
    span(zone, text.days.as_deref(), text.from.as_deref(), text.until.as_deref())
}

/// `days` are whole days, both included; `from` and `until` are moments.
fn span(zone: Tz, days: Option<&str>, from: Option<&str>, until: Option<&str>) -> Span {
    if let Some(days) = days {
        let (first, last) = days.split_once("..").unwrap_or((days, days));
        let start = instant(zone, at_minute(first.parse().unwrap(), 0), Twice::First);
        let end = instant(zone, at_minute(add_days(last.parse().unwrap(), 1), 0), Twice::First);
        return Span { from: Some(start), until: Some(end) };
    }
    Span { from: from.map(|text| moment(zone, text)), until: until.map(|text| moment(zone, text)) }
}

/// `90m`, `1h30m`, `12h`, `7d`.
pub fn elapsed(text: &str) -> TimeDelta {
    let mut total = TimeDelta::zero();
    let mut number = 0;
    for letter in text.chars() {
        match letter {
            'd' => total += TimeDelta::days(std::mem::take(&mut number)),
            'h' => total += TimeDelta::hours(std::mem::take(&mut number)),
            'm' => total += TimeDelta::minutes(std::mem::take(&mut number)),
            's' => total += TimeDelta::seconds(std::mem::take(&mut number)),
            digit => number = number * 10 + i64::from(digit.to_digit(10).unwrap_or_else(|| panic!("`{text}`"))),
        }
    }
    total
}

fn each_once(people: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all = Vec::new();
    for person in people {
        if !all.contains(&person) {
            all.push(person);
        }
    }
    all
}
