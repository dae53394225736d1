//! What GoAlert cannot say of a team's file, place by place.

use super::super::losses::Loss;

/// The first place that covers a difference says what it is.
pub(super) const LOSSES: &[Loss] = &[
    Loss::new("/people/**", "people are users of GoAlert: their zone, lead and buddies stay in the file"),
    Loss::new("/teams/**", "GoAlert has no teams"),
    Loss::new("/areas/**", "services are not written: give each the policy it needs in GoAlert"),
    Loss::new("/windows/**", "GoAlert has no named hours for steps"),
    Loss::new("/calendars/**", "GoAlert knows no holidays: rules hold on them too"),
    Loss::new("/absence/**", "GoAlert knows no absences: write an override for each shift"),
    Loss::new("/severity/**", "GoAlert has no severities: a policy is written for each, and a service has one of them"),
    Loss::new("/route/**", "which policy an incident gets is a setting of its service in GoAlert"),
    Loss::new("/cadence/**", "GoAlert knows no cadence of updates"),
    Loss::new("/columns/**", "how exports are read is no setting of GoAlert"),
    Loss::new("/prove/**", "GoAlert proves nothing: this stays with the file"),
    Loss::new("/allow/**", "GoAlert checks nothing: this stays with the file"),
    // Schedules.
    Loss::new(
        "/schedule/*/override/**",
        "an override adds, removes or replaces one user, and what stands in place of rules is a temporary schedule, which hides \
         overrides too",
    ),
    Loss::new("/schedule/*/absence/**", "GoAlert knows no absences: write an override for each shift"),
    Loss::new("/schedule/*/recorded/**", "GoAlert keeps its own history"),
    Loss::new("/schedule/*/calendars/**", "GoAlert knows no holidays: rules hold on them too"),
    Loss::new("/schedule/*/people/**", "people are users of GoAlert"),
    Loss::new("/schedule/*/rotation/*/zone", "hours are on the clock of the schedule, that of its first rotation"),
    Loss::new(
        "/schedule/*/rotation/*/hours/**",
        "rules are on the clock of the schedule, and say which hours the rotations before leave open, as all who have a rule \
         are on call",
    ),
    Loss::new("/schedule/*/rotation/*/except", "GoAlert knows no holidays: rules hold on them too"),
    Loss::new("/schedule/*/rotation/*/days/**", "a rule has days of the week and none of the month"),
    Loss::new("/schedule/*/rotation/*/turn/**", "a rotation has one length: the first"),
    Loss::new(
        "/schedule/*/rotation/*/start",
        "a rotation has always been, and with hours it is on the clock of the schedule",
    ),
    Loss::new("/schedule/*/rotation/*/handoff", "a rotation with hours is on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/lasts", "somebody in a rotation serves for all of the turn"),
    Loss::new(
        "/schedule/*/rotation/*/members/**",
        "one user has a turn: of a group each is in a rotation of their own, nobody's turns are left out, and nobody joins or \
         leaves on a day",
    ),
    Loss::new("/schedule/*/rotation/*/concurrent", "several at once are as many rotations beside each other"),
    Loss::new("/schedule/*/rotation/*/from", "a rotation has always been"),
    Loss::new("/schedule/*/rotation/*/until", "a rotation does not end"),
    Loss::new("/schedule/*/rotation/*/count", "every turn counts, also one wholly outside the hours"),
    Loss::new("/schedule/*/rotation/*/wall_clock", "turns of hours follow the clock in GoAlert"),
    Loss::new("/schedule/*/rotation/*/together", "all whose rules are active are on call"),
    Loss::new("/schedule/*/rotation/*/priority", "all whose rules are active are on call"),
    Loss::new("/schedule/*/rotation/*/if_absent", "GoAlert knows no absences"),
    Loss::new(
        "/schedule/*/rotation/*/name",
        "a single user has rules without a name, and names of rotations are unique",
    ),
    Loss::new(
        "/schedule/*/rotation/*",
        "who has no hours left has no rule, and of a group each has rules of their own",
    ),
    Loss::new("/schedule/*", "a schedule has the rules of somebody"),
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
    Loss::new("/policy/*/*", NO_STEP),
    Loss::new("/policy/*", NO_STEP),
];

const ACKNOWLEDGED: &str = "an acknowledgement holds there until the alert is closed";
const EMPTY: &str = "a step that finds nobody waits its delay there, and the policy goes on";
const OTHERWISE: &str =
    "GoAlert has no `otherwise`: it is the last step there, and nobody is paged when all find nobody";
const FIRST: &str = "a step of GoAlert pages schedules and people at once, high, at any hour and a whole minute after the one \
                     before; all are repeated five times at most; buddies, experts, leads, who comes next, people in turn, \
                     occasions and single repeats have no place there";
const REINFORCE: &str = "GoAlert has no reinforcement: nobody is paged because help is asked for or nothing moves";
const AUTHORITY: &str = "GoAlert has no second track: the chain of command is not paged beside the first response";
const END: &str = "GoAlert does nothing after its last step";
const NO_STEP: &str = "a policy needs a step that pages a schedule or a person";
