//! Local times of a calendar as instants, by the rules of RFC 5545.

use std::rc::Rc;

use chrono::{NaiveDateTime, TimeDelta};

use crate::time::{Elapsed, Occurrence, Timestamp, Zone};

use super::definition::Definition;

/// Whose wall clock local times are read from.
#[derive(Clone, Debug)]
pub(super) enum Clock {
    /// A zone of the database, and what the file says about it.
    Zone { zone: Zone, claim: Option<Rc<Claim>> },
    /// A zone that the file defines.
    Defined(Rc<Definition>),
}

/// What a file says about a zone that the database has.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) name: String,
    pub(super) definition: Rc<Definition>,
}

impl Clock {
    pub(super) fn zone(zone: Zone) -> Self {
        Self::Zone { zone, claim: None }
    }

    /// The instant of a local time: one that comes twice is the first, one that does not exist is counted from before the
    /// gap, so 02:30 becomes 03:30 (RFC 5545, 3.3.5).
    pub(super) fn instant(&self, local: NaiveDateTime) -> Timestamp {
        match self {
            Self::Zone { zone, .. } => {
                let at = zone.instant(local, Occurrence::First);
                if zone.local(at) == local { at } else { before_gap(*zone, local, at) }
            }
            Self::Defined(definition) => definition.instant(local),
        }
    }

    /// The local time of an instant.
    pub(super) fn local(&self, at: Timestamp) -> NaiveDateTime {
        match self {
            Self::Zone { zone, .. } => zone.local(at),
            Self::Defined(definition) => definition.local(at),
        }
    }

    /// What the file says about the zone, if that gives another instant.
    pub(super) fn contradiction(&self, local: NaiveDateTime) -> Option<&Claim> {
        let Self::Zone { claim: Some(claim), .. } = self else { return None };
        (claim.definition.instant(local) != self.instant(local)).then_some(claim)
    }
}

/// A local time that is skipped when the clock is set forward at `gap`, by the clock that was not.
fn before_gap(zone: Zone, local: NaiveDateTime, gap: Timestamp) -> Timestamp {
    let before = gap.plus(Elapsed::from_micros(-1_000_000));
    let offset = zone.local(before).signed_duration_since(before.to_utc().naive_utc());
    instant_at(local, offset)
}

/// The instant of a local time at an offset from UTC; the nearest one in the years 0001 to 9999.
pub(super) fn instant_at(local: NaiveDateTime, offset: TimeDelta) -> Timestamp {
    let utc = local.checked_sub_signed(offset).unwrap_or(local).and_utc();
    let micros = utc.timestamp_micros();
    Timestamp::from_micros(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
