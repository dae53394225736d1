//! Reports about schedules.

use std::collections::BTreeMap;

use crate::call::register::operations;
use crate::{
    Finding, LoadOptions, LoadReport, PersonId, Result, Schedule, ScheduleCoverage, ScheduleDifference,
    ScheduleDocument, ScheduleId, ScheduleQuality, ShiftTakers, Timestamp,
};

/// Schedules of documents, by name; errors say in which.
fn schedules(
    argument: &str,
    documents: BTreeMap<ScheduleId, ScheduleDocument>,
) -> Result<BTreeMap<ScheduleId, Schedule>> {
    let each = |(name, document): (ScheduleId, ScheduleDocument)| {
        let place = format!("{argument}{}", crate::text::pointer_step(name.as_str()));
        Ok((name, Schedule::of(document).map_err(|error| error.within(&place))?))
    };
    documents.into_iter().map(each).collect()
}

operations! {
    Schedule:
        /// How much of a span somebody is on call, with every gap and every empty shift.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view coverage(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Result<ScheduleCoverage> {
            schedule.coverage(start, end)
        }

        /// Who is on call for how long in a span, each by their own clock: sleeping hours, weekends, holidays, weeks, the
        /// longest stretch, the least rest, and how evenly it falls.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view load(schedule: &Schedule, start: Timestamp, end: Timestamp, options: Option<LoadOptions>) -> Result<LoadReport> {
            schedule.load(start, end, &options.unwrap_or_default())
        }

        /// Who of its people could take a shift, whoever has the least time on call first, and why the others cannot;
        /// `beside` are other schedules in which people may be on call.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`, and what `Schedule.of` refuses.
        view who_could_take(schedule: &Schedule, start: Timestamp, end: Timestamp, beside: Option<BTreeMap<ScheduleId, ScheduleDocument>>, options: Option<LoadOptions>) -> Result<ShiftTakers> {
            let beside = schedules("/beside", beside.unwrap_or_default())?;
            schedule.who_could_take(start, end, &beside, &options.unwrap_or_default())
        }

        /// The score of a span by the formula of Grafana OnCall, to be compared with what that tool showed.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view quality_grafana(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Result<ScheduleQuality> {
            schedule.quality_grafana(start, end)
        }

        /// The shifts of a span as a table in Markdown, local time first; those of one person where one is named.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view to_markdown(schedule: &Schedule, title: String, start: Timestamp, end: Timestamp, person: Option<PersonId>) -> Result<String> {
            schedule.to_markdown(&title, start, end, person.as_ref())
        }

        /// The shifts of a span as a page of their own, that needs nothing else; those of one person where one is named.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view to_html(schedule: &Schedule, title: String, start: Timestamp, end: Timestamp, person: Option<PersonId>) -> Result<String> {
            schedule.to_html(&title, start, end, person.as_ref())
        }

        /// What `check` finds, and what is questionable in a span: shifts that nobody is left in, turns without length,
        /// windows that overlap where the clock is set back.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view check_over(schedule: &Schedule, start: Timestamp, end: Timestamp) -> Result<Vec<Finding>> {
            schedule.check_over(start, end)
        }

        /// What `check_over` finds in a span and did not find in `base`, the schedule as it was, and where somebody was added
        /// or removed without a day, so that others get other turns.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view check_over_against(schedule: &Schedule, base: &Schedule, start: Timestamp, end: Timestamp) -> Result<Vec<Finding>> {
            schedule.check_over_against(base, start, end)
        }

        /// What changes in a span when this schedule is replaced by a newer one: who moves when, what was edited, and
        /// whether somebody was added or removed without a day.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`.
        view difference(schedule: &Schedule, newer: &Schedule, start: Timestamp, end: Timestamp) -> Result<ScheduleDifference> {
            schedule.difference(newer, start, end)
        }
    Free:
        /// Who is on call for how long in several schedules together: an hour in two of them counts once, and is told as a
        /// double booking.
        ///
        /// Refused: `time.ends_before_start`, `oncall.too_many_shifts`, and what `Schedule.of` refuses.
        new on_call_load(schedules: BTreeMap<ScheduleId, ScheduleDocument>, start: Timestamp, end: Timestamp, options: Option<LoadOptions>) -> Result<LoadReport> {
            crate::load_together(&self::schedules("/schedules", schedules)?, start, end, &options.unwrap_or_default())
        }
}
