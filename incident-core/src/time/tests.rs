use std::fmt::Display;
use std::str::FromStr;

use proptest::prelude::*;

use super::*;
use crate::Error;

/// How a text reads: as it is written again, or the code of its refusal.
fn told<T: FromStr<Err = Error> + Display>(text: &str) -> String {
    text.parse::<T>().map_or_else(|no| no.code.to_string(), |value| value.to_string())
}

#[test]
fn days_turns_terms_and_hours_are_read_or_refused() {
    for (text, expected) in [
        ("2026-02-28", "2026-02-28"),
        ("2026-02-29", "time.bad_date"),
        ("0000-01-01", "time.bad_date"),
        ("26-1-1", "time.bad_date"),
    ] {
        assert_eq!(told::<Date>(text), expected);
    }
    for (text, expected) in [
        ("1 week", "1 week"),
        ("12 hours", "12 hours"),
        ("week", "time.bad_turn"),
        ("0 weeks", "time.bad_turn"),
        ("+1 week", "time.bad_turn"),
        ("1 fortnight", "time.bad_turn"),
        ("99999999999 days", "time.bad_turn"),
    ] {
        assert_eq!(told::<Turn>(text), expected);
    }
    for (text, expected) in [
        ("15m", "PT15M"),
        ("5 business days", "5 business days"),
        ("1 business", "time.bad_term"),
        ("-1 days", "time.bad_term"),
        ("+1 days", "time.bad_term"),
    ] {
        assert_eq!(told::<Term>(text), expected);
    }
    for (text, expected) in [
        ("daily 08:00-20:00", "daily 08:00-20:00"),
        ("fri 20:00 - mon 08:00", "Fri 20:00 - Mon 08:00"),
        ("Sat-Sun", "Sat-Sun"),
        ("someday 08:00-20:00", "time.bad_window"),
        ("daily 8:00-20:00", "time.bad_window"),
        ("daily +8:00-20:00", "time.bad_window"),
        ("daily 08:00-24:01", "time.bad_window"),
        ("daily 09:00-09:00", "time.bad_window"),
    ] {
        assert_eq!(told::<Hours>(text), expected);
    }
}

#[test]
fn instants_say_what_was_given_up() {
    let mut findings = Vec::new();
    for (text, expected) in [
        ("2026-03-01T10:00:00.123456789Z", "2026-03-01T10:00:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2026-03-01T10:00:00.5Z", "2026-03-01T10:00:00.500Z"),
    ] {
        assert_eq!(Timestamp::read(text, "/at", &mut findings).unwrap().to_string(), expected);
    }
    let notes: Vec<_> = findings.iter().map(|finding| (finding.code.as_str(), finding.path.as_str())).collect();
    assert_eq!(notes, [("time.precision_lost", "/at"); 2]);
    let long = format!("2026-03-01T10:00:00.{}Z", "1".repeat(10_000));
    Timestamp::read(&long, "/at", &mut findings).unwrap();
    assert!(findings.last().unwrap().message.len() < 200);
    assert_eq!(told::<Timestamp>("2026-03-01T10:00"), "time.no_offset");
    assert_eq!(told::<Timestamp>("0000-12-31T23:59:59Z"), "time.bad_instant");
    assert_eq!(told::<Timestamp>("10000-01-01T00:00:00Z"), "time.bad_instant");
    assert_eq!(told::<Timestamp>("0001-01-01T00:00:00+01:00"), "time.bad_instant");
}

/// Whatever is read is written so that it is read again as the same.
fn reads_back<T: FromStr<Err = Error> + Display + PartialEq + std::fmt::Debug>(
    text: &str,
) -> Result<(), TestCaseError> {
    if let Ok(value) = text.parse::<T>() {
        prop_assert_eq!(value.to_string().parse::<T>().ok(), Some(value), "{}", text);
    }
    Ok(())
}

/// What times are written with, between broken bars.
const PIECES: &str = "0¦1¦9¦24¦59¦60¦08:00¦20:00¦-¦ - ¦:¦.¦+¦ ¦  ¦T¦Z¦P¦p¦d¦h¦m¦s¦w¦M¦2026¦2026-03-29¦02:30¦mon¦Fri¦daily¦day¦days¦\
    week¦weeks¦month¦business days¦ü¦Europe/Berlin¦999999999999";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_makes_a_time_panic(pieces in prop::collection::vec(prop::sample::select(PIECES.split('¦').collect::<Vec<_>>()), 0..8)) {
        let text = pieces.concat();
        reads_back::<Date>(&text)?;
        reads_back::<Elapsed>(&text)?;
        reads_back::<Hours>(&text)?;
        reads_back::<Term>(&text)?;
        reads_back::<Timestamp>(&text)?;
        reads_back::<Turn>(&text)?;
    }

    #[test]
    fn terms_and_windows_end_anywhere_in_time(
        micros in Timestamp::MIN.as_micros()..=Timestamp::MAX.as_micros(),
        days in 0_u32..3_660,
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns"]),
    ) {
        let at = Timestamp::from_micros(micros).unwrap();
        let zone: Zone = zone.parse().unwrap();
        for term in [Term::Days(days), Term::BusinessDays(days)] {
            prop_assert!(term.due(at, zone, &Calendar::default()) >= at || days == 0);
        }
        let nights = Window::new(zone, ["daily 22:00-07:00".parse().unwrap()]);
        let days = Window::new(zone, ["daily 07:00-22:00".parse().unwrap()]);
        prop_assert!(nights.contains(at, None) || days.contains(at, None) || at >= Timestamp::MAX || zone.day(at).plus_days(-1).is_none());
    }
}
