//! What is to be done during the incident.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::incident::Seq;
use crate::incident::event::Event;
use crate::time::Timestamp;

use super::effective::Effective;

/// A task, named by the entry that added it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// The entry that added it.
    pub task: Seq,
    /// What.
    pub title: String,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// When it was added.
    pub added_at: Timestamp,
    /// When its time box ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// How it stands.
    pub state: TaskState,
    /// What came of it, or why it was dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Decided against.
    Dropped,
}

impl Task {
    /// Whether it is to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }
}

/// Every task, in order.
pub(crate) fn tasks(log: &[Effective<'_>]) -> Vec<Task> {
    let mut all: Vec<Task> = Vec::new();
    for entry in log {
        match entry.event {
            Event::TaskAdded(it) => all.push(Task {
                task: entry.entry.seq,
                title: it.title.clone(),
                owner: it.owner.clone(),
                added_at: entry.occurred_at,
                due_at: it.within.map(|within| entry.occurred_at.plus(within)),
                state: TaskState::Open,
                result: None,
            }),
            Event::TaskAssigned(it) => change(&mut all, it.task, |task| task.owner = Some(it.owner.clone())),
            Event::TaskDone(it) => change(&mut all, it.task, |task| {
                (task.state, task.result) = (TaskState::Done, it.result.clone());
            }),
            Event::TaskDropped(it) => change(&mut all, it.task, |task| {
                (task.state, task.result) = (TaskState::Dropped, Some(it.reason.clone()));
            }),
            _ => {}
        }
    }
    all
}

fn change(all: &mut [Task], which: Seq, change: impl FnOnce(&mut Task)) {
    // They are in the order of their numbers.
    if let Some(task) = all.binary_search_by_key(&which, |task| task.task).ok().and_then(|at| all.get_mut(at)) {
        change(task);
    }
}
