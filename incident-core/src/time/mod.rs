//! Instants, durations, zones, calendars and windows; the only place that touches time zone data, and no clock.
//!
//! Three durations stay apart, because they are three things: [`Elapsed`] is physical time (`15m`), a [`Turn`] is a
//! civil step of a rotation (`1 week` keeps the wall clock across a change of summer time), and a [`Term`] is a due
//! date as people agree on it (`5 business days`). A [`Span`] is half-open: its start is in it, its end is not.

mod calendar;
mod clock;
mod date;
mod days;
mod elapsed;
mod hours;
mod moment;
#[cfg(feature = "ical")]
mod offset;
mod span;
mod term;
mod timestamp;
mod turn;
mod window;
mod zone;

pub use calendar::Calendar;
pub(crate) use clock::{Clock, civil, micros};
pub use date::{Date, Weekday};
pub use days::Days;
pub use elapsed::Elapsed;
pub use hours::Hours;
pub use moment::Moment;
#[cfg(feature = "ical")]
pub(crate) use offset::ZoneOffset;
pub use span::Span;
pub use term::Term;
pub use timestamp::Timestamp;
pub use turn::{Turn, TurnUnit};
pub use window::{Window, WindowZone};
pub use zone::{Occurrence, TZ_VERSION, Zone};

/// Serde through `FromStr` and `Display`, with this type's own error code.
macro_rules! as_text {
    ($($Type:ident),*) => {$(
        impl serde::Serialize for $Type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $Type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                std::borrow::Cow::<'de, str>::deserialize(from)?.parse().map_err($crate::decode::carry)
            }
        }
    )*};
}
pub(crate) use as_text;

as_text!(Date, Days, Elapsed, Hours, Moment, Term, Timestamp, Turn, WindowZone, Zone);

#[cfg(test)]
mod tests;
