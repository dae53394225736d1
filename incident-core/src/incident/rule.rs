//! What has to be so that something can be said: the rules of the verbs, which hold however an event comes.

use crate::codes;
use crate::error::{Error, Result};
use crate::id::{IncidentId, PersonId, RoleId, SeverityId};

use super::event::{Event, StateKind};
use super::{Incident, Seq, Stamp};

impl Incident {
    pub(super) fn rules(&self, event: &Event, stamp: &Stamp) -> Result<()> {
        match event {
            Event::Accepted(_) | Event::Declined(_) => self.waits(),
            Event::Acknowledged(_) => self.unacknowledged(),
            Event::Reopened(_) => self.over(),
            Event::Unmerged(_) if self.state().kind != StateKind::Merged => {
                Err(Error::refused(codes::NOT_ALLOWED, "it is not merged", Vec::new()))
            }
            Event::Related(it) => self.another(it.other),
            Event::Merged(it) => self.another(it.into),
            Event::Absorbed(it) => self.another(it.incident),
            Event::Released(it) => self.absorbs(it.incident, stamp),
            Event::TaskAssigned(it) => self.open_task(it.task, stamp),
            Event::TaskDone(it) => self.open_task(it.task, stamp),
            Event::TaskDropped(it) => self.open_task(it.task, stamp),
            Event::RoleReleased(it) => self.has_role(&it.role, &it.person, stamp),
            Event::Classified(it) => it.severity.iter().try_for_each(|severity| of_scale(severity, &it.scale)),
            Event::SeverityOverridden(it) => of_scale(&it.severity, &it.scale),
            Event::SeverityOverrideLifted(_) => self.overridden(stamp),
            _ => Ok(()),
        }
    }

    fn waits(&self) -> Result<()> {
        let state = self.state();
        if state.kind == StateKind::Triage {
            return Ok(());
        }
        let message = format!("it is `{}`, and waits for no decision", state.name);
        Err(Error::refused(codes::NOT_ALLOWED, message, Vec::new()))
    }

    fn unacknowledged(&self) -> Result<()> {
        let state = self.state();
        if !state.kind.is_open() {
            return Err(Error::refused(codes::NOT_ALLOWED, format!("it is `{}` already", state.name), Vec::new()));
        }
        let log = self.log();
        let last = log.iter().rev().find(|entry| {
            matches!(entry.event, Event::Acknowledged(_) | Event::Unacknowledged(_) | Event::Reopened(_))
        });
        if let Some(last) = last.filter(|last| matches!(last.event, Event::Acknowledged(_))) {
            let message = format!("`{}` acknowledged it at {}", last.entry.by, last.occurred_at);
            return Err(Error::refused(codes::ALREADY_ACKNOWLEDGED, message, Vec::new()));
        }
        Ok(())
    }

    fn over(&self) -> Result<()> {
        let now = self.state();
        if now.kind.is_open() {
            let message = format!("it is `{}`, and there is nothing to reopen", now.name);
            return Err(Error::refused(codes::NOT_ALLOWED, message, Vec::new()));
        }
        Ok(())
    }

    fn another(&self, other: IncidentId) -> Result<()> {
        if other != self.id {
            return Ok(());
        }
        Err(Error::invalid(codes::ITSELF, "it cannot have this to do with itself").at("/other"))
    }

    fn absorbs(&self, other: IncidentId, stamp: &Stamp) -> Result<()> {
        if !self.overview(stamp.at).absorbed.contains(&other) {
            let message = format!("{other} is no part of it");
            return Err(Error::refused(codes::NOT_ABSORBED, message, Vec::new()).at("/other"));
        }
        Ok(())
    }

    fn open_task(&self, task: Seq, stamp: &Stamp) -> Result<()> {
        let tasks = self.overview(stamp.at).tasks;
        match tasks.iter().find(|known| known.task == task) {
            Some(known) if !known.is_open() => {
                let message = format!("the task `{}` is over", known.title);
                Err(Error::refused(codes::TASK_OVER, message, Vec::new()).at("/task"))
            }
            _ => Ok(()),
        }
    }

    fn has_role(&self, role: &RoleId, person: &PersonId, stamp: &Stamp) -> Result<()> {
        let roles = self.overview(stamp.at).roles;
        let mut theirs = roles.iter().filter(|held| held.role == *role && held.person == *person);
        if !theirs.any(|tenure| tenure.span.as_ref().is_none_or(|span| span.end.is_none())) {
            let message = format!("`{person}` is not `{role}`");
            return Err(Error::refused(codes::ROLE_EMPTY, message, Vec::new()).at("/role"));
        }
        Ok(())
    }

    fn overridden(&self, stamp: &Stamp) -> Result<()> {
        let held = self.overview(stamp.at).severity;
        if held.is_none_or(|held| held.overridden_by.is_none()) {
            return Err(Error::refused(codes::NOT_OVERRIDDEN, "its severity is that of the rules", Vec::new()));
        }
        Ok(())
    }
}

fn of_scale(severity: &SeverityId, scale: &[SeverityId]) -> Result<()> {
    if scale.contains(severity) {
        return Ok(());
    }
    let names: Vec<_> = scale.iter().map(SeverityId::to_string).collect();
    let error = Error::invalid(codes::UNKNOWN_SEVERITY, format!("there is no severity `{severity}`")).at("/severity");
    Err(match names.is_empty() {
        true => error.hint("classify it first, or give the scale"),
        false => error.hint(format!("known are `{}`", names.join("`, `"))),
    })
}
