//! What has to hold before a move.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::{MilestoneId, RoleId, StateId};
use crate::text::nearest;
use crate::time::{Elapsed, Timestamp};

use super::Incident;
use super::event::Disruption;

/// What has to hold before a move into a state.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gate {
    /// The state.
    pub into: StateId,
    /// Everything that has to hold.
    pub needs: Vec<Requirement>,
}

/// One thing that has to hold: `acknowledged`, `classified`, `settled`, `summary`, `tasks-done`, `assurances`,
/// `impact-over`, `role:commander`, `milestone:mitigated` or `quiet:15m`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub enum Requirement {
    /// Somebody looks after it.
    Acknowledged,
    /// It has a severity.
    Classified,
    /// Its severity is not merely assumed.
    Settled,
    /// It has a summary.
    Summary,
    /// No task is open.
    TasksDone,
    /// It is known whether data was lost or exposed and security breached.
    Assurances,
    /// No area is disrupted any more.
    ImpactOver,
    /// Somebody has a role.
    Role(RoleId),
    /// A milestone was reached.
    Milestone(MilestoneId),
    /// Nothing was recorded for so long.
    Quiet(Elapsed),
}

const PLAIN: [(&str, Requirement); 7] = [
    ("acknowledged", Requirement::Acknowledged),
    ("classified", Requirement::Classified),
    ("settled", Requirement::Settled),
    ("summary", Requirement::Summary),
    ("tasks-done", Requirement::TasksDone),
    ("assurances", Requirement::Assurances),
    ("impact-over", Requirement::ImpactOver),
];

impl FromStr for Requirement {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("role", role)) => return role.parse().map(Self::Role),
            Some(("milestone", milestone)) => return milestone.parse().map(Self::Milestone),
            Some(("quiet", time)) => return time.parse().map(Self::Quiet),
            _ => {}
        }
        if let Some((_, requirement)) = PLAIN.into_iter().find(|(name, _)| *name == text) {
            return Ok(requirement);
        }
        let names = PLAIN.iter().map(|(name, _)| *name).chain(["role:", "milestone:", "quiet:"]);
        let error = Error::invalid(
            codes::BAD_REQUIREMENT,
            format!("`{}` is nothing a gate can need", crate::text::short(text)),
        );
        Err(match nearest(text, names.clone()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("known are `{}`", names.collect::<Vec<_>>().join("`, `"))),
        })
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => write!(f, "role:{role}"),
            Self::Milestone(milestone) => write!(f, "milestone:{milestone}"),
            Self::Quiet(time) => write!(f, "quiet:{time}"),
            plain => {
                f.write_str(PLAIN.iter().find(|(_, requirement)| requirement == plain).map_or("", |(name, _)| name))
            }
        }
    }
}

crate::time::as_text!(Requirement);

impl Incident {
    /// Everything that stands against a move into a state at an instant; empty if nothing does.
    #[must_use]
    pub fn unmet(&self, into: &StateId, at: Timestamp) -> Vec<Finding> {
        let gates = self.lifecycle.gates.iter().filter(|gate| gate.into == *into);
        gates.flat_map(|gate| &gate.needs).filter_map(|requirement| self.unmet_requirement(requirement, at)).collect()
    }

    fn unmet_requirement(&self, requirement: &Requirement, at: Timestamp) -> Option<Finding> {
        let overview = self.overview(at);
        let unmet = |code, message: String, help: &str| Some(Finding::new(Level::Error, code, "", message).help(help));
        match requirement {
            Requirement::Acknowledged if overview.milestone("acknowledged").is_none() => {
                unmet(codes::NOT_ACKNOWLEDGED, "nobody has acknowledged it".to_owned(), "acknowledge it first")
            }
            Requirement::Classified if overview.severity.as_ref().is_none_or(|held| held.severity.is_none()) => {
                unmet(codes::NOT_CLASSIFIED, "it has no severity".to_owned(), "classify it first")
            }
            Requirement::Settled if overview.severity.as_ref().is_none_or(|held| !held.is_settled()) => {
                let asked = overview.severity.map(|held| held.questions.join(", ")).unwrap_or_default();
                unmet(
                    codes::NOT_SETTLED,
                    format!("its severity is not settled: {asked}"),
                    "answer, and classify it again",
                )
            }
            Requirement::Summary if overview.summary.is_none() => {
                unmet(codes::NO_SUMMARY, "it has no summary".to_owned(), "write two or three sentences")
            }
            Requirement::TasksDone => {
                let open: Vec<_> = overview
                    .tasks
                    .iter()
                    .filter(|task| task.is_open())
                    .map(|task| format!("`{}`", task.title))
                    .collect();
                if open.is_empty() {
                    return None;
                }
                let message = format!("{} open: {}", counted(open.len(), "task is", "tasks are"), open.join(", "));
                unmet(codes::OPEN_TASKS, message, "do them, drop them, or turn them into follow-ups")
            }
            Requirement::Assurances => {
                let open: Vec<_> =
                    overview.impact.open_assurances().map(|assurance| format!("`{assurance}`")).collect();
                if open.is_empty() {
                    return None;
                }
                unmet(
                    codes::NOT_ASSURED,
                    format!("nobody knows about {}", open.join(", ")),
                    "find out, and say who confirmed it",
                )
            }
            Requirement::ImpactOver => {
                let areas = overview.impact.areas.iter().filter(|area| area.disruption != Disruption::None);
                let open: Vec<_> = areas.map(|area| format!("`{}`", area.area)).collect();
                if open.is_empty() {
                    return None;
                }
                unmet(
                    codes::IMPACT_GOES_ON,
                    format!("{} still disrupted", open.join(", ")),
                    "report `none` for them first",
                )
            }
            Requirement::Role(role)
                if !overview.roles.iter().any(|tenure| tenure.role == *role && tenure.is_held()) =>
            {
                unmet(codes::ROLE_EMPTY, format!("nobody is `{role}`"), "assign the role, and have it accepted")
            }
            Requirement::Milestone(milestone) if overview.milestone(milestone.as_str()).is_none() => {
                unmet(codes::MILESTONE_MISSING, format!("`{milestone}` was not reached"), "say when it was")
            }
            Requirement::Quiet(time) => {
                let until = self.entries.last().map(|last| last.recorded_at.plus(*time)).filter(|until| at < *until)?;
                unmet(codes::NOT_QUIET, format!("it must be quiet until {until}"), "wait until then")
            }
            _ => None,
        }
    }
}

/// `1 task is`, `2 tasks are`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
