//! From the files of teams to what a tool takes, with everything that is lost on the way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::compare::{Difference, differences};
use super::losses::Loss;
use super::plan::Plan;
use super::tool::TOOLS;
use super::{
    ConfigurationFile, ConfigurationImport, ConfigurationOptions, ConfigurationTool, ProviderIds, read_configuration,
};
use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::handbook::TeamDocument;
use crate::id::TeamId;

/// In which form a tool takes its configuration.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConfigurationForm {
    /// Bodies for its REST API, one file an object.
    #[default]
    Rest,
    /// Terraform's configuration as JSON.
    Terraform,
}

/// What a tool takes, and what it cannot say of the files it comes from.
///
/// The list of losses is complete: the answer was read again and compared field by field, and every difference is in it.
///
/// ```
/// use incident_core::interop::{ConfigurationForm, ConfigurationTool, ProviderIds, compile};
/// use incident_core::{Format, Source, TeamDocument};
///
/// let text = r#"
/// [[schedule.primary.rotation]]
/// zone    = "Europe/Berlin"
/// turn    = "1 week"
/// start   = 2026-12-07
/// handoff = "Mon 08:00"
/// members = ["ana", "bo"]
/// if_absent = "fall_through"
/// "#;
/// let team: TeamDocument = Source::parse(text, Format::Toml)?.read()?;
/// let teams = [("payments".parse()?, team)].into();
/// let compiled = compile(&teams, &ProviderIds::default(), ConfigurationTool::Pagerduty, ConfigurationForm::Rest)?;
/// assert!(compiled.files.contains_key("schedules/payments-primary.json"));
/// assert_eq!(compiled.losses[0].path, "/schedule/primary/rotation/0/if_absent");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompiledConfiguration {
    /// Whom it is for.
    pub tool: ConfigurationTool,
    /// In which form.
    pub form: ConfigurationForm,
    /// The files, by name.
    pub files: BTreeMap<String, String>,
    /// The side file, with the names under which things are found again once the tool has given them ids.
    pub ids: ProviderIds,
    /// What the tool does not do as it stands in the files: each a finding `interop.not_expressible` with a pointer into
    /// the document of the team that its fact `team` names.
    pub losses: Vec<Finding>,
    /// What has to be filled in.
    pub findings: Vec<Finding>,
    /// What it comes to, in one sentence.
    pub why: String,
}

/// Writes the files of teams in the form that a tool takes.
///
/// # Errors
/// `interop.no_writer`, if the tool is only read, or has no provider for Terraform
pub fn compile(
    teams: &BTreeMap<TeamId, TeamDocument>,
    ids: &ProviderIds,
    tool: ConfigurationTool,
    form: ConfigurationForm,
) -> Result<CompiledConfiguration> {
    write(teams, ids, tool, form).map(|(compiled, _)| compiled)
}

/// The same, with what reading the answer gives.
pub(super) fn write(
    teams: &BTreeMap<TeamId, TeamDocument>,
    ids: &ProviderIds,
    tool: ConfigurationTool,
    form: ConfigurationForm,
) -> Result<(CompiledConfiguration, ConfigurationImport)> {
    let row = TOOLS.iter().find(|row| row.tool == tool);
    let Some((write, losses)) = row.and_then(|row| Some((row.write?, row.losses))) else {
        let writers: Vec<_> =
            TOOLS.iter().filter(|row| row.write.is_some()).map(|row| format!("`{}`", row.tool)).collect();
        let message = format!("configuration of {} is not written", tool.label());
        return Err(Error::invalid(codes::NO_WRITER, message).hint(format!("written are {}", writers.join(" and "))));
    };
    if form == ConfigurationForm::Terraform && row.is_some_and(|row| row.terraform.is_empty()) {
        let message = format!("Terraform has no provider for {}", tool.label());
        return Err(Error::invalid(codes::NO_WRITER, message).hint("ask for `rest`"));
    }
    let mut plan = Plan::new(teams, ids, tool, form);
    let named = plan.back.clone();
    let files = write(&mut plan);
    let read: Vec<_> = files
        .iter()
        .map(|(name, text)| ConfigurationFile { name: name.clone(), bytes: text.clone().into_bytes() })
        .collect();
    let options = ConfigurationOptions { tool: Some(tool), ids: plan.back, ..ConfigurationOptions::default() };
    let back = read_configuration(&read, &options);
    let lost = teams.iter().flat_map(|(team, document)| {
        let differences = differences(document, &back.of_team(team, document)).into_iter();
        differences.filter_map(|it| told(team, it, losses, tool, form)).collect::<Vec<_>>()
    });
    let mut compiled = CompiledConfiguration {
        tool,
        form,
        losses: lost.collect(),
        files,
        ids: named,
        findings: plan.findings,
        why: String::new(),
    };
    compiled.why = why(&compiled);
    Ok((compiled, back))
}

impl ConfigurationImport {
    /// What was read of a team, to be compared with its file.
    pub(super) fn of_team(&self, team: &TeamId, document: &TeamDocument) -> TeamDocument {
        let mut there = self.teams.get(team).cloned().unwrap_or_default();
        // People whom several teams name stand with what all share; that is no difference of this team's.
        for (person, shared) in self.org.iter().flat_map(|org| &org.people) {
            if document.people.contains_key(person) {
                there.people.entry(person.clone()).or_insert_with(|| shared.clone());
            }
        }
        there.schema.clone_from(&document.schema);
        there.team.clone_from(&document.team);
        there
    }
}

/// What a difference loses. A person whom nothing names there needs no place there.
fn told(
    team: &TeamId,
    difference: Difference,
    losses: &[Loss],
    tool: ConfigurationTool,
    form: ConfigurationForm,
) -> Option<Finding> {
    if difference.is_made() {
        return None;
    }
    let Difference { at, here, there } = difference;
    let says = losses.iter().find(|loss| loss.covers(&at, form)).map(|loss| loss.says);
    let message = says.map_or_else(|| general(tool), str::to_owned);
    let finding = Finding::new(Level::Warning, codes::NOT_EXPRESSIBLE, at, message).fact("team", team);
    let shown = |value: Option<serde_json::Value>| value.map(|value| crate::text::short(&super::written::line(&value)));
    let finding = shown(here).into_iter().fold(finding, |finding, here| finding.fact("here", here));
    Some(shown(there).into_iter().fold(finding, |finding, there| finding.fact("there", there)))
}

/// What is said of a place for which a tool's table has no sentence.
pub(super) fn general(tool: ConfigurationTool) -> String {
    format!("{} has something else here", tool.label())
}

fn why(compiled: &CompiledConfiguration) -> String {
    let files = match compiled.files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let form = match compiled.form {
        ConfigurationForm::Rest => "",
        ConfigurationForm::Terraform => " in Terraform",
    };
    let losses = match compiled.losses.len() {
        0 => "nothing is lost".to_owned(),
        1 => "1 thing is lost".to_owned(),
        count => format!("{count} things are lost"),
    };
    let lacking = compiled.findings.iter().filter(|it| it.code == codes::NO_PROVIDER_ID).count();
    let rest = match lacking {
        0 => String::new(),
        1 => ", and 1 id is to be filled in".to_owned(),
        count => format!(", and {count} ids are to be filled in"),
    };
    format!("{files} for {}{form}: {losses}{rest}", compiled.tool.label())
}
