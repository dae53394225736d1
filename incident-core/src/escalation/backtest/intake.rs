//! Past incidents out of the record, and out of a history.

use super::past::{PastHelp, PastIncident, PastIncidents, PastSeverity};
use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::history::{History, HistoryRow};
use crate::id::SeverityId;
use crate::incident::event::{Disruption, IncidentKind};
use crate::incident::{Event, Incident, by_occurrence, effective};
use crate::time::Timestamp;

impl PastIncident {
    /// A past incident out of its record, as it occurred. The first severity counts from the declaration: how fast it was
    /// judged is no matter of the policy. So do all areas that it touched.
    ///
    /// # Errors
    /// `escalation.not_backtested` where it was never declared
    pub fn from_record(incident: &Incident) -> Result<Self> {
        let overview = incident.overview(Timestamp::MAX);
        let Some(declared_at) = overview.milestone("declared") else {
            return Err(left_out("it was never declared".to_owned()));
        };
        let log = effective(incident.entries().iter());
        let log = by_occurrence(&log);
        let mut scale: &[SeverityId] = &[];
        for entry in &log {
            match entry.event {
                Event::Classified(it) => scale = &it.scale,
                Event::SeverityOverridden(it) => scale = &it.scale,
                _ => {}
            }
        }
        let rank = |severity: &SeverityId| scale.iter().position(|other| other == severity);
        let spans = incident.severities(Timestamp::MAX).spans;
        let changes = spans.iter().zip(spans.iter().skip(1)).map(|(old, new)| PastSeverity {
            at: new.span.start,
            severity: new.severity.clone(),
            raised: rank(&new.severity).zip(rank(&old.severity)).map(|(new, old)| new < old),
        });
        let mut past = Self::new(incident.id().to_string(), spans.first().map(|it| it.severity.clone()), declared_at);
        past.severities = changes.collect();
        let touched = overview.impact.areas.iter().filter(|it| it.worst != Disruption::None);
        past.areas = touched.map(|it| it.area.clone()).collect();
        past.acknowledged_at = overview.milestone("acknowledged");
        past.resolved_at = overview.milestone("resolved").or_else(|| overview.milestone("closed"));
        for entry in &log {
            let at = entry.occurred_at;
            match entry.event {
                Event::HelpAsked(it) => {
                    past.help.push(PastHelp { at, reason: it.reason, by: Some(entry.entry.by.clone()) });
                }
                Event::ExperimentConcluded(_) | Event::UpdatePosted(_) | Event::MilestoneReached(_) => {
                    past.progress_at.push(at);
                }
                _ => {}
            }
        }
        Ok(past)
    }

    /// A past incident out of a row of a history: what its columns say. It begins when it was declared, else when it was
    /// detected, else when it started.
    ///
    /// # Errors
    /// `escalation.not_backtested` where it has none of these instants; `id.bad_id` for its severity and areas
    pub fn from_row(row: &HistoryRow) -> Result<Self> {
        let at = |name: &str| row.milestones.iter().find(|(known, _)| known.as_str() == name).map(|(_, at)| *at);
        let Some(declared_at) = ["declared", "detected", "started"].into_iter().find_map(at) else {
            return Err(left_out("nobody knows when it began".to_owned()));
        };
        let severity = row.severity.as_deref().map(str::parse).transpose().map_err(|no: Error| no.at("/severity"))?;
        let mut past = Self::new(row.id.clone(), severity, declared_at);
        past.areas = row.areas.iter().map(|area| area.parse()).collect::<Result<_>>().map_err(|no| no.at("/areas"))?;
        past.acknowledged_at = at("acknowledged");
        past.resolved_at = at("resolved").or_else(|| at("closed"));
        Ok(past)
    }
}

fn left_out(why: String) -> Error {
    Error::invalid(codes::NOT_BACKTESTED, why)
}

impl History {
    /// Its incidents, as far as a policy can be run against them. Drills, tests and maintenance are left out, and what has
    /// no beginning; each with a finding. A row without an id is called by its number, from 1.
    #[must_use]
    pub fn past_incidents(&self) -> PastIncidents {
        let mut told = PastIncidents { incidents: Vec::new(), findings: Vec::new() };
        for (number, row) in self.rows().enumerate() {
            let id = if row.id.is_empty() { format!("row {}", number + 1) } else { row.id.clone() };
            let kind = row.kind.unwrap_or(IncidentKind::Standard);
            let past = match kind {
                IncidentKind::Standard => PastIncident::from_row(&row),
                other => Err(left_out(format!("it is of the kind `{other}`"))),
            };
            match past {
                Ok(past) => told.incidents.push(PastIncident { id, ..past }),
                Err(no) => {
                    let message = format!("`{}` is left out: {}", crate::text::short(&id), no.message);
                    let path = format!("/rows/{number}{}", no.path);
                    told.findings.push(Finding::new(Level::Note, codes::NOT_BACKTESTED, path, message).fact("id", id));
                }
            }
        }
        told
    }
}
