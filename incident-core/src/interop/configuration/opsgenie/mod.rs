//! Opsgenie, and Jira Service Management Operations, which took its place: one model, two envelopes.
//!
//! Facts, from Opsgenie's Go SDK (`opsgenie/opsgenie-go-sdk-v2`), its Terraform provider, Atlassian's Terraform provider for
//! operations (`atlassian/terraform-provider-atlassian-operations`) and the support pages "Manage on-call schedules and
//! rotations" and "How do escalations work in Opsgenie?":
//!
//! | What | How it is there | How it is here |
//! |---|---|---|
//! | rotations of a schedule | everybody who is on call in any of them is notified | `together = true` |
//! | participants | a user, a team, an escalation, or `none` (`noone` in Jira) | a person, a group, `nobody`; an escalation is lost |
//! | a turn | so many hours, days or weeks from `startDate` on | the same, in the zone of the schedule |
//! | an override | one user, or `none`, in place of all rotations or of some | a cover, an empty temporary schedule, or a replacement of each person of those |
//! | a forwarding rule | everything of one user goes to another | a replacement in every schedule that has the person |
//! | the delay of a rule | counts from the start of the escalation | `at` |
//! | `if-not-closed` | goes on after an acknowledgement | the track `authority`, which acknowledging does not stop |
//! | `repeat` | all rules again, `waitInterval` after the last | `again` on each step |
//! | routing rules | the first that fits decides whom an alert of the team reaches | the policy of the team, `[[route]]` for hours, a severity for each priority that is named |
//! | times of rotations and restrictions | at a full or half hour | others are widened to it |
//! | the end | nothing | `otherwise` names the last step, and is silent |

mod escalation;
mod losses;
mod overrides;
mod read;
mod restriction;
mod roster;
mod rotation;
mod routing;
mod rules;
mod schedule;
mod turns;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use super::ConfigurationTool;
use super::detect::Shape;
use super::tool::Tool;

pub(super) const TOOL: Tool = Tool {
    tool: ConfigurationTool::Opsgenie,
    shapes: SHAPES,
    terraform: &[],
    read: read::read,
    write: None,
    losses: &[],
};

pub(super) const JSM: Tool = Tool {
    tool: ConfigurationTool::Jsm,
    shapes: JSM_SHAPES,
    terraform: &["atlassian-operations_"],
    read: read::read,
    write: Some(write::write),
    losses: losses::LOSSES,
};

/// Answers of Opsgenie come within `data`.
const LISTED: &[&str] = &["data"];

const SHAPES: &[Shape] = &[
    Shape { kind: SCHEDULE, within: &["", "data"], all: &["timezone", "enabled", "ownerTeam"], ..Shape::ANY },
    Shape { kind: SCHEDULE, within: LISTED, all: &["timezone", "enabled"], ..Shape::ANY },
    Shape { kind: ESCALATION, within: &["", "data"], all: &["rules", "ownerTeam"], ..Shape::ANY },
    Shape { kind: ESCALATION, within: LISTED, all: &["rules", "name"], ..Shape::ANY },
    Shape { kind: ROTATION, within: LISTED, all: &["participants", "startDate"], ..Shape::ANY },
    Shape {
        kind: ROUTING_RULE,
        within: LISTED,
        all: &["notify"],
        any: &["criteria", "isDefault", "order"],
        ..Shape::ANY
    },
    Shape { kind: FORWARDING_RULE, within: LISTED, all: &["fromUser", "toUser"], ..Shape::ANY },
    Shape { kind: OVERRIDE, within: LISTED, all: &["user", "startDate", "endDate"], ..Shape::ANY },
    Shape { kind: USER, within: LISTED, all: &["id", "username", "fullName"], ..Shape::ANY },
    Shape { kind: TEAM, within: LISTED, all: &["id", "name", "members"], ..Shape::ANY },
    Shape { kind: TEAM, within: LISTED, all: &["id", "name", "description"], ..Shape::ANY },
];

/// Lists of Jira come within `values`, single objects without anything around them.
const JSM_LISTED: &[&str] = &["", "values"];

const JSM_SHAPES: &[Shape] = &[
    Shape { kind: SCHEDULE, within: JSM_LISTED, all: &["timezone", "teamId"], ..Shape::ANY },
    Shape { kind: ESCALATION, within: &["values"], all: &["rules", "name"], ..Shape::ANY },
    Shape { kind: ESCALATION, within: &[""], all: &["rules", "name", "enabled"], ..Shape::ANY },
    Shape { kind: ROTATION, within: &["values"], all: &["participants", "startDate"], ..Shape::ANY },
    Shape {
        kind: ROUTING_RULE,
        within: &["values"],
        all: &["notify"],
        any: &["criteria", "isDefault", "order"],
        ..Shape::ANY
    },
    Shape { kind: FORWARDING_RULE, within: &["values"], any: &["fromUserId", "fromUser"], ..Shape::ANY },
    Shape {
        kind: OVERRIDE,
        within: &["values"],
        all: &["startDate", "endDate"],
        any: &["responder", "user"],
        ..Shape::ANY
    },
    Shape { kind: USER, within: &["", "values"], all: &["accountId", "displayName"], ..Shape::ANY },
    Shape { kind: TEAM, within: &["platformTeams"], all: &["teamId", "teamName"], ..Shape::ANY },
    Shape { kind: TEAM, within: &["", "entities"], all: &["teamId", "displayName"], ..Shape::ANY },
    Shape { kind: MEMBER, within: &["results"], all: &["accountId"], ..Shape::ANY },
    Shape { kind: TF_SCHEDULE, within: &[], ..Shape::ANY },
    Shape { kind: TF_ROTATION, within: &[], ..Shape::ANY },
    Shape { kind: TF_ESCALATION, within: &[], ..Shape::ANY },
    Shape { kind: TF_TEAM, within: &[], ..Shape::ANY },
    Shape { kind: TF_USER, within: &[], ..Shape::ANY },
];

const SCHEDULE: &str = "schedule";
const ROTATION: &str = "rotation";
const OVERRIDE: &str = "override";
const FORWARDING_RULE: &str = "forwarding_rule";
const ESCALATION: &str = "escalation";
const ROUTING_RULE: &str = "routing_rule";
const TEAM: &str = "team";
const MEMBER: &str = "team_member";
const USER: &str = "user";
const TF_SCHEDULE: &str = "atlassian-operations_schedule";
const TF_ROTATION: &str = "atlassian-operations_schedule_rotation";
const TF_ESCALATION: &str = "atlassian-operations_escalation";
const TF_TEAM: &str = "atlassian-operations_team";
const TF_USER: &str = "atlassian-operations_user";
