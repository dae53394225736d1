//! What a zone's clock shows, and when it is set.

use chrono::Offset;
use chrono_tz::{OffsetComponents, OffsetName};

use super::{Elapsed, Timestamp, Zone};

/// The clock of a zone at some instant.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct ZoneOffset {
    /// Seconds that it is ahead of UTC.
    pub(crate) seconds: i32,
    /// Whether it is set for the summer, as the database calls it.
    pub(crate) summer: bool,
    /// Its abbreviation, such as `CET`.
    pub(crate) name: String,
}

impl Zone {
    /// What the clock shows at an instant.
    pub(crate) fn shows(self, at: Timestamp) -> ZoneOffset {
        let offset = *at.to_utc().with_timezone(&self.0).offset();
        ZoneOffset {
            seconds: offset.fix().local_minus_utc(),
            summer: !offset.dst_offset().is_zero(),
            name: offset.abbreviation().unwrap_or_default().to_owned(),
        }
    }

    /// Each instant after `from` and not after `to` at which the clock is set, with what it was before. Changes that are
    /// undone within a day are not found.
    pub(crate) fn changes(self, from: Timestamp, to: Timestamp) -> Vec<(ZoneOffset, Timestamp)> {
        let mut changes = Vec::new();
        let mut at = from;
        while at < to {
            let next = at.plus(Elapsed::hours(24)).min(to);
            let before = self.shows(at);
            if self.shows(next).seconds != before.seconds {
                changes.push((before.clone(), self.first_other(before.seconds, at, next)));
            }
            if next == at {
                break;
            }
            at = next;
        }
        changes
    }

    /// The first whole second in between at which the offset is another.
    fn first_other(self, seconds: i32, from: Timestamp, to: Timestamp) -> Timestamp {
        let second = |at: i64| Timestamp::from_micros(at.saturating_mul(1_000_000)).unwrap_or(Timestamp::MAX);
        let (mut before, mut after) =
            (from.as_micros().div_euclid(1_000_000), to.as_micros().div_euclid(1_000_000).saturating_add(1));
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.shows(second(middle)).seconds == seconds {
                before = middle;
            } else {
                after = middle;
            }
        }
        second(after)
    }
}
