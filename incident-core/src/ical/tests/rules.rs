//! Recurrence rules. What is expected was told by python-dateutil 2.9 too, but where a comment says otherwise, and but for
//! starts that the rule does not give, which dateutil leaves out.

use super::{codes, event, read};

/// The starts of a rule from 2026 on, at most six, as month and day (and time, where it is not 09:00).
fn check(start: &str, rule: &str, expected: &str) {
    let text = event(&format!("DTSTART:{start}T090000Z\nRRULE:{rule}"));
    let told = read(&text, "2026-01-01", "2031-01-01");
    let starts = told.events.iter().map(|event| event.span.start.to_string()).take(6);
    let short = starts.map(|at| at.trim_end_matches("T09:00:00Z").trim_end_matches(":00Z").to_owned());
    assert_eq!(short.collect::<Vec<_>>().join(" "), expected, "{start} {rule}");
}

#[test]
fn days_are_chosen() {
    check("20260101", "FREQ=MONTHLY;BYDAY=-1SU;COUNT=3", "2026-01-01 2026-01-25 2026-02-22 2026-03-29");
    check("20260131", "FREQ=MONTHLY;COUNT=3", "2026-01-31 2026-03-31 2026-05-31");
    check("20240229", "FREQ=YEARLY;COUNT=3", "2028-02-29");
    check(
        "20260105",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO;COUNT=4",
        "2026-01-05 2026-01-11 2026-01-19 2026-01-25",
    );
    check(
        "20260105",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=4",
        "2026-01-05 2026-01-18 2026-01-19 2026-02-01",
    );
    check("20260105", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "2026-01-05 2026-01-30 2026-02-27");
    check("20260102", "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=FR;COUNT=3", "2026-01-02 2027-01-01 2027-01-08");
    check("20260101", "FREQ=YEARLY;BYYEARDAY=1,-1;COUNT=3", "2026-01-01 2026-12-31 2027-01-01");
    check("20260113", "FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=13;COUNT=3", "2026-01-13 2026-10-13 2027-04-13");
    check("20260101", "FREQ=DAILY;BYHOUR=9,17;COUNT=3", "2026-01-01 2026-01-01T17:00 2026-01-02");
    // By RFC 5545 the day of the week is that of the start; dateutil takes the whole week.
    check("20260513", "FREQ=YEARLY;BYWEEKNO=20;COUNT=2", "2026-05-13 2027-05-19");
}

#[test]
fn an_end_is_part_of_it() {
    check("20260101", "FREQ=DAILY;UNTIL=20260103T090000Z", "2026-01-01 2026-01-02 2026-01-03");
    check("20260101", "FREQ=DAILY;UNTIL=20260103T085959Z", "2026-01-01 2026-01-02");
    // A day is over at its end; for dateutil it is over as it begins.
    check("20260101", "FREQ=DAILY;UNTIL=20260102", "2026-01-01 2026-01-02");
}

#[test]
fn twenty_years_after_the_start_it_goes_on_as_it_began() {
    check("20060103", "FREQ=DAILY;INTERVAL=1000", "2027-11-29 2030-08-25");
    check("20060103", "FREQ=WEEKLY;INTERVAL=52", "2026-12-08 2027-12-07 2028-12-05 2029-12-04 2030-12-03");
    check("20060131", "FREQ=MONTHLY;INTERVAL=5", "2026-01-31 2028-07-31 2028-12-31 2029-05-31 2029-10-31 2030-03-31");
    check("20060131", "FREQ=YEARLY;INTERVAL=7", "2027-01-31");
}

#[test]
fn a_start_that_the_rule_does_not_give_is_told() {
    let told = read(&event("DTSTART:20260401T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=FR"), "2026-04-01", "2026-04-04");
    assert_eq!((told.events.len(), codes(&told)), (2, vec!["ical.start_not_in_rule"]));
}

#[test]
fn parts_are_read_strictly() {
    let bad = |rule: &str, message: &str| {
        let told = read(&event(&format!("DTSTART:20260401T100000Z\nRRULE:{rule}")), "2026-04-01", "2026-04-04");
        assert_eq!(told.findings[0].message, format!("{message}, so the event is left out"));
    };
    bad("INTERVAL=2", "`INTERVAL=2` is not allowed: it has no `FREQ`");
    bad("FREQ=OFTEN", "`FREQ=OFTEN` is no frequency");
    bad("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0` is not from 1 to 65535");
    bad(
        "FREQ=DAILY;COUNT=1;UNTIL=20260401",
        "`FREQ=DAILY;COUNT=1;UNTIL=20260401` is not allowed: `COUNT` and `UNTIL` exclude each other",
    );
    bad("FREQ=DAILY;COUNT=1;COUNT=2", "`COUNT=2` is there twice");
    bad("FREQ=MONTHLY;BYMONTHDAY=0", "`BYMONTHDAY=0` counts from 1 or from -1");
    bad("FREQ=MONTHLY;BYEASTER=0", "`BYEASTER=0` is no part of a rule");
    bad(
        "FREQ=DAILY;BYSETPOS=1",
        "`FREQ=DAILY;BYSETPOS=1` is not allowed: `BYSETPOS` picks from what other parts give, and there are none",
    );
}
