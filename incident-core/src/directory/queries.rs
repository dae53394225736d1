//! Whom one may ask. What is not in the directory has no answer, rather than an error: a record may name anybody.

use std::collections::BTreeSet;

use super::{Area, Directory, Person, unknown};
use crate::codes;
use crate::error::Result;
use crate::id::{AreaId, PersonId, TeamId};
use crate::text::capital;
use crate::time::Zone;

impl Directory {
    /// A person by id, for those who want to know when there is none.
    ///
    /// # Errors
    /// `directory.unknown_person`
    pub fn person(&self, person: &PersonId) -> Result<&Person> {
        let people = &self.document.people;
        let known = || people.keys().map(PersonId::as_str);
        people.get(person).ok_or_else(|| unknown(codes::UNKNOWN_PERSON, person.as_str(), "people", known()))
    }

    /// An area by id, for those who want to know when there is none.
    ///
    /// # Errors
    /// `directory.unknown_area`
    pub fn area(&self, area: &AreaId) -> Result<&Area> {
        let areas = &self.document.areas;
        let known = || areas.keys().map(AreaId::as_str);
        areas.get(area).ok_or_else(|| unknown(codes::UNKNOWN_AREA, area.as_str(), "areas", known()))
    }

    /// How a person's name is shown: the display name, or else the id.
    #[must_use]
    pub fn name_of<'a>(&'a self, person: &'a PersonId) -> &'a str {
        let shown = self.document.people.get(person).and_then(|person| person.name.as_deref());
        shown.unwrap_or(person.as_str())
    }

    /// How a person is called in a sentence: by the display name, or by the id with a capital.
    #[must_use]
    pub fn called(&self, person: &PersonId) -> String {
        let shown = self.name_of(person);
        if shown == person.as_str() { capital(shown) } else { shown.to_owned() }
    }

    /// The zone of a person, if it is known.
    #[must_use]
    pub fn zone_of(&self, person: &PersonId) -> Option<Zone> {
        self.document.people.get(person).and_then(|person| person.zone)
    }

    /// The chain of command above a person, the nearest first; in a chain that goes round, each once.
    #[must_use]
    pub fn leads(&self, person: &PersonId) -> Vec<&PersonId> {
        let lead = |person: &PersonId| self.document.people.get(person).and_then(|person| person.lead.as_ref());
        let mut passed = BTreeSet::from([person]);
        std::iter::successors(lead(person), |person| lead(person)).take_while(|lead| passed.insert(lead)).collect()
    }

    /// The lead so many steps above a person, 1 for their own; none above the top.
    #[must_use]
    pub fn lead_of(&self, person: &PersonId, steps: u32) -> Option<&PersonId> {
        let above = usize::try_from(steps).ok()?.checked_sub(1)?;
        self.leads(person).get(above).copied()
    }

    /// The buddies of a person, the first first.
    #[must_use]
    pub fn buddies(&self, person: &PersonId) -> &[PersonId] {
        self.document.people.get(person).map_or(&[], |person| &person.buddies)
    }

    /// The members of a team, in order.
    #[must_use]
    pub fn members(&self, team: &TeamId) -> &[PersonId] {
        self.document.teams.get(team).map_or(&[], |team| &team.members)
    }

    /// The experts of some areas, in the order of the areas, each once.
    #[must_use]
    pub fn experts<'a>(&self, areas: impl IntoIterator<Item = &'a AreaId>) -> Vec<&PersonId> {
        let mut told = BTreeSet::new();
        let experts = areas.into_iter().filter_map(|area| self.document.areas.get(area)).flat_map(|area| &area.experts);
        experts.filter(|expert| told.insert(*expert)).collect()
    }

    /// Every area that an area cannot work without, directly or through others, the nearest first; not itself.
    #[must_use]
    pub fn depends_on(&self, area: &AreaId) -> Vec<&AreaId> {
        let direct = |area: &AreaId| self.document.areas.get(area).into_iter().flat_map(|area| &area.depends_on);
        reached(area, |area| direct(area).collect())
    }

    /// Every area that cannot work without an area, directly or through others, the nearest first; not itself.
    #[must_use]
    pub fn dependents(&self, area: &AreaId) -> Vec<&AreaId> {
        let mut users = std::collections::BTreeMap::<&AreaId, Vec<&AreaId>>::new();
        for (user, area) in &self.document.areas {
            area.depends_on.iter().for_each(|used| users.entry(used).or_default().push(user));
        }
        reached(area, |area| users.get(area).cloned().unwrap_or_default())
    }
}

/// Everything reached from an area, breadth first.
fn reached<'a>(from: &AreaId, next: impl Fn(&AreaId) -> Vec<&'a AreaId>) -> Vec<&'a AreaId> {
    let mut found: Vec<&AreaId> = Vec::new();
    let mut known = BTreeSet::new();
    let mut look = next(from);
    while !look.is_empty() {
        look.retain(|area| *area != from && known.insert(*area));
        found.extend(&look);
        look = look.into_iter().flat_map(&next).collect();
    }
    found
}
