//! PagerDuty: what its REST API answers, and what Terraform keeps of it.
//!
//! Facts, from the API's own description (`PagerDuty/api-schema`), its support pages and its Terraform provider:
//!
//! | What | How it is there | How it is here |
//! |---|---|---|
//! | layers of a schedule | the lowest wins (support page "Schedules"); the API *answers* with the lowest first, and *takes* and Terraform keeps the lowest last (`PagerDuty/public-support-scripts`, "Schedule Layer Reorganizer"; `flattenScheduleLayers` of the provider) | the first wins |
//! | who is on call | one person a schedule | one rotation a layer, each with single members |
//! | turns | seconds from a virtual start, on the clock of the schedule's zone (support page "Time Zone Settings") | weeks, days, or hours on the clock |
//! | a shift-based schedule (third API) | rotations beside each other, of events that recur (RFC 5545) | rotations `together`, each of turns or of hours |
//! | an override | stands above every layer | a cover |
//! | a level without anybody | is skipped at once; where none has anybody, no incident is made | `on_empty = "skip"`, `end = "quietly"` |
//! | the end | nothing | `otherwise` names the last level, and is silent |

mod events;
mod layer;
mod losses;
mod overrides;
mod policy;
mod read;
mod schedule;
mod shifts;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use super::ConfigurationTool;
use super::detect::Shape;
use super::tool::Tool;

pub(super) const TOOL: Tool = Tool {
    tool: ConfigurationTool::Pagerduty,
    shapes: SHAPES,
    terraform: &["pagerduty_"],
    read: read::read,
    write: Some(write::write),
    losses: losses::LOSSES,
};

const SHAPES: &[Shape] = &[
    Shape { kind: SCHEDULE, within: &["", "schedule", "schedules"], all: &["schedule_layers"], ..Shape::ANY },
    Shape {
        kind: SCHEDULE,
        within: &["", "schedule", "schedules"],
        all: &["id"],
        says: Some(("type", &["schedule"])),
        ..Shape::ANY
    },
    Shape {
        kind: POLICY,
        within: &["", "escalation_policy", "escalation_policies"],
        all: &["escalation_rules"],
        ..Shape::ANY
    },
    Shape {
        kind: SCHEDULE_V3,
        within: &["", "schedule", "schedules"],
        all: &["id"],
        says: Some(("type", &["schedule_v3", "schedule_v3_reference"])),
        ..Shape::ANY
    },
    Shape {
        kind: OVERRIDE_SHIFT,
        within: &["overrides", "override"],
        says: Some(("type", &["override_shift"])),
        ..Shape::ANY
    },
    Shape {
        kind: CUSTOM_SHIFT,
        within: &["custom_shifts", "custom_shift"],
        says: Some(("type", &["custom_shift"])),
        ..Shape::ANY
    },
    Shape { kind: OVERRIDE, within: &["overrides", "override"], all: &["start", "end", "user"], ..Shape::ANY },
    Shape {
        kind: ON_CALL,
        within: &["", "oncalls"],
        all: &["escalation_policy", "escalation_level", "user"],
        ..Shape::ANY
    },
    Shape { kind: USER, within: &["", "user", "users"], all: &["id"], says: Some(("type", &["user"])), ..Shape::ANY },
    Shape { kind: TEAM, within: &["", "team", "teams"], all: &["id"], says: Some(("type", &["team"])), ..Shape::ANY },
    Shape {
        kind: SERVICE,
        within: &["", "service", "services"],
        all: &["id", "escalation_policy"],
        says: Some(("type", &["service"])),
        ..Shape::ANY
    },
    Shape { kind: MEMBER, within: &["members"], all: &["user", "role"], ..Shape::ANY },
    Shape { kind: TF_SCHEDULE, within: &[], ..Shape::ANY },
    Shape { kind: TF_SCHEDULE_V3, within: &[], ..Shape::ANY },
    Shape { kind: TF_POLICY, within: &[], ..Shape::ANY },
    Shape { kind: TF_USER, within: &[], ..Shape::ANY },
    Shape { kind: TF_TEAM, within: &[], ..Shape::ANY },
    Shape { kind: TF_MEMBER, within: &[], ..Shape::ANY },
    Shape { kind: TF_SERVICE, within: &[], ..Shape::ANY },
];

const SCHEDULE: &str = "schedule";
const SCHEDULE_V3: &str = "shift-based schedule";
const OVERRIDE_SHIFT: &str = "override_shift";
const CUSTOM_SHIFT: &str = "custom_shift";
const POLICY: &str = "escalation_policy";
const OVERRIDE: &str = "override";
const ON_CALL: &str = "on_call";
const USER: &str = "user";
const TEAM: &str = "team";
const SERVICE: &str = "service";
const MEMBER: &str = "team_member";
const TF_SCHEDULE: &str = "pagerduty_schedule";
const TF_SCHEDULE_V3: &str = "pagerduty_schedulev2";
const TF_POLICY: &str = "pagerduty_escalation_policy";
const TF_USER: &str = "pagerduty_user";
const TF_TEAM: &str = "pagerduty_team";
const TF_MEMBER: &str = "pagerduty_team_membership";
const TF_SERVICE: &str = "pagerduty_service";
