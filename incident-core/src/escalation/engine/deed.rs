//! What the engine decided, before it is put into words: cheap to make, and all that a proof looks at.

use serde::{Deserialize, Serialize};

use super::super::action::EscalationTrack;
use super::super::minute::Minute;
use crate::id::{PersonId, SeverityId};
use crate::incident::event::{HelpReason, PageId};

/// One decision. [`State::say`](super::state::State) puts it into words.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::escalation) enum Deed {
    /// A policy began, perhaps in place of another version.
    Started { instead_of: Option<String> },
    /// Somebody is paged.
    Page(PageDeed),
    /// Nobody can be reached.
    Unreachable { at: Minute, reason: Reason },
    /// A step came to its time, and paged nobody itself.
    Step { at: Minute, step: StepOf, round: u32, outcome: Outcome },
    /// Everybody in `otherwise` is engaged already.
    OtherwiseAddsNobody { reason: Reason },
    /// The first response ends, and pages nobody there.
    EndsQuietly,
    /// There are no tracks for the severity.
    NoTracks { severity: Option<SeverityId> },
    /// No step answers.
    HelpUnanswered { reason: HelpReason },
    /// A page did not arrive.
    DeliveryFailed {
        page: PageId,
        /// Whose page it was, if it is one of this escalation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<u32>,
    },
    /// Something was told for a minute that was worked through.
    ToldLate { at: Minute, now: Minute },
    /// It is over.
    Finished,
}

/// Somebody is paged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(in crate::escalation) struct PageDeed {
    /// By their place among the people of the state.
    pub(in crate::escalation) person: u32,
    pub(in crate::escalation) at: Minute,
    pub(in crate::escalation) track: EscalationTrack,
    /// Which step of the track; 0 for `otherwise` and a new owner.
    pub(in crate::escalation) step: u32,
    pub(in crate::escalation) round: u32,
    pub(in crate::escalation) cause: Cause,
}

/// Why somebody is paged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::escalation) enum Cause {
    /// A target of the step means them.
    Target { link: Link, repeat: u32 },
    /// The step repeats, and has paged them.
    Again { repeat: u32 },
    /// They stand in `otherwise`.
    Otherwise { link: Link, reason: Reason },
    /// It was given to them.
    Given { by: Option<PersonId> },
}

/// How a target leads to somebody.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(in crate::escalation) struct Link {
    /// The place of the target in its list.
    pub(in crate::escalation) target: u32,
    /// Whose buddy or lead they are, by place among the people; or which area they know, by place among the areas.
    pub(in crate::escalation) of: Option<u32>,
}

/// Why `otherwise` is asked, or nobody can be reached.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::escalation) enum Reason {
    /// A step finds nobody.
    Step(StepOf),
    /// The first response is at its end.
    End,
    /// The new owner is absent.
    Given { to: PersonId },
}

/// A step, by its place.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(in crate::escalation) struct StepOf {
    pub(in crate::escalation) track: EscalationTrack,
    pub(in crate::escalation) step: u32,
}

/// What came of a step that paged nobody itself.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::escalation) enum Outcome {
    /// It wants experts, and no area is known. Its other targets are asked all the same.
    NoArea,
    /// Everybody it finds is engaged already. `help` says that somebody asked, perhaps who.
    AddsNobody { help: bool, asker: Option<PersonId> },
    /// It finds nobody, and `otherwise` is paged.
    FindsNobody,
    /// It finds nobody, and waits.
    Waits,
    /// It finds nobody, and the next step comes at once.
    Skips,
}
