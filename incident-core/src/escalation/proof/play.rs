//! One incident, played by the engine while nobody responds.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use crate::escalation::action::EscalationTrack;
use crate::escalation::engine::deed::{Deed, Outcome, StepOf};
use crate::escalation::engine::{Escalation, EscalationBasis};
use crate::escalation::minute::Minute;
use crate::escalation::surroundings::Surroundings;
use crate::id::{AreaId, IncidentId, PersonId, ScheduleId, SeverityId, SlotId, TeamId};
use crate::time::{Timestamp, Zone};

use super::almanac::Asked;
use super::answer::StepOutcome;
use super::openings::Openings;
use super::scene::Scene;
use super::sweep::{Play, Reply};
use super::told::{Reached, Told};

/// Something a play asks of the world.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::escalation) enum Query {
    /// How the windows lie around the declaration.
    Shape,
    /// Who is on call in a schedule, or next.
    People(u32, Asked, When),
    /// Whether somebody is away.
    Away(u32, When),
}

/// When it is asked, in minutes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::escalation) enum When {
    /// After the declaration.
    After(u32),
    /// After the first opening that is not near it.
    Opening(u32),
}

/// The incidents that plays stand for.
#[derive(Clone, Copy, Debug)]
pub(in crate::escalation) struct Incidents<'a> {
    pub(in crate::escalation) severity: &'a SeverityId,
    pub(in crate::escalation) areas: &'a [AreaId],
    /// Where the turns of teams begin, as one of the starts there are.
    pub(in crate::escalation) start: u32,
}

/// How far plays go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::escalation) enum Reach {
    /// So many minutes.
    Within(u32),
    /// To the end: so many minutes where no step is held, and as many again from where one is let go.
    Whole { steps: u32, held: u32 },
}

impl Reach {
    /// The further of two.
    pub(in crate::escalation) fn or_further(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole { steps, held }, Self::Whole { steps: others, held: other }) => {
                Self::Whole { steps: steps.max(others), held: held.max(other) }
            }
            (whole @ Self::Whole { .. }, _) | (_, whole) => whole,
        }
    }
}

/// How many minutes a play goes on in which a step may but wait for somebody to come.
const PATIENCE: u32 = 240;

type Decided<'a> = Box<dyn Fn(&Reached) -> bool + 'a>;
type Judge<'a, O> = Box<dyn FnMut(&[Told], u32) -> O + 'a>;

/// Plays incidents that differ by when they are declared.
pub(in crate::escalation) struct Player<'a, O> {
    scene: &'a Scene<'a>,
    basis: EscalationBasis,
    /// The place in each team at which its turns begin.
    turns: BTreeMap<TeamId, u64>,
    reach: Reach,
    /// None where no step waits for a window.
    openings: Option<Openings>,
    decided: Decided<'a>,
    outcome: Judge<'a, O>,
}

impl<'a, O> Player<'a, O> {
    pub(super) fn new(
        scene: &'a Scene<'a>,
        Incidents { severity, areas, start }: Incidents<'_>,
        reach: Reach,
        decided: Decided<'a>,
        outcome: Judge<'a, O>,
    ) -> Self {
        // Pages are named by the incident; nobody hears of these.
        let nobody = IncidentId::from(uuid::Uuid::nil());
        let basis =
            EscalationBasis { severity: Some(severity.clone()), areas: areas.to_vec(), ..EscalationBasis::new(nobody) };
        let windows = scene.windows(severity);
        let (near, far) = match reach {
            Reach::Within(minutes) => (minutes, 0),
            Reach::Whole { steps, held } => (steps, held),
        };
        let openings = (!windows.is_empty()).then(|| Openings::new(&windows, &scene.horizon, near, far));
        let turns = scene.turns(start);
        Self { scene, basis, turns, reach, openings, decided, outcome }
    }

    /// The first minute at which a window opens or closes that is not near a declaration: what is held counts from there.
    pub(in crate::escalation) fn opening(&self, minute: u32) -> Option<u32> {
        self.openings.as_ref().and_then(|openings| openings.opening(minute))
    }

    /// The last minute in which a step acts that is not held and does not wait.
    fn near(&self, minute: u32) -> u32 {
        let (Reach::Within(steps) | Reach::Whole { steps, .. }) = self.reach;
        minute.saturating_add(steps)
    }

    /// The last minute that a play from a minute looks at.
    fn end(&self, minute: u32) -> u32 {
        match self.reach {
            Reach::Within(_) => self.near(minute),
            Reach::Whole { held, .. } => self.opening(minute).unwrap_or(self.near(minute)).saturating_add(held),
        }
    }
}

impl<O> Play for Player<'_, O> {
    type Query = Query;
    type Outcome = O;

    fn play(&mut self, minute: u32) -> (Vec<Query>, O) {
        let horizon = &self.scene.horizon;
        let shape = self.openings.iter().map(|_| Query::Shape).collect();
        let witness = Witness { scene: self.scene, minute, opening: self.opening(minute), asked: RefCell::new(shape) };
        let mut told: Vec<Told> = Vec::new();
        let (mut now, end) = (minute, self.end(minute));
        let mut patience = PATIENCE;
        if let Ok(mut escalation) = Escalation::begin(self.basis.clone(), self.scene.policy, horizon.at(minute)) {
            escalation.begin_turns(self.turns.clone());
            loop {
                while let Some(deed) = escalation.decide(&witness) {
                    tell(&mut told, &deed, &escalation, horizon.at(minute));
                }
                if (self.decided)(&Reached::of(&told)) {
                    break;
                }
                let next = escalation.next_deadline().filter(|next| horizon.minute(*next) <= end && patience > 0);
                let Some(next) = next else {
                    now = end;
                    break;
                };
                now = horizon.minute(next);
                // A step that waits until there is somebody looks every minute.
                if self.scene.waits() && now > self.near(minute) {
                    patience -= 1;
                }
                if escalation.tick(next).is_err() {
                    break;
                }
            }
        }
        let outcome = (self.outcome)(&told, now - minute);
        (witness.asked.into_inner(), outcome)
    }

    fn reply(&self, minute: u32, question: Query, cursor: &mut usize) -> (Reply, u32) {
        let almanac = &self.scene.almanac;
        let (line, when) = match question {
            Query::Shape => return self.openings.as_ref().map_or((0, u32::MAX), |openings| openings.shape(minute)),
            Query::People(schedule, asked, when) => (almanac.line(schedule as usize, asked), when),
            Query::Away(person, when) => (almanac.away(person as usize).map(|(_, line)| line), when),
        };
        let later = match when {
            When::After(later) => minute.saturating_add(later),
            When::Opening(later) => self.opening(minute).unwrap_or(minute).saturating_add(later),
        };
        let Some(line) = line else { return (0, u32::MAX) };
        let (reply, until) = line.at(self.scene.horizon.at(later), cursor);
        match (self.scene.horizon.minute(until), when) {
            (u32::MAX, _) | (_, When::Opening(_)) => (reply, u32::MAX),
            (until, When::After(later)) => (reply, until.saturating_sub(later)),
        }
    }
}

impl<O> fmt::Debug for Player<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player").field("basis", &self.basis).field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// Adds what the engine decided, if it is about a step or `otherwise`.
fn tell(all: &mut Vec<Told>, deed: &Deed, escalation: &Escalation, declared: Timestamp) {
    let (at, track, step, outcome, person) = match deed {
        Deed::Page(page) if page.track == EscalationTrack::Otherwise => {
            (page.at, page.track, None, StepOutcome::Otherwise, escalation.person(page.person))
        }
        Deed::Page(page) => (page.at, page.track, Some(page.step), StepOutcome::Paged, escalation.person(page.person)),
        Deed::Unreachable { at, .. } => (*at, EscalationTrack::Otherwise, None, StepOutcome::Unreachable, None),
        Deed::Step { at, step: StepOf { track, step }, outcome, .. } => {
            let outcome = match outcome {
                Outcome::NoArea => return,
                Outcome::AddsNobody { .. } => StepOutcome::NobodyNew,
                Outcome::FindsNobody | Outcome::Waits | Outcome::Skips => StepOutcome::Nobody,
            };
            (*at, *track, Some(*step), outcome, None)
        }
        _ => return,
    };
    let after = u32::try_from(at - Minute::of(declared)).unwrap_or_default();
    let track = EscalationTrack::OF_STEPS.iter().position(|known| *known == track).unwrap_or_default();
    let step = step.and_then(|step| usize::try_from(step).ok());
    match all.last_mut() {
        Some(last) if (last.after, last.track, last.step, last.outcome) == (after, track, step, outcome) => {
            last.people.extend(person.cloned());
        }
        _ => all.push(Told { after, track, step, outcome, people: person.cloned().into_iter().collect() }),
    }
}

/// Answers a play from the almanac, and remembers what was asked.
struct Witness<'a> {
    scene: &'a Scene<'a>,
    minute: u32,
    opening: Option<u32>,
    asked: RefCell<Vec<Query>>,
}

impl Witness<'_> {
    fn ask(&self, at: Timestamp, question: impl Fn(When) -> Query) {
        let now = self.scene.horizon.minute(at);
        let when = match self.opening.filter(|opening| *opening <= now) {
            Some(opening) => When::Opening(now - opening),
            None => When::After(now.saturating_sub(self.minute)),
        };
        let (question, mut asked) = (question(when), self.asked.borrow_mut());
        if !asked.contains(&question) {
            asked.push(question);
        }
    }

    fn people(&self, schedule: &ScheduleId, asked: Asked, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        let Some(place) = self.scene.almanac.schedule(schedule) else { return };
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        self.ask(at, |when| Query::People(number, asked, when));
        self.scene.almanac.people(place, asked, at).iter().for_each(each);
    }
}

impl Surroundings for Witness<'_> {
    fn on_call(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        self.people(schedule, Asked::OnCall, at, each);
    }

    fn next(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        self.people(schedule, Asked::Next, at, each);
    }

    fn is_absent(&self, person: &PersonId, at: Timestamp) -> bool {
        let Some(number) = self.scene.almanac.who_is_away(person) else { return false };
        self.ask(at, |when| Query::Away(u32::try_from(number).unwrap_or(u32::MAX), when));
        self.scene.almanac.away(number).is_some_and(|(_, line)| line.get(at) == 1)
    }

    fn experts(&self, area: &AreaId) -> &[PersonId] {
        self.scene.world.experts(area)
    }

    fn buddies(&self, person: &PersonId) -> &[PersonId] {
        self.scene.world.buddies(person)
    }

    fn lead(&self, person: &PersonId) -> Option<&PersonId> {
        self.scene.world.lead(person)
    }

    fn team(&self, team: &TeamId) -> &[PersonId] {
        self.scene.world.team(team)
    }

    fn slot(&self, slot: &SlotId) -> &[PersonId] {
        self.scene.world.slot(slot)
    }

    fn zone(&self, person: &PersonId) -> Option<Zone> {
        self.scene.world.zone(person)
    }
}
