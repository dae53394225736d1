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
    /// Bytes of a calendar.
    pub calendar_bytes: usize,
    /// Events of a calendar.
    pub calendar_events: usize,
    /// Occurrences of one event of a calendar within what is asked.
    pub occurrences_per_event: usize,
    /// Occurrences of all events of a calendar within what is asked.
    pub calendar_occurrences: usize,
    /// Bytes of text in all occurrences of a calendar: each carries the text of its event.
    pub calendar_text_bytes: usize,
    /// Steps to expand the recurrence of one event: periods looked at, times the times of day in each.
    pub recurrence_steps: usize,
    /// Steps to expand the recurrences of all events of a calendar.
    pub calendar_steps: usize,
}

/// What holds where the caller says nothing.
pub const LIMITS: Limits = Limits {
    document_bytes: 256 * 1024 * 1024,
    depth: 100,
    entry_bytes: 256 * 1024,
    title_chars: 200,
    problems: 100,
    calendar_bytes: 16 * 1024 * 1024,
    calendar_events: 20_000,
    occurrences_per_event: 10_000,
    calendar_occurrences: 100_000,
    calendar_text_bytes: 64 * 1024 * 1024,
    recurrence_steps: 200_000,
    calendar_steps: 2_000_000,
};

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

    /// Whether JSON text is nested no deeper than it may be; it need not be whole.
    ///
    /// # Errors
    /// `contract.too_deep`
    pub fn nesting(&self, json: &str) -> Result<()> {
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        for byte in json.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'[' | b'{' if !quoted => depth = depth.saturating_add(1),
                b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > self.depth {
                return Err(self.too_deep());
            }
        }
        Ok(())
    }

    pub(crate) fn too_deep(&self) -> Error {
        Error::limit(codes::TOO_DEEP, format!("it is nested more than {} levels deep", self.depth))
    }
}
