//! Everything an escalation asks: people, schedules, slots, absences.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::surroundings::Surroundings;
use crate::decode;
use crate::directory::{Directory, DirectoryDocument};
use crate::error::{Error, Result};
use crate::id::{AreaId, PersonId, ScheduleId, SlotId, TeamId};
use crate::oncall::{Absence, Schedule, ScheduleDocument};
use crate::text::pointer_step;
use crate::time::{Moment, Span, Timestamp, Zone};

/// The world as an escalation sees it: a directory, schedules by name, slots that the host fills, and who is away.
///
/// What it does not have finds nobody. Somebody is absent if any of its schedules says so, or an absence of its own.
///
/// ```
/// use incident_core::{Directory, Format, PersonId, Schedule, Source, World};
///
/// let directory = Directory::read(Source::parse("[people]\nana = { zone = \"Europe/Berlin\" }", Format::Toml)?)?;
/// let schedule = Schedule::read(Source::parse("[[rotation]]\nzone = \"Europe/Berlin\"\nmembers = [\"ana\"]", Format::Toml)?)?;
/// let world = World::new(directory)
///     .with_schedule("primary".parse()?, schedule)
///     .with_slot("commander".parse()?, vec![PersonId::new("ana")?])
///     .with_absences(vec![Source::parse("person = 'ana'\ndays = '2026-12-24'", Format::Toml)?.read()?])?;
/// assert!(!world.is_absent(&PersonId::new("ana")?, "2026-12-24T23:00:00Z".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct World {
    directory: Directory,
    /// The schedules as they were given.
    given: BTreeMap<ScheduleId, Schedule>,
    slots: BTreeMap<SlotId, Vec<PersonId>>,
    absences: Vec<Absence>,
    /// The schedules with these absences in them, so that whoever is next is never away.
    schedules: BTreeMap<ScheduleId, Schedule>,
    /// The absences as spans, by person.
    away: BTreeMap<PersonId, Vec<Span>>,
}

/// A world as it is stored.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorldDocument {
    /// The form of the document: `incident-core/world/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/world/v1")))]
    pub schema: Option<String>,
    /// People, teams and areas.
    pub directory: DirectoryDocument,
    /// Schedules, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schedules: BTreeMap<ScheduleId, ScheduleDocument>,
    /// Who is in which slot.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub slots: BTreeMap<SlotId, Vec<PersonId>>,
    /// Who is away, beside what the schedules say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
}

const SCHEMA: &str = "incident-core/world/v1";

impl World {
    /// A world of people, teams and areas.
    #[must_use]
    pub fn new(directory: Directory) -> Self {
        Self { directory, ..Self::default() }
    }

    /// From its parts.
    ///
    /// # Errors
    /// Those of [`Schedule::of`] and [`World::with_absences`].
    pub fn of(document: WorldDocument) -> Result<Self> {
        let mut world = Self::new(Directory::of(document.directory));
        for (name, schedule) in document.schedules {
            let path = format!("/schedules{}", pointer_step(name.as_str()));
            let schedule = Schedule::of(schedule).map_err(|mut error: Error| {
                error.findings.iter_mut().for_each(|finding| finding.path.insert_str(0, &path));
                error.within(&path)
            })?;
            world.given.insert(name, schedule);
        }
        world.slots = document.slots;
        world.schedules.clone_from(&world.given);
        world.with_absences(document.absences)
    }

    /// The same with a schedule, in place of one of that name.
    #[must_use]
    pub fn with_schedule(mut self, name: ScheduleId, schedule: Schedule) -> Self {
        let asked = self.merged(&schedule).unwrap_or_else(|_| schedule.clone());
        self.schedules.insert(name.clone(), asked);
        self.given.insert(name, schedule);
        self
    }

    /// The same with people in a slot, in place of those who were there.
    #[must_use]
    pub fn with_slot(mut self, slot: SlotId, people: Vec<PersonId>) -> Self {
        self.slots.insert(slot, people);
        self
    }

    /// The same with more people away. Days and local times are meant in the zone of the person, UTC where that is
    /// unknown.
    ///
    /// # Errors
    /// Those that a schedule has with the same absences: `oncall.*`
    pub fn with_absences(mut self, absences: Vec<Absence>) -> Result<Self> {
        for absence in &absences {
            let span = self.span(absence);
            self.away.entry(absence.person.clone()).or_default().push(span);
        }
        self.absences.extend(absences);
        let given = self.given.iter();
        self.schedules = given.map(|(name, it)| Ok((name.clone(), self.merged(it)?))).collect::<Result<_>>()?;
        Ok(self)
    }

    /// A schedule with the absences of this world in it, as instants.
    fn merged(&self, schedule: &Schedule) -> Result<Schedule> {
        if self.absences.is_empty() {
            return Ok(schedule.clone());
        }
        let instants = self.absences.iter().map(|absence| {
            let span = self.span(absence);
            let (from, until) = (Some(Moment::from(span.start)), span.end.map(Moment::from));
            Absence { days: None, from, until, ..absence.clone() }
        });
        schedule.with_absences("world", instants)
    }

    fn span(&self, absence: &Absence) -> Span {
        let zone = self.directory.zone_of(&absence.person).unwrap_or(Zone::UTC);
        match absence.days {
            Some(days) => days.span(zone),
            None => Span {
                start: absence.from.map_or(Timestamp::MIN, |from| from.instant(zone)),
                end: absence.until.map(|until| until.instant(zone)),
            },
        }
    }

    /// People, teams and areas.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The schedules, with the absences of this world in them.
    #[must_use]
    pub fn schedules(&self) -> &BTreeMap<ScheduleId, Schedule> {
        &self.schedules
    }

    /// Who is in which slot.
    #[must_use]
    pub fn slots(&self) -> &BTreeMap<SlotId, Vec<PersonId>> {
        &self.slots
    }

    /// Who is away, beside what the schedules say.
    #[must_use]
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    /// Whether somebody is away, by any source.
    #[must_use]
    pub fn is_absent(&self, person: &PersonId, at: Timestamp) -> bool {
        let own = self.away.get(person).is_some_and(|spans| spans.iter().any(|span| span.contains(at)));
        own || self.schedules.values().any(|schedule| schedule.is_absent(person, at))
    }

    /// The schedules as they were given.
    pub(super) fn given(&self) -> impl Iterator<Item = &Schedule> {
        self.given.values()
    }

    /// Every instant at which an absence of its own begins or ends.
    pub(super) fn absence_edges(&self) -> impl Iterator<Item = Timestamp> {
        self.away.values().flatten().flat_map(|span| [Some(span.start), span.end]).flatten()
    }

    /// The world as one document.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        decode::to_text(&WorldDocument {
            schema: Some(SCHEMA.to_owned()),
            directory: self.directory.document().clone(),
            schedules: self.given.iter().map(|(name, it)| (name.clone(), it.document().clone())).collect(),
            slots: self.slots.clone(),
            absences: self.absences.clone(),
        })
    }

    /// A world from what [`World::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`, and those of [`World::of`]
    pub fn from_json(text: &str) -> Result<Self> {
        Self::of(decode::from_text(text)?)
    }
}

impl Surroundings for World {
    fn on_call(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        if let Some(schedule) = self.schedules.get(schedule) {
            schedule.tell_people_at(at, each);
        }
    }
    fn next(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        if let Some(schedule) = self.schedules.get(schedule) {
            schedule.next(at).iter().for_each(each);
        }
    }
    fn is_absent(&self, person: &PersonId, at: Timestamp) -> bool {
        Self::is_absent(self, person, at)
    }
    fn experts(&self, area: &AreaId) -> &[PersonId] {
        self.directory.document().areas.get(area).map_or(&[], |area| &area.experts)
    }
    fn buddies(&self, person: &PersonId) -> &[PersonId] {
        self.directory.buddies(person)
    }
    fn lead(&self, person: &PersonId) -> Option<&PersonId> {
        self.directory.document().people.get(person)?.lead.as_ref()
    }
    fn team(&self, team: &TeamId) -> &[PersonId] {
        self.directory.members(team)
    }
    fn slot(&self, slot: &SlotId) -> &[PersonId] {
        self.slots.get(slot).map_or(&[], Vec::as_slice)
    }
    fn zone(&self, person: &PersonId) -> Option<Zone> {
        self.directory.zone_of(person)
    }
}
