//! A layer: people who take turns of so many seconds, perhaps only at some hours.

use crate::codes;
use crate::finding::Level;
use crate::oncall::{Rotation, RotationMember};
use crate::time::{Hours, TurnUnit, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::rotation::{blank, moment, since_ever, turn_of_seconds, turns};
use super::super::weekly::{Stretch, hours};
use super::read::somebody;

/// Reads a layer as a rotation; none where nobody is in it, or where it had ended.
pub(super) fn read(draft: &mut Draft<'_>, layer: &Record<'_>, zone: Zone) -> Option<Rotation> {
    let (start, end) = (layer.instant(draft.notes, "start", Some(zone)), layer.instant(draft.notes, "end", Some(zone)));
    if let (Some(end), Some(now)) = (end, draft.options.exported_at)
        && end <= now
    {
        layer.note(
            draft.notes,
            Level::Note,
            codes::ENDED,
            "end",
            format!("a layer that ended on {} is left out", zone.day(end)),
        );
        return None;
    }
    let members: Vec<_> = users(draft, layer).into_iter().map(RotationMember::One).collect();
    if members.is_empty() {
        layer.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "users", "a layer with nobody in it is left out");
        return None;
    }
    let mut rotation = blank(zone, members);
    rotation.name = layer.text(draft.notes, "name");
    rotation.hours = restrictions(draft, layer);
    rotation.until = end.map(|end| moment(zone, end));
    let anchor = layer.instant(draft.notes, "rotation_virtual_start", Some(zone)).or(start);
    let seconds = layer.whole(draft.notes, "rotation_turn_length_seconds");
    match (rotation.members.len(), anchor) {
        // Nobody takes turns with oneself.
        (1, _) => {
            let begins = start.filter(|start| *start > since_ever());
            rotation.from = begins.map(|start| moment(zone, start));
        }
        (_, Some(anchor)) => {
            let turn = seconds.and_then(turn_of_seconds).or_else(|| {
                let message = format!(
                    "turns of {} seconds are no whole hours: the turns here are of {} hours, and hand over at other times",
                    seconds.unwrap_or_default(),
                    whole_hours(seconds)
                );
                let member = "rotation_turn_length_seconds";
                unsayable(draft.notes, layer, Level::Warning, member, "turn", "layer", message);
                turn_of_seconds(whole_hours(seconds).saturating_mul(3600))
            })?;
            turns(&mut rotation, turn, anchor, start);
            rotation.wall_clock = turn.unit() == TurnUnit::Hours;
        }
        (_, None) => {
            let message = "turns without a beginning: only the first of its people is on call here";
            layer.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "rotation_virtual_start", message);
            rotation.members.truncate(1);
        }
    }
    Some(rotation)
}

fn whole_hours(seconds: Option<i64>) -> i64 {
    seconds.unwrap_or_default().div_euclid(3600).clamp(1, 8784)
}

fn users(draft: &mut Draft<'_>, layer: &Record<'_>) -> Vec<crate::PersonId> {
    let ids: Vec<(Option<String>, Option<String>)> = if layer.records_there("users") {
        let wrapped = layer.records(draft.notes, "users");
        let users = wrapped.iter().map(|it| it.record("user").unwrap_or_else(|| it.clone()));
        users.map(|user| (user.id(), user.scalar("summary").or_else(|| user.scalar("name")))).collect()
    } else {
        layer.texts(draft.notes, "users").into_iter().map(|id| (Some(id), None)).collect()
    };
    ids.into_iter().filter_map(|(id, name)| somebody(draft, id.as_deref(), name.as_deref())).collect()
}

/// The hours in which a layer is active; none where that is always.
fn restrictions(draft: &mut Draft<'_>, layer: &Record<'_>) -> Vec<Hours> {
    let member = if layer.has("restrictions") { "restrictions" } else { "restriction" };
    let mut stretches = Vec::new();
    for restriction in layer.records(draft.notes, member) {
        let time = restriction.text(draft.notes, "start_time_of_day").unwrap_or_default();
        let length = restriction.whole(draft.notes, "duration_seconds").and_then(|it| u32::try_from(it).ok());
        let day = restriction.whole(draft.notes, "start_day_of_week").and_then(|it| u32::try_from(it).ok());
        let daily = restriction.scalar("type").as_deref() != Some("weekly_restriction");
        let (Some(start), Some(length)) = (second_of_day(&time), length) else {
            let message = "a restriction that does not say from when and how long is left out";
            restriction.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "start_time_of_day", message);
            continue;
        };
        let end = start.saturating_add(length);
        if start % 60 != 0 || end % 60 != 0 {
            let message = "hours are whole minutes: it begins at the minute before and ends at the minute after";
            unsayable(draft.notes, &restriction, Level::Note, "duration_seconds", "hours", "layer", message);
        }
        let minutes = end.div_ceil(60).saturating_sub(start / 60);
        let days = match day.filter(|day| (1..=7).contains(day)) {
            _ if daily => 0..7,
            Some(day) => day - 1..day,
            None => {
                let message = "a weekly restriction without a day is left out";
                restriction.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "start_day_of_week", message);
                continue;
            }
        };
        stretches.extend(days.map(|day| Stretch { day, start: start / 60, minutes }));
    }
    hours(&stretches)
}

/// `08:00:00` in seconds.
fn second_of_day(text: &str) -> Option<u32> {
    let time = chrono::NaiveTime::parse_from_str(text.trim(), "%H:%M:%S")
        .or_else(|_| chrono::NaiveTime::parse_from_str(text.trim(), "%H:%M"));
    time.ok().map(|time| chrono::Timelike::num_seconds_from_midnight(&time))
}
