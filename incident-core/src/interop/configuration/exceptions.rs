//! What readers of overrides share: spans of time as people write them.

use crate::oncall::ScheduleOverride;
use crate::time::{Timestamp, Zone};

use super::rotation::{moment, whole_days};

/// An override of nobody for a span: whole days where it is of whole days, else from and until.
pub(super) fn exception(zone: Zone, start: Timestamp, end: Timestamp) -> ScheduleOverride {
    let days = whole_days(zone, start, end);
    let (from, until) = match days {
        Some(_) => (None, None),
        None => (Some(moment(zone, start)), Some(moment(zone, end))),
    };
    ScheduleOverride { days, from, until, ..ScheduleOverride::default() }
}
