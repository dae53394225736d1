//! How much is taken from outside: one place, one set of defaults.

use crate::codes;
use crate::error::{Error, Result};

/// The most that is read; more is a `Limit` error, never a crash.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// Bytes of one document or payload, after decompression.
    pub document_bytes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Bytes of one entry of a record, as JSON.
    pub entry_bytes: usize,
    /// Characters of a title.
    pub title_chars: usize,
    /// Problems reported for one document.
    pub problems: usize,
}

/// What holds where the caller says nothing.
pub const LIMITS: Limits =
    Limits { document_bytes: 256 * 1024 * 1024, depth: 100, entry_bytes: 256 * 1024, title_chars: 200, problems: 100 };

impl Limits {
    /// Whether a document is small enough.
    ///
    /// # Errors
    /// `contract.too_large`
    pub fn document(&self, bytes: usize) -> Result<()> {
        if bytes <= self.document_bytes {
            return Ok(());
        }
        Err(Error::limit(codes::TOO_LARGE, format!("{bytes} bytes are more than {}", self.document_bytes)))
    }
}
