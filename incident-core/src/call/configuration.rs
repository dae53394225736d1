//! Configuration of other tools, in and out.

use std::collections::BTreeMap;

use super::register::operations;
use crate::interop::{
    CompiledConfiguration, ConfigurationAudit, ConfigurationDrift, ConfigurationFile, ConfigurationForm,
    ConfigurationImport, ConfigurationOptions, ConfigurationTool, ProviderIds, audit, compile, drift,
    read_configuration as read,
};
use crate::{Moment, TeamDocument, TeamId, Timestamp};

fn given(files: BTreeMap<String, String>) -> Vec<ConfigurationFile> {
    files.into_iter().map(|(name, text)| ConfigurationFile { name, bytes: text.into_bytes() }).collect()
}

operations! { Free:
    /// Reads the configuration of a tool as one document a team: schedules, escalation policies, teams and people, from the
    /// text of the files of an export by their names, in any order and in any pages. It never fails: what cannot be read,
    /// and what cannot be said in a document, is a finding with its file and place.
    ///
    /// `tool` is told by the shape of what is there; `team` is whose everything is that belongs to no team; `ids` is the
    /// side file of providers' ids, whose names are kept; what had ended at `exported_at` is left out.
    slow new read_configuration(
        files: BTreeMap<String, String>,
        tool: Option<ConfigurationTool>,
        team: Option<TeamId>,
        ids: Option<ProviderIds>,
        exported_at: Option<Timestamp>,
    ) -> Result<ConfigurationImport> {
        Ok(read(&given(files), &ConfigurationOptions { tool, team, ids: ids.unwrap_or_default(), exported_at }))
    }

    /// The same as the files of a folder, by name: `teams/NAME.toml` for each team, `org.toml` where several teams share
    /// something, and `ids.json`, the side file of providers' ids.
    slow new convert_configuration(
        files: BTreeMap<String, String>,
        tool: Option<ConfigurationTool>,
        team: Option<TeamId>,
        ids: Option<ProviderIds>,
        exported_at: Option<Timestamp>,
    ) -> Result<BTreeMap<String, String>> {
        read(&given(files), &ConfigurationOptions { tool, team, ids: ids.unwrap_or_default(), exported_at }).files()
    }

    /// Finds what is wrong with the configuration of a tool from a moment on, as it was exported: hours in which a page finds
    /// nobody, steps that add nobody, everything that rests on one person, schedules that nothing asks; and what files
    /// cannot say of it. It never fails. The other arguments are those of `read_configuration`.
    slow new audit_configuration(
        files: BTreeMap<String, String>,
        start: Moment,
        tool: Option<ConfigurationTool>,
        team: Option<TeamId>,
        ids: Option<ProviderIds>,
        exported_at: Option<Timestamp>,
    ) -> Result<ConfigurationAudit> {
        let options = ConfigurationOptions { tool, team, ids: ids.unwrap_or_default(), exported_at };
        Ok(audit(&given(files), &options, start))
    }

    /// Compares documents of teams with an export of what is live in a tool. What the tool cannot say of them is no drift:
    /// it is told apart, as compiling tells it. What has no id in the side file is found by the name that compiling gives it.
    ///
    /// Invalid: `interop.unknown_format` if nothing of a tool is live, `interop.ambiguous_format` if several tools are.
    slow new drift_configuration(
        teams: BTreeMap<TeamId, TeamDocument>,
        live: BTreeMap<String, String>,
        tool: Option<ConfigurationTool>,
        ids: Option<ProviderIds>,
        exported_at: Option<Timestamp>,
    ) -> Result<ConfigurationDrift> {
        let options = ConfigurationOptions { tool, team: None, ids: ids.unwrap_or_default(), exported_at };
        drift(&teams, &given(live), &options).map_err(|error| error.within("/live"))
    }

    /// Writes documents of teams in the form that a tool takes: bodies for its API, or Terraform's configuration as JSON.
    /// The answer lists everything that the tool does not do as it stands in the documents: it was read again and compared
    /// field by field.
    ///
    /// `ids` is the side file of providers' ids; what has none is to be filled in, and is a finding.
    ///
    /// Invalid: `interop.no_writer`.
    slow new compile_configuration(
        teams: BTreeMap<TeamId, TeamDocument>,
        tool: ConfigurationTool,
        form: Option<ConfigurationForm>,
        ids: Option<ProviderIds>,
    ) -> Result<CompiledConfiguration> {
        compile(&teams, &ids.unwrap_or_default(), tool, form.unwrap_or_default())
    }
}
