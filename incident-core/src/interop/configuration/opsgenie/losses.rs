//! What Jira Service Management cannot say of a team's file, place by place.

use super::super::ConfigurationForm;
use super::super::losses::Loss;

/// The first place that covers a difference says what it is.
pub(super) const LOSSES: &[Loss] = &[
    Loss::new("/people/**", "people are users of Jira: their zone, lead and buddies stay in the file"),
    Loss::new(
        "/teams/**",
        "who is in a team is not written; a group that Jira does not have is listed in the rules that page it",
    ),
    Loss::new("/areas/**", "services are not written: give the routing rules of the team the escalation it needs"),
    Loss::new("/windows/**", "Jira has no named hours for rules; hours of routing rules are not written"),
    Loss::new("/calendars/**", "Jira knows no holidays: hours hold on them too"),
    Loss::new("/absence/**", "Jira knows no absences: write an override for each shift"),
    Loss::new(
        "/severity/**",
        "an escalation of Jira knows no severities: one is written for each, and a routing rule leads to it",
    ),
    Loss::new("/route/**", "which escalation an alert gets is a routing rule of its team in Jira"),
    Loss::new("/cadence/**", "Jira knows no cadence of updates"),
    Loss::new("/columns/**", "how exports are read is no setting of Jira"),
    Loss::new("/prove/**", "Jira proves nothing: this stays with the file"),
    Loss::new("/allow/**", "Jira checks nothing: this stays with the file"),
    // Schedules.
    Loss {
        at: "/schedule/*/override/**",
        form: Some(ConfigurationForm::Terraform),
        says: "Terraform's provider has no overrides: send those that the bodies for the API have",
    },
    Loss::new(
        "/schedule/*/override/**",
        "an override of Jira puts one person, or nobody, in place of every rotation: the shifts that this one gives are \
         written as such, at full and half hours",
    ),
    Loss::new("/schedule/*/absence/**", "Jira knows no absences: write an override for each shift"),
    Loss::new("/schedule/*/recorded/**", "Jira keeps its own history"),
    Loss::new("/schedule/*/calendars/**", "Jira knows no holidays: hours hold on them too"),
    Loss::new("/schedule/*/people/**", "people are users of Jira"),
    Loss::new("/schedule/*/rotation/*/zone", "a schedule of Jira has one clock, that of its first rotation"),
    Loss::new("/schedule/*/rotation/*/hours/**", HOURS),
    Loss::new("/schedule/*/rotation/*/except", "Jira knows no holidays: the hours hold on them too"),
    Loss::new("/schedule/*/rotation/*/days/**", "Jira has no days of the month: the hours hold on every day"),
    Loss::new(
        "/schedule/*/rotation/*/turn/**",
        "a rotation of Jira has one length in hours, days or weeks: the first, and 30 days for a month",
    ),
    Loss::new(
        "/schedule/*/rotation/*/start",
        "turns are counted on the clock of the schedule, from a full or half hour, and from the one in which a rotation \
         comes into force",
    ),
    Loss::new(
        "/schedule/*/rotation/*/handoff",
        "turns change on the clock of the schedule, at a full or half hour, as often as their length says",
    ),
    Loss::new("/schedule/*/rotation/*/lasts", "a rotation of Jira is on call for all of its turn"),
    Loss::new(
        "/schedule/*/rotation/*/members/**",
        "a turn of Jira is of one person or of nobody: the first of a group, without dated changes; first comes whoever has \
         the turn in which the rotation comes into force",
    ),
    Loss::new("/schedule/*/rotation/*/concurrent", "one participant of a rotation is on call in Jira"),
    Loss::new(
        "/schedule/*/rotation/*/from",
        "a rotation of Jira begins with a whole turn, at a full or half hour on the clock of the schedule",
    ),
    Loss::new(
        "/schedule/*/rotation/*/until",
        "a rotation of Jira ends at a full or half hour on the clock of the schedule",
    ),
    Loss::new("/schedule/*/rotation/*/count", "Jira counts every turn, also one wholly outside the hours"),
    Loss::new("/schedule/*/rotation/*/wall_clock", "turns of hours are hours that pass in Jira"),
    Loss::new(
        "/schedule/*/rotation/*/together",
        "all rotations of a schedule are on call side by side in Jira: where an earlier one comes first here, both are paged",
    ),
    Loss::new("/schedule/*/rotation/*/priority", "rotations of Jira have no order: all are on call side by side"),
    Loss::new("/schedule/*/rotation/*/if_absent", "Jira knows no absences"),
    Loss::new("/schedule/*/rotation/*", "a rotation without anybody in it is not written"),
    // Policies, `[escalation]` among them: what holds for all severities, then the tracks of each.
    Loss::new("/policy/*/acknowledged_for", ACKNOWLEDGED),
    Loss::new("/policy/*/on_empty", EMPTY),
    Loss::new("/policy/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*/first/**", FIRST),
    Loss::new("/policy/*/*/reinforce/**", REINFORCE),
    Loss::new("/policy/*/*/authority/**", AUTHORITY),
    Loss::new("/policy/*/*/end", END),
    Loss::new("/policy/*/*/acknowledged_for", ACKNOWLEDGED),
    Loss::new("/policy/*/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*", NO_RULE),
    Loss::new("/policy/*", NO_RULE),
];

pub(super) const HOURS: &str = "hours are written on the clock of the schedule, which other zones leave when only one of the two \
                                changes its clock, and widened to full and half hours";
const ACKNOWLEDGED: &str = "an acknowledgement holds in Jira until somebody takes it back";
pub(super) const EMPTY: &str = "a rule that finds nobody does nothing in Jira, and the next one waits for its time";
pub(super) const OTHERWISE: &str =
    "an escalation of Jira has no `otherwise`: it is the last rule there, and nobody is paged when all find nobody";
pub(super) const FIRST: &str = "a rule pages those on call in a schedule or next there, a team, or a person, high, at any hour and \
                                a whole minute after the start; who is in a team of Jira is said there, and any other group is \
                                the people in it; all rules are repeated together, some minutes after the last and at most 20 \
                                times; buddies, experts, leads and occasions have no place there";
const REINFORCE: &str = "Jira has no reinforcement: nobody is paged because help is asked for or nothing moves";
pub(super) const AUTHORITY: &str = "a rule that an acknowledgement does not stop pages as others do: those on call in a schedule or \
                                    next there, a team, whose people are said in Jira, or a person; leads, buddies, experts and \
                                    occasions have no place there";
const END: &str = "Jira does nothing after the last rule";
const NO_RULE: &str = "an escalation needs a rule that pages a schedule or a person";
