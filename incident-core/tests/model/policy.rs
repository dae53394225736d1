//! Policies and worlds as the model reads them.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::Value;

use super::calendar::{self, Instant};
use super::document::{Many, PersonText};
use super::hours::Windows;
use super::schedule::{Schedule, elapsed};

/// A policy document.
#[derive(Debug)]
pub struct Policy {
    windows: BTreeMap<String, Window>,
    /// Who has no window named `asleep` sleeps then.
    asleep: Windows,
    pub otherwise: OtherwiseText,
    acknowledged_for: Option<String>,
    pub on_empty: OnEmpty,
    pub severities: BTreeMap<String, SeverityText>,
    pub prove: ProveText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "what a document may have and the model does not need")]
struct PolicyText {
    schema: Option<String>,
    name: Option<String>,
    version: Option<String>,
    #[serde(default)]
    windows: BTreeMap<String, WindowText>,
    escalation: BTreeMap<String, Value>,
    #[serde(default)]
    prove: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    allow: Vec<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowText {
    zone: String,
    hours: Many<String>,
    #[serde(default)]
    closed: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherwiseText {
    pub after: Option<String>,
    pub page: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum OnEmpty {
    #[default]
    Otherwise,
    Skip,
    WaitUntilSomeone,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityText {
    #[serde(default)]
    pub first: Vec<StepText>,
    #[serde(default)]
    pub reinforce: Vec<StepText>,
    #[serde(default)]
    pub authority: Vec<StepText>,
    pub end: Option<String>,
    pub acknowledged_for: Option<String>,
    pub otherwise: Option<OtherwiseText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepText {
    pub at: Option<String>,
    pub when: Option<WhenText>,
    pub page: Vec<String>,
    pub again: Option<AgainText>,
    pub within: Option<String>,
    pub urgency: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhenText {
    /// `asked`, or the reason for which it must be.
    pub help: Option<String>,
    pub no_progress: Option<String>,
    pub severity: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgainText {
    pub every: String,
    pub times: i64,
}

#[derive(Debug, Default)]
pub struct ProveText {
    pub horizon: Option<String>,
    /// At most so many.
    pub asleep_hours_a_week: Option<i64>,
    pub severities: BTreeMap<String, ClaimsText>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimsText {
    pub first_page: Option<String>,
    pub second_person: Option<String>,
}

/// Whole minutes of a duration.
pub fn minutes(text: &str) -> i64 {
    elapsed(text).num_minutes()
}

impl Policy {
    pub fn read(document: &Value) -> Self {
        let text: PolicyText =
            serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}: {document}"));
        let mut escalation = text.escalation;
        let otherwise = serde_json::from_value(escalation.remove("otherwise").unwrap()).unwrap();
        let acknowledged_for = escalation.remove("acknowledged_for").map(|text| text.as_str().unwrap().to_owned());
        let on_empty = escalation.remove("on_empty").map(|text| serde_json::from_value(text).unwrap());
        let severities = escalation
            .into_iter()
            .map(|(name, value)| (name, serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))));
        let mut prove = text.prove.unwrap_or_default();
        let horizon = prove.remove("horizon").map(|text| text.as_str().unwrap().to_owned());
        let load = prove.remove("load").map(|load| load["asleep_hours_a_week"].clone());
        let hours = |limit: Value| limit.as_str().unwrap().trim_start_matches("<= ").parse().unwrap();
        let claims = prove.into_iter().map(|(name, value)| (name, serde_json::from_value(value).unwrap()));
        Self {
            windows: text.windows.into_iter().map(|(name, text)| (name, Window::read(text))).collect(),
            asleep: Windows::new(&["daily 22:00-07:00".to_owned()], [].into(), Vec::new()),
            otherwise,
            acknowledged_for,
            on_empty: on_empty.unwrap_or_default(),
            severities: severities.collect(),
            prove: ProveText { horizon, asleep_hours_a_week: load.map(hours), severities: claims.collect() },
        }
    }

    /// SEMANTICS 13: of the severity, or else of all.
    pub fn acknowledged_for(&self, severity: &str) -> Option<i64> {
        let own = self.severities.get(severity).and_then(|text| text.acknowledged_for.as_deref());
        own.or(self.acknowledged_for.as_deref()).map(minutes)
    }

    pub fn otherwise(&self, severity: &str) -> &OtherwiseText {
        self.severities.get(severity).and_then(|text| text.otherwise.as_ref()).unwrap_or(&self.otherwise)
    }

    /// Whether any step or `otherwise` names a schedule.
    pub fn uses_schedule(&self, name: &str) -> bool {
        let of = |text: &SeverityText| {
            let steps = [&text.first, &text.reinforce, &text.authority];
            let pages = steps.into_iter().flatten().map(|step| step.page.clone());
            pages.chain(text.otherwise.iter().map(|text| text.page.clone())).flatten().collect::<Vec<_>>()
        };
        let targets = self.severities.values().flat_map(of).chain(self.otherwise.page.clone());
        targets.into_iter().any(|target| target == format!("on-call:{name}") || target == format!("next:{name}"))
    }

    /// The teams that are paged by turns.
    pub fn teams_with_turns(&self) -> BTreeSet<&str> {
        let tracks = self.severities.values();
        let own = tracks.clone().filter_map(|text| text.otherwise.as_ref()).chain([&self.otherwise]);
        let steps = tracks.flat_map(|text| [&text.first, &text.reinforce, &text.authority]).flatten();
        let targets = steps.flat_map(|step| &step.page).chain(own.flat_map(|otherwise| &otherwise.page));
        targets.filter_map(|target| target.strip_prefix("round-robin:")).collect()
    }

    pub fn is_of_recipient(&self, window: &str) -> bool {
        self.windows[window].zone.is_none()
    }

    /// Whether a window is open; one of the recipient's is looked at in their zone, or UTC.
    pub fn is_open(&self, window: &str, recipient: Option<Tz>, at: Instant) -> bool {
        let Window { zone, windows } = &self.windows[window];
        windows.contains(zone.or(recipient).unwrap_or(Tz::UTC), at)
    }

    /// SEMANTICS 8: whether a person sleeps, by the window named `asleep` or from 22:00 to 07:00 of their day.
    pub fn is_asleep(&self, zone: Option<Tz>, at: Instant) -> bool {
        if self.windows.contains_key("asleep") {
            return self.is_open("asleep", zone, at);
        }
        self.asleep.contains(zone.unwrap_or(Tz::UTC), at)
    }
}

/// A named window; without a zone it is in that of the recipient.
#[derive(Debug)]
struct Window {
    zone: Option<Tz>,
    windows: Windows,
}

impl Window {
    fn read(text: WindowText) -> Self {
        let closed = text.closed.iter().map(|day| day.parse().unwrap()).collect();
        let zone = (text.zone != "recipient").then(|| calendar::zone(&text.zone));
        Self { zone, windows: Windows::new(&text.hours.list(), closed, Vec::new()) }
    }
}

/// Whom there is: schedules, people, teams and areas.
#[derive(Debug)]
pub struct World {
    pub schedules: BTreeMap<String, Schedule>,
    pub people: BTreeMap<String, PersonText>,
    teams: BTreeMap<String, TeamText>,
    pub areas: BTreeMap<String, AreaText>,
    slots: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorldText {
    schedules: BTreeMap<String, Value>,
    directory: DirectoryText,
    #[serde(default)]
    slots: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    absences: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectoryText {
    #[serde(default)]
    people: BTreeMap<String, PersonText>,
    #[serde(default)]
    teams: BTreeMap<String, TeamText>,
    #[serde(default)]
    areas: BTreeMap<String, AreaText>,
}

#[derive(Debug, Deserialize)]
struct TeamText {
    members: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct AreaText {
    #[serde(default)]
    pub experts: Vec<String>,
}

impl World {
    /// To be asked about instants before the horizon.
    pub fn read(document: &Value, horizon: Instant) -> Self {
        let text: WorldText =
            serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}: {document}"));
        // Who is away is away from every schedule.
        let schedules = text.schedules.into_iter().map(|(name, mut schedule)| {
            let own = schedule.get("absence").and_then(Value::as_array).cloned().unwrap_or_default();
            schedule["absence"] = own.into_iter().chain(text.absences.clone()).collect();
            (name, Schedule::read(&schedule, horizon))
        });
        Self {
            schedules: schedules.collect(),
            people: text.directory.people,
            teams: text.directory.teams,
            areas: text.directory.areas,
            slots: text.slots,
        }
    }

    pub fn zone_of(&self, person: &str) -> Option<Tz> {
        self.people.get(person).and_then(|text| text.zone.as_deref()).map(calendar::zone)
    }

    /// By what any schedule knows.
    pub fn is_absent(&self, person: &str, at: Instant) -> bool {
        self.schedules.values().any(|schedule| schedule.is_absent(person, at))
    }

    pub fn lead(&self, person: &str) -> Option<&String> {
        self.people.get(person).and_then(|text| text.lead.as_ref())
    }

    pub fn buddies(&self, person: &str) -> &[String] {
        self.people.get(person).map_or(&[], |text| &text.buddies)
    }

    pub fn members(&self, team: &str) -> &[String] {
        self.teams.get(team).map_or(&[], |text| &text.members)
    }

    pub fn experts(&self, areas: &[String]) -> Vec<String> {
        areas.iter().filter_map(|area| self.areas.get(area)).flat_map(|text| text.experts.clone()).collect()
    }

    pub fn slot(&self, name: &str) -> Vec<String> {
        self.slots.get(name).cloned().unwrap_or_default()
    }
}
