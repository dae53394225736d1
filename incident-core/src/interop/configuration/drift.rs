//! What is live in a tool beside what stands in files.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::compare::{Difference, differences, value};
use super::compile::{ConfigurationForm, write};
use super::rotation::nobody;
use super::tool::TOOLS;
use super::written::line;
use super::{ConfigurationFile, ConfigurationImport, ConfigurationOptions, ConfigurationTool, read_configuration};
use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::handbook::TeamDocument;
use crate::id::TeamId;
use crate::oncall::{Rotation, ScheduleOverride};
use crate::text::{pointer_step, short};
use crate::time::{Timestamp, Zone};

/// How what is live in a tool differs from what stands in files.
///
/// ```
/// use incident_core::interop::{ConfigurationFile, ConfigurationOptions, drift, read_configuration};
///
/// let live = |seconds: u32| ConfigurationFile {
///     name: "schedule.json".to_owned(),
///     bytes: format!(r#"{{"schedule": {{"id": "P1", "type": "schedule", "name": "Primary", "time_zone": "Europe/Berlin",
///         "schedule_layers": [{{"start": "2026-12-07T08:00:00+01:00", "rotation_virtual_start": "2026-12-07T08:00:00+01:00",
///         "rotation_turn_length_seconds": {seconds}, "users": [{{"user": {{"id": "U1", "summary": "Ana"}}}},
///         {{"user": {{"id": "U2", "summary": "Bo"}}}}]}}]}}}}"#).into_bytes(),
/// };
/// let import = read_configuration(&[live(604_800)], &ConfigurationOptions::default());
/// let options = ConfigurationOptions { ids: import.ids.clone(), ..ConfigurationOptions::default() };
/// assert!(drift(&import.teams, &[live(604_800)], &options)?.findings.is_empty());
///
/// let edited = drift(&import.teams, &[live(1_209_600)], &options)?;
/// assert_eq!(edited.findings[0].path, "/schedule/primary/rotation/0/turn");
/// assert_eq!(edited.findings[0].message, "PagerDuty has `2 weeks`, the file `1 week`");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigurationDrift {
    /// Whose configuration is live.
    pub tool: ConfigurationTool,
    /// Each difference: a pointer into the document of the team that its fact `team` names; in its facts what stands
    /// `here` in the file and what is `there` in the tool. An override that only the tool has is a note: it is how people
    /// stand in for each other.
    pub findings: Vec<Finding>,
    /// What the tool cannot say of the files, as compiling tells: no drift, but not done either.
    pub losses: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Finding>,
    /// Teams that are live and have no file.
    pub other_teams: Vec<TeamId>,
    /// What it comes to, in one sentence.
    pub why: String,
}

/// Compares the files of teams with an export of what is live in a tool.
///
/// What the tool cannot say is no drift: it is told apart, as compiling tells it. `options.ids` is the side file that
/// says which of our ids is which of theirs; what it does not name is found by the name that
/// [`compile`](super::compile()) gives it.
///
/// # Errors
/// `interop.unknown_format` if nothing of a tool is in the export, `interop.ambiguous_format` if several tools are
pub fn drift(
    teams: &BTreeMap<TeamId, TeamDocument>,
    live: &[ConfigurationFile],
    options: &ConfigurationOptions,
) -> Result<ConfigurationDrift> {
    let first = read_configuration(live, options);
    let tool = match (options.tool, first.tools.as_slice()) {
        (Some(tool), _) => tool,
        (None, [tool]) => *tool,
        (None, []) => {
            let message = "nothing in these files is the configuration of a tool that is read";
            return Err(Error { findings: first.findings, ..Error::invalid(codes::UNKNOWN_FORMAT, message) });
        }
        (None, many) => {
            let names: Vec<_> = many.iter().map(|tool| format!("`{tool}`")).collect();
            let message = format!("these files are of several tools: {}", names.join(", "));
            return Err(Error::invalid(codes::AMBIGUOUS_FORMAT, message).hint("compare with one of them at a time"));
        }
    };
    let teams: BTreeMap<_, _> = teams.iter().map(|(team, it)| (team, Current::of(it, options.exported_at))).collect();
    let documents = teams.iter().map(|(team, it)| ((*team).clone(), it.document.clone())).collect();
    let written = TOOLS.iter().any(|row| row.tool == tool && row.write.is_some());
    let written = match written {
        true => Some(write(&documents, &options.ids, tool, ConfigurationForm::Rest)?),
        false => None,
    };
    let there = match &written {
        // Names that only compiling gives are known now.
        Some((compiled, _)) => {
            let ids = compiled.ids.clone();
            read_configuration(live, &ConfigurationOptions { ids, tool: Some(tool), ..options.clone() })
        }
        None => first,
    };
    let mut findings = Vec::new();
    for (team, current) in &teams {
        let (document, live) = (&current.document, there.of_team(team, &current.document));
        let best = written.as_ref().map_or_else(|| document.clone(), |(_, back)| back.of_team(team, document));
        let (stands, lives) = (value(document), value(&live));
        // What no compiling writes may be there as it stands in the file.
        let same = |at: &str| stands.pointer(at) == lives.pointer(at);
        let edits =
            differences(&best, &live).into_iter().filter(|it| !(it.is_made() || is_mentioned(it) || same(&it.at)));
        findings.extend(edits.map(|it| told(tool, team, &there, Difference { at: current.in_file(&it.at), ..it })));
    }
    let ConfigurationImport { teams: live_teams, findings: unread, .. } = there;
    let unread = unread.into_iter().filter(|finding| finding.code != codes::NOT_EXPRESSIBLE).collect();
    let other_teams = live_teams.into_keys().filter(|team| !documents.contains_key(team)).collect();
    let losses = written.map(|(compiled, _)| compiled.losses).unwrap_or_default();
    let mut drift = ConfigurationDrift { tool, findings, losses, unread, other_teams, why: String::new() };
    drift.why = why(&drift);
    Ok(drift)
}

/// Whether it only says that nothing there speaks of a person or a severity: what does not is told itself.
fn is_mentioned(difference: &Difference) -> bool {
    difference.there.is_none() && ["/people/", "/severity"].iter().any(|place| difference.at.starts_with(place))
}

/// A document without what had ended when the export was made, as exports are read.
struct Current {
    document: TeamDocument,
    /// For each list that lost something, the places that its entries have in the file.
    kept: BTreeMap<String, Vec<usize>>,
}

impl Current {
    fn of(document: &TeamDocument, exported_at: Option<Timestamp>) -> Self {
        let mut current = Self { document: document.clone(), kept: BTreeMap::new() };
        let Some(now) = exported_at else { return current };
        for (id, schedule) in &mut current.document.schedule {
            let zone = schedule.rotation.first().map_or(Zone::UTC, |rotation| rotation.zone);
            let at = format!("/schedule{}", pointer_step(id.as_str()));
            let goes_on = |it: &Rotation| it.until.is_none_or(|until| until.instant(it.zone) > now);
            current.kept.extend(keep(&mut schedule.rotation, goes_on).map(|kept| (format!("{at}/rotation"), kept)));
            if schedule.rotation.is_empty() {
                schedule.rotation.push(nobody(zone));
            }
            let goes_on = |it: &ScheduleOverride| ends(it, it.zone.unwrap_or(zone)).is_none_or(|end| end > now);
            current.kept.extend(keep(&mut schedule.overrides, goes_on).map(|kept| (format!("{at}/override"), kept)));
        }
        current
    }

    /// A pointer as it leads into the file.
    fn in_file(&self, at: &str) -> String {
        for (list, kept) in &self.kept {
            let Some(rest) = at.strip_prefix(list.as_str()).and_then(|rest| rest.strip_prefix('/')) else { continue };
            let (index, rest) =
                rest.split_once('/').map_or((rest, String::new()), |(index, it)| (index, format!("/{it}")));
            let place = index.parse().ok().and_then(|index: usize| kept.get(index));
            return place.map_or_else(|| at.to_owned(), |place| format!("{list}/{place}{rest}"));
        }
        at.to_owned()
    }
}

/// Keeps what goes on; the places that it had, where something did not.
fn keep<T>(all: &mut Vec<T>, goes_on: impl Fn(&T) -> bool) -> Option<Vec<usize>> {
    let kept: Vec<usize> = all.iter().enumerate().filter(|(_, it)| goes_on(it)).map(|(at, _)| at).collect();
    let some = kept.len() < all.len();
    all.retain(goes_on);
    some.then_some(kept)
}

fn ends(it: &ScheduleOverride, zone: Zone) -> Option<Timestamp> {
    match (it.days, it.until) {
        (Some(days), _) => days.span(zone).end,
        (None, until) => until.map(|until| until.instant(zone)),
    }
}

fn told(tool: ConfigurationTool, team: &TeamId, live: &ConfigurationImport, difference: Difference) -> Finding {
    let Difference { at, here, there } = difference;
    let tool = tool.label();
    let message = match (&here, &there) {
        (Some(here), Some(there)) => format!("{tool} has {}, the file {}", shown(there), shown(here)),
        (Some(Value::Object(_)), None) => format!("{tool} does not have this"),
        (None, Some(there)) => format!("{tool} has {}, the file nothing", shown(there)),
        (Some(here), None) => format!("{tool} does not have {}, which stands in the file", shown(here)),
        (None, None) => format!("{tool} has something else"),
    };
    // People stand in for each other where they are, not in files.
    let stands_in = here.is_none() && at.starts_with("/schedule/") && at.contains("/override");
    let level = if stands_in { Level::Note } else { Level::Warning };
    let finding = Finding::new(level, codes::DRIFTED, &at, message).fact("team", team);
    let finding = here.iter().fold(finding, |finding, here| finding.fact("here", line(here)));
    let finding = there.iter().fold(finding, |finding, there| finding.fact("there", line(there)));
    match live.origin(team, &at) {
        Some(origin) => finding.fact("object", &origin.object).fact("file", &origin.file),
        None => finding,
    }
}

/// A value in a sentence.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => match text.parse::<crate::Elapsed>() {
            Ok(elapsed) if text.starts_with('P') => elapsed.words(),
            _ => format!("`{}`", short(text)),
        },
        other => format!("`{}`", short(&line(other))),
    }
}

fn why(drift: &ConfigurationDrift) -> String {
    let tool = drift.tool.label();
    let edits = drift.findings.iter().filter(|finding| finding.level != Level::Note).count();
    let stand_ins = drift.findings.len() - edits;
    let mut why = match edits {
        0 => format!("{tool} has what the files say"),
        1 => format!("{tool} differs from the files in 1 thing"),
        edits => format!("{tool} differs from the files in {edits} things"),
    };
    match stand_ins {
        0 => {}
        1 => why.push_str(", and has 1 override that they do not have"),
        many => why.push_str(&format!(", and has {many} overrides that they do not have")),
    }
    match drift.losses.len() {
        0 => {}
        1 => why.push_str("; 1 thing in them it cannot do"),
        many => why.push_str(&format!("; {many} things in them it cannot do")),
    }
    why
}
