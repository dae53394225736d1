//! Grafana OnCall, which lives on in Grafana Cloud IRM: what its HTTP API answers, what Terraform keeps of it, and calendars.
//!
//! Facts, from the archived source (`grafana/oncall`: the API reference in its `docs`, `custom_on_call_shift.py`,
//! `on_call_schedule.py`, `escalation_policy_snapshot.py`) and the Terraform provider (`grafana/terraform-provider-grafana`):
//!
//! | What | How it is there | How it is here |
//! |---|---|---|
//! | shifts of a schedule | the highest `level` wins, equal ones are on call together | `priority` |
//! | `start` | a local time of the shift's zone, else of the schedule's; of a schedule made on the web, UTC | `start` and `handoff`, or `hours` |
//! | `rolling_users` | each group serves one occurrence of the rule, counted from `start`, the one at `start_rotation_from_user_index` first | turns of groups, begun as many turns earlier |
//! | weekly, with `by_day` | each group serves the days of one week, which begins on `week_start`, of every `interval` weeks | turns of weeks, with `hours` |
//! | daily, with `by_day` | each group serves `interval` of those days one after another | `count = "active_only"` |
//! | `rotation_start` | nothing is before it; groups are counted from `start` nevertheless | `from` |
//! | `until` | in UTC; no occurrence begins after it, and the last goes on to its end, except on the web | `until` |
//! | `single_event`, `override` | once; overrides are above every level | `cover` where it is above the others, else a rotation that ends |
//! | a calendar | a summary is a user name or an e-mail, perhaps after `[L1]`, its level | a cover for each shift of half a year |
//! | `wait` | the steps after it come so much later | `at` |
//! | `notify_if_time_from_to` | the steps after it wait until the hours begin, in UTC | `within` |
//! | `repeat_escalation` | the whole chain again, five times at most | `again` |
//! | a step that finds nobody, the end | nothing | `on_empty = "skip"`, `end = "quietly"`; `otherwise` names the last level |

mod calendar;
mod chain;
mod events;
mod losses;
mod merge;
mod read;
mod recurrence;
mod roster;
mod routes;
mod schedule;
mod shift;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use super::ConfigurationTool;
use super::detect::Shape;
use super::tool::Tool;

pub(super) const TOOL: Tool = Tool {
    tool: ConfigurationTool::Grafana,
    shapes: SHAPES,
    terraform: &["grafana_oncall_"],
    read: read::read,
    write: Some(write::write),
    losses: losses::LOSSES,
};

/// Lists come within `results`, single objects without anything around them.
const LISTED: &[&str] = &["", "results"];

const SHAPES: &[Shape] = &[
    Shape {
        kind: SHIFT,
        within: LISTED,
        all: &["start", "duration"],
        says: Some(("type", &["single_event", "recurrent_event", "rolling_users", "override"])),
        ..Shape::ANY
    },
    Shape {
        kind: SCHEDULE,
        within: LISTED,
        all: &["name"],
        any: &["on_call_now", "shifts", "ical_url_primary"],
        says: Some(("type", &["calendar", "web", "ical"])),
        ..Shape::ANY
    },
    Shape { kind: STEP, within: LISTED, all: &["escalation_chain_id", "type"], ..Shape::ANY },
    Shape { kind: ROUTE, within: LISTED, all: &["integration_id", "escalation_chain_id"], ..Shape::ANY },
    Shape { kind: INTEGRATION, within: LISTED, all: &["id", "type", "default_route"], ..Shape::ANY },
    Shape { kind: USER, within: LISTED, all: &["id", "username", "email"], ..Shape::ANY },
    Shape { kind: TEAM, within: LISTED, all: &["id", "name", "avatar_url"], ..Shape::ANY },
    Shape { kind: CHAIN, within: LISTED, all: &["name", "team_id"], ..Shape::ANY },
    Shape { kind: TF_SHIFT, within: &[], ..Shape::ANY },
    Shape { kind: TF_SCHEDULE, within: &[], ..Shape::ANY },
    Shape { kind: TF_STEP, within: &[], ..Shape::ANY },
    Shape { kind: TF_ROUTE, within: &[], ..Shape::ANY },
    Shape { kind: TF_INTEGRATION, within: &[], ..Shape::ANY },
    Shape { kind: TF_USER, within: &[], ..Shape::ANY },
    Shape { kind: TF_TEAM, within: &[], ..Shape::ANY },
    Shape { kind: TF_CHAIN, within: &[], ..Shape::ANY },
];

const SHIFT: &str = "on-call shift";
const SCHEDULE: &str = "schedule";
const STEP: &str = "escalation_step";
const CHAIN: &str = "escalation_chain";
const ROUTE: &str = "route";
const INTEGRATION: &str = "integration";
const USER: &str = "user";
const TEAM: &str = "team";
const TF_SHIFT: &str = "grafana_oncall_on_call_shift";
const TF_SCHEDULE: &str = "grafana_oncall_schedule";
const TF_STEP: &str = "grafana_oncall_escalation";
const TF_CHAIN: &str = "grafana_oncall_escalation_chain";
const TF_ROUTE: &str = "grafana_oncall_route";
const TF_INTEGRATION: &str = "grafana_oncall_integration";
const TF_USER: &str = "grafana_oncall_user";
const TF_TEAM: &str = "grafana_oncall_team";
