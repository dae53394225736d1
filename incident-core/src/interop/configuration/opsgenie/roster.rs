//! People and teams, and who is in which.

use std::collections::BTreeMap;

use crate::codes;
use crate::escalation::PageTarget;
use crate::finding::Level;
use crate::id::{PersonId, TeamId};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::ids::named;
use super::super::names::slug;
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::terraform::referred;
use super::super::whose::whose;
use super::{MEMBER, TEAM, TF_TEAM, TF_USER, USER};

/// The teams of an export, by their id there.
#[derive(Debug, Default)]
pub(super) struct Roster {
    teams: BTreeMap<String, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    name: String,
    /// Who is in it, and whether as an admin.
    members: Vec<(PersonId, bool)>,
}

/// Which members of a team.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Among {
    All,
    Admins,
    Others,
}

impl Roster {
    /// Everybody and every team of an export.
    pub(super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) -> Self {
        for user in all.of(USER).iter().chain(all.of(TF_USER)) {
            drop(person(draft, user));
        }
        let mut roster = Self::default();
        for record in all.of(TEAM).iter().chain(all.of(TF_TEAM)) {
            let Some(id) = record.id().or_else(|| record.scalar("teamId")) else { continue };
            let name = ["name", "teamName", "displayName"].iter().find_map(|member| record.scalar(member));
            let entry = roster.teams.entry(id.clone()).or_default();
            entry.name = name.unwrap_or_else(|| id.clone());
            let mut members = record.records(draft.notes, "members");
            members.extend(record.records(draft.notes, "member"));
            for member in members {
                let user = member.record("user").unwrap_or_else(|| member.clone());
                let admin = member.scalar("role").is_some_and(|role| role.eq_ignore_ascii_case("admin"));
                entry.members.extend(person(draft, &user).map(|person| (person, admin)));
            }
        }
        let ids = roster.ids();
        for member in all.of(MEMBER) {
            let entry = whose(member, &ids).and_then(|id| roster.teams.get_mut(&id));
            match entry {
                Some(entry) => entry.members.extend(person(draft, member).map(|person| (person, false))),
                None => {
                    let message =
                        "whose members these are stands nowhere: put the id of the team into the name of the file";
                    member.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "accountId", message);
                }
            }
        }
        for (id, entry) in &roster.teams {
            let Some(team) = draft.team(id, &entry.name) else { continue };
            entry.members.iter().for_each(|(person, _)| draft.join(&team, &entry.name, person.clone()));
        }
        roster
    }

    /// The ids of all teams.
    pub(super) fn ids(&self) -> Vec<String> {
        self.teams.keys().cloned().collect()
    }

    /// What a team is called.
    pub(super) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.teams.get(id).map_or(id, |entry| &entry.name)
    }

    /// The id of a team that is referred to by an id, or by a name.
    pub(super) fn referred(&self, record: &Record<'_>) -> Option<String> {
        let named = |name: &String| self.teams.iter().find(|(_, entry)| entry.name == *name).map(|(id, _)| id.clone());
        record.id().or_else(|| named(&record.scalar("name")?))
    }

    /// Those of a team.
    pub(super) fn members(&self, id: &str, among: Among) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = Vec::new();
        for (person, admin) in self.teams.get(id).iter().flat_map(|entry| &entry.members) {
            let fits = match among {
                Among::All => true,
                Among::Admins => *admin,
                Among::Others => !admin,
            };
            if fits && !people.contains(person) {
                people.push(person.clone());
            }
        }
        people
    }

    /// Those of a team, as a target in the file of `owner`: the team itself where it is theirs and all are meant.
    pub(super) fn target(&self, draft: &mut Draft<'_>, owner: &TeamId, id: &str, among: Among) -> Option<PageTarget> {
        let people = self.members(id, among);
        if people.is_empty() {
            // Who is in a team that the side file names need not be in the export.
            let known = named(&draft.options.ids.of(draft.tool).teams, Some(id), "").cloned();
            return known.filter(|_| among == Among::All && !self.teams.contains_key(id)).map(PageTarget::Team);
        }
        let team = draft.team(id, self.name(id))?;
        if among == Among::All && team == *owner {
            return Some(PageTarget::Team(team));
        }
        let suffix = match among {
            Among::All => "all",
            Among::Admins => "admins",
            Among::Others => "users",
        };
        let wanted = slug(&format!("{team} {suffix}"));
        draft.group(owner, &wanted, people).map(PageTarget::Team)
    }
}

/// Somebody, said in full or in passing. The user name is an e-mail.
pub(super) fn person(draft: &mut Draft<'_>, user: &Record<'_>) -> Option<PersonId> {
    let of = |names: [&str; 2]| names.iter().find_map(|name| user.scalar(name));
    let (id, email) = (of(["accountId", "id"]), of(["username", "emailAddress"]));
    let id = id.map(|id| referred(&id, draft.locals));
    let name = of(["fullName", "displayName"]);
    let zone =
        ["timeZone", "timezone"].iter().find(|name| user.has(name)).and_then(|name| user.zone(draft.notes, name));
    draft.person(GivenPerson { id: id.as_deref(), email: email.as_deref(), name: name.as_deref(), zone })
}

/// The team whose an object is, if it says so.
pub(super) fn owner(draft: &mut Draft<'_>, roster: &Roster, record: &Record<'_>) -> Option<TeamId> {
    if let Some(team) = record.record("ownerTeam") {
        let id = roster.referred(&team)?;
        let name = team.scalar("name").unwrap_or_else(|| roster.name(&id).to_owned());
        return draft.team(&id, &name);
    }
    let id = record.scalar("teamId").map(|id| referred(&id, draft.locals))?;
    draft.team(&id, roster.name(&id))
}
