//! The state of an escalation: a plain value, complete in itself but for the policy.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::super::input::EscalationInput;
use super::super::minute::Minute;
use super::super::plan::{Plan, Start, Tracks};
use super::deadline;
use super::deed::{Cause, Deed};
use super::resolve::Who;
use crate::id::{AreaId, IncidentId, PersonId, PolicyId, SeverityId, TeamId};
use crate::incident::Seq;
use crate::time::Zone;

/// Everything that an escalation knows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct State {
    pub(super) incident: IncidentId,
    /// How often the incident had been reopened: pages after that have ids of their own.
    pub(super) reopened: u32,
    pub(super) policy: PolicyId,
    /// The version of the policy that it keeps to.
    pub(super) version: String,
    pub(super) severity: Option<SeverityId>,
    pub(super) areas: Vec<AreaId>,
    /// The last entry of the record that it was fed.
    pub(super) fed: Seq,

    /// When it began.
    pub(super) started: Minute,
    /// When the tracks of this severity began.
    pub(super) since: Minute,
    /// The last minute that was worked through.
    pub(super) reached: Minute,
    /// The last minute that it was told of.
    pub(super) told: Minute,
    /// What it was told and has not worked through, by minute.
    pub(super) inbox: VecDeque<Told>,
    /// What it decided and nobody has polled.
    pub(super) outbox: VecDeque<Deed>,
    /// Fingerprints of what it was told: a second delivery changes nothing.
    pub(super) heard: Vec<u64>,
    pub(super) resolved: bool,
    pub(super) finished: bool,

    pub(super) acknowledged: Option<Acknowledgement>,
    pub(super) snoozed_until: Option<Minute>,
    /// Since when the first track stands still.
    pub(super) still_since: Option<Minute>,
    /// Minutes that it stood still before that.
    pub(super) stood_still: i64,
    /// Minutes by which each track is ahead, because empty steps were skipped.
    pub(super) ahead: [i64; 3],
    /// When the first track had nothing left to page, on its clock.
    pub(super) nothing_left: Option<i64>,
    /// Whether the first track is over.
    pub(super) over: bool,
    /// When something moved last.
    pub(super) quiet_since: Minute,

    /// Everybody it has to do with.
    pub(super) people: Vec<Involved>,
    /// Whose buddies and leads may be paged, by their place in `people`, in the order in which they came.
    pub(super) responders: Vec<u32>,
    /// Who was paged in the minute reached.
    pub(super) paged_now: Vec<u32>,
    /// The place in each team at which its next turn looks.
    pub(super) turns: BTreeMap<TeamId, u64>,
    /// How often each step of each track has acted, whatever the severity.
    pub(super) rounds: [Vec<u32>; 3],
    /// How often `otherwise` was paged.
    pub(super) otherwise_rounds: u32,
    /// How often it was given to somebody.
    pub(super) reassigned: u32,
    /// The steps of this severity.
    pub(super) steps: [Vec<StepState>; 3],
}

/// One thing it was told; nothing for another version of the policy.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct Told {
    pub(super) at: Minute,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) input: Option<EscalationInput>,
}

/// Somebody looks after it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct Acknowledgement {
    pub(super) by: PersonId,
    pub(super) at: Minute,
}

/// Somebody it has to do with.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct Involved {
    pub(super) person: PersonId,
    /// Paged, or has acted.
    pub(super) engaged: bool,
    /// Whether their last page did not arrive, and they have not acted since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) undelivered: bool,
}

/// One step of the severity at hand.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct StepState {
    /// What it has still to do.
    pub(super) firings: Vec<Firing>,
    /// Whom it has paged.
    pub(super) paged: Vec<u32>,
    /// Who waits for their own window to open.
    pub(super) waiting: Vec<Waiting>,
    /// Whether it has acted on this stretch of quiet.
    pub(super) quiet_told: bool,
}

/// One time that a step acts.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct Firing {
    /// When, on the clock of its track.
    pub(super) at: i64,
    /// 0 for the first time, then which repeat.
    pub(super) repeat: u32,
    /// Whether an occasion called for it, or for what it repeats.
    pub(super) occasion: bool,
    /// Whether help was asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) help: bool,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asker: Option<PersonId>,
    /// Whether it found nobody, and waits for somebody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) waits: bool,
}

/// Somebody who is paged when their own window opens.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::escalation) struct Waiting {
    pub(super) person: u32,
    pub(super) round: u32,
    pub(super) zone: Option<Zone>,
    pub(super) responds: bool,
    pub(super) cause: Cause,
}

impl State {
    /// The place of somebody in `people`.
    pub(super) fn place_of(&self, person: &PersonId) -> Option<u32> {
        (0..).zip(&self.people).find(|(_, involved)| involved.person == *person).map(|(at, _)| at)
    }

    /// The place of somebody in `people`, as one who is not engaged if they are new.
    pub(super) fn involve(&mut self, who: Who) -> u32 {
        match who {
            Who::Known(at) => at,
            Who::New(person) => self.place_of(&person).unwrap_or_else(|| {
                self.people.push(Involved { person, engaged: false, undelivered: false });
                u32::try_from(self.people.len() - 1).unwrap_or(u32::MAX)
            }),
        }
    }

    pub(super) fn involved(&self, at: u32) -> Option<&Involved> {
        self.people.get(usize::try_from(at).ok()?)
    }

    pub(super) fn is_engaged(&self, who: &Who) -> bool {
        match who {
            Who::Known(at) => self.involved(*at).is_some_and(|involved| involved.engaged),
            Who::New(_) => false,
        }
    }

    pub(super) fn engage(&mut self, at: u32) {
        if let Some(involved) = usize::try_from(at).ok().and_then(|at| self.people.get_mut(at)) {
            involved.engaged = true;
        }
    }

    /// Says whether pages reach somebody, as far as is known.
    pub(super) fn arrives(&mut self, at: u32, arrives: bool) {
        if let Some(involved) = usize::try_from(at).ok().and_then(|at| self.people.get_mut(at)) {
            involved.undelivered = !arrives;
        }
    }

    /// Counts somebody among the responders.
    pub(super) fn responds(&mut self, at: u32) {
        if !self.responders.contains(&at) {
            self.responders.push(at);
        }
    }

    /// Whether nothing is left of what it was told: what comes by itself comes after the minute reached.
    pub(super) fn is_worked_through(&self) -> bool {
        self.inbox.is_empty() && self.told <= self.reached
    }

    /// Whether the first track stands still.
    pub(super) fn is_still(&self) -> bool {
        self.still_since.is_some()
    }

    /// The minutes that a track has run, in a minute.
    pub(super) fn clock(&self, track: usize, now: Minute) -> i64 {
        let ahead = self.ahead.get(track).copied().unwrap_or_default();
        let now = if track == 0 { self.still_since.unwrap_or(now) } else { now };
        let stood_still = if track == 0 { self.stood_still } else { 0 };
        (now - self.since).saturating_sub(stood_still).saturating_add(ahead)
    }

    /// Begins the tracks of the severity at zero. Acknowledgement, snooze and engagement stay.
    pub(super) fn begin(&mut self, plan: &Plan, now: Minute, raised: bool) {
        self.severity = self.severity.take().map(|severity| plan.shared(severity));
        let (tracks, known) = plan.at(self.severity.as_ref());
        if !known {
            self.outbox.push_back(Deed::NoTracks { severity: self.severity.clone() });
        }
        self.since = now;
        self.still_since = self.still_since.map(|_| now);
        (self.stood_still, self.ahead, self.over) = (0, [0; 3], false);
        let begun = |start: Start| match start {
            Start::At(at) => Some(Firing { at, repeat: 0, occasion: false, help: false, asker: None, waits: false }),
            Start::Raised if raised => Some(Firing::on_occasion(0)),
            _ => None,
        };
        self.steps = tracks.steps.each_ref().map(|steps| {
            let step = |start| StepState { firings: begun(start).into_iter().collect(), ..StepState::default() };
            steps.iter().map(|it| step(it.start)).collect()
        });
        self.nothing_left = deadline::nothing_left(self).then_some(0);
    }

    /// Something moved: the quiet begins anew.
    pub(super) fn progress(&mut self, now: Minute) {
        self.quiet_since = now;
        self.steps.iter_mut().flatten().for_each(|step| step.quiet_told = false);
    }

    /// Counts one more round of a step, and says which it is.
    pub(super) fn next_round(&mut self, track: usize, step: usize) -> u32 {
        let Some(rounds) = self.rounds.get_mut(track) else { return 0 };
        if rounds.len() <= step {
            rounds.resize(step + 1, 0);
        }
        let Some(round) = rounds.get_mut(step) else { return 0 };
        *round = round.saturating_add(1);
        *round - 1
    }

    /// Whether a stored state holds together: every place in `people` is one, and the steps are those of the policy.
    pub(super) fn holds_together(&self, tracks: &Tracks) -> bool {
        let decided = self.outbox.iter().filter_map(|deed| match deed {
            Deed::Page(page) => Some(&page.person),
            _ => None,
        });
        let person = |at: &u32| self.involved(*at).is_some();
        let paged = self.steps.iter().flatten().flat_map(|step| &step.paged);
        let waiting = self.steps.iter().flatten().flat_map(|step| &step.waiting).map(|waiting| &waiting.person);
        let steps = self.steps.iter().zip(&tracks.steps).all(|(state, steps)| state.len() == steps.len());
        steps && self.responders.iter().chain(&self.paged_now).chain(paged).chain(waiting).chain(decided).all(person)
    }
}

impl Firing {
    pub(super) fn on_occasion(at: i64) -> Self {
        Self { at, repeat: 0, occasion: true, help: false, asker: None, waits: false }
    }

    /// Whether it acts at once, also while the clock stands still.
    pub(super) fn is_immediate(&self) -> bool {
        self.occasion && self.repeat == 0
    }
}
