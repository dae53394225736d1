//! Where the steps of a policy stand, and what they are called.

use crate::id::SeverityId;
use crate::text::pointer_step;
use crate::time::Elapsed;

use crate::escalation::document::{
    EscalationPolicyDocument, EscalationStep, OnEmpty, Otherwise, PageTarget, SeverityTracks,
};

/// A step with its place.
#[derive(Clone, Copy, Debug)]
pub(in crate::escalation) struct Placed<'a> {
    pub(in crate::escalation) severity: &'a SeverityId,
    pub(in crate::escalation) track: &'static str,
    pub(in crate::escalation) number: usize,
    pub(in crate::escalation) step: &'a EscalationStep,
}

impl Placed<'_> {
    /// A JSON Pointer into the policy.
    pub(in crate::escalation) fn path(&self) -> String {
        format!("/escalation{}/{}/{}", pointer_step(self.severity.as_str()), self.track, self.number)
    }

    /// Its targets as they are written: `` `next:primary` and `buddy` ``.
    pub(in crate::escalation) fn targets(&self) -> String {
        super::words::and(self.step.page.iter().map(|target| format!("`{target}`")).collect())
    }

    /// When it may act without any input, at the earliest; none where it needs one.
    pub(in crate::escalation) fn earliest(&self, on_empty: OnEmpty) -> Option<Elapsed> {
        match &self.step.when {
            None if on_empty == OnEmpty::Skip => Some(Elapsed::ZERO),
            None => Some(self.step.at.unwrap_or(Elapsed::ZERO)),
            Some(when) => when.no_progress,
        }
    }

    /// Until when it may act, if it is not held: the last of its rounds.
    pub(in crate::escalation) fn latest(&self) -> Elapsed {
        let when = self.step.when.as_ref().and_then(|when| when.no_progress);
        let at = when.or(self.step.at).unwrap_or(Elapsed::ZERO);
        let rounds = self.step.again.map_or(0, |again| again.every.as_micros().saturating_mul(i64::from(again.times)));
        Elapsed::from_micros(at.as_micros().saturating_add(rounds))
    }

    /// When it acts, in a sentence: `at +5m`, `after 20 min without progress`.
    pub(in crate::escalation) fn when(&self) -> String {
        match &self.step.when {
            None => format!("at {}", super::words::after(self.step.at.unwrap_or(Elapsed::ZERO))),
            Some(when) => match when.no_progress {
                Some(quiet) => format!("after {} without progress", super::words::minutes(quiet)),
                None if when.help.is_some() => "when help is asked for".to_owned(),
                None => "when the severity is raised".to_owned(),
            },
        }
    }
}

/// The steps of one severity, track by track.
pub(in crate::escalation) fn steps<'a>(
    severity: &'a SeverityId,
    tracks: &'a SeverityTracks,
) -> impl Iterator<Item = Placed<'a>> {
    let all = [("first", &tracks.first), ("reinforce", &tracks.reinforce), ("authority", &tracks.authority)];
    all.into_iter().flat_map(move |(track, steps)| {
        steps.iter().enumerate().map(move |(number, step)| Placed { severity, track, number, step })
    })
}

/// All steps, severity by severity.
pub(in crate::escalation) fn all_steps(document: &EscalationPolicyDocument) -> impl Iterator<Item = Placed<'_>> {
    document.escalation.severities.iter().flat_map(|(severity, tracks)| steps(severity, tracks))
}

/// The last resorts, each with its place: that of the policy, and those of severities.
pub(in crate::escalation) fn last_resorts(
    document: &EscalationPolicyDocument,
) -> impl Iterator<Item = (String, &Otherwise)> {
    let rules = &document.escalation;
    let own = rules.severities.iter().filter_map(|(severity, tracks)| {
        let path = format!("/escalation{}/otherwise", pointer_step(severity.as_str()));
        tracks.otherwise.as_ref().map(|otherwise| (path, otherwise))
    });
    rules.otherwise.iter().map(|otherwise| ("/escalation/otherwise".to_owned(), otherwise)).chain(own)
}

/// Every target with its place.
pub(in crate::escalation) fn targets(document: &EscalationPolicyDocument) -> Vec<(String, &PageTarget)> {
    let placed = |path: String, page: &'_ Vec<PageTarget>| -> Vec<String> {
        (0..page.len()).map(|number| format!("{path}/page/{number}")).collect()
    };
    let of_steps = all_steps(document).map(|placed| (placed.path(), &placed.step.page));
    let of_otherwise = last_resorts(document).map(|(path, otherwise)| (path, &otherwise.page));
    of_otherwise.chain(of_steps).flat_map(|(path, page)| placed(path, page).into_iter().zip(page)).collect()
}
