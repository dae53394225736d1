use super::*;
use crate::{Format, Source, Timestamp};

pub(super) fn read(text: &str) -> Schedule {
    Schedule::read(Source::parse(text, Format::Toml).unwrap()).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Who is on call at each instant.
fn check(schedule: &str, expected: &[(&str, &str)]) {
    let schedule = read(schedule);
    for (instant, expected) in expected {
        let answer = schedule.on_call(at(instant));
        let people: Vec<_> = answer.people.iter().map(crate::PersonId::as_str).collect();
        let told = match answer.shift.coverage {
            Coverage::Covered => people.join(" "),
            Coverage::Empty => "(empty)".to_owned(),
            Coverage::Gap => "(gap)".to_owned(),
        };
        assert_eq!(told, *expected, "{instant}: {}", answer.why);
        assert!(answer.shift.start.is_none_or(|start| start <= answer.at), "{}", answer.why);
        assert!(answer.shift.end.is_none_or(|end| answer.at < end), "{}", answer.why);
    }
}

pub(super) const TEAM: &str = r#"
[[rotation]]
name    = "berlin"
zone    = "Europe/Berlin"
hours   = "daily 08:00-20:00"
turn    = "1 week"
start   = 2026-12-07
handoff = "Mon 08:00"
members = ["ana", "ben", "chen", { join = "gus", on = 2027-01-18 }]

[[rotation]]
name    = "pacific"
zone    = "America/Los_Angeles"
turn    = "1 week"
start   = 2026-12-07
handoff = "Mon 11:00"
members = ["dee", "eli", "fay"]

[[override]]
replace = "chen"
with    = "ana"
days    = "2026-12-24..2026-12-26"
because = "family"
"#;

/// On 8 March the clock skips the hour in which the window would begin.
#[test]
fn a_day_whose_window_the_clock_skips_is_not_counted() {
    let text = "[[rotation]]\nzone = 'America/New_York'\nhours = 'daily 02:15-02:45'\nturn = '1 day'\nstart = 2026-03-05\ncount = 'active_only'\nmembers = ['ana', 'bo']";
    check(
        text,
        &[
            ("2026-03-05T07:20:00Z", "ana"),
            ("2026-03-06T07:20:00Z", "bo"),
            ("2026-03-07T07:20:00Z", "ana"),
            ("2026-03-08T07:20:00Z", "(gap)"),
            ("2026-03-09T06:20:00Z", "bo"),
            ("2026-03-10T06:20:00Z", "ana"),
        ],
    );
    // The only window of a week.
    let text = text.replace("daily", "Sun").replace("1 day", "1 week");
    check(&text, &[("2026-03-01T07:20:00Z", "(gap)"), ("2026-03-15T06:20:00Z", "ana"), ("2026-03-22T06:20:00Z", "bo")]);
}

/// What stands behind others changes all the time, and nothing changes.
#[test]
fn more_than_can_be_told_is_refused_soon() {
    let hourly = "[[rotation]]\nzone = 'UTC'\nturn = '1 hour'\nstart = 2026-01-01\nmembers = ['ana', 'bo']\n";
    let always = "[[rotation]]\nzone = 'UTC'\nmembers = ['cy']\n";
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("3026-01-01T00:00:00Z"));
    for text in [hourly.to_owned(), always.to_owned() + hourly] {
        let schedule = read(&text);
        assert_eq!(schedule.shifts(from, until).unwrap_err().code, crate::codes::TOO_MANY_SHIFTS);
        assert_eq!(schedule.edges(from, until).unwrap_err().code, crate::codes::TOO_MANY_SHIFTS);
    }
}

/// They are found in parts: nothing is lost, and nothing told twice, at the seams.
#[test]
fn the_edges_of_a_long_span_are_those_of_its_days() {
    let schedule = read(TEAM);
    let (from, until) = (at("2026-12-01T00:00:00Z"), at("2030-01-04T00:00:00Z"));
    let day = crate::Elapsed::hours(24);
    let mut expected = Vec::new();
    let mut start = from;
    while start < until {
        let inside = schedule.edges(start.plus(crate::Elapsed::from_micros(-1)), start.plus(day)).unwrap();
        expected.extend(inside.into_iter().filter(|edge| *edge > from));
        start = start.plus(day);
    }
    let whole = schedule.edges(from, until).unwrap();
    let differs = whole.iter().zip(&expected).find(|(one, other)| one != other);
    assert_eq!((differs, whole.len()), (None, expected.len()));
}

#[test]
fn the_first_rotation_wins_and_the_second_takes_the_rest() {
    check(
        TEAM,
        &[
            ("2026-12-07T06:59:59Z", "(gap)"),
            ("2026-12-07T07:00:00Z", "ana"),
            ("2026-12-07T18:59:59Z", "ana"),
            ("2026-12-07T19:00:00Z", "dee"),
            ("2026-12-14T12:00:00Z", "ben"),
            ("2026-12-24T12:00:00Z", "ana"),
            ("2026-12-27T12:00:00Z", "chen"),
            // Gus joins after Chen, who was due.
            ("2027-01-18T12:00:00Z", "ana"),
            ("2027-01-25T12:00:00Z", "ben"),
            ("2027-02-01T12:00:00Z", "chen"),
            ("2027-02-08T12:00:00Z", "gus"),
            ("2027-02-15T12:00:00Z", "ana"),
        ],
    );
}

#[test]
fn whoever_is_due_keeps_the_turn_when_somebody_joins_or_leaves() {
    let rotation = |members: &str| {
        format!(
            "[[rotation]]\nzone = 'UTC'\nturn = '1 day'\nstart = 2026-01-05\nhandoff = '00:00'\nmembers = {members}"
        )
    };
    check(
        &rotation("['ana', 'ben', 'chen', { join = 'gus', on = 2026-01-07 }]"),
        &[
            ("2026-01-06T12:00:00Z", "ben"),
            ("2026-01-07T12:00:00Z", "chen"),
            ("2026-01-08T12:00:00Z", "gus"),
            ("2026-01-09T12:00:00Z", "ana"),
        ],
    );
    check(
        &rotation("['ana', 'ben', { leave = 'ben', on = 2026-01-06 }, 'chen']"),
        &[
            ("2026-01-05T12:00:00Z", "ana"),
            ("2026-01-06T12:00:00Z", "chen"),
            ("2026-01-07T12:00:00Z", "ana"),
            ("2026-01-08T12:00:00Z", "chen"),
        ],
    );
}

#[test]
fn only_days_on_which_a_window_begins_count_where_it_says_so() {
    check(
        "[[rotation]]\nzone = 'UTC'\nturn = '2 days'\ncount = 'active_only'\nhours = 'Mon-Fri 09:00-17:00'\nstart = 2026-01-05\n\
         members = ['ana', 'ben', 'chen']",
        &[
            ("2026-01-05T12:00:00Z", "ana"),
            ("2026-01-06T12:00:00Z", "ana"),
            ("2026-01-07T12:00:00Z", "ben"),
            ("2026-01-09T12:00:00Z", "chen"),
            ("2026-01-10T12:00:00Z", "(gap)"),
            ("2026-01-12T12:00:00Z", "chen"),
            ("2026-01-13T12:00:00Z", "ana"),
        ],
    );
}

#[test]
fn overrides_stand_in_their_order() {
    let rotation = "[[rotation]]\nzone = 'UTC'\nmembers = ['ana']\n";
    let of = |overrides: &str| format!("{rotation}{overrides}");
    let day = "days = '2026-01-05'";
    check(
        &of(&format!("[[override]]\nreplace = 'ana'\nwith = 'bo'\n{day}")),
        &[("2026-01-05T12:00:00Z", "bo"), ("2026-01-06T00:00:00Z", "ana")],
    );
    check(
        &of(&format!(
            "[[override]]\nreplace = 'ana'\nwith = 'bo'\n{day}\n[[override]]\nreplace = 'bo'\nwith = 'cy'\n{day}"
        )),
        &[("2026-01-05T12:00:00Z", "bo")],
    );
    check(&of(&format!("[[override]]\nremove = 'ana'\n{day}")), &[("2026-01-05T12:00:00Z", "(empty)")]);
    check(
        &of(&format!("[[override]]\nadd = 'bo'\n{day}\n[[override]]\nremove = 'bo'\n{day}")),
        &[("2026-01-05T12:00:00Z", "ana")],
    );
    check(
        &of(&format!(
            "[[override]]\ncover = ['bo', 'cy']\n{day}\n[[override]]\nremove = 'bo'\n{day}\n[[override]]\nadd = 'dee'\n{day}"
        )),
        &[("2026-01-05T12:00:00Z", "bo cy dee")],
    );
    check(
        &of(&format!(
            "[[override]]\ntemporary = 'eli'\n{day}\n[[override]]\ncover = 'bo'\n{day}\n[[override]]\nadd = 'dee'\n{day}"
        )),
        &[("2026-01-05T12:00:00Z", "eli")],
    );
    check(&of(&format!("[[override]]\ntemporary = []\n{day}")), &[("2026-01-05T12:00:00Z", "(gap)")]);
    check(&of(&format!("[[absence]]\nperson = 'ana'\n{day}")), &[("2026-01-05T12:00:00Z", "(empty)")]);
}

#[test]
fn every_problem_is_told_at_once() {
    let text = "[[rotation]]\nzone = 'UTC'\nturn = '1 week'\nmembers = []\n[[override]]\nreplace = 'ana'\n\
                from = 2026-01-05T00:00:00Z\nuntil = 2026-01-04T00:00:00Z\n";
    let refused = Schedule::read(Source::parse(text, Format::Toml).unwrap()).unwrap_err();
    let told: Vec<_> = refused.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "1:1: error[oncall.missing_start]: turns are counted from a start; add `start`, the day of a first turn",
            "4:1: error[oncall.no_members]: a rotation without members has nobody; list who takes turns",
            "8:9: error[time.ends_before_start]: it ends at 2026-01-04T00:00:00Z, and starts at 2026-01-05T00:00:00Z; \
             `until` comes after `from`",
            "5:1: error[oncall.bad_override]: an override does exactly one thing; write `replace` and `with`, or one of \
             `cover`, `temporary`, `remove` and `add`",
        ]
    );
}

#[test]
fn what_cannot_be_read_and_what_cannot_be_used_are_told_together() {
    let text = "[[rotation]]\nzone = 'Mars/Olympus'\nturn = '0 days'\nstart = 2026-12-07\nmembers = []\n[[rotation]]\nzone = 'UTC'\n\
                turn = '1 week'\nmembers = ['ana']\n[[override]]\nadd = 'ana'\nfrom = 2026-12-08\nuntil = 2026-12-07\n";
    let refused = Schedule::read(Source::parse(text, Format::Toml).unwrap()).unwrap_err();
    let told: Vec<_> = refused.findings.iter().map(|it| (it.code.as_str(), it.at.as_ref().unwrap().line)).collect();
    assert_eq!(
        told,
        [
            ("time.unknown_zone", 2),
            ("time.bad_turn", 3),
            ("oncall.no_members", 5),
            ("oncall.missing_start", 6),
            ("time.ends_before_start", 13),
        ]
    );
}

#[test]
fn asking_anywhere_is_cutting_a_full_expansion() {
    let schedule = read(TEAM);
    let whole = schedule.shifts(at("2026-12-01T00:00:00Z"), at("2027-06-07T00:00:00Z")).unwrap();
    for pair in whole.shifts.windows(2) {
        assert_eq!(pair[0].end, pair[1].start);
        let middle = pair[0].start.unwrap();
        let answer = schedule.on_call(middle);
        assert_eq!((&answer.shift.people, answer.shift.end), (&pair[0].people, pair[0].end), "{}", answer.why);
    }
}
