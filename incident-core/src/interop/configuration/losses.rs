//! What a tool cannot say of what stands in files, and what files cannot say of what a tool does.

use std::fmt::Display;

use crate::codes;
use crate::finding::{Finding, Level};

use super::ConfigurationForm;
use super::record::{Notes, Record};

/// A place in a team's file of which a tool cannot say everything, with the sentence that says so.
#[derive(Debug)]
pub(super) struct Loss {
    /// A JSON Pointer where `*` stands for one step of any name, and `**` at the end for whatever is below. `[escalation]`
    /// is a policy like others.
    pub(super) at: &'static str,
    /// In which form of it; absent for both.
    pub(super) form: Option<ConfigurationForm>,
    /// What is lost there, and what the tool does instead.
    pub(super) says: &'static str,
}

impl Loss {
    /// Of a place in both forms.
    pub(super) const fn new(at: &'static str, says: &'static str) -> Self {
        Self { at, form: None, says }
    }

    /// Whether a pointer leads to its place.
    pub(super) fn covers(&self, pointer: &str, form: ConfigurationForm) -> bool {
        if self.form.is_some_and(|its| its != form) {
            return false;
        }
        let main = pointer.strip_prefix("/escalation").filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let pointer = main.map_or_else(|| pointer.to_owned(), |rest| format!("/policy/escalation{rest}"));
        let mut place = pointer.split('/');
        for step in self.at.split('/') {
            match (step, place.next()) {
                ("**", _) => return true,
                (_, None) => return false,
                ("*", Some(_)) => {}
                (step, Some(here)) if step == here => {}
                _ => return false,
            }
        }
        place.next().is_none()
    }
}

/// Says that something of a tool cannot be said in files: `what` it is, and what is there in its place.
pub(super) fn unsayable(
    notes: &mut Notes,
    record: &Record<'_>,
    level: Level,
    member: &str,
    what: &str,
    object: impl Display,
    message: impl Into<String>,
) {
    let path = if member.is_empty() { record.here().to_owned() } else { record.path(member) };
    let finding = Finding::new(level, codes::NOT_EXPRESSIBLE, path, message);
    notes.add(record.file(), finding.fact("what", what).fact("object", object));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_leave_steps_open() {
        let covers = |at, pointer: &str| Loss::new(at, "").covers(pointer, ConfigurationForm::Rest);
        assert!(covers("/schedule/*/rotation/*/count", "/schedule/primary/rotation/0/count"));
        assert!(!covers("/schedule/*/rotation/*/count", "/schedule/primary/rotation/0"));
        assert!(!covers("/schedule/*", "/schedule/primary/rotation"));
        assert!(covers("/areas/**", "/areas/checkout/experts/0"));
        assert!(covers("/areas/**", "/areas/checkout"));
        assert!(covers("/policy/*/*/end", "/escalation/sev1/end"));
        assert!(covers("/policy/*", "/escalation"));
        assert!(!covers("/policy/*", "/escalations"));
    }
}
