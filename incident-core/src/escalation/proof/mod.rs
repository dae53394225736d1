//! Proof: whether a policy keeps what it requires, for every minute of a horizon.
//!
//! Declarations are played by the engine itself, once for each class of minutes that cannot differ; `docs/proof.md` has the
//! theorem, what it assumes and what it does not say.
//!
//! - `verify` decides the requirements, `load` the one about sleep; `answer` is what they say, `say` and `trace` in words.
//! - `scene` is where plays take place, `almanac` what its schedules answer, `play` one play, `told` what it tells.
//! - `starts` are where the turns of teams may begin, `places` where steps stand.
//! - `sweep` finds the classes of minutes, whatever is played in them.

mod almanac;
mod answer;
mod clocks;
pub(super) mod horizon;
mod load;
pub(super) mod minutes;
mod openings;
pub(super) mod places;
pub(super) mod play;
pub(super) mod reasons;
mod say;
pub(super) mod scene;
pub(super) mod starts;
pub(super) mod sweep;
mod timeline;
pub(super) mod told;
pub(super) mod trace;
mod verify;
pub(super) mod words;

pub use answer::{
    Counterexample, OnCallLoad, Proof, ProofAssumptions, ProofClaim, ProofClaimKind, ProofHorizon, StepOutcome,
    TraceLine,
};

#[cfg(test)]
pub(super) mod brute;
#[cfg(test)]
pub(super) mod random;
#[cfg(test)]
pub(super) mod tests;
