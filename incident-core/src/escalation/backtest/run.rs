//! Running a policy against all of them.

use std::collections::BTreeSet;

use super::answer::{Backtest, BacktestIncident};
use super::assumption::AcknowledgementAssumption;
use super::change::BacktestDifference;
use super::night::asleep;
use super::past::PastIncident;
use super::play::{Played, Setting, play};
use super::totals::{count, people, times};
use super::{compare, say};
use crate::codes;
use crate::error::Result;
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::world::World;
use crate::finding::{Finding, Level};
use crate::time::TZ_VERSION;

impl EscalationPolicy {
    /// Runs the policy against past incidents, as if it had been there: whom it pages when, whose nights it breaks, where
    /// it reaches nobody.
    ///
    /// What the record says stands, at its time; that somebody acknowledges is assumed, as said. An incident that cannot
    /// be run is left out with a finding: one that ends before it was declared, or has the id of another.
    ///
    /// ```
    /// use incident_core::{AcknowledgementAssumption, EscalationPolicy, Format, PastIncident, Source, World};
    ///
    /// let text = r#"
    /// [escalation]
    /// otherwise = { after = "15m", page = ["person:hana"] }
    /// [escalation.sev1]
    /// first = [{ page = ["person:ana"] }, { at = "5m", page = ["person:bo"] }]
    /// "#;
    /// let policy = EscalationPolicy::read(&Source::parse(text, Format::Toml)?)?;
    /// let incident = PastIncident::new("INC-7", Some("sev1".parse()?), "2026-12-14T23:30:00Z".parse()?);
    /// let told = policy.backtest(&World::default(), &[incident], AcknowledgementAssumption::Nobody)?;
    /// assert_eq!(
    ///     told.incidents[0].why,
    ///     "SEV1 declared Mon 2026-12-14 23:30 UTC: Ana is paged at once, Bo after 5 min, `otherwise` after 20 min; \
    ///      3 pages; Ana, Bo and Hana are woken"
    /// );
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// None in practice.
    pub fn backtest(
        &self,
        world: &World,
        incidents: &[PastIncident],
        assumption: AcknowledgementAssumption,
    ) -> Result<Backtest> {
        let (fit, findings) = sort_out(incidents);
        let setting = Setting { policy: self, world, assumption, asleep: &asleep(self) };
        let mut played: Vec<Played> = fit.into_iter().map(|past| play(setting, past)).collect::<Result<_>>()?;
        for Played { incident, .. } in &mut played {
            incident.why = say::incident(world, incident);
        }
        let people = people(&played);
        let incidents: Vec<BacktestIncident> = played.into_iter().map(|it| it.incident).collect();
        let having = |has: fn(&BacktestIncident) -> bool| count(incidents.iter().filter(|it| has(it)).count());
        let mut told = Backtest {
            policy: self.name()?,
            version: self.version().to_owned(),
            assumption,
            pages: people.iter().map(|it| it.pages).sum(),
            nights: people.iter().map(|it| it.nights).sum(),
            otherwise: having(|it| it.otherwise_after.is_some()),
            nobody_reachable: having(|it| it.nobody_reachable_after.is_some()),
            first_person: times(&incidents, |it| it.first_person_after),
            second_person: times(&incidents, |it| it.second_person_after),
            incidents,
            people,
            findings,
            tz_version: TZ_VERSION.to_owned(),
            why: String::new(),
        };
        told.why = say::whole(&told);
        Ok(told)
    }

    /// Runs this policy and another against the same past incidents, each in its own world: what would have been
    /// different, largest differences first.
    ///
    /// # Errors
    /// None in practice.
    pub fn backtest_against(
        &self,
        world: &World,
        (old, old_world): (&Self, &World),
        incidents: &[PastIncident],
        assumption: AcknowledgementAssumption,
    ) -> Result<BacktestDifference> {
        let before = old.backtest(old_world, incidents, assumption)?;
        compare::compare(&before, &self.backtest(world, incidents, assumption)?, (old_world, world))
    }
}

/// Those that can be run, by when they were declared, and why the others cannot.
fn sort_out(incidents: &[PastIncident]) -> (Vec<&PastIncident>, Vec<Finding>) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    let mut fit: Vec<&PastIncident> = Vec::new();
    for (number, past) in incidents.iter().enumerate() {
        let left_out = |field: &str, why: String| {
            let path = format!("/incidents/{number}/{field}");
            let message = format!("`{}` is left out: {why}", crate::text::short(&past.id));
            Finding::new(Level::Warning, codes::NOT_BACKTESTED, path, message).fact("id", &past.id)
        };
        if let Some(end) = past.resolved_at.filter(|end| *end < past.declared_at) {
            findings.push(left_out("resolved_at", format!("it ends at {end}, before it was declared")));
        } else if !known.insert(&past.id) {
            findings.push(left_out("id", "another one has the same id".to_owned()));
        } else {
            fit.push(past);
        }
    }
    fit.sort_by_key(|past| (past.declared_at, &past.id));
    (fit, findings)
}
