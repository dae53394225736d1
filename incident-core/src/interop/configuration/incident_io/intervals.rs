//! Hours of the week, as rotations and paths have them: a day with a beginning and an end.

use crate::codes;
use crate::finding::Level;

use super::super::draft::Draft;
use super::super::record::Record;
use super::super::weekly::Stretch;

const DAY: u32 = 24 * 60;

/// The days, from Monday.
pub(super) const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The stretches of a list of intervals. One that ends before it begins goes on past midnight; one that ends when it
/// begins is taken for the whole day.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>, member: &str) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for interval in record.records(draft.notes, member) {
        let day = interval.scalar("weekday").map(|day| day.to_lowercase());
        let day = day.and_then(|day| (0..7).zip(DAYS).find(|(_, name)| *name == day));
        let [start, end] = ["start_time", "end_time"].map(|time| interval.scalar(time).and_then(|it| minute(&it)));
        let (Some((day, _)), Some(start), Some(end)) = (day, start, end) else {
            let message = "hours that do not say on which day, from when and until when are left out";
            interval.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "weekday", message);
            continue;
        };
        let minutes = (end + DAY - start) % DAY;
        stretches.push(Stretch { day, start, minutes: if minutes == 0 { DAY } else { minutes } });
    }
    stretches
}

/// `08:00` as a minute of the day; 24:00 is the midnight after it.
fn minute(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    (hour < 24 && minute < 60 || (hour, minute) == (24, 0)).then(|| (hour * 60 + minute) % DAY)
}
