//! The answer for one instant, borrowed: no text is made before somebody asks for it.

use super::answer::{Coverage, OnCall, OverrideApplied, Shift, TurnHeld};
use super::overrides::ScheduleOverride;
use super::plan::{Duty, Edges};
use super::say;
use super::schedule::Schedule;
use crate::id::PersonId;
use crate::time::{Span, TZ_VERSION, Timestamp};

/// Who is on call at an instant, since when, until when and by what, as it stands in the schedule.
///
/// It costs the same however long ago the rotation began. [`Schedule::on_call`] is this, written out.
///
/// ```
/// use incident_core::{Format, Schedule, Source};
///
/// let text = "[[rotation]]\nzone = 'UTC'\nturn = '1 day'\nstart = 2026-12-07\nmembers = ['ana', 'bo']";
/// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
/// let duty = schedule.duty_at("2026-12-08T12:00:00Z".parse()?);
/// assert!(duty.people().map(|person| person.as_str()).eq(["bo"]));
/// assert_eq!(duty.until(), Some("2026-12-09T00:00:00Z".parse()?));
/// assert_eq!(duty.reason(), "bo: rotation `rotation 1`, turn 1");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DutyAt<'a> {
    schedule: &'a Schedule,
    at: Timestamp,
    duty: Duty<'a>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// A change is looked for over so many edges.
const FAR: usize = 20_000;

impl Schedule {
    /// Who is on call at an instant, since when, until when and by what, without a copy of anything.
    #[must_use]
    pub fn duty_at(&self, at: Timestamp) -> DutyAt<'_> {
        let (duty, edges) = self.plan.look(at);
        let (since, until) = (self.began(&duty, &edges), self.ends(&duty, &edges));
        DutyAt { schedule: self, at, duty, since, until }
    }

    /// The first instant after the edges at which the answer is another.
    fn ends(&self, duty: &Duty<'_>, edges: &Edges) -> Option<Timestamp> {
        let (mut edge, blocks) = (edges.next, self.plan.rests_on(duty));
        for _ in 0..FAR {
            let next = edge.filter(|next| *next < Timestamp::MAX)?;
            if edges.turns.end.is_some_and(|end| end <= next) || self.plan.differs(next, duty) {
                return Some(next);
            }
            edge = self.plan.next_edge(next, blocks);
        }
        None
    }

    /// The instant since which the answer has been this one.
    fn began(&self, duty: &Duty<'_>, edges: &Edges) -> Option<Timestamp> {
        let (mut edge, blocks) = (edges.last, self.plan.rests_on(duty));
        for _ in 0..FAR {
            let since = edge.filter(|edge| *edge > Timestamp::MIN)?;
            let before = Timestamp::from_micros(since.as_micros() - 1)?;
            if since <= edges.turns.start || self.plan.differs(before, duty) {
                return Some(since);
            }
            edge = self.plan.last_edge(before, blocks);
        }
        None
    }
}

impl<'a> DutyAt<'a> {
    /// A part of a span that was cut at its edges.
    pub(super) fn within(schedule: &'a Schedule, duty: Duty<'a>, span: Span) -> Self {
        Self { schedule, at: span.start, duty, since: Some(span.start), until: span.end }
    }

    /// The instant asked about.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Everybody who is on call.
    pub fn people(&self) -> impl Iterator<Item = &'a PersonId> {
        self.schedule.numbered(&self.duty.people)
    }

    /// Whether there is somebody, an empty shift, or no shift.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        self.duty.coverage()
    }

    /// The first instant at which it is so; none where it has always been so.
    #[must_use]
    pub const fn since(&self) -> Option<Timestamp> {
        self.since
    }

    /// The first instant after it; none where no change is in sight.
    #[must_use]
    pub const fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// The rotations that have the duty, by name, each with its turn where there are turns.
    pub fn turns(&self) -> impl Iterator<Item = (&'a str, Option<i64>)> {
        let schedule = self.schedule;
        self.duty.turns().filter_map(move |(number, turn)| {
            let rotation = schedule.plan.rotations.get(number as usize)?;
            Some((rotation.name.as_str(), rotation.grid.as_ref().map(|_| turn)))
        })
    }

    /// The overrides that had an effect, each with its place in the document.
    pub fn overrides(&self) -> impl Iterator<Item = (usize, &'a ScheduleOverride)> {
        let schedule = self.schedule;
        let numbers = self.duty.overrides.iter().map(|number| *number as usize);
        numbers.filter_map(move |number| Some((number, schedule.document.overrides.get(number)?)))
    }

    /// Who would be on call and is away.
    pub fn away(&self) -> impl Iterator<Item = &'a PersonId> {
        self.schedule.numbered(&self.duty.away)
    }

    /// Why these people, in one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        say::reason(self.schedule, &self.duty)
    }

    /// All of it in one sentence: who, why, until when and by which zone data.
    #[must_use]
    pub fn why(&self) -> String {
        say::on_call(self.schedule, &self.duty, &self.reason(), self.until)
    }

    /// Who gives to whom, and when.
    pub(super) fn handoff_to(&self, takes: &Self) -> String {
        say::handoff(self.schedule, takes.at, &self.duty, &takes.duty)
    }

    /// The shift it falls in, written out.
    #[must_use]
    pub fn shift(&self) -> Shift {
        let applied = |(number, it): (usize, &ScheduleOverride)| OverrideApplied {
            path: format!("/override/{number}"),
            source: it.source.clone(),
            because: it.because.clone(),
        };
        Shift {
            start: self.since,
            end: self.until,
            people: self.people().cloned().collect(),
            coverage: self.coverage(),
            turns: self.turns().map(|(rotation, turn)| TurnHeld { rotation: rotation.to_owned(), turn }).collect(),
            overrides: self.overrides().map(applied).collect(),
            away: self.away().cloned().collect(),
            why: self.reason(),
        }
    }

    /// All of it written out.
    #[must_use]
    pub fn to_on_call(&self) -> OnCall {
        let shift = self.shift();
        let why = say::on_call(self.schedule, &self.duty, &shift.why, self.until);
        OnCall { at: self.at, people: shift.people.clone(), shift, tz_version: TZ_VERSION.to_owned(), why }
    }
}
