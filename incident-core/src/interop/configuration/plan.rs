//! What a writer gets: every schedule and every ladder of the files under the name and the id that the tool has for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::escalation::{EscalationRules, PageTarget};
use crate::finding::{Finding, Level as Weight};
use crate::handbook::TeamDocument;
use crate::id::{PersonId, ScheduleId, SeverityId, TeamId};
use crate::incident::event::Urgency;
use crate::oncall::ScheduleDocument;
use crate::time::Elapsed;

use super::assemble::ANY;
use super::ladder::Ladder;
use super::names::{Names, slug};
use super::{ConfigurationForm, ConfigurationTool, ProviderIds, ProviderObject};

/// The files of teams on their way to a tool.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) tool: ConfigurationTool,
    pub(super) form: ConfigurationForm,
    pub(super) schedules: Vec<PlannedSchedule<'a>>,
    pub(super) policies: Vec<PlannedPolicy>,
    /// What the writer's own answer is read back with: every id and name that stands in it.
    pub(super) back: ProviderIds,
    pub(super) findings: Vec<Finding>,
    teams: &'a BTreeMap<TeamId, TeamDocument>,
}

/// A schedule, and what it is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlannedSchedule<'a> {
    pub(super) team: &'a TeamId,
    pub(super) id: &'a ScheduleId,
    pub(super) document: &'a ScheduleDocument,
}

/// A ladder, and what it is called: a policy of ours has one for each severity.
#[derive(Debug)]
pub(super) struct PlannedPolicy {
    pub(super) team: TeamId,
    /// Its key in the side file.
    pub(super) key: String,
    pub(super) ladder: Ladder,
    /// The policy that it is of, and for which severity.
    pub(super) rules: EscalationRules,
    pub(super) severity: SeverityId,
}

/// Whom a target means, as far as tools can say it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Asked {
    /// Those who are on call in a schedule, by its key in the side file.
    OnCall(String),
    Person(PersonId),
    /// One of several, another one each time.
    InTurn(Vec<PersonId>),
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        teams: &'a BTreeMap<TeamId, TeamDocument>,
        ids: &ProviderIds,
        tool: ConfigurationTool,
        form: ConfigurationForm,
    ) -> Self {
        let mut schedules = Vec::new();
        let mut policies = Vec::new();
        for (team, document) in teams {
            schedules.extend(document.schedule.iter().map(|(id, document)| PlannedSchedule { team, id, document }));
            let main = document.escalation.iter().map(|rules| ("escalation".to_owned(), rules));
            let named = document.policy.iter().map(|(name, rules)| (name.to_string(), rules));
            policies.extend(main.chain(named).flat_map(|(name, rules)| ladders(team, &name, rules)));
        }
        let mut back = ids.clone();
        back.schema = Some(super::ids::SCHEMA.to_owned());
        let mut plan = Self { tool, form, schedules, policies, back, findings: Vec::new(), teams };
        plan.name();
        plan
    }

    /// Gives everything a name there that nothing else of its kind has, where the side file has none.
    fn name(&mut self) {
        let keys: Vec<_> = self.schedules.iter().map(|it| (it.key(), words(it.team, it.id.as_str()))).collect();
        let policies = self.policies.iter().map(|policy| {
            let name = policy.key.split_once('/').map_or("", |(_, name)| name);
            let name = name.strip_prefix("escalation").unwrap_or(name).replace('.', " ");
            (policy.key.clone(), words(&policy.team, name.trim()))
        });
        let policies: Vec<_> = policies.collect();
        let ids = self.back.of_mut(self.tool);
        name_all(&mut ids.schedules, keys);
        name_all(&mut ids.policies, policies);
        for team in self.teams.keys() {
            let entry = ids.teams.entry(team.clone()).or_default();
            entry.name.get_or_insert_with(|| team.to_string());
        }
    }

    /// What a schedule is called there, and its id there if it has one.
    pub(super) fn schedule_there(&self, key: &str) -> ProviderObject {
        self.back.of(self.tool).schedules.get(key).cloned().unwrap_or_default()
    }

    /// What a policy is called there, and its id there if it has one.
    pub(super) fn policy_there(&self, key: &str) -> ProviderObject {
        self.back.of(self.tool).policies.get(key).cloned().unwrap_or_default()
    }

    /// The tool's id of a person; one to be filled in, with a finding, where the side file has none.
    pub(super) fn person(&mut self, person: &PersonId) -> String {
        if let Some(id) = self.back.of(self.tool).people.get(person) {
            return id.clone();
        }
        let id = format!("<{person}>");
        self.back.of_mut(self.tool).people.insert(person.clone(), id.clone());
        self.lacks("person", person.as_str(), &id);
        id
    }

    /// The tool's id of a team, likewise.
    pub(super) fn team(&mut self, team: &TeamId) -> String {
        let entry = self.back.of_mut(self.tool).teams.entry(team.clone()).or_default();
        if let Some(id) = &entry.id {
            return id.clone();
        }
        let id = format!("<{team}>");
        entry.id = Some(id.clone());
        self.lacks("team", team.as_str(), &id);
        id
    }

    /// Whether a team is one that the tool has: one with a file, or that the side file names.
    pub(super) fn has_team(&self, team: &TeamId) -> bool {
        self.back.of(self.tool).teams.contains_key(team)
    }

    /// The tool's id of a schedule, likewise.
    pub(super) fn schedule(&mut self, key: &str) -> String {
        let entry = self.back.of_mut(self.tool).schedules.entry(key.to_owned()).or_default();
        if let Some(id) = &entry.id {
            return id.clone();
        }
        let id = format!("<{key}>");
        entry.id = Some(id.clone());
        self.lacks("schedule", key, &id);
        id
    }

    /// The tool's id of a policy, likewise.
    pub(super) fn policy(&mut self, key: &str) -> String {
        let entry = self.back.of_mut(self.tool).policies.entry(key.to_owned()).or_default();
        if let Some(id) = &entry.id {
            return id.clone();
        }
        let id = format!("<{key}>");
        entry.id = Some(id.clone());
        self.lacks("policy", key, &id);
        id
    }

    /// The file of a team.
    pub(super) fn document(&self, team: &TeamId) -> Option<&'a TeamDocument> {
        self.teams.get(team)
    }

    fn lacks(&mut self, kind: &str, ours: &str, id: &str) {
        let message =
            format!("{kind} `{ours}` has no id of {} in the side file; `{id}` stands in its place", self.tool.label());
        let finding = Finding::new(Weight::Warning, codes::NO_PROVIDER_ID, "", message);
        self.findings.push(finding.help("add it, and compile again").fact("object", ours));
    }

    /// Where a schedule stands in what is written, for reading it back.
    pub(super) fn stands_at(&mut self, key: &str, address: String) {
        self.back.of_mut(self.tool).schedules.entry(key.to_owned()).or_default().id = Some(address);
    }

    /// Where a policy stands in what is written, for reading it back.
    pub(super) fn policy_stands_at(&mut self, key: &str, address: String) {
        self.back.of_mut(self.tool).policies.entry(key.to_owned()).or_default().id = Some(address);
    }

    /// The levels of a ladder with whom they ask and how long they wait. A level that asks nobody here gives its time to
    /// the one before it, and one that does not wait is one with the next.
    pub(super) fn levels(&self, policy: &PlannedPolicy) -> Vec<(Vec<Asked>, Elapsed)> {
        self.urgent_levels(policy).into_iter().map(|(asked, wait, _)| (asked, wait)).collect()
    }

    /// The same, with how urgently each pages.
    pub(super) fn urgent_levels(&self, policy: &PlannedPolicy) -> Vec<(Vec<Asked>, Elapsed, Option<Urgency>)> {
        let mut levels: Vec<(Vec<Asked>, Elapsed, Option<Urgency>)> = Vec::new();
        let last = policy.ladder.levels.len().saturating_sub(1);
        let mut at_once = Vec::new();
        for (at, level) in policy.ladder.levels.iter().enumerate() {
            let mut asked = std::mem::take(&mut at_once);
            for more in self.asked(&policy.team, &level.page) {
                if !asked.contains(&more) {
                    asked.push(more);
                }
            }
            match levels.last_mut() {
                _ if !asked.is_empty() && !level.wait.is_positive() && at != last => at_once = asked,
                _ if !asked.is_empty() => levels.push((asked, level.wait, level.urgency)),
                Some((_, wait, _)) => *wait = super::ladder::plus(*wait, level.wait),
                None => {}
            }
        }
        levels
    }

    /// Whom targets in the file of a team mean. What no tool can say is left out: the comparison will tell.
    pub(super) fn asked(&self, team: &TeamId, targets: &[PageTarget]) -> Vec<Asked> {
        let mut all = Vec::new();
        for target in targets {
            let asked: Vec<_> = match target {
                PageTarget::OnCall(schedule) => self.key_of(team, schedule).map(Asked::OnCall).into_iter().collect(),
                PageTarget::Person(person) => vec![Asked::Person(person.clone())],
                PageTarget::Team(group) => self.members(team, group).into_iter().map(Asked::Person).collect(),
                PageTarget::RoundRobin(group) => match self.members(team, group) {
                    members if members.is_empty() => Vec::new(),
                    members => vec![Asked::InTurn(members)],
                },
                PageTarget::Next(_)
                | PageTarget::Buddy
                | PageTarget::Experts(_)
                | PageTarget::Lead(_)
                | PageTarget::Slot(_) => Vec::new(),
            };
            all.extend(asked);
        }
        let mut seen = Vec::new();
        all.retain(|asked| {
            !seen.contains(asked) && {
                seen.push(asked.clone());
                true
            }
        });
        all
    }

    /// The key of a schedule that a team's file names: its own, or `team/schedule`.
    pub(super) fn key_of(&self, team: &TeamId, schedule: &ScheduleId) -> Option<String> {
        let own = format!("{team}/{schedule}");
        let keys: BTreeSet<_> = self.schedules.iter().map(PlannedSchedule::key).collect();
        [own, schedule.to_string()].into_iter().find(|key| keys.contains(key))
    }

    fn members(&self, team: &TeamId, group: &TeamId) -> Vec<PersonId> {
        let own = self.teams.get(team).and_then(|document| document.teams.get(group));
        let any = || self.teams.values().find_map(|document| document.teams.get(group));
        own.or_else(any).map(|group| group.members.clone()).unwrap_or_default()
    }
}

impl PlannedSchedule<'_> {
    /// Its key in the side file.
    pub(super) fn key(&self) -> String {
        format!("{}/{}", self.team, self.id)
    }
}

/// The ladders of a policy: one, where its one severity is the one that stands for none.
fn ladders(team: &TeamId, name: &str, rules: &EscalationRules) -> Vec<PlannedPolicy> {
    let each = rules.severities.iter().map(|(severity, tracks)| {
        let alone = rules.severities.len() == 1 && severity.as_str() == ANY;
        let key = if alone { format!("{team}/{name}") } else { format!("{team}/{name}.{severity}") };
        let ladder = Ladder::of(rules, tracks);
        PlannedPolicy { team: team.clone(), key, ladder, rules: rules.clone(), severity: severity.clone() }
    });
    each.collect()
}

/// The name of something of a team, where it is not said there twice.
fn words(team: &TeamId, name: &str) -> String {
    match name {
        "" => team.to_string(),
        name if name.starts_with(team.as_str()) => name.to_owned(),
        name => format!("{team} {name}"),
    }
}

fn name_all(entries: &mut BTreeMap<String, ProviderObject>, wanted: Vec<(String, String)>) {
    let mut names = Names::default();
    entries.values().filter_map(|entry| entry.name.as_deref()).for_each(|name| names.reserve(name));
    for (key, name) in wanted {
        let entry = entries.entry(key).or_default();
        if entry.name.is_none() {
            entry.name = Some(names.take(&name));
        }
    }
}

/// A key of the side file as the name of a file or a resource.
pub(super) fn plain(key: &str) -> String {
    let name = slug(key);
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }
}
