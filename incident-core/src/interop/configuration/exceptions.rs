//! What readers and writers of overrides share: spans of time as people write them, and the shifts that overrides give.

use crate::id::PersonId;
use crate::oncall::{Schedule, ScheduleDocument, ScheduleOverride};
use crate::time::{Span, Timestamp, Zone};

use super::rotation::{moment, whole_days, zone_of};

/// An override of nobody for a span: whole days where it is of whole days, else from and until.
pub(super) fn exception(zone: Zone, start: Timestamp, end: Timestamp) -> ScheduleOverride {
    let days = whole_days(zone, start, end);
    let (from, until) = match days {
        Some(_) => (None, None),
        None => (Some(moment(zone, start)), Some(moment(zone, end))),
    };
    ScheduleOverride { days, from, until, ..ScheduleOverride::default() }
}

/// People who stand in place of the rotations for a while.
#[derive(Debug)]
pub(super) struct Cover {
    pub(super) span: Span,
    pub(super) people: Vec<PersonId>,
    /// Which wins where several cover at once: the highest; equal ones unite.
    pub(super) priority: i64,
}

/// Who is on call through overrides, and when: a cover as it stands, and of every other the shifts in which it acts.
pub(super) fn covers(document: &ScheduleDocument) -> Vec<Cover> {
    let highest = document.overrides.iter().filter_map(|it| it.priority).max().unwrap_or_default().max(0);
    let others = document.overrides.iter().any(|it| it.cover.is_none());
    let plain = ScheduleDocument { people: Default::default(), ..document.clone() };
    let schedule = others.then(|| Schedule::of(plain).ok()).flatten();
    let mut all = Vec::new();
    for (at, it) in document.overrides.iter().enumerate() {
        let Some(span) = span(it, it.zone.unwrap_or_else(|| zone_of(document))) else { continue };
        if let Some(people) = &it.cover {
            all.push(Cover { span, people: people.clone(), priority: it.priority.unwrap_or_default() });
            continue;
        }
        let end = span.end.unwrap_or(Timestamp::MAX);
        // A temporary schedule hides covers too.
        let priority = highest.saturating_add(i64::from(it.temporary.is_some()));
        let shifts = schedule.as_ref().and_then(|schedule| schedule.shifts(span.start, end).ok());
        for shift in shifts.into_iter().flat_map(|shifts| shifts.shifts) {
            let acts = shift.overrides.iter().any(|applied| applied.path == format!("/override/{at}"));
            if let (true, Some(start), [_, ..]) = (acts, shift.start, shift.people.as_slice()) {
                all.push(Cover { span: Span { start, end: shift.end }, people: shift.people, priority });
            }
        }
    }
    all
}

/// From when until when an override is, with its local times in a zone.
pub(super) fn span(it: &ScheduleOverride, zone: Zone) -> Option<Span> {
    match (it.days, it.from, it.until) {
        (Some(days), _, _) => Some(days.span(zone)),
        (None, Some(from), Some(until)) => {
            let (start, end) = (from.instant(zone), until.instant(zone));
            (start < end).then_some(Span { start, end: Some(end) })
        }
        _ => None,
    }
}
