//! Backtest: a policy against past incidents, run by the engine itself.
//!
//! What the record says stands (severity, areas, help asked for, progress, the end); that somebody acknowledges is
//! assumed, and every answer says how. An incident is followed until it was resolved, for 30 days at most.
//!
//! - `past` what a policy has to know of an incident, `intake` where it comes from; `assumption` who acknowledges.
//! - `play` runs one, `night` knows who sleeps, `totals` adds up; `answer` is what is told, `say` in words.
//! - `compare` lays two side by side, largest differences first; `change` is what that tells.

mod answer;
mod assumption;
mod change;
mod compare;
mod intake;
mod night;
mod past;
mod play;
mod run;
mod say;
mod totals;

pub use answer::{Backtest, BacktestIncident, BacktestPage, BacktestPerson, BacktestTimes};
pub use assumption::AcknowledgementAssumption;
pub use change::{BacktestDifference, BacktestIncidentChange, BacktestPersonChange, BacktestedPolicy};
pub use past::{PastHelp, PastIncident, PastIncidents, PastSeverity};

#[cfg(test)]
mod tests;
