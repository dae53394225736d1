//! Integrations, as areas: each has routes, the first of which that fits an alert leads to a chain.

use std::collections::BTreeMap;

use crate::finding::Level;

use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::record::Record;
use super::super::terraform::referred;
use super::read::{name, reference};
use super::roster::Roster;
use super::{CHAIN, INTEGRATION, ROUTE, TF_CHAIN, TF_INTEGRATION, TF_ROUTE};

/// Hands over every integration with the chain of its last route, which takes what no other does.
pub(super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>, roster: &Roster) {
    let mut routes: BTreeMap<String, Vec<&Record<'_>>> = BTreeMap::new();
    for record in all.either(&[ROUTE, TF_ROUTE]) {
        if let Some(integration) = reference(draft, record, "integration_id") {
            routes.entry(integration).or_default().push(record);
        }
    }
    for record in all.either(&[INTEGRATION, TF_INTEGRATION]) {
        let Some(id) = record.id() else { continue };
        let called = name(draft, record);
        let its = routes.get(&id).map_or(&[][..], Vec::as_slice);
        let default =
            record.records(draft.notes, "default_route").first().and_then(|it| it.scalar("escalation_chain_id"));
        let last = || its.iter().find(|it| it.scalar("is_the_last_route").as_deref() == Some("true"));
        let chain = default.or_else(|| last()?.scalar("escalation_chain_id")).map(|id| referred(&id, draft.locals));
        for route in its {
            let other = reference(draft, route, "escalation_chain_id").filter(|other| Some(other) != chain.as_ref());
            if other.is_some() && route.scalar("is_the_last_route").as_deref() != Some("true") {
                let message = "what an alert says is no fact of an incident: the route is left out, and what it takes gets the \
                               chain of the last route";
                unsayable(draft.notes, route, Level::Warning, "routing_regex", "route", &called, message);
            }
        }
        let chains = all.either(&[CHAIN, TF_CHAIN]);
        let its_chain = chains.iter().find(|it| it.id() == chain).copied();
        let owner = roster.owner(draft, record).or_else(|| roster.owner(draft, its_chain?)).or_else(|| draft.nobodys());
        if let Some(owner) = owner {
            draft.area(&owner, &id, &called, chain.as_deref());
        }
    }
}
