//! Random documents, the same for the same seed, and instants worth asking about.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::calendar::{self, Instant, Twice, add_days, at_minute, local};
use super::schedule::Schedule;

/// A small generator of numbers (splitmix64): the same seed gives the same documents everywhere.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one below.
    pub fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.bits() % u64::try_from(end).unwrap()).unwrap()
    }

    /// From one to the other, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(to - from + 1)
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(i64::try_from(from.len()).unwrap())).unwrap()]
    }

    /// So many different ones, in a random order.
    pub fn some<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let mut chosen = Vec::new();
        while chosen.len() < count && !left.is_empty() {
            chosen.push(left.remove(usize::try_from(self.below(i64::try_from(left.len()).unwrap())).unwrap()));
        }
        chosen
    }
}

pub const PEOPLE: [&str; 7] = ["ana", "bo", "cy", "dee", "eli", "fay", "gus"];

/// Zones with summer time on both sides of the equator, with half hours, with odd rules, and without any.
pub const ZONES: [&str; 12] = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Havana",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "Pacific/Apia",
    "America/Santiago",
];

/// A zone.
pub fn zone(random: &mut Random) -> Tz {
    calendar::zone(random.pick::<&str>(&ZONES))
}

/// A time to which everything in a document is near: often a change of the clocks.
pub fn focus(random: &mut Random, zone: Tz) -> Instant {
    let first: NaiveDate = "2026-01-01".parse().unwrap();
    if zone == Tz::Pacific__Apia && random.chance(50) {
        // The day that Samoa left out.
        return calendar::parse_instant("2011-12-30T10:00:00Z");
    }
    let noon = |day: i64| add_days(first, day).and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(12);
    let offset = |at: Instant| local(zone, at) - at.naive_utc();
    let changes: Vec<i64> = (0..730).filter(|day| offset(noon(*day)) != offset(noon(day + 1))).collect();
    if changes.is_empty() || random.chance(30) {
        return noon(random.below(730)) + TimeDelta::minutes(random.below(1440));
    }
    // The hour of the change, by halves.
    let (mut before, mut after) = (noon(*random.pick(&changes)), TimeDelta::zero());
    while after < TimeDelta::days(1) && offset(before) == offset(before + TimeDelta::minutes(1)) {
        before += TimeDelta::minutes(1);
        after += TimeDelta::minutes(1);
    }
    before + TimeDelta::minutes(1)
}

/// What a document is made around.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    pub zone: Tz,
    pub focus: Instant,
}

impl Around {
    pub fn new(random: &mut Random) -> Self {
        let zone = zone(random);
        Self { zone, focus: focus(random, zone) }
    }

    /// Near it: mostly within days, sometimes to the minute.
    pub fn instant(self, random: &mut Random) -> Instant {
        match random.below(4) {
            0 => self.focus + TimeDelta::minutes(random.between(-90, 90)),
            1 => self.focus + TimeDelta::minutes(15 * random.between(-16, 16)),
            2 => self.focus + TimeDelta::hours(random.between(-200, 200)),
            _ => self.focus + TimeDelta::minutes(random.between(-14 * 1440, 14 * 1440)),
        }
    }

    fn day(self, random: &mut Random) -> NaiveDate {
        add_days(local(self.zone, self.focus).date(), random.between(-12, 12))
    }

    /// A moment near it as people may write it: a date, a local time or an instant.
    fn moment(self, random: &mut Random, zone: Tz) -> (String, Instant) {
        let at = self.instant(random);
        match random.below(3) {
            0 => {
                let day = local(zone, at).date();
                (day.to_string(), calendar::instant(zone, at_minute(day, 0), Twice::First))
            }
            1 => {
                let wall = local(zone, at);
                (local_text(wall), calendar::instant(zone, wall, Twice::First))
            }
            _ => (instant_text(at), at),
        }
    }

    /// `days`, or `from` and `until`, half an hour apart at least.
    fn span(self, random: &mut Random, zone: Tz) -> Value {
        if random.chance(40) {
            let first = self.day(random);
            let last = add_days(first, random.below(4));
            return json!({"days": if first == last { first.to_string() } else { format!("{first}..{last}") }});
        }
        let (first, second) = (self.instant(random), self.instant(random));
        let (from, until) = (first.min(second), first.max(second) + TimeDelta::minutes(1));
        if random.chance(50) {
            return json!({"from": instant_text(from), "until": instant_text(until)});
        }
        // Over a day, so that no change of the clock turns it round.
        let until = until + TimeDelta::days(2);
        json!({"from": local_text(local(zone, from)), "until": local_text(local(zone, until))})
    }
}

pub fn instant_text(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn local_text(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%dT%H:%M").to_string()
}

fn set(document: &mut Value, more: &Value) {
    for (key, value) in more.as_object().unwrap() {
        document[key] = value.clone();
    }
}

/// Which clauses a document may use.
#[derive(Clone, Copy, Debug)]
pub struct Clauses {
    /// Two at a time together with dated membership.
    pub concurrent_changes: bool,
}

/// A schedule around a time.
pub fn schedule(random: &mut Random, around: Around, clauses: Clauses) -> Value {
    let mut document = json!({ "rotation": [] });
    let mut people = json!({});
    for person in PEOPLE {
        people[person] = if random.chance(80) { json!({"zone": zone(random).name()}) } else { json!({}) };
    }
    document["people"] = people;
    let holidays: BTreeSet<_> = (0..4).map(|_| around.day(random).to_string()).collect();
    document["calendars"] = json!({ "holidays": holidays });
    let by_priority = random.chance(15);
    let rotations: Vec<Value> = (0..random.between(1, 3))
        .map(|place| {
            let mut rotation = rotation(random, around, clauses);
            if place > 0 && random.chance(30) {
                rotation["together"] = json!(true);
            }
            if by_priority && random.chance(70) {
                rotation["priority"] = json!(random.below(3));
            }
            rotation
        })
        .collect();
    document["rotation"] = json!(rotations);
    let overrides: Vec<_> = (0..[0, 0, 1, 2, 3, 4][usize::try_from(random.below(6)).unwrap()])
        .map(|_| overriding(random, around))
        .collect();
    if !overrides.is_empty() {
        document["override"] = json!(overrides);
    }
    let absences: Vec<_> = (0..[0, 0, 1, 2][usize::try_from(random.below(4)).unwrap()])
        .map(|_| {
            let mut absence = json!({"person": random.pick(&PEOPLE)});
            set(&mut absence, &around.span(random, around.zone));
            absence
        })
        .collect();
    if !absences.is_empty() {
        document["absence"] = json!(absences);
    }
    if random.chance(8) {
        document["recorded"] = recorded(random, around);
    }
    document
}

fn recorded(random: &mut Random, around: Around) -> Value {
    let from = around.instant(random);
    let until = from + TimeDelta::minutes(random.between(60, 5000));
    let shifts: Vec<_> = (0..random.below(4))
        .map(|_| {
            let begins = from + TimeDelta::minutes(random.below((until - from).num_minutes()));
            let ends = (begins + TimeDelta::minutes(random.between(1, 900))).min(until);
            json!({"person": random.pick(&PEOPLE), "from": instant_text(begins), "until": instant_text(ends)})
        })
        .collect();
    json!({"from": instant_text(from), "until": instant_text(until), "shifts": shifts})
}

fn overriding(random: &mut Random, around: Around) -> Value {
    let one_or_two = |random: &mut Random| {
        let count = usize::try_from(random.between(1, 2)).unwrap();
        let people = random.some(&PEOPLE, count);
        if let [one] = people.as_slice() { json!(one) } else { json!(people) }
    };
    let mut document = match random.below(7) {
        0..2 => {
            let pair = random.some(&PEOPLE, 2);
            json!({"replace": pair[0], "with": pair[1]})
        }
        2 => {
            let mut cover = json!({"cover": one_or_two(random)});
            if random.chance(50) {
                cover["priority"] = json!(random.below(3));
            }
            cover
        }
        3 => json!({"temporary": if random.chance(30) { json!([]) } else { one_or_two(random) }}),
        4 => json!({"remove": one_or_two(random)}),
        _ => json!({"add": one_or_two(random)}),
    };
    let mut zone = around.zone;
    // Several who are removed may be of rotations in different places.
    if random.chance(30) || document["remove"].is_array() {
        zone = self::zone(random);
        document["zone"] = json!(zone.name());
    }
    set(&mut document, &around.span(random, zone));
    document
}

const HOURS: [&str; 14] = [
    "daily 08:00-20:00",
    "daily 22:00-07:00",
    "daily 00:00-12:00",
    "Mon-Fri 09:00-17:00",
    "Mon-Fri 18:00-24:00",
    "Sat-Sun",
    "Fri-Mon 23:30-02:30",
    "Fri 20:00 - Mon 08:00",
    "Mon 08:00 - Mon 08:00",
    "Sat 12:00 - Sun 03:00",
    "Wed 02:00-03:30",
    "Sun 01:00 - Sun 03:00",
    "daily 02:15-02:45",
    "daily 01:30-01:45",
];

fn clock(random: &mut Random) -> String {
    let hour = if random.chance(40) { random.below(4) } else { random.below(24) };
    format!("{hour:02}:{:02}", random.pick(&[0, 0, 0, 15, 30, 45]))
}

fn hours(random: &mut Random) -> Value {
    if random.chance(20) {
        let (start, end) = (clock(random), clock(random));
        if start != end {
            return json!(format!("daily {start}-{end}"));
        }
    }
    let count = if random.chance(25) { 2 } else { 1 };
    let hours = random.some(&HOURS, count);
    if let [one] = hours.as_slice() { json!(one) } else { json!(hours) }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Turns {
    None,
    Hours,
    Days,
    Weeks,
    Months,
    List,
}

fn rotation(random: &mut Random, around: Around, clauses: Clauses) -> Value {
    let zone = if random.chance(80) { around.zone } else { self::zone(random) };
    let mut rotation = json!({"zone": zone.name()});
    let windowed = random.chance(45);
    if windowed {
        rotation["hours"] = hours(random);
        if random.chance(25) {
            rotation["except"] = json!("holidays");
        }
        if random.chance(10) {
            rotation["days"] = json!(random.some(&[1, 2, 3, 8, 14, 15, 28, 29, 30, 31], 4));
        }
    }
    let kinds =
        [Turns::None, Turns::Hours, Turns::Days, Turns::Days, Turns::Weeks, Turns::Weeks, Turns::Months, Turns::List];
    let kind = *random.pick(&kinds);
    if kind != Turns::None {
        turns(random, around, zone, kind, &mut rotation);
    } else if random.chance(30) {
        rotation["start"] = json!(around.moment(random, zone).0);
    }
    if windowed && matches!(kind, Turns::Days | Turns::Weeks | Turns::Months) && random.chance(35) {
        rotation["count"] = json!("active_only");
    }
    if kind != Turns::None && random.chance(15) {
        rotation["lasts"] = json!(random.pick(&["45m", "8h", "90m", "36h"]));
    }
    let concurrent = random.chance(15);
    if concurrent {
        rotation["concurrent"] = json!(random.between(2, 3));
    }
    let dated = kind != Turns::None && random.chance(40) && (clauses.concurrent_changes || !concurrent);
    // Without turns all that are listed serve.
    let count = if kind == Turns::None { rotation["concurrent"].as_i64().unwrap_or(1) } else { random.between(1, 4) };
    rotation["members"] = members(random, around, count, dated);
    if random.chance(12) {
        rotation["from"] = json!(around.moment(random, zone).0);
    }
    if random.chance(12) {
        // Later than any beginning.
        let until = around.focus + TimeDelta::minutes(random.between(15 * 1440, 20 * 1440));
        rotation["until"] = json!(if random.chance(50) { instant_text(until) } else { local_text(local(zone, until)) });
    }
    if random.chance(25) {
        rotation["if_absent"] = json!("fall_through");
    }
    rotation
}

fn turns(random: &mut Random, around: Around, zone: Tz, kind: Turns, rotation: &mut Value) {
    let count = random.between(1, 3);
    let plural = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    rotation["turn"] = match kind {
        Turns::Hours => json!(plural(*random.pick(&[1, 2, 3, 5, 8, 12, 24, 36]), "hour")),
        Turns::Days => json!(plural(count, "day")),
        Turns::Weeks => json!(plural(count, "week")),
        Turns::Months => json!(plural(count, "month")),
        Turns::None | Turns::List => {
            let lists: [&[&str]; 7] = [
                &["4 days", "3 days"],
                &["1 day", "1 day", "2 days"],
                &["1 week", "2 days"],
                &["2 weeks", "1 week"],
                &["1 month", "2 months"],
                &["1 day", "12 hours"],
                &["8 hours", "16 hours"],
            ];
            json!(random.pick(&lists))
        }
    };
    if kind == Turns::Hours && random.chance(50) {
        rotation["wall_clock"] = json!(true);
    }
    // Turns of hours are many: they begin nearer.
    let back = if kind == Turns::Hours { 20 } else { 300 };
    let day = add_days(local(zone, around.focus).date(), -random.between(-3, back));
    let day = if kind == Turns::Months && random.chance(60) { day.with_day_31() } else { day };
    let weekday =
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][usize::try_from(calendar::weekday_of(day)).unwrap()];
    match random.below(5) {
        0 => rotation["start"] = json!(day.to_string()),
        1 => rotation["start"] = json!(format!("{day}T{}", clock(random))),
        2 => {
            let wall: NaiveDateTime = calendar::parse_local(&format!("{day}T{}", clock(random))).unwrap();
            rotation["start"] = json!(instant_text(calendar::instant(zone, wall, Twice::First)));
        }
        3 => {
            rotation["start"] = json!(day.to_string());
            rotation["handoff"] = json!(clock(random));
        }
        _ => {
            rotation["start"] = json!(day.to_string());
            let weekday = if random.chance(60) { weekday } else { "Wed" };
            let with_day = matches!(kind, Turns::Weeks | Turns::Days);
            let time = clock(random);
            rotation["handoff"] = json!(if with_day { format!("{weekday} {time}") } else { time });
        }
    }
}

trait Month {
    fn with_day_31(self) -> Self;
}

impl Month for NaiveDate {
    /// The last day of the month.
    fn with_day_31(self) -> Self {
        use chrono::Datelike;
        (28..=31).rev().find_map(|day| self.with_day(day)).unwrap()
    }
}

fn members(random: &mut Random, around: Around, count: i64, dated: bool) -> Value {
    let count = usize::try_from(count).unwrap();
    let names = random.some(&PEOPLE, count + 3);
    let (first, later) = names.split_at(count);
    let mut members = Vec::new();
    let mut listed: Vec<&str> = Vec::new();
    for name in first {
        if random.chance(10) {
            members.push(json!("nobody"));
            continue;
        }
        if random.chance(15) && later.len() > 2 && !listed.contains(&later[2]) {
            members.push(json!([name, later[2]]));
            listed.push(later[2]);
        } else {
            members.push(json!(name));
        }
        listed.push(*name);
    }
    if dated {
        for name in later.iter().take(2) {
            if random.chance(60) {
                let joins = json!({"join": name, "on": around.day(random).to_string()});
                let at = usize::try_from(random.below(i64::try_from(members.len()).unwrap() + 1)).unwrap();
                members.insert(at, joins);
            }
        }
        if random.chance(50) && !listed.is_empty() {
            // After all that are there from the beginning; later than any that join, so that nobody leaves before.
            let leaves = random.pick(&listed).to_owned();
            members.push(json!({"leave": leaves, "on": around.day(random).to_string()}));
        }
    }
    json!(members)
}

/// Instants near which something happens: handoffs, edges of windows and overrides, changes of the clock, and between.
pub fn instants(random: &mut Random, around: Around, schedule: &Schedule, count: usize) -> Vec<Instant> {
    let near: Vec<_> = schedule
        .edges()
        .into_iter()
        .filter(|at| (*at - around.focus).abs() < TimeDelta::days(20))
        .chain([around.focus])
        .collect();
    (0..count)
        .map(|_| {
            if random.chance(60) {
                *random.pick(&near) + TimeDelta::minutes(*random.pick(&[-1, 0, 0, 1, -60, 60, 30]))
            } else {
                around.instant(random)
            }
        })
        .collect()
}
