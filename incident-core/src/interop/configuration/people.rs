//! People, matched across files and tools by their e-mail, which goes no further.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::Person;
use crate::id::PersonId;
use crate::time::Zone;

use super::names::{Names, first_slug};
use super::{ConfigurationTool, ProviderIds};

/// What a tool says of a person, wherever it does: all of it, or an id and a name in passing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GivenPerson<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) email: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) zone: Option<Zone>,
}

/// Everybody who was met.
#[derive(Debug, Default)]
pub(super) struct People {
    all: BTreeMap<PersonId, Person>,
    /// By tool and id there.
    by_id: BTreeMap<(ConfigurationTool, String), PersonId>,
    by_email: BTreeMap<String, PersonId>,
    /// By name, in lower case; whoever has the name.
    by_name: BTreeMap<String, BTreeSet<PersonId>>,
    names: Names,
}

impl People {
    /// With those whom the side file names.
    pub(super) fn new(ids: &ProviderIds) -> Self {
        let mut people = Self::default();
        for tool in ConfigurationTool::ALL {
            for (person, id) in &ids.of(tool).people {
                people.by_id.insert((tool, id.clone()), person.clone());
                people.names.reserve(person.as_str());
            }
        }
        people
    }

    /// Our id of a person: known by the tool's id, by e-mail, or, where neither is said, by a name that only one has.
    /// Whoever is new gets the local part of the e-mail, else the name, else the tool's id.
    pub(super) fn meet(&mut self, tool: ConfigurationTool, given: GivenPerson<'_>) -> Option<PersonId> {
        let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (id, name) = (said(given.id), said(given.name));
        let email = said(given.email).filter(|email| email.contains('@')).map(|email| email.to_lowercase());
        let by_id = id.as_ref().and_then(|id| self.by_id.get(&(tool, id.clone())));
        let by_email = email.as_ref().and_then(|email| self.by_email.get(email));
        let known = by_id.or(by_email).cloned().or_else(|| {
            let named = self.by_name.get(&name.as_ref()?.to_lowercase())?;
            let alone = id.is_none() && email.is_none() && named.len() == 1;
            named.first().filter(|_| alone).cloned()
        });
        let local = email.as_ref().and_then(|email| email.split('@').next()).map(|local| {
            // `ana+pager` and `ana` are one box.
            local.split('+').next().unwrap_or(local).to_owned()
        });
        let person = match known {
            Some(known) => known,
            None if id.is_none() && name.is_none() && email.is_none() => return None,
            None => {
                let wanted = first_slug([&local, &name, &id].into_iter().flatten().map(String::as_str), "person");
                PersonId::new(&self.names.take(&wanted)).ok()?
            }
        };
        if let Some(id) = id {
            self.by_id.entry((tool, id)).or_insert_with(|| person.clone());
        }
        if let Some(email) = email {
            self.by_email.entry(email).or_insert_with(|| person.clone());
        }
        let entry = self.all.entry(person.clone()).or_default();
        entry.zone = entry.zone.or(given.zone);
        if let Some(name) = name.filter(|name| !name.contains('@')) {
            self.by_name.entry(name.to_lowercase()).or_default().insert(person.clone());
            let shown = (super::names::slug(&name) != person.as_str()).then_some(name);
            entry.name = entry.name.take().or(shown);
        }
        Some(person)
    }

    /// What was said of somebody.
    pub(super) fn get(&self, person: &PersonId) -> Person {
        self.all.get(person).cloned().unwrap_or_default()
    }

    /// Puts everybody who has an id in a tool into the side file.
    pub(super) fn write(&self, ids: &mut ProviderIds) {
        for ((tool, id), person) in &self.by_id {
            ids.of_mut(*tool).people.entry(person.clone()).or_insert_with(|| id.clone());
        }
    }
}
