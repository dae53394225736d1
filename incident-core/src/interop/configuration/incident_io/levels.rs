//! A policy of a file as incident.io climbs it: levels, delays, and going back.

use std::collections::BTreeSet;

use crate::escalation::{EscalationStep, PageAgain, PageTarget, SeverityTracks, TrackEnd};
use crate::handbook::TeamDocument;
use crate::id::{PersonId, TeamId};
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Window, WindowZone};

use super::super::ladder::plus;
use super::super::plan::{Asked, Plan, PlannedPolicy};
use super::super::weekly::{hours, stretches, united};

/// A node that is no branch.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Level(Level),
    Delay(i64),
    /// Until the hours of a window are active.
    Until(String),
    /// Goes back to a level, by number, so often.
    Back(usize, u32),
}

/// A level.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Level {
    pub(super) targets: Vec<Target>,
    pub(super) in_turn: bool,
    /// How often it pages in all, and after how many seconds again.
    pub(super) attempts: Option<(u32, i64)>,
    /// After how many seconds the next node comes.
    pub(super) seconds: i64,
}

/// Whom a level pages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) whom: Whom,
    pub(super) urgent: bool,
}

/// Who that is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whom {
    OnCall(String),
    Next(String),
    Person(PersonId),
}

/// The nodes of a planned policy; none where no level of it pages anybody there.
pub(super) fn nodes(plan: &Plan<'_>, policy: &PlannedPolicy) -> Vec<Node> {
    let Some(tracks) = policy.rules.severities.get(&policy.severity) else { return Vec::new() };
    let otherwise = tracks.otherwise.as_ref().or(policy.rules.otherwise.as_ref());
    let after = otherwise.and_then(|it| it.after).unwrap_or_default();
    let mut climbed = climbed(plan, &policy.team, tracks);
    let ends = climbed.last().map_or(Elapsed::ZERO, |last| plus(last.at, after));
    let repeat = repeat(&mut climbed, ends);
    let document = plan.document(&policy.team);
    let mut nodes = Vec::new();
    let first = climbed.first().map_or(Elapsed::ZERO, |first| first.at);
    nodes.extend(first.is_positive().then(|| Node::Delay(seconds(first))));
    let mut held: Option<String> = None;
    let times: Vec<_> = climbed.iter().skip(1).map(|step| step.at).chain([ends]).collect();
    let mut back = None;
    let end = otherwise.filter(|_| tracks.end != Some(TrackEnd::Quietly));
    let last = climbed.len().saturating_sub(usize::from(end.is_none()));
    for (number, (step, next)) in climbed.into_iter().zip(times).enumerate() {
        let within = step.within.filter(|name| document.is_some_and(|it| window(it, name).is_some()));
        if let Some(within) = within.filter(|within| held.as_ref() != Some(within)) {
            held = Some(within.clone());
            nodes.push(Node::Until(within));
        }
        if repeat.is_some_and(|(first, _)| first == number) {
            back = Some(nodes.len());
        }
        // Nothing comes at the same time as who is asked in turn, nor as the end: it comes a minute later.
        let seconds = match seconds(next).saturating_sub(seconds(step.at)) {
            0 if number < last => 60,
            seconds => seconds,
        };
        let attempts = step.again.filter(|_| repeat.is_none_or(|(first, _)| number < first)).and_then(attempts);
        nodes.push(Node::Level(Level { targets: step.targets, in_turn: step.in_turn, attempts, seconds }));
    }
    nodes.extend(back.zip(repeat).map(|(back, (_, times))| Node::Back(back, times)));
    if let Some(otherwise) = end {
        for (targets, in_turn) in targets(plan, &policy.team, &otherwise.page, true) {
            let seconds = seconds(after);
            nodes.push(Node::Level(Level { targets, in_turn, attempts: None, seconds }));
        }
    }
    if nodes.iter().any(|node| matches!(node, Node::Level(_))) { nodes } else { Vec::new() }
}

/// A step that is a level there.
struct Step {
    at: Elapsed,
    targets: Vec<Target>,
    in_turn: bool,
    again: Option<PageAgain>,
    within: Option<String>,
}

/// The steps that count from the start; those of one time are one level, unless somebody is asked in turn.
fn climbed(plan: &Plan<'_>, team: &TeamId, tracks: &SeverityTracks) -> Vec<Step> {
    let mut steps: Vec<&EscalationStep> = tracks.first.iter().filter(|step| step.when.is_none()).collect();
    steps.sort_by_key(|step| step.at.unwrap_or_default());
    let mut climbed: Vec<Step> = Vec::new();
    for step in steps {
        let at = step.at.unwrap_or_default();
        let urgent = step.urgency.is_none_or(|urgency| urgency == Urgency::High);
        for (targets, in_turn) in targets(plan, team, &step.page, urgent) {
            let alike = |last: &&mut Step| last.at == at && !last.in_turn && !in_turn;
            match climbed.last_mut().filter(alike) {
                Some(last) => {
                    let new = targets.into_iter().filter(|target| !last.targets.contains(target));
                    let new: Vec<_> = new.collect();
                    last.targets.extend(new);
                }
                None => {
                    let (again, within) = (step.again, step.within.clone());
                    climbed.push(Step { at, targets, in_turn, again, within });
                }
            }
        }
    }
    climbed
}

/// Whom targets mean, those who are asked in turn each by themselves.
fn targets(plan: &Plan<'_>, team: &TeamId, page: &[PageTarget], urgent: bool) -> Vec<(Vec<Target>, bool)> {
    let mut together = Vec::new();
    let mut in_turn = Vec::new();
    let of = |whom| Target { whom, urgent };
    for target in page {
        let (asked, next) = match target {
            PageTarget::Next(schedule) => (PageTarget::OnCall(schedule.clone()), true),
            other => (other.clone(), false),
        };
        for asked in plan.asked(team, &[asked]) {
            let whom = match asked {
                Asked::OnCall(key) if next => Whom::Next(key),
                Asked::OnCall(key) => Whom::OnCall(key),
                Asked::Person(person) => Whom::Person(person),
                Asked::InTurn(people) => {
                    in_turn.push((people.into_iter().map(Whom::Person).map(of).collect(), true));
                    continue;
                }
            };
            if !together.contains(&of(whom.clone())) {
                together.push(of(whom));
            }
        }
    }
    let together = (!together.is_empty()).then_some((together, false));
    together.into_iter().chain(in_turn).collect()
}

/// The level to which it goes back at the end, and how often: where all steps since then page again after the time that
/// they take. What they do by themselves is taken from them.
fn repeat(climbed: &mut [Step], ends: Elapsed) -> Option<(usize, u32)> {
    let since = |step: &Step| Elapsed::from_micros(ends.as_micros().saturating_sub(step.at.as_micros()));
    let again = climbed.last()?.again?;
    let first = climbed.iter().position(|step| step.again == Some(again) && since(step) == again.every)?;
    let all = climbed.get(first..)?.iter().all(|step| step.again == Some(again));
    all.then_some((first, again.times))
}

/// incident.io pages a level so often at most, whole minutes apart.
const MOST_ATTEMPTS: u32 = 10;

fn attempts(again: PageAgain) -> Option<(u32, i64)> {
    let (attempts, seconds) = (again.times.saturating_add(1), seconds(again.every));
    ((2..=MOST_ATTEMPTS).contains(&attempts) && seconds > 0 && seconds % 60 == 0).then_some((attempts, seconds))
}

/// Whole seconds, of which there is at least one where it is any time.
fn seconds(time: Elapsed) -> i64 {
    let micros = time.as_micros();
    micros.div_euclid(1_000_000) + i64::from(micros.rem_euclid(1_000_000) > 0)
}

/// A window that can be said there: in a zone of its own, and without closed days.
pub(super) fn window<'a>(document: &'a TeamDocument, name: &str) -> Option<&'a Window> {
    let window = document.windows.get(name)?;
    let all: Vec<_> = stretches(&window.hours).into_iter().collect();
    let some = !hours(&united(&all)).is_empty();
    (some && matches!(window.zone, WindowZone::Named(_))).then_some(window)
}

/// The windows for which nodes wait.
pub(super) fn windows(nodes: &[Node]) -> BTreeSet<String> {
    let within = nodes.iter().filter_map(|node| match node {
        Node::Until(window) => Some(window.clone()),
        _ => None,
    });
    within.collect()
}
