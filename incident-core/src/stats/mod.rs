//! Numbers that say how sure they are: numeric kernels over slices, and the [`Estimate`] every answer is.
//!
//! Nothing here knows what an incident is. Lengths of time are whole numbers of one unit, some of them *open* (not
//! over when last looked at): [`Survival`] is their Kaplan-Meier curve with intervals that hold for any number of
//! them, [`quantile`] the ordinary quantile, [`share`] a share with its Clopper-Pearson interval.

mod beta;
mod estimate;
mod quantile;
mod share;
mod survival;
#[cfg(test)]
mod testdata;

pub use estimate::{Estimate, EstimateUnit, Interval, IntervalMethod, InvalidValues, NoNumber};
pub use quantile::quantile;
pub(crate) use share::LEVEL;
pub use share::share;
pub use survival::{Observation, Survival};
