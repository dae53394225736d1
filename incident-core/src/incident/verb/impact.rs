//! What it does to people.

use crate::condition::FactValue;
use crate::error::Result;
use crate::id::{AreaId, PersonId};
use crate::incident::event::{
    Assurance, AssuranceAnswer, AssuranceGiven, CostEstimated, CustomersAffected, Disruption, FactRecorded,
    ImpactReported,
};
use crate::incident::{Entry, Incident, Stamp};
use crate::known::{Count, Known, Money, Share};

impl Incident {
    /// Says how an area is disrupted from now on; `none` ends it.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn report_impact(
        &mut self,
        area: AreaId,
        disruption: Disruption,
        note: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![ImpactReported { area, disruption, note }.into()], stamp)
    }

    /// Says how many customers, or which share of them, are affected, as far as it is known.
    ///
    /// # Errors
    /// `incident.incomplete`, if neither is given
    pub fn report_customers(
        &mut self,
        count: Option<Known<Count>>,
        share: Option<Known<Share>>,
        note: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![CustomersAffected { count, share, note }.into()], stamp)
    }

    /// Says what did or did not happen to data and security. That something did not happen needs a name.
    ///
    /// # Errors
    /// `incident.incomplete`, if nobody confirms what did not happen
    pub fn assure(
        &mut self,
        assurance: Assurance,
        answer: AssuranceAnswer,
        confirmed_by: Option<PersonId>,
        note: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![AssuranceGiven { assurance, answer, confirmed_by, note }.into()], stamp)
    }

    /// Records a fact that the host's rules use; without a value it is unknown again.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn record_fact(&mut self, fact: &str, value: Option<FactValue>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![FactRecorded { fact: fact.to_owned(), value }.into()], stamp)
    }

    /// Records an estimate of what it costs; a later one for the same thing takes its place.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn estimate_cost(&mut self, amount: Money, covers: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![CostEstimated { amount, covers: covers.to_owned() }.into()], stamp)
    }
}
