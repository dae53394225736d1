//! People and teams, and who owns what.

use std::collections::BTreeMap;

use crate::codes;
use crate::finding::Level;
use crate::id::{PersonId, TeamId};

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::people::GivenPerson;
use super::super::record::Record;
use super::super::terraform::referred;
use super::{NOBODY, TEAM, TF_ENTRY, TF_USER, USER};

/// The teams of an export.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// A team goes by its own id, and by that of its entry in the catalog, which is what `team_ids` hold.
    teams: BTreeMap<String, TeamId>,
    /// The names of entries in the catalog that Terraform refers to.
    entries: BTreeMap<String, String>,
}

impl Roster {
    /// Everybody and every team of an export.
    pub(super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>) -> Self {
        for user in all.of(USER).iter().chain(all.of(TF_USER)) {
            drop(person(draft, user));
        }
        let mut roster = Self::default();
        for entry in all.of(TF_ENTRY) {
            roster.entries.extend(entry.id().zip(entry.scalar("name")));
        }
        for record in all.of(TEAM) {
            let Some(own) = record.id() else { continue };
            let name = record.text(draft.notes, "name").unwrap_or_default();
            let entry = record.record("catalog_entry").and_then(|entry| entry.id());
            let Some(team) = draft.team(entry.as_ref().unwrap_or(&own), &name) else { continue };
            roster.teams.extend(entry.into_iter().chain([own]).map(|id| (id, team.clone())));
            for member in record.records(draft.notes, "members") {
                let person = person(draft, &member);
                person.into_iter().for_each(|person| draft.join(&team, &name, person));
            }
        }
        roster
    }

    /// The team of an object: the first that it names.
    pub(super) fn owner(&self, draft: &mut Draft<'_>, record: &Record<'_>) -> Option<TeamId> {
        let ids = record.texts(draft.notes, "team_ids");
        let id = ids.first().map(|id| referred(id, draft.locals))?;
        if ids.len() > 1 {
            let message = format!("{} teams have it; it stands in the file of the first", ids.len());
            record.note(draft.notes, Level::Note, codes::NOT_EXPRESSIBLE, "team_ids", message);
        }
        let name = self.entries.get(&id).unwrap_or(&id);
        self.teams.get(&id).cloned().or_else(|| draft.team(&id, name))
    }
}

/// Somebody, said in full.
fn person(draft: &mut Draft<'_>, user: &Record<'_>) -> Option<PersonId> {
    let id = user.id();
    let [email, name] = ["email", "name"].map(|member| user.scalar(member));
    draft.person(GivenPerson { id: id.as_deref(), email: email.as_deref(), name: name.as_deref(), zone: None })
}

/// Whoever is referred to by an id, perhaps nobody.
pub(super) fn by_id(draft: &mut Draft<'_>, id: &str) -> Option<PersonId> {
    let id = referred(id, draft.locals);
    if id == NOBODY {
        return PersonId::new("nobody").ok();
    }
    draft.person(GivenPerson { id: Some(&id), ..GivenPerson::default() })
}

/// The users of a member: objects in an answer, ids in a state.
pub(super) fn users(draft: &mut Draft<'_>, record: &Record<'_>, member: &str) -> Vec<PersonId> {
    if !record.records_there(member) {
        let ids = record.texts(draft.notes, member);
        return ids.iter().filter_map(|id| by_id(draft, id)).collect();
    }
    let users = record.records(draft.notes, member);
    users.iter().filter_map(|user| somebody(draft, user)).collect()
}

/// Somebody in an answer, perhaps nobody.
pub(super) fn somebody(draft: &mut Draft<'_>, user: &Record<'_>) -> Option<PersonId> {
    match user.id() {
        Some(id) if id == NOBODY => by_id(draft, NOBODY),
        _ => person(draft, user),
    }
}

/// Whether it is nobody.
pub(super) fn is_nobody(person: &PersonId) -> bool {
    person.as_str() == "nobody"
}
