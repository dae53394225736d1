//! Operations that compare: findings against a base, policies against the past and against each other.

use super::register::operations;
use crate::{
    AcknowledgementAssumption, Backtest, BacktestDifference, EscalationPolicy, Finding, History, Incident, Moment,
    PastIncident, PastIncidents, PolicyDifference, World,
};

operations! {
    EscalationPolicy:
        /// Runs the policy against past incidents, as if it had been there: whom it pages when, whose nights it breaks,
        /// where it reaches nobody. That somebody acknowledges is assumed: `nobody`, `recorded` or `after 5m`.
        ///
        /// An incident that cannot be run is left out with a finding, `escalation.not_backtested`.
        view backtest(policy: &EscalationPolicy, world: &World, incidents: Vec<PastIncident>, assumption: AcknowledgementAssumption) -> Result<Backtest> {
            policy.backtest(world, &incidents, assumption)
        }

        /// Runs this policy and an older one against the same past incidents, each in its own world: what would have been
        /// different, largest differences first.
        view backtest_against(policy: &EscalationPolicy, world: &World, older: &EscalationPolicy, older_world: &World, incidents: Vec<PastIncident>, assumption: AcknowledgementAssumption) -> Result<BacktestDifference> {
            policy.backtest_against(world, (older, older_world), &incidents, assumption)
        }

        /// What changes when this policy in its world is replaced by a newer one in its own: every class of incidents in which
        /// people are paged otherwise, each with a declaration that shows it, and who moves in the schedules.
        ///
        /// Refused: `escalation.too_many_starts` where the turns of teams may begin in too many ways to look at all of them.
        view difference(policy: &EscalationPolicy, newer: &EscalationPolicy, newer_world: &World, world: &World, start: Moment) -> Result<PolicyDifference> {
            policy.difference((newer, newer_world), world, start)
        }

    Incident:
        /// The incident as a policy is run against it, as it occurred.
        ///
        /// Refused: `escalation.not_backtested` where it was never declared.
        view past_incident(incident: &Incident) -> Result<PastIncident> {
            PastIncident::from_record(incident)
        }

    History:
        /// Its incidents, as far as a policy can be run against them; why others were left out.
        view past_incidents(history: &History) -> Result<PastIncidents> {
            Ok(history.past_incidents())
        }

    Free:
        /// What changes from an older backtest of the same incidents to a newer one, largest differences first.
        ///
        /// Refused: `escalation.not_comparable` where the assumptions or the incidents are not the same.
        new compare_backtests(older: Backtest, newer: Backtest) -> Result<BacktestDifference> {
            newer.compare(&older).map_err(|error| error.within("/newer"))
        }

        /// The findings of `newer` that a change introduced: what a check against a base fails for.
        ///
        /// Lines do not count, nor moves in a list; a finding that is graver than before, or reaches further, is new. Checks
        /// that know both documents, such as `check_against`, recognize what was renamed too.
        new new_findings(older: Vec<Finding>, newer: Vec<Finding>) -> Result<Vec<Finding>> {
            Ok(crate::new_findings(&older, &newer))
        }
}
