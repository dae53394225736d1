//! Zones as tools name them.

use crate::error::Result;
use crate::time::Zone;

/// Names of Ruby on Rails (`ActiveSupport::TimeZone`), which PagerDuty's older answers have, where they are no names of
/// the time zone data.
const RAILS: [(&str, &str); 24] = [
    ("Pacific Time (US & Canada)", "America/Los_Angeles"),
    ("Mountain Time (US & Canada)", "America/Denver"),
    ("Central Time (US & Canada)", "America/Chicago"),
    ("Eastern Time (US & Canada)", "America/New_York"),
    ("Atlantic Time (Canada)", "America/Halifax"),
    ("Hawaii", "Pacific/Honolulu"),
    ("Alaska", "America/Juneau"),
    ("Arizona", "America/Phoenix"),
    ("Brasilia", "America/Sao_Paulo"),
    ("London", "Europe/London"),
    ("Dublin", "Europe/Dublin"),
    ("Lisbon", "Europe/Lisbon"),
    ("Amsterdam", "Europe/Amsterdam"),
    ("Berlin", "Europe/Berlin"),
    ("Paris", "Europe/Paris"),
    ("Madrid", "Europe/Madrid"),
    ("Stockholm", "Europe/Stockholm"),
    ("Warsaw", "Europe/Warsaw"),
    ("Jerusalem", "Asia/Jerusalem"),
    ("Mumbai", "Asia/Kolkata"),
    ("Singapore", "Asia/Singapore"),
    ("Tokyo", "Asia/Tokyo"),
    ("Brisbane", "Australia/Brisbane"),
    ("Sydney", "Australia/Sydney"),
];

/// The zone of a name.
///
/// # Errors
/// `time.unknown_zone`
pub(super) fn read(name: &str) -> Result<Zone> {
    // Terraform's provider refuses `UTC`.
    if ["Etc/UTC", "UTC"].contains(&name.trim()) {
        return Ok(Zone::UTC);
    }
    let known = RAILS.iter().find(|(theirs, _)| *theirs == name.trim()).map_or(name.trim(), |(_, ours)| ours);
    known.parse()
}
