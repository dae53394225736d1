//! The objects of Grafana OnCall in the order in which they refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::TeamId;

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::record::Record;
use super::super::terraform::referred;
use super::super::whose::stem;
use super::calendar::Calendars;
use super::roster::Roster;
use super::schedule::Shifts;
use super::{SCHEDULE, SHIFT, TF_SCHEDULE, TF_SHIFT, chain, routes, schedule};

/// From what was exported to a draft of files.
pub(in super::super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) {
    let roster = Roster::read(all, draft);
    let chains = chain::steps(all, draft);
    let askers = chain::askers(all, draft, &roster, &chains);
    let mut declared: Vec<(&Record<'_>, DraftSchedule, String)> = Vec::new();
    for record in all.either(&[SCHEDULE, TF_SCHEDULE]) {
        let name = name(draft, record);
        let owner = roster.owner(draft, record).or_else(|| only(&askers, &record.id()?)).or_else(|| draft.nobodys());
        let schedule = owner.and_then(|owner| draft.declare(&owner, record.id().as_deref(), &name));
        declared.extend(schedule.map(|schedule| (record, schedule, name)));
    }
    let shifts = Shifts::new(all.either(&[SHIFT, TF_SHIFT]));
    let mut calendars = Calendars::new(&all.calendars);
    for (record, declared, name) in &declared {
        schedule::read(draft, &shifts, &mut calendars, record, declared, name);
    }
    calendars.alone(draft);
    chain::read(all, draft, &roster, &chains);
    routes::read(all, draft, &roster);
}

/// The team whose chains alone ask a schedule.
fn only(askers: &BTreeMap<String, BTreeSet<TeamId>>, schedule: &str) -> Option<TeamId> {
    let teams = askers.get(schedule)?;
    teams.first().filter(|_| teams.len() == 1).cloned()
}

/// What an object is called.
pub(super) fn name(draft: &mut Draft<'_>, record: &Record<'_>) -> String {
    record.text(draft.notes, "name").or_else(|| record.id()).unwrap_or_default()
}

/// Under what others refer to an object: its id or its address; for a body that has none yet, the name of its file.
pub(super) fn key(record: &Record<'_>) -> String {
    record.id().unwrap_or_else(|| format!("<{}>", stem(record.file())))
}

/// What a member refers to.
pub(super) fn reference(draft: &Draft<'_>, record: &Record<'_>, name: &str) -> Option<String> {
    record.scalar(name).map(|id| referred(&id, draft.locals))
}
