//! How bad it is: what the rules say, and what a person says against them.

use crate::codes;
use crate::error::{Error, Result};
use crate::id::SeverityId;
use crate::incident::event::{Classified, Event, SeverityOverridden, SeverityOverrideLifted};
use crate::incident::{Entry, Incident, Stamp};
use crate::severity::Classification;
use crate::time::Timestamp;

impl Incident {
    /// Writes down what the rules of a scheme answered, as it was answered: the explanation stays in the record, and is
    /// not recomputed under later rules.
    ///
    /// # Errors
    /// `incident.unknown_severity`, if the answer's own scale does not have its severity, and those of every verb:
    /// `incident.stale`, `incident.key_reused`
    pub fn classify(&mut self, answer: &Classification, stamp: &Stamp) -> Result<Vec<Entry>> {
        let Classification { severity, scale, basis, why, rules, bounds, questions, settle_by, settled: _ } =
            answer.clone();
        if let Some(severity) = severity.as_ref().filter(|severity| !scale.contains(severity)) {
            let message = format!("there is no severity `{severity}` in its own scale");
            return Err(Error::invalid(codes::UNKNOWN_SEVERITY, message).at("/answer/severity"));
        }
        let questions = questions.into_iter().map(|question| question.ask).collect();
        let (basis, bounds) = (Some(basis), Some(bounds));
        self.append(vec![Classified { severity, scale, why, basis, rules, bounds, questions, settle_by }.into()], stamp)
    }

    /// Sets the severity against the rules, for a reason, until an instant or until it is lifted. `scale` is the order
    /// of the scheme, worst first; left empty, it is that of the last classification.
    ///
    /// # Errors
    /// `incident.empty_text`; `incident.unknown_severity`, if the scale does not have it
    pub fn override_severity(
        &mut self,
        severity: SeverityId,
        reason: &str,
        until: Option<Timestamp>,
        scale: Vec<SeverityId>,
        stamp: &Stamp,
    ) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let scale = if scale.is_empty() { incident.scale() } else { scale };
            Ok(vec![SeverityOverridden { severity, scale, reason: reason.to_owned(), until }.into()])
        })
    }

    /// Lets the severity of the rules hold again.
    ///
    /// # Errors
    /// `incident.not_overridden`
    pub fn lift_override(&mut self, reason: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![SeverityOverrideLifted { reason }.into()], stamp)
    }

    /// The order of severities that was used last, worst first.
    fn scale(&self) -> Vec<SeverityId> {
        let scale = self.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Classified(it) => Some(&it.scale),
            Event::SeverityOverridden(it) => Some(&it.scale),
            _ => None,
        });
        scale.cloned().unwrap_or_default()
    }
}
