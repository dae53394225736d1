//! Escalation: whom to page now, when to look again, and what a policy promises.
//!
//! An [`EscalationPolicy`] is data: three tracks for each severity, steps in each, targets in a closed grammar, and
//! `otherwise` for when nobody is found.
//!
//! - `document/` what people write; `admit` what cannot be run; `policy` the noun; `plan` what the engine runs.

mod admit;
mod document;
#[allow(dead_code, reason = "the engine follows")]
mod minute;
#[allow(dead_code, reason = "the engine follows")]
mod plan;
mod policy;

pub use document::{
    Allowance, EscalationPolicyDocument, EscalationRules, EscalationStep, HelpWanted, HoursLimit, LoadRequirement,
    OnEmpty, Otherwise, PageAgain, PageTarget, PagedWithin, ProofRequirements, SeverityMove, SeverityTracks, StepWhen,
    TrackEnd,
};
pub use policy::EscalationPolicy;

#[cfg(test)]
mod tests;
