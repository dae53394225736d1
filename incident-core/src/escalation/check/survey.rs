//! Every minute of a horizon, played to its end.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::escalation::document::SeverityTracks;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::play::Incidents;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::starts::{self, Starts};
use crate::escalation::proof::sweep::{Sweep, sweep};
use crate::escalation::proof::told::Told;
use crate::escalation::proof::words;
use crate::id::{AreaId, SeverityId};

/// What happens to every incident of a severity.
pub(in crate::escalation) struct Survey<'a> {
    pub(in crate::escalation) severity: &'a SeverityId,
    pub(in crate::escalation) tracks: &'a SeverityTracks,
    starts: Starts<'a>,
    pub(in crate::escalation) classes: Vec<Class<'a>>,
}

/// Areas that cannot be told apart, and what happens to their incidents that have one start.
pub(in crate::escalation) struct Class<'a> {
    pub(in crate::escalation) areas: Vec<&'a AreaId>,
    pub(in crate::escalation) without_area: bool,
    start: u32,
    sweep: Sweep<Vec<Told>>,
}

impl<'a> Survey<'a> {
    /// # Errors
    /// `escalation.too_many_starts`
    pub(in crate::escalation) fn of(
        scene: &'a Scene<'_>,
        severity: &'a SeverityId,
        tracks: &'a SeverityTracks,
    ) -> Result<Self> {
        let starts = Starts::of(&[scene], severity)?;
        let reach = Scene::to_the_end(scene.policy.document());
        let groups = scene.area_groups();
        let (with_none, apart) = match scene.experts_from(severity) {
            None => (groups.into_iter().flatten().collect(), Vec::new()),
            Some(_) => (Vec::new(), groups),
        };
        let groups = std::iter::once((with_none, true)).chain(apart.into_iter().map(|areas| (areas, false)));
        let mut classes = Vec::new();
        for (areas, without_area) in groups {
            for start in starts.all() {
                let shown: Vec<AreaId> =
                    areas.first().filter(|_| !without_area).map(|area| (*area).clone()).into_iter().collect();
                let incidents = Incidents { severity, areas: &shown, start };
                let mut player = scene.player(incidents, reach, |_| false, |told, _| told.to_vec());
                let sweep = sweep(&mut player, [(0, scene.horizon.minutes())]);
                classes.push(Class { areas: areas.clone(), without_area, start, sweep });
            }
        }
        Ok(Self { severity, tracks, starts, classes })
    }

    /// Where something holds, for the classes that have it at the same minutes; nowhere is left out. Areas that have it for
    /// the same starts are told together.
    pub(in crate::escalation) fn minutes(&self, holds: impl Fn(&[Told]) -> bool) -> Vec<(Minutes, Vec<&Class<'a>>)> {
        let mut found: Vec<(Minutes, Vec<&Class<'a>>)> = Vec::new();
        let starts = |classes: &[&Class<'_>]| classes.iter().map(|class| class.start).collect::<BTreeSet<_>>();
        for alike in self.classes.chunk_by(|one, other| one.start < other.start) {
            let mut of_areas: Vec<(Minutes, Vec<&Class<'a>>)> = Vec::new();
            for class in alike {
                let minutes = class.minutes(&holds);
                match of_areas.iter_mut().find(|(known, _)| *known == minutes) {
                    _ if minutes.is_empty() => {}
                    Some((_, alike)) => alike.push(class),
                    None => of_areas.push((minutes, vec![class])),
                }
            }
            for (minutes, classes) in of_areas {
                let same = |(known, others): &&mut (Minutes, Vec<&Class<'a>>)| {
                    *known == minutes && starts(others) == starts(&classes)
                };
                match found.iter_mut().find(same) {
                    Some((_, alike)) => alike.extend(classes),
                    None => found.push((minutes, classes)),
                }
            }
        }
        found
    }
}

impl Class<'_> {
    /// The minutes at which something holds of what happens.
    pub(in crate::escalation) fn minutes(&self, holds: impl Fn(&[Told]) -> bool) -> Minutes {
        let hold: Vec<bool> = self.sweep.outcomes.iter().map(|told| holds(told)).collect();
        let pieces = self.sweep.pieces.iter().filter(|(.., outcome)| hold.get(*outcome) == Some(&true));
        pieces.map(|(from, until, _)| (*from, *until)).collect()
    }

    /// The area that stands for all of them; none where none is known.
    pub(in crate::escalation) fn shown(&self) -> &[&AreaId] {
        if self.without_area { &[] } else { self.areas.get(..1).unwrap_or_default() }
    }

    /// What happens at a minute, played anew: a step that is held comes at another distance at each minute.
    pub(in crate::escalation) fn play(&self, scene: &Scene<'_>, severity: &SeverityId, minute: u32) -> Vec<Told> {
        let areas: Vec<AreaId> = self.shown().iter().map(|area| (*area).clone()).collect();
        scene.whole(Incidents { severity, areas: &areas, start: self.start }, minute)
    }

    /// The first minute of everything different that happens in some minutes.
    pub(in crate::escalation) fn different(&self, minutes: &Minutes) -> Vec<u32> {
        let mut seen = std::collections::BTreeSet::new();
        let touched = self.sweep.pieces.iter().filter(|(from, until, outcome)| {
            let inside = minutes.stretches().any(|(start, end)| start < *until && end > *from);
            inside && seen.insert(*outcome)
        });
        touched.map(|(from, ..)| *from).collect()
    }

    /// What is known to happen at a minute, but for when what is held comes.
    #[cfg(test)]
    pub(in crate::escalation) fn at(&self, minute: u32) -> &[Told] {
        let place = self.sweep.pieces.partition_point(|(from, ..)| *from <= minute).saturating_sub(1);
        let outcome = self.sweep.pieces.get(place).and_then(|(.., outcome)| self.sweep.outcomes.get(*outcome));
        outcome.map_or(&[], Vec::as_slice)
    }
}

/// How classes are told: nothing where it is all of them, ` for payouts`, ` while no area is known`, and with whom turns
/// begin.
pub(in crate::escalation) fn told(scene: &Scene<'_>, survey: &Survey<'_>, classes: &[&Class<'_>]) -> String {
    let starts: BTreeSet<u32> = classes.iter().map(|class| class.start).collect();
    let of_start = |start: &u32| classes.iter().filter(|class| class.start == *start).count();
    let known = survey.classes.iter().filter(|class| class.start == 0).count();
    let areas = match starts.first().map(of_start) {
        Some(told) if told == known => String::new(),
        _ => areas(classes),
    };
    let starts: Vec<u32> = starts.into_iter().collect();
    let starts: Vec<_> =
        survey.starts.worth_telling(&starts).iter().map(|start| survey.starts.beginning(0, *start)).collect();
    areas + &starts::say(scene, &starts)
}

fn areas(classes: &[&Class<'_>]) -> String {
    let first = classes.first().map(|class| class.start);
    let one = || classes.iter().filter(|class| Some(class.start) == first);
    let named: Vec<String> = one().flat_map(|class| &class.areas).map(ToString::to_string).collect();
    let unknown = one().any(|class| class.without_area);
    match (named.is_empty(), unknown) {
        (true, _) => " while no area is known".to_owned(),
        (false, false) => format!(" for {}", words::and(named)),
        (false, true) => format!(" for {}, and while no area is known", named.join(", ")),
    }
}
