//! Steps: when, and whom.

use serde::{Deserialize, Serialize};

use super::target::PageTarget;
use crate::incident::event::{HelpReason, Urgency};
use crate::time::Elapsed;

/// One step of a track: whom to page, at a time from its start or on an occasion.
///
/// ```
/// use incident_core::{EscalationStep, Format, Source};
///
/// let text = "at = \"10m\"\npage = [\"lead:1\"]\nagain = { every = \"5m\", times = 6 }";
/// let step: EscalationStep = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(step.again.map(|again| again.times), Some(6));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EscalationStep {
    /// When, counted from the start of the track; at its start where neither this nor `when` is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Elapsed>,
    /// On which occasion, instead of a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<StepWhen>,
    /// Whom; all are found before anybody is paged.
    pub page: Vec<PageTarget>,
    /// How often it pages again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<PageAgain>,
    /// The name of the window that it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// How urgently; `high` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
}

/// An occasion on which a step acts, each time it comes: exactly one of these.
///
/// ```
/// use incident_core::{Format, Source, StepWhen};
///
/// let when: StepWhen = Source::parse("no_progress = \"20m\"", Format::Toml)?.read()?;
/// assert_eq!(when.no_progress, Some("20m".parse()?));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepWhen {
    /// Help is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpWanted>,
    /// There was no progress for so long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_progress: Option<Elapsed>,
    /// The severity changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityMove>,
}

/// Which help.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum HelpWanted {
    /// Any.
    Asked,
    /// An idea of what to try.
    Stuck,
    /// Knowledge of an area.
    Expertise,
    /// Leave to do something.
    Authority,
    /// Hands.
    Capacity,
    /// Sleep.
    Fatigue,
}

impl HelpWanted {
    /// Whether it is what somebody asks for.
    pub(crate) fn covers(self, reason: HelpReason) -> bool {
        match self {
            Self::Asked => true,
            Self::Stuck => reason == HelpReason::Stuck,
            Self::Expertise => reason == HelpReason::Expertise,
            Self::Authority => reason == HelpReason::Authority,
            Self::Capacity => reason == HelpReason::Capacity,
            Self::Fatigue => reason == HelpReason::Fatigue,
        }
    }
}

/// How the severity changed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SeverityMove {
    /// To a worse one.
    Raised,
}

/// How often a step pages again: those it has paged, and whoever it finds by then.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageAgain {
    /// The time between two.
    pub every: Elapsed,
    /// How many times more.
    pub times: u32,
}
