//! What a tool's reader gives: people, teams, schedules and policies, named once and owned by a team.
//!
//! A reader meets people and teams first, declares its schedules, fills them, and hands over its policies last: what
//! refers to something finds it then under the name that it has in files.

use std::collections::BTreeMap;

use crate::directory::{Area, Team};
use crate::escalation::{EscalationRules, PageTarget};
use crate::handbook::TeamDocument;
use crate::id::{AreaId, PersonId, ScheduleId, SeverityId, TeamId};
use crate::oncall::ScheduleDocument;
use crate::text::pointer_step;
use crate::time::Window;

use super::assemble::ANY;
use super::ids::named;
use super::names::{Names, first_slug};
use super::people::{GivenPerson, People};
use super::record::{Notes, Record};
use super::{ConfigurationOptions, ConfigurationOrigin, ConfigurationTool, ProviderIds, ProviderObject};

/// The files of teams while they are put together, of every tool.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) documents: BTreeMap<TeamId, TeamDocument>,
    pub(super) policies: Vec<PolicyDraft>,
    pub(super) routes: Vec<RouteDraft>,
    pub(super) origins: BTreeMap<String, ConfigurationOrigin>,
    pub(super) ids: ProviderIds,
    teams: Names,
    areas: Names,
    schedules: BTreeMap<TeamId, Names>,
}

/// A policy that has no name in a file yet.
#[derive(Debug)]
pub(super) struct PolicyDraft {
    pub(super) tool: ConfigurationTool,
    pub(super) owner: TeamId,
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) rules: EscalationRules,
    pub(super) origin: ConfigurationOrigin,
    /// Whether it is what incidents of its team get that no route takes.
    pub(super) main: bool,
    /// The windows in which incidents of its team get it instead, each with its rank among them.
    pub(super) ways: Vec<(u32, String)>,
}

/// An area whose incidents get a policy.
#[derive(Debug)]
pub(super) struct RouteDraft {
    pub(super) tool: ConfigurationTool,
    pub(super) area: AreaId,
    /// The tool's id of the policy.
    pub(super) policy: String,
}

/// A policy that was handed over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct PolicyNumber(usize);

/// A schedule that was declared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct DraftSchedule {
    pub(super) owner: TeamId,
    pub(super) id: ScheduleId,
}

/// What a tool's reader writes into.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) tool: ConfigurationTool,
    pub(super) notes: &'a mut Notes,
    pub(super) options: &'a ConfigurationOptions,
    pub(super) locals: &'a BTreeMap<String, String>,
    people: &'a mut People,
    files: &'a mut Files,
    /// By the tool's id.
    teams: BTreeMap<String, TeamId>,
    schedules: BTreeMap<String, DraftSchedule>,
}

impl Files {
    /// With the names that the side file gives.
    pub(super) fn new(ids: &ProviderIds) -> Self {
        let mut files = Self { ids: ids.clone(), ..Self::default() };
        for tool in ConfigurationTool::ALL {
            let ids = ids.of(tool);
            ids.teams.keys().for_each(|team| files.teams.reserve(team.as_str()));
            ids.areas.keys().for_each(|area| files.areas.reserve(area.as_str()));
            for (team, name) in ids.schedules.keys().filter_map(|key| owned(key)) {
                files.schedules.entry(team).or_default().reserve(name);
            }
        }
        files
    }
}

/// The team and the name in a key of the side file.
pub(super) fn owned(key: &str) -> Option<(TeamId, &str)> {
    let (team, name) = key.split_once('/')?;
    Some((TeamId::new(team).ok()?, name))
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        tool: ConfigurationTool,
        options: &'a ConfigurationOptions,
        locals: &'a BTreeMap<String, String>,
        notes: &'a mut Notes,
        people: &'a mut People,
        files: &'a mut Files,
    ) -> Self {
        let (teams, schedules) = (BTreeMap::new(), BTreeMap::new());
        Self { tool, notes, options, locals, people, files, teams, schedules }
    }

    /// Our id of a person, met in full or in passing.
    pub(super) fn person(&mut self, given: GivenPerson<'_>) -> Option<PersonId> {
        self.people.meet(self.tool, given)
    }

    /// A team of the tool, under the id that it has in files.
    pub(super) fn team(&mut self, id: &str, name: &str) -> Option<TeamId> {
        if let Some(known) = self.teams.get(id) {
            return Some(known.clone());
        }
        let ours = named(&self.files.ids.of(self.tool).teams, Some(id), name).cloned();
        let team = match ours {
            Some(ours) => ours,
            None => TeamId::new(&self.files.teams.take(&first_slug([name, id], "team"))).ok()?,
        };
        self.teams.insert(id.to_owned(), team.clone());
        let entry = self.files.ids.of_mut(self.tool).teams.entry(team.clone()).or_default();
        remember(entry, Some(id), name);
        Some(team)
    }

    /// The team that was met under an id of the tool.
    pub(super) fn team_met(&self, id: &str) -> Option<TeamId> {
        self.teams.get(id).cloned()
    }

    /// The team of what belongs to none.
    pub(super) fn nobodys(&self) -> Option<TeamId> {
        self.options.team.clone().or_else(|| TeamId::new(self.tool.as_str()).ok())
    }

    /// Somebody is in a team.
    pub(super) fn join(&mut self, team: &TeamId, name: &str, person: PersonId) {
        let shown = (super::names::slug(name) != team.as_str() && !name.is_empty()).then(|| name.to_owned());
        let entry = self.document(team).teams.entry(team.clone()).or_default();
        entry.name = entry.name.take().or(shown);
        if !entry.members.contains(&person) {
            entry.members.push(person);
        }
    }

    /// A group of people that the tool names nowhere, such as those of a level who are asked in turn.
    pub(super) fn group(&mut self, owner: &TeamId, wanted: &str, members: Vec<PersonId>) -> Option<TeamId> {
        let known = self.files.documents.get(owner).and_then(|document| {
            document.teams.iter().find(|(id, team)| id.as_str().starts_with(wanted) && team.members == members)
        });
        if let Some((known, _)) = known {
            return Some(known.clone());
        }
        let id = TeamId::new(&self.files.teams.take(wanted)).ok()?;
        self.document(owner).teams.insert(id.clone(), Team { name: None, members });
        Some(id)
    }

    /// The document of a team, for everything that has no verb of its own here.
    pub(super) fn document(&mut self, team: &TeamId) -> &mut TeamDocument {
        self.files.documents.entry(team.clone()).or_default()
    }

    /// Declares a schedule, so that others may refer to it.
    pub(super) fn declare(&mut self, owner: &TeamId, id: Option<&str>, name: &str) -> Option<DraftSchedule> {
        let ours = named(&self.files.ids.of(self.tool).schedules, id, name).cloned();
        let (owner, schedule) = match ours.as_deref().and_then(owned) {
            Some((team, schedule)) => (team, ScheduleId::new(schedule).ok()?),
            None => {
                let names = self.files.schedules.entry(owner.clone()).or_default();
                let wanted = first_slug([name].into_iter().chain(id), "schedule");
                (owner.clone(), ScheduleId::new(&names.take(&wanted)).ok()?)
            }
        };
        let key = format!("{owner}/{schedule}");
        remember(self.files.ids.of_mut(self.tool).schedules.entry(key).or_default(), id, name);
        let declared = DraftSchedule { owner, id: schedule };
        let key = format!("{}/{}", declared.owner, declared.id);
        let known = self.files.ids.of(self.tool).schedules.get(&key).and_then(|entry| entry.id.clone());
        for id in id.map(str::to_owned).into_iter().chain(known) {
            self.schedules.insert(id, declared.clone());
        }
        Some(declared)
    }

    /// The schedule that was declared under an id of the tool.
    pub(super) fn declared(&self, id: &str) -> Option<&DraftSchedule> {
        self.schedules.get(id)
    }

    /// The tool's id of the schedule that has a name there, if only one has it.
    pub(super) fn declared_as(&self, name: &str) -> Option<String> {
        let ids = self.files.ids.of(self.tool);
        let has_it = |declared: &&DraftSchedule| {
            let entry = ids.schedules.get(&format!("{}/{}", declared.owner, declared.id));
            entry.is_some_and(|entry| entry.name.as_deref().unwrap_or(declared.id.as_str()) == name)
        };
        let mut named = self.schedules.iter().filter(|(_, declared)| has_it(declared));
        named.next().filter(|_| named.next().is_none()).map(|(id, _)| id.clone())
    }

    /// Those who are on call in a schedule, as a target in the file of `owner`.
    pub(super) fn on_call(&self, owner: &TeamId, id: &str) -> Option<PageTarget> {
        let schedule = self.schedules.get(id)?;
        let name = if schedule.owner == *owner {
            schedule.id.clone()
        } else {
            ScheduleId::new(&format!("{}/{}", schedule.owner, schedule.id)).ok()?
        };
        Some(PageTarget::OnCall(name))
    }

    /// Fills a schedule that was declared. `parts` are the records of its rotations, in their order there.
    pub(super) fn schedule(
        &mut self,
        declared: &DraftSchedule,
        record: &Record<'_>,
        name: &str,
        document: ScheduleDocument,
        parts: &[Record<'_>],
    ) {
        let whole = format!("{}/schedule{}", pointer_step(declared.owner.as_str()), pointer_step(declared.id.as_str()));
        let origin = self.origin(record, "schedule", name);
        for (at, part) in parts.iter().enumerate() {
            let origin =
                ConfigurationOrigin { path: part.here().to_owned(), file: part.file().to_owned(), ..origin.clone() };
            self.files.origins.insert(format!("{whole}/rotation/{at}"), origin);
        }
        self.files.origins.insert(whole, origin);
        self.document(&declared.owner).schedule.insert(declared.id.clone(), document);
    }

    /// Hands over a policy, and gets its number. What it is called in the file is decided when all are known.
    pub(super) fn policy(
        &mut self,
        owner: &TeamId,
        record: &Record<'_>,
        name: &str,
        rules: EscalationRules,
    ) -> PolicyNumber {
        let origin = self.origin(record, "escalation policy", name);
        self.files.documents.entry(owner.clone()).or_default();
        self.files.policies.push(PolicyDraft {
            tool: self.tool,
            owner: owner.clone(),
            id: record.id(),
            name: name.to_owned(),
            rules,
            origin,
            main: false,
            ways: Vec::new(),
        });
        PolicyNumber(self.files.policies.len() - 1)
    }

    /// The name of a policy in the side file, such as `payments/escalation`, and the tool's id of it there.
    pub(super) fn known_policy(&self, id: Option<&str>, name: &str) -> Option<(&str, Option<&str>)> {
        let policies = &self.files.ids.of(self.tool).policies;
        let key = named(policies, id, name)?;
        Some((key, policies.get(key).and_then(|entry| entry.id.as_deref())))
    }

    /// Hands over a policy that the tool does not have: what several objects of it come to. `record` is one of them.
    pub(super) fn composed(
        &mut self,
        owner: &TeamId,
        record: &Record<'_>,
        name: &str,
        rules: EscalationRules,
    ) -> PolicyNumber {
        let number = self.policy(owner, record, name, rules);
        self.files.policies.iter_mut().skip(number.0).for_each(|policy| policy.id = None);
        number
    }

    /// A policy is what incidents of its team get that no route takes.
    pub(super) fn main(&mut self, number: PolicyNumber) {
        self.files.policies.iter_mut().skip(number.0).take(1).for_each(|policy| policy.main = true);
    }

    /// Incidents of its team get a policy within a window of that team, unless a window of a lower rank is open too.
    pub(super) fn route_within(&mut self, number: PolicyNumber, rank: u32, window: &str) {
        let way = (rank, window.to_owned());
        self.files.policies.iter_mut().skip(number.0).take(1).for_each(|policy| policy.ways.push(way.clone()));
    }

    /// The policies of a team that know no severities page alike for each of these.
    pub(super) fn spread(&mut self, owner: &TeamId, severities: &[SeverityId]) {
        let tool = self.tool;
        let its = |policy: &&mut PolicyDraft| policy.owner == *owner && policy.tool == tool;
        for policy in self.files.policies.iter_mut().filter(its) {
            if let Some(tracks) = policy.rules.severities.remove(ANY) {
                policy.rules.severities.extend(severities.iter().map(|severity| (severity.clone(), tracks.clone())));
            }
        }
    }

    /// Whether the side file knows policies of a team by severity, so that they need not be put together.
    pub(super) fn knows_severities(&self, owner: &TeamId) -> bool {
        let keys = self.files.ids.of(self.tool).policies.keys();
        keys.filter_map(|key| owned(key)).any(|(team, name)| team == *owner && name.contains('.'))
    }

    /// A window of a team under a name like the wanted one; one that is alike keeps its name.
    pub(super) fn window(&mut self, owner: &TeamId, wanted: &str, window: Window) -> String {
        let windows = &mut self.document(owner).windows;
        if let Some((known, _)) = windows.iter().find(|(_, known)| **known == window) {
            return known.clone();
        }
        let mut names = Names::default();
        windows.keys().for_each(|name| names.reserve(name));
        // The one called so says when people sleep.
        names.reserve("asleep");
        let name = names.take(&first_slug([wanted], "hours"));
        windows.insert(name.clone(), window);
        name
    }

    /// An area of a team, and the tool's id of the policy that its incidents get.
    pub(super) fn area(&mut self, owner: &TeamId, id: &str, name: &str, policy: Option<&str>) {
        let ours = named(&self.files.ids.of(self.tool).areas, Some(id), name).cloned();
        let area = ours.or_else(|| AreaId::new(&self.files.areas.take(&first_slug([name, id], "area"))).ok());
        let Some(area) = area else { return };
        remember(self.files.ids.of_mut(self.tool).areas.entry(area.clone()).or_default(), Some(id), name);
        let shown = (super::names::slug(name) != area.as_str()).then(|| name.to_owned());
        let entry = Area { name: shown, ..Area::default() };
        self.document(owner).areas.insert(area.clone(), entry);
        let tool = self.tool;
        self.files.routes.extend(policy.map(|policy| RouteDraft { tool, area, policy: policy.to_owned() }));
    }

    /// Where a record stands, as what.
    fn origin(&self, record: &Record<'_>, kind: &str, name: &str) -> ConfigurationOrigin {
        ConfigurationOrigin {
            file: record.file().to_owned(),
            path: record.here().to_owned(),
            object: format!("{} {kind} `{name}`", self.tool.label()),
            id: record.id(),
        }
    }
}

/// Keeps what an object is in the tool; and its name.
pub(super) fn remember(entry: &mut ProviderObject, id: Option<&str>, name: &str) {
    entry.id = id.map(str::to_owned).or_else(|| entry.id.take());
    if !name.is_empty() {
        entry.name = Some(name.to_owned());
    }
}
