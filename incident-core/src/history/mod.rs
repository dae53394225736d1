//! Past incidents as columns: read from CSV and JSON Lines through a [`ColumnMap`], summed up by [`Metric`]s.
//!
//! A [`History`] is what was known at one instant, `as_of`. Reading never loses a file to a bad row, nor a row to a bad
//! cell: each is a [`Finding`](crate::Finding) with its line, and [`Summary`] counts every row once.

mod column;
mod column_map;
mod csv;
mod document;
mod findings;
mod instant;
mod intake;
mod json_lines;
mod metric;
mod plan;
mod proposal;
mod read;
mod report;
mod row;
mod summary;
mod table;
mod unpack;
mod words;

pub use column_map::ColumnMap;
pub use metric::Metric;
pub use proposal::{ColumnProposal, ColumnSample};
pub use row::HistoryRow;
pub use summary::Summary;
pub use table::History;

#[cfg(test)]
mod tests;
