//! The question.

use std::collections::BTreeMap;

use super::answer::{PolicyChange, PolicyChangeStart, PolicyDifference};
use super::pages::Becomes;
use super::say;
use super::sides::{Group, Sides};
use crate::error::Result;
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::play::Incidents;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::starts::Starts;
use crate::escalation::proof::{ProofHorizon, trace};
use crate::escalation::world::World;
use crate::id::{ScheduleId, SeverityId};
use crate::oncall::ScheduleDifference;
use crate::time::{Moment, Span, TZ_VERSION};

impl EscalationPolicy {
    /// What changes when this policy in its world is replaced by another in its own: every class of incidents in which
    /// people are paged otherwise, each with a declaration that shows it.
    ///
    /// It holds for every minute of the horizon of the new policy from a moment on, every severity of either policy, every
    /// area of either world and none, and every member with whom the turns of a team may begin, while nobody responds and nothing more is told. Which step asks for a page does not
    /// count: who is paged, when, and how urgently does.
    ///
    /// ```
    /// use incident_core::{EscalationPolicy, Format, Source, World};
    ///
    /// let policy = |at: &str| {
    ///     let text = format!("[escalation]\notherwise = {{ after = '15m', page = ['person:hana'] }}\n[escalation.sev1]\nfirst = [{{ at = '0m', page = ['person:ana'] }}, {{ at = '{at}', page = ['person:bo'] }}]");
    ///     EscalationPolicy::read(&Source::parse(&text, Format::Toml)?)
    /// };
    /// let world = World::default();
    /// let told = policy("5m")?.difference((&policy("10m")?, &world), &world, "2026-12-07T08:00".parse()?)?;
    /// assert_eq!(
    ///     told.changes[0].why,
    ///     "a SEV1 pages Bo 5 min later and Hana 5 min later, first when declared Mon 2026-12-07 08:00 UTC, in 26 of 26 weeks"
    /// );
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    /// # Errors
    /// `escalation.too_many_starts`
    pub fn difference(
        &self,
        (new, new_world): (&Self, &World),
        world: &World,
        from: Moment,
    ) -> Result<PolicyDifference> {
        let horizon = Scene::horizon(new, new_world, from);
        let sides = Sides::new((self, world), (new, new_world), horizon);
        let mut changes = Vec::new();
        for severity in sides.severities() {
            let starts = sides.starts(severity)?;
            let mut found: Vec<Alike> = Vec::new();
            for group in sides.groups(severity) {
                for alike in of_group(&sides, severity, &group, &starts) {
                    let same = |known: &&mut Alike| {
                        known.minutes == alike.minutes && known.becomes == alike.becomes && known.starts == alike.starts
                    };
                    match found.iter_mut().find(same) {
                        Some(known) => known.group.areas.extend(group.areas.clone()),
                        None => found.push(alike),
                    }
                }
            }
            found.sort_by_key(|it| (it.minutes.first(), it.becomes.clone(), it.starts.clone()));
            changes.extend(found.iter().filter_map(|it| change(&sides, severity, &starts, it)));
        }
        let span = Span { start: horizon.0.from, end: Some(horizon.0.until) };
        let mut told = PolicyDifference {
            horizon: ProofHorizon { span, zone: horizon.0.zone, length: horizon.1.to_string() },
            changes,
            schedules: schedules(&sides),
            tz_version: TZ_VERSION.to_owned(),
            why: String::new(),
        };
        told.why = say::whole(&told);
        Ok(told)
    }
}

/// Who moves in the schedules that either policy names.
fn schedules(sides: &Sides<'_>) -> BTreeMap<ScheduleId, ScheduleDifference> {
    let (from, until) = (sides.new.horizon.from, sides.new.horizon.until);
    let named = sides.old.named().chain(sides.new.named());
    let differ = named.filter_map(|name| {
        let (old, new) = (sides.old.schedule(name)?, sides.new.schedule(name)?);
        let told = old.difference(new, from, until).ok()?;
        let same = told.moves.is_empty() && told.changes.is_empty() && told.findings.is_empty();
        (!same).then(|| (name.clone(), told))
    });
    differ.collect()
}

/// Incidents of a severity of which the same becomes.
struct Alike {
    minutes: Minutes,
    becomes: Vec<Becomes>,
    group: Group,
    starts: Vec<u32>,
}

/// What becomes of incidents in a group of areas: of all starts for which it is the same together.
fn of_group(sides: &Sides<'_>, severity: &SeverityId, group: &Group, starts: &Starts<'_>) -> Vec<Alike> {
    let mut found: Vec<Alike> = Vec::new();
    for start in starts.all() {
        let incidents = Incidents { severity, areas: group.shown(), start };
        for (becomes, minutes) in sides.changes(incidents) {
            match found.iter_mut().find(|known| known.minutes == minutes && known.becomes == becomes) {
                Some(alike) => alike.starts.push(start),
                None => found.push(Alike { minutes, becomes, group: group.clone(), starts: vec![start] }),
            }
        }
    }
    found
}

fn change(sides: &Sides<'_>, severity: &SeverityId, starts: &Starts<'_>, alike: &Alike) -> Option<PolicyChange> {
    let Alike { minutes, becomes, group, starts: which } = alike;
    let first = minutes.first()?;
    let incidents = Incidents { severity, areas: group.shown(), start: which.first().copied().unwrap_or_default() };
    let opening = sides.opening(incidents, first);
    let horizon = sides.new.horizon;
    let lines = |scene: &Scene<'_>, told: &[_]| trace::lines(scene, severity, first, told);
    let before = lines(&sides.old, &sides.play(&sides.old, incidents, first));
    let after = lines(&sides.new, &sides.play(&sides.new, incidents, first));
    let side_by_side =
        |start: &u32| PolicyChangeStart { before: starts.beginning(0, *start), after: starts.beginning(1, *start) };
    let mut areas = group.areas.clone();
    areas.sort_unstable();
    let mut change = PolicyChange {
        severity: severity.clone(),
        areas,
        without_area: group.without_area,
        starts: starts.worth_telling(which).iter().map(side_by_side).collect(),
        spans: horizon.spans(minutes),
        minutes: minutes.len(),
        witness: horizon.at(first),
        pages: becomes.iter().map(|it| it.told(opening)).collect(),
        before,
        after,
        why: String::new(),
    };
    change.why = say::change(sides, &change, minutes);
    Some(change)
}
