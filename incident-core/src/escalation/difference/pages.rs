//! Which page becomes which.

use super::answer::{PageChange, PageChangeKind};
use crate::escalation::document::EscalationStep;
use crate::escalation::proof::StepOutcome;
use crate::escalation::proof::told::Told;
use crate::id::PersonId;
use crate::incident::event::Urgency;
use crate::time::Elapsed;

/// When something happens, so that it is the same for every declaration of a class.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum When {
    /// Minutes after the declaration.
    After(u32),
    /// Minutes after the opening that it is held for.
    Held(u32),
}

/// What is seen from outside: somebody is paged, or nobody can be reached.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Seen {
    pub(super) when: When,
    /// None where nobody can be reached.
    pub(super) person: Option<PersonId>,
    pub(super) urgency: Urgency,
}

/// What is seen of a play; `opening` is how long after the declaration what is held is let go.
pub(super) fn seen<'a>(
    all: &[Told],
    opening: Option<u32>,
    step: impl Fn(usize, usize) -> Option<&'a EscalationStep>,
) -> Vec<Seen> {
    let mut found: Vec<Seen> = Vec::new();
    for told in all {
        let when = match opening.filter(|opening| *opening <= told.after) {
            Some(opening) => When::Held(told.after - opening),
            None => When::After(told.after),
        };
        let urgency = told.step.and_then(|number| step(told.track, number)?.urgency).unwrap_or(Urgency::High);
        match told.outcome {
            StepOutcome::Paged | StepOutcome::Otherwise => {
                found.extend(told.people.iter().map(|person| Seen { when, person: Some(person.clone()), urgency }));
            }
            StepOutcome::Unreachable => found.push(Seen { when, person: None, urgency: Urgency::High }),
            StepOutcome::NobodyNew | StepOutcome::Nobody => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What becomes of a page, with when it came and comes.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Becomes {
    /// The first thing about it that happens.
    first: When,
    kind: PageChangeKind,
    person: Option<PersonId>,
    instead_of: Option<PersonId>,
    before: Option<When>,
    after: Option<When>,
}

/// What becomes of the pages of a play: the same page at the same time first, then the same person's at another time, then
/// somebody else's at the same time; what is left is lost or new.
pub(super) fn becomes(old: &[Seen], new: &[Seen]) -> Vec<Becomes> {
    let mut before: Vec<&Seen> = old.iter().filter(|it| !new.contains(it)).collect();
    let mut after: Vec<&Seen> = new.iter().filter(|it| !old.contains(it)).collect();
    let mut found = Vec::new();
    let mut pair = |kind: fn(&Seen, &Seen) -> Option<PageChangeKind>| {
        before.retain(|old| {
            let same = after.iter().enumerate().find_map(|(at, new)| Some((at, kind(old, new)?)));
            let Some((at, kind)) = same else { return true };
            let new = after.remove(at);
            let instead_of = old.person.clone().filter(|_| kind == PageChangeKind::Instead);
            found.push(Becomes {
                first: old.when.min(new.when),
                kind,
                person: new.person.clone(),
                instead_of,
                before: Some(old.when),
                after: Some(new.when),
            });
            false
        });
    };
    pair(|old, new| (old.when == new.when && old.person == new.person).then_some(PageChangeKind::Urgency));
    pair(|old, new| {
        let later = if old.when < new.when { PageChangeKind::Later } else { PageChangeKind::Earlier };
        (old.person == new.person && old.person.is_some()).then_some(later)
    });
    pair(|old, new| {
        let both = old.when == new.when && old.person.is_some() && new.person.is_some();
        both.then_some(PageChangeKind::Instead)
    });
    let alone = |seen: &Seen, kind, unreachable| Becomes {
        first: seen.when,
        kind: if seen.person.is_some() { kind } else { unreachable },
        person: seen.person.clone(),
        instead_of: None,
        before: None,
        after: None,
    };
    found.extend(
        before.into_iter().map(|old| Becomes {
            before: Some(old.when),
            ..alone(old, PageChangeKind::Lost, PageChangeKind::Reachable)
        }),
    );
    found.extend(
        after.into_iter().map(|new| Becomes {
            after: Some(new.when),
            ..alone(new, PageChangeKind::New, PageChangeKind::Unreachable)
        }),
    );
    found.sort_unstable();
    found
}

impl Becomes {
    /// For one declaration.
    pub(super) fn told(&self, opening: Option<u32>) -> PageChange {
        let minutes = |when: When| match when {
            When::After(minutes) => Elapsed::minutes(i64::from(minutes)),
            When::Held(minutes) => Elapsed::minutes(i64::from(minutes.saturating_add(opening.unwrap_or_default()))),
        };
        PageChange {
            kind: self.kind,
            person: self.person.clone(),
            instead_of: self.instead_of.clone(),
            before: self.before.map(minutes),
            after: self.after.map(minutes),
        }
    }
}
