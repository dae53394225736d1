//! What incident.io cannot say of a team's file, place by place.

use super::super::ConfigurationForm;
use super::super::losses::Loss;

/// The first place that covers a difference says what it is.
pub(super) const LOSSES: &[Loss] = &[
    Loss::new("/people/**", "people are users of incident.io: their zone, lead and buddies stay in the file"),
    Loss::new("/teams/**", "who is in a team is not written; a group that is asked in turn is listed in its level"),
    Loss::new("/areas/**", "which path an incident gets is a setting of alert routes in incident.io"),
    Loss::new(
        "/windows/**",
        "hours of incident.io stand in a path that asks or waits for them: weekly, in one zone, and on holidays too",
    ),
    Loss::new("/calendars/**", "holidays are only shown in incident.io: hours hold on them too"),
    Loss::new("/absence/**", "incident.io has no absences here: write an override for each shift"),
    Loss::new(
        "/severity/**",
        "a path is written for each severity: which one an alert gets is a setting of alert routes",
    ),
    Loss::new(
        "/route/**",
        "a path of incident.io branches on hours, to a policy for the same severities: what else a route asks is a setting of \
         alert routes",
    ),
    Loss::new("/cadence/**", "a cadence of updates is no setting of schedules and paths"),
    Loss::new("/columns/**", "how exports are read is no setting of incident.io"),
    Loss::new("/prove/**", "incident.io proves nothing: this stays with the file"),
    Loss::new("/allow/**", "incident.io checks nothing of this: it stays with the file"),
    // Schedules.
    Loss {
        at: "/schedule/*/override/**",
        form: Some(ConfigurationForm::Terraform),
        says: "Terraform's provider has no overrides: send those that the bodies for the API have",
    },
    Loss::new(
        "/schedule/*/override/**",
        "an override of incident.io puts one person on one seat: those that this one comes to are written, and a seat is not \
         emptied by one",
    ),
    Loss::new("/schedule/*/absence/**", "incident.io has no absences here: write an override for each shift"),
    Loss::new("/schedule/*/recorded/**", "incident.io keeps its own history"),
    Loss::new("/schedule/*/calendars/**", "holidays are only shown in incident.io: hours hold on them too"),
    Loss::new("/schedule/*/people/**", "people are users of incident.io"),
    Loss::new("/schedule/*/rotation/*/zone", "a schedule of incident.io has one clock, that of its first rotation"),
    Loss::new("/schedule/*/rotation/*/hours/**", HOURS),
    Loss::new("/schedule/*/rotation/*/hours", HOURS),
    Loss::new("/schedule/*/rotation/*/except", "holidays are only shown in incident.io: the hours hold on them too"),
    Loss::new("/schedule/*/rotation/*/days/**", "incident.io has no days of the month: the hours hold on every day"),
    Loss::new(
        "/schedule/*/rotation/*/turn/**",
        "incident.io hands over after up to 23 hours, 14 days or 4 weeks, and knows no months",
    ),
    Loss::new("/schedule/*/rotation/*/start", "turns are counted on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/handoff", "turns change on the clock of the schedule"),
    Loss::new("/schedule/*/rotation/*/lasts", "a shift of incident.io lasts as long as its hours and its turn"),
    Loss::new(
        "/schedule/*/rotation/*/members/**",
        "a rotation of incident.io lists single users of whom so many serve at once: groups are filled up with nobody, and \
         changes on a day are not written",
    ),
    Loss::new("/schedule/*/rotation/*/concurrent", "at most 20 serve at once in a rotation of incident.io"),
    Loss {
        at: "/schedule/*/rotation/*/from",
        form: Some(ConfigurationForm::Terraform),
        says: "a rotation of Terraform's provider begins with its first handover: the bodies for the API have both",
    },
    Loss::new(
        "/schedule/*/rotation/*/from",
        "a rotation of incident.io begins at an instant, on the clock of the schedule",
    ),
    Loss {
        at: "/schedule/*/rotation/*/until",
        form: Some(ConfigurationForm::Terraform),
        says: "a rotation of Terraform's provider has no end: the bodies for the API have it",
    },
    Loss::new(
        "/schedule/*/rotation/*/until",
        "a rotation of incident.io ends at an instant, on the clock of the schedule",
    ),
    Loss::new("/schedule/*/rotation/*/count", "incident.io counts every turn, also one wholly outside the hours"),
    Loss::new(
        "/schedule/*/rotation/*/wall_clock",
        "whether turns of hours follow the clock is not documented: they are taken for hours that pass",
    ),
    Loss::new(
        "/schedule/*/rotation/*/together",
        "all rotations of a schedule of incident.io are on call: the hours of those that win are taken from the others",
    ),
    Loss::new("/schedule/*/rotation/*/priority", "rotations of incident.io have no rank that wins"),
    Loss::new("/schedule/*/rotation/*/if_absent", "incident.io has no absences here"),
    Loss::new(
        "/schedule/*/rotation/*/name",
        "rotations of a schedule have names of their own, in the order in which they win",
    ),
    Loss::new(
        "/schedule/*/rotation/*",
        "a rotation without anybody in it, or in whose hours others always win, is not written",
    ),
    Loss::new("/schedule/*", "a schedule without a rotation is not written"),
    // Policies, `[escalation]` among them: what holds for all severities, then the tracks of each.
    Loss::new("/policy/*/acknowledged_for", ACKNOWLEDGED),
    Loss::new("/policy/*/on_empty", ON_EMPTY),
    Loss::new("/policy/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*/first/**", FIRST),
    Loss::new("/policy/*/*/reinforce/**", REINFORCE),
    Loss::new("/policy/*/*/authority/**", AUTHORITY),
    Loss::new("/policy/*/*/end", END),
    Loss::new("/policy/*/*/acknowledged_for", ACKNOWLEDGED),
    Loss::new("/policy/*/*/otherwise/**", OTHERWISE),
    Loss::new("/policy/*/*", NO_LEVEL),
    Loss::new("/policy/*", NO_LEVEL),
];

const HOURS: &str = "hours are written on the clock of the schedule, which moves when only one of two clocks is changed, and without \
                     those of rotations that win";
const ACKNOWLEDGED: &str = "a path has one time after which it pages again although somebody acknowledged";
const ON_EMPTY: &str = "incident.io passes a level that finds nobody at once";
const OTHERWISE: &str =
    "incident.io has no `otherwise`: it is the last level there, and nobody is paged when all find nobody";
const FIRST: &str = "a level of incident.io pages schedules and people after the one before it, once, up to ten times whole minutes \
                     apart, or all over again; buddies, experts, leads and occasions have no place there, and what waits for \
                     hours keeps those after it waiting";
const REINFORCE: &str = "incident.io has no reinforcement: nobody is paged because help is asked for or nothing moves";
const AUTHORITY: &str = "incident.io has no second track: the chain of command is not paged beside the first response";
const END: &str = "incident.io does nothing after its last node";
const NO_LEVEL: &str = "a path needs a level that pages a schedule or a person";
