//! What it did and does to people, over time.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{AreaId, PersonId};
use crate::incident::event::{Assurance, AssuranceAnswer, CostEstimated, Disruption, Event};
use crate::known::{Count, Known, Share};
use crate::time::{Span, Timestamp};

use super::effective::{Effective, by_occurrence};
use super::spans;

/// What it does to people, as of the last entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Impact {
    /// Every area that was ever disrupted.
    pub areas: Vec<AreaImpact>,
    /// How many customers are affected.
    pub customers: Known<Count>,
    /// Which share of the customers is affected.
    pub customer_share: Known<Share>,
    /// What is known about data and security.
    pub assurances: Vec<AssuranceHeld>,
    /// What it costs, the last estimate for each thing that is counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<CostEstimated>,
}

/// One area over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AreaImpact {
    /// Which area.
    pub area: AreaId,
    /// How badly it is disrupted now.
    pub disruption: Disruption,
    /// How badly it was at worst.
    pub worst: Disruption,
    /// Every stretch of disruption. It ends with `none`, or with the incident.
    pub spans: Vec<DisruptionSpan>,
}

/// A stretch of one disruption.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisruptionSpan {
    /// How badly.
    pub disruption: Disruption,
    /// From when to when.
    pub span: Span,
}

/// One thing that people want to be assured of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssuranceHeld {
    /// Which.
    pub assurance: Assurance,
    /// What is known; `unknown` until somebody says otherwise.
    pub answer: AssuranceAnswer,
    /// Who confirmed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<PersonId>,
    /// Since when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

impl Impact {
    /// The worst disruption of any area now.
    #[must_use]
    pub fn loss(&self) -> Option<Disruption> {
        self.areas.iter().map(|area| area.disruption).max()
    }

    /// What nobody knows yet.
    pub fn open_assurances(&self) -> impl Iterator<Item = Assurance> {
        let open = self.assurances.iter().filter(|held| held.answer == AssuranceAnswer::Unknown);
        open.map(|held| held.assurance)
    }
}

/// The impact as it occurred.
pub(crate) fn impact(log: &[Effective<'_>]) -> Impact {
    let mut areas: BTreeMap<&AreaId, Vec<DisruptionSpan>> = BTreeMap::new();
    let mut impact = Impact {
        assurances: Assurance::ALL.iter().map(|assurance| unknown(*assurance)).collect(),
        ..Impact::default()
    };
    let mut costs: BTreeMap<&str, (usize, &CostEstimated)> = BTreeMap::new();
    for (at, entry) in by_occurrence(log).into_iter().enumerate() {
        match entry.event {
            Event::ImpactReported(it) => change(areas.entry(&it.area).or_default(), it.disruption, entry.occurred_at),
            Event::CustomersAffected(it) => {
                impact.customers = it.count.unwrap_or(impact.customers);
                impact.customer_share = it.share.unwrap_or(impact.customer_share);
            }
            Event::AssuranceGiven(it) => {
                for held in impact.assurances.iter_mut().filter(|held| held.assurance == it.assurance) {
                    held.answer = it.answer;
                    held.confirmed_by.clone_from(&it.confirmed_by);
                    held.since = Some(entry.occurred_at);
                }
            }
            Event::CostEstimated(it) => {
                costs.insert(&it.covers, (at, it));
            }
            // The harm ends with the incident, whatever was not reported.
            event if spans::state_of(event).is_some_and(|state| !state.kind.is_open()) => {
                areas.values_mut().for_each(|spans| change(spans, Disruption::None, entry.occurred_at));
            }
            _ => {}
        }
    }
    let mut costs: Vec<_> = costs.into_values().collect();
    costs.sort_by_key(|(at, _)| *at);
    impact.costs = costs.into_iter().map(|(_, cost)| cost.clone()).collect();
    impact.areas = areas.into_iter().map(|(area, spans)| over_time(area.clone(), spans)).collect();
    impact
}

fn unknown(assurance: Assurance) -> AssuranceHeld {
    AssuranceHeld { assurance, answer: AssuranceAnswer::Unknown, confirmed_by: None, since: None }
}

fn change(spans: &mut Vec<DisruptionSpan>, disruption: Disruption, at: Timestamp) {
    if let Some(last) = spans.last_mut().filter(|last| last.span.end.is_none()) {
        if last.disruption == disruption {
            return;
        }
        last.span.end = Some(at);
    }
    if disruption != Disruption::None {
        spans.push(DisruptionSpan { disruption, span: Span { start: at, end: None } });
    }
}

fn over_time(area: AreaId, spans: Vec<DisruptionSpan>) -> AreaImpact {
    let now = spans.last().filter(|last| last.span.end.is_none()).map_or(Disruption::None, |last| last.disruption);
    let worst = spans.iter().map(|span| span.disruption).max().unwrap_or(Disruption::None);
    AreaImpact { area, disruption: now, worst, spans }
}
