use crate::oncall::tests::{TEAM, at, read};

/// What is found in a schedule.
fn check(schedule: &str, expected: &[&str]) {
    let told: Vec<_> = read(schedule).check().iter().map(ToString::to_string).collect();
    assert_eq!(told, expected, "{schedule}");
}

/// What is found in a rotation in UTC beyond an empty list.
fn rotation(keys: &str, expected: &[&str]) {
    check(&format!("[[rotation]]\nname = 'days'\nzone = 'UTC'\n{keys}"), expected);
}

#[test]
fn a_sound_team_has_no_findings() {
    check(TEAM, &[]);
}

#[test]
fn an_override_for_the_wrong_person_says_who_is_on_call() {
    check(
        &TEAM.replace("replace = \"chen\"", "replace = \"ben\""),
        &["20:11: warning[oncall.override_without_effect]: ben is not on call on 24-26 December 2026, chen is; \
           replace = \"chen\""],
    );
}

#[test]
fn every_kind_of_override_may_be_without_effect() {
    let one = |it: &str, expected: &str| {
        let column = it.find('=').unwrap() + 3;
        let expected = format!("6:{column}: {expected}; leave it out, or change its days or its people");
        rotation(&format!("members = ['ana']\n[[override]]\n{it}\ndays = '2026-12-24'"), &[expected.as_str()]);
    };
    let warning = "warning[oncall.override_without_effect]:";
    one("remove = 'bo'", &format!("{warning} bo is not on call on 24 December 2026"));
    one("add = 'ana'", &format!("{warning} ana is on call on 24 December 2026 without it"));
    one("cover = 'ana'", &format!("{warning} having ana on call changes nothing on 24 December 2026"));
    one("temporary = 'ana'", &format!("{warning} having ana on call changes nothing on 24 December 2026"));
    one("replace = 'ana'\nwith = 'ana'", &format!("{warning} ana stands in for ana on 24 December 2026"));
}

#[test]
fn overrides_of_one_kind_at_once_are_told() {
    rotation(
        "members = ['ana']\n\
         [[override]]\nreplace = 'ana'\nwith = 'bo'\ndays = '2026-12-24..2026-12-26'\n\
         [[override]]\nreplace = 'ana'\nwith = 'cy'\ndays = '2026-12-26..2026-12-27'\n\
         [[override]]\nreplace = 'ana'\nwith = 'cy'\ndays = '2026-12-28'",
        &[
            "9:1: warning[oncall.overlapping_overrides]: ana is replaced twice at once from Sat 2026-12-26 00:00 UTC: both \
           stand in; the other is override 1 (bo for ana); let one end where the other begins",
        ],
    );
}

#[test]
fn a_rotation_that_never_acts_is_told_with_why() {
    rotation(
        "members = ['ana']\n[[rotation]]\nzone = 'UTC'\nmembers = ['bo']",
        &[
            "5:1: warning[oncall.rotation_never_acts]: rotation 2 never has the duty: days always has it before; put it first \
           with `hours`, or say `together = true`",
        ],
    );
    rotation(
        "members = ['nobody']",
        &[
            "4:1: warning[oncall.rotation_never_acts]: nobody is ever due in days: everybody in it is nobody, or left before \
           their turn; name somebody, or leave the rotation out",
        ],
    );
    rotation(
        "members = ['ana']\nfrom = 2026-12-10\nuntil = 2026-12-09",
        &["6:9: warning[oncall.rotation_never_acts]: days ends on Wed 2026-12-09 00:00 UTC, before it begins on Thu \
           2026-12-10 00:00 UTC; `until` comes after `start` and `from`"],
    );
    rotation("members = ['ana']\nif_absent = 'fall_through'\n[[rotation]]\nzone = 'UTC'\nmembers = ['bo']", &[]);
    rotation("members = ['ana']\nuntil = 2026-12-09\n[[rotation]]\nzone = 'UTC'\nmembers = ['bo']", &[]);
}

#[test]
fn numbers_and_names_of_rotations_are_looked_at() {
    rotation(
        "members = ['ana']\npriority = 1\nhours = 'Mon'\n[[rotation]]\nname = 'days'\nzone = 'UTC'\nmembers = ['bo']\n\
         [[rotation]]\nname = 'nights'\nzone = 'UTC'\nmembers = ['cy']\ntogether = true\npriority = 2",
        &[
            "8:8: warning[oncall.duplicate_rotation]: two rotations are called `days`; give each a name of its own",
            "7:1: warning[oncall.mixed_priority]: days has no priority where others have one: it counts as 0; write its \
             `priority`, or leave the numbers out and order the rotations",
            "16:12: warning[oncall.priority_ignored]: nights shares with the rotation before it, so its own priority counts \
             for nothing; leave `together` or `priority` out",
        ],
    );
}

#[test]
fn changes_of_members_that_do_nothing_are_told() {
    rotation(
        "turn = '1 week'\nstart = 2026-12-07\nuntil = 2027-06-01\nmembers = ['ana', { join = 'ana', on = 2027-01-04 },\n\
         { join = 'bo', on = 2027-02-01 }, { leave = 'bo', on = 2027-01-25 },\n{ join = 'cy', on = 2027-06-07 }]",
        &[
            "7:19: warning[oncall.joins_twice]: ana joins days on 2027-01-04 and is in it already; name everybody once, or \
             let them `leave` before",
            "8:35: warning[oncall.leaves_before_joining]: bo leaves days on 2027-01-25 and joins it on 2027-02-01, so never \
             serves; leave on a later day, or leave both entries out",
            "9:1: warning[oncall.joins_too_late]: cy joins days on 2027-06-07, and it ends on Tue 2027-06-01 00:00 UTC; \
             leave the entry out, or move `until`",
        ],
    );
    rotation(
        "turn = '1 week'\nstart = 2026-12-07\nmembers = ['ana', { leave = 'ana', on = 2027-01-04 }, 'bo', { join = 'ana', on = 2027-02-01 }]",
        &[],
    );
}

#[test]
fn an_absence_of_a_stranger_is_told() {
    let text = "members = ['ana']\n[[absence]]\nperson = 'anna'\ndays = '2026-12-24'";
    let warning = "6:10: warning[oncall.absence_without_effect]: anna is away, and never on call in this schedule; leave it \
                   out, or mend the name";
    rotation(text, &[warning]);
    rotation(&format!("{text}\nsource = 'holidays.ics'"), &[]);
}

/// What is found in a span beyond that.
fn check_over(schedule: &str, start: &str, end: &str, expected: &[&str]) {
    let found = read(schedule).check_over(at(start), at(end)).unwrap();
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected, "{schedule}");
}

#[test]
fn shifts_that_nobody_is_left_in_are_told() {
    check_over(
        &format!("{TEAM}\n[[absence]]\nperson = 'ben'\ndays = '2026-12-14..2026-12-20'"),
        "2026-12-07T07:00:00Z",
        "2027-01-04T07:00:00Z",
        &[
            "25:1: warning[oncall.empty_shift]: nobody is left on call in 7 shifts (84 h) from Mon 2026-12-14 08:00 Berlin \
           (07:00 UTC) to Sun 2026-12-20 20:00 Berlin (19:00 UTC): ben is away; let somebody cover it, or say \
           `if_absent = \"fall_through\"`",
        ],
    );
}

#[test]
fn what_the_clock_does_is_told() {
    check_over(
        "[[rotation]]\nname = 'hours'\nzone = 'America/Chicago'\nturn = '1 hour'\nwall_clock = true\nstart = 2026-01-01\n\
         members = ['ana', 'bo']",
        "2026-03-01T00:00:00Z",
        "2026-04-01T00:00:00Z",
        &[
            "4:8: note[oncall.turn_without_length]: turn 1586 of hours has no length: both its handoffs are on Sun 2026-03-08 \
           03:00 Chicago (08:00 UTC); let turns change at a time that every day has",
        ],
    );
    check_over(
        "[[rotation]]\nname = 'early'\nzone = 'Europe/Berlin'\nhours = 'daily 00:00-02:30'\nmembers = ['ana']\n\
         [[rotation]]\nname = 'late'\nzone = 'Europe/Berlin'\nhours = 'daily 02:30-24:00'\nmembers = ['bo']",
        "2026-10-01T00:00:00Z",
        "2026-11-01T00:00:00Z",
        &[
            "4:9: note[oncall.windows_overlap]: a window of early and a window of late overlap for 1 h from Sun 2026-10-25 \
           02:30 Berlin (00:30 UTC), when the clock is set back",
        ],
    );
}
