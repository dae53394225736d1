//! Both sides of a difference, played at every minute.

use std::collections::BTreeMap;

use super::pages::{Becomes, Seen, becomes, seen};
use crate::error::Result;
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::proof::horizon::Horizon;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::play::{Incidents, Player, Reach};
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::starts::Starts;
use crate::escalation::proof::sweep::{Play, Sweep, sweep};
use crate::escalation::proof::told::Told;
use crate::escalation::world::World;
use crate::id::{AreaId, SeverityId};
use crate::time::Turn;

/// The old side and the new one.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    pub(super) old: Scene<'a>,
    pub(super) new: Scene<'a>,
    reach: Reach,
}

/// Areas that neither side can tell apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Group {
    pub(super) areas: Vec<AreaId>,
    pub(super) without_area: bool,
}

impl Group {
    /// The area that stands for all of them; none where none is known.
    pub(super) fn shown(&self) -> &[AreaId] {
        if self.without_area { &[] } else { self.areas.get(..1).unwrap_or_default() }
    }
}

/// What becomes of an incident's pages, and for which declarations.
pub(super) type Changes = BTreeMap<Vec<Becomes>, Minutes>;

impl<'a> Sides<'a> {
    pub(super) fn new(
        (old, old_world): (&'a EscalationPolicy, &'a World),
        (new, new_world): (&'a EscalationPolicy, &'a World),
        horizon: (Horizon, Turn),
    ) -> Self {
        let [before, after] = [old, new].map(|policy| Scene::to_the_end(policy.document()));
        let reach = before.or_further(after);
        Self {
            old: Scene::over(old, old_world, horizon, reach).beside(new, new_world),
            new: Scene::over(new, new_world, horizon, reach).beside(old, old_world),
            reach,
        }
    }

    /// Every severity of either policy.
    pub(super) fn severities(&self) -> Vec<&'a SeverityId> {
        let mut all: Vec<&SeverityId> = self.old.policy.severities().chain(self.new.policy.severities()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Areas by their experts on both sides, none first; all in one where no step asks for experts.
    pub(super) fn groups(&self, severity: &SeverityId) -> Vec<Group> {
        let scenes = [&self.old, &self.new];
        let mut areas: Vec<&AreaId> =
            scenes.iter().flat_map(|scene| scene.directory().document().areas.keys()).collect();
        areas.sort_unstable();
        areas.dedup();
        if scenes.iter().all(|scene| scene.experts_from(severity).is_none()) {
            return vec![Group { areas: areas.into_iter().cloned().collect(), without_area: true }];
        }
        let mut groups: Vec<(Vec<_>, Group)> = Vec::new();
        for area in areas {
            let experts =
                |scene: &&Scene<'a>| scene.directory().document().areas.get(area).map(|it| it.experts.clone());
            let experts: Vec<_> = scenes.iter().map(experts).collect();
            match groups.iter_mut().find(|(known, _)| *known == experts) {
                Some((_, group)) => group.areas.push(area.clone()),
                None => groups.push((experts, Group { areas: vec![area.clone()], without_area: false })),
            }
        }
        let none = Group { areas: Vec::new(), without_area: true };
        std::iter::once(none).chain(groups.into_iter().map(|(_, group)| group)).collect()
    }

    /// The starts that incidents of a severity may have.
    ///
    /// # Errors
    /// `escalation.too_many_starts`
    pub(super) fn starts(&self, severity: &SeverityId) -> Result<Starts<'a>> {
        Starts::of(&[&self.old, &self.new], severity)
    }

    /// What becomes of every incident of a severity in a group of areas that has one start.
    pub(super) fn changes(&self, incidents: Incidents<'_>) -> Changes {
        let (old, new) = (self.side(&self.old, incidents), self.side(&self.new, incidents));
        let mut known: BTreeMap<(usize, usize), Vec<Becomes>> = BTreeMap::new();
        let mut found = Changes::new();
        let (mut before, mut after) = (old.pieces.iter().peekable(), new.pieces.iter().peekable());
        while let (Some((from, until, one)), Some((start, end, other))) = (before.peek(), after.peek()) {
            let (from, until_both) = (*from.max(start), *until.min(end));
            let becomes = known.entry((*one, *other)).or_insert_with(|| {
                match (old.outcomes.get(*one), new.outcomes.get(*other)) {
                    (Some(old), Some(new)) => becomes(old, new),
                    _ => Vec::new(),
                }
            });
            if !becomes.is_empty() {
                found.entry(becomes.clone()).or_default().push(from, until_both);
            }
            let (old_ends, new_ends) = (*until == until_both, *end == until_both);
            if old_ends {
                before.next();
            }
            if new_ends {
                after.next();
            }
        }
        found
    }

    /// What happens to one incident on a side.
    pub(super) fn play(&self, scene: &Scene<'a>, incidents: Incidents<'_>, minute: u32) -> Vec<Told> {
        self.player(scene, incidents).play(minute).1
    }

    /// How long after a declaration what is held is let go.
    pub(super) fn opening(&self, incidents: Incidents<'_>, minute: u32) -> Option<u32> {
        self.player(&self.new, incidents).opening(minute).map(|opening| opening.saturating_sub(minute))
    }

    fn player<'s>(&self, scene: &'s Scene<'a>, incidents: Incidents<'_>) -> Player<'s, Vec<Told>> {
        scene.player(incidents, self.reach, |_| false, |told, _| told.to_vec())
    }

    /// What is seen of every minute on a side.
    fn side(&self, scene: &Scene<'a>, incidents: Incidents<'_>) -> Sweep<Vec<Seen>> {
        let mut player = self.player(scene, incidents);
        let Sweep { outcomes, pieces } = sweep(&mut player, [(0, scene.horizon.minutes())]);
        // An outcome was played at the first minute that has it.
        let mut played: Vec<Option<u32>> = vec![None; outcomes.len()];
        for (from, _, outcome) in &pieces {
            if let Some(place @ None) = played.get_mut(*outcome) {
                *place = Some(*from);
            }
        }
        let seen = outcomes.iter().zip(played).map(|(told, minute)| {
            let opening = minute.and_then(|minute| Some(player.opening(minute)?.saturating_sub(minute)));
            seen(told, opening, |track, step| scene.step(incidents.severity, track, step))
        });
        Sweep { outcomes: seen.collect(), pieces }
    }
}
