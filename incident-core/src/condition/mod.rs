//! Conditions: the one rule language of severity rules, routes, steps, templates and cadence.
//!
//! A [`Vocabulary`] says which facts exist and what values each may take; [`Facts`] say what is known of one situation;
//! a [`Condition`] is data over names. Bound to a vocabulary it becomes a [`BoundCondition`], which evaluates in three
//! values ([`Truth`]) and explains itself in English. What an unknown fact *could* change is never read off three-valued
//! logic (it calls "A or not A" unknown): it is found in a [`space::Space`], whose cells are the classes of
//! situations that the conditions at hand can tell apart.

mod bind;
mod bits;
mod bound;
mod classes;
mod fact;
mod facts;
mod language;
mod literal;
mod node;
mod read;
mod short;
pub(crate) mod space;
mod value;
mod vocabulary;
mod words;
mod write;

pub use bound::{BoundCondition, Truth, Verdict};
pub use fact::{Fact, FactKind, Worse};
pub use facts::{FactValue, Facts};
pub use language::{Condition, Operator, Test, Within};
pub use literal::Literal;
pub use vocabulary::Vocabulary;

pub(crate) use node::Node;
pub(crate) use vocabulary::refuse;
pub(crate) use words::{capital, join};

#[cfg(test)]
mod tests;
