//! Which states there are and which moves are allowed: data in a file, checked like code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::{MilestoneId, StateId};
use crate::text::{Source, nearest};

use super::event::{State, StateKind};
use super::gate::Gate;

/// The states of an incident and the moves between them.
///
/// A state has a name of yours and a kind that says what it means; rules look at the kind. The first active state is
/// where an incident begins, the first of kind `triage` where a proposed one waits.
///
/// ```
/// use incident_core::Lifecycle;
///
/// let lifecycle = Lifecycle::read(r#"
/// state = [
///   { name = "open",   kind = "active",   to = ["solved"] },
///   { name = "solved", kind = "resolved", to = ["done"] },
///   { name = "done",   kind = "closed" },
/// ]
/// "#, None)?;
/// let found: Vec<String> = lifecycle.check().iter().map(|finding| finding.to_string()).collect();
/// assert_eq!(found, ["warning[incident.no_reopening]: nothing leads from `solved` back to work; \
///     add an active state to its `to`"]);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lifecycle {
    /// `incident-core/lifecycle/v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/lifecycle/v1")))]
    pub schema: Option<String>,
    /// The states, in the order people think of them.
    #[serde(rename = "state")]
    pub states: Vec<LifecycleState>,
    /// What has to hold before a move into a state; all unmet conditions are told at once.
    #[serde(default, rename = "gate", skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// What to do about milestones that are out of order; real data has them.
    #[serde(default)]
    pub chronology: Chronology,
}

/// One state.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LifecycleState {
    /// Its name.
    pub name: StateId,
    /// What it means.
    pub kind: StateKind,
    /// The states that may follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<StateId>,
    /// The milestone that is reached by entering it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaches: Option<MilestoneId>,
}

/// What to do about milestones that are out of order.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Chronology {
    /// Keep them, and say so among the findings.
    #[default]
    Warn,
    /// Refuse the entry.
    Reject,
}

impl Lifecycle {
    /// A lifecycle from TOML, JSON or YAML; `file` names it in findings, and its ending tells the format.
    ///
    /// # Errors
    /// `contract.*` with every problem and its place; the errors of [`Lifecycle::check`] as `incident.bad_lifecycle`
    pub fn read(text: &str, file: Option<&str>) -> Result<Self> {
        let source = Source::open(text, None, file)?;
        let lifecycle: Self = source.read()?;
        let found = source.place(lifecycle.check());
        lifecycle.valid(found)
    }

    /// The same lifecycle, if nothing in it is an error.
    ///
    /// # Errors
    /// `incident.bad_lifecycle` with every error as a finding
    pub fn checked(self) -> Result<Self> {
        let found = self.check();
        self.valid(found)
    }

    fn valid(self, found: Vec<Finding>) -> Result<Self> {
        let errors: Vec<_> = found.into_iter().filter(|finding| finding.level == Level::Error).collect();
        if errors.is_empty() {
            return Ok(self);
        }
        Err(Error { findings: errors, ..Error::invalid(codes::BAD_LIFECYCLE, "the lifecycle does not hold together") })
    }

    /// The first state of a kind.
    #[must_use]
    pub fn first(&self, kind: StateKind) -> Option<State> {
        self.states.iter().find(|state| state.kind == kind).map(LifecycleState::state)
    }

    /// The state with a name.
    #[must_use]
    pub fn state(&self, name: &StateId) -> Option<&LifecycleState> {
        self.states.iter().find(|state| state.name == *name)
    }

    /// Whether a move is allowed. A state of another lifecycle counts as the first one of its kind.
    #[must_use]
    pub fn allows(&self, from: &State, to: &StateId) -> bool {
        let from = self.state(&from.name).or_else(|| self.states.iter().find(|state| state.kind == from.kind));
        from.is_some_and(|from| from.to.contains(to))
    }

    /// What does not hold together: every state must be reachable, an end reachable from each, every name known, and a
    /// resolved incident should have a way back to work.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut found = self.names();
        let start: Vec<_> =
            [StateKind::Active, StateKind::Triage].iter().filter_map(|kind| self.first(*kind)).collect();
        if !start.iter().any(|state| state.kind == StateKind::Active) {
            let message = "no state is of kind `active`, so that no incident can be declared";
            found.push(Finding::new(Level::Error, codes::NO_SUCH_STATE, "/state", message));
        }
        let reachable = self.reach(start.into_iter().map(|state| state.name).collect());
        for (at, state) in self.states.iter().enumerate() {
            let path = format!("/state/{at}/name");
            if !reachable.contains(&state.name) {
                let message = format!("nothing leads to the state `{}`", state.name);
                let finding = Finding::new(Level::Error, codes::UNREACHABLE_STATE, path.clone(), message);
                found.push(finding.help("add it to the `to` of another state, or take it out"));
            }
            let ends = self.reach([state.name.clone()].into());
            if !self.states.iter().any(|end| end.kind.is_end() && ends.contains(&end.name)) {
                let message = format!("no end can be reached from the state `{}`", state.name);
                let finding = Finding::new(Level::Error, codes::NO_END, path.clone(), message);
                found.push(finding.help("an end is a state of kind `closed`, `declined`, `stood_down` or `merged`"));
            }
            let open = |name: &StateId| self.state(name).is_some_and(|state| state.kind == StateKind::Active);
            if state.kind == StateKind::Resolved && !state.to.iter().any(open) {
                let message = format!("nothing leads from `{}` back to work", state.name);
                let finding = Finding::new(Level::Warning, codes::NO_REOPENING, path, message);
                found.push(finding.help("add an active state to its `to`"));
            }
        }
        found
    }

    /// Names that are unknown or there twice.
    fn names(&self) -> Vec<Finding> {
        let unknown = |path: String, name: &StateId| {
            let message = format!("there is no state `{name}`");
            let finding = Finding::new(Level::Error, codes::NO_SUCH_STATE, path, message);
            match nearest(name.as_str(), self.states.iter().map(|state| state.name.as_str())) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            }
        };
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, state) in self.states.iter().enumerate() {
            if !seen.insert(&state.name) {
                let message = format!("the state `{}` is there twice", state.name);
                found.push(Finding::new(Level::Error, codes::DUPLICATE_STATE, format!("/state/{at}/name"), message));
            }
            let missing = state.to.iter().enumerate().filter(|(_, to)| self.state(to).is_none());
            found.extend(missing.map(|(to, name)| unknown(format!("/state/{at}/to/{to}"), name)));
        }
        let missing = self.gates.iter().enumerate().filter(|(_, gate)| self.state(&gate.into).is_none());
        found.extend(missing.map(|(at, gate)| unknown(format!("/gate/{at}/into"), &gate.into)));
        found
    }

    /// Everything that can be reached, the start included.
    fn reach(&self, start: BTreeSet<StateId>) -> BTreeSet<StateId> {
        let mut reached = start.clone();
        let mut open: Vec<StateId> = start.into_iter().collect();
        while let Some(name) = open.pop() {
            for next in self.state(&name).map(|state| state.to.as_slice()).unwrap_or_default() {
                if reached.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        reached
    }
}

impl LifecycleState {
    /// The state as entries carry it.
    #[must_use]
    pub fn state(&self) -> State {
        State { name: self.name.clone(), kind: self.kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lifecycle: Lifecycle = Source::parse(text, crate::Format::Toml).unwrap().read().unwrap();
        let found: Vec<_> =
            lifecycle.check().iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_default_holds_together() {
        assert_eq!(Lifecycle::default().check(), []);
    }

    #[test]
    fn what_does_not_hold_together_is_found_at_once() {
        check(
            r#"
            state = [
              { name = "open", kind = "active", to = ["solvd", "stuck"] },
              { name = "solved", kind = "resolved", to = ["open"] },
              { name = "stuck", kind = "paused" },
              { name = "stuck", kind = "closed" },
            ]
            gate = [{ into = "don", needs = ["summary"] }]
            "#,
            &[
                "incident.no_such_state /state/0/to/0",
                "incident.duplicate_state /state/3/name",
                "incident.no_such_state /gate/0/into",
                "incident.unreachable_state /state/1/name",
            ],
        );
        check(
            r#"state = [{ name = "idle", kind = "paused" }]"#,
            &[
                "incident.no_such_state /state",
                "incident.unreachable_state /state/0/name",
                "incident.no_end /state/0/name",
            ],
        );
    }
}
