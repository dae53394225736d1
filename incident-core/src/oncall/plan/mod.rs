//! A schedule laid out so that any instant can be asked about without walking there.

mod build;
mod cells;
mod duty;
mod grid;
mod next;
mod roster;
mod rotation;
mod spans;
mod windows;

use std::collections::BTreeMap;

pub(crate) use build::first_handoff;
pub(super) use build::{build, lists};
pub(super) use duty::{Basis, Duty, Edges};
pub(super) use roster::Who;
pub(super) use rotation::RotationPlan;
pub(super) use spans::Spans;

use crate::id::PersonId;
use crate::time::{Elapsed, Span, Timestamp};

/// Rotations, exceptions and absences, with people by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Everybody who is named, in order.
    pub(super) people: Vec<PersonId>,
    pub(super) rotations: Vec<RotationPlan>,
    /// Rotations by number: those of one block share, and the first block that is active wins.
    pub(super) blocks: Vec<Vec<u32>>,
    pub(super) exceptions: Vec<Exception>,
    /// When each exception holds.
    pub(super) spans: Spans,
    /// When each person is away, and when anybody is.
    pub(super) absences: BTreeMap<Who, Spans>,
    pub(super) away: Spans,
    pub(super) recorded: Option<Recorded>,
}

/// An override, with people by number.
#[derive(Clone, Debug)]
pub(super) enum Exception {
    Temporary(Vec<Who>),
    Cover(i64, Vec<Who>),
    Replace(Who, Who),
    Remove(Vec<Who>),
    Add(Vec<Who>),
}

/// What really was, in a span.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) span: Span,
    /// When each shift was, by its place in the list.
    pub(super) shifts: Spans,
    /// Whose each was.
    pub(super) people: Vec<Who>,
}

impl Plan {
    /// The number of a person; none where the schedule does not name them.
    pub(super) fn number(&self, person: &PersonId) -> Option<Who> {
        roster::number(&self.people, person)
    }

    /// Whether anybody is away at any time.
    pub(super) fn is_ever_away(&self) -> bool {
        !self.absences.is_empty()
    }

    /// Whether a person is away.
    pub(super) fn is_away(&self, who: Who, at: Timestamp) -> bool {
        self.absences.get(&who).is_some_and(|spans| spans.at(at).next().is_some())
    }

    /// The next instant after this one at which an answer may change that rests on the first so many blocks.
    pub(super) fn next_edge(&self, after: Timestamp, blocks: usize) -> Option<Timestamp> {
        let recorded = self.recorded.iter().flat_map(|it| {
            [Some(it.span.start), it.span.end, it.shifts.place(after).next_edge()].into_iter().flatten()
        });
        let rotations = self.of_blocks(blocks).filter_map(|rotation| rotation.next_edge(after));
        let listed = [&self.spans, &self.away].into_iter().filter_map(|spans| spans.place(after).next_edge());
        rotations.chain(listed).chain(recorded).filter(|edge| *edge > after).min()
    }

    /// The last instant up to and with this one at which such an answer may have changed.
    pub(super) fn last_edge(&self, at: Timestamp, blocks: usize) -> Option<Timestamp> {
        let recorded = self
            .recorded
            .iter()
            .flat_map(|it| [Some(it.span.start), it.span.end, it.shifts.place(at).last_edge()].into_iter().flatten());
        let rotations = self.of_blocks(blocks).filter_map(|rotation| rotation.last_edge(at));
        let listed = [&self.spans, &self.away].into_iter().filter_map(|spans| spans.place(at).last_edge());
        rotations.chain(listed).chain(recorded).filter(|edge| *edge <= at).max()
    }

    fn of_blocks(&self, blocks: usize) -> impl Iterator<Item = &RotationPlan> {
        let numbers = self.blocks.iter().take(blocks).flatten();
        numbers.filter_map(|number| self.rotations.get(*number as usize))
    }

    /// How many blocks an answer rests on, the first first: what stands behind them cannot change it before they do.
    pub(super) fn rests_on(&self, duty: &Duty<'_>) -> usize {
        let placed = |number: &u32| {
            let it = self.exceptions.get(*number as usize);
            matches!(it, Some(Exception::Temporary(_) | Exception::Cover(..)))
        };
        match &duty.basis {
            _ if duty.overrides.iter().any(placed) => 0,
            Basis::Recorded => 0,
            Basis::Turns(turns) => {
                let at = self.blocks.iter().position(|block| block.contains(&turns.first.0));
                at.map_or(self.blocks.len(), |at| at + 1)
            }
            Basis::Gap | Basis::Override => self.blocks.len(),
        }
    }

    /// Every instant inside a span at which an answer may change, in order, each once. They are found as they are asked
    /// for, about a year at a time, so whoever stops early pays for no more.
    pub(super) fn edges(&self, span: Span) -> impl Iterator<Item = Timestamp> {
        let end = span.end.unwrap_or(Timestamp::MAX);
        let (mut from, mut found) = (span.start, Vec::new().into_iter());
        let edges = std::iter::from_fn(move || {
            loop {
                if let Some(edge) = found.next() {
                    return Some(edge);
                }
                if from >= end {
                    return None;
                }
                let until = from.plus(A_YEAR).min(end);
                (from, found) = (until, self.edges_between(from, until).into_iter());
            }
        });
        edges.take_while(move |edge| *edge < end)
    }

    /// Those after an instant, up to and with another.
    fn edges_between(&self, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let (mut edges, span) = (Vec::new(), Span { start: after, end: Some(until) });
        self.rotations.iter().for_each(|rotation| rotation.edges(span, &mut edges));
        for spans in [Some(&self.spans), Some(&self.away), self.recorded.as_ref().map(|it| &it.shifts)] {
            edges.extend(spans.into_iter().flat_map(Spans::edges));
        }
        edges.extend(self.recorded.iter().flat_map(|it| [Some(it.span.start), it.span.end].into_iter().flatten()));
        edges.retain(|edge| after < *edge && *edge <= until);
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

/// So long a part of a span is looked at at once: thirteen months, so that a year is one.
const A_YEAR: Elapsed = Elapsed::hours(400 * 24);
