//! Configuration of other tools, in and out.

use std::collections::BTreeMap;

use super::register::operations;
use crate::interop::{
    CompiledConfiguration, ConfigurationFile, ConfigurationForm, ConfigurationImport, ConfigurationOptions,
    ConfigurationTool, ProviderIds, compile, read_configuration as read,
};
use crate::{TeamDocument, TeamId, Timestamp};

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
        let file = |(name, text): (String, String)| ConfigurationFile { name, bytes: text.into_bytes() };
        let files: Vec<_> = files.into_iter().map(file).collect();
        Ok(read(&files, &ConfigurationOptions { tool, team, ids: ids.unwrap_or_default(), exported_at }))
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
