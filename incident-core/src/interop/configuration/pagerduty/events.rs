//! A schedule of the third API: rotations that are on call beside each other, each of events that recur.
//!
//! An event has a first occurrence, a recurrence rule (RFC 5545) and members who take so many occurrences each. Where the
//! occurrences follow each other without a break they are turns; where they do not, they are hours, and a turn counts the
//! days on which they begin.

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument, ScheduleOverride, TurnCount};
use crate::time::{Elapsed, Timestamp, Turn, TurnUnit, Zone};

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::{blank, moment, turns, whole_days};
use super::super::weekly::{Stretch, hours};
use super::overrides::of_schedule;
use super::read::somebody;
use super::{CUSTOM_SHIFT, OVERRIDE_SHIFT};

/// Reads a schedule into the document that was declared for it.
pub(super) fn read(
    draft: &mut Draft<'_>,
    all: &Gathered<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    name: &str,
) {
    let zone = record.zone(draft.notes, "time_zone").unwrap_or(Zone::UTC);
    let member = if record.address.is_some() { "rotation" } else { "rotations" };
    if !record.has(member) {
        let message = "its rotations are not in the export: ask for each schedule by its id";
        record.note(draft.notes, Level::Warning, codes::REFERENCE_ONLY, member, message);
    }
    let mut document = ScheduleDocument::default();
    let mut parts = Vec::new();
    for rotation in record.records(draft.notes, member) {
        let events = if rotation.has("events") { "events" } else { "event" };
        for event in rotation.records(draft.notes, events) {
            if let Some(mut rotation) = self::event(draft, &event, zone) {
                // All of them are on call at once.
                rotation.together = !document.rotation.is_empty();
                document.rotation.push(rotation);
                parts.push(event);
            }
        }
    }
    let needs_zone = document.rotation.is_empty().then_some(zone);
    for it in exceptions(draft, all, record, zone) {
        document.overrides.push(ScheduleOverride { zone: needs_zone, ..it });
    }
    draft.schedule(declared, record, name, document, &parts);
}

/// An instant of an event: an object with a zone of its own, or text.
fn instant(draft: &mut Draft<'_>, event: &Record<'_>, name: &str, zone: Zone) -> Option<(Timestamp, Zone)> {
    match event.record(name) {
        Some(zoned) => {
            let its = zoned.zone(draft.notes, "time_zone").unwrap_or(zone);
            Some((zoned.instant(draft.notes, "date_time", Some(its))?, its))
        }
        None => Some((event.instant(draft.notes, name, Some(zone))?, zone)),
    }
}

/// A recurrence rule as far as it is read.
#[derive(Debug, Default)]
struct Rule {
    weekly: bool,
    interval: u32,
    /// The days on which occurrences begin: 0 is Monday.
    days: Vec<u32>,
    /// Whether there is something in it that no file can say.
    more: bool,
}

fn rule(texts: &[String]) -> Option<Rule> {
    let mut rule = Rule { interval: 1, more: texts.len() > 1, ..Rule::default() };
    let text = texts.iter().find_map(|text| text.trim().strip_prefix("RRULE:"))?;
    for part in text.split(';') {
        match part.split_once('=')? {
            ("FREQ", "WEEKLY") => rule.weekly = true,
            ("FREQ", "DAILY") => rule.weekly = false,
            ("FREQ", _) => return None,
            ("INTERVAL", interval) => rule.interval = interval.parse().ok().filter(|count| (1..=52).contains(count))?,
            ("BYDAY", days) => {
                for day in days.split(',') {
                    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
                    rule.days.push(u32::try_from(names.iter().position(|name| *name == day.trim())?).ok()?);
                }
            }
            ("WKST", _) => {}
            _ => rule.more = true,
        }
    }
    rule.days.sort_unstable();
    rule.days.dedup();
    Some(rule)
}

fn event(draft: &mut Draft<'_>, event: &Record<'_>, zone: Zone) -> Option<Rotation> {
    let (start, zone) = instant(draft, event, "start_time", zone)?;
    let (end, _) = instant(draft, event, "end_time", zone)?;
    let until = event.instant(draft.notes, "effective_until", Some(zone));
    if let (Some(until), Some(now)) = (until, draft.options.exported_at)
        && until <= now
    {
        let message = format!("an event that ended on {} is left out", zone.day(until));
        event.note(draft.notes, Level::Note, codes::ENDED, "effective_until", message);
        return None;
    }
    let strategy = event.records(draft.notes, "assignment_strategy").into_iter().next()?;
    let members = members(draft, &strategy);
    let shifts = strategy.whole(draft.notes, "shifts_per_member").unwrap_or(1);
    let shifts = u32::try_from(shifts.clamp(1, 10_000)).unwrap_or(1);
    let together = strategy.scalar("type").as_deref() == Some("every_member_assignment_strategy");
    let texts = event.texts(draft.notes, "recurrence");
    let length = zone.local(end) - zone.local(start);
    let minutes = u32::try_from(length.num_minutes()).ok().filter(|minutes| *minutes > 0);
    let (Some(rule), Some(minutes), false) = (rule(&texts), minutes, members.is_empty()) else {
        let message = "an event that recurs neither by days nor by weeks, or has nobody in it, is left out";
        unsayable(draft.notes, event, Level::Warning, "recurrence", "recurrence", "event", message);
        return None;
    };
    if rule.more {
        let message = "single dates, counts and ends of a recurrence are not read: the event recurs for good here";
        unsayable(draft.notes, event, Level::Warning, "recurrence", "recurrence", "event", message);
    }
    let entries = if together && members.len() > 1 {
        vec![RotationMember::Group(members)]
    } else {
        members.into_iter().map(RotationMember::One).collect()
    };
    let mut rotation = blank(zone, entries);
    rotation.name = event.text(draft.notes, "name");
    rotation.until = until.map(|until| moment(zone, until));
    let since = event.instant(draft.notes, "effective_since", Some(zone)).unwrap_or(start);
    recurs(draft, event, &mut rotation, &Recurrence { rule, start, minutes, shifts });
    if rotation.turn.is_empty() {
        rotation.from = Some(moment(zone, since.max(start)));
    } else if since > start {
        rotation.from = Some(moment(zone, since));
    }
    Some(rotation)
}

struct Recurrence {
    rule: Rule,
    start: Timestamp,
    minutes: u32,
    /// How many occurrences in a row are one person's.
    shifts: u32,
}

const DAY: u32 = 24 * 60;

/// Turns and hours of a rotation that follow from how an event recurs.
fn recurs(draft: &mut Draft<'_>, event: &Record<'_>, rotation: &mut Rotation, it: &Recurrence) {
    let Recurrence { rule, start, minutes, shifts } = it;
    let zone = rotation.zone;
    let local = zone.local(*start);
    let first_day = zone.day(*start).weekday().index();
    let minute = chrono::Timelike::num_seconds_from_midnight(&local) / 60;
    let unit = if rule.weekly { TurnUnit::Weeks } else { TurnUnit::Days };
    let period = if rule.weekly { 7 * DAY } else { DAY };
    let alone = rotation.members.len() == 1;
    let on_other_days = !rule.days.is_empty() && rule.days != [first_day];
    let one_a_period = if rule.weekly { !on_other_days } else { rule.days.is_empty() };
    if one_a_period && *minutes >= period.saturating_mul(rule.interval) {
        // One after the other, without a break.
        if !alone {
            turns(rotation, Turn::of(rule.interval.saturating_mul(*shifts), unit), *start, None);
        }
    } else if one_a_period && rule.interval > 1 {
        // Breaks that hours of the week cannot say: a shift that is shorter than its turn.
        if *shifts > 1 && !alone {
            let message = "several shifts in a row with breaks of more than a week: each is a turn of its own here";
            unsayable(draft.notes, event, Level::Warning, "recurrence", "recurrence", "event", message);
        }
        turns(rotation, Turn::of(rule.interval, unit), *start, None);
        rotation.lasts = Some(Elapsed::minutes(i64::from(*minutes)));
    } else {
        if rule.interval > 1 {
            let message = "several days of every other week or day: the hours here are of each";
            unsayable(draft.notes, event, Level::Warning, "recurrence", "recurrence", "event", message);
        }
        let days = match (rule.weekly, rule.days.as_slice()) {
            (_, [_, ..]) => rule.days.clone(),
            (true, []) => vec![first_day],
            (false, []) => (0..7).collect(),
        };
        let stretch = |day: &u32| Stretch { day: *day, start: minute, minutes: *minutes };
        rotation.hours = hours(&days.iter().map(stretch).collect::<Vec<_>>());
        let a_week = u32::try_from(days.len()).unwrap_or(7);
        match shifts.checked_rem(a_week) {
            _ if alone => {}
            Some(0) => turns(rotation, Turn::of(shifts / a_week, TurnUnit::Weeks), *start, None),
            _ => {
                turns(rotation, Turn::of(*shifts, TurnUnit::Days), *start, None);
                rotation.count = (a_week < 7).then_some(TurnCount::ActiveOnly);
            }
        }
    }
}

fn members(draft: &mut Draft<'_>, strategy: &Record<'_>) -> Vec<PersonId> {
    let name = if strategy.has("members") { "members" } else { "member" };
    let all = strategy.records(draft.notes, name);
    all.iter().filter_map(|member| somebody_or_nobody(draft, member)).collect()
}

fn somebody_or_nobody(draft: &mut Draft<'_>, member: &Record<'_>) -> Option<PersonId> {
    if member.scalar("type").as_deref() == Some("empty_member") {
        return PersonId::new("nobody").ok();
    }
    let id = member.text(draft.notes, "user_id");
    somebody(draft, Some(id?.as_str()), None)
}

/// Overrides, which put one person in another's place, and shifts outside every rotation.
fn exceptions(draft: &mut Draft<'_>, all: &Gathered<'_>, schedule: &Record<'_>, zone: Zone) -> Vec<ScheduleOverride> {
    let mut found = Vec::new();
    for record in all.of(OVERRIDE_SHIFT).iter().chain(all.of(CUSTOM_SHIFT)).filter(|it| of_schedule(it, schedule)) {
        let start = record.instant(draft.notes, "start_time", Some(zone));
        let end = record.instant(draft.notes, "end_time", Some(zone));
        let (Some(start), Some(end)) = (start, end) else { continue };
        let of = |draft: &mut Draft<'_>, name: &str| {
            record
                .record(name)
                .and_then(|member| somebody_or_nobody(draft, &member))
                .filter(|it| it.as_str() != "nobody")
        };
        let days = whole_days(zone, start, end);
        let (from, until) = match days {
            Some(_) => (None, None),
            None => (Some(moment(zone, start)), Some(moment(zone, end))),
        };
        let span = ScheduleOverride { days, from, until, ..ScheduleOverride::default() };
        let custom = record.records(draft.notes, "assignments");
        let one = custom.iter().find_map(|it| somebody_or_nobody(draft, &it.record("member")?));
        let (whom, with) = (of(draft, "overridden_member"), of(draft, "overriding_member"));
        found.extend(match (whom, with, one) {
            (Some(whom), Some(with), _) => Some(ScheduleOverride { replace: Some(whom), with: Some(with), ..span }),
            (Some(whom), None, _) => Some(ScheduleOverride { remove: Some(vec![whom]), ..span }),
            (None, Some(with), _) | (None, None, Some(with)) => {
                Some(ScheduleOverride { add: Some(vec![with]), ..span })
            }
            (None, None, None) => None,
        });
    }
    found.sort_by_cached_key(|it| serde_json::to_string(it).unwrap_or_default());
    found
}
