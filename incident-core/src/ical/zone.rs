//! Which zone a `TZID` stands for: one of the database, by whatever name it is known, or one that the file defines.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDateTime;

use crate::codes;
use crate::finding::Place;
use crate::time::Zone;

use super::budget::Budget;
use super::clock::{Claim, Clock};
use super::component::Calendar;
use super::definition::Definition;
use super::notes::Notes;
use super::windows::windows_zone;

/// The zones of one calendar.
#[derive(Debug)]
pub(super) struct Zones {
    floating: Floating,
    defined: BTreeMap<String, Rc<Definition>>,
    /// Names from the database that definitions give themselves.
    located: BTreeMap<String, Zone>,
    known: BTreeMap<String, Option<Clock>>,
}

/// Where times without a zone and whole days are.
#[derive(Debug)]
pub(super) enum Floating {
    /// In this zone, and the reader does not mind: only days are asked for.
    Days(Zone),
    /// In the zone of whoever asks.
    Asked(Zone),
    /// In the zone that the calendar calls its own.
    Said(Zone),
    /// Nobody knows.
    Unknown,
    /// It has been told.
    Told(Zone),
}

impl Floating {
    pub(super) fn of(calendar: &Calendar<'_>, asked: Option<Zone>) -> Self {
        let said = || calendar.property("X-WR-TIMEZONE").and_then(|line| line.value.trim().parse().ok());
        asked.map(Self::Asked).or_else(|| said().map(Self::Said)).unwrap_or(Self::Unknown)
    }
}

impl Zones {
    /// The definitions of a calendar, expanded up to a local time.
    pub(super) fn read(
        calendar: &Calendar<'_>,
        floating: Floating,
        until: NaiveDateTime,
        budget: &mut Budget,
        notes: &mut Notes,
    ) -> Self {
        let mut zones = Self { floating, defined: BTreeMap::new(), located: BTreeMap::new(), known: BTreeMap::new() };
        for zone in &calendar.zones {
            let find = |name: &str| zone.lines.iter().find(|line| line.name == name);
            let Some(name) = find("TZID").map(|line| line.value.trim().to_owned()) else {
                notes.error(codes::BAD_ZONE, "", "a zone has no `TZID`", zone.begin.place());
                continue;
            };
            if let Some(located) = find("X-LIC-LOCATION").and_then(|line| line.value.trim().parse().ok()) {
                zones.located.insert(name.clone(), located);
            }
            if let Some(definition) = Definition::read(zone, until, budget, notes) {
                zones.defined.insert(name, Rc::new(definition));
            }
        }
        zones
    }

    /// The clock of a `TZID`; none if nobody knows it.
    pub(super) fn clock(&mut self, name: &str, at: Option<Place>, notes: &mut Notes) -> Option<Clock> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let clock = self.find(name, at, notes);
        self.known.insert(name.to_owned(), clock.clone());
        clock
    }

    fn find(&self, name: &str, at: Option<Place>, notes: &mut Notes) -> Option<Clock> {
        let short = crate::text::short(name);
        let defined = self.defined.get(name);
        let zone = name.parse().ok().or_else(|| {
            let zone = self.located.get(name).copied().or_else(|| path_zone(name)).or_else(|| windows_zone(name))?;
            notes.note(codes::ZONE_MAPPED, "", format!("zone `{short}` is taken for `{zone}`"), at.clone());
            Some(zone)
        });
        match (zone, defined) {
            (Some(zone), defined) => {
                let claim = |definition: &Rc<Definition>| {
                    Rc::new(Claim { name: name.to_owned(), definition: Rc::clone(definition) })
                };
                Some(Clock::Zone { zone, claim: defined.map(claim) })
            }
            (None, Some(definition)) => {
                let message = format!("zone `{short}` is in no database; it is taken as the file defines it");
                notes.note(codes::ZONE_DEFINED, "", message, at);
                Some(Clock::Defined(Rc::clone(definition)))
            }
            (None, None) => None,
        }
    }

    /// The clock of times that have no zone, and of whole days; the first use is a finding.
    pub(super) fn floating(&mut self, at: Option<Place>, notes: &mut Notes) -> Option<Clock> {
        let (zone, who) = match self.floating {
            Floating::Days(zone) | Floating::Told(zone) => return Some(Clock::zone(zone)),
            Floating::Asked(zone) => (zone, "as asked"),
            Floating::Said(zone) => (zone, "because the calendar names it"),
            Floating::Unknown => return None,
        };
        self.floating = Floating::Told(zone);
        let message = format!("whole days and times without a zone are read in `{zone}`, {who}");
        notes.note(codes::FLOATING_TIME, "", message, at);
        Some(Clock::zone(zone))
    }
}

/// `/example.org/20050126_1/Europe/Berlin`: the part behind that is in the database, as some programs write it.
fn path_zone(name: &str) -> Option<Zone> {
    let path = name.strip_prefix('/')?;
    let behind = path.match_indices('/').filter_map(|(at, _)| path.get(at.checked_add(1)?..));
    std::iter::once(path).chain(behind).find_map(|rest| rest.parse().ok())
}
