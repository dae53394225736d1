use super::super::tests::{TEAM, at, read};
use super::*;
use crate::{Schedule, ScheduleId};

/// The zones of the people of the team.
fn options() -> LoadOptions {
    let zone = |zone: &str| crate::Person { zone: zone.parse().ok(), ..Default::default() };
    let berlin = ["ana", "ben", "chen", "gus"].map(|name| (name.parse().unwrap(), zone("Europe/Berlin")));
    let pacific = ["dee", "eli", "fay"].map(|name| (name.parse().unwrap(), zone("America/Los_Angeles")));
    LoadOptions { people: berlin.into_iter().chain(pacific).collect(), ..Default::default() }
}

fn half_a_year() -> (crate::Timestamp, crate::Timestamp) {
    (at("2026-12-07T07:00:00Z"), at("2027-06-07T06:00:00Z"))
}

fn named(schedules: &[(&str, &str)]) -> std::collections::BTreeMap<ScheduleId, Schedule> {
    schedules.iter().map(|(name, text)| (name.parse().unwrap(), read(text))).collect()
}

#[test]
fn the_load_of_a_team_over_half_a_year() {
    let (start, end) = half_a_year();
    let load = read(TEAM).load(start, end, &options()).unwrap();
    assert_eq!(
        load.why,
        format!(
            "ana 624 h, ben 588 h, chen 552 h, dee 755 h, eli 756 h, fay 672 h, gus 420 h; \
             at most 14 h a week in sleeping hours (fay, week of 2027-03-15) (tz {})",
            crate::TZ_VERSION
        )
    );
    let whole: i64 = load.people.iter().map(|it| it.total.as_micros()).sum();
    assert_eq!(Elapsed::from_micros(whole), end.since(start));
    assert!(load.findings.is_empty() && load.double_booked.is_empty());
}

#[test]
fn a_hole_is_told_where_it_is() {
    let holed = TEAM.replace("name    = \"pacific\"", "name = 'pacific'\nhours = 'daily 11:00-23:00'");
    let (start, end) = half_a_year();
    let coverage = read(&holed).coverage(start, end).unwrap();
    assert_eq!(coverage.gaps.len(), 13);
    assert_eq!(
        coverage.gaps[0].why,
        "nobody for 1 h from Mon 2027-03-15 07:00 Berlin (06:00 UTC): no rotation is active"
    );
    assert!(coverage.why.starts_with("somebody is on call 99.7% of 4367 h; 13 h without a shift in 13 stretches"));
    assert_eq!(read(TEAM).coverage(start, end).unwrap().share, crate::Share::ALL);
}

#[test]
fn two_at_once_do_not_make_up_for_nobody() {
    let text = "[[rotation]]\nzone = 'UTC'\nhours = 'daily 00:00-12:00'\nmembers = ['ana']\n\
                [[rotation]]\nzone = 'UTC'\nhours = 'daily 00:00-12:00'\nmembers = ['bo']\ntogether = true";
    let day = (at("2026-12-07T00:00:00Z"), at("2026-12-08T00:00:00Z"));
    let coverage = read(text).coverage(day.0, day.1).unwrap();
    assert_eq!((coverage.share.to_string().as_str(), coverage.uncovered), ("50%", Elapsed::hours(12)));
    // The formula of the other tool counts both.
    let quality = read(text).quality_grafana(day.0, day.1).unwrap();
    assert_eq!((quality.coverage, quality.balance, quality.total), (100, 100, 100));
}

#[test]
fn an_hour_in_two_schedules_counts_once() {
    let one = "[[rotation]]\nzone = 'UTC'\nhours = 'daily 08:00-18:00'\nmembers = ['ana']";
    let other = "[[rotation]]\nzone = 'UTC'\nhours = 'daily 16:00-20:00'\nmembers = ['ana']";
    let schedules = named(&[("api", one), ("web", other)]);
    let load = load_together(&schedules, at("2026-12-07T00:00:00Z"), at("2026-12-08T00:00:00Z"), &options()).unwrap();
    assert_eq!((load.people[0].total, load.people[0].shifts), (Elapsed::hours(12), 2));
    assert_eq!(
        load.double_booked[0].why,
        "ana is on call in `api` and `web` at once for 2 h from Mon 2026-12-07 17:00 Berlin (16:00 UTC)"
    );
}

#[test]
fn nights_weekends_and_holidays_are_those_of_the_person() {
    let text = "[[rotation]]\nzone = 'UTC'\nmembers = ['dee']";
    let options = LoadOptions { holidays: ["2026-12-25".parse().unwrap()].into(), ..options() };
    // Friday 2026-12-25 00:00 to Monday 00:00 in Los Angeles, and an hour before.
    let (start, end) = (at("2026-12-25T07:00:00Z"), at("2026-12-28T08:00:00Z"));
    let load = read(text).load(start, end, &options).unwrap();
    let dee = &load.people[0];
    let hours = [dee.total, dee.asleep, dee.weekend, dee.holiday].map(|it| it.as_micros() / 3_600_000_000);
    assert_eq!(hours, [73, 1 + 7 + 9 + 9 + 2, 48, 24]);
    assert_eq!(dee.weeks.len(), 1);
    assert_eq!(dee.weeks[0].starts_on.to_string(), "2026-12-21");
}

#[test]
fn whoever_has_least_could_take_it_and_the_others_hear_why_not() {
    let text = format!("{TEAM}\n[[absence]]\nperson = 'gus'\ndays = '2027-02-01'");
    let (start, end) = (at("2027-02-01T07:00:00Z"), at("2027-02-01T19:00:00Z"));
    let beside = named(&[(
        "web",
        "[[rotation]]\nzone = 'UTC'\nhours = 'daily 18:00-20:00'\nmembers = ['dee', 'ben']\nturn = '1 week'\nstart = 2027-02-01",
    )]);
    let takers = read(&text).who_could_take(start, end, &beside, &options()).unwrap();
    let free: Vec<_> = takers.free.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(
        free,
        [
            "ana has 168 h on call around it, rests 180 h before and 324 h after",
            "eli has 252 h on call around it, rests 0 h before and 336 h after; 8 h of it in sleeping hours",
            "fay has 252 h on call around it, rests 336 h before and 0 h after; 8 h of it in sleeping hours",
            "ben has 273 h on call around it, rests 12 h before and 167 h after",
        ]
    );
    let busy: Vec<_> = takers.busy.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(
        busy,
        [
            "chen is on call in it from Mon 2027-02-01 08:00 Berlin (07:00 UTC)",
            "dee is on call in `web` from Mon 2027-02-01 10:00 Los Angeles (18:00 UTC)",
            "gus is away from Mon 2027-02-01 08:00 Berlin (07:00 UTC)",
        ]
    );
}
