//! The record: an append-only list of entries from which everything else follows.
//!
//! An [`Incident`] holds its log and nothing derived from it. A verb validates, appends and returns the entries it
//! appended, which is what the host stores. State folds by the number of the entries (what we were told, in that
//! order); milestones, spans and the timeline go by when things occurred. A correction is an entry; nothing is
//! overwritten but by [`Incident::redact`].
//!
//! - `event/` every payload an entry can have; `entry` who said it and when; `log` the document.
//! - `lifecycle`, `gate` which states there are, which moves are allowed and what they need: data, checked.
//! - `verb/` what callers do, one file a theme; `admit`, `rule` what holds for every event however it comes.
//! - `fold/` what follows from the log: state, milestones, impact, severity, people, tasks, relations.
//! - `erase` what is left where words were erased.
//! - `view` who sees what; `advice`, `candidate`, `facts` the way in.

mod admit;
mod advice;
mod candidate;
mod entry;
mod erase;
pub mod event;
mod facts;
mod fold;
mod gate;
mod lifecycle;
mod log;
mod presets;
mod record;
mod rule;
mod sentence;
mod upcast;
mod verb;
mod view;

pub use advice::{Advice, Concern, advice};
pub use candidate::{Alert, Candidate};
pub use entry::{Entry, Seq, Stamp};
pub use event::Event;
pub use facts::vocabulary;
pub(crate) use fold::IN_ORDER;
pub use fold::{
    AreaImpact, AssuranceHeld, DisruptionSpan, FollowUp, Impact, IncidentOverview, Milestone, Participant, Relation,
    SeverityHeld, SeverityHistory, SeveritySpan, StateSpan, Task, TaskState, Tenure, TimelineEntry,
};
pub(crate) use fold::{Effective, by_occurrence, effective, reached};
pub use gate::{Gate, Requirement};
pub use lifecycle::{Chronology, Lifecycle, LifecycleState};
pub use record::Incident;
pub use view::IncidentView;
