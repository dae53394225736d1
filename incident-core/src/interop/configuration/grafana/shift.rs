//! A shift of a schedule as it is written there: once, or by a rule, for groups of people.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::time::{Elapsed, Occurrence, Timestamp, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::roster::referred_person;

/// A shift.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    pub(super) name: String,
    pub(super) level: i64,
    pub(super) zone: Zone,
    /// The local time of the first occurrence.
    pub(super) start: NaiveDateTime,
    pub(super) length: Elapsed,
    pub(super) rule: Option<Rule>,
    /// Who serves: one group after the other, an empty one for nobody.
    pub(super) groups: Vec<Vec<PersonId>>,
    /// Which group serves the first occurrence.
    pub(super) first_group: usize,
    /// Nothing is before it.
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    /// Whether the last occurrence ends there even if it would be longer.
    pub(super) cut: bool,
    /// Whether it is above every level.
    pub(super) is_override: bool,
}

/// How a shift recurs.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    /// Days of the week, 0 is Monday; all where there are none.
    pub(super) by_day: BTreeSet<u32>,
    /// Days of the month; all where there are none.
    pub(super) by_month_day: BTreeSet<u32>,
    /// The day on which weeks begin.
    pub(super) week_start: u32,
    /// Whether groups take turns, even if there is only one.
    pub(super) rolls: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

impl Shift {
    /// Reads a shift of a schedule with a zone; none where nobody is in it or a rule is missing.
    pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>, zone: Zone) -> Option<Self> {
        let name = super::read::name(draft, record);
        let zone = if record.has("time_zone") { record.zone(draft.notes, "time_zone").unwrap_or(zone) } else { zone };
        let kind = record.scalar("type").unwrap_or_default();
        let rolls = kind == "rolling_users";
        let groups = groups(draft, record, rolls);
        let (start, seconds) = (record.local(draft.notes, "start", zone), record.whole(draft.notes, "duration"));
        if groups.iter().all(Vec::is_empty) {
            let message = format!("the shift `{name}` has nobody in it, and is left out");
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "users", message);
            return None;
        }
        let (Some(start), Some(seconds)) = (start, seconds.filter(|seconds| (1..=400_000_000).contains(seconds)))
        else {
            let message = format!("the shift `{name}` does not say from when and how long, and is left out");
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "duration", message);
            return None;
        };
        let once = kind == "single_event" || kind == "override";
        let rule = if once { None } else { Some(rule(draft, record, &name, rolls)?) };
        let index = record.whole(draft.notes, "start_rotation_from_user_index").and_then(|it| usize::try_from(it).ok());
        let first_group = index.filter(|index| rolls && *index < groups.len()).unwrap_or_default();
        Some(Self {
            name,
            level: record.whole(draft.notes, "level").unwrap_or_default().max(0),
            zone,
            start: zone.local(start),
            length: Elapsed::from_micros(seconds.saturating_mul(1_000_000)),
            rule,
            groups,
            first_group,
            since: record.local(draft.notes, "rotation_start", zone).filter(|since| *since > start && !once),
            until: if once { None } else { record.local(draft.notes, "until", Zone::UTC) },
            cut: false,
            is_override: kind == "override",
        })
    }

    /// When the first occurrence begins.
    pub(super) fn starts(&self) -> Timestamp {
        self.zone.instant(self.start, Occurrence::First)
    }

    /// When an occurrence ends that begins at a local time: so much later by the clock.
    pub(super) fn ends(&self, start: NaiveDateTime) -> Timestamp {
        let length = chrono::TimeDelta::microseconds(self.length.as_micros());
        start.checked_add_signed(length).map_or(Timestamp::MAX, |end| self.zone.instant(end, Occurrence::First))
    }

    /// How long it lasts, in whole minutes.
    pub(super) fn minutes(&self) -> u32 {
        u32::try_from(self.length.as_micros().div_euclid(60_000_000)).unwrap_or(u32::MAX)
    }
}

fn groups(draft: &mut Draft<'_>, record: &Record<'_>, rolls: bool) -> Vec<Vec<PersonId>> {
    let people = |draft: &mut Draft<'_>, ids: Vec<String>| -> Vec<PersonId> {
        let mut people: Vec<PersonId> = Vec::new();
        for person in ids.iter().filter_map(|id| referred_person(draft, id)) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    };
    if rolls {
        let lists = record.lists(draft.notes, "rolling_users");
        return lists.into_iter().map(|ids| people(draft, ids)).collect();
    }
    let ids = record.texts(draft.notes, "users");
    vec![people(draft, ids)]
}

fn rule(draft: &mut Draft<'_>, record: &Record<'_>, name: &str, rolls: bool) -> Option<Rule> {
    let frequency = match record.scalar("frequency").as_deref() {
        Some("hourly") => Frequency::Hourly,
        Some("daily") => Frequency::Daily,
        Some("weekly") => Frequency::Weekly,
        Some("monthly") => Frequency::Monthly,
        _ => {
            let message = format!("the shift `{name}` does not say how often it recurs, and is left out");
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "frequency", message);
            return None;
        }
    };
    let interval = record.whole(draft.notes, "interval").and_then(|it| u32::try_from(it).ok()).unwrap_or(1);
    let days = record.texts(draft.notes, "by_day");
    let month_days = record.texts(draft.notes, "by_monthday");
    let from_the_end = month_days.iter().any(|day| day.starts_with('-'));
    if from_the_end {
        let message = "days counted from the end of a month have no place in files, and are left out";
        unsayable(draft.notes, record, Level::Warning, "by_monthday", "days from the end of the month", name, message);
    }
    let months: BTreeSet<_> = record.texts(draft.notes, "by_month").into_iter().collect();
    if !months.is_empty() && months.len() < 12 {
        let message = "that a shift recurs in some months only has no place in files: it recurs in all of them here";
        unsayable(draft.notes, record, Level::Warning, "by_month", "months", name, message);
    }
    let day_of_month = |day: &String| day.parse::<u32>().ok().filter(|day| (1..=31).contains(day));
    Some(Rule {
        frequency,
        interval: interval.clamp(1, 1000),
        by_day: days.iter().filter_map(|day| weekday(day)).collect(),
        by_month_day: month_days.iter().filter_map(day_of_month).collect(),
        week_start: record.scalar("week_start").and_then(|day| weekday(&day)).unwrap_or(6),
        rolls,
    })
}

/// `MO` to `SU`.
fn weekday(text: &str) -> Option<u32> {
    (0..7).zip(DAYS).find(|(_, day)| *day == text).map(|(number, _)| number)
}

/// Days of the week as iCalendar has them.
pub(super) const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
