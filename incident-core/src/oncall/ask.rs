//! The questions: who is on call, in which shifts, and when that changes.

use std::collections::BTreeMap;

use super::answer::{NextHandoff, OnCall, OnCallMany, OverrideApplied, RotationTurn, Shift, Shifts, TurnHeld};
use super::plan::{Basis, Duty, Who};
use super::say;
use super::schedule::Schedule;
use crate::codes;
use crate::error::{Error, Result};
use crate::id::PersonId;
use crate::text::{nearest, short};
use crate::time::{Span, TZ_VERSION, Timestamp};

/// A change is looked for over so many edges.
const FAR: usize = 20_000;

/// The most shifts of one answer.
const MOST_SHIFTS: usize = 200_000;

impl Schedule {
    /// Who is on call at an instant, and why.
    #[must_use]
    pub fn on_call(&self, at: Timestamp) -> OnCall {
        let duty = self.plan.duty(at);
        let shift = self.shift(&duty, self.began(at, &duty), self.ends(at, &duty));
        let why = say::on_call(self, &duty, &shift);
        OnCall { at, people: shift.people.clone(), shift, tz_version: TZ_VERSION.to_owned(), why }
    }

    /// Who is on call at an instant, and nothing else: no text is made.
    #[must_use]
    pub fn people_at(&self, at: Timestamp) -> Vec<&PersonId> {
        self.named(&self.plan.duty(at).people)
    }

    /// Who is on call at many instants.
    #[must_use]
    pub fn on_call_many(&self, instants: &[Timestamp]) -> OnCallMany {
        let mut known = BTreeMap::<Vec<Who>, u32>::new();
        let (mut people, mut index) = (Vec::new(), Vec::with_capacity(instants.len()));
        for at in instants {
            let duty = self.plan.duty(*at);
            let place = match known.get(duty.people.as_ref()) {
                Some(place) => *place,
                None => {
                    let place = u32::try_from(people.len()).unwrap_or(u32::MAX);
                    people.push(self.owned(&duty.people));
                    known.insert(duty.people.into_owned(), place);
                    place
                }
            };
            index.push(place);
        }
        OnCallMany { people, index, tz_version: TZ_VERSION.to_owned() }
    }

    /// The shifts of a span, gaps among them: they follow each other without a seam, the first and the last cut to it.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 200,000
    pub fn shifts(&self, start: Timestamp, end: Timestamp) -> Result<Shifts> {
        after(start, end)?;
        let mut shifts = Vec::new();
        let mut edges = self.plan.edges(Span { start, end: Some(end) });
        edges.push(end);
        let (mut since, mut duty) = (start, self.plan.duty(start));
        for edge in edges {
            let next = (edge < end).then(|| self.plan.duty(edge));
            if next.as_ref() == Some(&duty) {
                continue;
            }
            if shifts.len() >= MOST_SHIFTS {
                return Err(too_many("shifts"));
            }
            shifts.push(self.shift(&duty, Some(since), Some(edge)));
            (since, duty) = (edge, next.unwrap_or(duty));
        }
        Ok(Shifts { start, end, shifts, tz_version: TZ_VERSION.to_owned() })
    }

    /// The next change after an instant of who is on call, or of the turn; none where no change is in sight.
    #[must_use]
    pub fn next_handoff(&self, after: Timestamp) -> Option<NextHandoff> {
        let duty = self.plan.duty(after);
        let at = self.ends(after, &duty)?;
        let next = self.plan.duty(at);
        let why = say::handoff(self, at, &duty, &next);
        let (gives, takes) = (self.owned(&duty.people), self.owned(&next.people));
        Some(NextHandoff { at, gives, takes, tz_version: TZ_VERSION.to_owned(), why })
    }

    /// Who comes next: the people of the next turn of the rotation in charge, whoever of them is neither on call now nor
    /// away; of the turn after that, where there is none of them; nobody in a gap.
    #[must_use]
    pub fn next(&self, at: Timestamp) -> Vec<PersonId> {
        self.owned(&self.plan.next(at))
    }

    /// Whether a person is away.
    #[must_use]
    pub fn is_absent(&self, person: &PersonId, at: Timestamp) -> bool {
        self.plan.number(person).is_some_and(|who| self.plan.is_away(who, at))
    }

    /// The turns of a rotation that have some of their time in a span, those before turn 0 too. None where nobody takes
    /// turns.
    ///
    /// # Errors
    /// `oncall.unknown_rotation`, `time.ends_before_start`; `oncall.too_many_shifts` past 200,000
    pub fn turns(&self, rotation: &str, start: Timestamp, end: Timestamp) -> Result<Vec<RotationTurn>> {
        after(start, end)?;
        let names = || self.plan.rotations.iter().map(|rotation| rotation.name.as_str());
        let found = self.plan.rotations.iter().find(|it| it.name == rotation).ok_or_else(|| {
            let error = Error::invalid(codes::UNKNOWN_ROTATION, format!("`{}` is no rotation", short(rotation)));
            let hint = nearest(rotation, names()).map(|near| format!("did you mean `{near}`?"));
            hint.into_iter().fold(error.at("/rotation"), Error::hint)
        })?;
        let Some(grid) = &found.grid else { return Ok(Vec::new()) };
        let mut turns = Vec::new();
        for turn in grid.turn_at(start).. {
            let (begins, ends) = (grid.boundary(turn), grid.boundary(turn.saturating_add(1)));
            if begins >= end || begins == Timestamp::MAX {
                break;
            }
            if turns.len() >= MOST_SHIFTS {
                return Err(too_many("turns"));
            }
            let due = if turn < 0 { &[] } else { found.roster.due(turn) };
            turns.push(RotationTurn { turn, start: begins, end: ends, people: self.owned(due) });
        }
        Ok(turns)
    }

    /// Every instant of a span, in order, at which an answer about it may change: of who is on call, who is next, or who
    /// is away.
    #[must_use]
    pub fn edges(&self, start: Timestamp, end: Timestamp) -> Vec<Timestamp> {
        self.plan.edges(Span { start, end: Some(end) })
    }

    /// The first instant after this one at which the answer is another.
    pub(super) fn ends(&self, at: Timestamp, duty: &Duty<'_>) -> Option<Timestamp> {
        let mut edge = at;
        for _ in 0..FAR {
            edge = self.plan.next_edge(edge).filter(|next| *next < Timestamp::MAX)?;
            if self.plan.duty(edge) != *duty {
                return Some(edge);
            }
        }
        None
    }

    /// The instant since which the answer has been this one.
    fn began(&self, at: Timestamp, duty: &Duty<'_>) -> Option<Timestamp> {
        let mut since = at;
        for _ in 0..FAR {
            since = self.plan.last_edge(since).filter(|edge| *edge > Timestamp::MIN)?;
            let before = Timestamp::from_micros(since.as_micros() - 1)?;
            if self.plan.duty(before) != *duty {
                return Some(since);
            }
            since = before;
        }
        None
    }

    fn shift(&self, duty: &Duty<'_>, start: Option<Timestamp>, end: Option<Timestamp>) -> Shift {
        Shift {
            start,
            end,
            people: self.owned(&duty.people),
            coverage: duty.coverage(),
            turns: self.held(duty),
            overrides: duty.overrides.iter().filter_map(|number| self.applied(*number)).collect(),
            away: self.owned(&duty.away),
            why: say::reason(self, duty),
        }
    }

    fn held(&self, duty: &Duty<'_>) -> Vec<TurnHeld> {
        let Basis::Turns(turns) = &duty.basis else { return Vec::new() };
        let of = |(number, turn): &(u32, i64)| {
            let rotation = self.plan.rotations.get(*number as usize)?;
            Some(TurnHeld { rotation: rotation.name.clone(), turn: rotation.grid.as_ref().map(|_| *turn) })
        };
        std::iter::once(&turns.first).chain(&turns.others).filter_map(of).collect()
    }

    fn applied(&self, number: u32) -> Option<OverrideApplied> {
        let it = self.document.overrides.get(number as usize)?;
        Some(OverrideApplied {
            path: format!("/override/{number}"),
            source: it.source.clone(),
            because: it.because.clone(),
        })
    }

    pub(super) fn named(&self, people: &[Who]) -> Vec<&PersonId> {
        people.iter().filter_map(|who| self.plan.people.get(*who as usize)).collect()
    }

    pub(super) fn owned(&self, people: &[Who]) -> Vec<PersonId> {
        self.named(people).into_iter().cloned().collect()
    }
}

pub(super) fn after(start: Timestamp, end: Timestamp) -> Result<()> {
    if start < end {
        return Ok(());
    }
    let error = Error::invalid(codes::ENDS_BEFORE_START, format!("it ends at {end}, and starts at {start}"));
    Err(error.at("/end").hint("`end` comes after `start`"))
}

fn too_many(what: &str) -> Error {
    let message = format!("the span has more than {MOST_SHIFTS} {what}");
    Error::limit(codes::TOO_MANY_SHIFTS, message).hint("ask for a shorter span")
}
