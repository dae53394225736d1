//! Tasks and checklists.

use crate::error::Result;
use crate::id::{PersonId, RoleId};
use crate::incident::event::{ItemTicked, ItemUnticked, TaskAdded, TaskAssigned, TaskDone, TaskDropped};
use crate::incident::{Entry, Incident, Seq, Stamp};
use crate::time::Elapsed;

impl Incident {
    /// Adds a task, with an owner and a time box if there are; the entry's number names it.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`
    pub fn add_task(
        &mut self,
        title: &str,
        owner: Option<PersonId>,
        within: Option<Elapsed>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![TaskAdded { title: title.to_owned(), owner, within }.into()], stamp)
    }

    /// Gives a task an owner.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.task_over`
    pub fn assign_task(&mut self, task: Seq, owner: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![TaskAssigned { task, owner }.into()], stamp)
    }

    /// Says that a task is done.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.task_over`
    pub fn finish_task(&mut self, task: Seq, result: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![TaskDone { task, result }.into()], stamp)
    }

    /// Says that a task will not be done.
    ///
    /// # Errors
    /// `incident.no_such_entry`, `incident.task_over`
    pub fn drop_task(&mut self, task: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![TaskDropped { task, reason: reason.to_owned() }.into()], stamp)
    }

    /// Ticks an item of a checklist.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn tick(&mut self, item: &str, role: Option<RoleId>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![ItemTicked { role, item: item.to_owned() }.into()], stamp)
    }

    /// Opens an item of a checklist again.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn untick(&mut self, item: &str, role: Option<RoleId>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![ItemUnticked { role, item: item.to_owned() }.into()], stamp)
    }
}
