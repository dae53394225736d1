//! Spans by number, to be asked which hold an instant.

use crate::time::{Span, Timestamp};

/// Spans in order of their start.
#[derive(Clone, Debug, Default)]
pub(in crate::oncall) struct Spans {
    /// Start, end, and number.
    spans: Vec<(Timestamp, Timestamp, u32)>,
    /// The latest end among the first so many.
    reach: Vec<Timestamp>,
    /// Every start and end, in order.
    edges: Vec<Timestamp>,
    /// How many spans have begun at each edge.
    begun: Vec<usize>,
}

/// A place between two edges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    spans: &'a Spans,
    /// How many edges are up to here.
    edges: usize,
}

impl Spans {
    pub(super) fn new(spans: impl IntoIterator<Item = (Span, u32)>) -> Self {
        let whole = |(span, number): (Span, u32)| (span.start, span.end.unwrap_or(Timestamp::MAX), number);
        let mut spans: Vec<_> = spans.into_iter().map(whole).filter(|(start, end, _)| start < end).collect();
        spans.sort_unstable();
        let latest = |latest: &mut Timestamp, (_, end, _): &(_, Timestamp, _)| {
            *latest = (*latest).max(*end);
            Some(*latest)
        };
        let reach = spans.iter().scan(Timestamp::MIN, latest).collect();
        let mut edges: Vec<_> = spans.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
        edges.sort_unstable();
        edges.dedup();
        let begun = edges.iter().map(|edge| spans.partition_point(|(start, ..)| start <= edge)).collect();
        Self { spans, reach, edges, begun }
    }

    pub(super) fn place(&self, at: Timestamp) -> Place<'_> {
        Place { spans: self, edges: self.edges.partition_point(|edge| *edge <= at) }
    }

    /// The numbers of the spans that hold an instant, in order of their start, the latest first.
    pub(in crate::oncall) fn at(&self, at: Timestamp) -> impl Iterator<Item = u32> {
        self.place(at).numbers()
    }

    /// Each with its start, its end and its number, in order of their start.
    pub(in crate::oncall) fn all(&self) -> impl Iterator<Item = (Timestamp, Timestamp, u32)> {
        self.spans.iter().copied()
    }

    pub(super) fn edges(&self) -> &[Timestamp] {
        &self.edges
    }
}

impl<'a> Place<'a> {
    /// The numbers of the spans that hold it, in order of their start, the latest first.
    pub(super) fn numbers(self) -> impl Iterator<Item = u32> + use<'a> {
        let edge = self.last_edge().unwrap_or(Timestamp::MIN);
        let begun = self.edges.checked_sub(1).and_then(|last| self.spans.begun.get(last)).copied().unwrap_or_default();
        let begun = self.spans.spans.iter().zip(&self.spans.reach).take(begun).rev();
        let near = begun.take_while(move |(_, reach)| **reach > edge);
        near.filter(move |((_, end, _), _)| *end > edge).map(|((.., number), _)| *number)
    }

    /// Whether any span holds it.
    pub(super) fn is_held(self) -> bool {
        self.numbers().next().is_some()
    }

    /// The last edge up to and with it.
    pub(super) fn last_edge(self) -> Option<Timestamp> {
        self.edges.checked_sub(1).and_then(|last| self.spans.edges.get(last)).copied()
    }

    /// The first edge after it.
    pub(super) fn next_edge(self) -> Option<Timestamp> {
        self.spans.edges.get(self.edges).copied()
    }
}
