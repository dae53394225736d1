//! Where the turns of teams begin.
//!
//! `round-robin` begins at a hash of the incident's id, modulo the size of the team. Every incident has one hash for all
//! teams, so incidents whose hashes leave the same rest by the least common multiple of the sizes are alike: so many
//! *starts* there are, and each is played.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::error::{Error, Result};
use crate::escalation::document::PageTarget;
use crate::escalation::surroundings::Surroundings;
use crate::id::{PersonId, SeverityId, TeamId};
use crate::text::pointer_step;

use super::places::steps;
use super::scene::Scene;
use super::words;

/// More starts are refused: each may be played at every minute for every area.
const MOST: u64 = 500;

/// The starts that incidents of a severity may have.
#[derive(Debug)]
pub(in crate::escalation) struct Starts<'a> {
    /// The teams whose members take turns, in each world.
    sides: Vec<BTreeMap<&'a TeamId, &'a [PersonId]>>,
    number: u32,
}

/// With whom the turns of each team begin.
pub(in crate::escalation) type Beginning = BTreeMap<TeamId, PersonId>;

impl<'a> Starts<'a> {
    /// Of one policy, or of two that are laid side by side: an incident has one hash in both.
    ///
    /// # Errors
    /// `escalation.too_many_starts`
    pub(in crate::escalation) fn of(scenes: &[&Scene<'a>], severity: &SeverityId) -> Result<Self> {
        let teams = |scene: &&Scene<'a>| {
            let world = scene.world;
            let sized = teams_of(scene, severity).into_iter().map(|team| (team, world.team(team)));
            sized.filter(|(_, members)| members.len() > 1).collect::<BTreeMap<_, _>>()
        };
        let sides: Vec<BTreeMap<&TeamId, &[PersonId]>> = scenes.iter().map(teams).collect();
        let members = sides.iter().flat_map(BTreeMap::values);
        let number = members.fold(1, |all, one| common_multiple(all, u64::try_from(one.len()).unwrap_or(u64::MAX)));
        match u32::try_from(number) {
            Ok(few) if number <= MOST => Ok(Self { sides, number: few }),
            _ => {
                let teams: BTreeSet<_> = sides.iter().flat_map(BTreeMap::keys).collect();
                let names = words::and(teams.into_iter().map(|team| format!("`{team}`")).collect());
                let name = words::severity(severity);
                let message = format!(
                    "the turns of {names} may begin in more than {MOST} ways for a {name}: they are not looked at"
                );
                let error = Error::limit(codes::TOO_MANY_STARTS, message);
                let path = format!("/escalation{}", pointer_step(severity.as_str()));
                Err(error.at(path).hint("let teams of the same size take turns, or page one of them"))
            }
        }
    }

    /// All of them.
    pub(in crate::escalation) fn all(&self) -> std::ops::Range<u32> {
        0..self.number
    }

    /// Whether it can matter which one an incident has.
    pub(in crate::escalation) fn matter(&self) -> bool {
        self.number > 1
    }

    /// With whom turns begin in one of the worlds.
    pub(in crate::escalation) fn beginning(&self, side: usize, start: u32) -> Beginning {
        let first = |(team, members): (&&TeamId, &&[PersonId])| {
            let place = usize::try_from(place(start, members.len())?).ok()?;
            Some(((*team).clone(), members.get(place)?.clone()))
        };
        self.sides.get(side).into_iter().flatten().filter_map(first).collect()
    }

    /// Those of a class of incidents that are worth telling: none where it is all of them.
    pub(in crate::escalation) fn worth_telling<'s>(&self, starts: &'s [u32]) -> &'s [u32] {
        let all = self.all().all(|start| starts.contains(&start));
        if all { &[] } else { starts }
    }
}

/// ` where the turns of `ops` begin with Dee or Eli`; nothing where it does not matter. Of several teams the first way is told.
pub(in crate::escalation) fn say(scene: &Scene<'_>, starts: &[Beginning]) -> String {
    let Some(first) = starts.first() else { return String::new() };
    let name = |person: &PersonId| words::name(scene.directory(), person);
    let teams = words::and(first.keys().map(|team| format!("`{team}`")).collect());
    let mut people: Vec<&PersonId> = starts.iter().flat_map(BTreeMap::values).collect();
    let with = if first.len() == 1 {
        people.sort_unstable();
        people.dedup();
        words::or(people.into_iter().map(name).collect())
    } else {
        let others = words::count(starts.len() as u64 - 1, "other way", "other ways");
        let others = if starts.len() == 1 { String::new() } else { format!(", or in {others}") };
        words::and(first.values().map(name).collect()) + &others
    };
    format!(" where the turns of {teams} begin with {with}")
}

/// The place at which the turns of a team begin.
pub(super) fn place(start: u32, size: usize) -> Option<u64> {
    u64::from(start).checked_rem(u64::try_from(size).ok()?)
}

/// The teams that steps of a severity that need no input, or its last resort, page by turns.
fn teams_of<'a>(scene: &Scene<'a>, severity: &SeverityId) -> Vec<&'a TeamId> {
    let rules = &scene.policy.document().escalation;
    let found = rules.severities.get_key_value(severity);
    let otherwise = found.and_then(|(_, tracks)| tracks.otherwise.as_ref()).or(rules.otherwise.as_ref());
    let acting = found.into_iter().flat_map(|(severity, tracks)| steps(severity, tracks));
    let acting = acting.filter(|placed| placed.earliest(rules.on_empty).is_some());
    let pages = acting.map(|placed| &placed.step.page).chain(otherwise.map(|otherwise| &otherwise.page));
    let teams = pages.flatten().filter_map(|target| match target {
        PageTarget::RoundRobin(team) => Some(team),
        _ => None,
    });
    teams.collect()
}

fn common_multiple(one: u64, other: u64) -> u64 {
    let (mut greatest, mut rest) = (one, other);
    while rest > 0 {
        (greatest, rest) = (rest, greatest % rest);
    }
    (one / greatest.max(1)).saturating_mul(other)
}
