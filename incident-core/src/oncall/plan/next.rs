//! Who comes next.

use super::Plan;
use super::roster::Who;
use crate::time::Timestamp;

impl Plan {
    /// The people of the next turn of the rotation in charge who are neither on call nor away; of the first turn that
    /// has any. Nobody where nobody takes turns, and in a gap.
    pub(in crate::oncall) fn next(&self, at: Timestamp) -> Vec<Who> {
        let Some((rotation, turn)) = self.in_charge(at) else { return Vec::new() };
        let Some(rotation) = self.rotations.get(rotation as usize).filter(|rotation| rotation.grid.is_some()) else {
            return Vec::new();
        };
        let busy = self.duty(at).people;
        // Long enough to meet everybody who is in the list, or joins in what is left of it.
        let turns = (1..=rotation.roster.longest.saturating_mul(2)).map(|later| turn.saturating_add(later));
        let free = |turn: i64| {
            let due = rotation.roster.due(turn).iter();
            due.copied().filter(|who| !busy.contains(who) && !self.is_away(*who, at)).collect::<Vec<_>>()
        };
        turns.map(free).find(|free| !free.is_empty()).unwrap_or_default()
    }

    /// The first rotation that has the duty, with its turn, were there no cover and no temporary schedule: one that falls
    /// through because everybody in it is away is not in charge.
    fn in_charge(&self, at: Timestamp) -> Option<(u32, i64)> {
        let mut active: Vec<u32> = self.spans.place(at).numbers().collect();
        active.sort_unstable();
        self.base(at, &active, self.away.place(at).is_held(), None).turns().next()
    }
}
