//! From the lines of an event to when it is.

use chrono::{NaiveTime, TimeDelta};

use super::{EventEntry, Length, Start, Which, WrittenRule};
use crate::codes;
use crate::finding::{Finding, Level};
use crate::ical::clock::Clock;
use crate::ical::component::EventLines;
use crate::ical::event::CalendarEvent;
use crate::ical::line::Line;
use crate::ical::notes::Notes;
use crate::ical::rule::Rule;
use crate::ical::value::{self, Moment, Nominal};
use crate::ical::zone::Zones;
use crate::text::short;
use crate::time::{Elapsed, Timestamp, Zone};

/// Reads the lines of an event; none, with a finding, if nobody can tell when it is.
pub(in crate::ical) fn entry(
    event: &EventLines<'_>,
    zones: &mut Zones,
    cancelled: bool,
    notes: &mut Notes,
) -> Option<EventEntry> {
    Reader { event, zones, notes }.entry(cancelled)
}

struct Reader<'r, 'a> {
    event: &'r EventLines<'a>,
    zones: &'r mut Zones,
    notes: &'r mut Notes,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn entry(&mut self, cancelled: bool) -> Option<EventEntry> {
        let event = self.event;
        let Some(line) = self.find("DTSTART") else {
            let message = "the event has no start, so it is left out";
            self.notes.error(codes::NO_START, &event.path, message, event.begin.place());
            return None;
        };
        let start = self.start(line, &line.value)?;
        let says_cancelled = |line: &Line<'_>| line.value.trim().eq_ignore_ascii_case("CANCELLED");
        let mut entry = EventEntry {
            path: event.path.clone(),
            place: event.begin.place(),
            sequence: self.find("SEQUENCE").and_then(|line| line.value.trim().parse().ok()).unwrap_or(0),
            cancelled: cancelled || self.find("STATUS").is_some_and(says_cancelled),
            length: self.length(&start, line)?,
            rules: Vec::new(),
            excluded_rules: Vec::new(),
            dates: Vec::new(),
            excluded: Vec::new(),
            replaces: None,
            onwards: false,
            says: self.says(),
            start,
        };
        for line in &event.lines {
            match line.name.as_str() {
                "RRULE" => entry.rules.push(self.rule(line, &entry.start)?),
                "EXRULE" => entry.excluded_rules.push(self.rule(line, &entry.start)?),
                "RDATE" => {
                    entry.dates.extend(line.value.split(',').filter_map(|text| self.date(line, text, &entry.start)))
                }
                "EXDATE" => {
                    entry.excluded.extend(line.value.split(',').filter_map(|text| self.which(line, text, &entry.start)))
                }
                "RECURRENCE-ID" => {
                    entry.replaces = Some(self.which(line, &line.value, &entry.start)?);
                    entry.onwards = self.onwards(line);
                }
                _ => {}
            }
        }
        Some(entry)
    }

    fn find(&self, name: &str) -> Option<&'r Line<'a>> {
        self.event.lines.iter().find(|line| line.name == name)
    }

    fn error(&mut self, code: codes::Code, line: &Line<'_>, part: &str, message: String) {
        let path = self.path(line);
        self.notes.error(code, &path, message, line.place_of(part));
    }

    /// What a reader might not expect; it is told, and reading goes on.
    fn assumed(&mut self, line: &Line<'_>, message: String) {
        let path = self.path(line);
        self.notes.note(codes::ASSUMED, &path, message, line.place());
    }

    fn path(&self, line: &Line<'_>) -> String {
        format!("{}/{}", self.event.path, line.name)
    }

    /// A date or a time, with the clock that it is read from.
    fn moment(&mut self, line: &Line<'_>, text: &str) -> Option<(Moment, Clock)> {
        let Some(moment) = Moment::parse(text.trim()) else {
            self.error(
                codes::BAD_VALUE_IN_CALENDAR,
                line,
                text,
                format!("`{}` of `{}` is neither a day nor a time", short(text), line.name),
            );
            return None;
        };
        let zone = line.parameter("TZID").map(str::trim).filter(|zone| !zone.is_empty());
        let clock = match (moment, zone) {
            (Moment::Utc(_), _) => Some(Clock::zone(Zone::UTC)),
            (Moment::Local(_), Some(zone)) => {
                let clock = self.zones.clock(zone, line.place(), self.notes);
                if clock.is_none() {
                    let message = format!(
                        "zone `{}` is neither known nor defined by the file, so the event is left out",
                        short(zone)
                    );
                    let help = zone.parse::<Zone>().err().and_then(|no| no.hint);
                    let finding = Finding::new(Level::Error, codes::UNKNOWN_ZONE, self.path(line), message);
                    self.notes.add(Finding { help, ..finding }, line.place());
                }
                clock
            }
            (Moment::Local(_) | Moment::Day(_), _) => {
                let clock = self.zones.floating(line.place(), self.notes);
                if clock.is_none() {
                    let message =
                        format!("`{}` says in no zone, and nobody else does, so the event is left out", short(text));
                    let finding = Finding::new(Level::Error, codes::ICAL_NO_ZONE, self.path(line), message);
                    self.notes.add(finding.help("say in which zone times without one are read"), line.place());
                }
                clock
            }
        };
        Some((moment, clock?))
    }

    fn start(&mut self, line: &Line<'_>, text: &str) -> Option<Start> {
        let (moment, clock) = self.moment(line, text)?;
        let (local, whole_days) = match moment {
            Moment::Day(day) => (day.and_time(NaiveTime::MIN), true),
            Moment::Local(local) | Moment::Utc(local) => (local, false),
        };
        Some(Start { local, clock, whole_days })
    }

    fn length(&mut self, start: &Start, line: &Line<'_>) -> Option<Length> {
        match (self.find("DTEND"), self.find("DURATION")) {
            (Some(end), more) => {
                if let Some(more) = more {
                    self.assumed(more, "`DTEND` holds, and `DURATION` beside it is not used".to_owned());
                }
                self.until_end(start, line, end, &end.value)
            }
            (None, Some(duration)) => self.duration(start, duration, &duration.value),
            (None, None) if start.whole_days => Some(Length::Days(1)),
            (None, None) => Some(Length::Wall(TimeDelta::zero())),
        }
    }

    /// The length of what begins with `line` and ends as `text` of another line (or the same) says.
    fn until_end(&mut self, start: &Start, line: &Line<'_>, with: &Line<'_>, text: &str) -> Option<Length> {
        let end = self.start(with, text)?;
        if start.whole_days != end.whole_days {
            self.error(
                codes::BAD_VALUE_IN_CALENDAR,
                with,
                text,
                "a day and a time are no start and end of one event".to_owned(),
            );
            return None;
        }
        let wall = end.local.signed_duration_since(start.local);
        let same_clock =
            line.parameter("TZID") == with.parameter("TZID") && line.value.ends_with('Z') == text.ends_with('Z');
        let length = match wall.num_days() {
            0 if start.whole_days => {
                self.assumed(with, "the end is the day of the start; it lasts this day".to_owned());
                Length::Days(1)
            }
            days if start.whole_days => Length::Days(days),
            _ if same_clock => Length::Wall(wall),
            _ => Length::Exact(end.at().since(start.at())),
        };
        let negative = match length {
            Length::Exact(time) => time < Elapsed::ZERO,
            _ => wall < TimeDelta::zero(),
        };
        if negative {
            self.error(codes::ENDS_BEFORE, with, text, "the event ends before it begins, so it is left out".to_owned());
        }
        (!negative).then_some(length)
    }

    fn duration(&mut self, start: &Start, line: &Line<'_>, text: &str) -> Option<Length> {
        let Some(nominal) = Nominal::parse(text.trim()) else {
            self.error(codes::BAD_VALUE_IN_CALENDAR, line, text, format!("`{}` is no duration", short(text)));
            return None;
        };
        if nominal.days < TimeDelta::zero() || nominal.time < TimeDelta::zero() {
            self.error(codes::ENDS_BEFORE, line, text, "the event ends before it begins, so it is left out".to_owned());
            return None;
        }
        if !start.whole_days {
            return Some(Length::Nominal(nominal));
        }
        let days = nominal.days.num_days().saturating_add(nominal.time.num_days());
        if nominal.time.num_seconds() % 86_400 != 0 || days == 0 {
            self.error(
                codes::BAD_VALUE_IN_CALENDAR,
                line,
                text,
                format!("`{}` is no number of whole days", short(text)),
            );
            return None;
        }
        Some(Length::Days(days))
    }

    fn rule(&mut self, line: &Line<'_>, start: &Start) -> Option<WrittenRule> {
        match Rule::parse(&line.value) {
            Ok(rule) => {
                if rule.ends_with_a_day() && !start.whole_days {
                    self.assumed(line, "`UNTIL` names a day; occurrences on it still count".to_owned());
                }
                let rule = if start.whole_days { rule.of_whole_days() } else { rule };
                Some(WrittenRule { rule, text: line.value.to_string(), place: line.place_of_value() })
            }
            Err(no) => {
                let path = self.path(line);
                let message = format!("{}, so the event is left out", no.message(&line.value));
                let place = line.place_of(no.part().unwrap_or(&line.value));
                self.notes.error(no.code(), &path, message, place);
                None
            }
        }
    }

    /// One value of `RDATE`: a start, or a period.
    fn date(&mut self, line: &Line<'_>, text: &str, first: &Start) -> Option<(Start, Option<Length>)> {
        let (text, end) = text.split_once('/').map_or((text, None), |(start, end)| (start, Some(end)));
        let start = self.start(line, text)?;
        if start.whole_days != first.whole_days {
            let message = format!("`{}` does not fit the start: one is a day and the other a time", short(text));
            self.error(codes::BAD_VALUE_IN_CALENDAR, line, text, message);
            return None;
        }
        let length = match end {
            None => None,
            Some(end) if end.trim_start_matches('+').starts_with('P') => Some(self.duration(&start, line, end)?),
            Some(end) => {
                let end_at = self.start(line, end)?.at();
                let time = end_at.since(start.at());
                if time < Elapsed::ZERO {
                    self.error(codes::ENDS_BEFORE, line, end, "the period ends before it begins".to_owned());
                    return None;
                }
                Some(Length::Exact(time))
            }
        };
        Some((start, length))
    }

    /// Which occurrence of an event with this start is meant.
    fn which(&mut self, line: &Line<'_>, text: &str, start: &Start) -> Option<Which> {
        let (moment, clock) = self.moment(line, text)?;
        Some(match moment {
            Moment::Day(day) => {
                if !start.whole_days {
                    self.assumed(line, format!("`{}` names a day, and stands for each occurrence on it", line.name));
                }
                Which::On(day)
            }
            Moment::Local(local) if start.whole_days => Which::On(local.date()),
            Moment::Utc(utc) if start.whole_days => {
                let local = Timestamp::from_utc(utc.and_utc()).map(|at| start.clock.local(at));
                Which::On(local.filter(|local| local.time() == NaiveTime::MIN).unwrap_or(utc).date())
            }
            Moment::Local(local) | Moment::Utc(local) => Which::At(clock.instant(local)),
        })
    }

    fn onwards(&mut self, line: &Line<'_>) -> bool {
        let onwards = line.parameter("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
        if onwards {
            let (path, message) = (self.path(line), "the change is taken for all later occurrences too");
            self.notes.note(codes::THIS_AND_FUTURE, &path, message, line.place());
        }
        onwards
    }

    fn says(&mut self) -> CalendarEvent {
        let event = self.event;
        let text = |name: &str| {
            let line = event.lines.iter().find(|line| line.name == name)?;
            Some(value::text(&line.value)).filter(|text| !text.trim().is_empty())
        };
        let uid = self.find("UID").map(|line| value::text(line.value.trim())).filter(|uid| !uid.is_empty());
        let uid = uid.unwrap_or_else(|| {
            let uid = format!("line-{}", event.begin.number());
            let message = format!("the event has no `UID`; it is called `{uid}`");
            self.notes.note(codes::ASSUMED, &event.path, message, event.begin.place());
            uid
        });
        let lists = event.lines.iter().filter(|line| line.name == "CATEGORIES");
        CalendarEvent {
            summary: text("SUMMARY"),
            description: text("DESCRIPTION"),
            categories: lists.flat_map(|line| value::texts(&line.value)).collect(),
            organizer: self.find("ORGANIZER").and_then(|line| self.mail(line)),
            attendees: event
                .lines
                .iter()
                .filter(|line| line.name == "ATTENDEE")
                .filter_map(|line| self.mail(line))
                .collect(),
            priority: self.find("PRIORITY").and_then(|line| self.priority(line)),
            line: Some(event.begin.number()),
            ..CalendarEvent::new(uid, Timestamp::MIN, Timestamp::MIN)
        }
    }

    fn mail(&mut self, line: &Line<'_>) -> Option<String> {
        let mail = value::mail(line.value.trim()).or_else(|| line.parameter("EMAIL").and_then(value::mail));
        if mail.is_none() {
            let (path, message) = (self.path(line), format!("`{}` is no mail address", short(&line.value)));
            self.notes.note(codes::BAD_VALUE_IN_CALENDAR, &path, message, line.place_of_value());
        }
        mail.map(str::to_owned)
    }

    fn priority(&mut self, line: &Line<'_>) -> Option<u8> {
        let priority = line.value.trim().parse().ok().filter(|priority| (0..=9).contains(priority));
        if priority.is_none() {
            let (path, message) = (self.path(line), format!("priority `{}` is not from 0 to 9", short(&line.value)));
            self.notes.warn(codes::BAD_VALUE_IN_CALENDAR, &path, message, line.place_of_value());
        }
        priority.filter(|priority| *priority > 0)
    }
}
