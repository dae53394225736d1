//! Who is in which team.

use std::collections::BTreeMap;

use crate::escalation::PageTarget;
use crate::id::{PersonId, TeamId};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::names::slug;
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::terraform::referred;
use super::{TEAM, TF_TEAM, TF_USER, USER};

/// Teams with their people, by id there.
#[derive(Debug, Default)]
pub(super) struct Roster {
    teams: BTreeMap<String, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    name: String,
    members: Vec<PersonId>,
}

impl Roster {
    /// Meets every user and every team of an export.
    pub(super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) -> Self {
        let mut roster = Self::default();
        for record in all.either(&[TEAM, TF_TEAM]) {
            let Some(id) = record.id() else { continue };
            let name = record.text(draft.notes, "name").unwrap_or_else(|| id.clone());
            roster.teams.insert(id, Entry { name, members: Vec::new() });
        }
        for record in all.either(&[USER, TF_USER]) {
            let Some(person) = person(draft, record) else { continue };
            for team in record.texts(draft.notes, "teams") {
                roster.teams.entry(team).or_default().members.push(person.clone());
            }
        }
        for (id, entry) in &mut roster.teams {
            if entry.name.is_empty() {
                entry.name.clone_from(id);
            }
            let Some(team) = draft.team(id, &entry.name) else { continue };
            entry.members.iter().for_each(|person| draft.join(&team, &entry.name, person.clone()));
        }
        roster
    }

    /// The team whose an object is, if it says so.
    pub(super) fn owner(&self, draft: &mut Draft<'_>, record: &Record<'_>) -> Option<TeamId> {
        let id = referred(&record.scalar("team_id")?, draft.locals);
        draft.team(&id, self.name(&id))
    }

    /// Everybody in a team, as a target in the file of `owner`: the team itself where it is theirs.
    pub(super) fn target(&self, draft: &mut Draft<'_>, owner: &TeamId, id: &str) -> Option<PageTarget> {
        let entry = self.teams.get(id).filter(|entry| !entry.members.is_empty())?;
        let team = draft.team(id, self.name(id))?;
        if team == *owner {
            return Some(PageTarget::Team(team));
        }
        draft.group(owner, &slug(&format!("{team} all")), entry.members.clone()).map(PageTarget::Team)
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.teams.get(id).map_or(id, |entry| &entry.name)
    }
}

/// A user, said in full. The user name may be an e-mail.
fn person(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<PersonId> {
    let (id, name) = (record.id(), record.text(draft.notes, "username"));
    let email = record.text(draft.notes, "email").or_else(|| name.clone().filter(|name| name.contains('@')));
    let zone = record.has("timezone").then(|| record.zone(draft.notes, "timezone")).flatten();
    draft.person(GivenPerson { id: id.as_deref(), email: email.as_deref(), name: name.as_deref(), zone })
}

/// A user who is referred to by an id.
pub(super) fn referred_person(draft: &mut Draft<'_>, id: &str) -> Option<PersonId> {
    let id = referred(id, draft.locals);
    draft.person(GivenPerson { id: Some(&id), ..GivenPerson::default() })
}
