//! Sets of minutes of a horizon, as stretches.

/// Minutes, counted from the start of a horizon: half-open stretches in order, none touching the next.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::escalation) struct Minutes(Vec<(u32, u32)>);

impl Minutes {
    /// One stretch; nothing if it is empty.
    pub(in crate::escalation) fn one(from: u32, until: u32) -> Self {
        Self(if from < until { vec![(from, until)] } else { Vec::new() })
    }

    /// Adds a stretch that begins no earlier than the last one.
    pub(in crate::escalation) fn push(&mut self, from: u32, until: u32) {
        match self.0.last_mut() {
            _ if from >= until => {}
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => self.0.push((from, until)),
        }
    }

    pub(in crate::escalation) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stretches, in order.
    pub(in crate::escalation) fn stretches(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().copied()
    }

    pub(in crate::escalation) fn first(&self) -> Option<u32> {
        self.0.first().map(|(from, _)| *from)
    }

    /// How many minutes.
    pub(in crate::escalation) fn len(&self) -> u32 {
        self.0.iter().map(|(from, until)| until - from).sum()
    }

    /// What is in either.
    pub(in crate::escalation) fn union(&self, other: &Self) -> Self {
        let mut all: Vec<_> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        all.into_iter().collect()
    }

    /// What is in this and not in the other.
    pub(in crate::escalation) fn without(&self, other: &Self) -> Self {
        let mut left = Self::default();
        for (start, until) in self.stretches() {
            let mut from = start;
            for (hole, end) in other.stretches().filter(|(hole, end)| *end > start && *hole < until) {
                left.push(from, hole);
                from = from.max(end);
            }
            left.push(from, until);
        }
        left
    }

    /// Only the stretches of at least so many minutes.
    pub(in crate::escalation) fn at_least(&self, minutes: u32) -> Self {
        Self(self.0.iter().copied().filter(|(from, until)| until - from >= minutes).collect())
    }

    /// How many of the periods that begin at these minutes, each lasting until the next, have a minute in it.
    pub(in crate::escalation) fn periods(&self, starts: &[u32]) -> usize {
        let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
        let periods = starts.iter().copied().zip(ends);
        periods.filter(|(start, end)| self.stretches().any(|(from, until)| from < *end && until > *start)).count()
    }
}

impl FromIterator<(u32, u32)> for Minutes {
    /// From stretches in the order of their starts.
    fn from_iter<I: IntoIterator<Item = (u32, u32)>>(stretches: I) -> Self {
        let mut all = Self::default();
        stretches.into_iter().for_each(|(from, until)| all.push(from, until));
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(minutes: &Minutes) -> std::collections::BTreeSet<u32> {
        minutes.stretches().flat_map(|(from, until)| from..until).collect()
    }

    fn any_minutes() -> impl Strategy<Value = Minutes> {
        proptest::collection::vec((0_u32..60, 0_u32..9), 0..8).prop_map(|mut all| {
            all.sort_unstable();
            all.into_iter().map(|(from, length)| (from, from + length)).collect()
        })
    }

    proptest! {
        #[test]
        fn they_are_sets(a in any_minutes(), b in any_minutes()) {
            let (x, y) = (set(&a), set(&b));
            prop_assert_eq!(set(&a.union(&b)), x.union(&y).copied().collect());
            prop_assert_eq!(set(&a.without(&b)), x.difference(&y).copied().collect());
            prop_assert_eq!(a.len() as usize, x.len());
            prop_assert_eq!(a.first(), x.first().copied());
            let weeks: std::collections::BTreeSet<u32> = x.iter().map(|minute| minute / 7).collect();
            let starts: Vec<u32> = (0..20).map(|week| week * 7).collect();
            prop_assert_eq!(a.periods(&starts), weeks.len());
            prop_assert_eq!(&a.union(&a), &a);
        }
    }

    #[test]
    fn short_stretches_can_be_left_out() {
        let all: Minutes = [(0, 5), (5, 61), (70, 80)].into_iter().collect();
        assert_eq!(all.at_least(60), Minutes::one(0, 61));
    }
}
