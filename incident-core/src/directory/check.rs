//! What is wrong with a directory, all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::cycles::cycles;
use super::{Area, DirectoryDocument, Person, unknown};
use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::id::{AreaId, PersonId, TeamId};
use crate::text::pointer_step;

pub(super) fn check(document: &DirectoryDocument) -> Vec<Finding> {
    let mut check = Check { document, found: Vec::new() };
    for (id, person) in &document.people {
        check.person(id, person);
    }
    check.circles_of_leads();
    for (id, team) in &document.teams {
        check.people(&format!("/teams{}/members", pointer_step(id.as_str())), &team.members);
    }
    for (id, area) in &document.areas {
        check.area(id, area);
    }
    check.circles_of_areas();
    check.found
}

struct Check<'a> {
    document: &'a DirectoryDocument,
    found: Vec<Finding>,
}

impl Check<'_> {
    fn person(&mut self, id: &PersonId, person: &Person) {
        let path = format!("/people{}", pointer_step(id.as_str()));
        if person.zone.is_none() {
            let message = format!("`{id}` has no zone: windows in the recipient's zone take UTC");
            self.found.push(Finding::new(Level::Note, codes::PERSON_WITHOUT_ZONE, &path, message).fact("person", id));
        }
        if let Some(lead) = &person.lead {
            self.known_person(format!("{path}/lead"), lead);
        }
        self.people(&format!("{path}/buddies"), &person.buddies);
        if let Some(at) = person.buddies.iter().position(|buddy| buddy == id) {
            let message = format!("`{id}` is listed as their own buddy");
            let finding = Finding::new(Level::Warning, codes::SELF_BUDDY, format!("{path}/buddies/{at}"), message);
            self.found.push(finding.help("name somebody else").fact("person", id));
        }
    }

    fn area(&mut self, id: &AreaId, area: &Area) {
        let path = format!("/areas{}", pointer_step(id.as_str()));
        if let Some(team) = &area.team {
            let known = self.document.teams.keys().map(TeamId::as_str);
            if !self.document.teams.contains_key(team) {
                let error = unknown(codes::UNKNOWN_TEAM, team.as_str(), "teams", known);
                self.found.push(error.at(format!("{path}/team")).to_finding());
            }
        }
        self.people(&format!("{path}/experts"), &area.experts);
        let experts: BTreeSet<_> = area.experts.iter().collect();
        let finding = match (experts.len(), experts.first()) {
            (0, _) => {
                let message = format!("`{id}` has no expert: nobody is asked when it fails");
                Some(Finding::new(Level::Note, codes::NO_EXPERTS, &path, message))
            }
            (1, Some(only)) => {
                let message = format!("`{only}` is the only expert of `{id}`");
                let finding = Finding::new(Level::Warning, codes::ONE_EXPERT, format!("{path}/experts"), message);
                Some(finding.help("name a second expert").fact("person", only))
            }
            _ => None,
        };
        self.found.extend(finding.map(|finding| finding.fact("area", id)));
        for (at, other) in area.depends_on.iter().enumerate() {
            let known = self.document.areas.keys().map(AreaId::as_str);
            if !self.document.areas.contains_key(other) {
                let error = unknown(codes::UNKNOWN_AREA, other.as_str(), "areas", known);
                self.found.push(error.at(format!("{path}/depends_on/{at}")).to_finding());
            }
        }
    }

    fn people(&mut self, path: &str, people: &[PersonId]) {
        for (at, person) in people.iter().enumerate() {
            self.known_person(format!("{path}/{at}"), person);
        }
    }

    fn known_person(&mut self, path: String, person: &PersonId) {
        let people = &self.document.people;
        if !people.contains_key(person) {
            let error = unknown(codes::UNKNOWN_PERSON, person.as_str(), "people", people.keys().map(PersonId::as_str));
            self.found.push(error.at(path).to_finding());
        }
    }

    fn circles_of_leads(&mut self) {
        let people = &self.document.people;
        let lead = |id: &PersonId| people.get(id).and_then(|person| person.lead.as_ref());
        for circle in cycles(people.keys(), |id| lead(id).map_or(&[], std::slice::from_ref)) {
            let Some(first) = circle.first() else { continue };
            let path = format!("/people{}/lead", pointer_step(first.as_str()));
            let finding = round(Level::Error, codes::CYCLIC_LEAD, path, "the chain of command", &circle);
            self.found.push(finding.help("leave out the `lead` of whoever is at the top"));
        }
    }

    fn circles_of_areas(&mut self) {
        let areas: &BTreeMap<AreaId, Area> = &self.document.areas;
        let uses = |id: &AreaId| areas.get(id).map_or(&[][..], |area| &area.depends_on);
        for circle in cycles(areas.keys(), uses) {
            let (Some(first), Some(second)) = (circle.first(), circle.get(1).or(circle.first())) else { continue };
            let at = uses(first).iter().position(|other| other == *second).unwrap_or_default();
            let path = format!("/areas{}/depends_on/{at}", pointer_step(first.as_str()));
            self.found.push(round(Level::Warning, codes::CYCLIC_DEPENDENCY, path, "the dependency", &circle));
        }
    }
}

/// More names say less.
const MOST_NAMES: usize = 12;

fn round(level: Level, code: Code, path: String, what: &str, circle: &[&impl Display]) -> Finding {
    let mut names: Vec<String> = circle.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    if circle.len() > MOST_NAMES {
        names.push("…".to_owned());
    }
    names.extend(circle.first().map(|name| format!("`{name}`")));
    let members = circle.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Finding::new(level, code, path, format!("{what} goes round: {}", names.join(" -> "))).fact("circle", members)
}
