//! One rotation, laid out: when it is active and who is due.

use super::grid::{Grid, TurnSpan};
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

/// What a rotation says about an instant.
#[derive(Debug)]
pub(super) struct Look<'a> {
    /// The turn, and who is due in it.
    pub(super) due: Option<(i64, &'a [Who])>,
    /// When the turn begins and ends.
    pub(super) span: Option<TurnSpan>,
    /// The last instant up to and with this one at which what is due may have changed, and the next one.
    pub(super) last: Option<Timestamp>,
    pub(super) next: Option<Timestamp>,
}

impl RotationPlan {
    /// The turn at an instant and the people due in it; none while it is not active or has nobody.
    pub(in crate::oncall) fn due(&self, at: Timestamp) -> Option<(i64, &[Who])> {
        if !self.bounds.contains(at) {
            return None;
        }
        self.due_in(at, self.grid.as_ref().map(|grid| grid.span_at(at)))
    }

    fn due_in(&self, at: Timestamp, span: Option<TurnSpan>) -> Option<(i64, &[Who])> {
        let turn = span.map_or(0, |span| span.turn);
        let people = self.roster.due(turn);
        let over = self.lasts.zip(span).is_some_and(|(lasts, span)| span.start.plus(lasts) <= at);
        let active = !over && !people.is_empty() && self.windows.as_ref().is_none_or(|windows| windows.contains(at));
        active.then_some((turn, people))
    }

    /// What is due at an instant, with the edges around it.
    pub(super) fn look(&self, at: Timestamp) -> Look<'_> {
        if at < self.bounds.start {
            return Look { due: None, span: None, last: None, next: Some(self.bounds.start) };
        }
        if let Some(end) = self.bounds.end.filter(|end| *end <= at) {
            return Look { due: None, span: None, last: Some(end).filter(|_| !self.is_idle()), next: None };
        }
        if self.is_idle() {
            return Look { due: None, span: None, last: None, next: None };
        }
        let span = self.grid.as_ref().map(|grid| grid.span_at(at));
        let ends = self.lasts.zip(span).map(|(lasts, span)| span.start.plus(lasts));
        let turn = span.map(|span| match ends {
            Some(end) if end <= at => (end, span.end),
            Some(end) => (span.start, end.min(span.end)),
            None => (span.start, span.end),
        });
        let (mut last, mut next) = (Some(self.bounds.start), self.bounds.end);
        if let Some((begins, ends)) = turn {
            (last, next) = (last.max(Some(begins)), Some(next.map_or(ends, |end| end.min(ends))));
        }
        if let Some(windows) = &self.windows {
            let (before, after) = windows.around(at);
            (last, next) = (last.max(before), next.into_iter().chain(after).min());
        }
        Look { due: self.due_in(at, span), span, last, next: next.filter(|next| *next > at) }
    }

    /// The next instant after this one at which what is due may change.
    pub(in crate::oncall) fn next_edge(&self, after: Timestamp) -> Option<Timestamp> {
        self.look(after).next
    }

    /// The last instant up to and with this one at which what is due may have changed.
    pub(in crate::oncall) fn last_edge(&self, at: Timestamp) -> Option<Timestamp> {
        self.look(at).last
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
            let mut edges = Vec::new();
            windows.edges(Span { start, end: Some(end) }, &mut edges);
            into.extend(edges.into_iter().filter(|edge| start <= *edge && *edge <= end));
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
