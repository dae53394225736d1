//! A policy of a file with the routes of its team that hold in hours: branches, and at their end the nodes of the policy.

use std::collections::BTreeSet;

use super::super::plan::{Plan, PlannedPolicy};
use super::levels::{Node, nodes, window, windows};

/// A path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// While the hours of a window are active it goes on with another policy, by its key in the side file.
    Branch {
        window: String,
        policy: String,
        rest: Box<Tree>,
    },
    Nodes(Vec<Node>),
}

impl Tree {
    /// The windows for which it asks, or waits.
    pub(super) fn windows(&self) -> BTreeSet<String> {
        match self {
            Self::Branch { window, rest, .. } => rest.windows().into_iter().chain([window.clone()]).collect(),
            Self::Nodes(nodes) => windows(nodes),
        }
    }
}

/// The tree of a planned policy; none where no level of it pages anybody.
pub(super) fn tree(plan: &Plan<'_>, policy: &PlannedPolicy) -> Option<Tree> {
    let own = nodes(plan, policy);
    if own.is_empty() {
        return None;
    }
    let ways = ways(plan, policy);
    let branch = |rest, (window, policy)| Tree::Branch { window, policy, rest: Box::new(rest) };
    Some(ways.into_iter().rev().fold(Tree::Nodes(own), branch))
}

/// The windows in which incidents of a team get another policy than its main one, with the key of that policy. What a route
/// asks beside hours is not asked there, nor what stands behind a route that always holds.
fn ways(plan: &Plan<'_>, policy: &PlannedPolicy) -> Vec<(String, String)> {
    let main = format!("{}/escalation", policy.team);
    let severity = policy.key.strip_prefix(&main).filter(|rest| rest.is_empty() || rest.starts_with('.'));
    let (Some(severity), Some(document)) = (severity, plan.document(&policy.team)) else { return Vec::new() };
    let written = |key: &String| {
        let policy = plan.policies.iter().find(|policy| policy.key == *key);
        policy.is_some_and(|policy| !nodes(plan, policy).is_empty())
    };
    let mut ways: Vec<(String, String)> = Vec::new();
    for route in &document.route {
        let Some(within) = route.within.clone() else {
            if route.when.is_none() {
                break;
            }
            continue;
        };
        let key = format!("{}/{}{severity}", policy.team, route.policy);
        let known = ways.iter().any(|(window, _)| *window == within);
        if route.when.is_none() && !known && written(&key) && window(document, &within).is_some() {
            ways.push((within, key));
        }
    }
    ways
}
