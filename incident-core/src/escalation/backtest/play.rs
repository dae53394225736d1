//! One past incident, run by the engine.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{BacktestIncident, BacktestPage};
use super::assumption::AcknowledgementAssumption;
use super::night::night;
use super::past::PastIncident;
use crate::error::Result;
use crate::escalation::action::{EscalationAction, EscalationTrack, Page};
use crate::escalation::engine::{Escalation, EscalationBasis};
use crate::escalation::input::EscalationInput;
use crate::escalation::minute::Minute;
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::world::World;
use crate::id::{IncidentId, PersonId};
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Timestamp, Window};

/// What is run against what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub(super) policy: &'a EscalationPolicy,
    pub(super) world: &'a World,
    pub(super) assumption: AcknowledgementAssumption,
    pub(super) asleep: &'a Window,
}

/// What came of an incident, and whose nights it broke.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) incident: BacktestIncident,
    pub(super) nights: BTreeSet<(PersonId, Timestamp)>,
}

/// An incident is followed for so long, unless it is resolved before.
const FOLLOWED: Elapsed = Elapsed::hours(30 * 24);

/// Plays an incident to its end.
///
/// # Errors
/// Those of the engine, none in practice.
pub(super) fn play(setting: Setting<'_>, past: &PastIncident) -> Result<Played> {
    let basis = EscalationBasis {
        severity: past.severity.clone(),
        areas: past.areas.clone(),
        ..EscalationBasis::new(incident_id(&past.id))
    };
    let mut escalation = Escalation::begin(basis, setting.policy, past.declared_at)?;
    let mut play =
        Play { setting, past, told: told(past), seen: Played { incident: begun(past), nights: BTreeSet::new() } };
    let until = past.declared_at.plus(FOLLOWED);
    let mut now = past.declared_at;
    let mut assumed = false;
    loop {
        for action in escalation.drain(setting.world) {
            play.see(&action, now);
        }
        if !assumed && !play.seen.incident.pages.is_empty() {
            assumed = true;
            play.assume();
        }
        let due = escalation.next_deadline().filter(|due| *due > now);
        let next = play.told.first_key_value().map(|((at, ..), _)| *at);
        let Some(at) = due.into_iter().chain(next).min().filter(|at| *at <= until) else { break };
        now = now.max(at);
        if next != Some(at) {
            escalation.tick(now)?;
            continue;
        }
        let Some((_, input)) = play.told.pop_first() else { break };
        if let EscalationInput::Acknowledged { by } = &input {
            play.seen.incident.acknowledged_by = Some(by.clone());
            play.seen.incident.acknowledged_at = Some(now);
        }
        let resolved = matches!(input, EscalationInput::Resolved {});
        escalation.handle(now, input)?;
        if resolved {
            break;
        }
    }
    Ok(play.seen)
}

struct Play<'a> {
    setting: Setting<'a>,
    past: &'a PastIncident,
    /// What is still to be told: by instant, then by kind, then as it was given.
    told: BTreeMap<Due, EscalationInput>,
    seen: Played,
}

/// What is told at one instant: what the record says, then who acknowledges, then the end.
const RECORD: u8 = 0;
const ACKNOWLEDGEMENT: u8 = 1;
const END: u8 = 2;

/// When, which of these, and which of several.
type Due = (Timestamp, u8, usize);

fn told(past: &PastIncident) -> BTreeMap<Due, EscalationInput> {
    let severities = past
        .severities
        .iter()
        .map(|it| (it.at, EscalationInput::SeverityChanged { severity: it.severity.clone(), raised: it.raised }));
    let help = past.help.iter().map(|it| (it.at, EscalationInput::HelpAsked { reason: it.reason, by: it.by.clone() }));
    let progress = past.progress_at.iter().map(|at| (*at, EscalationInput::Progress { by: None }));
    let record = severities.chain(help).chain(progress).map(|(at, input)| (at, RECORD, input));
    let end = past.resolved_at.map(|at| (at, END, EscalationInput::Resolved {}));
    // What was told before it was declared counts from then.
    let all = record.chain(end).enumerate();
    all.map(|(number, (at, kind, input))| ((at.max(past.declared_at), kind, number), input)).collect()
}

fn begun(past: &PastIncident) -> BacktestIncident {
    BacktestIncident {
        id: past.id.clone(),
        severity: past.severity.clone(),
        declared_at: past.declared_at,
        pages: Vec::new(),
        first_page_at: None,
        first_person_after: None,
        second_person_after: None,
        acknowledged_by: None,
        acknowledged_at: None,
        otherwise_after: None,
        nobody_reachable_after: None,
        woken: Vec::new(),
        why: String::new(),
    }
}

impl Play<'_> {
    fn see(&mut self, action: &EscalationAction, now: Timestamp) {
        match action {
            EscalationAction::Page(page) => self.page(page),
            EscalationAction::NobodyReachable(_) => {
                let after = self.after(now);
                self.seen.incident.nobody_reachable_after.get_or_insert(after);
            }
            _ => {}
        }
    }

    fn page(&mut self, page: &Page) {
        let after = self.after(page.at);
        let zone = self.setting.world.directory().zone_of(&page.person);
        let broken = night(self.setting.asleep, zone, page.at).filter(|_| page.urgency == Urgency::High);
        let seen = &mut self.seen.incident;
        seen.first_page_at.get_or_insert(page.at.max(self.past.declared_at));
        if page.track == EscalationTrack::Otherwise {
            seen.otherwise_after.get_or_insert(after);
        } else {
            let by_steps = seen.pages.iter().filter(|page| page.track != EscalationTrack::Otherwise);
            let other = by_steps.clone().any(|known| known.person != page.person);
            seen.first_person_after.get_or_insert(after);
            if other {
                seen.second_person_after.get_or_insert(after);
            }
        }
        if let Some(night) = broken {
            self.seen.nights.insert((page.person.clone(), night));
            if let Err(place) = seen.woken.binary_search(&page.person) {
                seen.woken.insert(place, page.person.clone());
            }
        }
        seen.pages.push(BacktestPage {
            after,
            person: page.person.clone(),
            track: page.track,
            step: page.step,
            urgency: page.urgency,
            wakes: broken.is_some(),
        });
    }

    /// Somebody has been paged: when they acknowledge, by what is assumed.
    fn assume(&mut self) {
        let seen = &self.seen.incident;
        let (Some(paged_at), Some(first)) = (seen.first_page_at, seen.pages.first()) else { return };
        let at = match self.setting.assumption {
            AcknowledgementAssumption::Nobody => None,
            AcknowledgementAssumption::Recorded => self.past.acknowledged_at.map(|at| at.max(paged_at)),
            AcknowledgementAssumption::After(length) => Some(paged_at.plus(length)),
        };
        if let Some(at) = at {
            let input = EscalationInput::Acknowledged { by: first.person.clone() };
            self.told.insert((at, ACKNOWLEDGEMENT, 0), input);
        }
    }

    /// How long after the minute in which it was declared.
    fn after(&self, at: Timestamp) -> Elapsed {
        Elapsed::minutes((Minute::of(at) - Minute::of(self.past.declared_at)).max(0))
    }
}

/// The id by which the engine knows it: its own, if that is a UUID, else one that follows from it.
fn incident_id(id: &str) -> IncidentId {
    id.parse().unwrap_or_else(|_| uuid::Uuid::new_v5(&uuid::Uuid::nil(), id.as_bytes()).into())
}
