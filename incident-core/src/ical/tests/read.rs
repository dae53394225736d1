//! Events, changes of them, and what lines look like.

use super::{calendar, codes, event, read, times};
use crate::{Span, Zone, ical};

/// Occurrences of an event in the spring of 2026.
fn check(lines: &str, expected: &[&str]) {
    assert_eq!(times(&read(&event(lines), "2026-03-20", "2026-04-20")), expected, "{lines}");
}

#[test]
fn an_event_ends_as_it_says() {
    check("DTSTART:20260401T100000Z\nDTEND:20260401T110000Z", &["2026-04-01T10:00Z 2026-04-01T11:00Z"]);
    check("DTSTART:20260401T100000Z\nDURATION:P1DT1H", &["2026-04-01T10:00Z 2026-04-02T11:00Z"]);
    check("DTSTART:20260401T100000Z", &["2026-04-01T10:00Z"]);
    check("DTSTART;VALUE=DATE:20260401", &["2026-04-01T00:00Z 2026-04-02T00:00Z"]);
    check("DTSTART;VALUE=DATE:20260401\nDTEND;VALUE=DATE:20260403", &["2026-04-01T00:00Z 2026-04-03T00:00Z"]);
    check("DTSTART;VALUE=DATE:20260401\nDURATION:P1W", &["2026-04-01T00:00Z 2026-04-08T00:00Z"]);
    // Lasting no day is a mistake that several programs make.
    check("DTSTART;VALUE=DATE:20260401\nDTEND;VALUE=DATE:20260401", &["2026-04-01T00:00Z 2026-04-02T00:00Z"]);
    // From one zone to another.
    check(
        "DTSTART;TZID=Europe/Berlin:20260401T100000\nDTEND;TZID=America/New_York:20260401T100000",
        &["2026-04-01T08:00Z 2026-04-01T14:00Z"],
    );
}

#[test]
fn the_clock_is_set_forward() {
    // A local end stays at its time of day; elapsed time stays elapsed; civil days keep the time of day.
    let night =
        |length: &str| format!("DTSTART;TZID=Europe/Berlin:20260328T220000\n{length}\nRRULE:FREQ=DAILY;COUNT=2");
    let second = "2026-03-29T20:00Z 2026-03-30T04:00Z";
    check(&night("DTEND;TZID=Europe/Berlin:20260329T060000"), &["2026-03-28T21:00Z 2026-03-29T04:00Z", second]);
    check(&night("DURATION:PT8H"), &["2026-03-28T21:00Z 2026-03-29T05:00Z", second]);
    check("DTSTART;TZID=Europe/Berlin:20260328T220000\nDURATION:P1D", &["2026-03-28T21:00Z 2026-03-29T20:00Z"]);
    // 02:30 does not exist on the 29th, and is 03:30 by the clock that was not set.
    check(
        "DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3",
        &["2026-03-28T01:30Z", "2026-03-29T01:30Z", "2026-03-30T00:30Z"],
    );
}

#[test]
fn a_local_time_that_comes_twice_is_the_first() {
    let text = event("DTSTART;TZID=Europe/Berlin:20261025T023000\nDTEND;TZID=Europe/Berlin:20261025T030000");
    assert_eq!(times(&read(&text, "2026-10-01", "2026-11-01")), ["2026-10-25T00:30Z 2026-10-25T02:00Z"]);
}

#[test]
fn dates_are_added_and_taken_away() {
    check(
        "DTSTART:20260401T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260402T100000Z\n\
         RDATE:20260410T120000Z,20260411T120000Z\nRDATE;VALUE=PERIOD:20260412T120000Z/PT30M,20260413T120000Z/20260413T140000Z",
        &[
            "2026-04-01T10:00Z 2026-04-01T11:00Z",
            "2026-04-03T10:00Z 2026-04-03T11:00Z",
            "2026-04-10T12:00Z 2026-04-10T13:00Z",
            "2026-04-11T12:00Z 2026-04-11T13:00Z",
            "2026-04-12T12:00Z 2026-04-12T12:30Z",
            "2026-04-13T12:00Z 2026-04-13T14:00Z",
        ],
    );
    // A day stands for each occurrence on it, and the old way to leave out.
    check(
        "DTSTART:20260401T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260402",
        &["2026-04-01T10:00Z", "2026-04-03T10:00Z"],
    );
    check("DTSTART:20260401T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXRULE:FREQ=DAILY;INTERVAL=2", &["2026-04-02T10:00Z"]);
    // Midnight in the zone of the reader, written in UTC or locally.
    check(
        "DTSTART;VALUE=DATE:20260401\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260402T000000Z",
        &["2026-04-01T00:00Z 2026-04-02T00:00Z"],
    );
}

#[test]
fn occurrences_are_changed_moved_and_cancelled() {
    let weekly = "BEGIN:VEVENT\nUID:w\nDTSTART:20260326T100000Z\nDTEND:20260326T110000Z\nRRULE:FREQ=WEEKLY\nSUMMARY:ana\n\
                  END:VEVENT\nBEGIN:VEVENT\nUID:w\n";
    let changed = |lines: &str| read(&calendar(&format!("{weekly}{lines}\nEND:VEVENT")), "2026-03-20", "2026-04-14");
    let moved = changed("RECURRENCE-ID:20260402T100000Z\nDTSTART:20260403T120000Z\nDURATION:PT2H\nSUMMARY:bo");
    assert_eq!(
        times(&moved),
        [
            "2026-03-26T10:00Z 2026-03-26T11:00Z",
            "2026-04-03T12:00Z 2026-04-03T14:00Z",
            "2026-04-09T10:00Z 2026-04-09T11:00Z",
        ]
    );
    let who: Vec<_> = moved.events.iter().filter_map(|event| event.summary.as_deref()).collect();
    assert_eq!(who, ["ana", "bo", "ana"]);
    assert_eq!(moved.events[1].occurrence_at, Some("2026-04-02T10:00:00Z".parse().unwrap()));
    let cancelled = changed("RECURRENCE-ID:20260402T100000Z\nDTSTART:20260402T100000Z\nSTATUS:CANCELLED");
    assert_eq!(times(&cancelled).len(), 2);
    let onwards =
        changed("RECURRENCE-ID;RANGE=THISANDFUTURE:20260402T100000Z\nDTSTART:20260402T120000Z\nDTEND:20260402T123000Z");
    assert_eq!(
        times(&onwards),
        [
            "2026-03-26T10:00Z 2026-03-26T11:00Z",
            "2026-04-02T12:00Z 2026-04-02T12:30Z",
            "2026-04-09T12:00Z 2026-04-09T12:30Z",
        ]
    );
    assert_eq!(codes(&onwards), ["ical.this_and_future"]);
}

#[test]
fn what_is_cancelled_as_a_whole_is_not_told() {
    check("DTSTART:20260401T100000Z\nSTATUS:cancelled", &[]);
    let text = calendar("METHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nDTSTART:20260401T100000Z\nEND:VEVENT");
    assert_eq!(times(&read(&text, "2026-03-20", "2026-04-20")), [""; 0]);
}

#[test]
fn an_alarm_says_nothing_about_the_event() {
    let alarm =
        "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:alarm\nDURATION:PT5M\nATTENDEE:mailto:eve@evil.example\nEND:VALARM";
    let told = read(&event(&format!("DTSTART:20260401T100000Z\n{alarm}")), "2026-03-20", "2026-04-20");
    assert_eq!((times(&told), told.events[0].description.as_deref()), (vec!["2026-04-01T10:00Z".to_owned()], None));
    assert_eq!(told.events[0].attendees, [""; 0]);
}

#[test]
fn lines_come_folded_quoted_and_in_any_line_end() {
    let text = "\u{feff}BEGIN:VCALENDAR\rBEGIN:VEVENT\nuid:1\r\ndtstart;tzid=\"Europe/Berlin\";X-A=\"a:b;c\",d:2026\n 0401T1\n\t00000\nSUMMARY:Ü\n ber\\nall\\\\es \\; \\,\\x\nEND:VEVENT\nEND:VCALENDAR";
    let told = read(text, "2026-03-20", "2026-04-20");
    assert_eq!(times(&told), ["2026-04-01T08:00Z"]);
    assert_eq!(told.events[0].summary.as_deref(), Some("Über\nall\\es ; ,\\x"));
    assert_eq!(told.events[0].line, Some(2));
}

#[test]
fn a_finding_has_its_place() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260401T100000Z\nRRULE:FREQ=DAILY;\n BYDAY=MO;BY\n DAY=XX\nEND:VEVENT\nEND:VCALENDAR";
    let told = read(text, "2026-03-20", "2026-04-20");
    let finding = told.findings.iter().find(|finding| finding.code.as_str() == "ical.bad_rule").unwrap();
    assert_eq!(
        finding.to_string(),
        "5:11: error[ical.bad_rule]: `BYDAY=XX` is no list of weekdays, so the event is left out"
    );
    assert_eq!(finding.path, "/events/0/RRULE");
}

#[test]
fn only_what_overlaps_the_span_is_told() {
    let text = event("DTSTART:20260401T100000Z\nDTEND:20260401T120000Z");
    let count = |from: &str, to: &str| {
        let at = |text: &str| format!("2026-04-01T{text}:00Z").parse().unwrap();
        ical::read(&text, Span { start: at(from), end: Some(at(to)) }, None).unwrap().events.len()
    };
    let overlaps = [("09:00", "10:00"), ("09:00", "10:01"), ("11:00", "11:30"), ("11:59", "13:00"), ("12:00", "13:00")];
    assert_eq!(overlaps.map(|(from, to)| count(from, to)), [0, 1, 1, 1, 0]);
    let forever = Span { start: "2026-04-01T00:00:00Z".parse().unwrap(), end: None };
    assert_eq!(ical::read(&text, forever, None).unwrap().events.len(), 1);
}

#[test]
fn covered_time_is_joined() {
    let one = |from: u32, to: u32| {
        format!("BEGIN:VEVENT\nUID:{from}\nDTSTART:202604{from:02}T100000Z\nDTEND:202604{to:02}T100000Z\nEND:VEVENT\n")
    };
    let told =
        read(&calendar(&[one(1, 3), one(2, 4), one(4, 5), one(7, 7), one(8, 9)].concat()), "2026-03-20", "2026-04-20");
    let covered: Vec<_> = told.covered().iter().map(|span| span.start.to_string()).collect();
    assert_eq!(covered, ["2026-04-01T10:00:00Z", "2026-04-08T10:00:00Z"]);
}

#[test]
fn a_zone_of_windows_and_one_the_file_defines_keep_summer_time() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:20201025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n\
                TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20200329T020000\n\
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let berlin = Zone::UTC.instant("2026-03-20T00:00:00".parse().unwrap(), crate::Occurrence::First);
    let window = Span { start: berlin, end: Some("2027-03-20T00:00:00Z".parse().unwrap()) };
    let starts = |tzid: &str| {
        let body =
            format!("{zone}BEGIN:VEVENT\nUID:1\nDTSTART;TZID={tzid}:20260320T023000\nRRULE:FREQ=DAILY\nEND:VEVENT");
        times(&ical::read(&calendar(&body), window, None).unwrap())
    };
    let expected = starts("Europe/Berlin");
    assert_eq!(expected.len(), 365);
    assert_eq!(starts("Ours"), expected);
    assert_eq!(starts("W. Europe Standard Time"), expected);
}
