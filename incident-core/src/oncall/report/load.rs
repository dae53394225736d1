//! Who carries how much, each by their own clock.

use std::collections::BTreeMap;

use super::answer::{AsleepWeek, DoubleBooking, LoadOptions, LoadReport, LoadWeek, PersonLoad, ReportSpan};
use super::balance::balance;
use super::booked::{Booked, Named, booked, name_of, zone_of};
use super::stretches::Stretches;
use super::{hours, span};
use crate::codes;
use crate::error::Result;
use crate::finding::{Finding, Level};
use crate::id::{PersonId, ScheduleId};
use crate::oncall::schedule::Schedule;
use crate::time::{Date, Days, Elapsed, Hours, TZ_VERSION, Timestamp, Window, WindowZone, Zone};

impl Schedule {
    /// Who is on call for how long in a span, each by their own clock.
    ///
    /// ```
    /// use incident_core::{Format, LoadOptions, Schedule, Source};
    ///
    /// let text = r#"
    /// people = { ana = { zone = "Europe/Berlin" }, bo = { zone = "Asia/Tokyo" } }
    /// [[rotation]]
    /// zone    = "Europe/Berlin"
    /// turn    = "1 week"
    /// start   = "2026-12-07T08:00"
    /// members = ["ana", "bo"]
    /// "#;
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let (start, end) = ("2026-12-07T07:00:00Z".parse()?, "2026-12-21T07:00:00Z".parse()?);
    /// let load = schedule.load(start, end, &LoadOptions::default())?;
    /// assert_eq!((load.people[0].total, load.people[0].asleep), ("168h".parse()?, "63h".parse()?));
    /// assert_eq!(load.balance.why, "everybody has 168 h on call");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn load(&self, start: Timestamp, end: Timestamp, options: &LoadOptions) -> Result<LoadReport> {
        load(&[(None, self)], start, end, options)
    }
}

/// Who is on call for how long in several schedules together: an hour in two of them counts once, and is told as a
/// double booking.
///
/// # Errors
/// Those of [`Schedule::load`]
pub fn load_together(
    schedules: &BTreeMap<ScheduleId, Schedule>,
    start: Timestamp,
    end: Timestamp,
    options: &LoadOptions,
) -> Result<LoadReport> {
    let named: Vec<_> = schedules.iter().map(|(name, schedule)| (Some(name), schedule)).collect();
    load(&named, start, end, options)
}

fn load(schedules: &[Named<'_>], start: Timestamp, end: Timestamp, options: &LoadOptions) -> Result<LoadReport> {
    span(start, end)?;
    let booked = booked(schedules, start, end);
    let (mut people, mut double_booked, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    for (person, booked) in &booked {
        let name = name_of(schedules, options, person);
        let known = zone_of(schedules, options, person);
        if known.is_none() {
            let message = format!("`{person}` has no zone: nights and weekends are counted in UTC");
            let finding = Finding::new(Level::Note, codes::PERSON_WITHOUT_ZONE, "", message);
            findings.push(finding.help("say the person's `zone` in `people`").fact("person", person));
        }
        let clock = Clock::new(known.unwrap_or(Zone::UTC), options, start, end);
        people.push(clock.load(person, name, booked));
        double_booked.extend(bookings(person, name, clock.zone, booked));
    }
    let names: Vec<_> = people.iter().map(|it| name_of(schedules, options, &it.person)).collect();
    let each = |of: fn(&PersonLoad) -> Elapsed| {
        people.iter().zip(&names).map(|(it, name)| (&it.person, *name, of(it))).collect::<Vec<_>>()
    };
    let balance_of = balance(&each(|it| it.total), "on call");
    let asleep_balance = balance(&each(|it| it.asleep), "in sleeping hours");
    let most_asleep = most_asleep(&people);
    let mut why: Vec<_> = people.iter().zip(&names).map(|(it, name)| format!("{name} {}", hours(it.total))).collect();
    why = vec![if why.is_empty() { "nobody is on call".to_owned() } else { why.join(", ") }];
    if let Some(week) = &most_asleep {
        let name = name_of(schedules, options, &week.person);
        why.push(format!(
            "at most {} a week in sleeping hours ({name}, week of {})",
            hours(week.asleep),
            week.starts_on
        ));
    }
    let why = format!("{} (tz {TZ_VERSION})", why.join("; "));
    let tz_version = TZ_VERSION.to_owned();
    let balance = balance_of;
    Ok(LoadReport {
        start,
        end,
        people,
        balance,
        asleep_balance,
        most_asleep,
        double_booked,
        findings,
        tz_version,
        why,
    })
}

/// The first week with the most sleeping hours of anybody.
fn most_asleep(people: &[PersonLoad]) -> Option<AsleepWeek> {
    let weeks = people.iter().flat_map(|it| it.weeks.iter().map(move |week| (it, week)));
    let asleep = weeks.filter(|(_, week)| week.asleep.is_positive());
    let most = asleep.min_by_key(|(it, week)| (std::cmp::Reverse(week.asleep), week.starts_on, &it.person));
    most.map(|(it, week)| AsleepWeek { person: it.person.clone(), starts_on: week.starts_on, asleep: week.asleep })
}

fn bookings(person: &PersonId, name: &str, zone: Zone, booked: &Booked<'_>) -> Vec<DoubleBooking> {
    let of = |(start, end): (Timestamp, Timestamp)| {
        let there = booked.each.iter().filter(|(_, here)| here.cut(start, end).count() > 0);
        let schedules: Vec<ScheduleId> = there.filter_map(|(name, _)| (*name).cloned()).collect();
        let listed: Vec<_> = schedules.iter().map(|it| format!("`{it}`")).collect();
        let (length, when) = (hours(end.since(start)), zone.say(start));
        let why = format!("{name} is on call in {} at once for {length} from {when}", listed.join(" and "));
        DoubleBooking { person: person.clone(), schedules, start, end, why }
    };
    booked.twice.iter().map(of).collect()
}

/// What hours are what, by the clock of one person.
pub(super) struct Clock {
    pub(super) zone: Zone,
    asleep: Stretches,
    weekend: Stretches,
    holiday: Stretches,
    /// Each week, by its Monday.
    weeks: Vec<(Date, Timestamp, Timestamp)>,
}

impl Clock {
    /// Of a span of time.
    pub(super) fn new(zone: Zone, options: &LoadOptions, start: Timestamp, end: Timestamp) -> Self {
        let usual = || Window {
            zone: WindowZone::Recipient,
            hours: "daily 22:00-07:00".parse::<Hours>().into_iter().collect(),
            closed: Default::default(),
        };
        let window = options.asleep.clone().unwrap_or_else(usual);
        let asleep = stretches(&window, window.zone.resolve(Some(zone)), start, end);
        let weekend = Window::new(zone, "Sat-Sun".parse::<Hours>());
        let weekend = stretches(&weekend, zone, start, end);
        let whole = |first, last| Days::new(first, last).map(|days| days.span(zone));
        let holidays = options.holidays.iter().filter_map(|day| whole(*day, *day));
        let holiday = Stretches::of(holidays.map(|it| (it.start, it.end.unwrap_or(end)))).cut(start, end);
        let monday = |day: Date| day.plus_days(-i64::from(day.weekday().index()));
        let first = monday(zone.day(start));
        let mondays = std::iter::successors(first, |day| day.plus_days(7));
        let weeks = mondays.filter_map(|day| {
            let week = whole(day, day.plus_days(6)?)?;
            Some((day, week.start.max(start), week.end.unwrap_or(end).min(end)))
        });
        let weeks = weeks.take_while(|(_, begins, _)| *begins < end).collect();
        Self { zone, asleep, weekend, holiday, weeks }
    }

    /// How much of a span falls into sleeping hours.
    pub(super) fn asleep(&self, start: Timestamp, end: Timestamp) -> Elapsed {
        self.asleep.cut(start, end).length()
    }

    fn load(&self, person: &PersonId, name: &str, booked: &Booked<'_>) -> PersonLoad {
        let all = &booked.all;
        let (asleep, weekend, holiday) =
            (all.within(&self.asleep), all.within(&self.weekend), all.within(&self.holiday));
        let week = |(starts_on, start, end): &(Date, Timestamp, Timestamp)| {
            let of = |of: &Stretches| of.cut(*start, *end).length();
            let total = of(all);
            total.is_positive().then(|| LoadWeek {
                starts_on: *starts_on,
                total,
                asleep: of(&asleep),
                weekend: of(&weekend),
                holiday: of(&holiday),
            })
        };
        let shifts = booked.each.iter().map(|(_, here)| here.count()).sum();
        let (total, asleep_all) = (all.length(), asleep.length());
        let longest = all.longest().map(|it| self.told(it, "on call"));
        let least_rest = all.least_between().map(|it| self.told(it, "off"));
        let mut parts = vec![format!("{name}: {} on call", hours(total))];
        let kinds =
            [(asleep_all, "in sleeping hours"), (weekend.length(), "at weekends"), (holiday.length(), "on holidays")];
        let said = kinds.iter().filter(|(length, _)| length.is_positive());
        parts.extend(said.map(|(length, what)| format!("{} {what}", hours(*length))));
        parts.extend((shifts > 0).then(|| format!("{shifts} {}", if shifts == 1 { "shift" } else { "shifts" })));
        parts.extend(longest.iter().map(|it| format!("at most {} without a pause", hours(it.length))));
        parts.extend(least_rest.iter().map(|it| format!("at least {} of rest between shifts", hours(it.length))));
        PersonLoad {
            person: person.clone(),
            zone: self.zone,
            total,
            asleep: asleep_all,
            weekend: weekend.length(),
            holiday: holiday.length(),
            shifts,
            weeks: self.weeks.iter().filter_map(week).collect(),
            longest,
            least_rest,
            why: parts.join(", "),
        }
    }

    fn told(&self, (start, end): (Timestamp, Timestamp), what: &str) -> ReportSpan {
        let length = end.since(start);
        let why = format!("{what} for {} from {}", hours(length), self.zone.say(start));
        ReportSpan { start, end, length, away: Vec::new(), why }
    }
}

/// Longer than any stretch of a window, in days.
const LONGEST_STRETCH: i64 = 9;

/// The stretches of a window in a span.
fn stretches(window: &Window, zone: Zone, start: Timestamp, end: Timestamp) -> Stretches {
    let (day, last) = (zone.day(start), zone.day(end));
    let first = day.plus_days(-LONGEST_STRETCH).unwrap_or(day);
    let days = std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(|day| *day <= last);
    let spans = days.flat_map(|day| window.stretches(zone, day).collect::<Vec<_>>());
    Stretches::of(spans.map(|span| (span.start, span.end.unwrap_or(end)))).cut(start, end)
}
