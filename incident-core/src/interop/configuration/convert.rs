//! What was read as the files of a folder.

use std::collections::BTreeMap;

use super::ConfigurationImport;
use crate::decode;
use crate::error::Result;
use crate::handbook::{RuleFile, format_document};
use crate::text::Format;

impl ConfigurationImport {
    /// The files of a folder, by name: `teams/NAME.toml` for each team, `org.toml` where several teams share something, and
    /// `ids.json`, the side file of providers' ids.
    ///
    /// ```
    /// use incident_core::interop::{ConfigurationFile, ConfigurationOptions, read_configuration};
    ///
    /// let schedule = br#"{"schedule": {"id": "P1", "type": "schedule", "name": "Primary", "time_zone": "Europe/Berlin",
    ///     "teams": [{"id": "T1", "summary": "Payments"}], "schedule_layers": [{"start": "2026-12-07T08:00:00+01:00",
    ///     "rotation_virtual_start": "2026-12-07T08:00:00+01:00", "rotation_turn_length_seconds": 604800,
    ///     "users": [{"user": {"id": "U1", "summary": "Ana"}}]}]}}"#;
    /// let file = ConfigurationFile { name: "schedule.json".to_owned(), bytes: schedule.to_vec() };
    /// let files = read_configuration(&[file], &ConfigurationOptions::default()).files()?;
    /// assert_eq!(files.keys().collect::<Vec<_>>(), ["ids.json", "teams/payments.toml"]);
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// None in practice.
    pub fn files(&self) -> Result<BTreeMap<String, String>> {
        let mut files = BTreeMap::new();
        if let Some(org) = &self.org {
            files.insert("org.toml".to_owned(), org.to_toml(None)?);
        }
        for (team, document) in &self.teams {
            files.insert(format!("teams/{team}.toml"), document.to_toml(None)?);
        }
        if !self.teams.is_empty() {
            let text = format_document(&self.ids.to_json()?, Some(Format::Json), None)?;
            files.insert("ids.json".to_owned(), text);
        }
        Ok(files)
    }

    /// The same as rules.
    pub(super) fn rule_files(&self) -> Vec<RuleFile> {
        let org = self.org.iter().filter_map(|org| Some(("org.json".to_owned(), decode::to_text(org).ok()?)));
        let team = |(team, document)| Some((format!("{team}.json"), decode::to_text(document).ok()?));
        org.chain(self.teams.iter().filter_map(team)).map(|(name, text)| RuleFile::new(name, text)).collect()
    }
}
