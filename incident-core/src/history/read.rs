//! A history from the bytes of a file.

use crate::codes;
use crate::error::Result;
use crate::finding::{Finding, Level};
use crate::time::Timestamp;

use super::column_map::ColumnMap;
use super::table::History;
use super::unpack::unpack;
use super::{csv, json_lines};

impl History {
    /// Reads a CSV file with a header line, also zipped by gzip.
    ///
    /// # Errors
    /// `history.column_map`, `history.no_column` (all of them at once), `history.no_zone` (no time says in which zone it
    /// is), `history.empty_file`, `history.binary_file`, `contract.too_large`. A bad row is never an error.
    pub fn from_csv(bytes: &[u8], map: &ColumnMap, as_of: Timestamp) -> Result<Self> {
        Self::from_csv_with(bytes, map, as_of, |_, _| {})
    }

    /// The same; `progress` hears from time to time how many bytes are read, of how many (unzipped).
    ///
    /// # Errors
    /// As [`History::from_csv`].
    pub fn from_csv_with(
        bytes: &[u8],
        map: &ColumnMap,
        as_of: Timestamp,
        progress: impl FnMut(usize, usize),
    ) -> Result<Self> {
        Self::read_with(bytes, progress, |bytes, progress| csv::read(bytes, map, as_of, progress))
    }

    /// Reads a JSON Lines file, one object a line, also zipped by gzip.
    ///
    /// # Errors
    /// `history.column_map`, `history.no_zone`, `history.empty_file`, `history.binary_file`, `history.not_json_lines` (it is
    /// one list), `contract.too_large`. A bad line is never an error.
    pub fn from_jsonl(bytes: &[u8], map: &ColumnMap, as_of: Timestamp) -> Result<Self> {
        Self::from_jsonl_with(bytes, map, as_of, |_, _| {})
    }

    /// The same; `progress` hears from time to time how many bytes are read, of how many (unzipped).
    ///
    /// # Errors
    /// As [`History::from_jsonl`].
    pub fn from_jsonl_with(
        bytes: &[u8],
        map: &ColumnMap,
        as_of: Timestamp,
        progress: impl FnMut(usize, usize),
    ) -> Result<Self> {
        Self::read_with(bytes, progress, |bytes, progress| json_lines::read(bytes, map, as_of, progress))
    }

    fn read_with(
        bytes: &[u8],
        mut progress: impl FnMut(usize, usize),
        read: impl FnOnce(&[u8], &mut dyn FnMut(usize)) -> Result<Self>,
    ) -> Result<Self> {
        let (unpacked, cut) = unpack(bytes)?;
        let total = unpacked.len();
        let mut history = read(&unpacked, &mut |done| progress(done, total))?;
        progress(total, total);
        if cut {
            let message = "the zipped file ends too early, or is damaged; what came before is read";
            history.findings.push(Finding::new(Level::Error, codes::CUT_FILE, "", message).help("fetch it again"));
        }
        Ok(history)
    }
}
