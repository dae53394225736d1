//! Who takes part, in which role, with which task, and who may see it.

use crate::call::register::operations;
use crate::{AreaId, Elapsed, Entry, HelpReason, Incident, PersonId, RoleId, Seq, Timestamp};

operations! { Incident:
    /// Says that somebody takes part.
    verb join(incident: &mut Incident, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.join(person, &stamp)
    }

    /// Says that somebody takes part no longer; roles they have become free.
    verb leave(incident: &mut Incident, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.leave(person, &stamp)
    }

    /// Asks somebody to take a role; it is theirs once they accept. Who asks for themselves accepts.
    verb assign_role(incident: &mut Incident, role: RoleId, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.assign_role(role, person, &stamp)
    }

    /// Accepts a role that one was asked to take; whoever had it hands it over.
    ///
    /// Refused: `incident.not_asked`.
    verb accept_role(incident: &mut Incident, role: RoleId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.accept_role(role, &stamp)
    }

    /// Gives a role back.
    ///
    /// Refused: `incident.role_empty`.
    verb release_role(incident: &mut Incident, role: RoleId, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.release_role(role, person, &stamp)
    }

    /// Asks for help, with what is missing; the entry's number names the request.
    verb ask_help(incident: &mut Incident, reason: HelpReason, stamp: Stamp, area: Option<AreaId>, note: Option<String>) -> Result<Vec<Entry>> {
        incident.ask_help(reason, area, note, &stamp)
    }

    /// Says that somebody helps.
    ///
    /// Refused: `incident.no_such_entry`.
    verb answer_help(incident: &mut Incident, help: Seq, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.answer_help(help, person, &stamp)
    }

    /// Asks for leave to do something.
    verb ask_authorization(incident: &mut Incident, scope: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.ask_authorization(&scope, &stamp)
    }

    /// Gives leave to do something, asked for or not.
    ///
    /// Refused: `incident.no_such_entry`.
    verb grant_authorization(incident: &mut Incident, scope: String, stamp: Stamp, request: Option<Seq>, expires_at: Option<Timestamp>) -> Result<Vec<Entry>> {
        incident.grant_authorization(&scope, request, expires_at, &stamp)
    }

    /// Says no to a request for leave.
    ///
    /// Refused: `incident.no_such_entry`.
    verb refuse_authorization(incident: &mut Incident, request: Seq, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.refuse_authorization(request, &reason, &stamp)
    }

    /// Lets only members see it from now on.
    ///
    /// Refused: `incident.empty_text`.
    verb restrict(incident: &mut Incident, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.restrict(&reason, &stamp)
    }

    /// Lets everybody inside see it again.
    verb unrestrict(incident: &mut Incident, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.unrestrict(&reason, &stamp)
    }

    /// Lets somebody see it though it is restricted.
    verb grant_access(incident: &mut Incident, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.grant_access(person, &stamp)
    }

    /// Lets somebody no longer see it while it is restricted.
    verb revoke_access(incident: &mut Incident, person: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.revoke_access(person, &stamp)
    }

    /// Adds a task, with an owner and a time box if there are; the entry's number names it.
    ///
    /// Refused: `incident.empty_text`, `incident.long_title`.
    verb add_task(incident: &mut Incident, title: String, stamp: Stamp, owner: Option<PersonId>, within: Option<Elapsed>) -> Result<Vec<Entry>> {
        incident.add_task(&title, owner, within, &stamp)
    }

    /// Gives a task an owner.
    ///
    /// Refused: `incident.no_such_entry`, `incident.task_over`.
    verb assign_task(incident: &mut Incident, task: Seq, owner: PersonId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.assign_task(task, owner, &stamp)
    }

    /// Says that a task is done.
    ///
    /// Refused: `incident.no_such_entry`, `incident.task_over`.
    verb finish_task(incident: &mut Incident, task: Seq, stamp: Stamp, result: Option<String>) -> Result<Vec<Entry>> {
        incident.finish_task(task, result, &stamp)
    }

    /// Says that a task will not be done.
    ///
    /// Refused: `incident.no_such_entry`, `incident.task_over`.
    verb drop_task(incident: &mut Incident, task: Seq, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.drop_task(task, &reason, &stamp)
    }

    /// Ticks an item of a checklist.
    verb tick(incident: &mut Incident, item: String, stamp: Stamp, role: Option<RoleId>) -> Result<Vec<Entry>> {
        incident.tick(&item, role, &stamp)
    }

    /// Opens an item of a checklist again.
    verb untick(incident: &mut Incident, item: String, stamp: Stamp, role: Option<RoleId>) -> Result<Vec<Entry>> {
        incident.untick(&item, role, &stamp)
    }
}
