//! Stretches of time that do not overlap, in order.

use crate::time::{Elapsed, Timestamp};

/// Stretches in order, none of them touching another: what touches is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::oncall) struct Stretches(Vec<(Timestamp, Timestamp)>);

impl Stretches {
    /// From spans in any order, which may overlap.
    pub(super) fn of(spans: impl IntoIterator<Item = (Timestamp, Timestamp)>) -> Self {
        let mut spans: Vec<_> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut all = Self::default();
        spans.into_iter().for_each(|(start, end)| all.push(start, end));
        all
    }

    /// One more that begins no earlier than the last.
    pub(super) fn push(&mut self, start: Timestamp, end: Timestamp) {
        if start >= end {
            return;
        }
        match self.0.last_mut() {
            Some((_, last)) if start <= *last => *last = (*last).max(end),
            _ => self.0.push((start, end)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// All of them together.
    pub(super) fn length(&self) -> Elapsed {
        Elapsed::from_micros(self.iter().map(|(start, end)| end.since(start).as_micros()).sum())
    }

    /// The longest; the first of those that are equally long.
    pub(super) fn longest(&self) -> Option<(Timestamp, Timestamp)> {
        self.iter().max_by_key(|(start, end)| (end.since(*start), std::cmp::Reverse(*start)))
    }

    /// The shortest time between two of them; the first of those that are equally short.
    pub(super) fn least_between(&self) -> Option<(Timestamp, Timestamp)> {
        let between = self.iter().zip(self.iter().skip(1)).map(|((_, end), (start, _))| (end, start));
        between.min_by_key(|(start, end)| (end.since(*start), *start))
    }

    /// What they have in common with others.
    pub(super) fn within(&self, others: &Self) -> Self {
        let (mut ours, mut theirs) = (self.iter().peekable(), others.iter().peekable());
        let mut common = Self::default();
        while let (Some((start, end)), Some((from, until))) = (ours.peek().copied(), theirs.peek().copied()) {
            common.push(start.max(from), end.min(until));
            if end <= until {
                ours.next()
            } else {
                theirs.next()
            };
        }
        common
    }

    /// What of them lies in a span.
    pub(super) fn cut(&self, start: Timestamp, end: Timestamp) -> Self {
        self.within(&Self(vec![(start, end)]))
    }

    /// These and others.
    pub(super) fn and(&self, others: &Self) -> Self {
        Self::of(self.iter().chain(others.iter()))
    }
}
