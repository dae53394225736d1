//! What a play tells: every step when its time comes.

use std::collections::BTreeSet;

use crate::id::PersonId;

use super::answer::StepOutcome;

/// The names of the tracks, by number.
pub(in crate::escalation) const TRACKS: [&str; 3] = ["first", "reinforce", "authority"];

/// A step and what it found.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::escalation) struct Told {
    /// Minutes after the declaration.
    pub(in crate::escalation) after: u32,
    /// The number of the track.
    pub(in crate::escalation) track: usize,
    /// The number of the step in it; none for the end of the track.
    pub(in crate::escalation) step: Option<usize>,
    pub(in crate::escalation) outcome: StepOutcome,
    /// Who was paged.
    pub(in crate::escalation) people: Vec<PersonId>,
}

/// When the first person, and when the second one, was paged by a step, in minutes after the declaration.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::escalation) struct Reached {
    pub(in crate::escalation) first: Option<u32>,
    pub(in crate::escalation) second: Option<u32>,
}

impl Reached {
    pub(in crate::escalation) fn of(all: &[Told]) -> Self {
        let mut reached = Self::default();
        let mut people = BTreeSet::new();
        for told in all.iter().filter(|told| told.outcome == StepOutcome::Paged) {
            people.extend(&told.people);
            if !people.is_empty() {
                reached.first.get_or_insert(told.after);
            }
            if people.len() > 1 {
                reached.second.get_or_insert(told.after);
            }
        }
        reached
    }
}

/// Whether the first thing that happens is that a step of the first track finds nobody.
pub(in crate::escalation) fn begins_with_nobody(all: &[Told]) -> Option<usize> {
    let first = all.iter().find(|told| told.track == 0 && told.step.is_some())?;
    let same_time = || all.iter().filter(|told| told.track == 0 && told.after == first.after);
    let nobody = same_time().all(|told| !matches!(told.outcome, StepOutcome::Paged | StepOutcome::NobodyNew));
    (nobody && first.outcome == StepOutcome::Nobody).then_some(first.step).flatten()
}

/// What the first round of a step found; none if it never acted.
pub(in crate::escalation) fn first_round(all: &[Told], track: usize, step: usize) -> Option<&Told> {
    all.iter().find(|told| (told.track, told.step) == (track, Some(step)))
}

/// Whether a step acts, and in all its rounds finds only people who are engaged already.
pub(in crate::escalation) fn adds_nobody(all: &[Told], track: usize, step: usize) -> bool {
    let mut rounds = all.iter().filter(|told| (told.track, told.step) == (track, Some(step))).peekable();
    rounds.peek().is_some() && rounds.all(|told| told.outcome == StepOutcome::NobodyNew)
}

/// The only person whom steps page, where several steps had their time.
pub(in crate::escalation) fn single_person(all: &[Told]) -> Option<&PersonId> {
    let acted: BTreeSet<_> = all
        .iter()
        .filter(|told| matches!(told.outcome, StepOutcome::Paged | StepOutcome::NobodyNew))
        .map(|told| (told.track, told.step))
        .collect();
    let people: BTreeSet<_> =
        all.iter().filter(|told| told.outcome == StepOutcome::Paged).flat_map(|told| &told.people).collect();
    match people.first() {
        Some(only) if people.len() == 1 && acted.len() > 1 => Some(only),
        _ => None,
    }
}
