//! The ladder that every tool has in place of our tracks: levels, each with its targets and a wait, climbed several times.

use crate::escalation::{
    EscalationRules, EscalationStep, OnEmpty, Otherwise, PageAgain, PageTarget, SeverityTracks, TrackEnd,
};
use crate::id::SeverityId;
use crate::incident::event::Urgency;
use crate::time::Elapsed;

/// One level.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Level {
    /// Whom it pages; nobody where a tool only waits.
    pub(super) page: Vec<PageTarget>,
    /// How long after it the next level comes, or the end.
    pub(super) wait: Elapsed,
    /// How urgently; `high` where absent.
    pub(super) urgency: Option<Urgency>,
    /// The name of the window that it waits for.
    pub(super) within: Option<String>,
}

/// Levels, climbed once and so many times more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ladder {
    pub(super) levels: Vec<Level>,
    pub(super) times_more: u32,
    /// What a level does that finds nobody.
    pub(super) on_empty: OnEmpty,
}

impl Ladder {
    /// Our rules for one severity. `at` counts from the start, so it is the sum of the waits before; a ladder that is
    /// climbed again pages each level again after the time that all of them take.
    ///
    /// What a tool does at the end is nothing, so the first response ends quietly. `otherwise`, which every policy has,
    /// names whom the last level names: whoever reads the file may let it act by taking `end` out.
    pub(super) fn rules(self, severity: &SeverityId) -> EscalationRules {
        let whole = self.levels.iter().fold(Elapsed::ZERO, |sum, level| plus(sum, level.wait));
        let again =
            (self.times_more > 0 && whole.is_positive()).then_some(PageAgain { every: whole, times: self.times_more });
        let last = self.levels.iter().rev().find(|level| !level.page.is_empty()).cloned().unwrap_or_default();
        let mut at = Elapsed::ZERO;
        let mut first = Vec::new();
        for level in self.levels {
            let wait = level.wait;
            if !level.page.is_empty() {
                first.push(EscalationStep {
                    at: Some(at),
                    when: None,
                    page: level.page,
                    again,
                    within: level.within,
                    urgency: level.urgency,
                });
            }
            at = plus(at, wait);
        }
        let tracks = SeverityTracks { first, end: Some(TrackEnd::Quietly), ..SeverityTracks::default() };
        EscalationRules {
            otherwise: Some(Otherwise { after: last.wait.is_positive().then_some(last.wait), page: last.page }),
            acknowledged_for: None,
            on_empty: self.on_empty,
            severities: [(severity.clone(), tracks)].into(),
        }
    }

    /// The ladder of a severity: the first track, and `otherwise` as a last level unless it ends quietly.
    ///
    /// Steps come in the order of their times; where the first does not come at once, a level that pages nobody waits for
    /// it. A ladder is climbed again as often as all its steps page again, where they do so after the same time.
    pub(super) fn of(rules: &EscalationRules, tracks: &SeverityTracks) -> Self {
        let mut steps: Vec<_> = tracks.first.iter().filter(|step| step.when.is_none()).collect();
        steps.sort_by_key(|step| step.at.unwrap_or_default());
        let times: Vec<_> = steps.iter().map(|step| step.at.unwrap_or_default()).collect();
        let otherwise = tracks.otherwise.as_ref().or(rules.otherwise.as_ref());
        let after = otherwise.and_then(|otherwise| otherwise.after).unwrap_or_default();
        let again = steps.first().and_then(|step| step.again);
        let alike = steps.iter().all(|step| step.again == again);
        let mut levels = Vec::new();
        levels.extend(
            times.first().filter(|first| first.is_positive()).map(|first| Level { wait: *first, ..Level::default() }),
        );
        for (at, step) in steps.iter().enumerate() {
            let now = times.get(at).copied().unwrap_or_default();
            let wait = times.get(at.saturating_add(1)).map_or(after, |next| minus(*next, now));
            levels.push(Level { page: step.page.clone(), wait, urgency: step.urgency, within: step.within.clone() });
        }
        let whole = levels.iter().fold(Elapsed::ZERO, |sum, level| plus(sum, level.wait));
        let mut again = again.filter(|again| alike && again.every == whole);
        if let (Some(otherwise), false) = (otherwise, tracks.end == Some(TrackEnd::Quietly)) {
            levels.push(Level { page: otherwise.page.clone(), wait: after, urgency: None, within: None });
            // It comes once; a ladder that is climbed again would page it each time.
            again = None;
        }
        let times_more = again.map_or(0, |again| again.times);
        Self { levels, times_more, on_empty: rules.on_empty }
    }
}

pub(super) fn plus(one: Elapsed, other: Elapsed) -> Elapsed {
    Elapsed::from_micros(one.as_micros().saturating_add(other.as_micros()))
}

fn minus(one: Elapsed, other: Elapsed) -> Elapsed {
    Elapsed::from_micros(one.as_micros().saturating_sub(other.as_micros()))
}
