//! What callers do: each verb validates, appends and returns the entries it appended. One file a theme.

mod amend;
mod begin;
mod communication;
mod impact;
mod learning;
mod lifecycle;
mod people;
mod relation;
mod severity;
mod task;
