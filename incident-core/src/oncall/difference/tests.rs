use crate::oncall::tests::{TEAM, at, read};
use crate::{Level, ScheduleDifference};

/// What a new text changes over half a year.
fn differ(old: &str, new: &str) -> ScheduleDifference {
    read(old).difference(&read(new), at("2026-12-07T07:00:00Z"), at("2027-06-07T06:00:00Z")).unwrap()
}

const WITHOUT_GUS: &str = r#"members = ["ana", "ben", "chen"]"#;

fn without_gus() -> String {
    TEAM.replace(r#"members = ["ana", "ben", "chen", { join = "gus", on = 2027-01-18 }]"#, WITHOUT_GUS)
}

#[test]
fn somebody_joins() {
    let difference = differ(&without_gus(), TEAM);
    assert_eq!(
        difference.why,
        "gus joins berlin on 2027-01-18; 14 of 26 weeks get another person, the first on 2027-02-08 (gus instead of ana)"
    );
    assert_eq!(difference.changes[0].path.as_deref(), Some("/rotation/0/members/3"));
    assert_eq!(difference.moves.len(), 14 * 7);
    assert_eq!(difference.moves[0].why, "gus instead of ana for 12 h from Mon 2027-02-08 08:00 Berlin (07:00 UTC)");
    assert!(difference.findings.is_empty());
    let gus = difference.people.iter().find(|it| it.person.as_str() == "gus").unwrap();
    assert_eq!((gus.gains.to_string().as_str(), gus.loses.as_micros()), ("PT420H", 0));
}

#[test]
fn somebody_added_without_a_day_moves_everybody() {
    let added = without_gus().replace(WITHOUT_GUS, r#"members = ["ana", "ben", "chen", "gus"]"#);
    let difference = differ(&without_gus(), &added);
    let [finding] = &difference.findings[..] else { panic!("{:?}", difference.findings) };
    assert_eq!(
        finding.to_string(),
        "9:34: warning[oncall.turn_order_shifted]: gus is added to berlin without a day: gus instead of ana from \
         2026-12-28, ana instead of ben from 2027-01-04, ben instead of chen from 2027-01-11 and 15 changes more; \
         write `{ join = \"gus\", on = 2026-12-07 }`"
    );
    assert!(
        finding.facts["moves"].starts_with("gus instead of ana from 2026-12-28; ana instead of ben from 2027-01-04")
    );
}

#[test]
fn somebody_removed_without_a_day_is_an_error_once_turns_have_begun() {
    let removed = TEAM.replace(r#""ana", "ben", "chen""#, r#""ana", "chen""#);
    let (start, end) = (at("2027-02-01T07:00:00Z"), at("2027-03-01T07:00:00Z"));
    let difference = read(TEAM).difference(&read(&removed), start, end).unwrap();
    let [finding] = &difference.findings[..] else { panic!("{:?}", difference.findings) };
    assert_eq!((finding.level, finding.path.as_str()), (Level::Error, "/rotation/0/members"));
    assert_eq!(finding.help.as_deref(), Some("keep `ben` and add `{ leave = \"ben\", on = 2027-02-01 }` behind it"));
    let left = TEAM.replace(r#""ben", "chen""#, r#""ben", { leave = "ben", on = 2027-02-01 }, "chen""#);
    let difference = read(TEAM).difference(&read(&left), start, end).unwrap();
    assert!(difference.findings.is_empty());
    assert!(difference.why.starts_with("ben leaves berlin on 2027-02-01; "), "{}", difference.why);
}

#[test]
fn every_edit_is_told() {
    let new = TEAM
        .replace("08:00-20:00", "09:00-20:00")
        .replace("with    = \"ana\"", "with    = \"gus\"")
        .replace("name    = \"pacific\"", "name = \"west\"");
    let new = format!("{new}\n[[absence]]\nperson = 'dee'\ndays = '2026-12-08'");
    let told: Vec<_> = differ(TEAM, &new).changes.into_iter().map(|change| change.why).collect();
    assert_eq!(
        told,
        [
            "berlin changes `hours`",
            "rotation west is new",
            "rotation pacific is gone",
            "an override is new: gus for chen on 24-26 December 2026",
            "an override is gone: ana for chen on 24-26 December 2026",
            "dee is away on 8 December 2026",
        ]
    );
}

#[test]
fn the_same_schedule_has_no_difference() {
    let difference = differ(TEAM, TEAM);
    assert_eq!(difference.why, "0 of 26 weeks get another person");
    assert!(difference.moves.is_empty() && difference.changes.is_empty() && difference.people.is_empty());
}
