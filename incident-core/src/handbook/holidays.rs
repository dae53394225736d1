//! The days of a calendar that is a file.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::time::Date;

/// The days of the all-day events of an `.ics` file, and what is wrong with it.
#[cfg(feature = "ical")]
pub(super) fn read(name: &str, text: &str) -> (BTreeSet<Date>, Vec<Finding>) {
    use crate::finding::Place;

    let here = |place: Place| Place { file: Some(name.to_owned()), ..place };
    let placed = |finding: Finding| {
        let at = finding.at.clone().map(here);
        finding.placed(at)
    };
    let Some(within) = years() else { return Default::default() };
    match crate::ical::days(text, within) {
        Ok(read) => (read.dates, read.findings.into_iter().map(placed).collect()),
        Err(error) => (BTreeSet::new(), vec![placed(error.to_finding())]),
    }
}

/// A policy is made for now: a rule that repeats for ever is looked at within these years.
#[cfg(feature = "ical")]
fn years() -> Option<crate::time::Days> {
    "2000-01-01..2099-12-31".parse().ok()
}

/// Without the reader of calendars there are none.
#[cfg(not(feature = "ical"))]
pub(super) fn read(name: &str, _text: &str) -> (BTreeSet<Date>, Vec<Finding>) {
    let message = format!("this build reads no calendars: `{}` has no days", crate::text::short(name));
    let finding = Finding::new(crate::finding::Level::Error, crate::codes::MISSING_FILE, "", message);
    (BTreeSet::new(), vec![finding.help("switch on feature `ical`, or list the days")])
}
