use super::super::share::clopper_pearson;
use super::super::testdata::BEFORE;
use super::*;
use crate::stats::quantile;
use proptest::prelude::*;

fn ended(lengths: &[i64]) -> Survival {
    Survival::new(lengths.iter().copied().map(Observation::ended))
}

fn before() -> Survival {
    Survival::new(BEFORE.map(|(length, open)| Observation { length, open }))
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found}, expected {expected}");
}

#[test]
fn the_curve_agrees_with_lifelines_and_statsmodels() {
    let survival = before();
    // KaplanMeierFitter().fit(before, obs): survival_function_at_times(60), and after the first open one
    close(survival.share_above(60), 8.0 / 24.0);
    close(survival.share_above(239), 5.0 / 24.0);
    close(survival.share_above(420), 5.0 / 24.0 * 2.0 / 4.0);
    // lifelines says 30 (first S <= 0.5), statsmodels 34 (S < 0.5): the flat between them has its middle at 32.
    assert_eq!(survival.quantile(0.5), Some(32.0));
    assert_eq!((survival.quantile(0.25), survival.quantile(0.75)), (Some(12.0), Some(105.0)));
    // An end comes before an opening at the same length.
    let tied =
        Survival::new([Observation::ended(5), Observation::open(5), Observation::ended(5), Observation::ended(8)]);
    assert_eq!((tied.share_above(5), tied.share_above(8)), (0.5, 0.0));
}

#[test]
fn what_has_not_ended_is_not_reached() {
    let all_open = Survival::new([10, 20, 30].map(Observation::open));
    assert_eq!((all_open.quantile(0.5), all_open.quantile_interval(0.5, 0.95).hi), (None, None));
    // The curve is flat at one half, and nobody knows how far.
    assert_eq!(Survival::new([Observation::ended(10), Observation::open(20)]).quantile(0.5), None);
    assert_eq!(ended(&[10, 20]).quantile(0.5), Some(15.0));
    assert_eq!((ended(&[]).quantile(0.5), ended(&[7]).quantile(1.0), ended(&[7]).quantile(0.0)), (None, None, None));
}

#[test]
fn intervals_of_quantiles_agree_with_scipy() {
    // scipy.stats.quantile_test(before, p=.5 and .9).confidence_interval(.95), all 24 as ended
    let all = ended(&BEFORE.map(|(length, _)| length));
    let median = all.quantile_interval(0.5, 0.95);
    assert_eq!((median.lo, median.hi), (Some(12.0), Some(90.0)));
    let p90 = all.quantile_interval(0.9, 0.95);
    assert_eq!((p90.lo, p90.hi), (Some(90.0), None));
}

/// n, p, and whether each end exists, with the attained level (B1 and the oracle `min_n_for_95pct_p90_ci_two_sided`).
#[test]
fn ends_exist_only_where_the_sample_is_large_enough() {
    let check = |n: i64, p: f64, ends: (bool, bool), attained: f64| {
        let found = ended(&(1..=n).collect::<Vec<_>>()).quantile_interval(p, 0.95);
        assert_eq!((found.lo.is_some(), found.hi.is_some()), ends, "n = {n}, p = {p}");
        close(found.attained.unwrap(), attained);
    };
    check(5, 0.5, (false, false), 0.9375);
    check(4, 0.5, (false, false), 0.875);
    check(3, 0.5, (false, false), 0.75);
    check(2, 0.5, (false, false), 0.5);
    check(6, 0.5, (true, true), 0.96875);
    check(8, 0.5, (true, true), 0.9921875);
    check(35, 0.9, (true, false), 1.0 - 0.01999023362716352 - 0.02503155504993243);
    check(36, 0.9, (true, true), 1.0 - 0.023509495252408676 - 0.022528399544939185);
    let nothing = ended(&[]).quantile_interval(0.5, 0.95);
    assert_eq!((nothing.lo, nothing.hi), (None, None));
}

/// The ranks of the two order statistics, by summing the binomial distribution in whole numbers.
fn ranks(n: u64, level: f64) -> (Option<u64>, Option<u64>) {
    let (mut total, mut term, mut low) = (0.0, 1.0, None);
    let all = (0..n).fold(1.0, |all: f64, _| all * 2.0);
    for k in 0..n {
        total += term;
        if total / all > (1.0 - level) / 2.0 {
            break;
        }
        low = Some(k + 1);
        term = term * count(n - k) / count(k + 1);
    }
    (low, low.map(|low| n + 1 - low))
}

proptest! {
    #[test]
    fn with_nothing_open_the_median_is_the_order_statistics(
        lengths in proptest::collection::vec(0_i64..400, 0..60), level in prop_oneof![Just(0.95), Just(0.9), Just(0.99)],
    ) {
        let survival = ended(&lengths);
        let found = survival.quantile_interval(0.5, level);
        let mut sorted = lengths.clone();
        sorted.sort_unstable();
        let value = |rank: Option<u64>| rank.map(|rank| number(sorted[usize::try_from(rank).unwrap() - 1]));
        let (low, high) = ranks(sorted.len() as u64, level);
        prop_assert_eq!((found.lo, found.hi), (value(low), value(high)));
        prop_assert_eq!(survival.quantile(0.5), quantile(&mut sorted, 0.5));
    }

    #[test]
    fn with_nothing_open_shares_are_clopper_and_pearsons(lengths in proptest::collection::vec(0_i64..40, 1..60), at in 0_i64..40) {
        let longer = lengths.iter().filter(|length| **length > at).count() as u64;
        let found = ended(&lengths).share_interval(at, 0.95);
        let (lo, hi) = clopper_pearson(longer, lengths.len() as u64, 0.95);
        prop_assert_eq!((found.lo, found.hi), (Some(lo), Some(hi)));
    }

    /// The two ends are found by bisection; this walks instead.
    #[test]
    fn an_interval_is_the_set_of_lengths_whose_share_interval_holds_the_share(
        sample in proptest::collection::vec((0_i64..200, any::<bool>()), 0..60), p in 0.05..0.95_f64,
    ) {
        let survival = Survival::new(sample.iter().map(|&(length, open)| Observation { length, open }));
        let found = survival.quantile_interval(p, 0.95);
        let held: Vec<_> = survival.steps.iter().filter(|step| {
            let share = survival.share_interval(step.length, 0.95);
            share.lo.unwrap() < 1.0 - p && 1.0 - p < share.hi.unwrap()
        }).map(|step| number(step.length)).collect();
        if let (Some(first), Some(lo)) = (held.first(), found.lo) {
            prop_assert_eq!(*first, lo);
        }
        for length in held {
            prop_assert!(found.hi.is_none_or(|hi| length < hi));
        }
    }

    #[test]
    fn the_order_of_observations_does_not_matter(
        sample in proptest::collection::vec((0_i64..200, any::<bool>()), 0..40).prop_shuffle(),
    ) {
        let survival = |sample: &[(i64, bool)]| {
            let survival = Survival::new(sample.iter().map(|&(length, open)| Observation { length, open }));
            (survival.quantile(0.5), survival.quantile_interval(0.5, 0.95), survival.share_above(50))
        };
        let mut sorted = sample.clone();
        sorted.sort_unstable();
        prop_assert_eq!(survival(&sample), survival(&sorted));
    }

    #[test]
    fn leaving_out_the_open_ones_never_lengthens_the_median(sample in proptest::collection::vec((0_i64..200, any::<bool>()), 0..40)) {
        let median = |sample: &[(i64, bool)]| {
            Survival::new(sample.iter().map(|&(length, open)| Observation { length, open })).quantile(0.5)
        };
        let closed: Vec<_> = sample.iter().copied().filter(|(_, open)| !open).collect();
        prop_assert!(closed.is_empty() || median(&sample).unwrap_or(f64::INFINITY) >= median(&closed).unwrap());
    }
}

/// How often the interval of the median holds the true one: lengths are `exp(sigma z)`, a share of them cut short at a
/// uniform instant, as incidents are that opened before the last look (criterion: 94.5 % to 99.7 %, here -1.5 points
/// for the size of the simulation).
#[test]
#[expect(clippy::cast_possible_truncation, reason = "bounded in the line above")]
fn the_interval_of_the_median_covers_as_often_as_it_says() {
    let mut random = Random(20_261_124);
    for (n, sigma, open) in [(8, 1.0, 0.2), (20, 2.0, 0.2), (50, 1.0, 0.05), (50, 3.0, 0.2)] {
        let runs = 400;
        let mut held = 0;
        for _ in 0..runs {
            let sample: Vec<_> = (0..n)
                .map(|_| {
                    let length = libm::exp(sigma * random.normal()) * 1e6;
                    let cut = if random.unit() < 2.0 * open { random.unit() * 2e6 } else { f64::INFINITY };
                    Observation { length: length.min(cut).min(1e15) as i64, open: cut < length }
                })
                .collect();
            let interval = Survival::new(sample).quantile_interval(0.5, 0.95);
            held += i32::from(interval.lo.is_none_or(|lo| lo <= 1e6) && interval.hi.is_none_or(|hi| 1e6 <= hi));
        }
        let covered = f64::from(held) / f64::from(runs);
        assert!(covered >= 0.93, "n = {n}, sigma = {sigma}: {covered}");
    }
}

/// `SplitMix64`, so that the simulation is the same everywhere.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        count((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        libm::sqrt(-2.0 * libm::log(1.0 - self.unit())) * libm::cos(std::f64::consts::TAU * self.unit())
    }
}
