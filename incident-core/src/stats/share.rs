//! A share of a whole.

use super::beta::Beta;
use super::estimate::{Estimate, EstimateUnit, Interval, IntervalMethod, InvalidValues, NoNumber};

/// The share `hits / n` with its 95 % interval; more hits than `n` count as `n`.
///
/// Source: Clopper and Pearson (1934), Biometrika 26; never covers less than its level.
///
/// ```
/// use incident_core::stats::share;
///
/// let none_yet = share(0, 20).interval.unwrap();
/// assert_eq!((none_yet.lo, none_yet.hi.map(|hi| hi < 0.17)), (Some(0.0), Some(true)));
/// ```
#[must_use]
pub fn share(hits: u64, n: u64) -> Estimate {
    let hits = hits.min(n);
    let none = (n == 0).then_some(NoNumber::NoData);
    let value = none.is_none().then(|| count(hits) / count(n));
    let interval = none.is_none().then(|| {
        let (lo, hi) = clopper_pearson(hits, n, LEVEL);
        Interval { lo: Some(lo), hi: Some(hi), level: LEVEL, attained: None, method: IntervalMethod::ClopperPearson }
    });
    let why = match (value, interval) {
        (Some(value), Some(Interval { lo: Some(lo), hi: Some(hi), .. })) => {
            let (value, lo, hi) = (percent(value), percent(lo), percent(hi));
            format!("{hits} of {n}: {value} % (95 % interval {lo} to {hi} %)")
        }
        _ => "cannot tell: there is nothing to take a share of".to_owned(),
    };
    Estimate {
        value,
        no_value: none,
        unit: EstimateUnit::Share,
        n,
        open: 0,
        missing: 0,
        invalid: InvalidValues::default(),
        interval,
        no_interval: none,
        seed: None,
        findings: Vec::new(),
        why,
    }
}

/// The level of every interval unless the caller names another.
pub(crate) const LEVEL: f64 = 0.95;

/// The interval of a share at `level`.
pub(super) fn clopper_pearson(hits: u64, n: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let (hits, misses) = (count(hits), count(n - hits));
    (Beta::new(hits, misses + 1.0).quantile(tail), Beta::new(hits + 1.0, misses).quantile(1.0 - tail))
}

/// A count as a number; counts stay below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
pub(super) fn count(n: u64) -> f64 {
    n as f64
}

/// One decimal, none where it is 0.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_statsmodels() {
        // proportion_confint(18, 24, method="beta")
        let (lo, hi) = clopper_pearson(18, 24, 0.95);
        assert!((lo - 0.5328871975773307).abs() < 1e-12 && (hi - 0.902269590525467).abs() < 1e-12, "{lo} {hi}");
    }

    #[test]
    fn the_ends_of_the_scale_are_exact() {
        assert_eq!(clopper_pearson(0, 9, 0.95).0, 0.0);
        assert_eq!(clopper_pearson(9, 9, 0.95).1, 1.0);
        let (_, hi) = clopper_pearson(0, 10, 0.95);
        assert!((hi - (1.0 - libm::pow(0.025, 0.1))).abs() < 1e-14, "{hi}");
        assert_eq!(share(0, 0).no_value, Some(NoNumber::NoData));
        assert_eq!(share(5, 3).value, Some(1.0));
    }
}
