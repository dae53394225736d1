//! Time as tools write it.

use chrono::NaiveDateTime;

use crate::codes;
use crate::error::Result;
use crate::finding::{Finding, Level};
use crate::time::{Occurrence, Timestamp, Zone};

/// Reads an instant. The first instant of the first year is how Go writes "none". What is finer than a microsecond is
/// cut, with a note. A time that names no zone is read in the one given, with a note, or refused.
///
/// # Errors
/// `time.bad_instant`, `time.no_offset`
pub(super) fn read(
    text: &str,
    path: &str,
    zone: Option<Zone>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Timestamp>> {
    let text = text.trim();
    if text.starts_with("0001-01-01T00:00:00") {
        return Ok(None);
    }
    match (Timestamp::read(text, path, findings), zone) {
        (Err(no), Some(zone)) if no.code == codes::NO_OFFSET => {
            let shapes = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
            let Some(local) = shapes.iter().find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok()) else {
                return Err(no);
            };
            let at = zone.instant(local, Occurrence::First);
            let message = format!("`{text}` is taken for local time in {}, {at}", zone.name());
            findings.push(Finding::new(Level::Note, codes::ZONE_GIVEN, path, message));
            Ok(Some(at))
        }
        (read, _) => read.map(Some),
    }
}
