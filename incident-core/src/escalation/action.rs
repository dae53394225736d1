//! What an engine asks the host to do.

use serde::{Deserialize, Serialize};

use crate::decode::tagged;
use crate::id::{PersonId, PolicyId};
use crate::incident::event::{NobodyReachable, PageId, Urgency};
use crate::time::Timestamp;

tagged! {
    /// What an escalation asks of the host, each with its reason in one sentence.
    pub enum EscalationAction {
        PolicyStarted = "started",
        Page = "page",
        NobodyReachable = "nobody_reachable",
        NobodyNew = "nobody_new",
        Logged = "logged",
        Finished = "finished",
    }
}

impl EscalationAction {
    /// Why, in one sentence.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::PolicyStarted(it) => &it.why,
            Self::Page(it) => &it.why,
            Self::NobodyReachable(it) => &it.why,
            Self::NobodyNew(it) => &it.why,
            Self::Logged(it) => &it.why,
            Self::Finished(it) => &it.why,
            Self::Unknown(_) => "",
        }
    }
}

/// A policy began to page, in the version that the escalation keeps to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyStarted {
    /// Which policy.
    pub policy: PolicyId,
    /// Which version of it.
    pub version: String,
    /// Why, in one sentence.
    pub why: String,
}

/// Ask one person to look at it. Send it once per `id`, however often it is asked.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The page: a UUID (version 5) that follows from incident, track, step, person and round.
    pub id: PageId,
    /// Whom.
    pub person: PersonId,
    /// The minute for which it was due; it may be told late.
    pub at: Timestamp,
    /// What asked for it.
    pub track: EscalationTrack,
    /// Which step of the track, from 0.
    pub step: u32,
    /// How often the step had acted before.
    pub round: u32,
    /// How urgently.
    pub urgency: Urgency,
    /// Why this person, in one sentence.
    pub why: String,
}

/// What asks for a page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EscalationTrack {
    /// The first response.
    First,
    /// Reinforcement.
    Reinforce,
    /// The chain of command.
    Authority,
    /// `otherwise`: a step found nobody, or the first response is at its end.
    Otherwise,
    /// It was given to this person.
    Reassigned,
}

impl EscalationTrack {
    /// The tracks of steps, in the order in which they act within a minute.
    pub(super) const OF_STEPS: [Self; 3] = [Self::First, Self::Reinforce, Self::Authority];

    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Reinforce => "reinforce",
            Self::Authority => "authority",
            Self::Otherwise => "otherwise",
            Self::Reassigned => "reassigned",
        }
    }

    /// As people say it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::First => "the first response",
            Self::Reinforce => "reinforcement",
            Self::Authority => "the chain of command",
            Self::Otherwise => "`otherwise`",
            Self::Reassigned => "a new owner",
        }
    }
}

/// A step that somebody asked for adds nobody: everyone it finds is engaged already. Tell whoever asked.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NobodyNew {
    /// Who asked, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PersonId>,
    /// What the step belongs to.
    pub track: EscalationTrack,
    /// Which step of the track, from 0.
    pub step: u32,
    /// Why, in one sentence.
    pub why: String,
}

/// Good to know; nothing to do.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Logged {
    /// What.
    pub what: EscalationNote,
    /// In one sentence.
    pub why: String,
}

/// What is good to know.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EscalationNote {
    /// Experts were wanted, and no area is known.
    NoAreaKnown,
    /// Everyone that a step, or `otherwise`, finds is engaged already.
    AddsNobody,
    /// A step finds nobody, so `otherwise` is paged.
    FindsNobody,
    /// A step finds nobody, and waits until there is somebody.
    Waits,
    /// A step finds nobody, and the next one comes at once.
    Skips,
    /// The first response is at its end, and pages nobody there.
    EndsQuietly,
    /// The policy has no tracks for the severity, or there is none yet: `otherwise` is paged.
    SeverityWithoutPolicy,
    /// Help was asked for, and no step answers it.
    HelpUnanswered,
    /// A page did not arrive.
    DeliveryFailed,
    /// Something was told late, and counts from now.
    ToldLate,
}

/// It is over: nobody is paged any more.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finished {
    /// Why, in one sentence.
    pub why: String,
}
