//! Policies that come with the library, as documents to start from.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::policy::EscalationPolicy;
use crate::codes;
use crate::error::{Error, Result};
use crate::text::{Format, Source, nearest};

/// A policy that comes with the library. Each is a document that says what it assumes of schedules, teams and slots;
/// [`EscalationPreset::text`] is a file to start from.
///
/// ```
/// use incident_core::{EscalationPolicy, EscalationPreset};
///
/// let policy = EscalationPolicy::preset(EscalationPreset::TwoTiers)?;
/// assert_eq!(policy.severities().count(), 3);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EscalationPreset {
    /// A primary and a secondary on call, then their leads.
    TwoTiers,
    /// Whoever is awake, by regions; what can wait waits for their morning.
    FollowTheSun,
    /// Responders with buddies, a commander from the start, experts when help is asked for or nothing moves.
    Commander,
}

impl EscalationPreset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::TwoTiers, Self::FollowTheSun, Self::Commander];

    /// The document, as TOML.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::TwoTiers => include_str!("presets/two_tiers.toml"),
            Self::FollowTheSun => include_str!("presets/follow_the_sun.toml"),
            Self::Commander => include_str!("presets/commander.toml"),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::TwoTiers => "two_tiers",
            Self::FollowTheSun => "follow_the_sun",
            Self::Commander => "commander",
        }
    }
}

impl FromStr for EscalationPreset {
    type Err = Error;
    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name).ok_or_else(|| {
            let message = format!("there is no policy `{}`", crate::text::short(name));
            let error = Error::invalid(codes::NO_SUCH_PRESET, message);
            match nearest(name, Self::ALL.map(Self::name)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("write `two_tiers`, `follow_the_sun` or `commander`"),
            }
        })
    }
}

impl EscalationPolicy {
    /// A policy that comes with the library, usable where the world has what it assumes.
    ///
    /// # Errors
    /// None in practice.
    pub fn preset(preset: EscalationPreset) -> Result<Self> {
        Self::read(&Source::parse(preset.text(), Format::Toml)?)
    }
}
