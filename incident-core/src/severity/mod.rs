//! Severity: how bad it is, why, what it owes, and what one would have to ask to be sure.
//!
//! A [`SeverityScheme`] is data: an order, rules over the facts of a vocabulary, and what each severity owes. It
//! classifies facts, all of which need not be known; says exactly what the unknown ones could change; and checks itself:
//! a scheme without a finding gives every situation a severity, uses every rule, and never answers a worse situation with
//! a milder severity. Severities are opaque names in the order of their scheme, worst first, and never numbers.

mod check;
mod classification;
mod classify;
mod difference;
mod document;
mod matrix;
mod monotone;
mod outcomes;
mod presets;
mod questions;
mod reclassify;
mod response;
mod scheme;
mod unknown;
mod why;

pub use classification::{
    Classification, ClassificationBasis, DecidingRule, FactQuestion, SeverityBounds, SeverityRaise,
};
pub use difference::{ResponseChange, ResponseChangeKind, ResponseDifference};
pub use document::{SeverityDefinition, SeveritySchemeDocument};
pub use matrix::SeverityMatrix;
pub use presets::SeverityPreset;
pub use reclassify::Reclassification;
pub use response::{Cadence, Response};
pub use scheme::SeverityScheme;
pub use unknown::UnknownPolicy;

#[cfg(test)]
mod tests;
