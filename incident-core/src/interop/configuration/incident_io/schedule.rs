//! A schedule: its rotations side by side, each in its versions.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::PersonId;
use crate::oncall::{Rotation, ScheduleDocument};
use crate::time::Zone;

use super::super::draft::{Draft, DraftSchedule};
use super::super::record::Record;
use super::overrides::{Override, Seats};
use super::roster::is_nobody;
use super::rotas::default_name;
use super::rotation::Version;

/// The rotations of each schedule by id, each with everybody in it.
pub(super) type Rotas = BTreeMap<String, Vec<(String, Vec<PersonId>)>>;

/// Reads a schedule into the document that was declared for it. `apart` are its rotations where they are objects of their
/// own. The rotations that it has, with everybody in them.
pub(super) fn read(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    declared: &DraftSchedule,
    name: &str,
    apart: &[&Record<'_>],
    overrides: &[Override],
) -> Vec<(String, Vec<PersonId>)> {
    let zone = record.zone(draft.notes, "timezone").unwrap_or_else(|| {
        let message = "no zone that is known: its times are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "timezone", message);
        Zone::UTC
    });
    let versions = versions(draft, record, apart, zone);
    let (mut document, mut seats, mut parts) = (ScheduleDocument::default(), Vec::new(), Vec::new());
    for version in &versions {
        let Some(rotation) = version.read(draft, zone) else { continue };
        document.rotation.push(Rotation { together: !document.rotation.is_empty(), ..rotation });
        seats.push(Seats { rotation: version.id.clone(), layers: version.layers.clone() });
        parts.push(version.record.clone());
    }
    document.overrides = super::overrides::written(overrides, &document, &seats, zone);
    draft.schedule(declared, record, name, document, &parts);
    let mut rotas: Vec<(String, Vec<PersonId>)> = Vec::new();
    for Version { id, users, .. } in versions {
        let people = users.into_iter().filter(|person| !is_nobody(person));
        match rotas.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => known.extend(people),
            None => rotas.push((id, people.collect())),
        }
    }
    rotas
}

/// Every version of every rotation, those of one rotation one after another, without what had ended.
fn versions<'a>(draft: &mut Draft<'_>, record: &Record<'a>, apart: &[&Record<'a>], zone: Zone) -> Vec<Version<'a>> {
    let inline = record.record("config").unwrap_or_else(|| record.clone());
    let mut listed = inline.records(draft.notes, "rotations");
    // What Terraform keeps beside a schedule that was answered with its rotations is known.
    let known: Vec<_> = listed.iter().filter_map(Record::id).collect();
    let new = |rotation: &&&Record<'_>| rotation.id().is_none_or(|id| !known.contains(&id));
    listed.extend(apart.iter().filter(new).map(|rotation| (*rotation).clone()));
    if listed.is_empty() {
        let message = "its rotations are not in the export: ask for the schedule by its id, or for its rotations";
        record.note(draft.notes, Level::Warning, codes::REFERENCE_ONLY, "rotations", message);
    }
    let mut by_id: Vec<Vec<Version<'a>>> = Vec::new();
    for (at, rotation) in listed.into_iter().enumerate() {
        let id = rotation.id().unwrap_or_else(|| format!("#{at}"));
        let name = rotation.text(draft.notes, "name");
        // Terraform has the versions of a rotation in it, an answer has them side by side.
        let versions =
            if rotation.has("versions") { rotation.records(draft.notes, "versions") } else { vec![rotation] };
        for version in versions {
            let version = Version::new(draft, version, id.clone(), name.clone(), zone);
            match by_id.iter_mut().find(|known| known.first().is_some_and(|first| first.id == version.id)) {
                Some(known) => known.push(version),
                None => by_id.push(vec![version]),
            }
        }
    }
    for (number, version) in
        by_id.iter_mut().enumerate().flat_map(|(at, all)| all.iter_mut().map(move |it| (at + 1, it)))
    {
        // What it is called in any case is no name.
        version.name = version.name.take().filter(|name| *name != default_name(number));
    }
    by_id.into_iter().flat_map(|versions| of_one(draft, versions, zone)).collect()
}

/// The versions of a rotation: each is in force until the next one is. One that only keeps a place free says no more than
/// when the others begin and end.
fn of_one<'a>(draft: &mut Draft<'_>, mut versions: Vec<Version<'a>>, zone: Zone) -> Vec<Version<'a>> {
    versions.sort_by_key(|version| version.from);
    let ends: Vec<_> = versions.iter().skip(1).map(|next| next.from).chain([None]).collect();
    versions.iter_mut().zip(ends).for_each(|(version, end)| version.until = end);
    let now = draft.options.exported_at;
    versions.retain(|version| {
        let Some(until) = version.until.filter(|until| now.is_some_and(|now| *until <= now)) else { return true };
        if !version.is_empty() {
            let message = format!("a version of a rotation that ended on {} is left out", zone.day(until));
            version.record.note(draft.notes, Level::Note, codes::ENDED, "effective_from", message);
        }
        false
    });
    if versions.iter().any(|version| !version.is_empty()) {
        versions.retain(|version| !version.is_empty());
    }
    versions
}
