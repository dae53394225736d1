//! incident.io: what its API answers, and what Terraform keeps of it.
//!
//! Facts, from the API's own description (as `incident-io/terraform-provider-incident` vendors it: schedules and escalation
//! paths of version 2, rotations and teams of version 3), the pages of that provider for its versions 6 and 7, its guide
//! "Migrating to v7", and the help page "Escalation delays":
//!
//! | What | How it is there | How it is here |
//! |---|---|---|
//! | rotations of a schedule | all of them are on call | `together = true` |
//! | `layers`, `concurrent_shifts` | how many serve at once | `concurrent`; a group where that is everybody |
//! | `handovers` | lengths that apply in turn, counted from `handover_start_at` (`first_interval_starts_at` in version 3) | `turn`, on the clock of the schedule's zone |
//! | an id that comes again with another `effective_from` | the same rotation from then on | a rotation with `from` and `until` |
//! | user `NOBODY` | a shift without anybody, until an override covers it | `nobody` |
//! | `scheduling_mode` | `sequential` follows the list, `fair` takes whoever has served least; alike where all shifts are | the list |
//! | an override | one person in one layer of one rotation | a cover where there is only one seat; else a replacement, or an addition to an empty seat |
//! | a level without anybody | is skipped at once | `on_empty = "skip"` |
//! | `retry_config.attempts` | counts the first page | `again`, one time less |
//! | `repeat`, `loop` | goes back to a node so often | `again` on every step since |
//! | a branch | asks whether hours are active, or whether the priority is one of some | `[[route]]`, severities |
//! | a node `escalation_path` | goes on with another path | the route leads to that policy |
//! | the end | nothing | `otherwise` names the last level, and is silent |

mod climb;
mod intervals;
mod levels;
mod losses;
mod node;
mod overrides;
mod path;
mod read;
mod roster;
mod rotas;
mod rotation;
mod schedule;
mod seats;
mod shifts;
mod target;
mod terraform;
mod tree;
mod ways;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use super::ConfigurationTool;
use super::detect::Shape;
use super::tool::Tool;

pub(super) const TOOL: Tool = Tool {
    tool: ConfigurationTool::IncidentIo,
    shapes: SHAPES,
    terraform: &["incident_"],
    read: read::read,
    write: Some(write::write),
    losses: losses::LOSSES,
};

const SHAPES: &[Shape] = &[
    Shape {
        kind: SCHEDULE,
        within: &["", "schedule", "schedules"],
        all: &["name", "timezone"],
        any: &["config", "annotations", "team_ids"],
        ..Shape::ANY
    },
    Shape {
        kind: ROTATION,
        within: &["", "rotation", "rotations"],
        all: &["first_interval_starts_at", "handovers"],
        ..Shape::ANY
    },
    Shape {
        kind: OVERRIDE,
        within: &["", "override", "overrides"],
        all: &["rotation_id", "layer_id", "start_at", "end_at"],
        ..Shape::ANY
    },
    Shape { kind: ENTRIES, within: &["schedule_entries"], all: &["final", "overrides"], ..Shape::ANY },
    Shape {
        kind: PATH,
        within: &["", "escalation_path", "escalation_paths"],
        all: &["name", "path"],
        any: &["team_ids", "working_hours", "repeat_config", "current_responders"],
        ..Shape::ANY
    },
    Shape {
        kind: USER,
        within: &["", "user", "users"],
        all: &["id", "name"],
        any: &["slack_user_id", "base_role", "custom_roles", "is_active"],
        ..Shape::ANY
    },
    Shape {
        kind: TEAM,
        within: &["", "team", "teams"],
        all: &["id", "name", "members", "catalog_entry"],
        ..Shape::ANY
    },
    Shape { kind: TF_SCHEDULE, within: &[], ..Shape::ANY },
    Shape { kind: TF_SCHEDULE_BETA, within: &[], ..Shape::ANY },
    Shape { kind: TF_ROTATION, within: &[], ..Shape::ANY },
    Shape { kind: TF_ROTATION_BETA, within: &[], ..Shape::ANY },
    Shape { kind: TF_PATH, within: &[], ..Shape::ANY },
    Shape { kind: TF_PATH_BETA, within: &[], ..Shape::ANY },
    Shape { kind: TF_USER, within: &[], ..Shape::ANY },
    Shape { kind: TF_ENTRY, within: &[], ..Shape::ANY },
];

/// The id of a user who is nobody.
const NOBODY: &str = "NOBODY";

const SCHEDULE: &str = "schedule";
const ROTATION: &str = "schedule_rotation";
const OVERRIDE: &str = "schedule_override";
const ENTRIES: &str = "schedule_entry_list";
const PATH: &str = "escalation_path";
const USER: &str = "user";
const TEAM: &str = "team";
const TF_SCHEDULE: &str = "incident_schedule";
const TF_SCHEDULE_BETA: &str = "incident_schedule_beta";
const TF_ROTATION: &str = "incident_schedule_rotation";
const TF_ROTATION_BETA: &str = "incident_schedule_rotation_beta";
const TF_PATH: &str = "incident_escalation_path";
const TF_PATH_BETA: &str = "incident_escalation_path_beta";
const TF_USER: &str = "incident_user";
const TF_ENTRY: &str = "incident_catalog_entry";
