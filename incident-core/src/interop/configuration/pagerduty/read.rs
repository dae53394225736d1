//! The objects of PagerDuty in the order in which they refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::finding::Level;
use crate::id::TeamId;

use super::super::detect::Gathered;
use super::super::draft::{Draft, DraftSchedule};
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::terraform::referred;
use super::{CUSTOM_SHIFT, MEMBER, ON_CALL, OVERRIDE_SHIFT, POLICY, SCHEDULE, SCHEDULE_V3, SERVICE, TEAM, USER};
use super::{TF_MEMBER, TF_POLICY, TF_SCHEDULE, TF_SCHEDULE_V3, TF_SERVICE, TF_TEAM, TF_USER};
use super::{events, overrides, policy, schedule};

/// From what was exported to a draft of files.
pub(in super::super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) {
    all.of(USER).iter().chain(all.of(TF_USER)).for_each(|user| person(draft, user));
    let mut names = BTreeMap::new();
    for team in all.of(TEAM).iter().chain(all.of(TF_TEAM)) {
        if let Some(id) = team.id() {
            let name = team.text(draft.notes, "name").unwrap_or_else(|| id.clone());
            draft.team(&id, &name).iter().for_each(|team| drop(names.insert(team.clone(), name.clone())));
        }
    }
    members(all, draft, &names);
    let owners = owners(all, draft);
    let mut declared: Vec<(&Record<'_>, DraftSchedule, String)> = Vec::new();
    for record in all.either(&[SCHEDULE, TF_SCHEDULE]) {
        let id = record.id();
        let owner = owner(draft, record).or_else(|| owners.get(id.as_deref()?).cloned()).or_else(|| draft.nobodys());
        let name = name(draft, record);
        let schedule = owner.and_then(|owner| draft.declare(&owner, id.as_deref(), &name));
        declared.extend(schedule.map(|schedule| (record, schedule, name)));
    }
    let shift_based = all.either(&[SCHEDULE_V3, TF_SCHEDULE_V3]);
    for record in &shift_based {
        let id = record.id();
        let owner = owner(draft, record).or_else(|| owners.get(id.as_deref()?).cloned()).or_else(|| draft.nobodys());
        let name = name(draft, record);
        if let Some(schedule) = owner.and_then(|owner| draft.declare(&owner, id.as_deref(), &name)) {
            events::read(draft, all, record, &schedule, &name);
        }
    }
    for record in all.of(OVERRIDE_SHIFT).iter().chain(all.of(CUSTOM_SHIFT)) {
        if !shift_based.iter().any(|schedule| overrides::of_schedule(record, schedule)) {
            let message =
                "of which schedule it is stands nowhere: put the id of the schedule into the name of the file";
            record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "start_time", message);
        }
    }
    let overrides = overrides::by_schedule(all, draft);
    for (record, schedule, name) in declared {
        schedule::read(draft, record, &schedule, &name, &overrides);
    }
    all.either(&[POLICY, TF_POLICY]).into_iter().for_each(|record| policy::read(draft, record));
    for service in all.either(&[SERVICE, TF_SERVICE]) {
        let policy = reference(draft, service, "escalation_policy");
        let owner = owner(draft, service).or_else(|| policy::owner_of(all, draft, policy.as_deref()?));
        let owner = owner.or_else(|| draft.nobodys());
        if let (Some(id), Some(owner)) = (service.id(), owner) {
            let name = name(draft, service);
            draft.area(&owner, &id, &name, policy.as_deref());
        }
    }
    for on_call in all.of(ON_CALL) {
        on_call.record("user").iter().for_each(|user| person(draft, user));
        let message =
            "who is on call now is no configuration; the schedules and policies it names are not in the export";
        let level = Level::Note;
        let policy = reference(draft, on_call, "escalation_policy");
        if !all.of(POLICY).iter().any(|known| known.id() == policy) {
            on_call.note(draft.notes, level, codes::REFERENCE_ONLY, "escalation_policy", message);
        }
    }
}

fn person(draft: &mut Draft<'_>, user: &Record<'_>) {
    let (id, email) = (user.id(), user.text(draft.notes, "email"));
    let (name, zone) =
        (user.text(draft.notes, "name").or_else(|| user.scalar("summary")), user.zone(draft.notes, "time_zone"));
    draft.person(GivenPerson { id: id.as_deref(), email: email.as_deref(), name: name.as_deref(), zone });
}

/// Who is in which team: as users say it, as teams do, and as Terraform does.
fn members(all: &Gathered<'_>, draft: &mut Draft<'_>, names: &BTreeMap<TeamId, String>) {
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for user in all.of(USER) {
        let teams = user.records(draft.notes, "teams");
        pairs.extend(teams.iter().filter_map(Record::id).zip(user.id().into_iter().cycle()));
    }
    let teams: Vec<_> = all.of(TEAM).iter().filter_map(Record::id).collect();
    for member in all.of(MEMBER) {
        let named: Vec<_> = teams.iter().filter(|id| member.file().contains(id.as_str())).collect();
        let user = reference(draft, member, "user");
        match (named.as_slice(), user) {
            ([team], Some(user)) => drop(pairs.insert(((*team).clone(), user))),
            _ => {
                let message =
                    "whose members these are stands nowhere: put the id of the team into the name of the file";
                member.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "user", message);
            }
        }
    }
    for member in all.of(TF_MEMBER) {
        let of = |name: &str| member.scalar(name).map(|text| referred(&text, draft.locals));
        pairs.extend(of("team_id").zip(of("user_id")));
    }
    for (team, user) in pairs {
        let person = draft.person(GivenPerson { id: Some(&user), ..GivenPerson::default() });
        if let (Some(team), Some(person)) = (draft.team_met(&team).or_else(|| draft.team(&team, &team)), person) {
            let name = names.get(&team).map_or("", String::as_str);
            draft.join(&team, name, person);
        }
    }
}

/// The team of an object: the first that it names.
pub(super) fn owner(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<TeamId> {
    let mut ids: Vec<(String, String)> = Vec::new();
    if record.address.is_some() {
        ids.extend(
            record.texts(draft.notes, "teams").into_iter().map(|id| (referred(&id, draft.locals), String::new())),
        );
    } else {
        for team in record.records(draft.notes, "teams") {
            let name = team.scalar("summary").or_else(|| team.scalar("name")).unwrap_or_default();
            ids.extend(team.id().map(|id| (id, name)));
        }
    }
    let (id, name) = ids.first()?;
    if ids.len() > 1 {
        let message = format!("{} teams have it; it stands in the file of the first", ids.len());
        record.note(draft.notes, Level::Note, codes::NOT_EXPRESSIBLE, "teams", message);
    }
    draft.team_met(id).or_else(|| draft.team(id, name))
}

/// The team whose policies alone ask a schedule, for schedules that name none.
fn owners(all: &Gathered<'_>, draft: &mut Draft<'_>) -> BTreeMap<String, TeamId> {
    let mut by_schedule: BTreeMap<String, BTreeSet<TeamId>> = BTreeMap::new();
    for record in all.either(&[POLICY, TF_POLICY]) {
        let Some(owner) = owner(draft, record) else { continue };
        for (_, targets) in policy::levels(draft, record) {
            for target in targets.into_iter().filter(|target| target.is_schedule) {
                by_schedule.entry(target.id).or_default().insert(owner.clone());
            }
        }
    }
    let one = |(id, teams): (String, BTreeSet<TeamId>)| Some((id, teams.first().filter(|_| teams.len() == 1)?.clone()));
    by_schedule.into_iter().filter_map(one).collect()
}

/// What an object is called.
pub(super) fn name(draft: &mut Draft<'_>, record: &Record<'_>) -> String {
    let name = record.text(draft.notes, "name").or_else(|| record.scalar("summary"));
    name.or_else(|| record.id()).unwrap_or_default()
}

/// The id that a member refers to: that of an object with an id, or text.
pub(super) fn reference(draft: &Draft<'_>, record: &Record<'_>, name: &str) -> Option<String> {
    let id = record.record(name).and_then(|object| object.id()).or_else(|| record.scalar(name));
    id.map(|id| referred(&id, draft.locals))
}

/// A person who is referred to, by an id and perhaps a name.
pub(super) fn somebody(draft: &mut Draft<'_>, id: Option<&str>, name: Option<&str>) -> Option<crate::PersonId> {
    let id = id.map(|id| referred(id, draft.locals));
    draft.person(GivenPerson { id: id.as_deref(), name, ..GivenPerson::default() })
}
