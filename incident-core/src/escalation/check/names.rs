//! Names that nobody has.

use std::collections::BTreeSet;

use crate::codes::{self, Code};
use crate::error::Error;
use crate::finding::{Finding, Level};
use crate::id::{PersonId, ScheduleId, SlotId, TeamId};
use crate::text::{nearest, short};

use crate::escalation::document::{EscalationPolicyDocument, PageTarget};
use crate::escalation::proof::places::targets;
use crate::escalation::world::World;

/// Targets that the world does not know, and teams without members.
pub(super) fn check(document: &EscalationPolicyDocument, world: &World) -> Vec<Finding> {
    let directory = world.directory().document();
    let mut found = Vec::new();
    for (path, target) in targets(document) {
        let problem = match target {
            PageTarget::OnCall(name) | PageTarget::Next(name) => {
                let known = || world.schedules().keys().map(ScheduleId::as_str);
                (!world.schedules().contains_key(name))
                    .then(|| unknown(codes::UNKNOWN_SCHEDULE, name.as_str(), "schedules", known()))
            }
            PageTarget::Person(name) => {
                let known = || directory.people.keys().map(PersonId::as_str);
                (!directory.people.contains_key(name))
                    .then(|| unknown(codes::UNKNOWN_PERSON, name.as_str(), "people", known()))
            }
            PageTarget::Team(name) | PageTarget::RoundRobin(name) => match directory.teams.get(name) {
                None => Some(unknown(
                    codes::UNKNOWN_TEAM,
                    name.as_str(),
                    "teams",
                    directory.teams.keys().map(TeamId::as_str),
                )),
                Some(team) if team.members.is_empty() => {
                    let message = format!("team `{name}` has no members, so `{target}` finds nobody");
                    found.push(Finding::new(Level::Warning, codes::EMPTY_TARGET, path.clone(), message));
                    None
                }
                Some(_) => None,
            },
            PageTarget::Slot(name) => {
                let known = || world.slots().keys().map(SlotId::as_str);
                (!world.slots().contains_key(name))
                    .then(|| unknown(codes::UNKNOWN_SLOT, name.as_str(), "slots", known()))
            }
            PageTarget::Buddy | PageTarget::Experts(_) | PageTarget::Lead(_) => None,
        };
        found.extend(problem.map(|error| error.at(path).to_finding()));
    }
    found.extend(experts(document, world));
    found
}

fn unknown<'a>(code: Code, name: &str, among: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let error = Error::invalid(code, format!("`{}` is not among the {among}", short(name)));
    match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// Areas that nobody knows, where experts are asked for: one finding an area, at the first target that asks.
fn experts(document: &EscalationPolicyDocument, world: &World) -> Vec<Finding> {
    let asks = targets(document).into_iter().find(|(_, target)| matches!(target, PageTarget::Experts(_)));
    let Some((path, target)) = asks else { return Vec::new() };
    let areas = &world.directory().document().areas;
    let without: BTreeSet<_> = areas.iter().filter(|(_, area)| area.experts.is_empty()).map(|(id, _)| id).collect();
    let told = without.into_iter().map(|area| {
        let message = format!("`{target}` finds nobody for area `{area}`, which has no experts");
        let finding = Finding::new(Level::Warning, codes::AREA_WITHOUT_EXPERTS, path.clone(), message);
        finding.help(format!("name experts of `{area}`")).fact("area", area)
    });
    told.collect()
}
