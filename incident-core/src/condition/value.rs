//! A value whose domain is known.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::node::LARGEST;

/// What a fact is, in its domain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Names(BTreeSet<String>),
    Flag(bool),
    /// A point on a line, as far as it is known: both ends included, an absent one open.
    Between(Option<Point>, Option<Point>),
}

impl Value {
    pub(super) fn point(at: Point) -> Self {
        Self::Between(Some(at), Some(at))
    }
}

/// A point on the line of a domain: whole for integers, shares (hundredths of a percent), durations and instants
/// (microseconds), real otherwise. Points of one domain are of one kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Point {
    Whole(i64),
    Real(f64),
}

impl Point {
    /// A point strictly between two, near the middle.
    pub(super) fn between(low: Self, high: Self) -> Option<Self> {
        let middle = match (low, high) {
            (Self::Whole(low), Self::Whole(high)) => Self::Whole(low.checked_add(high.checked_sub(low)? / 2)?),
            (Self::Real(low), Self::Real(high)) => Self::Real(low / 2.0 + high / 2.0),
            _ => return None,
        };
        (low < middle && middle < high).then_some(middle)
    }

    /// A point above, if there is one.
    pub(super) fn above(self) -> Option<Self> {
        match self {
            Self::Whole(whole) => whole.checked_add(1).map(Self::Whole),
            Self::Real(real) => (real + 1.0 < LARGEST).then_some(Self::Real(real + 1.0)),
        }
    }

    /// A point below, if there is one.
    pub(super) fn below(self) -> Option<Self> {
        match self {
            Self::Whole(whole) => whole.checked_sub(1).map(Self::Whole),
            Self::Real(real) => (real - 1.0 > -LARGEST).then_some(Self::Real(real - 1.0)),
        }
    }
}

impl Ord for Point {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a.cmp(b),
            (Self::Real(a), Self::Real(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
            (Self::Whole(_), Self::Real(_)) => Ordering::Less,
            (Self::Real(_), Self::Whole(_)) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Point {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Point {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Point {}
