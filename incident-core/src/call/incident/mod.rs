//! The record's operations, a file a theme.

pub(super) mod begin;
pub(super) mod learning;
pub(super) mod lifecycle;
pub(super) mod people;
pub(super) mod record;
