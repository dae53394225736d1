//! Hours of the day, or of the week, to which rotations and routing rules are restricted.

use crate::codes;
use crate::finding::Level;
use crate::time::Hours;

use super::super::draft::Draft;
use super::super::record::Record;
use super::super::weekly::{Stretch, hours};

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// The hours of a time restriction; none where there is no restriction, or where it is always fulfilled.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>) -> Vec<Hours> {
    let Some(restriction) = record.record("timeRestriction") else { return Vec::new() };
    let mut parts = restriction.records(draft.notes, "restriction");
    parts.extend(restriction.records(draft.notes, "restrictions"));
    let mut stretches = Vec::new();
    for part in parts {
        let ends = (minute(draft, &part, "start"), minute(draft, &part, "end"));
        let (Some(start), Some(end)) = ends else {
            let message = "a restriction that does not say from when until when is left out";
            part.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "startHour", message);
            continue;
        };
        let days = (day(draft, &part, "startDay"), day(draft, &part, "endDay"));
        match days {
            (Some(first), Some(last)) => {
                let minutes = (2 * WEEK + last * DAY + end - first * DAY - start) % WEEK;
                let minutes = if minutes == 0 { WEEK } else { minutes };
                stretches.push(Stretch { day: first + start / DAY, start: start % DAY, minutes });
            }
            (None, None) if !part.has("startDay") && !part.has("endDay") => {
                let minutes = (2 * DAY + end - start) % DAY;
                let minutes = if minutes == 0 { DAY } else { minutes };
                stretches.extend((0..7).map(|day| Stretch { day, start: start % DAY, minutes }));
            }
            _ => {
                let message = "a restriction to days of the week that does not say which is left out";
                part.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "startDay", message);
            }
        }
    }
    hours(&stretches)
}

/// The minute of the day; 24:00 is the midnight after it.
fn minute(draft: &mut Draft<'_>, part: &Record<'_>, which: &str) -> Option<u32> {
    let hour = part.whole(draft.notes, &format!("{which}Hour")).and_then(|hour| u32::try_from(hour).ok())?;
    let minute = part.whole(draft.notes, &format!("{which}Min")).and_then(|it| u32::try_from(it).ok()).unwrap_or(0);
    (hour <= 24 && minute < 60).then(|| (hour * 60 + minute).min(DAY))
}

fn day(draft: &mut Draft<'_>, part: &Record<'_>, which: &str) -> Option<u32> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = part.has(which).then(|| part.text(draft.notes, which)).flatten()?.to_lowercase();
    (0..7).zip(DAYS).find(|(_, day)| *day == text).map(|(number, _)| number)
}
