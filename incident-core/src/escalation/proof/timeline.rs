//! An answer of the world over time, as numbers.

use std::collections::BTreeMap;

use crate::time::Timestamp;

/// What is answered from when on: never the same number twice in a row.
#[derive(Debug)]
pub(super) struct Timeline(Vec<(Timestamp, u32)>);

impl Timeline {
    /// From the instants at which the answer may change, in order; it holds from `start` on.
    pub(super) fn new(
        start: Timestamp,
        edges: impl IntoIterator<Item = Timestamp>,
        mut answer: impl FnMut(Timestamp) -> u32,
    ) -> Self {
        let mut all = vec![(start, answer(start))];
        for edge in edges.into_iter().filter(|edge| *edge > start) {
            let now = answer(edge);
            if all.last().is_some_and(|(_, last)| *last != now) {
                all.push((edge, now));
            }
        }
        Self(all)
    }

    /// The answer at an instant, and the first instant with another one. `cursor` remembers where the last answer was:
    /// instants that never go back are answered without a search.
    pub(super) fn at(&self, at: Timestamp, cursor: &mut usize) -> (u32, Timestamp) {
        loop {
            let next = self.0.get(*cursor + 1).map_or(Timestamp::MAX, |(edge, _)| *edge);
            if at < next || next == Timestamp::MAX {
                let answer = self.0.get(*cursor).map_or(0, |(_, answer)| *answer);
                return (answer, next);
            }
            *cursor += 1;
        }
    }

    /// The answer at an instant.
    pub(super) fn get(&self, at: Timestamp) -> u32 {
        let place = self.0.partition_point(|(edge, _)| *edge <= at).saturating_sub(1);
        self.0.get(place).map_or(0, |(_, answer)| *answer)
    }

    /// Every stretch up to an end, with its answer.
    pub(super) fn stretches(&self, end: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp, u32)> {
        let ends = self.0.iter().skip(1).map(|(edge, _)| *edge).chain([end]);
        let stretches = self.0.iter().zip(ends).map(move |((from, answer), until)| (*from, until.min(end), *answer));
        stretches.take_while(move |(from, ..)| *from < end)
    }
}

/// Values by number: equal numbers where the values are equal.
#[derive(Debug)]
pub(super) struct Numbers<T>(BTreeMap<T, u32>, Vec<T>);

impl<T: Clone + Ord> Numbers<T> {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new(), Vec::new())
    }

    pub(super) fn of(&mut self, value: &T) -> u32 {
        if let Some(number) = self.0.get(value) {
            return *number;
        }
        let number = u32::try_from(self.1.len()).unwrap_or(u32::MAX);
        self.0.insert(value.clone(), number);
        self.1.push(value.clone());
        number
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.1.get(number as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Elapsed;

    #[test]
    fn it_answers_like_a_search() {
        let minute = |minute: i64| Timestamp::from_micros(0).unwrap().plus(Elapsed::minutes(minute));
        let answer = |at: Timestamp| u32::try_from(at.as_micros() / 600_000_000 % 3 / 2).unwrap();
        let line = Timeline::new(minute(0), (0..20).map(|tens| minute(tens * 10)), answer);
        let mut cursor = 0;
        for at in (0..200).map(minute) {
            let (now, until) = line.at(at, &mut cursor);
            assert_eq!((now, now), (answer(at), line.get(at)));
            assert!(until > at && (until == Timestamp::MAX || answer(until) != now), "{at} {until}");
        }
        let stretches: Vec<_> = line.stretches(minute(35)).collect();
        assert_eq!(stretches, [(minute(0), minute(20), 0), (minute(20), minute(30), 1), (minute(30), minute(35), 0)]);
    }
}
