//! Why somebody is engaged already.

use std::collections::BTreeSet;

use crate::escalation::document::{EscalationStep, PageTarget};
use crate::id::{AreaId, PersonId, SeverityId};
use crate::time::Timestamp;

use super::almanac::Asked;
use super::answer::StepOutcome;
use super::scene::Scene;
use super::told::Told;
use super::words;

/// One play, and what it is of.
#[derive(Clone, Copy, Debug)]
pub(in crate::escalation) struct Played<'a> {
    pub(in crate::escalation) scene: &'a Scene<'a>,
    pub(in crate::escalation) severity: &'a SeverityId,
    pub(in crate::escalation) areas: &'a [&'a AreaId],
    pub(in crate::escalation) minute: u32,
    pub(in crate::escalation) all: &'a [Told],
}

impl<'a> Played<'a> {
    /// Whom a step found when all of them were engaged already.
    pub(in crate::escalation) fn found(&self, told: &Told) -> BTreeSet<&'a PersonId> {
        let Some(step) = self.step(told) else { return BTreeSet::new() };
        let before = self.all.iter().take_while(|before| !std::ptr::eq(*before, told));
        let engaged = before.flat_map(|before| &before.people);
        engaged.filter(|person| !self.through(step, told, person).is_empty()).collect()
    }

    /// Through which targets a person was first paged, each with a rank: on call before buddies, and those before whoever
    /// is next.
    pub(in crate::escalation) fn reasons(&self, person: &PersonId) -> Vec<(usize, String)> {
        let Some(first) = self.all.iter().find(|told| told.people.contains(person)) else { return Vec::new() };
        match self.step(first).filter(|_| first.outcome == StepOutcome::Paged) {
            Some(step) => self.through(step, first, person),
            None => vec![(9, "paged by `otherwise`".to_owned())],
        }
    }

    fn step(&self, told: &Told) -> Option<&'a EscalationStep> {
        self.scene.step(self.severity, told.track, told.step?)
    }

    /// Through which targets of a step a person is found.
    fn through(&self, step: &EscalationStep, told: &Told, person: &PersonId) -> Vec<(usize, String)> {
        let at = self.scene.horizon.at(self.minute.saturating_add(told.after));
        // Whoever was paged before: their buddies and leads are meant.
        let before = self.all.iter().take_while(|before| before.after < told.after);
        let before = before.filter(|told| told.outcome == StepOutcome::Paged).flat_map(|told| &told.people);
        let before: Vec<&PersonId> = before.collect();
        step.page.iter().filter_map(|target| self.by(target, at, &before, person)).collect()
    }

    fn by(
        &self,
        target: &PageTarget,
        at: Timestamp,
        before: &[&PersonId],
        person: &PersonId,
    ) -> Option<(usize, String)> {
        let (scene, directory) = (self.scene, self.scene.directory());
        let name = |person: &PersonId| words::name(directory, person);
        let of =
            |is_theirs: &dyn Fn(&PersonId) -> bool| before.iter().find(|before| is_theirs(before)).map(|of| name(of));
        match target {
            PageTarget::OnCall(schedule) => {
                scene.people(schedule, Asked::OnCall, at).contains(person).then(|| (0, "on call".to_owned()))
            }
            PageTarget::Buddy => {
                let of = of(&|before| directory.buddies(before).contains(person))?;
                Some((1, format!("as {of}'s buddy")))
            }
            PageTarget::Next(schedule) => scene.people(schedule, Asked::Next, at).contains(person).then(|| {
                let after = scene.people(schedule, Asked::OnCall, at);
                (2, format!("next after {}", words::names(directory, after)))
            }),
            PageTarget::Lead(_) => {
                let of = of(&|before| directory.leads(before).contains(&person))?;
                Some((3, format!("as {of}'s lead")))
            }
            PageTarget::Experts(_) => {
                let experts = directory.experts(self.areas.iter().copied());
                experts.contains(&person).then(|| (4, "as an expert".to_owned()))
            }
            PageTarget::Team(team) | PageTarget::RoundRobin(team) => {
                directory.members(team).contains(person).then(|| (5, format!("in team {team}")))
            }
            PageTarget::Person(named) => (named == person).then(|| (6, "named by a step".to_owned())),
            PageTarget::Slot(slot) => {
                let there = scene.world.slots().get(slot).is_some_and(|people| people.contains(person));
                there.then(|| (7, format!("in slot {slot}")))
            }
        }
    }
}
