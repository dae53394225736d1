//! A schedule: everybody whose rules are active is on call.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument};
use crate::time::{Hours, Occurrence, TurnUnit, Zone};

use super::super::draft::{Draft, DraftSchedule};
use super::super::losses::unsayable;
use super::super::names::own;
use super::super::record::Record;
use super::super::rotation::{blank, turns};
use super::super::weekly::{Stretch, hours, united};
use super::read::{key, user};
use super::{exceptions, rotation};

const DAY: u32 = 24 * 60;

/// What was listed apart from schedules, by schedule.
#[derive(Debug, Default)]
pub(super) struct Apart<'a> {
    pub(super) overrides: BTreeMap<String, Vec<Record<'a>>>,
    pub(super) temporary: BTreeMap<String, Vec<Record<'a>>>,
}

/// Reads a schedule into the document that was declared for it.
pub(super) fn read(
    draft: &mut Draft<'_>,
    rotations: &BTreeMap<String, &Record<'_>>,
    apart: &Apart<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    called: &str,
) {
    let zone = record.zone(draft.notes, "timeZone").unwrap_or_else(|| {
        let message = "no zone that is known: its times are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "timeZone", message);
        Zone::UTC
    });
    let mut document = ScheduleDocument::default();
    let mut parts = Vec::new();
    for target in record.records(draft.notes, "targets") {
        let Some(hours) = rules(draft, &target) else { continue };
        let Some(who) = who(draft, rotations, &target, zone) else {
            let message = "a target that is not in the export is left out: list `rotations` too";
            target.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "target", message);
            continue;
        };
        let mut rotation = on_the_clock_of(draft, &target, who, zone, &hours, called);
        rotation.name = rotation.name.take().map(|name| own(called, &name)).filter(|name| !name.is_empty());
        rotation.hours = hours;
        // All of them are on call at once.
        rotation.together = !document.rotation.is_empty();
        document.rotation.push(rotation);
        parts.push(target);
    }
    let key = key(draft, record);
    let mut exceptions = record.records(draft.notes, "newUserOverrides");
    exceptions.extend(apart.overrides.get(&key).into_iter().flatten().cloned());
    let mut temporary = record.records(draft.notes, "temporarySchedules");
    temporary.extend(apart.temporary.get(&key).into_iter().flatten().cloned());
    let zone = document.rotation.first().map_or(zone, |rotation| rotation.zone);
    document.overrides = exceptions::read(draft, &exceptions, &temporary, zone);
    if document.rotation.is_empty() {
        document.overrides.iter_mut().for_each(|it| it.zone = Some(zone));
    }
    draft.schedule(declared, record, called, document, &parts);
}

/// Who is meant by a target: a user, or a rotation, by its id or made with the schedule.
fn who(
    draft: &mut Draft<'_>,
    rotations: &BTreeMap<String, &Record<'_>>,
    target: &Record<'_>,
    zone: Zone,
) -> Option<Rotation> {
    if let Some(new) = target.record("newRotation") {
        return rotation::read(draft, &new);
    }
    let target = target.record("target")?;
    let id = target.id()?;
    match target.scalar("type").as_deref() {
        Some("user") => Some(blank(zone, vec![RotationMember::One(user(draft, &id)?)])),
        _ => rotation::read(draft, rotations.get(&id)?),
    }
}

/// The hours of all rules of a target; none at all where no rule is ever active.
fn rules(draft: &mut Draft<'_>, target: &Record<'_>) -> Option<Vec<Hours>> {
    let mut stretches = Vec::new();
    for rule in target.records(draft.notes, "rules") {
        let clock = |name: &str| {
            let text = rule.scalar(name).unwrap_or_else(|| "00:00".to_owned());
            let (hour, minute) = text.split_once(':')?;
            let (hour, minute) = (hour.parse::<u32>().ok()?, minute.get(..2)?.parse::<u32>().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let (Some(start), Some(end)) = (clock("start"), clock("end")) else {
            let message = "a rule whose times cannot be read is left out";
            rule.note(draft.notes, Level::Warning, codes::BAD_FIELD, "start", message);
            continue;
        };
        // Sunday comes first.
        let days = rule.texts(draft.notes, "weekdayFilter");
        let on = |day: &u32| days.is_empty() || days.get((*day as usize + 1) % 7).is_some_and(|on| on == "true");
        let minutes = (end + DAY - start) % DAY;
        let minutes = if minutes == 0 { DAY } else { minutes };
        stretches.extend((0..7).filter(on).map(|day| Stretch { day, start, minutes }));
    }
    (!stretches.is_empty()).then(|| hours(&united(&stretches)))
}

/// A rotation on the clock of its schedule, where it has hours: these are on that clock.
fn on_the_clock_of(
    draft: &mut Draft<'_>,
    target: &Record<'_>,
    rotation: Rotation,
    zone: Zone,
    hours: &[Hours],
    called: &str,
) -> Rotation {
    if rotation.zone == zone || hours.is_empty() {
        return rotation;
    }
    let message = "its turns change on another clock than its hours: here on that of the schedule, and they move when only one of \
                   the two clocks is changed";
    unsayable(draft.notes, target, Level::Warning, "target", "zone of a rotation", called, message);
    let first = rotation.start.and_then(|start| crate::oncall::first_handoff(&rotation, start));
    let (turn, own) = (rotation.turn.first().copied(), rotation.zone);
    let mut moved = Rotation { zone, ..rotation };
    if let (Some(first), Some(turn)) = (first, turn) {
        turns(&mut moved, turn, own.instant(first, Occurrence::First), None);
        moved.wall_clock = turn.unit() == TurnUnit::Hours;
    }
    moved
}
