//! What Grafana OnCall cannot say of a team's file, place by place.

use super::super::losses::Loss;

/// The first place that covers a difference says what it is.
pub(super) const LOSSES: &[Loss] = &[
    Loss::new("/people/**", "people are users of Grafana: their zone, lead and buddies stay in the file"),
    Loss::new("/teams/**", "who is in a team is not written; people who are asked in turn are listed in their step"),
    Loss::new("/areas/**", "integrations are not written: give the routes of each the chain it needs"),
    Loss::new(
        "/windows/**",
        "hours that hold steps are not written: they are in UTC there, and hold all steps after them",
    ),
    Loss::new("/calendars/**", "Grafana OnCall knows no holidays: shifts are on them too"),
    Loss::new("/absence/**", "Grafana OnCall knows no absences: write a cover for each shift"),
    Loss::new(
        "/severity/**",
        "Grafana OnCall pages by no severity: a chain is written for each, and a route leads to one",
    ),
    Loss::new("/route/**", "which chain an incident gets is a route of its integration there"),
    Loss::new("/cadence/**", "Grafana OnCall knows no cadence of updates"),
    Loss::new("/columns/**", "how exports are read is no setting of Grafana OnCall"),
    Loss::new("/prove/**", "Grafana OnCall proves nothing: this stays with the file"),
    Loss::new("/allow/**", "Grafana OnCall checks nothing: this stays with the file"),
    // Schedules.
    Loss::new(
        "/schedule/*/override/**",
        "a shift above every level puts people in place of all others: whatever else an override does is written as the \
         shifts that it gives, and one of nobody cannot be written",
    ),
    Loss::new("/schedule/*/absence/**", "Grafana OnCall knows no absences: write a cover for each shift"),
    Loss::new("/schedule/*/recorded/**", "Grafana OnCall keeps its own history"),
    Loss::new("/schedule/*/calendars/**", "Grafana OnCall knows no holidays: shifts are on them too"),
    Loss::new("/schedule/*/people/**", "people are users of Grafana"),
    Loss::new(
        "/schedule/*/rotation/*/hours/**",
        "a shift begins at one time of day: hours are kept where turns change between them, and those that a turn of hours \
         or a part of a turn has are not",
    ),
    Loss::new(
        "/schedule/*/rotation/*/hours",
        "hours of turns of hours, and of a part of a turn, are written another way",
    ),
    Loss::new("/schedule/*/rotation/*/except", "Grafana OnCall knows no holidays: shifts are on them too"),
    Loss::new("/schedule/*/rotation/*/days/**", "days of the month go with turns of months, or with none"),
    Loss::new("/schedule/*/rotation/*/turn/**", "of several lengths of turns the first is written"),
    Loss::new("/schedule/*/rotation/*/start", "a turn begins with a shift, and one of months on the first day"),
    Loss::new("/schedule/*/rotation/*/handoff", "a turn begins with a shift: it changes where the hours begin"),
    Loss::new(
        "/schedule/*/rotation/*/lasts",
        "a shift that does not fill its turn ends by the clock, and has no other hours",
    ),
    Loss::new(
        "/schedule/*/rotation/*/members/**",
        "groups take turns as they are listed before anybody joins or leaves; those of several members at once are written \
         out, and turns of nobody are left out",
    ),
    Loss::new("/schedule/*/rotation/*/concurrent", "several members at once are written as groups"),
    Loss::new("/schedule/*/rotation/*/from", "the first shift is a whole one"),
    Loss::new("/schedule/*/rotation/*/until", "the last shift goes on to its end"),
    Loss::new(
        "/schedule/*/rotation/*/count",
        "days without a shift are counted by turns of weeks, and never by turns of days",
    ),
    Loss::new("/schedule/*/rotation/*/wall_clock", "turns of hours are hours that pass"),
    Loss::new("/schedule/*/rotation/*/together", "rotations that differ in their hours only are read as one"),
    Loss::new("/schedule/*/rotation/*/priority", "levels begin with 0"),
    Loss::new("/schedule/*/rotation/*/if_absent", "Grafana OnCall knows no absences"),
    Loss::new(
        "/schedule/*/rotation/*/name",
        "a shift is called by its schedule and its own name, and names are unique",
    ),
    Loss::new("/schedule/*/rotation/*/zone", "rotations that differ in their hours only are read as one"),
    Loss::new(
        "/schedule/*/rotation/*",
        "hours that no single shift has are shifts of their own, and nobody's are left out",
    ),
    Loss::new("/schedule/*", "a schedule has the shifts of somebody"),
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

const ACKNOWLEDGED: &str = "an acknowledgement holds there until somebody takes it back";
const EMPTY: &str = "a step that finds nobody does nothing there, and the chain goes on";
const OTHERWISE: &str =
    "Grafana OnCall has no `otherwise`: it is the last step there, and nobody is paged when all find nobody";
const FIRST: &str = "a step pages schedules and people at any hour, after waits of a minute at least; all of them come again \
                     five times or never; buddies, experts, leads, who comes next, occasions and low urgency have no place \
                     there";
const REINFORCE: &str = "a chain has no reinforcement: nobody is paged because help is asked for or nothing moves";
const AUTHORITY: &str = "a chain has no second track: the chain of command is not paged beside the first response";
const END: &str = "Grafana OnCall does nothing after the last step";
const NO_STEP: &str = "a chain needs a step that pages a schedule or a person";
