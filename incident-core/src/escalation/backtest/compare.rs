//! Two backtests side by side.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Backtest, BacktestIncident, BacktestPage, BacktestPerson};
use super::change::{BacktestDifference, BacktestIncidentChange, BacktestPersonChange, BacktestedPolicy};
use super::say;
use super::totals::{count, nothing};
use crate::codes;
use crate::error::{Error, Result};
use crate::escalation::action::EscalationTrack;
use crate::escalation::world::World;
use crate::id::PersonId;
use crate::incident::event::Urgency;
use crate::time::Elapsed;

impl Backtest {
    /// What changes from an older backtest of the same incidents to this one, largest differences first. People are called
    /// by their ids; [`EscalationPolicy::backtest_against`](crate::EscalationPolicy::backtest_against) knows their names.
    ///
    /// ```
    /// use incident_core::{AcknowledgementAssumption, EscalationPolicy, Format, PastIncident, Source, World};
    ///
    /// let policy = |second: &str| {
    ///     let text = format!("[escalation]\notherwise = {{ page = ['person:hana'] }}\n[escalation.sev1]\nfirst = [{{ page = ['person:ana'] }}, {{ at = '{second}', page = ['person:bo'] }}]");
    ///     EscalationPolicy::read(&Source::parse(&text, Format::Toml)?)
    /// };
    /// let past = [PastIncident::new("INC-7", Some("sev1".parse()?), "2026-12-14T19:55:00Z".parse()?)];
    /// let run = |second: &str| policy(second)?.backtest(&World::default(), &past, AcknowledgementAssumption::Nobody);
    /// let told = run("15m")?.compare(&run("5m")?)?;
    /// assert!(told.incidents[0].why.ends_with("(INC-7): the second person after 15 min instead of after 5 min; `otherwise` after 15 min instead of after 5 min"));
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `escalation.not_comparable` where the assumptions or the incidents are not the same
    pub fn compare(&self, old: &Self) -> Result<BacktestDifference> {
        compare(old, self, (&World::default(), &World::default()))
    }
}

pub(super) fn compare(old: &Backtest, new: &Backtest, worlds: (&World, &World)) -> Result<BacktestDifference> {
    if old.assumption != new.assumption {
        let message = format!("one side assumes `{}`, the other `{}`", old.assumption, new.assumption);
        return Err(not_comparable(message, "/assumption"));
    }
    let ids = |told: &Backtest| told.incidents.iter().map(|it| (it.id.clone(), it.declared_at)).collect::<Vec<_>>();
    if ids(old) != ids(new) {
        return Err(not_comparable("the two are not about the same incidents".to_owned(), "/incidents"));
    }
    let both = old.incidents.iter().zip(&new.incidents);
    let mut incidents: Vec<BacktestIncidentChange> =
        both.filter(|(old, new)| differs(old, new)).map(|(old, new)| change(old, new, worlds)).collect();
    incidents.sort_by_key(|it| (Reverse(size(&it.old, &it.new)), it.new.declared_at, it.id.clone()));
    let mut told = BacktestDifference {
        old: BacktestedPolicy { policy: old.policy.clone(), version: old.version.clone() },
        new: BacktestedPolicy { policy: new.policy.clone(), version: new.version.clone() },
        assumption: new.assumption,
        compared: count(new.incidents.len()),
        incidents,
        people: people(old, new, worlds),
        why: String::new(),
    };
    told.why = say::difference(&told, (old, new));
    Ok(told)
}

fn not_comparable(message: String, path: &str) -> Error {
    Error::invalid(codes::NOT_COMPARABLE, message)
        .at(path)
        .hint("run both against the same incidents, assuming the same")
}

/// Whether somebody is paged otherwise. Which step asks for it does not count, whether `otherwise` does counts.
fn differs(old: &BacktestIncident, new: &BacktestIncident) -> bool {
    let seen = |incident: &BacktestIncident| incident.pages.iter().map(outside).collect::<Vec<_>>();
    seen(old) != seen(new)
        || old.nobody_reachable_after != new.nobody_reachable_after
        || old.acknowledged_at != new.acknowledged_at
        || old.woken != new.woken
}

fn outside(page: &BacktestPage) -> (Elapsed, PersonId, bool, Urgency) {
    let otherwise = page.track == EscalationTrack::Otherwise;
    (page.after, page.person.clone(), otherwise, page.urgency)
}

/// How large a difference is: whether anybody is reached, the time to the first person, to the second, how many pages.
fn size(old: &BacktestIncident, new: &BacktestIncident) -> (u32, i64, i64, u64) {
    let reach = |old: bool, new: bool| u32::from(old != new);
    let reached = reach(old.nobody_reachable_after.is_some(), new.nobody_reachable_after.is_some())
        + reach(old.first_person_after.is_some(), new.first_person_after.is_some());
    let apart = |old: Option<Elapsed>, new: Option<Elapsed>| match (old, new) {
        (Some(old), Some(new)) => new.as_micros().saturating_sub(old.as_micros()).saturating_abs(),
        (None, None) => 0,
        _ => i64::MAX,
    };
    (
        reached,
        apart(old.first_person_after, new.first_person_after),
        apart(old.second_person_after, new.second_person_after),
        old.pages.len().abs_diff(new.pages.len()) as u64,
    )
}

fn change(old: &BacktestIncident, new: &BacktestIncident, worlds: (&World, &World)) -> BacktestIncidentChange {
    let paged = |incident: &BacktestIncident| -> BTreeSet<PersonId> {
        incident.pages.iter().map(|page| page.person.clone()).collect()
    };
    let (before, after) = (paged(old), paged(new));
    let mut change = BacktestIncidentChange {
        id: new.id.clone(),
        gained: after.difference(&before).cloned().collect(),
        lost: before.difference(&after).cloned().collect(),
        old: old.clone(),
        new: new.clone(),
        why: String::new(),
    };
    change.why = say::change(worlds, &change);
    change
}

fn people(old: &Backtest, new: &Backtest, worlds: (&World, &World)) -> Vec<BacktestPersonChange> {
    let by_name = |told: &'_ Backtest| -> BTreeMap<PersonId, BacktestPerson> {
        told.people.iter().map(|it| (it.person.clone(), it.clone())).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let everybody: BTreeSet<&PersonId> = before.keys().chain(after.keys()).collect();
    let mut changes: Vec<BacktestPersonChange> = everybody
        .into_iter()
        .filter_map(|person| {
            let side = |told: &BTreeMap<PersonId, BacktestPerson>| {
                told.get(person).cloned().unwrap_or_else(|| nothing(person))
            };
            let (old, new) = (side(&before), side(&after));
            let why = say::person(worlds.1, &old, &new);
            (old != new).then(|| BacktestPersonChange { person: person.clone(), old, new, why })
        })
        .collect();
    let size = |it: &BacktestPersonChange| (it.old.nights.abs_diff(it.new.nights), it.old.pages.abs_diff(it.new.pages));
    changes.sort_by_key(|it| (Reverse(size(it)), it.person.clone()));
    changes
}
