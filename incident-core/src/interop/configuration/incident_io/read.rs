//! The objects of incident.io in the order in which they refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::finding::Level;
use crate::id::TeamId;

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::record::Record;
use super::super::terraform::referred;
use super::overrides::{Override, by_schedule};
use super::roster::Roster;
use super::schedule::Rotas;
use super::{PATH, ROTATION, SCHEDULE, TF_PATH, TF_PATH_BETA, TF_ROTATION, TF_ROTATION_BETA, TF_SCHEDULE};
use super::{TF_SCHEDULE_BETA, node, path, schedule, target};

/// From what was exported to a draft of files.
pub(in super::super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) {
    let roster = Roster::read(all, draft);
    let paths = all.either(&[PATH, TF_PATH, TF_PATH_BETA]);
    let owners = owners(draft, &roster, &paths);
    let mut declared: Vec<(&Record<'_>, DraftSchedule, String)> = Vec::new();
    for record in all.either(&[SCHEDULE, TF_SCHEDULE, TF_SCHEDULE_BETA]) {
        let id = record.id();
        let owner = roster.owner(draft, record).or_else(|| owners.get(id.as_deref()?).cloned());
        let name = name(draft, record);
        let owner = owner.or_else(|| draft.nobodys());
        let schedule = owner.and_then(|owner| draft.declare(&owner, id.as_deref(), &name));
        declared.extend(schedule.map(|schedule| (record, schedule, name)));
    }
    let apart = apart(all, draft);
    let mut rotations: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (record, _, _) in &declared {
        let Some(id) = record.id() else { continue };
        let inline = record.record("config").unwrap_or_else(|| (*record).clone());
        let inline = inline.records(draft.notes, "rotations");
        let apart = apart.get(&id).into_iter().flatten().copied();
        rotations.insert(id, inline.iter().chain(apart).filter_map(Record::id).collect());
    }
    let overrides = by_schedule(all, draft, &rotations);
    let mut rotas = Rotas::default();
    for (record, declared, name) in &declared {
        let none = Vec::new();
        let apart = record.id().and_then(|id| apart.get(&id)).unwrap_or(&none);
        let is_its = |id: &String| draft.declared(id) == Some(declared);
        let its: Vec<Override> =
            overrides.iter().filter(|(id, _)| is_its(id)).flat_map(|(_, all)| all.clone()).collect();
        let read = schedule::read(draft, record, declared, name, apart, &its);
        rotas.insert(target::key(declared), read);
    }
    path::read_all(draft, &roster, &rotas, &paths);
}

/// Rotations that are objects of their own, by schedule, in the order that they have there.
fn apart<'a, 'b>(all: &'b Gathered<'a>, draft: &mut Draft<'_>) -> BTreeMap<String, Vec<&'b Record<'a>>> {
    let mut by_schedule: BTreeMap<String, Vec<&Record<'_>>> = BTreeMap::new();
    for record in all.either(&[ROTATION, TF_ROTATION, TF_ROTATION_BETA]) {
        match record.text(draft.notes, "schedule_id").map(|id| referred(&id, draft.locals)) {
            Some(id) => by_schedule.entry(id).or_default().push(record),
            None => {
                let message = "a rotation that does not say of which schedule it is, is left out";
                record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "schedule_id", message);
            }
        }
    }
    let rank = |record: &&Record<'_>| {
        let rank = record.scalar("rank").and_then(|rank| rank.parse::<i64>().ok());
        (rank.is_none(), rank)
    };
    by_schedule.values_mut().for_each(|rotations| rotations.sort_by_key(rank));
    by_schedule
}

/// The team whose paths alone ask a schedule, for schedules that name none.
fn owners(draft: &mut Draft<'_>, roster: &Roster, paths: &[&Record<'_>]) -> BTreeMap<String, TeamId> {
    let mut by_schedule: BTreeMap<String, BTreeSet<TeamId>> = BTreeMap::new();
    for record in paths {
        let Some(owner) = roster.owner(draft, record) else { continue };
        for id in node::schedules(draft, record) {
            by_schedule.entry(id).or_default().insert(owner.clone());
        }
    }
    let one = |(id, teams): (String, BTreeSet<TeamId>)| Some((id, teams.first().filter(|_| teams.len() == 1)?.clone()));
    by_schedule.into_iter().filter_map(one).collect()
}

/// What an object is called.
pub(super) fn name(draft: &mut Draft<'_>, record: &Record<'_>) -> String {
    record.text(draft.notes, "name").or_else(|| record.id()).unwrap_or_default()
}
