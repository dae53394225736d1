//! What PagerDuty cannot say of a team's file, place by place.

use super::super::ConfigurationForm;
use super::super::losses::Loss;

/// The first place that covers a difference says what it is.
pub(super) const LOSSES: &[Loss] = &[
    Loss::new("/people/**", "people are PagerDuty's users: their zone, lead and buddies stay in the file"),
    Loss::new("/teams/**", "who is in a team is not written; a group that is asked in turn is listed in its level"),
    Loss::new("/areas/**", "services are not written: give each the policy it needs in PagerDuty"),
    Loss::new("/windows/**", "PagerDuty has no named hours for levels"),
    Loss::new("/calendars/**", "PagerDuty knows no holidays: hours hold on them too"),
    Loss::new("/absence/**", "PagerDuty knows no absences: write an override for each shift"),
    Loss::new(
        "/severity/**",
        "PagerDuty has no severities: a policy is written for each, and a service has one of them",
    ),
    Loss::new("/route/**", "which policy an incident gets is a setting of its service in PagerDuty"),
    Loss::new("/cadence/**", "PagerDuty knows no cadence of updates"),
    Loss::new("/columns/**", "how exports are read is no setting of PagerDuty"),
    Loss::new("/prove/**", "PagerDuty proves nothing: this stays with the file"),
    Loss::new("/allow/**", "PagerDuty checks nothing: this stays with the file"),
    // Schedules.
    Loss {
        at: "/schedule/*/override/**",
        form: Some(ConfigurationForm::Terraform),
        says: "Terraform's provider has no overrides: send those that the bodies for the API have",
    },
    Loss::new(
        "/schedule/*/override/**",
        "an override of PagerDuty puts one person above every layer: the shifts that this one gives are written as such",
    ),
    Loss::new("/schedule/*/absence/**", "PagerDuty knows no absences: write an override for each shift"),
    Loss::new("/schedule/*/recorded/**", "PagerDuty keeps its own history"),
    Loss::new("/schedule/*/calendars/**", "PagerDuty knows no holidays: hours hold on them too"),
    Loss::new("/schedule/*/people/**", "people are PagerDuty's users"),
    Loss::new("/schedule/*/rotation/*/zone", "a schedule of PagerDuty has one clock, that of its first rotation"),
    Loss::new(
        "/schedule/*/rotation/*/hours/**",
        "hours in another zone are written on the clock of the schedule, and move when only one of the two changes its clock",
    ),
    Loss::new("/schedule/*/rotation/*/hours", "hours are written on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/except", "PagerDuty knows no holidays: the hours hold on them too"),
    Loss::new("/schedule/*/rotation/*/days/**", "PagerDuty has no days of the month: the hours hold on every day"),
    Loss::new(
        "/schedule/*/rotation/*/turn/**",
        "a layer of PagerDuty has one length in seconds: the first, and 30 days for a month",
    ),
    Loss::new("/schedule/*/rotation/*/start", "turns are counted on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/handoff", "turns change on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/lasts", "a layer of PagerDuty is on call for all of its turn"),
    Loss::new(
        "/schedule/*/rotation/*/members/**",
        "a turn of PagerDuty is of one person: the first of a group, nobody's turns left out, without dated changes",
    ),
    Loss::new("/schedule/*/rotation/*/concurrent", "one person is on call in a schedule of PagerDuty"),
    Loss::new("/schedule/*/rotation/*/from", "a layer of PagerDuty begins at an instant"),
    Loss::new("/schedule/*/rotation/*/until", "a layer of PagerDuty ends at an instant"),
    Loss::new("/schedule/*/rotation/*/count", "PagerDuty counts every turn, also one wholly outside the hours"),
    Loss::new("/schedule/*/rotation/*/wall_clock", "turns of hours follow the clock in PagerDuty"),
    Loss::new(
        "/schedule/*/rotation/*/together",
        "one person is on call in a schedule of PagerDuty: the first layer wins",
    ),
    Loss::new("/schedule/*/rotation/*/priority", "layers of PagerDuty have an order and no number"),
    Loss::new("/schedule/*/rotation/*/if_absent", "PagerDuty knows no absences"),
    Loss::new("/schedule/*/rotation/*/name", "layers are in the order in which they win"),
    Loss::new("/schedule/*/rotation/*", "a rotation without a person in it has no layer in PagerDuty"),
    Loss::new("/schedule/*", "a schedule without a layer is not written"),
    // Policies, `[escalation]` among them: what holds for all severities, then the tracks of each.
    Loss::new(
        "/policy/*/acknowledged_for",
        "how long an acknowledgement holds is a setting of the service in PagerDuty",
    ),
    Loss::new("/policy/*/on_empty", "PagerDuty skips a level that finds nobody, and makes no incident where all do"),
    Loss::new("/policy/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*/first/**", FIRST),
    Loss::new("/policy/*/*/reinforce/**", REINFORCE),
    Loss::new("/policy/*/*/authority/**", AUTHORITY),
    Loss::new("/policy/*/*/end", END),
    Loss::new(
        "/policy/*/*/acknowledged_for",
        "how long an acknowledgement holds is a setting of the service in PagerDuty",
    ),
    Loss::new("/policy/*/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*", NO_LEVEL),
    Loss::new("/policy/*", NO_LEVEL),
];

const OTHERWISE: &str =
    "PagerDuty has no `otherwise`: it is the last level there, and nobody is paged when all find nobody";
const FIRST: &str = "a level of PagerDuty pages schedules and people, high, at any hour and a whole minute after the one \
                     before; buddies, experts, leads, who comes next, occasions and single repeats have no place there";
const REINFORCE: &str = "PagerDuty has no reinforcement: nobody is paged because help is asked for or nothing moves";
const AUTHORITY: &str = "PagerDuty has no second track: the chain of command is not paged beside the first response";
const END: &str = "PagerDuty does nothing after its last level";
const NO_LEVEL: &str = "a policy needs a level that pages a schedule or a person";
