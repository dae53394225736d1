//! The score of one widely used tool, for those who compare with what they had.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::span;
use crate::error::Result;
use crate::id::PersonId;
use crate::oncall::answer::Coverage;
use crate::oncall::plan::{Basis, Duty, Who};
use crate::oncall::schedule::Schedule;
use crate::time::Timestamp;

/// A schedule in one number from 0 to 100, by the formula of Grafana OnCall.
///
/// It is shown to be compared with what that tool showed. It says less than it seems to: hours of two shifts at once
/// count twice, so that an overlap hides a hole of its length, and nights count like days. For what is true ask
/// [`Schedule::coverage`] and [`Schedule::load`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleQuality {
    /// The mean of coverage and balance; 0 where nobody is ever on call.
    pub total: u32,
    /// The lengths of all shifts with somebody in them over that of the span, in percent, at most 100.
    pub coverage: u32,
    /// The mean over all pairs of people of the smaller over the larger total, in percent; from 95 on 100.
    pub balance: u32,
    /// Who has more than the mean, in the order of first duty; nobody where the balance is 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overloaded: Vec<Overloaded>,
    /// All of it in one sentence.
    pub why: String,
}

/// Somebody who has more than the mean.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overloaded {
    /// Who.
    pub person: PersonId,
    /// By how many percent of the mean.
    pub above: u32,
}

/// A balance of this many percent counts as even.
const EVEN: u32 = 95;

impl Schedule {
    /// The score of a span by the formula of Grafana OnCall (`quality_report` of its `models/on_call_schedule.py`, 2026).
    ///
    /// Percentages are rounded half to even, as there.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 7,400 days
    pub fn quality_grafana(&self, start: Timestamp, end: Timestamp) -> Result<ScheduleQuality> {
        span(start, end)?;
        let (mut good, mut order, mut totals) = (0_i64, Vec::new(), BTreeMap::<Who, i64>::new());
        self.walk(start, end, |since, until, duty| {
            if duty.coverage() != Coverage::Covered {
                return;
            }
            let length = until.since(since).as_micros();
            for people in self.each_shift(duty) {
                good = good.saturating_add(length);
                for who in people {
                    if !order.contains(&who) {
                        order.push(who);
                    }
                    let total = totals.entry(who).or_default();
                    *total = total.saturating_add(length);
                }
            }
        });
        if good == 0 {
            let why = "nobody is ever on call".to_owned();
            return Ok(ScheduleQuality { total: 0, coverage: 0, balance: 0, overloaded: Vec::new(), why });
        }
        let coverage = percent((float(good) / float(end.since(start).as_micros())).min(1.0));
        let listed: Vec<(Who, i64)> = order.iter().filter_map(|who| Some((*who, *totals.get(who)?))).collect();
        let balance = percent(evenness(&listed));
        let (balance, overloaded) = match balance >= EVEN {
            true => (100, Vec::new()),
            false => (balance, self.overloaded(&listed)),
        };
        let total = (float(i64::from(coverage + balance)) / 2.0).round_ties_even();
        let total = whole(total);
        let why =
            format!("{total} of 100: {coverage}% covered and {balance}% balanced, by the formula of Grafana OnCall");
        Ok(ScheduleQuality { total, coverage, balance, overloaded, why })
    }

    /// The people of each shift that there is at once: rotations that share have one each.
    fn each_shift(&self, duty: &Duty<'_>) -> Vec<Vec<Who>> {
        let Basis::Turns(turns) = &duty.basis else { return vec![duty.people.to_vec()] };
        if turns.others.is_empty() || !duty.overrides.is_empty() {
            return vec![duty.people.to_vec()];
        }
        let all = std::iter::once(&turns.first).chain(&turns.others);
        let people = |(rotation, turn): &(u32, i64)| {
            let due = self.plan.rotations.get(*rotation as usize).map_or(&[][..], |it| it.roster.due(*turn));
            due.iter().copied().filter(|who| !duty.away.contains(who)).collect::<Vec<_>>()
        };
        all.map(people).filter(|people| !people.is_empty()).collect()
    }

    fn overloaded(&self, listed: &[(Who, i64)]) -> Vec<Overloaded> {
        let count = i64::try_from(listed.len()).unwrap_or(1).max(1);
        let sum: i64 = listed.iter().map(|(_, total)| total).sum();
        let mean = (float(sum) / float(count)).round_ties_even();
        let above = |(who, total): &(Who, i64)| {
            let person = self.plan.people.get(*who as usize)?.clone();
            let more = float(*total) > mean;
            more.then(|| Overloaded { person, above: percent(float(*total) / mean).saturating_sub(100) })
        };
        listed.iter().filter_map(above).collect()
    }
}

/// The mean over all pairs of the smaller over the larger; 1 for one person.
fn evenness(listed: &[(Who, i64)]) -> f64 {
    let pairs = listed.iter().enumerate().flat_map(|(at, (_, one))| {
        listed.iter().skip(at + 1).map(move |(_, other)| float(*one.min(other)) / float(*one.max(other)))
    });
    let (mut sum, mut count) = (0.0, 0);
    for ratio in pairs {
        sum += ratio;
        count += 1;
    }
    if count == 0 { 1.0 } else { sum / float(count) }
}

fn percent(share: f64) -> u32 {
    whole((share * 100.0).round_ties_even())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rounded percentage; it saturates")]
fn whole(number: f64) -> u32 {
    number as u32
}

#[expect(clippy::cast_precision_loss, reason = "twenty years of microseconds are below 2^53")]
fn float(number: i64) -> f64 {
    number as f64
}
