//! What another policy changes, for every minute of a horizon.
//!
//! Both are played as a proof plays them: nobody responds, nothing more is told. A minute of one and the same minute of the
//! other are laid side by side wherever something may change in either, so nothing is missed; what is different is told
//! with a declaration that shows it.
//!
//! - `run` is the question, `answer` what is told, `say` in words.
//! - `sides` plays both, `pages` says which page becomes which.

mod answer;
mod pages;
mod run;
mod say;
mod sides;

pub use answer::{PageChange, PageChangeKind, PolicyChange, PolicyChangeStart, PolicyDifference};

#[cfg(test)]
mod tests;
