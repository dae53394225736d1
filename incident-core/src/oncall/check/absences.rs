//! Absences that concern nobody here.

use std::collections::BTreeSet;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::PersonId;
use crate::oncall::plan::lists;
use crate::oncall::schedule::Schedule;

/// Absences of people who are never in the schedule. Those from a source of their own, such as a calendar of everybody's
/// holidays, are not meant for this schedule alone and stay unmentioned.
pub(super) fn check(schedule: &Schedule) -> Vec<Finding> {
    let document = &schedule.document;
    let mut named: BTreeSet<&PersonId> = BTreeSet::new();
    for it in &document.overrides {
        named.extend(it.with.iter().chain(lists(it).flat_map(|(_, people)| people)));
    }
    let absences = document.absence.iter().enumerate().filter(|(_, absence)| absence.source.is_none());
    let strangers = absences.filter(|(_, absence)| {
        let member = |person: &PersonId| {
            document.rotation.iter().any(|rotation| rotation.members.iter().any(|member| member.names(person)))
        };
        !named.contains(&absence.person) && !member(&absence.person)
    });
    let finding = |(at, absence): (usize, &crate::oncall::Absence)| {
        let message = format!("{} is away, and never on call in this schedule", absence.person);
        let path = format!("/absence/{at}/person");
        Finding::new(Level::Warning, codes::ABSENCE_WITHOUT_EFFECT, path, message)
            .help("leave it out, or mend the name")
    };
    strangers.map(finding).collect()
}
