//! Escalation: whom to page now, when to look again, and what a policy promises.
//!
//! An [`EscalationPolicy`] is data: three tracks for each severity, steps in each, targets in a closed grammar, and
//! `otherwise` for when nobody is found.
//!
//! - `backtest/` a policy against past incidents; `difference/` against another policy.
//! - `document/` what people write; `admit` what cannot be run; `policy` the noun; `plan` what the engine runs.

mod action;
mod admit;
mod backtest;
mod check;
mod difference;
mod document;
mod engine;
mod fleet;
mod input;
mod minute;
mod plan;
mod policy;
mod presets;
mod proof;
mod record;
mod surroundings;
mod window;
mod world;

pub use action::{EscalationAction, EscalationNote, EscalationTrack, Finished, Logged, NobodyNew, Page, PolicyStarted};
pub use backtest::{
    AcknowledgementAssumption, Backtest, BacktestDifference, BacktestIncident, BacktestIncidentChange, BacktestPage,
    BacktestPerson, BacktestPersonChange, BacktestTimes, BacktestedPolicy, PastHelp, PastIncident, PastIncidents,
    PastSeverity,
};
pub(crate) use check::allow;
pub use difference::{PageChange, PageChangeKind, PolicyChange, PolicyChangeStart, PolicyDifference};
pub use document::{
    Allowance, EscalationPolicyDocument, EscalationRules, EscalationStep, HelpWanted, HoursLimit, LoadRequirement,
    OnEmpty, Otherwise, PageAgain, PageTarget, PagedWithin, ProofRequirements, SeverityMove, SeverityTracks, StepWhen,
    TrackEnd,
};
pub use engine::{Escalation, EscalationBasis, EscalationStatus};
pub use fleet::{Fleet, FleetDue};
pub use input::EscalationInput;
pub use policy::EscalationPolicy;
pub use presets::EscalationPreset;
pub use proof::{
    Counterexample, OnCallLoad, Proof, ProofAssumptions, ProofClaim, ProofClaimKind, ProofHorizon, StepOutcome,
    TraceLine,
};
pub use world::{World, WorldDocument};

#[cfg(test)]
mod tests;
