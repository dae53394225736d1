//! The engine: what is told goes in, what to do comes out, and the host keeps time.

mod begin;
mod deadline;
pub(in crate::escalation) mod deed;
mod fire;
mod hear;
mod otherwise;
mod page;
mod resolve;
mod say;
mod state;
mod status;
mod stored;
mod work;

pub use begin::EscalationBasis;
pub use status::EscalationStatus;

use std::collections::BTreeMap;

use super::action::EscalationAction;
use super::input::EscalationInput;
use super::minute::Minute;
use super::policy::EscalationPolicy;
use super::surroundings::Surroundings;
use super::world::World;
use crate::codes;
use crate::error::{Error, Result};
use crate::id::{IncidentId, PersonId, SeverityId, TeamId};
use crate::incident::Seq;
use crate::time::Timestamp;
use deed::Deed;
use state::{State, Told};

/// A policy at work on one incident.
///
/// The host tells it what happens with [`handle`](Self::handle), asks it what to do with [`drain`](Self::drain), and
/// comes back at [`next_deadline`](Self::next_deadline) with a tick. It reads no clock. Minutes are whole: within one,
/// everything that was told comes first, then first response, reinforcement and the chain of command, steps as listed.
///
/// Whatever the host does, a page has one id. A host that stores the state after it has sent what was asked for, and
/// crashes before that, is asked for the same pages by the same ids. What comes late is worked through minute by minute,
/// as if it had come in time, and says so; what is told for a minute that was worked through counts from the minute
/// reached. The same input told for the same instant twice counts once. After [`EscalationInput::Resolved`] nothing is
/// asked for but to hear that it is finished, though it was due before.
///
/// ```
/// use incident_core::{
///     Escalation, EscalationAction, EscalationBasis, EscalationInput, EscalationPolicy, Format, PersonId, Source, World,
/// };
///
/// let text = r#"
/// [escalation]
/// otherwise = { after = "15m", page = ["person:hana"] }
/// [escalation.sev1]
/// first = [{ page = ["person:ana"] }, { at = "5m", page = ["person:bo"] }]
/// "#;
/// let policy = EscalationPolicy::read(&Source::parse(text, Format::Toml)?)?;
/// let id = "019acdef-0000-7000-8000-000000000001".parse()?;
/// let basis = EscalationBasis { severity: Some("sev1".parse()?), ..EscalationBasis::new(id) };
/// let at = |minute: &str| format!("2026-12-07T10:{minute}:00Z").parse();
///
/// let mut escalation = Escalation::begin(basis, &policy, at("00")?)?;
/// let pages = |actions: Vec<EscalationAction>| -> Vec<String> {
///     actions.iter().filter(|action| matches!(action, EscalationAction::Page(_))).map(|page| page.why().to_owned()).collect()
/// };
/// assert_eq!(pages(escalation.drain(&World::default())), ["ana is named: the first response to sev1 at once"]);
/// assert_eq!(escalation.next_deadline(), Some(at("05")?));
/// escalation.handle(at("03")?, EscalationInput::Acknowledged { by: PersonId::new("ana")? })?;
/// assert!(escalation.drain(&World::default()).is_empty());
/// assert_eq!(escalation.next_deadline(), None);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    policy: EscalationPolicy,
    state: State,
}

/// Further ahead than this a host has the wrong time: a year.
const FURTHEST: i64 = 366 * 24 * 60;
/// More than this the host has forgotten to drain.
const MOST_UNDRAINED: usize = 10_000;

impl Escalation {
    /// Tells it what happened. `now` is when the host learned of it.
    ///
    /// After the end nothing matters, and nothing is refused.
    ///
    /// # Errors
    /// `escalation.too_far` where `now` is more than a year after what it was told before; `escalation.not_drained`
    /// where more is told than anybody asks about
    pub fn handle(&mut self, now: Timestamp, input: EscalationInput) -> Result<()> {
        let state = &mut self.state;
        if state.resolved {
            return Ok(());
        }
        if matches!(input, EscalationInput::Resolved {}) {
            state.resolved = true;
            return Ok(());
        }
        let at = Minute::of(now);
        if at - state.told > FURTHEST {
            let message = format!("{now} is more than a year after {}", state.told.start());
            return Err(Error::invalid(codes::TOO_FAR, message).at("/now").hint("set the clock, or go on in steps"));
        }
        if matches!(input, EscalationInput::Tick {}) {
            state.told = state.told.max(at);
            return Ok(());
        }
        let fingerprint = input.fingerprint(now);
        if state.heard.contains(&fingerprint) {
            return Ok(());
        }
        self.hear(at, Some(input))?;
        self.state.heard.push(fingerprint);
        Ok(())
    }

    fn hear(&mut self, at: Minute, input: Option<EscalationInput>) -> Result<()> {
        let state = &mut self.state;
        if state.inbox.len() >= MOST_UNDRAINED {
            let message = format!("{MOST_UNDRAINED} inputs wait to be worked through");
            return Err(Error::limit(codes::NOT_DRAINED, message).hint("drain it first"));
        }
        state.told = state.told.max(at);
        // By minute, and as told within one.
        let after = state.inbox.iter().rposition(|told| told.at <= at).map_or(0, |place| place + 1);
        state.inbox.insert(after, Told { at, input });
        Ok(())
    }

    /// Time has passed, up to `now`.
    ///
    /// # Errors
    /// `escalation.too_far`
    pub fn tick(&mut self, now: Timestamp) -> Result<()> {
        self.handle(now, EscalationInput::Tick {})
    }

    /// The next thing to do; none when everything due by the last instant told has been asked for.
    pub fn poll(&mut self, world: &World) -> Option<EscalationAction> {
        self.poll_in(world)
    }

    /// Everything to do by the last instant told.
    pub fn drain(&mut self, world: &World) -> Vec<EscalationAction> {
        std::iter::from_fn(|| self.poll(world)).collect()
    }

    /// When to come back with a tick, if nothing happens before; at once while there is something to drain. None when
    /// nothing comes by itself: somebody has acknowledged, or it is finished.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let state = &self.state;
        if state.finished {
            return None;
        }
        if state.resolved || !state.outbox.is_empty() {
            return Some(state.told.start());
        }
        self.next_minute().map(Minute::start)
    }

    /// Goes on with another version of the policy, or another policy: its tracks start now in place of the old, as after
    /// a change of severity. Drain first: what was due and is not asked for yet is not asked for by the new one.
    ///
    /// # Errors
    /// `escalation.not_drained`, `escalation.too_far`
    pub fn upgrade(&mut self, now: Timestamp, policy: &EscalationPolicy) -> Result<()> {
        self.handle(now, EscalationInput::Tick {})?;
        if self.state.resolved || policy.version() == self.state.version {
            return Ok(());
        }
        self.hear(Minute::of(now), None)?;
        let state = &mut self.state;
        let old = std::mem::replace(&mut state.version, policy.version().to_owned());
        state.outbox.push_back(Deed::Started { instead_of: Some(old) });
        state.policy = policy.name()?;
        self.policy = policy.clone();
        state.begin(policy.plan(), Minute::of(now).max(state.reached), false);
        Ok(())
    }

    /// The incident it is about.
    #[must_use]
    pub fn incident(&self) -> IncidentId {
        self.state.incident
    }

    /// The policy it keeps to.
    #[must_use]
    pub fn policy(&self) -> &EscalationPolicy {
        &self.policy
    }

    /// As [`Escalation::poll`], of anything that answers as the world does.
    pub(crate) fn poll_in<S: Surroundings>(&mut self, world: &S) -> Option<EscalationAction> {
        let deed = self.decide(world)?;
        Some(say::say(deed, &self.state, self.policy.plan().at(self.state.severity.as_ref()).0))
    }

    /// The next decision, not put into words: what a proof, a comparison or a backtest looks at.
    pub(in crate::escalation) fn decide<S: Surroundings>(&mut self, world: &S) -> Option<Deed> {
        if self.state.resolved && !self.state.finished {
            work::finish(&mut self.state);
        }
        loop {
            if let Some(deed) = self.state.outbox.pop_front() {
                return Some(deed);
            }
            if self.state.is_worked_through() {
                return None;
            }
            let now = self.next_minute().filter(|now| *now <= self.state.told)?;
            work::work(&mut self.state, self.policy.plan(), world, now);
        }
    }

    /// Whom a decision means.
    pub(in crate::escalation) fn person(&self, place: u32) -> Option<&PersonId> {
        self.state.involved(place).map(|involved| &involved.person)
    }

    /// The next minute to work through.
    fn next_minute(&self) -> Option<Minute> {
        let state = &self.state;
        if state.resolved {
            return None;
        }
        let told = state.inbox.front().map(|told| told.at.max(state.reached).max(state.started));
        let due = deadline::next(state, self.policy.plan().at(state.severity.as_ref()).0);
        [told, due].into_iter().flatten().min()
    }

    /// Begins the turns of teams at places of one's own, instead of those that follow from the incident.
    pub(in crate::escalation) fn begin_turns(&mut self, turns: BTreeMap<TeamId, u64>) {
        self.state.turns = turns;
    }

    pub(in crate::escalation) fn state(&self) -> &State {
        &self.state
    }

    /// The last entry of a record that it was fed.
    pub(super) fn fed(&self) -> Seq {
        self.state.fed
    }

    pub(super) fn set_fed(&mut self, seq: Seq) {
        self.state.fed = seq;
    }

    /// The severity by all that it was told, worked through or not.
    pub(super) fn severity_told(&self) -> Option<&SeverityId> {
        let told = self.state.inbox.iter().rev().find_map(|told| match &told.input {
            Some(EscalationInput::SeverityChanged { severity, .. }) => Some(severity),
            _ => None,
        });
        told.or(self.state.severity.as_ref())
    }
}
