//! Whom targets mean, in a minute.

use std::collections::BTreeMap;
use std::hash::Hasher;

use super::super::document::PageTarget;
use super::super::input::Fnv;
use super::super::surroundings::Surroundings;
use super::deed::Link;
use super::state::State;
use crate::id::{IncidentId, PersonId, TeamId};
use crate::time::Timestamp;

/// Whom the targets of a step mean: present people, each once, in the order of the targets.
#[derive(Debug, Default)]
pub(in crate::escalation) struct Found {
    pub(in crate::escalation) people: Vec<Meant>,
    /// Experts were wanted, and no area is known: that target does nothing.
    pub(in crate::escalation) no_area: bool,
    /// Whether any other target was asked.
    pub(in crate::escalation) asked: bool,
}

/// Somebody who is meant, and by what.
#[derive(Debug)]
pub(in crate::escalation) struct Meant {
    pub(in crate::escalation) who: Who,
    pub(in crate::escalation) link: Link,
}

/// Somebody known to the state, by their place among its people, or new to it.
#[derive(Debug)]
pub(in crate::escalation) enum Who {
    Known(u32),
    New(PersonId),
}

impl Found {
    /// Finds everybody whom the targets mean, before anybody is paged. Only the turns of teams go on.
    pub(in crate::escalation) fn of<S: Surroundings>(
        targets: &[PageTarget],
        state: &mut State,
        world: &S,
        at: Timestamp,
    ) -> Self {
        let mut turns = std::mem::take(&mut state.turns);
        let mut found = Self::default();
        for (place, target) in targets.iter().enumerate() {
            if matches!(target, PageTarget::Experts(_)) && state.areas.is_empty() {
                found.no_area = true;
            } else {
                found.asked = true;
                let place = u32::try_from(place).unwrap_or(u32::MAX);
                Looking { found: &mut found, state, world, at, place }.target(target, &mut turns);
            }
        }
        state.turns = turns;
        found
    }
}

/// Looking for whom one target means.
struct Looking<'a, S> {
    found: &'a mut Found,
    state: &'a State,
    world: &'a S,
    at: Timestamp,
    place: u32,
}

impl<S: Surroundings> Looking<'_, S> {
    fn target(mut self, target: &PageTarget, turns: &mut BTreeMap<TeamId, u64>) {
        let (world, state, at) = (self.world, self.state, self.at);
        match target {
            PageTarget::OnCall(schedule) => world.on_call(schedule, at, &mut |person| self.add(person, None)),
            PageTarget::Next(schedule) => world.next(schedule, at, &mut |person| self.add(person, None)),
            PageTarget::Person(person) => self.add(person, None),
            PageTarget::Team(team) => world.team(team).iter().for_each(|person| self.add(person, None)),
            PageTarget::Slot(slot) => world.slot(slot).iter().for_each(|person| self.add(person, None)),
            PageTarget::RoundRobin(team) => {
                let members = world.team(team);
                if let Some(person) = take_turn(team, state.incident, turns, members, |it| self.present(it)) {
                    self.add(person, None);
                }
            }
            PageTarget::Buddy => self.responders(|looking, at, responder| {
                world.buddies(responder).iter().for_each(|buddy| looking.add(buddy, Some(at)));
            }),
            PageTarget::Lead(steps) => self.responders(|looking, at, responder| {
                if let Some(lead) = lead(responder, *steps, world, |it| looking.present(it)) {
                    looking.add(lead, Some(at));
                }
            }),
            PageTarget::Experts(most) => self.experts(most.unwrap_or(u32::MAX)),
        }
    }

    fn present(&self, person: &PersonId) -> bool {
        !self.world.is_absent(person, self.at)
    }

    fn add(&mut self, person: &PersonId, of: Option<u32>) {
        if !self.present(person) {
            return;
        }
        let known = self.state.place_of(person);
        let same = |meant: &Meant| match (&meant.who, known) {
            (Who::Known(one), Some(other)) => *one == other,
            (Who::New(one), None) => one == person,
            _ => false,
        };
        if !self.found.people.iter().any(same) {
            let who = known.map_or_else(|| Who::New(person.clone()), Who::Known);
            self.found.people.push(Meant { who, link: Link { target: self.place, of } });
        }
    }

    fn responders(&mut self, mut each: impl FnMut(&mut Self, u32, &PersonId)) {
        let state = self.state;
        for at in &state.responders {
            if let Some(involved) = state.involved(*at) {
                each(self, *at, &involved.person);
            }
        }
    }

    /// The first so many experts who are there, of all areas.
    fn experts(&mut self, most: u32) {
        let (world, state) = (self.world, self.state);
        let mut counted: Vec<&PersonId> = Vec::new();
        for (area, name) in (0_u32..).zip(&state.areas) {
            for expert in world.experts(name) {
                let full = u32::try_from(counted.len()).is_ok_and(|counted| counted >= most);
                if !full && !counted.contains(&expert) && self.present(expert) {
                    counted.push(expert);
                    self.add(expert, Some(area));
                }
            }
        }
    }
}

/// So many steps up the chain of command, and on while absent; in a chain that goes round, each once.
fn lead<'a, S: Surroundings>(
    of: &'a PersonId,
    steps: u32,
    world: &'a S,
    present: impl Fn(&PersonId) -> bool,
) -> Option<&'a PersonId> {
    let mut passed = vec![of];
    let mut above = of;
    loop {
        above = world.lead(above).filter(|lead| !passed.contains(lead))?;
        if passed.len() >= usize::try_from(steps).ok()? && present(above) {
            return Some(above);
        }
        passed.push(above);
    }
}

/// The next present member of a team, from where its turns have come to. They begin at a place that follows from the
/// incident, so that not every incident begins with the same person.
fn take_turn<'a>(
    team: &TeamId,
    incident: IncidentId,
    turns: &mut BTreeMap<TeamId, u64>,
    members: &'a [PersonId],
    present: impl Fn(&PersonId) -> bool,
) -> Option<&'a PersonId> {
    let size = u64::try_from(members.len()).ok().filter(|size| *size > 0)?;
    let begin = || {
        let mut hasher = Fnv::default();
        hasher.write(incident.to_string().as_bytes());
        hasher.finish()
    };
    let from = turns.get(team).copied().unwrap_or_else(begin) % size;
    let mut places = (0..size).map(|later| (from + later) % size);
    let member = |place: u64| usize::try_from(place).ok().and_then(|place| members.get(place));
    let (place, person) = places.find_map(|place| Some((place, member(place).filter(|member| present(member))?)))?;
    turns.insert(team.clone(), (place + 1) % size);
    Some(person)
}
