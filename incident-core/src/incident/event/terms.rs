//! The words that events use: closed lists, each member with one meaning.

use serde::{Deserialize, Serialize};

use crate::id::StateId;

/// A closed list of words: its text in JSON is its text in messages.
macro_rules! words {
    ($($(#[doc = $doc:literal])+ pub enum $Word:ident { $($(#[doc = $meaning:literal])+ $Member:ident = $text:literal,)+ })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $Word {
            $($(#[doc = $meaning])+ #[serde(rename = $text)] $Member,)+
        }

        impl $Word {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$Member),+];

            /// The word as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Member => $text),+ }
            }
        }

        impl std::fmt::Display for $Word {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

/// A state of an incident, with the kind that says what it means under any lifecycle.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct State {
    /// Its name in the lifecycle.
    pub name: StateId,
    /// What it means.
    pub kind: StateKind,
}

/// Where something came from: a tool, and its own name for the thing.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// The tool, such as `alertmanager`.
    pub source: String,
    /// Its name for the thing.
    pub id: String,
    /// Where to see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A page as it is known outside: a UUID that follows from incident, step, person and round.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageId(#[cfg_attr(feature = "schema", schemars(with = "String"))] uuid::Uuid);

impl From<uuid::Uuid> for PageId {
    fn from(id: uuid::Uuid) -> Self {
        Self(id)
    }
}

impl std::fmt::Display for PageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

words! {
    /// What a state means, whatever it is called.
    pub enum StateKind {
        /// A person has to decide whether it is an incident.
        Triage = "triage",
        /// It is being worked on.
        Active = "active",
        /// Work waits for something.
        Paused = "paused",
        /// The harm is over.
        Resolved = "resolved",
        /// It is being learned from.
        PostIncident = "post_incident",
        /// Nothing more is to be done.
        Closed = "closed",
        /// It was proposed and was none.
        Declined = "declined",
        /// It was nothing, or nothing more.
        StoodDown = "stood_down",
        /// It is part of another.
        Merged = "merged",
    }

    /// What sort of incident it is. A back-filled one is no kind: it follows from when things were recorded.
    pub enum IncidentKind {
        /// A real one.
        Standard = "standard",
        /// Planned work.
        Maintenance = "maintenance",
        /// An exercise.
        Drill = "drill",
        /// A test of the tools.
        Test = "test",
    }

    /// How badly something is disrupted, in order.
    pub enum Disruption {
        /// Not at all.
        None = "none",
        /// Slower, or with errors.
        Degraded = "degraded",
        /// Some of it is lost.
        Partial = "partial",
        /// All of it is lost.
        Full = "full",
    }

    /// What people want to be assured of.
    pub enum Assurance {
        /// Whether data was lost.
        DataLost = "data_lost",
        /// Whether data was exposed.
        DataExposed = "data_exposed",
        /// Whether security was breached.
        SecurityBreached = "security_breached",
    }

    /// Whether the harm in question happened, in order.
    pub enum AssuranceAnswer {
        /// It did not; somebody made sure.
        ConfirmedNot = "confirmed_not",
        /// Nobody knows yet.
        Unknown = "unknown",
        /// It did.
        Occurred = "occurred",
    }

    /// What somebody who asks for help is missing.
    pub enum HelpReason {
        /// An idea of what to try.
        Stuck = "stuck",
        /// Knowledge of an area.
        Expertise = "expertise",
        /// Leave to do something.
        Authority = "authority",
        /// Hands.
        Capacity = "capacity",
        /// Sleep.
        Fatigue = "fatigue",
    }

    /// How a hypothesis ended.
    pub enum HypothesisVerdict {
        /// What was tried speaks for it.
        Supported = "supported",
        /// What was tried speaks against it.
        Refuted = "refuted",
        /// What was tried does not say.
        Inconclusive = "inconclusive",
        /// A better one took its place.
        Superseded = "superseded",
    }

    /// How an experiment ended.
    pub enum Outcome {
        /// It helped.
        Worked = "worked",
        /// It made things worse, or could not be done.
        Failed = "failed",
        /// Nothing changed.
        NoEffect = "no_effect",
        /// It was taken back.
        Reverted = "reverted",
    }

    /// How urgently somebody is paged.
    pub enum Urgency {
        /// It can wait until they look.
        Low = "low",
        /// It wakes them.
        High = "high",
    }

    /// How a factor contributed.
    pub enum FactorKind {
        /// It set things off.
        Trigger = "trigger",
        /// It made it possible.
        Condition = "condition",
        /// A way of working.
        Process = "process",
        /// It was not noticed, or late.
        DetectionGap = "detection_gap",
        /// It made the mending slow.
        RecoveryObstacle = "recovery_obstacle",
        /// It kept the harm small.
        Protective = "protective",
    }

    /// What a follow-up does for the future.
    pub enum FollowUpKind {
        /// It will not happen again.
        Prevent = "prevent",
        /// It will be noticed sooner.
        Detect = "detect",
        /// It will do less harm.
        Mitigate = "mitigate",
        /// We will work otherwise.
        Process = "process",
        /// It will be written down.
        Document = "document",
    }

    /// How a follow-up stands.
    pub enum FollowUpState {
        /// To be done.
        Open = "open",
        /// Being done.
        InProgress = "in_progress",
        /// Done.
        Done = "done",
        /// Decided against.
        Declined = "declined",
        /// Another one took its place.
        Superseded = "superseded",
    }

    /// What sort of thing was observed.
    pub enum ObservationKind {
        /// It went well.
        WentWell = "went_well",
        /// It went poorly.
        WentPoorly = "went_poorly",
        /// We were lucky.
        Lucky = "lucky",
        /// Somebody improvised.
        Improvised = "improvised",
        /// Something around it was unusual.
        Abnormal = "abnormal",
    }

    /// What noticed an incident.
    pub enum DetectionSource {
        /// An alert.
        Monitoring = "monitoring",
        /// Somebody who works here.
        Employee = "employee",
        /// A customer.
        Customer = "customer",
        /// Somebody else outside.
        Outside = "outside",
    }

    /// How a retrospective stands.
    pub enum RetrospectiveState {
        /// It is being written.
        Draft = "draft",
        /// It is being read.
        InReview = "in_review",
        /// It was agreed on.
        Approved = "approved",
        /// Everybody can read it.
        Published = "published",
        /// There will be none.
        Skipped = "skipped",
    }

    /// How an incident has to do with another.
    pub enum RelationKind {
        /// It is the same.
        DuplicateOf = "duplicate_of",
        /// The other brought it about.
        CausedBy = "caused_by",
        /// It is the other once more.
        RecurrenceOf = "recurrence_of",
        /// The other is a part of it.
        ParentOf = "parent_of",
        /// Somehow.
        RelatedTo = "related_to",
    }
}

impl StateKind {
    /// Whether it is over for good: nothing more is to be done, for one reason or another.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Closed | Self::Declined | Self::StoodDown | Self::Merged)
    }

    /// Whether somebody has to look after it now.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Triage | Self::Active | Self::Paused)
    }
}
