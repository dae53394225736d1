//! A schedule and its layers.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::oncall::{ScheduleDocument, ScheduleOverride};
use crate::time::{Timestamp, Zone};

use super::super::draft::{Draft, DraftSchedule};
use super::super::record::Record;
use super::super::rotation::nobody;
use super::super::whose::key;
use super::overrides::{Override, covers, rendered};
use super::{layer, read};

/// Reads a schedule into the document that was declared for it.
pub(super) fn read(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    name: &str,
    overrides: &BTreeMap<String, Vec<Override>>,
) {
    let zone = record.zone(draft.notes, "time_zone").unwrap_or_else(|| {
        let message = "no zone that is known: its times are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "time_zone", message);
        Zone::UTC
    });
    let member = if record.address.is_some() { "layer" } else { "schedule_layers" };
    if !record.has(member) {
        let message = "its layers are not in the export: ask for each schedule by its id";
        record.note(draft.notes, Level::Warning, codes::REFERENCE_ONLY, member, message);
    }
    let mut layers = record.records(draft.notes, member);
    if lowest_is_last(draft, record, &layers) {
        layers.reverse();
    }
    let mut document = ScheduleDocument::default();
    let mut parts = Vec::new();
    for part in layers {
        if let Some(rotation) = layer::read(draft, &part, zone) {
            document.rotation.push(rotation);
            parts.push(part);
        }
    }
    let had_layers = record.has(member) && document.rotation.is_empty();
    let listed = overrides.get(&key(record)).map_or(&[][..], Vec::as_slice);
    let seen = rendered(draft, record, zone);
    let all: Vec<_> = listed.iter().chain(&seen).cloned().collect();
    let needs_zone = document.rotation.is_empty().then_some(zone);
    document.overrides = covers(zone, all).into_iter().map(|it| ScheduleOverride { zone: needs_zone, ..it }).collect();
    if had_layers {
        document.rotation.push(nobody(zone));
    }
    draft.schedule(declared, record, name, document, &parts);
}

/// Whether the layer that wins comes last: as one sends it and as Terraform keeps it, but not as the API answers. What the
/// answer has computed, if it was asked for a span of time, has the last word.
fn lowest_is_last(draft: &mut Draft<'_>, record: &Record<'_>, layers: &[Record<'_>]) -> bool {
    let sent = record.address.is_some() || !record.has("id");
    if sent || layers.len() < 2 {
        return sent;
    }
    let shifts = |draft: &mut Draft<'_>, record: &Record<'_>| -> Vec<Rendered> {
        record
            .records(draft.notes, "rendered_schedule_entries")
            .iter()
            .filter_map(|entry| {
                let at = |name: &str| entry.scalar(name)?.parse::<Timestamp>().ok();
                Some(Rendered { user: read::reference(draft, entry, "user")?, start: at("start")?, end: at("end")? })
            })
            .collect()
    };
    let Some(whole) = record.record("final_schedule").map(|whole| shifts(draft, &whole)) else { return false };
    let overridden = record.record("overrides_subschedule").map(|it| shifts(draft, &it)).unwrap_or_default();
    let by_layer: Vec<_> = layers.iter().map(|layer| shifts(draft, layer)).collect();
    let (mut first, mut last) = (0_usize, 0_usize);
    for shift in whole {
        let middle = shift.start.plus(crate::time::Elapsed::from_micros(shift.end.since(shift.start).as_micros() / 2));
        let there = |shifts: &Vec<Rendered>| {
            shifts.iter().find(|it| it.start <= middle && middle < it.end).map(|it| it.user.clone())
        };
        let on_call: Vec<_> = by_layer.iter().filter_map(there).collect();
        if let (Some(top), Some(bottom)) = (on_call.first(), on_call.last())
            && top != bottom
            && there(&overridden).is_none()
        {
            first += usize::from(*top == shift.user);
            last += usize::from(*bottom == shift.user);
        }
    }
    if last > 0 {
        let message = format!(
            "what PagerDuty computed has the last layer listed before the others in {last} shifts, and the first in {first}"
        );
        record.note(draft.notes, Level::Note, codes::LAYER_ORDER, "schedule_layers", message);
    }
    last > first
}

/// A shift as PagerDuty computed it.
struct Rendered {
    user: String,
    start: Timestamp,
    end: Timestamp,
}
