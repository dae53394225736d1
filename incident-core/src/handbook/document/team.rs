//! What a team writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cadences, CalendarDays, PolicyRoute};
use crate::directory::{Area, Person, Team};
use crate::escalation::{Allowance, EscalationRules, ProofRequirements};
use crate::history::ColumnMap;
use crate::id::{AreaId, PersonId, PolicyId, ScheduleId, TeamId};
use crate::oncall::{Absence, ScheduleDocument};
use crate::severity::SeveritySchemeDocument;
use crate::time::Window;

/// All rules of a team in one file: people, areas, schedules, severities, escalation, and what has to be proved of it.
///
/// Every section may be absent: what `org.toml` has is taken from there. No phone and no address belongs into it; people
/// are known to a pager by an id, in a file beside this one.
///
/// ```
/// use incident_core::{Format, Source, TeamDocument};
///
/// let text = r#"
/// team = "payments"
/// [people]
/// ana = { zone = "Europe/Berlin" }
/// [[schedule.primary.rotation]]
/// zone    = "Europe/Berlin"
/// members = ["ana"]
/// [escalation]
/// otherwise = { page = ["person:ana"] }
/// [escalation.sev1]
/// first = [{ page = ["on-call:primary"] }]
/// "#;
/// let team: TeamDocument = Source::parse(text, Format::Toml)?.read()?;
/// assert_eq!(team.schedule.len(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamDocument {
    /// The form of the document: `incident-core/team/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = "incident-core/team/v1")))]
    pub schema: Option<String>,
    /// What the team is called; the name of its file where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Everybody who may be asked, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, Person>,
    /// Groups of people, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub teams: BTreeMap<TeamId, Team>,
    /// Product areas and services, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<AreaId, Area>,
    /// Named hours that steps may wait for. The one called `asleep` says when people sleep.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, Window>,
    /// Lists of days by name, for `except`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<String, CalendarDays>,
    /// Who is on call, by the name of the schedule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schedule: BTreeMap<ScheduleId, ScheduleDocument>,
    /// Who is away, whatever schedule they are in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absence: Vec<Absence>,
    /// How bad an incident is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeveritySchemeDocument>,
    /// Whom to page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<EscalationRules>,
    /// Further policies, by name, each as `escalation` is.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub policy: BTreeMap<PolicyId, EscalationRules>,
    /// Which policy an incident gets: the first that holds. `escalation` where none does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<PolicyRoute>,
    /// Which audience hears when, by severity: the first update within, then every.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cadence: Cadences,
    /// How exports of other tools are read, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnMap>,
    /// What has to be proved of its policies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prove: Option<ProofRequirements>,
    /// What a check may find and nobody need mend.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allowance>,
}
