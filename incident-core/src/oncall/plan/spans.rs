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
        Self { spans, reach, edges }
    }

    /// The numbers of the spans that hold an instant, in order of their start, the latest first.
    pub(in crate::oncall) fn at(&self, at: Timestamp) -> impl Iterator<Item = u32> {
        let begun = self.spans.partition_point(|(start, ..)| *start <= at);
        let begun = self.spans.iter().zip(&self.reach).take(begun).rev();
        let near = begun.take_while(move |(_, reach)| **reach > at);
        near.filter(move |((_, end, _), _)| *end > at).map(|((.., number), _)| *number)
    }

    pub(super) fn next_edge(&self, after: Timestamp) -> Option<Timestamp> {
        self.edges.get(self.edges.partition_point(|edge| *edge <= after)).copied()
    }

    pub(super) fn last_edge(&self, at: Timestamp) -> Option<Timestamp> {
        self.edges.partition_point(|edge| *edge <= at).checked_sub(1).and_then(|last| self.edges.get(last)).copied()
    }

    /// Each with its start, its end and its number, in order of their start.
    pub(in crate::oncall) fn all(&self) -> impl Iterator<Item = (Timestamp, Timestamp, u32)> {
        self.spans.iter().copied()
    }

    pub(super) fn edges(&self) -> &[Timestamp] {
        &self.edges
    }
}
