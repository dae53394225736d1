//! From what the readers of tools gave to files as a person would have written them.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::Condition;
use crate::escalation::{EscalationRules, PageTarget, SeverityTracks};
use crate::handbook::{OrgDocument, PolicyRoute, TeamDocument};
use crate::id::{AreaId, PersonId, PolicyId, SeverityId, TeamId};
use crate::oncall::{RotationMember, ScheduleDocument};
use crate::severity::{SeverityDefinition, SeveritySchemeDocument, UnknownPolicy};
use crate::text::pointer_step;

use super::draft::{Files, PolicyDraft, owned, remember};
use super::ids::named;
use super::names::{Names, first_slug};
use super::people::People;
use super::{ConfigurationOrigin, ProviderIds};

/// The severity of a tool that knows none.
pub(super) const ANY: &str = "any";

/// What was put together.
pub(super) struct Assembled {
    pub(super) org: Option<OrgDocument>,
    pub(super) teams: BTreeMap<TeamId, TeamDocument>,
    pub(super) ids: ProviderIds,
    pub(super) origins: BTreeMap<String, ConfigurationOrigin>,
}

/// The main policy of a team in the side file.
const MAIN: &str = "escalation";

pub(super) fn assemble(mut files: Files, people: &People) -> Assembled {
    let policies = std::mem::take(&mut files.policies);
    let mut places = BTreeMap::new();
    for owner in policies.iter().map(|policy| policy.owner.clone()).collect::<BTreeSet<_>>() {
        let mut its: Vec<_> = policies.iter().filter(|policy| policy.owner == owner).collect();
        its.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        place_policies(&mut files, &owner, &its, &mut places);
    }
    routes(&mut files, &places);
    people.write(&mut files.ids);
    files.ids.schema = Some(super::ids::SCHEMA.to_owned());
    let mut teams = files.documents;
    for (team, document) in &mut teams {
        let used = windows_of(document);
        document.windows.retain(|name, _| used.contains(name));
        document.schema = Some("incident-core/team/v1".to_owned());
        document.team = Some(team.clone());
    }
    let org = share(&mut teams, people);
    Assembled { org, teams, ids: files.ids, origins: files.origins }
}

/// The policy that the tool has under an id, as a team's file calls it.
type Places = BTreeMap<(super::ConfigurationTool, String), (TeamId, String)>;

/// Gives the policies of a team their names. The one that most areas have is the team's `escalation`, unless the side
/// file says which.
fn place_policies(files: &mut Files, owner: &TeamId, policies: &[&PolicyDraft], places: &mut Places) {
    let known: Vec<Option<String>> = policies
        .iter()
        .map(|policy| named(&files.ids.of(policy.tool).policies, policy.id.as_deref(), &policy.name).cloned())
        .collect();
    let mut names = Names::default();
    let taken: Vec<_> = super::ConfigurationTool::ALL
        .iter()
        .flat_map(|tool| files.ids.of(*tool).policies.keys())
        .filter_map(|key| owned(key).filter(|(team, _)| team == owner).map(|(_, name)| name.to_owned()))
        .collect();
    taken.iter().for_each(|name| names.reserve(name.split_once('.').map_or(name.as_str(), |(name, _)| name)));
    let is_main = |name: &String| name == MAIN || name.starts_with("escalation.");
    let areas = |policy: &PolicyDraft| {
        let of = |tool, id: &str| tool == policy.tool && policy.id.as_deref() == Some(id);
        files.routes.iter().filter(|route| of(route.tool, &route.policy)).count()
    };
    let unnamed = policies.iter().enumerate().filter(|(at, _)| known.get(*at).is_some_and(Option::is_none));
    let main = unnamed
        .filter(|_| !taken.iter().any(is_main))
        .max_by_key(|(at, policy)| (policy.main, areas(policy), std::cmp::Reverse(*at)))
        .map(|(at, _)| at);
    let mut ways = Vec::new();
    for (at, (policy, known)) in policies.iter().zip(known).enumerate() {
        let key = known.unwrap_or_else(|| {
            let wanted = first_slug([policy.name.as_str()].into_iter().chain(policy.id.as_deref()), "policy");
            let name = if main == Some(at) { MAIN.to_owned() } else { names.take(&wanted) };
            format!("{owner}/{name}")
        });
        let Some((team, name)) = owned(&key) else { continue };
        let (name, severity) = name.split_once('.').map_or((name, None), |(name, severity)| (name, Some(severity)));
        let Some(pointer) = put(files.documents.entry(team.clone()).or_default(), name, severity, &policy.rules) else {
            continue;
        };
        files.origins.insert(format!("{}{pointer}", pointer_step(team.as_str())), policy.origin.clone());
        let entry = files.ids.of_mut(policy.tool).policies.entry(key.clone()).or_default();
        remember(entry, policy.id.as_deref(), &policy.name);
        let leads = PolicyId::new(name).ok().filter(|_| team == *owner);
        ways.extend(policy.ways.iter().filter_map(|(rank, window)| Some((*rank, window.clone(), leads.clone()?))));
        if let Some(id) = &policy.id {
            places.insert((policy.tool, id.clone()), (team, name.to_owned()));
        }
    }
    ways.sort();
    // A policy that a tool has for each severity is one here.
    ways.dedup();
    let ways = ways.into_iter().map(|(_, window, policy)| PolicyRoute {
        when: None,
        within: Some(window),
        policy,
        because: None,
    });
    if let Some(document) = files.documents.get_mut(owner) {
        document.route.extend(ways);
    }
}

/// Puts a policy into a document: whole, or as the tracks of a severity. Where it stands then.
fn put(document: &mut TeamDocument, name: &str, severity: Option<&str>, given: &EscalationRules) -> Option<String> {
    let rules = if name == MAIN {
        document.escalation.get_or_insert_default()
    } else {
        document.policy.entry(PolicyId::new(name).ok()?).or_default()
    };
    let pointer = if name == MAIN { "/escalation".to_owned() } else { format!("/policy{}", pointer_step(name)) };
    if rules.severities.is_empty() {
        rules.otherwise.clone_from(&given.otherwise);
        rules.acknowledged_for = given.acknowledged_for;
        rules.on_empty = given.on_empty;
    }
    for (theirs, tracks) in &given.severities {
        let ours = severity.filter(|_| theirs.as_str() == ANY).and_then(|ours| SeverityId::new(ours).ok());
        let otherwise = given.otherwise.clone().filter(|_| rules.otherwise != given.otherwise);
        let tracks = SeverityTracks { otherwise: tracks.otherwise.clone().or(otherwise), ..tracks.clone() };
        rules.severities.insert(ours.unwrap_or_else(|| theirs.clone()), tracks);
    }
    Some(match severity {
        Some(severity) => format!("{pointer}{}", pointer_step(severity)),
        None => pointer,
    })
}

/// The areas of a policy lead to it, in the file that has it; those of the main one need no route.
fn routes(files: &mut Files, places: &Places) {
    let mut by_policy: BTreeMap<(TeamId, String), BTreeSet<AreaId>> = BTreeMap::new();
    for route in std::mem::take(&mut files.routes) {
        if let Some((team, name)) = places.get(&(route.tool, route.policy)).filter(|(_, name)| name != MAIN) {
            by_policy.entry((team.clone(), name.clone())).or_default().insert(route.area);
        }
    }
    for ((team, name), areas) in by_policy {
        let mut each: Vec<_> = areas.iter().map(|area| serde_json::json!({ "areas": area })).collect();
        let when = match each.pop() {
            Some(only) if each.is_empty() => only.to_string(),
            last => serde_json::Value::from_iter(each.into_iter().chain(last)).to_string(),
        };
        if let (Ok(policy), Ok(when)) = (PolicyId::new(&name), crate::decode::one::<Condition>(&when)) {
            let route = PolicyRoute { when: Some(when), within: None, policy, because: None };
            files.documents.entry(team).or_default().route.push(route);
        }
    }
}

/// Puts people into the file of the team that names them, or, where several do, into what all share; and the severity of
/// tools that know none.
fn share(teams: &mut BTreeMap<TeamId, TeamDocument>, people: &People) -> Option<OrgDocument> {
    let mut named_by: BTreeMap<PersonId, BTreeSet<TeamId>> = BTreeMap::new();
    for (team, document) in &*teams {
        for person in people_of(document) {
            named_by.entry(person).or_default().insert(team.clone());
        }
    }
    let mut org = OrgDocument { schema: Some("incident-core/org/v1".to_owned()), ..OrgDocument::default() };
    for (person, by) in named_by {
        let entry = people.get(&person);
        match by.first().filter(|_| by.len() == 1).and_then(|team| teams.get_mut(team)) {
            Some(document) => drop(document.people.insert(person, entry)),
            None => drop(org.people.insert(person, entry)),
        }
    }
    let without = |document: &&mut TeamDocument| severities(document).any(|severity| severity.as_str() == ANY);
    let mut simple: Vec<_> = teams.values_mut().filter(without).collect();
    match simple.as_mut_slice() {
        [] => {}
        [one] => one.severity = scheme(),
        _ => org.severity = scheme(),
    }
    (!org.people.is_empty() || org.severity.is_some()).then_some(org)
}

/// Every window for which a route asks or a step waits.
fn windows_of(document: &TeamDocument) -> BTreeSet<String> {
    let rules = document.escalation.iter().chain(document.policy.values()).flat_map(|rules| rules.severities.values());
    let steps = rules.flat_map(|tracks| tracks.first.iter().chain(&tracks.reinforce).chain(&tracks.authority));
    let waits = steps.filter_map(|step| step.within.clone());
    waits.chain(document.route.iter().filter_map(|route| route.within.clone())).collect()
}

fn severities(document: &TeamDocument) -> impl Iterator<Item = &SeverityId> {
    document.escalation.iter().chain(document.policy.values()).flat_map(|rules| rules.severities.keys())
}

/// One severity, which everything has.
fn scheme() -> Option<SeveritySchemeDocument> {
    let any = SeverityId::new(ANY).ok()?;
    Some(SeveritySchemeDocument {
        order: vec![any.clone()],
        unknown: UnknownPolicy::Assume { severity: any.clone(), settle_within: None },
        severities: [(any, SeverityDefinition::default())].into(),
        ..SeveritySchemeDocument::default()
    })
}

/// Everybody whom a document names.
pub(super) fn people_of(document: &TeamDocument) -> BTreeSet<PersonId> {
    let mut people: BTreeSet<_> = document.teams.values().flat_map(|team| team.members.iter().cloned()).collect();
    people.extend(document.schedule.values().flat_map(people_on_call));
    people.extend(document.absence.iter().map(|absence| absence.person.clone()));
    people.extend(document.areas.values().flat_map(|area| area.experts.iter().cloned()));
    for rules in document.escalation.iter().chain(document.policy.values()) {
        let tracks = rules.severities.values();
        let steps = tracks.clone().flat_map(|tracks| [&tracks.first, &tracks.reinforce, &tracks.authority]).flatten();
        let otherwise = rules.otherwise.iter().chain(tracks.filter_map(|tracks| tracks.otherwise.as_ref()));
        let targets = steps.flat_map(|step| &step.page).chain(otherwise.flat_map(|otherwise| &otherwise.page));
        people.extend(targets.filter_map(|target| match target {
            PageTarget::Person(person) => Some(person.clone()),
            _ => None,
        }));
    }
    people
}

fn people_on_call(schedule: &ScheduleDocument) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    for member in schedule.rotation.iter().flat_map(|rotation| &rotation.members) {
        match member {
            RotationMember::One(person) => drop(people.insert(person.clone())),
            RotationMember::Group(group) => people.extend(group.iter().cloned()),
            RotationMember::Joins(joins) => people.extend(joins.join.iter().cloned()),
            RotationMember::Leaves(leaves) => drop(people.insert(leaves.leave.clone())),
        }
    }
    people.retain(|person| person.as_str() != "nobody");
    for it in &schedule.overrides {
        let lists = [&it.temporary, &it.cover, &it.remove, &it.add].into_iter().flatten().flatten();
        people.extend(lists.chain(&it.replace).chain(&it.with).cloned());
    }
    people.extend(schedule.recorded.iter().flat_map(|recorded| &recorded.shifts).map(|shift| shift.person.clone()));
    people
}
