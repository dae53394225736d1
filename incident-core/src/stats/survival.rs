//! Lengths of time of which some are still open.

use super::beta::Beta;
use super::estimate::{Interval, IntervalMethod};
use super::quantile::{between, number};
use super::share::count;

/// How long one thing lasted, or has lasted so far.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Observation {
    /// In whole units, such as microseconds; not negative.
    pub length: i64,
    /// It is not over: its length is at least this.
    pub open: bool,
}

impl Observation {
    /// It ended after this long.
    #[must_use]
    pub fn ended(length: i64) -> Self {
        Self { length, open: false }
    }
    /// It is not over after this long.
    #[must_use]
    pub fn open(length: i64) -> Self {
        Self { length, open: true }
    }
}

/// The Kaplan-Meier curve: the share that lasts longer than a length, some of them being open (right-censored).
///
/// An end comes before an opening at the same length. Source: Kaplan and Meier (1958), JASA 53; the intervals are the
/// beta product confidence procedure of Fay, Brittain and Proschan (2013), Biostatistics 14(4), by the method of
/// moments. With nothing open they equal Clopper-Pearson's and the order statistics', bit for bit. They assume that an
/// open one is no different from the others.
///
/// ```
/// use incident_core::stats::{Observation, Survival};
///
/// let minutes = [3, 5, 8, 13, 21, 34].map(Observation::ended);
/// let survival = Survival::new(minutes.into_iter().chain([Observation::open(55)]));
/// assert_eq!(survival.quantile(0.5), Some(13.0)); // leaving the open one out would say 10.5
/// ```
#[derive(Clone, Debug)]
pub struct Survival {
    n: u64,
    open: u64,
    steps: Vec<Step>,
}

/// What happened at one length.
#[derive(Clone, Copy, Debug)]
struct Step {
    length: i64,
    /// How many ended here.
    ended: u64,
    /// How many last longer.
    left: u64,
    /// The share that lasts longer.
    surviving: f64,
    /// How that share is distributed if this length is exactly the quantile where something ended last.
    above: Beta,
}

impl Survival {
    /// From observations in any order.
    #[must_use]
    pub fn new(observations: impl IntoIterator<Item = Observation>) -> Self {
        let mut all: Vec<_> = observations.into_iter().collect();
        all.sort_unstable();
        let n = all.len() as u64;
        let open = all.iter().filter(|one| one.open).count() as u64;
        let mut steps: Vec<Step> = Vec::new();
        // The share is a fraction of whole numbers as long as nothing was open since `base`.
        let (mut base, mut base_n) = (1.0, n);
        let mut last =
            Step { length: i64::MIN, ended: 0, left: n, surviving: 1.0, above: Beta::new(count(n) + 1.0, 0.0) };
        for same in all.chunk_by(|a, b| a.length == b.length) {
            let ended = same.iter().filter(|one| !one.open).count() as u64;
            let remaining = last.left - ended;
            if ended > 0 {
                last.surviving = base * count(remaining) / count(base_n);
                last.above = last.above.product(Beta::new(count(remaining) + 1.0, count(ended)));
            }
            last.left -= same.len() as u64;
            if last.left < remaining {
                (base, base_n) = (last.surviving, last.left);
            }
            last = Step { length: same.first().map_or(0, |one| one.length), ended, ..last };
            steps.push(last);
        }
        Self { n, open, steps }
    }

    /// How many ended.
    #[must_use]
    pub fn ended(&self) -> u64 {
        self.n - self.open
    }

    /// How many are open.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.open
    }

    /// The share that lasts longer than `length`.
    #[must_use]
    pub fn share_above(&self, length: i64) -> f64 {
        self.step_at(length).map_or(1.0, |step| step.surviving)
    }

    /// The length that the share `p` does not exceed; `None` if so many have not ended, or `p` is not inside 0 to 1.
    ///
    /// Where the curve is flat at exactly `1 - p` it is the middle of that flat, as in R's `survfit`; so the median with
    /// nothing open is the ordinary one.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let surviving = 1.0 - p;
        if !(surviving > 0.0 && surviving < 1.0) {
            return None;
        }
        let ends = || self.steps.iter().filter(|step| step.ended > 0);
        let here = ends().find(|step| step.surviving <= surviving + FLAT)?;
        if here.surviving < surviving - FLAT {
            return Some(number(here.length));
        }
        let next = ends().find(|step| step.length > here.length)?;
        Some(between(here.length, next.length, 0.5))
    }

    /// The interval of the share that lasts longer than `length`, at `level` (such as 0.95).
    #[must_use]
    pub fn share_interval(&self, length: i64, level: f64) -> Interval {
        let tail = (1.0 - level) / 2.0;
        let (above, left) =
            self.step_at(length).map_or((Beta::new(count(self.n) + 1.0, 0.0), self.n), |step| (step.above, step.left));
        let method = if self.open == 0 { IntervalMethod::ClopperPearson } else { IntervalMethod::BetaProduct };
        let lo = Some(below(above, left).quantile(tail));
        Interval { lo, hi: Some(above.quantile(1.0 - tail)), level, attained: None, method }
    }

    /// The interval of the `p`-quantile, at `level` (such as 0.95); an end that does not exist is absent.
    ///
    /// It holds every length whose share interval contains `1 - p`.
    #[must_use]
    pub fn quantile_interval(&self, p: f64, level: f64) -> Interval {
        let (tail, surviving) = ((1.0 - level) / 2.0, 1.0 - p);
        let lo = self.steps.partition_point(|step| below(step.above, step.left).cdf(surviving) <= tail);
        let hi = self.steps.partition_point(|step| step.above.above(surviving) > tail);
        let end = |at: usize| self.steps.get(at).map(|step| number(step.length));
        let (lo, hi) = (if self.bounds_below(p, tail) { end(lo) } else { None }, end(hi));
        let closed = self.open == 0;
        let method = if closed { IntervalMethod::OrderStatistics } else { IntervalMethod::BetaProduct };
        Interval { lo, hi, level, attained: closed.then(|| self.attained(p, tail)), method }
    }

    /// Whether so many values can bound the quantile from below at all: even the smallest may lie above it.
    fn bounds_below(&self, p: f64, tail: f64) -> bool {
        below(Beta::new(count(self.n) + 1.0, 0.0), self.n).cdf(1.0 - p) <= tail
    }

    /// How often the two order statistics hold the quantile, the extremes standing in for ends that do not exist.
    fn attained(&self, p: f64, tail: f64) -> f64 {
        // With nothing open the number of values below the quantile is binomial, and these are its two tails.
        let n = self.n;
        let at_most = |k: u64| Beta::new(count(n - k), count(k) + 1.0).cdf(1.0 - p);
        let at_least = |k: u64| Beta::new(count(n - k) + 1.0, count(k)).above(1.0 - p);
        let low = partition(0, n, |k| at_most(k) <= tail).saturating_sub(1);
        let high = partition(1, n, |k| at_least(k) > tail).max(1);
        if n == 0 { 0.0 } else { (1.0 - at_most(low) - at_least(high.min(n))).max(0.0) }
    }

    fn step_at(&self, length: i64) -> Option<&Step> {
        let after = self.steps.partition_point(|step| step.length <= length);
        after.checked_sub(1).and_then(|at| self.steps.get(at))
    }
}

/// How close two shares are taken for equal: far above rounding, far below one incident.
const FLAT: f64 = 1e-12;

/// The share just before the next one ends, if it ended at once: the cautious side of what is not known.
fn below(above: Beta, left: u64) -> Beta {
    above.product(Beta::new(count(left), 1.0))
}

/// The first of `low..high` for which `holds` is false, `high` if there is none.
fn partition(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests;
