//! Overrides that change nothing.

use std::collections::BTreeSet;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::PersonId;
use crate::oncall::plan::{Basis, Exception, Plan, Who};
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::Timestamp;

/// An override is followed over so many edges; one that has had no effect until then is left alone.
const FAR: usize = 20_000;

/// Each finding with the number of its override.
pub(super) fn check(schedule: &Schedule) -> Vec<(u32, Finding)> {
    let mut without = schedule.plan.clone();
    let mut found = Vec::new();
    for (start, end, number) in schedule.plan.spans.all() {
        let Some(kept) = without.exceptions.get_mut(number as usize) else { continue };
        let exception = std::mem::replace(kept, Exception::Remove(Vec::new()));
        let looked = Looked { schedule, without: &without, start, end };
        if looked.has_effect() == Some(false) {
            found.push((number, looked.finding(number, &exception)));
        }
        if let Some(kept) = without.exceptions.get_mut(number as usize) {
            *kept = exception;
        }
    }
    found
}

/// The span of an override, with it and without it.
struct Looked<'a> {
    schedule: &'a Schedule,
    without: &'a Plan,
    start: Timestamp,
    end: Timestamp,
}

impl Looked<'_> {
    /// Every instant of its span at which something may change; none where there are too many.
    fn edges(&self) -> impl Iterator<Item = Timestamp> {
        let next = |at: &Timestamp| self.without.next_edge(*at, usize::MAX).filter(|next| *next < self.end);
        std::iter::successors(Some(self.start), next)
    }

    /// Whether anything is another with it than without it; unknown where it lasts too long to be sure that nothing is.
    fn has_effect(&self) -> Option<bool> {
        for (at, count) in self.edges().zip(0..) {
            if count > FAR {
                return None;
            }
            let (with, without) = (self.schedule.plan.duty(at), self.without.duty(at));
            let same = with.people.len() == without.people.len()
                && with.people.iter().all(|who| without.people.contains(who))
                && with.coverage() == without.coverage();
            if !same {
                return Some(true);
            }
        }
        Some(false)
    }

    fn finding(&self, number: u32, exception: &Exception) -> Finding {
        let it = self.schedule.document.overrides.get(number as usize);
        let when = it.map_or_else(String::new, |it| say::when(it.days, it.from, it.until));
        let (key, message, help) = match exception {
            Exception::Replace(whom, with) => self.replace(*whom, *with, &when),
            Exception::Remove(people) => ("remove", self.not_there(people, &when), None),
            Exception::Add(people) => ("add", self.added(people, &when), None),
            Exception::Cover(_, people) => ("cover", format!("{} changes nothing {when}", self.already(people)), None),
            Exception::Temporary(people) => {
                ("temporary", format!("{} changes nothing {when}", self.already(people)), None)
            }
        };
        let path = format!("/override/{number}/{key}");
        let finding = Finding::new(Level::Warning, codes::OVERRIDE_WITHOUT_EFFECT, path, message);
        let help = help.unwrap_or_else(|| "leave it out, or change its days or its people".to_owned());
        finding.help(help)
    }

    /// Who is not on call to be replaced, and who is.
    fn replace(&self, whom: Who, with: Who, when: &str) -> (&'static str, String, Option<String>) {
        let (there, on_call) = self.on_call(whom);
        let name = self.names(&[whom]);
        if self.recorded() {
            return ("replace", format!("who was on call {when} is recorded, and nothing replaces that"), None);
        }
        if there {
            let message = match whom == with {
                true => format!("{name} stands in for {name} {when}"),
                false => {
                    format!("{name} is on call {when}, and replacing them with {} changes nothing", self.names(&[with]))
                }
            };
            return ("replace", message, None);
        }
        let others: Vec<Who> = on_call.into_iter().collect();
        let is = if others.len() == 1 { "is" } else { "are" };
        let message = match others.is_empty() {
            true => format!("{name} is not on call {when}, nobody is"),
            false => format!("{name} is not on call {when}, {} {is}", self.names(&others)),
        };
        let one = if let [one] = others.as_slice() { self.schedule.plan.people.get(*one as usize) } else { None };
        ("replace", message, one.map(|one| format!("replace = \"{one}\"")))
    }

    /// Whether somebody is on call by a turn at some time of the span, and who is on call: in the first rotation that
    /// lists them, where there is one, else at all.
    fn on_call(&self, whom: Who) -> (bool, BTreeSet<Who>) {
        let lists = |person: &&PersonId| {
            let mut rotations = self.schedule.document.rotation.iter();
            rotations.position(|rotation| rotation.members.iter().any(|member| member.names(person)))
        };
        let listed = self.schedule.plan.people.get(whom as usize).as_ref().and_then(lists);
        let (mut there, mut others, mut anybody) = (false, BTreeSet::new(), BTreeSet::new());
        for at in self.edges().take(FAR) {
            let duty = self.without.duty(at);
            anybody.extend(duty.people.iter().copied());
            let Basis::Turns(turns) = &duty.basis else { continue };
            for (number, turn) in std::iter::once(&turns.first).chain(&turns.others) {
                let due = self.without.rotations.get(*number as usize).map_or(&[][..], |it| it.roster.due(*turn));
                there |= due.contains(&whom);
                if listed.is_some_and(|at| u32::try_from(at) == Ok(*number)) {
                    others.extend(due.iter().copied());
                }
            }
        }
        (there, if others.is_empty() { anybody } else { others })
    }

    fn not_there(&self, people: &[Who], when: &str) -> String {
        let is = if people.len() == 1 { "is" } else { "are" };
        format!("{} {is} not on call {when}", self.names(people))
    }

    fn added(&self, people: &[Who], when: &str) -> String {
        let names = self.names(people);
        let is = if people.len() == 1 { "is" } else { "are" };
        let there = |at| people.iter().all(|who| self.without.duty(at).people.contains(who));
        match self.edges().take(FAR).all(there) {
            true => format!("{names} {is} on call {when} without it"),
            false => format!("{names} {is} away or removed {when}, or something hides it"),
        }
    }

    fn already(&self, people: &[Who]) -> String {
        match people {
            [] => "having nobody on call".to_owned(),
            people => format!("having {} on call", self.names(people)),
        }
    }

    /// Whether all of the span is recorded.
    fn recorded(&self) -> bool {
        let recorded = self.without.recorded.as_ref().map(|it| it.span);
        recorded.is_some_and(|span| span.start <= self.start && span.end.is_none_or(|end| self.end <= end))
    }

    fn names(&self, people: &[Who]) -> String {
        match say::names(self.schedule, people) {
            names if names.is_empty() => "nobody".to_owned(),
            names => names,
        }
    }
}
