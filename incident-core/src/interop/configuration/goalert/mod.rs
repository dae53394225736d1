//! GoAlert: what its GraphQL API answers and takes. Terraform has no provider for it from its makers.
//!
//! Facts, from its source (`target/goalert`: `graphql2/schema.graphql`, `schedule/rule`, `schedule/rotation`,
//! `schedule/temporaryschedule.go`, `oncall/overridecalculator.go`, `engine/escalationmanager`):
//!
//! | What | How it is there | How it is here |
//! |---|---|---|
//! | rules of a schedule | everybody whose rule is active is on call | rotations `together` |
//! | a rule | days of the week from Sunday on, and a time of day; an end that is no later than the start is on the next day, and the same time is a whole day | `hours` |
//! | a rotation | single users, turns of hours by the clock, days, weeks or months, counted from `start` forward and backward | turns |
//! | who serves now | is kept, and counted on: `activeUserIndex`, until the next of `nextHandoffTimes` | a `start` from which the first of the list serves |
//! | a temporary schedule | hides everything, overrides too; nobody is on call between its shifts | `temporary` |
//! | an override | adds, removes or replaces a user | `add`, `remove`, `replace` |
//! | a step | waits its delay, also if it finds nobody; all are repeated so many times | `on_empty = "skip"`, `again` |
//! | a rotation that a step asks | whoever serves in it | a schedule of its own |
//! | the end | nothing | `otherwise` names the last step, and is silent |

mod exceptions;
mod losses;
mod plan;
mod policy;
mod read;
mod rotation;
mod schedule;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use super::ConfigurationTool;
use super::detect::Shape;
use super::tool::Tool;

pub(super) const TOOL: Tool = Tool {
    tool: ConfigurationTool::Goalert,
    shapes: SHAPES,
    terraform: &[],
    read: read::read,
    write: Some(write::write),
    losses: losses::LOSSES,
};

const SHAPES: &[Shape] = &[
    Shape {
        kind: ROTATION,
        within: &["", "rotation", "rotations", "input"],
        all: &["timeZone", "userIDs", "type"],
        ..Shape::ANY
    },
    Shape { kind: TEMPORARY, within: &["input"], all: &["scheduleID", "shifts"], ..Shape::ANY },
    Shape {
        kind: SCHEDULE,
        within: &["", "schedule", "schedules", "input"],
        all: &["timeZone", "targets"],
        ..Shape::ANY
    },
    Shape {
        kind: POLICY,
        within: &["", "escalationPolicy", "escalationPolicies", "input"],
        all: &["repeat", "steps"],
        ..Shape::ANY
    },
    Shape {
        kind: OVERRIDE,
        within: &["", "userOverride", "userOverrides"],
        all: &["start", "end", "target"],
        any: &["addUserID", "removeUserID"],
        ..Shape::ANY
    },
    Shape { kind: SERVICE, within: &["service", "services"], all: &["id", "name", "escalationPolicyID"], ..Shape::ANY },
    Shape { kind: USER, within: &["user", "users"], all: &["id", "name", "email", "role"], ..Shape::ANY },
];

const SCHEDULE: &str = "schedule";
const ROTATION: &str = "rotation";
const TEMPORARY: &str = "temporary_schedule";
const OVERRIDE: &str = "override";
const POLICY: &str = "escalation_policy";
const SERVICE: &str = "service";
const USER: &str = "user";
