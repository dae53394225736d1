//! The model answers the public questions, minute by minute.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::calendar::Instant;
use super::schedule::{OnCall, Schedule};
use super::vectors::{Answers, Served, merged};

/// The minutes of a span; the last may be cut short.
fn minutes(from: Instant, until: Instant) -> impl Iterator<Item = (Instant, Instant)> {
    let step = TimeDelta::minutes(1);
    std::iter::successors(Some(from), move |at| Some(*at + step))
        .take_while(move |at| *at < until)
        .map(move |at| (at, until.min(at + step)))
}

/// The spans in which something holds, minute by minute.
pub fn spans(from: Instant, until: Instant, holds: impl Fn(Instant) -> bool) -> Vec<(Instant, Instant)> {
    let nameless = |(from, until)| Served { from, until, person: String::new() };
    let minutes = minutes(from, until).filter(|(at, _)| holds(*at)).map(nameless);
    merged(minutes).into_iter().map(|one| (one.from, one.until)).collect()
}

impl Schedule {
    fn when(&self, from: Instant, until: Instant, holds: impl Fn(OnCall) -> bool) -> Vec<(Instant, Instant)> {
        spans(from, until, |at| holds(self.on_call(at)))
    }
}

impl Answers for Schedule {
    fn on_call(&self, at: Instant) -> BTreeSet<String> {
        self.on_call(at).people.into_iter().collect()
    }

    fn handoffs(&self, from: Instant, until: Instant) -> Vec<Instant> {
        self.handoffs(from, until)
    }

    fn shifts(&self, from: Instant, until: Instant) -> Vec<Served> {
        merged(minutes(from, until).flat_map(|(at, end)| {
            let people = self.on_call(at).people.into_iter();
            people.map(move |person| Served { from: at, until: end, person })
        }))
    }

    fn gaps(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)> {
        self.when(from, until, |answer| answer.gap)
    }

    fn empty_shifts(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)> {
        self.when(from, until, |answer| answer.empty)
    }
}
