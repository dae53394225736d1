//! When a window opens.

use super::minute::Minute;
use crate::time::{Window, Zone};

/// More days than any list of closed days has in a row.
const LOOK_AHEAD: i64 = 3_660;

/// The first minute from `from` on in which a window is open, for somebody in a zone.
pub(super) fn next_open(window: &Window, recipient: Option<Zone>, from: Minute) -> Option<Minute> {
    if window.contains(from.start(), recipient) {
        return Some(from);
    }
    let zone = window.zone.resolve(recipient);
    let day = zone.day(from.start());
    (0..LOOK_AHEAD).find_map(|later| {
        let opens = window.stretches(zone, day.plus_days(later)?).map(|span| span.start);
        let opens = opens.filter(|start| *start >= from.start()).map(Minute::from);
        opens.filter(|at| window.contains(at.start(), recipient)).min()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn check(hours: &str, from: &str, expected: &str) {
        let window = Window::new("Europe/Berlin".parse().unwrap(), [hours.parse().unwrap()]);
        let opens = next_open(&window, None, Minute::of(from.parse().unwrap()));
        assert_eq!(opens.map(Minute::start), Some(expected.parse::<Timestamp>().unwrap()), "{hours} from {from}");
    }

    #[test]
    fn a_window_opens_at_its_next_stretch() {
        check("Mon-Fri 09:00-17:00", "2026-12-07T08:30:00Z", "2026-12-07T08:30:00Z");
        check("Mon-Fri 09:00-17:00", "2026-12-07T16:00:00Z", "2026-12-08T08:00:00Z");
        check("Mon-Fri 09:00-17:00", "2026-12-11T16:00:00Z", "2026-12-14T08:00:00Z");
        check("daily 22:00-07:00", "2026-12-07T06:00:00Z", "2026-12-07T21:00:00Z");
        // The clock is set forward over its beginning.
        check("Sun 02:30-04:00", "2027-03-27T12:00:00Z", "2027-03-28T01:00:00Z");
    }
}
