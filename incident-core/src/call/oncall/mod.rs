//! The schedule's operations, a file a theme.

pub(super) mod reports;
pub(super) mod schedule;
