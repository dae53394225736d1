//! Whom a step pages: one closed grammar.

use std::{fmt, str::FromStr};

use crate::codes;
use crate::error::{Error, Result};
use crate::id::{PersonId, ScheduleId, SlotId, TeamId};
use crate::text::{nearest, short};

/// A target of a page: `on-call:primary`, `next:primary`, `buddy`, `experts`, `experts:1`, `lead:1`, `team:payments`,
/// `person:ana`, `round-robin:payments` or `slot:commander`.
///
/// ```
/// use incident_core::PageTarget;
///
/// assert_eq!("lead:2".parse::<PageTarget>()?, PageTarget::Lead(2));
/// let no = "oncall:primary".parse::<PageTarget>().unwrap_err();
/// assert_eq!(no.hint.as_deref(), Some("did you mean `on-call:primary`?"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^(buddy|experts(:[1-9][0-9]*)?|lead:[1-9][0-9]*|(on-call|next|team|person|round-robin|slot):.+)$"))
)]
pub enum PageTarget {
    /// Everyone on call now.
    OnCall(ScheduleId),
    /// The person of the next turn, passing over those on call now or absent.
    Next(ScheduleId),
    /// The buddies of the responders.
    Buddy,
    /// The experts of the incident's areas; the first so many of them.
    Experts(Option<u32>),
    /// So many steps up the chain of command of the responders, and on while absent.
    Lead(u32),
    /// Everybody in a team.
    Team(TeamId),
    /// One person.
    Person(PersonId),
    /// The next present member of a team, another one each time.
    RoundRobin(TeamId),
    /// Whoever the host put there.
    Slot(SlotId),
}

impl PageTarget {
    /// Whether somebody who is paged through it is a responder, whose buddies and leads may follow.
    #[must_use]
    pub fn makes_responders(&self) -> bool {
        matches!(self, Self::OnCall(_) | Self::Next(_) | Self::Person(_))
    }
}

/// The kinds that need a name, and those that stand alone.
const NAMED: [&str; 6] = ["on-call", "next", "team", "person", "round-robin", "slot"];
const COUNTED: [&str; 3] = ["experts", "lead", "buddy"];

/// More steps up than any chain of command has, and more experts than any area.
const MOST: u32 = 99;

impl FromStr for PageTarget {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = |hint: String| {
            Error::invalid(codes::BAD_TARGET, format!("`{}` is nobody one can page", short(text))).hint(hint)
        };
        let (kind, name) = text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name)));
        let count = |name: &str| {
            let plain = !name.is_empty() && name.bytes().all(|c| c.is_ascii_digit()) && !name.starts_with('0');
            let count = plain.then(|| name.parse().ok()).flatten().filter(|count| *count <= MOST);
            count.ok_or_else(|| bad(format!("write `{kind}:1`")))
        };
        match (kind, name) {
            ("on-call", Some(name)) => name.parse().map(Self::OnCall),
            ("next", Some(name)) => name.parse().map(Self::Next),
            ("team", Some(name)) => name.parse().map(Self::Team),
            ("person", Some(name)) => name.parse().map(Self::Person),
            ("round-robin", Some(name)) => name.parse().map(Self::RoundRobin),
            ("slot", Some(name)) => name.parse().map(Self::Slot),
            ("buddy", None) => Ok(Self::Buddy),
            ("experts", None) => Ok(Self::Experts(None)),
            ("experts", Some(name)) => count(name).map(|count| Self::Experts(Some(count))),
            ("lead", Some(name)) => count(name).map(Self::Lead),
            ("lead", None) => Err(bad("write `lead:1` for their own lead, `lead:2` for one above".to_owned())),
            ("buddy", Some(_)) => Err(bad("write `buddy`: it is of those who respond".to_owned())),
            (kind, None) if NAMED.contains(&kind) => Err(bad(format!("write `{kind}:` and a name"))),
            (kind, name) => Err(bad(match nearest(kind, NAMED.into_iter().chain(COUNTED)) {
                Some(near) => match name {
                    Some(name) => format!("did you mean `{near}:{}`?", short(name)),
                    None => format!("did you mean `{near}`?"),
                },
                None => "write such as `on-call:primary`, `next:primary`, `buddy`, `experts`, `lead:1`, `team:x`, \
                         `person:x`, `round-robin:x` or `slot:x`"
                    .to_owned(),
            })),
        }
    }
}

impl fmt::Display for PageTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnCall(name) => write!(f, "on-call:{name}"),
            Self::Next(name) => write!(f, "next:{name}"),
            Self::Buddy => f.write_str("buddy"),
            Self::Experts(None) => f.write_str("experts"),
            Self::Experts(Some(count)) => write!(f, "experts:{count}"),
            Self::Lead(steps) => write!(f, "lead:{steps}"),
            Self::Team(name) => write!(f, "team:{name}"),
            Self::Person(name) => write!(f, "person:{name}"),
            Self::RoundRobin(name) => write!(f, "round-robin:{name}"),
            Self::Slot(name) => write!(f, "slot:{name}"),
        }
    }
}

crate::time::as_text!(PageTarget);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let told = text
            .parse::<PageTarget>()
            .map_or_else(|no| format!("{}: {}", no.code, no.hint.unwrap_or_default()), |target| target.to_string());
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn targets_are_read_as_they_are_written() {
        for text in [
            "on-call:primary",
            "next:primary",
            "buddy",
            "experts",
            "experts:1",
            "lead:2",
            "team:x",
            "person:ana b",
            "round-robin:x",
            "slot:a:b",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_is_no_target_says_what_is() {
        check("buddys", "escalation.bad_target: did you mean `buddy`?");
        check("teem:x", "escalation.bad_target: did you mean `team:x`?");
        check("person", "escalation.bad_target: write `person:` and a name");
        check("person:", "id.bad_id: write a short name such as `ana` or `checkout`");
        check("lead", "escalation.bad_target: write `lead:1` for their own lead, `lead:2` for one above");
        for bad in ["lead:0", "lead:-1", "lead:1.5", "lead:", "lead:100"] {
            check(bad, "escalation.bad_target: write `lead:1`");
        }
        check("experts:0", "escalation.bad_target: write `experts:1`");
        check("buddy:ana", "escalation.bad_target: write `buddy`: it is of those who respond");
        assert!("".parse::<PageTarget>().is_err());
    }
}
