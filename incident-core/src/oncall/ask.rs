//! The questions: who is on call, in which shifts, and when that changes.

use std::collections::BTreeMap;

use super::answer::{NextHandoff, OnCall, OnCallMany, RotationTurn, Shifts};
use super::duty_at::DutyAt;
use super::plan::Who;
use super::schedule::Schedule;
use crate::codes;
use crate::error::{Error, Result};
use crate::id::PersonId;
use crate::text::{nearest, short};
use crate::time::{Span, TZ_VERSION, Timestamp};

/// The most shifts of one answer.
const MOST_SHIFTS: usize = 200_000;

/// The most changes that are looked at for one answer.
const MOST_CHANGES: usize = 500_000;

impl Schedule {
    /// Who is on call at an instant, and why: [`Schedule::duty_at`], written out.
    #[must_use]
    pub fn on_call(&self, at: Timestamp) -> OnCall {
        self.duty_at(at).to_on_call()
    }

    /// Who is on call at an instant, and nothing else.
    #[must_use]
    pub fn people_at(&self, at: Timestamp) -> Vec<&PersonId> {
        self.numbered(&self.plan.duty(at).people).collect()
    }

    /// The same, told one by one.
    pub(crate) fn tell_people_at(&self, at: Timestamp, each: &mut dyn FnMut(&PersonId)) {
        self.numbered(&self.plan.duty(at).people).for_each(each);
    }

    /// Who is on call at many instants. Those that follow each other between two changes cost nearly nothing.
    #[must_use]
    pub fn on_call_many(&self, instants: &[Timestamp]) -> OnCallMany {
        let mut known = BTreeMap::<Vec<Who>, u32>::new();
        let (mut people, mut index) = (Vec::new(), Vec::with_capacity(instants.len()));
        // Nothing changes before `next`, and nothing has changed since `last`.
        let (mut last, mut next, mut place) = (Timestamp::MAX, Timestamp::MIN, 0);
        for at in instants {
            if *at < last || next <= *at {
                let (duty, edges) = self.plan.look(*at);
                (last, next) = (edges.last.unwrap_or(Timestamp::MIN), edges.next.unwrap_or(Timestamp::MAX));
                place = match known.get(duty.people.as_ref()) {
                    Some(place) => *place,
                    None => {
                        let place = u32::try_from(people.len()).unwrap_or(u32::MAX);
                        people.push(self.owned(&duty.people));
                        known.insert(duty.people.into_owned(), place);
                        place
                    }
                };
            }
            index.push(place);
        }
        OnCallMany { people, index, tz_version: TZ_VERSION.to_owned() }
    }

    /// The shifts of a span, gaps among them: they follow each other without a seam, the first and the last cut to it.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` past 200,000, or where 500,000 turns and windows bring fewer
    pub fn shifts(&self, start: Timestamp, end: Timestamp) -> Result<Shifts> {
        let shifts = self.duties(start, end)?.iter().map(DutyAt::shift).collect();
        Ok(Shifts { start, end, shifts, tz_version: TZ_VERSION.to_owned() })
    }

    /// The same without a copy of anything.
    ///
    /// # Errors
    /// `time.ends_before_start`; `oncall.too_many_shifts` as of [`Schedule::shifts`]
    pub fn duties(&self, start: Timestamp, end: Timestamp) -> Result<Vec<DutyAt<'_>>> {
        after(start, end)?;
        let mut duties = Vec::new();
        let edges = self.plan.edges(Span { start, end: Some(end) }).chain([end]);
        let (mut since, mut duty) = (start, self.plan.duty(start));
        for (looked_at, edge) in edges.enumerate() {
            if looked_at > MOST_CHANGES {
                return Err(too_many(MOST_CHANGES, "turns and windows"));
            }
            let next = (edge < end).then(|| self.plan.duty(edge));
            if next.as_ref() == Some(&duty) {
                continue;
            }
            if duties.len() >= MOST_SHIFTS {
                return Err(too_many(MOST_SHIFTS, "shifts"));
            }
            let Some(next) = next else {
                duties.push(DutyAt::within(self, duty, Span { start: since, end: Some(edge) }));
                break;
            };
            let ended = std::mem::replace(&mut duty, next);
            duties.push(DutyAt::within(self, ended, Span { start: since, end: Some(edge) }));
            since = edge;
        }
        Ok(duties)
    }

    /// The next change after an instant of who is on call, or of the turn; none where no change is in sight.
    #[must_use]
    pub fn next_handoff(&self, after: Timestamp) -> Option<NextHandoff> {
        let gives = self.duty_at(after);
        let at = gives.until()?;
        let takes = self.duty_at(at);
        let why = gives.handoff_to(&takes);
        let (gives, takes) = (gives.people().cloned().collect(), takes.people().cloned().collect());
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
        self.plan.is_ever_away() && self.plan.number(person).is_some_and(|who| self.plan.is_away(who, at))
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
                return Err(too_many(MOST_SHIFTS, "turns"));
            }
            let due = if turn < 0 { &[] } else { found.roster.due(turn) };
            turns.push(RotationTurn { turn, start: begins, end: ends, people: self.owned(due) });
        }
        Ok(turns)
    }

    /// Every instant of a span, in order, at which an answer about it may change: of who is on call, who is next, or who
    /// is away.
    ///
    /// # Errors
    /// `oncall.too_many_shifts` past 200,000
    pub fn edges(&self, start: Timestamp, end: Timestamp) -> Result<Vec<Timestamp>> {
        let edges: Vec<Timestamp> = self.each_edge(start, end).take(MOST_SHIFTS + 1).collect();
        if edges.len() > MOST_SHIFTS { Err(too_many(MOST_SHIFTS, "changes")) } else { Ok(edges) }
    }

    /// The same, one by one, for spans that are known to be short.
    pub(crate) fn each_edge(&self, start: Timestamp, end: Timestamp) -> impl Iterator<Item = Timestamp> {
        self.plan.edges(Span { start, end: Some(end) })
    }

    pub(super) fn numbered(&self, people: &[Who]) -> impl Iterator<Item = &PersonId> {
        people.iter().filter_map(|who| self.plan.people.get(*who as usize))
    }

    pub(super) fn owned(&self, people: &[Who]) -> Vec<PersonId> {
        self.numbered(people).cloned().collect()
    }
}

pub(super) fn after(start: Timestamp, end: Timestamp) -> Result<()> {
    if start < end {
        return Ok(());
    }
    let error = Error::invalid(codes::ENDS_BEFORE_START, format!("it ends at {end}, and starts at {start}"));
    Err(error.at("/end").hint("`end` comes after `start`"))
}

fn too_many(most: usize, what: &str) -> Error {
    let message = format!("the span has more than {most} {what}");
    Error::limit(codes::TOO_MANY_SHIFTS, message).hint("ask for a shorter span")
}
