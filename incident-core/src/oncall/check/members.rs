//! Changes of members that do nothing, or do it twice.

use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::id::PersonId;
use crate::oncall::member::RotationMember;
use crate::oncall::schedule::Schedule;
use crate::time::{Date, Moment};

/// Somebody in the list, as it is written.
struct Listed<'a> {
    person: &'a PersonId,
    joins: Option<Date>,
    leaves: Option<Date>,
}

impl Listed<'_> {
    /// Whether they are still in the list on a day on which others join.
    fn is_there(&self, on: Date) -> bool {
        self.leaves.is_none_or(|leaves| leaves > on)
    }
}

pub(super) fn check(schedule: &Schedule, at: usize) -> Vec<Finding> {
    let (Some(rotation), Some(plan)) = (schedule.document.rotation.get(at), schedule.plan.rotations.get(at)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut tell = |code: Code, entry: usize, message: String, help: &str| {
        let path = format!("/rotation/{at}/members/{entry}");
        found.push(Finding::new(Level::Warning, code, path, message).help(help));
    };
    let over = |on: Date| plan.bounds.end.filter(|end| *end <= Moment::from(on).instant(rotation.zone));
    let mut listed: Vec<Listed<'_>> = Vec::new();
    for (entry, member) in rotation.members.iter().enumerate() {
        match member {
            RotationMember::One(person) => listed.push(Listed { person, joins: None, leaves: None }),
            RotationMember::Group(people) => {
                listed.extend(people.iter().map(|person| Listed { person, joins: None, leaves: None }));
            }
            RotationMember::Joins(joins) => {
                for person in &joins.join {
                    if listed.iter().any(|it| it.person == person && it.is_there(joins.on)) {
                        let message = format!("{person} joins {} on {} and is in it already", plan.name, joins.on);
                        tell(codes::JOINS_TWICE, entry, message, "name everybody once, or let them `leave` before");
                    }
                }
                if let Some(end) = over(joins.on) {
                    let who = joins.join.iter().map(PersonId::as_str).collect::<Vec<_>>().join(", ");
                    let end = plan.zone.say(end);
                    let message = format!("{who} joins {} on {}, and it ends on {end}", plan.name, joins.on);
                    tell(codes::JOINS_TOO_LATE, entry, message, "leave the entry out, or move `until`");
                }
                let on = Some(joins.on);
                listed.extend(joins.join.iter().map(|person| Listed { person, joins: on, leaves: None }));
            }
            RotationMember::Leaves(leaves) => {
                let last = listed.iter_mut().rev().find(|it| *it.person == leaves.leave && it.leaves.is_none());
                let Some(last) = last else { continue };
                last.leaves = Some(leaves.on);
                if let Some(joins) = last.joins.filter(|joins| leaves.on <= *joins) {
                    let (who, on) = (&leaves.leave, leaves.on);
                    let message =
                        format!("{who} leaves {} on {on} and joins it on {joins}, so never serves", plan.name);
                    tell(
                        codes::LEAVES_BEFORE_JOINING,
                        entry,
                        message,
                        "leave on a later day, or leave both entries out",
                    );
                }
            }
        }
    }
    found
}
