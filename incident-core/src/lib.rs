//! The incident lifecycle as a library: the record, the rules, the paging, the retrospective and the statistics.
#![forbid(unsafe_code)]

#[cfg(doctest)]
mod book;
pub mod codes;
mod condition;
mod decode;
mod directory;
mod error;
mod escalation;
mod finding;
mod handbook;
mod history;
#[cfg(feature = "ical")]
pub mod ical;
mod id;
mod incident;
pub mod interop;
mod known;
mod limits;
mod obligation;
mod oncall;
mod privacy;
mod retrospective;
mod severity;
pub mod stats;
pub mod text;
mod time;

#[cfg(feature = "call")]
pub mod call;

pub use codes::{Code, CodeMeaning};
pub use condition::{
    BoundCondition, Condition, Fact, FactKind, FactValue, Facts, Literal, Operator, Test, Truth, Verdict, Vocabulary,
    Within, Worse,
};
pub use decode::Unknown;
pub use directory::{Area, Directory, DirectoryDocument, Person, Team};
pub use error::{Error, ErrorKind, Result};
pub use escalation::{
    AcknowledgementAssumption, Allowance, Backtest, BacktestDifference, BacktestIncident, BacktestIncidentChange,
    BacktestPage, BacktestPerson, BacktestPersonChange, BacktestTimes, BacktestedPolicy, Counterexample, Escalation,
    EscalationAction, EscalationBasis, EscalationInput, EscalationNote, EscalationPolicy, EscalationPolicyDocument,
    EscalationPreset, EscalationRules, EscalationStatus, EscalationStep, EscalationTrack, Finished, Fleet, FleetDue,
    HelpWanted, HoursLimit, LoadRequirement, Logged, NobodyNew, OnCallLoad, OnEmpty, Otherwise, Page, PageAgain,
    PageChange, PageChangeKind, PageTarget, PagedWithin, PastHelp, PastIncident, PastIncidents, PastSeverity,
    PolicyChange, PolicyChangeStart, PolicyDifference, PolicyStarted, Proof, ProofAssumptions, ProofClaim,
    ProofClaimKind, ProofHorizon, ProofRequirements, SeverityMove, SeverityTracks, StepOutcome, StepWhen, TraceLine,
    TrackEnd, World, WorldDocument,
};
pub use finding::{Finding, FindingLabel, Level, Place, new_findings};
pub use handbook::{
    CalendarDays, Handbook, HandbookReport, OrgDocument, PolicyRoute, RouteTaken, RuleFile, TeamChange, TeamDocument,
    TeamReport, format_document,
};
pub use history::{ColumnMap, ColumnProposal, ColumnSample, History, HistoryRow, Metric, Summary};
pub use id::{
    AreaId, AudienceId, IncidentId, MilestoneId, PersonId, PolicyId, RoleId, ScheduleId, SeverityId, SlotId, StateId,
    TeamId,
};
pub use incident::event::{
    Assurance, AssuranceAnswer, DetectionSource, Disruption, FactorKind, FollowUpKind, FollowUpState, HelpReason,
    HypothesisVerdict, IncidentKind, ObservationKind, Outcome, PageId, Provenance, RelationKind, RetrospectiveState,
    State, StateKind, Urgency,
};
pub use incident::{
    Advice, Alert, AreaImpact, AssuranceHeld, Candidate, Chronology, Concern, DisruptionSpan, Entry, Event, FollowUp,
    Gate, Impact, Incident, IncidentOverview, IncidentView, Lifecycle, LifecycleState, Milestone, Participant,
    Relation, Requirement, Seq, SeverityHeld, SeverityHistory, SeveritySpan, Stamp, StateSpan, Task, TaskState, Tenure,
    TimelineEntry, advice, event, vocabulary,
};
pub use known::{Count, Currency, Known, Money, Share};
pub use limits::{LIMITS, Limits};
pub use obligation::{Obligation, ObligationState};
pub use oncall::{
    Absence, AsleepWeek, Coverage, DoubleBooking, DutyAt, Handoff, IfAbsent, Joins, Leaves, LoadBalance, LoadOptions,
    LoadReport, LoadWeek, NextHandoff, NotFree, NotFreeReason, OnCall, OnCallMany, Overloaded, OverrideApplied,
    PersonLoad, PersonMoved, RecordedHistory, RecordedShift, ReportSpan, Rotation, RotationMember, RotationTurn,
    Schedule, ScheduleChange, ScheduleChangeKind, ScheduleCoverage, ScheduleDifference, ScheduleDocument, ScheduleMove,
    ScheduleOverride, ScheduleQuality, Shift, ShiftTaker, ShiftTakers, Shifts, TurnCount, TurnHeld, load_together,
};
#[cfg(feature = "ical")]
pub use oncall::{AbsenceReading, OverrideReading};
pub use privacy::{Clearance, Viewer, Visibility};
pub use retrospective::{
    Bullets, CellTable, Perspective, Prose, Question, Retrospective, RetrospectiveSection, RetrospectiveTemplate,
    SectionBlock, SectionKind, Sentence, TableRow, Topic,
};
pub use severity::{
    Cadence, Classification, ClassificationBasis, DecidingRule, FactQuestion, Reclassification, Response,
    ResponseChange, ResponseChangeKind, ResponseDifference, SeverityBounds, SeverityDefinition, SeverityMatrix,
    SeverityPreset, SeverityRaise, SeverityScheme, SeveritySchemeDocument, UnknownPolicy,
};
pub use stats::{Estimate, EstimateUnit, Interval, IntervalMethod, InvalidValues, NoNumber};
pub use text::escape::TextOutput;
pub use text::leak::{Leak, LeakKind, leaks};
pub use text::{Format, Source};
pub use time::{
    Calendar, Date, Days, Elapsed, Hours, Moment, Occurrence, Span, TZ_VERSION, Term, Timestamp, Turn, TurnUnit,
    Weekday, Window, WindowZone, Zone,
};
