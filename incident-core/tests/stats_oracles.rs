//! Our numbers against other libraries' on the same data; says so and passes where the oracles are absent.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use incident_core::stats::{Observation, Survival, quantile, share};
use serde_json::Value;

struct Oracles(Value);

impl Oracles {
    fn read() -> Option<Self> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/oracles/stats-oracles.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: no oracles at {path}");
            return None;
        };
        Some(Self(serde_json::from_str(&text).unwrap()))
    }

    fn sample(&self, name: &str) -> Vec<i64> {
        self.0["data"][name].as_array().unwrap().iter().map(|one| one.as_i64().unwrap()).collect()
    }

    fn survival(&self, arm: &str) -> Survival {
        let ended = self.sample(&format!("obs_{arm}"));
        let pairs = self.sample(arm).into_iter().zip(ended);
        Survival::new(pairs.map(|(length, ended)| Observation { length, open: ended == 0 }))
    }

    /// Compares with an entry, number by number; a limit that does not exist is `nan` there and absent here.
    #[track_caller]
    fn check(&self, id: &str, found: &[Option<f64>]) {
        let entry = self.0["oracles"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap();
        let expected = entry["value"].as_array().cloned().unwrap_or_else(|| vec![entry["value"].clone()]);
        let tolerance = entry["rel_tol"].as_f64().unwrap().max(1e-12);
        assert_eq!(found.len(), expected.len(), "{id}");
        for (found, expected) in found.iter().zip(&expected) {
            match (found, expected.as_f64()) {
                (None, None) => {}
                (Some(a), Some(b)) => assert!((a - b).abs() <= tolerance * b.abs(), "{id}: {a}, expected {b}"),
                _ => panic!("{id}: {found:?}, expected {expected}"),
            }
        }
    }
}

#[test]
fn medians() {
    let Some(oracles) = Oracles::read() else { return };
    for arm in ["before", "after"] {
        oracles.check(&format!("median_{arm}"), &[quantile(&mut oracles.sample(arm), 0.5)]);
    }
}

#[test]
fn intervals_of_quantiles() {
    let Some(oracles) = Oracles::read() else { return };
    let interval = |sample: Vec<i64>, p| {
        let found = Survival::new(sample.into_iter().map(Observation::ended)).quantile_interval(p, 0.95);
        [found.lo, found.hi]
    };
    oracles.check("p90_ci_exact_before", &interval(oracles.sample("before"), 0.9));
    oracles.check("median_ci_exact_n5", &interval(vec![3, 5, 7, 7, 9], 0.5));
    let first = (1..).find(|n| interval((1..=*n).collect(), 0.9).iter().all(Option::is_some));
    oracles.check("min_n_for_95pct_p90_ci_two_sided", &[first.map(|n| f64::from(i32::try_from(n).unwrap()))]);
}

#[test]
fn kaplan_meier() {
    let Some(oracles) = Oracles::read() else { return };
    let tied = [(5, false), (5, true), (5, false), (8, false)].map(|(length, open)| Observation { length, open });
    let tied = Survival::new(tied);
    oracles.check("km_tie_event_censor", &[5, 8].map(|at| Some(tied.share_above(at))));
    oracles.check("km_all_censored_median", &[Survival::new([10, 20, 30].map(Observation::open)).quantile(0.5)]);
    // Where the curve is flat at the share asked for, ours is the middle; lifelines names its beginning, statsmodels
    // its end. Just before and just past the flat all agree.
    let survival = oracles.survival("before");
    assert_eq!(survival.quantile(0.5), Some(32.0));
    oracles.check("km_median_before", &[survival.quantile(0.5 - 1e-9)]);
    oracles.check("km_q25_q75", &[survival.quantile(0.25), survival.quantile(0.75 + 1e-9)]);
}

#[test]
fn clopper_pearson() {
    let Some(oracles) = Oracles::read() else { return };
    let interval = share(18, 24).interval.unwrap();
    oracles.check("clopper_pearson_18_of_24", &[interval.lo, interval.hi]);
}
