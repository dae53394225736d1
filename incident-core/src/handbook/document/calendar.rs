//! Days that have a name.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};
use serde::{Serialize, Serializer};

use crate::time::Date;

/// The days of a calendar: a list of them, or the name of an `.ics` file whose all-day events they are.
///
/// ```
/// use incident_core::{CalendarDays, Format, Source};
///
/// let listed: Vec<CalendarDays> = vec![Source::parse("days = ['2026-12-25']", Format::Toml)?
///     .read::<std::collections::BTreeMap<String, CalendarDays>>()?
///     .remove("days")
///     .unwrap_or_default()];
/// assert_eq!(listed, [CalendarDays::Listed(["2026-12-25".parse()?].into())]);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum CalendarDays {
    /// These days.
    Listed(BTreeSet<Date>),
    /// Those of a file beside the one that names it.
    File(String),
}

impl Default for CalendarDays {
    fn default() -> Self {
        Self::Listed(BTreeSet::new())
    }
}

impl Serialize for CalendarDays {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Listed(days) => days.serialize(to),
            Self::File(name) => name.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for CalendarDays {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = CalendarDays;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of days, or the name of an .ics file")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(CalendarDays::File(name.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                BTreeSet::deserialize(SeqAccessDeserializer::new(list)).map(CalendarDays::Listed)
            }
        }
        from.deserialize_any(Either)
    }
}
