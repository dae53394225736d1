//! A policy, its world and a horizon: where plays take place.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::Directory;
use crate::escalation::document::{EscalationPolicyDocument, EscalationStep, OnEmpty, PageTarget};
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::surroundings::Surroundings;
use crate::escalation::world::World;
use crate::id::{AreaId, PersonId, ScheduleId, SeverityId, TeamId};
use crate::oncall::Schedule;
use crate::time::{Elapsed, Moment, Timestamp, Turn, TurnUnit, Window, WindowZone, Zone};

use super::almanac::{Almanac, Asked};
use super::horizon::Horizon;
use super::minutes::Minutes;
use super::places::{all_steps, last_resorts, steps, targets};
use super::play::{Incidents, Player, Reach};
use super::starts;
use super::told::{Reached, Told};
use super::words;

/// Everything that plays of one policy share.
#[derive(Debug)]
pub(in crate::escalation) struct Scene<'a> {
    pub(in crate::escalation) policy: &'a EscalationPolicy,
    pub(in crate::escalation) world: &'a World,
    pub(in crate::escalation) horizon: Horizon,
    pub(in crate::escalation) length: Turn,
    pub(in crate::escalation) almanac: Almanac<'a>,
    sleep: Window,
    /// What it is compared with: windows that open there divide minutes here too.
    beside: Option<(&'a EscalationPolicy, &'a World)>,
}

/// Weeks of a horizon where none is required.
const WEEKS: &str = "26 weeks";

impl<'a> Scene<'a> {
    /// Looks up what the schedules answer, from a moment to so many minutes after the end of the horizon.
    pub(in crate::escalation) fn new(
        policy: &'a EscalationPolicy,
        world: &'a World,
        from: Moment,
        reach: Reach,
    ) -> Self {
        let (horizon, length) = Self::horizon(policy, world, from);
        Self::over(policy, world, (horizon, length), reach)
    }

    /// The horizon of a policy from a moment on: as long as it requires, on the wall clock of the first rotation.
    pub(in crate::escalation) fn horizon(policy: &EscalationPolicy, world: &World, from: Moment) -> (Horizon, Turn) {
        let document = policy.document();
        let named = schedules(document).into_iter().find_map(|name| world.schedules().get(name));
        let zone = named.and_then(|schedule| schedule.document().rotation.first()).map(|it| it.zone);
        let required = document.prove.as_ref().and_then(|prove| prove.horizon);
        let length = required.or_else(|| WEEKS.parse().ok()).unwrap_or(Turn::of(26, TurnUnit::Weeks));
        (Horizon::new(from, length, zone.unwrap_or(Zone::UTC)), length)
    }

    /// The same over a horizon of one's own.
    pub(in crate::escalation) fn over(
        policy: &'a EscalationPolicy,
        world: &'a World,
        (horizon, length): (Horizon, Turn),
        reach: Reach,
    ) -> Self {
        let document = policy.document();
        let named: Vec<(&ScheduleId, &Schedule)> =
            schedules(document).into_iter().filter_map(|name| world.schedules().get_key_value(name)).collect();
        let far = match reach {
            Reach::Within(minutes) => minutes,
            // An opening is at most a week or so away, and as much again is looked at from there.
            Reach::Whole { steps, held } => steps.saturating_add(held.saturating_mul(2)),
        };
        let end = horizon.until.plus(Elapsed::minutes(i64::from(far) + 1));
        let almanac = Almanac::new(named, world, horizon.from, end);
        let sleep = document.windows.get("asleep").cloned().unwrap_or_else(|| Window {
            zone: WindowZone::Recipient,
            hours: "daily 22:00-07:00".parse().into_iter().collect(),
            closed: BTreeSet::new(),
        });
        Self { policy, world, horizon, length, almanac, sleep, beside: None }
    }

    /// The same beside another policy: windows that open there divide minutes here too, so that the plays of both can be
    /// laid side by side.
    pub(in crate::escalation) fn beside(self, policy: &'a EscalationPolicy, world: &'a World) -> Self {
        Self { beside: Some((policy, world)), ..self }
    }

    /// How far plays of a policy go if they are played to their end; no step is held for longer than a week.
    pub(in crate::escalation) fn to_the_end(document: &EscalationPolicyDocument) -> Reach {
        let steps = all_steps(document).map(|placed| whole_minutes(placed.latest())).max().unwrap_or_default();
        let ends = last_resorts(document).filter_map(|(_, otherwise)| otherwise.after).map(whole_minutes);
        let steps = steps.saturating_add(ends.max().unwrap_or_default());
        Reach::Whole { steps, held: steps.saturating_add(WEEK) }
    }

    /// The windows for which steps of a severity wait, those of the recipient in every zone there is.
    pub(super) fn windows(&self, severity: &SeverityId) -> Vec<(&'a Window, Zone)> {
        let mut found: Vec<(&Window, Zone)> = Vec::new();
        for (policy, world) in std::iter::once((self.policy, self.world)).chain(self.beside) {
            let tracks = policy.tracks(severity).into_iter();
            let steps = tracks.flat_map(|tracks| [&tracks.first, &tracks.reinforce, &tracks.authority]).flatten();
            for window in steps.filter_map(|step| policy.window(step)) {
                let zones = match window.zone {
                    WindowZone::Named(zone) => vec![zone],
                    WindowZone::Recipient => homes(world.directory()),
                };
                for zone in zones {
                    if !found.iter().any(|(known, in_zone)| *known == window && *in_zone == zone) {
                        found.push((window, zone));
                    }
                }
            }
        }
        found
    }

    /// Whether a step that finds nobody waits until there is somebody.
    pub(super) fn waits(&self) -> bool {
        self.policy.document().escalation.on_empty == OnEmpty::WaitUntilSomeone
    }

    pub(in crate::escalation) fn directory(&self) -> &'a Directory {
        self.world.directory()
    }

    /// A play of every such incident, for so many minutes or until it is decided.
    pub(in crate::escalation) fn player<'s, O>(
        &'s self,
        incidents: Incidents<'_>,
        reach: Reach,
        decided: impl Fn(&Reached) -> bool + 's,
        outcome: impl FnMut(&[Told], u32) -> O + 's,
    ) -> Player<'s, O> {
        Player::new(self, incidents, reach, Box::new(decided), Box::new(outcome))
    }

    /// One play from its beginning to its end.
    pub(in crate::escalation) fn whole(&self, incidents: Incidents<'_>, minute: u32) -> Vec<Told> {
        use super::sweep::Play;
        let reach = Self::to_the_end(self.policy.document());
        self.player(incidents, reach, |_| false, |told, _| told.to_vec()).play(minute).1
    }

    /// The earliest minute at which experts may be asked for without any input. None where nobody asks.
    pub(in crate::escalation) fn experts_from(&self, severity: &SeverityId) -> Option<u32> {
        self.asked_from(severity, |target| matches!(target, PageTarget::Experts(_)))
    }

    /// The earliest minute at which members of a team may take a turn without any input. None where none do.
    pub(in crate::escalation) fn turns_from(&self, severity: &SeverityId) -> Option<u32> {
        self.asked_from(severity, |target| matches!(target, PageTarget::RoundRobin(_)))
    }

    /// The earliest minute at which some targets may be asked for: by a step, or by `otherwise`, which a step that finds
    /// nobody may page at any time.
    fn asked_from(&self, severity: &SeverityId, wanted: impl Fn(&PageTarget) -> bool) -> Option<u32> {
        let rules = &self.policy.document().escalation;
        let asks = |page: &Vec<PageTarget>| page.iter().any(&wanted);
        let found = rules.severities.get_key_value(severity);
        let own = found.and_then(|(_, tracks)| tracks.otherwise.as_ref());
        if own.or(rules.otherwise.as_ref()).is_some_and(|otherwise| asks(&otherwise.page)) {
            return Some(0);
        }
        let (severity, tracks) = found?;
        let asking = steps(severity, tracks).filter(|placed| asks(&placed.step.page));
        asking.filter_map(|placed| placed.earliest(rules.on_empty)).map(whole_minutes).min()
    }

    /// The place in each team at which its turns begin, for one of the starts that incidents may have.
    pub(super) fn turns(&self, start: u32) -> BTreeMap<TeamId, u64> {
        let teams = targets(self.policy.document()).into_iter().filter_map(|(_, target)| match target {
            PageTarget::RoundRobin(team) => Some(team),
            _ => None,
        });
        let turn = |team: &TeamId| Some((team.clone(), starts::place(start, self.world.team(team).len())?));
        teams.filter_map(turn).collect()
    }

    /// Areas by their experts: those with the same ones cannot be told apart.
    pub(in crate::escalation) fn area_groups(&self) -> Vec<Vec<&'a AreaId>> {
        let mut groups: Vec<(&[PersonId], Vec<&AreaId>)> = Vec::new();
        for (id, area) in &self.directory().document().areas {
            match groups.iter_mut().find(|(experts, _)| *experts == area.experts) {
                Some((_, alike)) => alike.push(id),
                None => groups.push((&area.experts, vec![id])),
            }
        }
        groups.into_iter().map(|(_, areas)| areas).collect()
    }

    pub(in crate::escalation) fn step(
        &self,
        severity: &SeverityId,
        track: usize,
        step: usize,
    ) -> Option<&EscalationStep> {
        let tracks = self.policy.tracks(severity)?;
        [&tracks.first, &tracks.reinforce, &tracks.authority].get(track)?.get(step)
    }

    /// Whether a step of the first track asks who is on call.
    pub(in crate::escalation) fn asks_on_call(&self, severity: &SeverityId, step: usize) -> bool {
        let asks = |step: &EscalationStep| step.page.iter().any(|target| matches!(target, PageTarget::OnCall(_)));
        self.step(severity, 0, step).is_some_and(asks)
    }

    pub(in crate::escalation) fn has_own_otherwise(&self, severity: &SeverityId) -> bool {
        self.policy.tracks(severity).is_some_and(|tracks| tracks.otherwise.is_some())
    }

    /// The schedules that the policy names and the world has.
    pub(in crate::escalation) fn schedules(&self) -> impl Iterator<Item = &'a Schedule> {
        self.almanac.schedules().map(|(_, schedule)| schedule)
    }

    /// Their names.
    pub(in crate::escalation) fn named(&self) -> impl Iterator<Item = &'a ScheduleId> {
        self.almanac.schedules().map(|(name, _)| name)
    }

    pub(in crate::escalation) fn schedule(&self, name: &ScheduleId) -> Option<&'a Schedule> {
        self.world.schedules().get(name)
    }

    /// Who a schedule says at an instant.
    pub(in crate::escalation) fn people(&self, schedule: &ScheduleId, asked: Asked, at: Timestamp) -> &[PersonId] {
        self.almanac.schedule(schedule).map_or(&[], |number| self.almanac.people(number, asked, at))
    }

    /// Whether any of the schedules has a person on call.
    pub(in crate::escalation) fn is_on_call(&self, person: &PersonId, at: Timestamp) -> bool {
        self.almanac.schedules().any(|(name, _)| self.people(name, Asked::OnCall, at).contains(person))
    }

    /// Every zone of a rotation, in order.
    pub(in crate::escalation) fn zones(&self) -> Vec<Zone> {
        let mut zones: Vec<Zone> = Vec::new();
        for rotation in self.schedules().flat_map(|schedule| &schedule.document().rotation) {
            if !zones.contains(&rotation.zone) {
                zones.push(rotation.zone);
            }
        }
        zones
    }

    /// When people sleep.
    pub(super) fn sleep(&self) -> &Window {
        &self.sleep
    }

    pub(super) fn overrides(&self) -> u32 {
        count(self.schedules().map(|schedule| schedule.document().overrides.len()).sum())
    }

    pub(super) fn absences(&self) -> u32 {
        count(
            self.world.absences().len()
                + self.world.given().map(|schedule| schedule.document().absence.len()).sum::<usize>(),
        )
    }

    /// `17 of 26 weeks`.
    pub(in crate::escalation) fn weeks(&self, minutes: &Minutes) -> String {
        let starts = self.horizon.weeks();
        let all = words::count(starts.len() as u64, "week", "weeks");
        format!("{} of {all}", minutes.periods(&starts))
    }
}

/// Every zone in which somebody lives, and universal time for the others.
fn homes(directory: &Directory) -> Vec<Zone> {
    let mut homes = vec![Zone::UTC];
    for zone in directory.document().people.values().filter_map(|person| person.zone) {
        if !homes.contains(&zone) {
            homes.push(zone);
        }
    }
    homes
}

/// Minutes of a week.
const WEEK: u32 = 7 * 24 * 60;

/// The schedules that a policy names, those of its steps first.
fn schedules(document: &EscalationPolicyDocument) -> Vec<&ScheduleId> {
    let of_steps = all_steps(document).flat_map(|placed| &placed.step.page);
    let of_otherwise = last_resorts(document).flat_map(|(_, otherwise)| &otherwise.page);
    let mut named: Vec<&ScheduleId> = Vec::new();
    for target in of_steps.chain(of_otherwise) {
        if let PageTarget::OnCall(name) | PageTarget::Next(name) = target
            && !named.contains(&name)
        {
            named.push(name);
        }
    }
    named
}

/// A duration in whole minutes.
pub(super) fn whole_minutes(length: Elapsed) -> u32 {
    u32::try_from(length.as_micros().div_euclid(60_000_000)).unwrap_or(u32::MAX)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
