//! Words: names, clocks and occasions, local time first.

use crate::directory::Directory;
use crate::id::{PersonId, SeverityId};
use crate::time::{Date, Elapsed, Timestamp, Zone};

use super::load::Stretch;

/// How a person is called in a sentence: by name, or by the id with a capital.
pub(in crate::escalation) fn name(directory: &Directory, person: &PersonId) -> String {
    directory.called(person)
}

/// People in a sentence: `Hana and Iris`.
pub(in crate::escalation) fn names<'a>(
    directory: &Directory,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> String {
    and(people.into_iter().map(|person| name(directory, person)).collect())
}

/// Several things: `a`, `a and b`, `a, b and c`.
pub(in crate::escalation) fn and(mut all: Vec<String>) -> String {
    match (all.pop(), all.is_empty()) {
        (Some(last), false) => format!("{} and {last}", all.join(", ")),
        (last, _) => last.unwrap_or_default(),
    }
}

/// Several things of which one is: `a`, `a or b`, `a, b, or c`.
pub(in crate::escalation) fn or(mut all: Vec<String>) -> String {
    match (all.pop(), all.len()) {
        (Some(last), 1) => format!("{} or {last}", all.join(", ")),
        (Some(last), 2..) => format!("{}, or {last}", all.join(", ")),
        (last, _) => last.unwrap_or_default(),
    }
}

/// `a SEV1` for `sev1`; `an incident` for `any`, the severity of tools that know none.
pub(in crate::escalation) fn a(severity: &SeverityId) -> String {
    match severity.as_str() {
        "any" => "an incident".to_owned(),
        _ => format!("a {}", self::severity(severity)),
    }
}

/// `SEV1` for `sev1`.
pub(in crate::escalation) fn severity(severity: &SeverityId) -> String {
    severity.as_str().to_uppercase()
}

/// `1 hour`, `3 hours`, `45 min`, `1 h 30 min`.
pub(in crate::escalation) fn long(length: Elapsed) -> String {
    let (hours, rest) = (length.as_micros() / 3_600_000_000, length.as_micros() % 3_600_000_000);
    match hours {
        1 if rest == 0 => "1 hour".to_owned(),
        2..24 if rest == 0 => format!("{hours} hours"),
        _ => length.words(),
    }
}

/// `624 h`, `1 h 30 min`, `45 min`: never in days.
pub(in crate::escalation) fn hours(length: Elapsed) -> String {
    let minutes = length.as_micros() / 60_000_000;
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// `20 minutes`, `1 minute`, `1 h 30 min`.
pub(in crate::escalation) fn minutes(length: Elapsed) -> String {
    match length.as_micros() / 60_000_000 {
        1 => "1 minute".to_owned(),
        minutes @ 2..60 => format!("{minutes} minutes"),
        _ => length.words(),
    }
}

/// `15 March`.
pub(in crate::escalation) fn day(day: Date) -> String {
    day.naive().format("%-d %B").to_string()
}

/// `2026-12-07 08:00`.
pub(in crate::escalation) fn local(zone: Zone, at: Timestamp) -> String {
    zone.local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// `+5m`, `+1h30m`: how long after the declaration.
pub(in crate::escalation) fn after(length: Elapsed) -> String {
    let minutes = length.as_micros() / 60_000_000;
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("+{rest}m"),
        (hours, 0) => format!("+{hours}h"),
        (hours, rest) => format!("+{hours}h{rest}m"),
    }
}

/// So many of something: `1 severity`, `3 severities`.
pub(in crate::escalation) fn count(number: impl Into<u64>, one: &str, many: &str) -> String {
    match number.into() {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// More spans say less.
const MOST: usize = 50;

/// Stretches as a fact: `start/end` of each, with how many more there are.
pub(in crate::escalation) fn spans(stretches: &[Stretch]) -> String {
    let told: Vec<String> = stretches.iter().take(MOST).map(|(from, until)| format!("{from}/{until}")).collect();
    match stretches.len().saturating_sub(MOST) {
        0 => told.join(", "),
        more => format!("{}, and {more} more", told.join(", ")),
    }
}

/// Stretches that begin and end at the same times of the clock.
#[derive(Debug)]
pub(in crate::escalation) struct Occasion {
    pub(in crate::escalation) stretches: Vec<Stretch>,
    zone: Zone,
}

/// Stretches grouped by their clock times in a zone, in the order in which each first happens.
pub(in crate::escalation) fn occasions(stretches: &[Stretch], zone: Zone) -> Vec<Occasion> {
    let mut found: Vec<(String, Occasion)> = Vec::new();
    for stretch in stretches {
        let key = match is_short(*stretch) {
            true => clock(zone, *stretch),
            false => format!("{} {}", clock(zone, *stretch), stretch.1.since(stretch.0)),
        };
        match found.iter_mut().find(|(known, _)| *known == key) {
            Some((_, occasion)) => occasion.stretches.push(*stretch),
            None => found.push((key, Occasion { stretches: vec![*stretch], zone })),
        }
    }
    found.into_iter().map(|(_, occasion)| occasion).collect()
}

/// Less than a day: the clock says it all.
fn is_short((from, until): Stretch) -> bool {
    until.since(from) < Elapsed::hours(24)
}

/// `07:00-08:00`, with 24:00 for an end at midnight.
fn clock(zone: Zone, (from, until): Stretch) -> String {
    let end = zone.local(until).format("%H:%M").to_string();
    let end = if end == "00:00" { "24:00" } else { &end };
    format!("{}-{end}", zone.local(from).format("%H:%M"))
}

impl Occasion {
    fn first(&self) -> Stretch {
        self.stretches.first().copied().unwrap_or((Timestamp::MIN, Timestamp::MIN))
    }

    /// The day, in the zone of the clock, on which each begins.
    fn days(&self) -> Vec<Date> {
        self.stretches.iter().map(|(from, _)| self.zone.day(*from)).collect()
    }

    /// How long each lasts.
    pub(in crate::escalation) fn length(&self) -> Elapsed {
        let (from, until) = self.first();
        until.since(from)
    }

    /// `for 1 hour, on 13 mornings`.
    pub(in crate::escalation) fn how_often(&self) -> String {
        let length = long(self.length());
        let count = self.stretches.len();
        if !is_short(self.first()) {
            return if count == 1 { format!("for {length}") } else { format!("for {length}, {count} times") };
        }
        let hour = chrono::Timelike::hour(&self.zone.local(self.first().0));
        let part = match hour {
            5..12 => "morning",
            12..18 => "afternoon",
            18..22 => "evening",
            _ => "night",
        };
        if count == 1 { format!("for {length}, on one {part}") } else { format!("for {length}, on {count} {part}s") }
    }

    /// `2027-03-15 to 2027-03-27, 07:00-08:00 in Berlin, 23:00-24:00 in Los Angeles (06:00-07:00 UTC)`.
    ///
    /// A clock is told where it is the same each time.
    pub(in crate::escalation) fn when(&self, others: &[Zone]) -> String {
        let (first, days) = (self.first(), self.days());
        let (Some(start), Some(last)) = (days.first(), days.last()) else { return String::new() };
        if !is_short(first) {
            let more = if days.len() == 1 { String::new() } else { format!(", {} times until {last}", days.len()) };
            return format!("{} to {}{more}", self.zone.say(first.0), self.zone.say(first.1));
        }
        let daily = days.iter().zip(days.iter().skip(1)).all(|(day, next)| day.plus_days(1) == Some(*next));
        let weekdays: std::collections::BTreeSet<_> = days.iter().map(|day| day.weekday()).collect();
        let dates = match days.len() {
            1 => format!("{} {start}", start.weekday().short()),
            _ if daily => format!("{start} to {last}"),
            many if weekdays.len() <= 3 => {
                let names = weekdays.iter().map(|day| day.short().to_owned()).collect();
                format!("{many} days, each a {}, {start} to {last}", and(names).replace(" and ", " or "))
            }
            many => format!("{many} days, {start} to {last}"),
        };
        let same = |zone: Zone| {
            let told = clock(zone, first);
            self.stretches.iter().all(|stretch| clock(zone, *stretch) == told).then_some(told)
        };
        let mut clocks: Vec<String> = Vec::new();
        let others = others.iter().copied().filter(|zone| *zone != self.zone && *zone != Zone::UTC);
        for zone in std::iter::once(self.zone).chain(others) {
            let told = same(zone).map(|clock| format!("{clock} in {}", zone.city()));
            clocks.extend(told.filter(|told| !clocks.contains(told)));
        }
        let utc = same(Zone::UTC).filter(|_| self.zone != Zone::UTC).map(|clock| format!(" ({clock} UTC)"));
        format!("{dates}, {}{}", clocks.join(", "), utc.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stretches: &[(&str, &str)], expected: &[&str]) {
        let stretches: Vec<Stretch> =
            stretches.iter().map(|(from, until)| (from.parse().unwrap(), until.parse().unwrap())).collect();
        let zones = ["Europe/Berlin", "America/Los_Angeles"].map(|zone| zone.parse().unwrap());
        let told: Vec<String> = occasions(&stretches, zones[0])
            .iter()
            .map(|occasion| format!("{}: {}", occasion.how_often(), occasion.when(&zones)))
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn occasions_are_told_by_clock_and_days() {
        check(
            &[
                ("2027-03-15T06:00:00Z", "2027-03-15T07:00:00Z"),
                ("2027-03-16T06:00:00Z", "2027-03-16T07:00:00Z"),
                ("2027-03-17T06:00:00Z", "2027-03-17T07:00:00Z"),
            ],
            &[
                "for 1 hour, on 3 mornings: 2027-03-15 to 2027-03-17, 07:00-08:00 in Berlin, 23:00-24:00 in Los Angeles \
               (06:00-07:00 UTC)",
            ],
        );
        check(
            &[("2027-01-02T23:00:00Z", "2027-01-03T05:30:00Z"), ("2027-01-09T12:00:00Z", "2027-01-11T12:00:00Z")],
            &[
                "for 6 h 30 min, on one night: Sun 2027-01-03, 00:00-06:30 in Berlin, 15:00-21:30 in Los Angeles \
                 (23:00-05:30 UTC)",
                "for 2 d: Sat 2027-01-09 13:00 Berlin (12:00 UTC) to Mon 2027-01-11 13:00 Berlin (12:00 UTC)",
            ],
        );
        check(
            &[("2027-01-01T12:00:00Z", "2027-01-01T12:45:00Z"), ("2027-01-08T12:00:00Z", "2027-01-08T12:45:00Z")],
            &["for 45 min, on 2 afternoons: 2 days, each a Fri, 2027-01-01 to 2027-01-08, 13:00-13:45 in Berlin, \
               04:00-04:45 in Los Angeles (12:00-12:45 UTC)"],
        );
    }

    #[test]
    fn times_and_lists_are_short() {
        assert_eq!(after(Elapsed::minutes(95)), "+1h35m");
        assert_eq!(after(Elapsed::ZERO), "+0m");
        assert_eq!(and(["a", "b", "c"].map(str::to_owned).to_vec()), "a, b and c");
        assert_eq!(long(Elapsed::minutes(90)), "1 h 30 min");
    }
}
