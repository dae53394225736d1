//! Who has the duty at one instant, and what made it so.

use std::borrow::Cow;

use super::roster::Who;
use super::{Exception, Plan};
use crate::oncall::answer::Coverage;
use crate::time::Timestamp;

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

impl Duty<'_> {
    /// Whether somebody is on call.
    pub(in crate::oncall) fn coverage(&self) -> Coverage {
        match (self.people.is_empty(), &self.basis) {
            (false, _) => Coverage::Covered,
            (true, Basis::Gap) => Coverage::Gap,
            (true, _) => Coverage::Empty,
        }
    }
}

impl Plan {
    /// Who has the duty at an instant.
    pub(in crate::oncall) fn duty(&self, at: Timestamp) -> Duty<'_> {
        if let Some(recorded) = self.recorded.as_ref().filter(|recorded| recorded.span.contains(at)) {
            let mut people: Vec<Who> = recorded.shifts.at(at).collect();
            people.sort_unstable();
            people.dedup();
            let basis = if people.is_empty() { Basis::Gap } else { Basis::Recorded };
            return Duty { people: people.into(), basis, overrides: Vec::new(), away: Vec::new() };
        }
        let mut active: Vec<u32> = self.spans.at(at).collect();
        if active.is_empty() && !self.somebody_is_away(at) {
            return self.base(at, &[]);
        }
        active.sort_unstable();
        self.with_overrides(at, &active)
    }

    fn with_overrides(&self, at: Timestamp, active: &[u32]) -> Duty<'_> {
        let kinds = || active.iter().filter_map(|number| Some((*number, self.exceptions.get(*number as usize)?)));
        let temporary: Vec<_> = kinds().filter(|(_, it)| matches!(it, Exception::Temporary(_))).collect();
        if !temporary.is_empty() {
            return self.placed(at, temporary.iter().copied());
        }
        let priority = |it: &Exception| if let Exception::Cover(priority, _) = it { Some(*priority) } else { None };
        let highest = kinds().filter_map(|(_, it)| priority(it)).max();
        let removed =
            |who: Who| kinds().find(|(_, it)| matches!(it, Exception::Remove(people) if people.contains(&who)));
        let mut duty = match highest {
            Some(_) => self.placed(at, kinds().filter(|(_, it)| priority(it) == highest)),
            None => self.base(at, active),
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
        let mut duty = Duty { people: Cow::default(), basis: Basis::Gap, overrides: Vec::new(), away: Vec::new() };
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
    fn base(&self, at: Timestamp, active: &[u32]) -> Duty<'_> {
        let mut duty = Duty { people: Cow::default(), basis: Basis::Gap, overrides: Vec::new(), away: Vec::new() };
        for block in &self.blocks {
            for number in block {
                let Some(rotation) = self.rotations.get(*number as usize) else { continue };
                let Some((turn, due)) = rotation.due(at) else { continue };
                let mut here = Duty { people: due.into(), basis: Basis::Gap, overrides: Vec::new(), away: Vec::new() };
                if !active.is_empty() {
                    self.exchange(&mut here, active);
                }
                if self.somebody_is_away(at) {
                    let (away, there): (Vec<_>, Vec<_>) = here.people.iter().partition(|who| self.is_away(**who, at));
                    if rotation.fall_through && there.is_empty() && !away.is_empty() {
                        continue;
                    }
                    if !away.is_empty() {
                        (here.people, here.away) = (there.into(), away);
                    }
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
            if duty.basis != Basis::Gap {
                break;
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
