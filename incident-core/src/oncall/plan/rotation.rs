//! One rotation, laid out: when it is active and who is due.

use super::grid::Grid;
use super::roster::{Roster, Who};
use super::windows::Windows;
use crate::time::{Elapsed, Span, Timestamp, Zone};

/// A rotation that can be asked about any instant.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct RotationPlan {
    pub(in crate::oncall) name: String,
    pub(in crate::oncall) zone: Zone,
    /// The boundaries of its turns; none where the first member is always due.
    pub(in crate::oncall) grid: Option<Grid>,
    pub(in crate::oncall) roster: Roster,
    pub(in crate::oncall) windows: Option<Windows>,
    /// From turn 0 and `from` on, until `until`.
    pub(in crate::oncall) bounds: Span,
    pub(super) lasts: Option<Elapsed>,
    pub(in crate::oncall) fall_through: bool,
}

impl RotationPlan {
    /// The turn at an instant and the people due in it; none while it is not active or has nobody.
    pub(in crate::oncall) fn due(&self, at: Timestamp) -> Option<(i64, &[Who])> {
        if !self.bounds.contains(at) {
            return None;
        }
        let turn = self.grid.as_ref().map_or(0, |grid| grid.turn_at(at));
        let people = self.roster.due(turn);
        let active = !people.is_empty()
            && self.shift_goes_on(turn, at)
            && self.windows.as_ref().is_none_or(|windows| windows.contains(at));
        active.then_some((turn, people))
    }

    fn shift_goes_on(&self, turn: i64, at: Timestamp) -> bool {
        let ends = self.lasts.zip(self.grid.as_ref()).map(|(lasts, grid)| grid.boundary(turn).plus(lasts));
        ends.is_none_or(|end| at < end)
    }

    /// The next instant after this one at which what is due may change.
    pub(in crate::oncall) fn next_edge(&self, after: Timestamp) -> Option<Timestamp> {
        if after < self.bounds.start {
            return Some(self.bounds.start);
        }
        if self.is_idle() || self.bounds.end.is_some_and(|end| end <= after) {
            return None;
        }
        let turn = self.grid.as_ref().map(|grid| {
            let turn = grid.turn_at(after);
            let ends = self.lasts.map(|lasts| grid.boundary(turn).plus(lasts)).filter(|end| *end > after);
            // Turns without length are passed over.
            let next = grid.boundary(grid.turn_at(grid.boundary(turn.saturating_add(1))));
            ends.map_or(next, |end| end.min(next))
        });
        let window = self.windows.as_ref().and_then(|windows| windows.next_edge(after));
        [turn, window, self.bounds.end].into_iter().flatten().filter(|edge| *edge > after).min()
    }

    /// The last instant up to and with this one at which what is due may have changed.
    pub(in crate::oncall) fn last_edge(&self, at: Timestamp) -> Option<Timestamp> {
        if at < self.bounds.start || self.is_idle() {
            return None;
        }
        let end = self.bounds.end.filter(|end| *end <= at);
        if end.is_some() {
            return end;
        }
        let turn = self.grid.as_ref().map(|grid| {
            let begins = grid.boundary(grid.turn_at(at));
            self.lasts.map(|lasts| begins.plus(lasts)).filter(|end| *end <= at).unwrap_or(begins)
        });
        let window = self.windows.as_ref().and_then(|windows| windows.last_edge(at));
        [turn, window, Some(self.bounds.start)].into_iter().flatten().max()
    }

    /// Every edge in a span, in no order, with some outside.
    pub(in crate::oncall) fn edges(&self, span: Span, into: &mut Vec<Timestamp>) {
        into.push(self.bounds.start);
        into.extend(self.bounds.end);
        let (start, end) = (span.start.max(self.bounds.start), span.end.unwrap_or(span.start));
        let end = self.bounds.end.map_or(end, |last| last.min(end));
        if self.is_idle() || start >= end {
            return;
        }
        if let Some(grid) = &self.grid {
            let (mut turn, mut begins) = (grid.turn_at(start), Timestamp::MIN);
            while begins < end && begins < Timestamp::MAX {
                begins = grid.boundary(turn);
                into.push(begins);
                into.extend(self.lasts.map(|lasts| begins.plus(lasts)));
                turn = turn.saturating_add(1);
            }
        }
        if let Some(windows) = &self.windows {
            windows.edges(Span { start, end: Some(end) }, into);
        }
    }

    /// Whether nobody is ever due, whatever the windows are.
    pub(in crate::oncall) fn never_has_anybody(&self) -> bool {
        self.roster.is_empty()
    }

    /// Whether somebody has the duty from it all through a span, so that nothing behind it ever has.
    pub(in crate::oncall) fn always_has_somebody(&self, span: Span) -> bool {
        let holds = self.bounds.start <= span.start
            && self.bounds.end.is_none_or(|end| span.end.is_some_and(|last| last <= end));
        holds && self.windows.is_none() && self.lasts.is_none() && !self.fall_through && self.roster.is_full()
    }

    /// Whether nobody is ever due.
    fn is_idle(&self) -> bool {
        self.roster.is_empty()
    }
}
