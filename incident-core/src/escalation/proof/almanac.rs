//! What the schedules answer over a horizon, looked up once for all plays.

use std::collections::{BTreeMap, BTreeSet};

use crate::escalation::world::World;
use crate::id::{PersonId, ScheduleId};
use crate::oncall::Schedule;
use crate::time::Timestamp;

use super::load::Stretch;
use super::timeline::{Numbers, Timeline};

/// Who is on call, who is next and who is away, from an instant on, up to another.
#[derive(Debug)]
pub(in crate::escalation) struct Almanac<'a> {
    schedules: Vec<Known<'a>>,
    people: Numbers<Vec<PersonId>>,
    /// By name.
    away: Vec<(PersonId, Timeline)>,
}

#[derive(Debug)]
struct Known<'a> {
    name: &'a ScheduleId,
    schedule: &'a Schedule,
    on_call: Timeline,
    next: Timeline,
}

/// One kind of answer of a schedule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::escalation) enum Asked {
    OnCall,
    Next,
}

impl<'a> Almanac<'a> {
    pub(in crate::escalation) fn new(
        schedules: impl IntoIterator<Item = (&'a ScheduleId, &'a Schedule)>,
        world: &'a World,
        from: Timestamp,
        end: Timestamp,
    ) -> Self {
        let mut people = Numbers::new();
        let known = schedules.into_iter().map(|(name, schedule)| {
            let edges: Vec<Timestamp> = schedule.each_edge(from, end).collect();
            let on_call = Timeline::new(from, edges.iter().copied(), |at| {
                people.of(&schedule.people_at(at).into_iter().cloned().collect())
            });
            let next = Timeline::new(from, edges, |at| people.of(&schedule.next(at)));
            Known { name, schedule, on_call, next }
        });
        let schedules = known.collect();
        let everybody = world.schedules().values();
        let absent: BTreeSet<&PersonId> = everybody
            .clone()
            .flat_map(|schedule| &schedule.document().absence)
            .chain(world.absences())
            .map(|absence| &absence.person)
            .collect();
        let mut away = Vec::new();
        if !absent.is_empty() {
            let mut edges: Vec<_> = everybody.flat_map(|schedule| schedule.each_edge(from, end)).collect();
            edges.extend(world.absence_edges());
            edges.sort_unstable();
            edges.dedup();
            let within = || edges.iter().copied().filter(|edge| *edge > from && *edge < end);
            away.extend(absent.into_iter().map(|person| {
                let line = Timeline::new(from, within(), |at| u32::from(world.is_absent(person, at)));
                (person.clone(), line)
            }));
        }
        Self { schedules, people, away }
    }

    /// The number of a schedule, by its name.
    pub(in crate::escalation) fn schedule(&self, name: &ScheduleId) -> Option<usize> {
        self.schedules.iter().position(|known| known.name == name)
    }

    pub(super) fn line(&self, schedule: usize, asked: Asked) -> Option<&Timeline> {
        let known = self.schedules.get(schedule)?;
        Some(match asked {
            Asked::OnCall => &known.on_call,
            Asked::Next => &known.next,
        })
    }

    /// Who a schedule says at an instant.
    pub(in crate::escalation) fn people(&self, schedule: usize, asked: Asked, at: Timestamp) -> &[PersonId] {
        let number = self.line(schedule, asked).map(|line| line.get(at));
        number.and_then(|number| self.people.get(number)).map_or(&[], Vec::as_slice)
    }

    /// The number of a person, if they are ever away.
    pub(super) fn who_is_away(&self, person: &PersonId) -> Option<usize> {
        self.away.binary_search_by_key(&person, |(away, _)| away).ok()
    }

    /// Somebody who is away at some time, and when.
    pub(super) fn away(&self, number: usize) -> Option<&(PersonId, Timeline)> {
        self.away.get(number)
    }

    pub(in crate::escalation) fn schedules(&self) -> impl Iterator<Item = (&'a ScheduleId, &'a Schedule)> {
        self.schedules.iter().map(|known| (known.name, known.schedule))
    }

    /// When each person is on call up to an instant, schedule by schedule.
    pub(super) fn on_call(&self, until: Timestamp) -> BTreeMap<&PersonId, Vec<Stretch>> {
        let mut by_person: BTreeMap<&PersonId, Vec<Stretch>> = BTreeMap::new();
        for known in &self.schedules {
            for (from, until, people) in known.on_call.stretches(until) {
                for person in self.people.get(people).into_iter().flatten() {
                    by_person.entry(person).or_default().push((from, until));
                }
            }
        }
        by_person
    }
}
