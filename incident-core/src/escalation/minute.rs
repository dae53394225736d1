//! Whole minutes: what an escalation counts in.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

use crate::time::{Elapsed, Timestamp};

const MINUTE: i64 = 60_000_000;

/// A minute of universal time, counted from 1970.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Minute(pub(super) i64);

impl Minute {
    /// The minute that an instant falls into.
    pub(super) fn of(at: Timestamp) -> Self {
        Self(at.as_micros().div_euclid(MINUTE))
    }

    /// The first minute that begins at an instant or after it.
    pub(super) fn from(at: Timestamp) -> Self {
        Self(at.as_micros().saturating_add(MINUTE - 1).div_euclid(MINUTE))
    }

    /// Its beginning; the last (or first) instant there is where that is outside the years.
    pub(super) fn start(self) -> Timestamp {
        let micros = self.0.saturating_mul(MINUTE);
        Timestamp::from_micros(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    pub(super) fn next(self) -> Self {
        self + 1
    }
}

impl Add<i64> for Minute {
    type Output = Self;
    fn add(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes))
    }
}

impl Sub for Minute {
    type Output = i64;
    fn sub(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl Serialize for Minute {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.start().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Minute {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Timestamp::deserialize(from).map(Self::of)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Minute {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Timestamp::schema_name()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        types.subschema_for::<Timestamp>()
    }
}

/// A duration in whole minutes.
pub(super) fn minutes(elapsed: Elapsed) -> i64 {
    elapsed.as_micros().div_euclid(MINUTE)
}
