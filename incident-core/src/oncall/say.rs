//! Answers in sentences.

use chrono::Datelike;

use super::document::ScheduleDocument;
use super::plan::{Basis, Duty};
use super::schedule::Schedule;
use crate::time::{Days, Moment, TZ_VERSION, Timestamp, Zone};

/// Who is on call and why, until when, by which zone data.
pub(super) fn on_call(schedule: &Schedule, duty: &Duty<'_>, reason: &str, until: Option<Timestamp>) -> String {
    let zone = zone(schedule, duty);
    let until = until.map_or_else(|| ", with no end in sight".to_owned(), |end| format!(", until {}", zone.say(end)));
    format!("{reason}{until} (tz {TZ_VERSION})")
}

/// Who gives, who takes, and when.
pub(super) fn handoff(schedule: &Schedule, at: Timestamp, gives: &Duty<'_>, takes: &Duty<'_>) -> String {
    let zone = zone(schedule, if matches!(takes.basis, Basis::Turns(_)) { takes } else { gives });
    format!("{}: {} after {}", zone.say(at), reason(schedule, takes), who(schedule, gives))
}

/// Why these people.
pub(super) fn reason(schedule: &Schedule, duty: &Duty<'_>) -> String {
    let mut parts = vec![basis(schedule, duty)];
    for number in &duty.overrides {
        let Some(it) = schedule.document.overrides.get(*number as usize) else { continue };
        let (because, source) = (it.because.as_deref(), it.source.as_deref());
        let told = because.map(|because| format!(" ({because})")).unwrap_or_default();
        let from = source.map(|source| format!(" from `{source}`")).unwrap_or_default();
        parts.push(format!("{}{told}{from}", exception(&schedule.document, *number)));
    }
    if !duty.away.is_empty() {
        parts.push(format!("{} away", names(schedule, &duty.away)));
    }
    format!("{}: {}", who(schedule, duty), parts.join(", "))
}

fn basis(schedule: &Schedule, duty: &Duty<'_>) -> String {
    match &duty.basis {
        Basis::Gap if duty.overrides.is_empty() => "no rotation is active".to_owned(),
        Basis::Gap => "nothing else counts".to_owned(),
        Basis::Recorded => "as recorded".to_owned(),
        Basis::Override => "not by a rotation".to_owned(),
        Basis::Turns(_) => {
            let said = duty.turns().filter_map(|(number, turn)| {
                let rotation = schedule.plan.rotations.get(number as usize)?;
                let turn = rotation.grid.as_ref().map(|_| format!(", turn {turn}")).unwrap_or_default();
                Some(format!("rotation `{}`{turn}", rotation.name))
            });
            said.collect::<Vec<_>>().join(" and ")
        }
    }
}

/// What an override does.
pub(super) fn exception(document: &ScheduleDocument, number: u32) -> String {
    let Some(it) = document.overrides.get(number as usize) else { return String::new() };
    match (&it.replace, &it.with) {
        (Some(whom), Some(with)) => format!("{with} for {whom}"),
        _ if it.temporary.is_some() => "temporary schedule".to_owned(),
        _ if it.cover.is_some() => "cover".to_owned(),
        _ if it.remove.is_some() => {
            format!("without {}", it.remove.iter().flatten().map(|who| who.as_str()).collect::<Vec<_>>().join(", "))
        }
        _ => format!("with {}", it.add.iter().flatten().map(|who| who.as_str()).collect::<Vec<_>>().join(", ")),
    }
}

fn who(schedule: &Schedule, duty: &Duty<'_>) -> String {
    match (duty.people.is_empty(), &duty.basis) {
        (false, _) => names(schedule, &duty.people),
        (true, Basis::Gap) => "nobody".to_owned(),
        (true, _) => "nobody (an empty shift)".to_owned(),
    }
}

pub(super) fn names(schedule: &Schedule, people: &[u32]) -> String {
    let named = schedule.numbered(people).map(|id| {
        let person = schedule.document.people.get(id);
        person.and_then(|person| person.name.as_deref()).unwrap_or(id.as_str())
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The zone to speak in: that of the rotation in charge, else of the first one.
pub(super) fn zone(schedule: &Schedule, duty: &Duty<'_>) -> Zone {
    let number = duty.turns().next().map_or(0, |(number, _)| number);
    schedule.plan.rotations.get(number as usize).map_or(Zone::UTC, |rotation| rotation.zone)
}

/// When an override or an absence holds, as it is written: `on 24-26 December 2026`.
pub(super) fn when(days: Option<Days>, from: Option<Moment>, until: Option<Moment>) -> String {
    let Some(days) = days else {
        let part = |word: &str, at: Option<Moment>| at.map(|at| format!("{word} {at}"));
        return [part("from", from), part("to", until)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    };
    let (first, last) = (days.first().naive(), days.last().naive());
    let shape = match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => return format!("on {}", first.format("%-d %B %Y")),
        (true, true) => "%-d",
        (true, false) => "%-d %B",
        (false, _) => "%-d %B %Y",
    };
    let dash = if shape == "%-d" { "-" } else { " to " };
    format!("on {}{dash}{}", first.format(shape), last.format("%-d %B %Y"))
}
