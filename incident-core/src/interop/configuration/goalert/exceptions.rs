//! What stands in place of rules for a while: temporary schedules, and overrides of single users.

use std::collections::BTreeSet;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::ScheduleOverride;
use crate::time::{Timestamp, Zone};

use super::super::draft::Draft;
use super::super::exceptions::exception;
use super::super::record::Record;
use super::read::user;

/// Overrides and temporary schedules, each once, in the order of their times.
pub(super) fn read(
    draft: &mut Draft<'_>,
    overrides: &[Record<'_>],
    temporary: &[Record<'_>],
    zone: Zone,
) -> Vec<ScheduleOverride> {
    let mut all: Vec<(Timestamp, ScheduleOverride)> = Vec::new();
    for record in overrides {
        let Some((start, end)) = span(draft, record) else { continue };
        let mut who = |name: &str| record.scalar(name).and_then(|id| user(draft, &id));
        let (add, remove) = (who("addUserID"), who("removeUserID"));
        let span = exception(zone, start, end);
        let it = match (add, remove) {
            (Some(with), Some(whom)) => ScheduleOverride { replace: Some(whom), with: Some(with), ..span },
            (Some(add), None) => ScheduleOverride { add: Some(vec![add]), ..span },
            (None, Some(remove)) => ScheduleOverride { remove: Some(vec![remove]), ..span },
            (None, None) => {
                let message = "an override of nobody is left out";
                record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "addUserID", message);
                continue;
            }
        };
        all.push((start, it));
    }
    for record in temporary {
        let Some((start, end)) = span(draft, record) else { continue };
        let mut shifts = Vec::new();
        for shift in record.records(draft.notes, "shifts") {
            let who = shift.scalar("userID").and_then(|id| user(draft, &id));
            let from = shift.instant(draft.notes, "start", Some(zone));
            let until = shift.instant(draft.notes, "end", Some(zone));
            match (who, from, until) {
                (Some(who), Some(from), Some(until)) if from < until => shifts.push((from, until, who)),
                _ => {
                    let message = "a shift that does not say who from when until when is left out";
                    shift.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "userID", message);
                }
            }
        }
        for (from, until, people) in stretches(start, end, &shifts) {
            all.push((from, ScheduleOverride { temporary: Some(people), ..exception(zone, from, until) }));
        }
    }
    all.sort_by_cached_key(|(start, it)| (*start, serde_json::to_string(it).unwrap_or_default()));
    all.dedup();
    all.into_iter().map(|(_, it)| it).collect()
}

/// A span cut where somebody begins or ends, with those who are on call in each part.
fn stretches(
    start: Timestamp,
    end: Timestamp,
    shifts: &[(Timestamp, Timestamp, PersonId)],
) -> Vec<(Timestamp, Timestamp, Vec<PersonId>)> {
    let mut cuts: BTreeSet<Timestamp> = [start, end].into();
    cuts.extend(shifts.iter().flat_map(|(from, until, _)| [*from, *until]).filter(|at| start < *at && *at < end));
    let cuts: Vec<_> = cuts.into_iter().collect();
    let mut all: Vec<(Timestamp, Timestamp, Vec<PersonId>)> = Vec::new();
    for (from, until) in cuts.iter().zip(cuts.iter().skip(1)) {
        let mut people: Vec<PersonId> = Vec::new();
        for (_, _, who) in shifts.iter().filter(|(begins, ends, _)| begins <= from && until <= ends) {
            if !people.contains(who) {
                people.push(who.clone());
            }
        }
        match all.last_mut() {
            Some((_, last, before)) if *before == people => *last = *until,
            _ => all.push((*from, *until, people)),
        }
    }
    all
}

/// From when until when; nothing, with a note, where it had ended.
fn span(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<(Timestamp, Timestamp)> {
    let start = record.instant(draft.notes, "start", Some(Zone::UTC))?;
    let end = record.instant(draft.notes, "end", Some(Zone::UTC))?;
    if end <= start {
        let message = "it ends before it starts, and is left out";
        record.note(draft.notes, Level::Warning, codes::BAD_FIELD, "end", message);
        return None;
    }
    if draft.options.exported_at.is_some_and(|now| end <= now) {
        let message = format!("what ended on {} is left out", Zone::UTC.day(end));
        record.note(draft.notes, Level::Note, codes::ENDED, "end", message);
        return None;
    }
    Some((start, end))
}
