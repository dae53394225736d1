//! Every minute of a horizon, played to its end.

use crate::escalation::document::SeverityTracks;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::sweep::{Sweep, sweep};
use crate::escalation::proof::told::Told;
use crate::id::{AreaId, SeverityId};

/// What happens to every incident of a severity.
pub(in crate::escalation) struct Survey<'a> {
    pub(in crate::escalation) severity: &'a SeverityId,
    pub(in crate::escalation) tracks: &'a SeverityTracks,
    pub(in crate::escalation) classes: Vec<Class<'a>>,
}

/// Areas that cannot be told apart, and what happens to their incidents.
pub(in crate::escalation) struct Class<'a> {
    pub(in crate::escalation) areas: Vec<&'a AreaId>,
    pub(in crate::escalation) without_area: bool,
    sweep: Sweep<Vec<Told>>,
}

impl<'a> Survey<'a> {
    pub(in crate::escalation) fn of(
        scene: &'a Scene<'_>,
        severity: &'a SeverityId,
        tracks: &'a SeverityTracks,
    ) -> Self {
        let all = |areas: &[AreaId]| {
            let reach = Scene::to_the_end(scene.policy.document());
            let mut player = scene.player(severity, areas, reach, |_| false, |told, _| told.to_vec());
            sweep(&mut player, [(0, scene.horizon.minutes())])
        };
        let none = all(&[]);
        let groups = scene.area_groups();
        if scene.experts_from(severity).is_none() {
            let areas = groups.into_iter().flatten().collect();
            return Self { severity, tracks, classes: vec![Class { areas, without_area: true, sweep: none }] };
        }
        let mut classes = vec![Class { areas: Vec::new(), without_area: true, sweep: none }];
        classes.extend(groups.into_iter().map(|areas| {
            let one: Vec<AreaId> = areas.first().map(|area| (*area).clone()).into_iter().collect();
            Class { areas, without_area: false, sweep: all(&one) }
        }));
        Self { severity, tracks, classes }
    }

    /// Where something holds, for the classes that have it at the same minutes; nowhere is left out.
    pub(in crate::escalation) fn minutes(&self, holds: impl Fn(&[Told]) -> bool) -> Vec<(Minutes, Vec<&Class<'a>>)> {
        let mut found: Vec<(Minutes, Vec<&Class<'a>>)> = Vec::new();
        for class in &self.classes {
            let minutes = class.minutes(&holds);
            match found.iter_mut().find(|(known, _)| *known == minutes) {
                _ if minutes.is_empty() => {}
                Some((_, alike)) => alike.push(class),
                None => found.push((minutes, vec![class])),
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
        scene.whole(severity, &areas, minute)
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

/// How areas are told: nothing where it is all of them and none, ` for payouts`, ` while no area is known`.
pub(in crate::escalation) fn areas(survey: &Survey<'_>, classes: &[&Class<'_>]) -> String {
    if classes.len() == survey.classes.len() {
        return String::new();
    }
    let named: Vec<String> = classes.iter().flat_map(|class| &class.areas).map(ToString::to_string).collect();
    let unknown = classes.iter().any(|class| class.without_area);
    match (named.is_empty(), unknown) {
        (true, _) => " while no area is known".to_owned(),
        (false, false) => format!(" for {}", crate::escalation::proof::words::and(named)),
        (false, true) => format!(" for {}, and while no area is known", named.join(", ")),
    }
}
