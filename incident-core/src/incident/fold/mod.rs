//! What follows from the log. Each file folds one thing, from entries as corrections left them.

mod effective;
mod impact;
mod learning;
mod milestones;
mod overview;
mod people;
mod relations;
mod severity;
mod spans;
mod tasks;
mod timeline;

pub(crate) use effective::{Effective, by_occurrence, effective};
pub use impact::{AreaImpact, AssuranceHeld, DisruptionSpan, Impact};
pub use learning::FollowUp;
pub(crate) use milestones::IN_ORDER;
pub use milestones::Milestone;
pub(crate) use milestones::reached;
pub(super) use milestones::{chronology, milestones};
pub use overview::IncidentOverview;
pub(super) use overview::{is_restricted, overview};
pub(super) use people::members;
pub use people::{Participant, Tenure};
pub use relations::Relation;
pub use severity::{SeverityHeld, SeverityHistory, SeveritySpan};
pub use spans::StateSpan;
pub(super) use spans::state_of;
pub use tasks::{Task, TaskState};
pub use timeline::TimelineEntry;
pub(super) use timeline::timeline;
