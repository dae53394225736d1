//! Who sleeps.

use std::collections::BTreeSet;

use crate::escalation::policy::EscalationPolicy;
use crate::time::{Timestamp, Window, WindowZone, Zone};

/// A stretch lasts at most a week, and clocks change by at most a day.
const LOOK_BACK: i64 = 9;

/// When people sleep by a policy: its window `asleep`, 22:00-07:00 in their own zone where there is none.
pub(super) fn asleep(policy: &EscalationPolicy) -> Window {
    policy.document().windows.get("asleep").cloned().unwrap_or_else(|| Window {
        zone: WindowZone::Recipient,
        hours: "daily 22:00-07:00".parse().into_iter().collect(),
        closed: BTreeSet::new(),
    })
}

/// The night an instant falls into, by its beginning; none while they are awake.
pub(super) fn night(asleep: &Window, zone: Option<Zone>, at: Timestamp) -> Option<Timestamp> {
    let zone = asleep.zone.resolve(zone);
    let today = zone.day(at);
    let days = (0..=LOOK_BACK).filter_map(|back| today.plus_days(-back));
    let mut nights = days.flat_map(|day| asleep.stretches(zone, day).collect::<Vec<_>>());
    nights.find(|night| night.contains(at)).map(|night| night.start)
}
