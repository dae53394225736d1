//! Whether somebody is always there.

use super::answer::{ReportSpan, ScheduleCoverage};
use super::{hours, span};
use crate::error::Result;
use crate::known::Share;
use crate::oncall::answer::Coverage;
use crate::oncall::plan::Duty;
use crate::oncall::say;
use crate::oncall::schedule::Schedule;
use crate::time::{Elapsed, TZ_VERSION, Timestamp};

impl Schedule {
    /// How much of a span somebody is on call, with every gap and every empty shift.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let text = "[[rotation]]\nzone = 'Europe/Berlin'\nhours = 'daily 08:00-20:00'\nmembers = ['ana']";
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let coverage = schedule.coverage("2026-12-07T07:00:00Z".parse()?, "2026-12-09T07:00:00Z".parse()?)?;
    /// assert_eq!((coverage.covered, coverage.uncovered), ("24h".parse()?, "24h".parse()?));
    /// assert_eq!(coverage.gaps[0].why, "nobody for 12 h from Mon 2026-12-07 20:00 Berlin (19:00 UTC): no rotation is active");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn coverage(&self, start: Timestamp, end: Timestamp) -> Result<ScheduleCoverage> {
        span(start, end)?;
        let (mut covered, mut gaps, mut empty_shifts) = (0, Vec::<ReportSpan>::new(), Vec::<ReportSpan>::new());
        self.walk(start, end, |since, until, duty| match duty.coverage() {
            Coverage::Covered => covered += until.since(since).as_micros(),
            Coverage::Gap => self.uncovered(&mut gaps, since, until, duty),
            Coverage::Empty => self.uncovered(&mut empty_shifts, since, until, duty),
        });
        let sum = |spans: &[ReportSpan]| Elapsed::from_micros(spans.iter().map(|it| it.length.as_micros()).sum());
        let (empty, uncovered) = (sum(&empty_shifts), sum(&gaps));
        let whole = end.since(start);
        let share = share_of(covered, whole.as_micros());
        let missing = [(uncovered, "without a shift", gaps.len()), (empty, "in empty shifts", empty_shifts.len())];
        let missing = missing.iter().filter(|(length, ..)| length.is_positive()).map(|(length, what, count)| {
            format!("{} {what} in {count} {}", hours(*length), if *count == 1 { "stretch" } else { "stretches" })
        });
        let missing: Vec<_> = missing.collect();
        let why = match missing.is_empty() {
            true => format!("somebody is on call all {} (tz {TZ_VERSION})", hours(whole)),
            false => {
                let missing = missing.join(" and ");
                format!("somebody is on call {share} of {}; {missing} (tz {TZ_VERSION})", hours(whole))
            }
        };
        let covered = Elapsed::from_micros(covered);
        let tz_version = TZ_VERSION.to_owned();
        Ok(ScheduleCoverage { start, end, covered, empty, uncovered, share, gaps, empty_shifts, tz_version, why })
    }

    /// Every stretch of a span in which the same answer holds, in order.
    pub(in crate::oncall) fn walk<'a>(
        &'a self,
        start: Timestamp,
        end: Timestamp,
        mut each: impl FnMut(Timestamp, Timestamp, &Duty<'a>),
    ) {
        let (mut since, mut duty) = (start, self.plan.duty(start));
        for edge in self.each_edge(start, end) {
            let next = self.plan.duty(edge);
            if next != duty {
                each(since, edge, &duty);
                (since, duty) = (edge, next);
            }
        }
        each(since, end, &duty);
    }

    /// One more stretch with nobody; what touches the last, for the same reason, is one with it.
    fn uncovered(&self, all: &mut Vec<ReportSpan>, start: Timestamp, end: Timestamp, duty: &Duty<'_>) {
        let away = self.owned(&duty.away);
        let joined = all.last().filter(|last| last.end == start && last.away == away).map(|last| last.start);
        if joined.is_some() {
            all.pop();
        }
        let start = joined.unwrap_or(start);
        let (length, reason) = (end.since(start), say::reason(self, duty));
        let reason = reason.split_once(": ").map_or(reason.as_str(), |(_, reason)| reason);
        let who = if duty.coverage() == Coverage::Gap { "nobody" } else { "an empty shift" };
        let why = format!("{who} for {} from {}: {reason}", hours(length), say::zone(self, duty).say(start));
        all.push(ReportSpan { start, end, length, away, why });
    }
}

/// A part of a whole, rounded down to a hundredth of a percent.
fn share_of(part: i64, whole: i64) -> Share {
    let parts = i128::from(part) * 10_000 / i128::from(whole.max(1));
    let parts = f64::from(u16::try_from(parts.clamp(0, 10_000)).unwrap_or_default());
    Share::new(parts / 1e4).unwrap_or(Share::ALL)
}
