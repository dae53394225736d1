//! What every numeric answer is.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// A number with what it rests on: how many values, how many of them open, missing or invalid, and how sure it is.
///
/// A number that cannot be told is absent, and `no_value` or `no_interval` says why. Numbers are finite.
///
/// ```
/// use incident_core::stats::share;
///
/// let within_target = share(18, 24);
/// assert_eq!(within_target.value, Some(0.75));
/// assert_eq!(within_target.why, "18 of 24: 75 % (95 % interval 53.3 to 90.2 %)");
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The number; absent if it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Why there is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_value: Option<NoNumber>,
    /// What the number and its interval count.
    pub unit: EstimateUnit,
    /// How many values it rests on, open ones not counted.
    pub n: u64,
    /// How many are not over yet; they count as longer than they have lasted so far.
    pub open: u64,
    /// How many have no value.
    pub missing: u64,
    /// Which have an impossible or unreadable value; they are left out.
    pub invalid: InvalidValues,
    /// How sure it is; absent if that cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Why there is no interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_interval: Option<NoNumber>,
    /// What randomness began with, where it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// What to know before quoting it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// All of it in one sentence.
    pub why: String,
}

/// Values that are left out because they cannot be.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvalidValues {
    /// How many.
    pub count: u64,
    /// Whose they are, in order; the first 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EstimateUnit {
    /// Minutes of elapsed time.
    Minutes,
    /// A share, 0 to 1.
    Share,
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NoNumber {
    /// There are no values.
    NoData,
    /// Too many are still open: as many as that have not ended yet.
    NotReached,
}

/// Where the true number lies, at a stated level of confidence.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The lower end; absent if unbounded: so few values cannot bound it from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lo: Option<f64>,
    /// The upper end; absent if unbounded: so few, or so many open, values cannot bound it from above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hi: Option<f64>,
    /// How often such intervals hold the true number, at least.
    pub level: f64,
    /// How often exactly, where it can be told; the smallest and the largest value stand in for an unbounded end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attained: Option<f64>,
    /// How it was made.
    pub method: IntervalMethod,
}

impl Interval {
    /// The same interval in another unit.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { lo: self.lo.map(&f), hi: self.hi.map(&f), ..self }
    }
}

/// How an interval was made.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum IntervalMethod {
    /// Two of the values themselves, by the binomial distribution; holds for any distribution.
    OrderStatistics,
    /// Clopper and Pearson's, for a share.
    ClopperPearson,
    /// The beta product confidence procedure, for values some of which are open; equal to the other two where none is.
    BetaProduct,
}
