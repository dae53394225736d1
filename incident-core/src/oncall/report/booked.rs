//! Who is on call when, over several schedules.

use std::collections::BTreeMap;

use super::answer::LoadOptions;
use super::stretches::Stretches;
use crate::id::{PersonId, ScheduleId};
use crate::oncall::member::is_nobody;
use crate::oncall::plan::Who;
use crate::oncall::schedule::Schedule;
use crate::oncall::{Joins, RotationMember};
use crate::time::{Moment, Timestamp, Zone};

/// Schedules that are looked at together; one alone has no name.
pub(super) type Named<'a> = (Option<&'a ScheduleId>, &'a Schedule);

/// The time of one person.
#[derive(Debug, Default)]
pub(super) struct Booked<'a> {
    /// In each schedule.
    pub(super) each: Vec<(Option<&'a ScheduleId>, Stretches)>,
    /// In any of them.
    pub(super) all: Stretches,
    /// In several at once.
    pub(super) twice: Stretches,
}

/// Everybody who is on call in a span or is a member then, with when.
pub(super) fn booked<'a>(
    schedules: &[Named<'a>],
    start: Timestamp,
    end: Timestamp,
) -> BTreeMap<&'a PersonId, Booked<'a>> {
    let mut all = BTreeMap::<&PersonId, Booked<'_>>::new();
    for (name, schedule) in schedules {
        let mut spans = BTreeMap::<Who, Stretches>::new();
        schedule.walk(start, end, |since, until, duty| {
            duty.people.iter().for_each(|who| spans.entry(*who).or_default().push(since, until));
        });
        for person in schedule.members(start, end) {
            all.entry(person).or_default();
        }
        for (who, here) in spans {
            let Some(person) = schedule.plan.people.get(who as usize) else { continue };
            let booked = all.entry(person).or_default();
            booked.twice = booked.twice.and(&booked.all.within(&here));
            booked.all = booked.all.and(&here);
            booked.each.push((*name, here));
        }
    }
    all
}

/// The zone of a person, where somebody knows it: what is given first, then the schedules in order.
pub(super) fn zone_of(schedules: &[Named<'_>], options: &LoadOptions, person: &PersonId) -> Option<Zone> {
    let listed = schedules.iter().map(|(_, schedule)| &schedule.document.people);
    std::iter::once(&options.people).chain(listed).find_map(|people| people.get(person)?.zone)
}

/// How a person is called, where somebody knows a name.
pub(super) fn name_of<'a>(schedules: &[Named<'a>], options: &'a LoadOptions, person: &'a PersonId) -> &'a str {
    let listed = schedules.iter().map(|(_, schedule)| &schedule.document.people);
    let named = std::iter::once(&options.people).chain(listed).find_map(|people| people.get(person)?.name.as_deref());
    named.unwrap_or(person.as_str())
}

impl Schedule {
    /// Everybody who is a member of a rotation at some time in a span, once each.
    pub(in crate::oncall) fn members(&self, start: Timestamp, end: Timestamp) -> Vec<&PersonId> {
        let mut found: Vec<&PersonId> = Vec::new();
        for (rotation, plan) in self.document.rotation.iter().zip(&self.plan.rotations) {
            if plan.bounds.start >= end || plan.bounds.end.is_some_and(|last| last <= start) {
                continue;
            }
            let midnight = |on| Moment::from(on).instant(rotation.zone);
            let mut there: Vec<(&PersonId, bool)> = Vec::new();
            for member in &rotation.members {
                match member {
                    RotationMember::One(person) => there.push((person, true)),
                    RotationMember::Group(people) => there.extend(people.iter().map(|person| (person, true))),
                    RotationMember::Joins(Joins { join, on }) => {
                        there.extend(join.iter().map(|person| (person, midnight(*on) < end)));
                    }
                    RotationMember::Leaves(leaves) if midnight(leaves.on) <= start => {
                        if let Some(it) = there.iter_mut().rev().find(|(person, _)| **person == leaves.leave) {
                            it.1 = false;
                        }
                    }
                    RotationMember::Leaves(_) => {}
                }
            }
            found.extend(there.into_iter().filter(|(person, is)| *is && !is_nobody(person)).map(|(person, _)| person));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
