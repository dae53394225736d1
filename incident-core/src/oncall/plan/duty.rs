//! Who has the duty at one instant, and what made it so.

use std::borrow::Cow;

use super::grid::TurnSpan;
use super::roster::Who;
use super::{Exception, Plan};
use crate::oncall::answer::Coverage;
use crate::time::{Span, Timestamp};

/// The answer for one instant, by number.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::oncall) struct Duty<'a> {
    pub(in crate::oncall) people: Cow<'a, [Who]>,
    pub(in crate::oncall) basis: Basis,
    /// The overrides that had an effect, by number.
    pub(in crate::oncall) overrides: Vec<u32>,
    /// Who would be on call and is away.
    pub(in crate::oncall) away: Vec<Who>,
}

impl Duty<'_> {
    fn on(basis: Basis) -> Self {
        Self { people: Cow::default(), basis, overrides: Vec::new(), away: Vec::new() }
    }

    /// Whether somebody is on call.
    pub(in crate::oncall) fn coverage(&self) -> Coverage {
        match (self.people.is_empty(), &self.basis) {
            (false, _) => Coverage::Covered,
            (true, Basis::Gap) => Coverage::Gap,
            (true, _) => Coverage::Empty,
        }
    }

    /// The rotations it rests on, by number, each with its turn.
    pub(in crate::oncall) fn turns(&self) -> impl Iterator<Item = (u32, i64)> {
        let turns = if let Basis::Turns(turns) = &self.basis { Some(turns) } else { None };
        turns.into_iter().flat_map(|turns| std::iter::once(&turns.first).chain(&turns.others)).copied()
    }
}

/// On what an answer rests.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::oncall) enum Basis {
    /// No shift at all.
    Gap,
    /// What was recorded.
    Recorded,
    /// A temporary schedule, a cover or an addition to a gap.
    Override,
    /// Rotations of one block, each with its turn.
    Turns(Turns),
}

/// Rotations that have the duty together, each with its turn. There is one nearly always.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::oncall) struct Turns {
    pub(in crate::oncall) first: (u32, i64),
    pub(in crate::oncall) others: Vec<(u32, i64)>,
}

/// Where the answer for one instant may change.
#[derive(Clone, Copy, Debug)]
pub(in crate::oncall) struct Edges {
    /// The last edge up to and with the instant, and the first after it.
    pub(in crate::oncall) last: Option<Timestamp>,
    pub(in crate::oncall) next: Option<Timestamp>,
    /// Within the turns that have the duty: outside them the answer is another, because it has another turn.
    pub(in crate::oncall) turns: Span,
}

impl Edges {
    const NONE: Self = Self { last: None, next: None, turns: Span { start: Timestamp::MIN, end: None } };

    fn see(&mut self, last: Option<Timestamp>, next: Option<Timestamp>) {
        self.last = self.last.max(last);
        self.next = self.next.into_iter().chain(next).min();
    }

    fn see_at(&mut self, at: Timestamp, edge: Option<Timestamp>) {
        if edge.is_some_and(|edge| edge <= at) { self.see(edge, None) } else { self.see(None, edge) }
    }

    fn hold(&mut self, turn: Option<TurnSpan>) {
        let Some(turn) = turn else { return };
        self.turns.start = self.turns.start.max(turn.start);
        self.turns.end = Some(self.turns.end.map_or(turn.end, |end| end.min(turn.end)));
    }
}

impl Plan {
    /// Who has the duty at an instant.
    pub(in crate::oncall) fn duty(&self, at: Timestamp) -> Duty<'_> {
        self.find(at, None)
    }

    /// The same, with the edges around it.
    pub(in crate::oncall) fn look(&self, at: Timestamp) -> (Duty<'_>, Edges) {
        let mut edges = Edges::NONE;
        let duty = self.find(at, Some(&mut edges));
        (duty, edges)
    }

    /// Whether the answer for an instant is another than this one. Nearly always the overrides that hold there say so.
    pub(in crate::oncall) fn differs(&self, at: Timestamp, duty: &Duty<'_>) -> bool {
        let place = self.spans.place(at);
        let active = || place.numbers();
        let over = |number: &u32| !active().any(|active| active == *number);
        let placed = |number: u32| {
            matches!(self.exceptions.get(number as usize), Some(Exception::Temporary(_) | Exception::Cover(..)))
        };
        // What was recorded hides every override.
        let surely = self.recorded.is_none()
            && if duty.overrides.is_empty() { active().any(placed) } else { duty.overrides.iter().any(over) };
        surely || self.duty(at) != *duty
    }

    fn find(&self, at: Timestamp, mut edges: Option<&mut Edges>) -> Duty<'_> {
        let (active, away) = (self.spans.place(at), self.away.place(at));
        if let Some(edges) = edges.as_deref_mut() {
            edges.see(active.last_edge(), active.next_edge());
            edges.see(away.last_edge(), away.next_edge());
        }
        if let Some(recorded) = &self.recorded {
            if let Some(edges) = edges.as_deref_mut() {
                let shifts = recorded.shifts.place(at);
                edges.see(shifts.last_edge(), shifts.next_edge());
                edges.see_at(at, Some(recorded.span.start));
                edges.see_at(at, recorded.span.end);
            }
            if recorded.span.contains(at) {
                self.rotations_pass(at, edges);
                let mut listed: Vec<u32> = recorded.shifts.at(at).collect();
                listed.sort_unstable();
                let mut people = Vec::new();
                listed
                    .iter()
                    .filter_map(|shift| recorded.people.get(*shift as usize))
                    .for_each(|who| push(&mut people, *who));
                let basis = if people.is_empty() { Basis::Gap } else { Basis::Recorded };
                return Duty { people: people.into(), ..Duty::on(basis) };
            }
        }
        let mut active: Vec<u32> = active.numbers().collect();
        if active.is_empty() {
            return self.base(at, &[], away.is_held(), edges);
        }
        active.sort_unstable();
        self.with_overrides(at, &active, away.is_held(), edges)
    }

    /// The edges of rotations that have no part in an answer.
    fn rotations_pass(&self, at: Timestamp, edges: Option<&mut Edges>) {
        let Some(edges) = edges else { return };
        for rotation in &self.rotations {
            let look = rotation.look(at);
            edges.see(look.last, look.next);
        }
    }

    fn with_overrides(&self, at: Timestamp, active: &[u32], away: bool, edges: Option<&mut Edges>) -> Duty<'_> {
        let kinds = || active.iter().filter_map(|number| Some((*number, self.exceptions.get(*number as usize)?)));
        let temporary: Vec<_> = kinds().filter(|(_, it)| matches!(it, Exception::Temporary(_))).collect();
        if !temporary.is_empty() {
            self.rotations_pass(at, edges);
            return self.placed(at, temporary.iter().copied());
        }
        let priority = |it: &Exception| if let Exception::Cover(priority, _) = it { Some(*priority) } else { None };
        let highest = kinds().filter_map(|(_, it)| priority(it)).max();
        let removed =
            |who: Who| kinds().find(|(_, it)| matches!(it, Exception::Remove(people) if people.contains(&who)));
        let mut duty = match highest {
            Some(_) => {
                self.rotations_pass(at, edges);
                self.placed(at, kinds().filter(|(_, it)| priority(it) == highest))
            }
            None => self.base(at, active, away, edges),
        };
        for (number, it) in kinds() {
            let Exception::Add(people) = it else { continue };
            for who in people.iter().filter(|who| removed(**who).is_none()) {
                if self.is_away(*who, at) {
                    push(&mut duty.away, *who);
                } else if !duty.people.contains(who) {
                    duty.people.to_mut().push(*who);
                }
                push(&mut duty.overrides, number);
                if duty.basis == Basis::Gap {
                    duty.basis = Basis::Override;
                }
            }
        }
        duty
    }

    /// People whom overrides put in place of everything else.
    fn placed<'a>(&'a self, at: Timestamp, overrides: impl Iterator<Item = (u32, &'a Exception)>) -> Duty<'a> {
        let mut duty = Duty::on(Basis::Gap);
        for (number, it) in overrides {
            push(&mut duty.overrides, number);
            let (Exception::Temporary(people) | Exception::Cover(_, people)) = it else { continue };
            for who in people {
                duty.basis = Basis::Override;
                if self.is_away(*who, at) { push(&mut duty.away, *who) } else { push(duty.people.to_mut(), *who) }
            }
        }
        duty
    }

    /// What the rotations say, with people replaced and removed, and without those who are away.
    pub(super) fn base(&self, at: Timestamp, active: &[u32], away: bool, mut edges: Option<&mut Edges>) -> Duty<'_> {
        let mut duty = Duty::on(Basis::Gap);
        for block in &self.blocks {
            let decided = duty.basis != Basis::Gap;
            if decided && edges.is_none() {
                break;
            }
            for number in block {
                let Some(rotation) = self.rotations.get(*number as usize) else { continue };
                let (due, span) = match edges.as_deref_mut() {
                    None => (rotation.due(at), None),
                    Some(edges) => {
                        let look = rotation.look(at);
                        edges.see(look.last, look.next);
                        (look.due, look.span)
                    }
                };
                let Some((turn, due)) = due.filter(|_| !decided) else { continue };
                let mut here = Duty { people: due.into(), ..Duty::on(Basis::Gap) };
                if !active.is_empty() {
                    self.exchange(&mut here, active);
                }
                if away {
                    let (gone, there): (Vec<_>, Vec<_>) = here.people.iter().partition(|who| self.is_away(**who, at));
                    if rotation.fall_through && there.is_empty() && !gone.is_empty() {
                        continue;
                    }
                    if !gone.is_empty() {
                        (here.people, here.away) = (there.into(), gone);
                    }
                }
                if let Some(edges) = edges.as_deref_mut() {
                    edges.hold(span);
                }
                match &mut duty.basis {
                    Basis::Turns(turns) => {
                        turns.others.push((*number, turn));
                        here.people.iter().for_each(|who| push(duty.people.to_mut(), *who));
                        here.overrides.iter().for_each(|it| push(&mut duty.overrides, *it));
                        here.away.iter().for_each(|who| push(&mut duty.away, *who));
                    }
                    _ => {
                        here.basis = Basis::Turns(Turns { first: (*number, turn), others: Vec::new() });
                        duty = here;
                    }
                }
            }
        }
        duty
    }

    /// Replaces people who are due, each once, and then removes.
    fn exchange(&self, duty: &mut Duty<'_>, active: &[u32]) {
        let kinds = || active.iter().filter_map(|number| Some((*number, self.exceptions.get(*number as usize)?)));
        let mut people = Vec::new();
        for who in duty.people.iter() {
            let mut replaced = false;
            for (number, it) in kinds() {
                let Exception::Replace(whom, with) = it else { continue };
                if whom == who {
                    replaced = true;
                    push(&mut people, *with);
                    push(&mut duty.overrides, number);
                }
            }
            if !replaced {
                push(&mut people, *who);
            }
        }
        for (number, it) in kinds() {
            let Exception::Remove(removed) = it else { continue };
            let before = people.len();
            people.retain(|who| !removed.contains(who));
            if people.len() < before {
                push(&mut duty.overrides, number);
            }
        }
        duty.people = people.into();
    }
}

fn push<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}
