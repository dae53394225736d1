//! Zones that a calendar defines itself: `VTIMEZONE` (RFC 5545, 3.6.5).

use chrono::{NaiveDateTime, TimeDelta};

use crate::codes;
use crate::time::Timestamp;

use super::budget::Budget;
use super::clock::instant_at;
use super::component::ZoneLines;
use super::line::Line;
use super::notes::Notes;
use super::rule::{Rule, Search};
use super::value::{self, Moment};

/// When the clock of a zone is set to which offset.
#[derive(Debug, PartialEq)]
pub(super) struct Definition {
    /// The offset before the first onset.
    first: TimeDelta,
    /// In order.
    onsets: Vec<Onset>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Onset {
    at: Timestamp,
    before: TimeDelta,
    after: TimeDelta,
}

impl Definition {
    /// Reads a definition up to a year; none if it has no observance that can be read.
    pub(super) fn read(
        zone: &ZoneLines<'_>,
        until: NaiveDateTime,
        budget: &mut Budget,
        notes: &mut Notes,
    ) -> Option<Self> {
        let mut onsets = Vec::new();
        for lines in &zone.observances {
            match observance(lines, until, budget) {
                Ok(found) => onsets.extend(found),
                Err((line, message)) => {
                    let place = line.map_or_else(|| zone.begin.place(), Line::place_of_value);
                    notes.error(codes::BAD_ZONE, "", message, place);
                    return None;
                }
            }
        }
        onsets.sort_by_key(|onset| onset.at);
        let first = onsets.first().map(|onset| onset.before);
        if first.is_none() {
            notes.error(codes::BAD_ZONE, "", "the zone has no rule", zone.begin.place());
        }
        Some(Self { first: first?, onsets })
    }

    /// The offset from an index on: of what stands before the first onset, or after the one before the index.
    fn offset(&self, index: usize) -> TimeDelta {
        let onset = index.checked_sub(1).and_then(|index| self.onsets.get(index));
        onset.map_or(self.first, |onset| onset.after)
    }

    pub(super) fn local(&self, at: Timestamp) -> NaiveDateTime {
        let index = self.onsets.partition_point(|onset| onset.at <= at);
        let utc = at.to_utc().naive_utc();
        utc.checked_add_signed(self.offset(index)).unwrap_or(utc)
    }

    /// As [`Clock::instant`](super::clock::Clock::instant): the first that has this local time; without one, by the offset before the gap.
    pub(super) fn instant(&self, local: NaiveDateTime) -> Timestamp {
        let day = TimeDelta::days(1);
        let early = instant_at(local, day);
        let mut index = self.onsets.partition_point(|onset| onset.at <= early);
        loop {
            let at = instant_at(local, self.offset(index));
            match self.onsets.get(index) {
                // It is not over yet, or the clock jumps over it: both by this offset.
                Some(next) if at >= next.at && instant_at(local, next.after) >= next.at => {
                    index = index.saturating_add(1)
                }
                _ => return at,
            }
        }
    }
}

/// The onsets of one `STANDARD` or `DAYLIGHT`, or which line is wrong and how.
fn observance<'l, 'a>(
    lines: &'l [Line<'a>],
    until: NaiveDateTime,
    budget: &mut Budget,
) -> Result<Vec<Onset>, (Option<&'l Line<'a>>, String)> {
    let find = |name: &str| lines.iter().find(|line| line.name == name);
    let needed = |name: &str| find(name).ok_or_else(|| (None, format!("a rule of the zone has no `{name}`")));
    let offset = |name: &str| {
        let line = needed(name)?;
        let seconds = value::offset(line.value.trim());
        let seconds =
            seconds.ok_or_else(|| (Some(line), format!("`{}` is no offset", crate::text::short(&line.value))))?;
        Ok(TimeDelta::seconds(i64::from(seconds)))
    };
    let (before, after) = (offset("TZOFFSETFROM")?, offset("TZOFFSETTO")?);
    let moments = |line: &'l Line<'a>| {
        let read = line.value.split(',').map(|text| match Moment::parse(text.trim()) {
            Some(Moment::Local(local)) => Ok(local),
            Some(Moment::Day(day)) => Ok(day.and_time(chrono::NaiveTime::MIN)),
            Some(Moment::Utc(utc)) => Ok(utc.checked_add_signed(before).unwrap_or(utc)),
            None => Err((Some(line), format!("`{}` is no local time", crate::text::short(text)))),
        });
        read.collect::<Result<Vec<_>, _>>()
    };
    let start = needed("DTSTART")?;
    let Some(first) = moments(start)?.first().copied() else { return Ok(Vec::new()) };
    let mut locals = vec![first];
    for line in lines {
        match line.name.as_str() {
            "RDATE" => locals.extend(moments(line)?),
            "RRULE" => {
                let rule = Rule::parse(&line.value).map_err(|no| (Some(line), no.message(&line.value)))?;
                let mut search = Search::new(budget.steps_of_event());
                // What ends it is written in UTC, and the clock then shows the offset before.
                let found = rule.starts(first, (first, until), |local| instant_at(local, before), &mut search);
                budget.spend(search.taken());
                locals.extend(found.map_err(|no| (Some(line), no.message(&line.value)))?);
            }
            _ => {}
        }
    }
    Ok(locals.into_iter().map(|local| Onset { at: instant_at(local, before), before, after }).collect())
}
