//! Units of time in which a window begins, for turns that count only those.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::grid::plus_months;
use crate::time::{Date, Hours};

/// The days, weeks or months from an anchor on, numbered by those in which a window begins.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    unit: CellUnit,
    anchor: NaiveDateTime,
    days: ActiveDays,
    /// The weeks or months in which none begins.
    idle: Vec<i64>,
}

/// How long one is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum CellUnit {
    Day,
    Week,
    Month,
}

/// Farther than any calendar day from any anchor.
const FAR: i64 = 4_000_000;

impl Cells {
    /// Counted from a local time; none where a window never begins.
    pub(super) fn new(unit: CellUnit, anchor: NaiveDateTime, days: ActiveDays) -> Option<Self> {
        if !days.any() {
            return None;
        }
        let mut cells = Self { unit, anchor, days, idle: Vec::new() };
        if unit != CellUnit::Day {
            let touched: BTreeSet<i64> = match cells.days.of_month.is_empty() {
                true => cells.days.closed.iter().filter_map(|day| cells.cell_of(from_ce(*day)?)).collect(),
                false => {
                    let edge = |year| NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| cells.cell_of(day));
                    edge(FIRST_YEAR)
                        .zip(edge(LAST_YEAR))
                        .map(|(first, last)| (first..last).collect())
                        .unwrap_or_default()
                }
            };
            cells.idle = touched.into_iter().filter(|cell| !cells.is_active(*cell)).collect();
        }
        Some(cells)
    }

    /// How many active cells have begun after the anchor's first one, at a local time.
    pub(super) fn counted_at(&self, local: NaiveDateTime) -> i64 {
        let day = local.signed_duration_since(self.anchor).num_seconds().div_euclid(24 * 3600);
        let cell = match self.unit {
            CellUnit::Day => day,
            CellUnit::Week => day.div_euclid(7),
            CellUnit::Month => self.cell_of(local.date()).unwrap_or_default(),
        };
        self.before(cell.saturating_add(1)).saturating_sub(1)
    }

    /// The local time at which the cell begins that is the `count`-th active one after the anchor.
    pub(super) fn begins(&self, anchor: NaiveDateTime, count: i64) -> Option<NaiveDateTime> {
        let (mut low, mut high) = (-FAR, FAR);
        // The smallest cell with more than `count` active ones up to and with it.
        while low < high {
            let middle = low + (high - low) / 2;
            if self.before(middle.saturating_add(1)) > count { high = middle } else { low = middle + 1 }
        }
        match self.unit {
            CellUnit::Day => anchor.checked_add_signed(TimeDelta::try_days(low)?),
            CellUnit::Week => anchor.checked_add_signed(TimeDelta::try_weeks(low)?),
            CellUnit::Month => plus_months(anchor, low),
        }
    }

    /// How many active cells lie between the anchor and a cell; negative before the anchor.
    fn before(&self, cell: i64) -> i64 {
        if self.unit == CellUnit::Day {
            let anchor = i64::from(self.anchor.date().num_days_from_ce());
            return self.days.before(anchor.saturating_add(cell)) - self.days.before(anchor);
        }
        let idle = |cell: i64| i64::try_from(self.idle.partition_point(|idle| *idle < cell)).unwrap_or_default();
        cell - (idle(cell) - idle(0))
    }

    fn cell_of(&self, day: NaiveDate) -> Option<i64> {
        let since = day.signed_duration_since(self.anchor.date()).num_days();
        match self.unit {
            CellUnit::Day => Some(since),
            CellUnit::Week => Some(since.div_euclid(7)),
            CellUnit::Month => {
                let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
                let cell = month(day) - month(self.anchor.date());
                let begins = plus_months(self.anchor, cell)?;
                Some(if begins.date() > day { cell - 1 } else { cell })
            }
        }
    }

    fn is_active(&self, cell: i64) -> bool {
        let edge = |cell: i64| match self.unit {
            CellUnit::Month => plus_months(self.anchor, cell).map(|at| i64::from(at.date().num_days_from_ce())),
            CellUnit::Day | CellUnit::Week => {
                let days = if self.unit == CellUnit::Week { 7 } else { 1 };
                Some(i64::from(self.anchor.date().num_days_from_ce()) + cell * days)
            }
        };
        let days = |first: i64, end: i64| self.days.before(end) > self.days.before(first);
        edge(cell).zip(edge(cell + 1)).is_some_and(|(first, end)| days(first, end))
    }
}

fn from_ce(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)
}

/// Days of the month are counted exactly in these years.
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2200;

/// The days on which a window begins.
#[derive(Clone, Debug)]
pub(super) struct ActiveDays {
    /// For each weekday from Monday, how many active ones are before it in its week; the whole week last.
    week: [i64; 8],
    /// Days that would be active, and are not.
    closed: Vec<i64>,
    of_month: BTreeSet<u32>,
    /// Active days before each month, from the first year on.
    months: Vec<i64>,
}

impl ActiveDays {
    /// The days on which hours begin (every day, without any), on some days of the month, less those closed.
    pub(super) fn new(hours: &[Hours], of_month: &BTreeSet<u32>, closed: &BTreeSet<Date>) -> Self {
        let begins = |day: u32| hours.is_empty() || hours.iter().any(|hours| hours.begins_on(day));
        let mut week = [0; 8];
        let mut total = 0;
        for (day, before) in week.iter_mut().enumerate() {
            *before = total;
            total += i64::from(u32::try_from(day).is_ok_and(|day| day < 7 && begins(day)));
        }
        let mut days = Self { week, closed: Vec::new(), of_month: of_month.clone(), months: Vec::new() };
        if !of_month.is_empty() {
            let mut before = 0;
            for month in 0..(LAST_YEAR - FIRST_YEAR) * 12 {
                days.months.push(before);
                let first =
                    NaiveDate::from_ymd_opt(FIRST_YEAR + month / 12, month.rem_euclid(12).unsigned_abs() + 1, 1);
                before += first.map_or(0, |first| days.within_month(first, 31));
            }
        }
        let open = |day: &NaiveDate| begins(Date::new(*day).weekday().index());
        let closed = closed.iter().map(|day| day.naive()).filter(open);
        let closed = closed.filter(|day| of_month.is_empty() || of_month.contains(&day.day()));
        days.closed = closed.map(|day| i64::from(day.num_days_from_ce())).collect();
        days
    }

    fn any(&self) -> bool {
        self.week.last().is_some_and(|total| *total > 0) && self.months.last().is_none_or(|total| *total > 0)
    }

    /// How many active days come before a day, from some day on.
    fn before(&self, day: i64) -> i64 {
        let closed = i64::try_from(self.closed.partition_point(|closed| *closed < day)).unwrap_or_default();
        if !self.of_month.is_empty() {
            return self.in_months(day) - closed;
        }
        let (weeks, weekday) = ((day - 1).div_euclid(7), (day - 1).rem_euclid(7));
        let total = self.week.last().copied().unwrap_or_default();
        let part = usize::try_from(weekday).ok().and_then(|weekday| self.week.get(weekday)).copied();
        weeks * total + part.unwrap_or_default() - closed
    }

    fn in_months(&self, day: i64) -> i64 {
        let Some(date) = from_ce(day) else {
            return if day < 0 { 0 } else { self.months.last().copied().unwrap_or(0) };
        };
        let month = i64::from(date.year() - FIRST_YEAR) * 12 + i64::from(date.month0());
        match usize::try_from(month).ok().and_then(|month| self.months.get(month)) {
            Some(before) => before + date.with_day(1).map_or(0, |first| self.within_month(first, date.day() - 1)),
            None if month < 0 => 0,
            None => self.months.last().copied().unwrap_or_default(),
        }
    }

    /// Active days of a month up to and with a day of it.
    fn within_month(&self, first: NaiveDate, last: u32) -> i64 {
        let active = |day: &u32| {
            first.with_day(*day).is_some_and(|day| {
                let weekday = Date::new(day).weekday().index() as usize;
                self.week.get(weekday).zip(self.week.get(weekday + 1)).is_some_and(|(before, after)| after > before)
            })
        };
        let count = self.of_month.iter().take_while(|day| **day <= last).filter(|day| active(day)).count();
        i64::try_from(count).unwrap_or_default()
    }
}
