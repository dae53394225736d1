//! Everything an entry can say, in one place: plain data, past tense, one file a theme.
//!
//! Rooms above only fold and interpret these. A `type` never changes its meaning; a changed meaning is a new type and
//! an upcaster.

mod classification;
mod communication;
mod diagnosis;
mod impact;
mod learning;
mod lifecycle;
mod paging;
mod people;
mod record;
mod relation;
mod terms;

pub use classification::{Classified, SeverityOverridden, SeverityOverrideLifted};
pub use communication::{ConversationNoted, Noted, UpdatePosted};
pub use diagnosis::{
    Decided, EvidenceAdded, ExperimentConcluded, ExperimentStarted, HypothesisConcluded, HypothesisFocused,
    Hypothesized,
};
pub use impact::{AssuranceGiven, CostEstimated, CustomersAffected, FactRecorded, ImpactReported};
pub use learning::{
    DetectionNoted, FactorIdentified, FeelingNoted, FollowUpAdded, FollowUpChanged, FollowUpMoved, Observed,
    PerspectiveDeclined, PerspectiveWritten, RetrospectiveMoved, RiskAccepted, Starred, Unstarred,
};
pub use lifecycle::{
    Accepted, Acknowledged, Closed, Declared, Declined, KindChanged, MilestoneReached, Paused, Proposed, Reopened,
    Resolved, Retitled, StateChanged, StoodDown, Summarized,
};
pub use paging::{
    EscalationEnded, EscalationStarted, NobodyReachable, PageAcknowledged, PageFailed, Paged, Reassigned, Snoozed,
    Unacknowledged,
};
pub use people::{
    AccessGranted, AccessRevoked, AuthorizationAsked, AuthorizationGranted, AuthorizationRefused, HelpAnswered,
    HelpAsked, ItemTicked, ItemUnticked, Joined, Left, Restricted, RoleAccepted, RoleAssigned, RoleReleased, TaskAdded,
    TaskAssigned, TaskDone, TaskDropped, Unrestricted,
};
pub use record::{Corrected, Erased, Redacted, Retracted};
pub use relation::{Absorbed, AlertAttached, AlertResolved, LinkAdded, Merged, Related, Released, Unmerged, Unrelated};
pub use terms::{
    Assurance, AssuranceAnswer, DetectionSource, Disruption, FactorKind, FollowUpKind, FollowUpState, HelpReason,
    HypothesisVerdict, IncidentKind, ObservationKind, Outcome, PageId, Provenance, RelationKind, RetrospectiveState,
    State, StateKind, Urgency,
};

use crate::decode::tagged;

tagged! {
    /// What an entry says.
    pub enum Event {
        Proposed = "proposed",
        Declared = "declared",
        Accepted = "accepted",
        Declined = "declined",
        StoodDown = "stood_down",
        StateChanged = "state_changed",
        Acknowledged = "acknowledged",
        Paused = "paused",
        Resolved = "resolved",
        Reopened = "reopened",
        Closed = "closed",
        Retitled = "retitled",
        Summarized = "summarized",
        KindChanged = "kind_changed",
        MilestoneReached = "milestone_reached",
        ImpactReported = "impact_reported",
        CustomersAffected = "customers_affected",
        AssuranceGiven = "assurance_given",
        FactRecorded = "fact_recorded",
        CostEstimated = "cost_estimated",
        Classified = "classified",
        SeverityOverridden = "severity_overridden",
        SeverityOverrideLifted = "severity_override_lifted",
        Joined = "joined",
        Left = "left",
        RoleAssigned = "role_assigned",
        RoleAccepted = "role_accepted",
        RoleReleased = "role_released",
        ItemTicked = "item_ticked",
        ItemUnticked = "item_unticked",
        TaskAdded = "task_added",
        TaskAssigned = "task_assigned",
        TaskDone = "task_done",
        TaskDropped = "task_dropped",
        HelpAsked = "help_asked",
        HelpAnswered = "help_answered",
        AuthorizationAsked = "authorization_asked",
        AuthorizationGranted = "authorization_granted",
        AuthorizationRefused = "authorization_refused",
        Restricted = "restricted",
        Unrestricted = "unrestricted",
        AccessGranted = "access_granted",
        AccessRevoked = "access_revoked",
        Hypothesized = "hypothesized",
        HypothesisFocused = "hypothesis_focused",
        EvidenceAdded = "evidence_added",
        HypothesisConcluded = "hypothesis_concluded",
        ExperimentStarted = "experiment_started",
        ExperimentConcluded = "experiment_concluded",
        Decided = "decided",
        Noted = "noted",
        UpdatePosted = "update_posted",
        ConversationNoted = "conversation_noted",
        EscalationStarted = "escalation_started",
        Paged = "paged",
        PageAcknowledged = "page_acknowledged",
        PageFailed = "page_failed",
        NobodyReachable = "nobody_reachable",
        Snoozed = "snoozed",
        Unacknowledged = "unacknowledged",
        Reassigned = "reassigned",
        EscalationEnded = "escalation_ended",
        FactorIdentified = "factor_identified",
        RiskAccepted = "risk_accepted",
        FollowUpAdded = "follow_up_added",
        FollowUpChanged = "follow_up_changed",
        FollowUpMoved = "follow_up_moved",
        Observed = "observed",
        DetectionNoted = "detection_noted",
        PerspectiveWritten = "perspective_written",
        PerspectiveDeclined = "perspective_declined",
        FeelingNoted = "feeling_noted",
        RetrospectiveMoved = "retrospective_moved",
        Starred = "starred",
        Unstarred = "unstarred",
        Related = "related",
        Unrelated = "unrelated",
        Merged = "merged",
        Unmerged = "unmerged",
        Absorbed = "absorbed",
        Released = "released",
        AlertAttached = "alert_attached",
        AlertResolved = "alert_resolved",
        LinkAdded = "link_added",
        Corrected = "corrected",
        Retracted = "retracted",
        Redacted = "redacted",
        Erased = "erased",
    }
}
