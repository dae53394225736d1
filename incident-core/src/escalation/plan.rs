//! A policy as the engine runs it: names found, times in minutes.

use super::action::EscalationTrack;
use super::document::{EscalationPolicyDocument, EscalationStep, HelpWanted, OnEmpty, Otherwise, PageTarget, TrackEnd};
use super::minute::minutes;
use crate::id::SeverityId;
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Window, WindowZone};

/// What to do, by severity.
#[derive(Debug)]
pub(super) struct Plan {
    severities: Vec<(SeverityId, Tracks)>,
    /// For a severity that the policy does not have: at its end at once.
    none: Tracks,
    pub(super) on_empty: OnEmpty,
}

/// What to do at one severity.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// First response, reinforcement, authority.
    pub(super) steps: [Vec<Step>; 3],
    /// Minutes from the last page of the first track to its end.
    pub(super) end_after: i64,
    pub(super) quietly: bool,
    pub(super) otherwise: Vec<PageTarget>,
    pub(super) acknowledged_for: Option<i64>,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) start: Start,
    pub(super) page: Vec<PageTarget>,
    pub(super) again: Option<Repeat>,
    pub(super) within: Option<Window>,
    pub(super) urgency: Urgency,
    /// What it is, in words: `the first response to sev1 at 5 min`.
    pub(super) said: String,
}

/// When a step acts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Start {
    /// Minutes from the start of its track.
    At(i64),
    Help(HelpWanted),
    /// Minutes of quiet.
    NoProgress(i64),
    Raised,
}

/// How a step repeats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    pub(super) every: i64,
    pub(super) times: u32,
}

impl Plan {
    /// What a policy without problems comes to.
    pub(super) fn of(document: &EscalationPolicyDocument) -> Self {
        let rules = &document.escalation;
        let general = rules.otherwise.clone().unwrap_or_default();
        let targets = |otherwise: &Otherwise| (otherwise.after.map_or(0, minutes), otherwise.page.clone());
        let tracks = rules.severities.iter().map(|(severity, tracks)| {
            let steps = [
                (EscalationTrack::First, &tracks.first),
                (EscalationTrack::Reinforce, &tracks.reinforce),
                (EscalationTrack::Authority, &tracks.authority),
            ];
            let said = |track| said(track, Some(severity));
            let steps =
                steps.map(|(track, steps)| steps.iter().map(|step| Step::of(step, document, said(track))).collect());
            let (end_after, otherwise) = targets(tracks.otherwise.as_ref().unwrap_or(&general));
            let quietly = tracks.end == Some(TrackEnd::Quietly);
            let acknowledged_for = tracks.acknowledged_for.or(rules.acknowledged_for).map(minutes);
            (severity.clone(), Tracks { steps, end_after, quietly, otherwise, acknowledged_for })
        });
        let none = Tracks {
            otherwise: general.page.clone(),
            acknowledged_for: rules.acknowledged_for.map(minutes),
            ..Tracks::default()
        };
        Self { severities: tracks.collect(), none, on_empty: rules.on_empty }
    }

    /// What to do at a severity, and whether the policy has it.
    pub(super) fn at(&self, severity: Option<&SeverityId>) -> (&Tracks, bool) {
        let known = severity.and_then(|severity| self.find(severity)).map(|(_, tracks)| tracks);
        (known.unwrap_or(&self.none), known.is_some())
    }

    /// A severity by the name that the policy has for it: the same text, which is near wherever the policy is.
    pub(super) fn shared(&self, severity: SeverityId) -> SeverityId {
        self.find(&severity).map(|(known, _)| known.clone()).unwrap_or(severity)
    }

    fn find(&self, severity: &SeverityId) -> Option<&(SeverityId, Tracks)> {
        self.severities.iter().find(|(known, _)| known == severity)
    }
}

impl Step {
    /// The window that holds the whole step.
    pub(super) fn window_of_step(&self) -> Option<&Window> {
        self.within.as_ref().filter(|window| window.zone != WindowZone::Recipient)
    }

    /// The window that holds each page of it, in the zone of whoever is paged.
    pub(super) fn window_of_recipient(&self) -> Option<&Window> {
        self.within.as_ref().filter(|window| window.zone == WindowZone::Recipient)
    }

    fn of(step: &EscalationStep, document: &EscalationPolicyDocument, track: String) -> Self {
        let when = step.when.clone().unwrap_or_default();
        let start = match (when.help, when.no_progress, when.severity) {
            (Some(help), ..) => Start::Help(help),
            (None, Some(quiet), _) => Start::NoProgress(minutes(quiet)),
            (None, None, Some(_)) => Start::Raised,
            (None, None, None) => Start::At(step.at.map_or(0, minutes)),
        };
        let again = step.again.filter(|again| again.times > 0);
        Self {
            start,
            page: step.page.clone(),
            again: again.map(|again| Repeat { every: minutes(again.every).max(1), times: again.times }),
            within: step.within.as_ref().and_then(|name| document.windows.get(name)).cloned(),
            urgency: step.urgency.unwrap_or(Urgency::High),
            said: track + &start.said(),
        }
    }
}

impl Start {
    /// `` at 5 min``.
    fn said(self) -> String {
        match self {
            Self::At(0) => " at once".to_owned(),
            Self::At(at) => format!(" at {}", Elapsed::minutes(at).words()),
            Self::Help(_) => " when help is asked for".to_owned(),
            Self::NoProgress(quiet) => format!(" after {} without progress", Elapsed::minutes(quiet).words()),
            Self::Raised => " when it gets worse".to_owned(),
        }
    }
}

/// A track in words: the first response is to a severity, the others are for it.
pub(super) fn said(track: EscalationTrack, severity: Option<&SeverityId>) -> String {
    let preposition = if track == EscalationTrack::First { "to" } else { "for" };
    let severity = severity.map_or_else(String::new, |severity| format!(" {preposition} {severity}"));
    format!("{}{severity}", track.words())
}
