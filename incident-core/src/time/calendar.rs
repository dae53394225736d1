//! Business days.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Date, Weekday};

/// Which days are business days: the working days of the week, less the holidays.
///
/// ```
/// use incident_core::{Calendar, Date};
///
/// let calendar = Calendar { holidays: ["2026-12-25".parse()?].into(), ..Calendar::default() };
/// let thursday: Date = "2026-12-24".parse()?;
/// assert_eq!(calendar.after(thursday, 1), Some("2026-12-28".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calendar {
    /// The working days of a week; Monday to Friday if absent.
    pub workdays: BTreeSet<Weekday>,
    /// Days on which nobody works.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub holidays: BTreeSet<Date>,
}

impl Default for Calendar {
    fn default() -> Self {
        use Weekday::{Fri, Mon, Thu, Tue, Wed};
        Self { workdays: [Mon, Tue, Wed, Thu, Fri].into(), holidays: BTreeSet::new() }
    }
}

/// Longer than any run of days without a business day in a calendar that has one.
const SEARCH: usize = 4_000;

impl Calendar {
    /// Whether people work on a day.
    #[must_use]
    pub fn is_business(&self, day: Date) -> bool {
        self.workdays.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The business day on a day or after it; none where the calendar has no working days.
    #[must_use]
    pub fn on_or_after(&self, day: Date) -> Option<Date> {
        std::iter::successors(Some(day), |day| day.plus_days(1)).take(SEARCH).find(|day| self.is_business(*day))
    }

    /// The business day `days` business days after a day; none where the calendar has no working days.
    #[must_use]
    pub fn after(&self, day: Date, days: u32) -> Option<Date> {
        (0..days).try_fold(day, |day, _| self.on_or_after(day.plus_days(1)?))
    }
}
