//! Who takes part, in which role, and who may see it.

use crate::codes;
use crate::error::{Error, Result};
use crate::id::{AreaId, PersonId, RoleId};
use crate::incident::event::{
    AccessGranted, AccessRevoked, AuthorizationAsked, AuthorizationGranted, AuthorizationRefused, HelpAnswered,
    HelpAsked, HelpReason, Joined, Left, Restricted, RoleAccepted, RoleAssigned, RoleReleased, Unrestricted,
};
use crate::incident::{Entry, Incident, Seq, Stamp};
use crate::time::Timestamp;

impl Incident {
    /// Says that somebody takes part.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn join(&mut self, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Joined { person }.into()], stamp)
    }

    /// Says that somebody takes part no longer; roles they have become free.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn leave(&mut self, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Left { person }.into()], stamp)
    }

    /// Asks somebody to take a role. It is theirs once they accept, and stays with whoever has it until then; who asks
    /// for themselves accepts.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn assign_role(&mut self, role: RoleId, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        let taken = stamp.by == person;
        let asked = RoleAssigned { role: role.clone(), person: person.clone() }.into();
        self.append(vec![if taken { RoleAccepted { role, person }.into() } else { asked }], stamp)
    }

    /// Accepts a role that one was asked to take.
    ///
    /// # Errors
    /// `incident.not_asked`, if they were not
    pub fn accept_role(&mut self, role: RoleId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let person = stamp.by.clone();
            let roles = incident.overview(stamp.at).roles;
            if !roles.iter().any(|tenure| tenure.role == role && tenure.person == person && tenure.span.is_none()) {
                let message = format!("`{person}` was not asked to be `{role}`");
                return Err(Error::refused(codes::NOT_ASKED, message, Vec::new()).at("/role").hint("assign it first"));
            }
            Ok(vec![RoleAccepted { role, person }.into()])
        })
    }

    /// Gives a role back.
    ///
    /// # Errors
    /// `incident.role_empty`, if they do not have it and were not asked
    pub fn release_role(&mut self, role: RoleId, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![RoleReleased { role, person }.into()], stamp)
    }

    /// Asks for help, with what is missing; the entry's number names the request.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn ask_help(
        &mut self,
        reason: HelpReason,
        area: Option<AreaId>,
        note: Option<String>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![HelpAsked { reason, area, note }.into()], stamp)
    }

    /// Says that somebody helps.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn answer_help(&mut self, help: Seq, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![HelpAnswered { help, person }.into()], stamp)
    }

    /// Asks somebody with the authority for leave to do something.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn ask_authorization(&mut self, scope: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![AuthorizationAsked { scope: scope.to_owned() }.into()], stamp)
    }

    /// Gives leave to do something, asked for or not.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn grant_authorization(
        &mut self,
        scope: &str,
        request: Option<Seq>,
        expires_at: Option<Timestamp>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.append(vec![AuthorizationGranted { scope: scope.to_owned(), request, expires_at }.into()], stamp)
    }

    /// Says no to a request for leave.
    ///
    /// # Errors
    /// `incident.no_such_entry`
    pub fn refuse_authorization(&mut self, request: Seq, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![AuthorizationRefused { request, reason: reason.to_owned() }.into()], stamp)
    }

    /// Lets only members see it from now on.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn restrict(&mut self, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Restricted { reason: reason.to_owned() }.into()], stamp)
    }

    /// Lets everybody inside see it again.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn unrestrict(&mut self, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Unrestricted { reason: reason.to_owned() }.into()], stamp)
    }

    /// Lets somebody see it though it is restricted.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn grant_access(&mut self, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![AccessGranted { person }.into()], stamp)
    }

    /// Lets somebody no longer see it while it is restricted.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn revoke_access(&mut self, person: PersonId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![AccessRevoked { person }.into()], stamp)
    }
}
