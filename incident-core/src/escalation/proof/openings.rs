//! When windows open and close around a declaration.

use std::cell::RefCell;

use crate::time::{Timestamp, Window, Zone};

use super::horizon::Horizon;
use super::timeline::Numbers;

/// The openings and closings of the windows for which steps wait, as minutes of a horizon.
///
/// They are the one thing that does not move with the declaration. Around a minute they have a shape: what is open, and how
/// much later something opens or closes. Minutes of the same shape are played alike.
///
/// - What changes within `near` minutes belongs to the shape minute by minute: a step may be held, or not, by it.
/// - What changes later finds the steps that were to come all done, except those that are held. The first such change, the
///   *opening*, is then where everything that follows is counted from, and what belongs to the shape is how much later than
///   that the others are.
#[derive(Debug)]
pub(super) struct Openings {
    /// Each change, in order: when, and of which window.
    changes: Vec<(u32, usize)>,
    /// Which windows are open before the first change, and after each.
    open: Vec<u32>,
    near: u32,
    /// How much later than the opening changes may matter; nothing matters after `near` where this is 0.
    far: u32,
    shapes: RefCell<Numbers<Vec<u32>>>,
}

impl Openings {
    /// Of windows, each in a zone, over a horizon and what plays reach after it.
    pub(super) fn new(windows: &[(&Window, Zone)], horizon: &Horizon, near: u32, far: u32) -> Self {
        let mut changes = Vec::new();
        let end = horizon.minutes().saturating_add(near).saturating_add(far.saturating_mul(2));
        let mut now = Vec::new();
        for (number, (window, zone)) in windows.iter().enumerate() {
            now.push(window.contains(horizon.from, Some(*zone)));
            changes.extend(changes_of(window, *zone, horizon, end).into_iter().map(|minute| (minute, number)));
        }
        changes.sort_unstable();
        let mut states = Numbers::new();
        let mut open = vec![states.of(&now)];
        for (_, window) in &changes {
            now.get_mut(*window).into_iter().for_each(|open| *open = !*open);
            open.push(states.of(&now));
        }
        Self { changes, open, near, far, shapes: RefCell::new(Numbers::new()) }
    }

    /// The first change that is not near a minute.
    pub(super) fn opening(&self, minute: u32) -> Option<u32> {
        let place = self.changes.partition_point(|(at, _)| *at <= minute.saturating_add(self.near));
        self.changes.get(place).filter(|_| self.far > 0).map(|(at, _)| *at)
    }

    /// The shape around a minute, as a number, and the first minute from which it may be another.
    pub(super) fn shape(&self, minute: u32) -> (u32, u32) {
        let past = self.changes.partition_point(|(at, _)| *at <= minute);
        let soon = self.changes.partition_point(|(at, _)| *at <= minute.saturating_add(self.near));
        let mut shape: Vec<u32> = self.open.get(past).copied().into_iter().collect();
        let code = |(at, window): &(u32, usize), since: u32| [at - since, u32::try_from(*window).unwrap_or(u32::MAX)];
        let near = self.changes.get(past..soon).unwrap_or_default();
        shape.extend(near.iter().flat_map(|change| code(change, minute)));
        shape.push(u32::MAX);
        let opening = self.opening(minute);
        if let Some(opening) = opening {
            let far = self.changes.iter().skip(soon).take_while(|(at, _)| *at - opening <= self.far);
            shape.extend(far.flat_map(|change| code(change, opening)));
            if soon > past {
                // A step may wait for both: how far they are apart matters too.
                shape.push(opening - minute);
            }
        }
        let next = self.changes.get(soon).map_or(u32::MAX, |(at, _)| at - self.near);
        let until = if soon > past { minute + 1 } else { next };
        (self.shapes.borrow_mut().of(&shape), until)
    }
}

/// The minutes, up to one, at which a window opens or closes.
fn changes_of(window: &Window, zone: Zone, horizon: &Horizon, end: u32) -> Vec<u32> {
    let clock = window.zone.resolve(Some(zone));
    let (first, last) = (horizon.from, horizon.at(end));
    let mut edges: Vec<Timestamp> = Vec::new();
    // A stretch lasts at most a week, and clocks change by at most a day.
    let mut day = clock.day(first).plus_days(-9);
    while let Some(today) = day.filter(|today| *today <= clock.day(last)) {
        edges.extend(window.stretches(clock, today).flat_map(|span| [Some(span.start), span.end]).flatten());
        day = today.plus_days(1);
    }
    edges.retain(|edge| *edge > first && *edge <= last);
    edges.sort_unstable();
    edges.dedup();
    let mut open = window.contains(first, Some(zone));
    let mut minutes: Vec<u32> = edges.into_iter().map(|edge| horizon.minute(edge)).collect();
    minutes.dedup();
    minutes.retain(|minute| {
        let now = window.contains(horizon.at(*minute), Some(zone));
        std::mem::replace(&mut open, now) != now
    });
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openings(hours: &str, near: u32, far: u32) -> Openings {
        let window = Window::new(Zone::UTC, [hours.parse().unwrap()]);
        let horizon = Horizon::new("2026-12-07".parse().unwrap(), "2 weeks".parse().unwrap(), Zone::UTC);
        Openings::new(&[(&window, Zone::UTC)], &horizon, near, far)
    }

    #[test]
    fn minutes_far_from_any_change_look_alike() {
        let office = openings("Mon-Fri 09:00-17:00", 15, 7 * 24 * 60);
        // Monday and Tuesday at night; Tuesday and Wednesday.
        let (monday, until) = office.shape(60);
        assert_eq!((until, office.opening(60)), (9 * 60 - 15, Some(9 * 60)));
        assert_eq!(office.shape(24 * 60 + 60).0, office.shape(24 * 60 + 61).0);
        assert_ne!(office.shape(24 * 60 + 60).0, monday);
        // The next week is the same again.
        assert_eq!(office.shape(7 * 24 * 60 + 60).0, monday);
        // Near a change, every minute is by itself.
        let (near, until) = office.shape(9 * 60 - 15);
        assert_eq!(until, 9 * 60 - 14);
        assert_ne!(near, office.shape(9 * 60 - 14).0);
    }

    #[test]
    fn nothing_is_far_where_nothing_is_looked_at_there() {
        let office = openings("Mon-Fri 09:00-17:00", 15, 0);
        assert_eq!(office.shape(60).0, office.shape(24 * 60 + 60).0);
        assert_ne!(office.shape(60).0, office.shape(10 * 60).0);
        assert_eq!(office.opening(60), None);
    }
}
