//! Exports of other tools, and the side file of ids.

use std::path::Path;

use incident_core::interop::{ConfigurationFile, ConfigurationOptions, ProviderIds};
use incident_core::{Handbook, Source, TeamDocument, TeamId};

use crate::args::ExportArgs;
use crate::host::Host;
use crate::load;
use crate::print::Excerpts;
use crate::trouble::Trouble;

/// How files of exports end.
const ENDINGS: [&str; 6] = ["json", "jsonl", "ndjson", "tfstate", "ics", "csv"];

/// An export, as it is read.
pub(crate) struct Export {
    pub(crate) files: Vec<ConfigurationFile>,
    pub(crate) options: ConfigurationOptions,
}

impl Export {
    /// Files, and folders of them, with what the caller says; `ids` is the side file where the caller names none.
    pub(crate) fn read(
        host: &Host<'_>,
        names: &[String],
        args: &ExportArgs,
        ids: Option<ProviderIds>,
    ) -> Result<Self, Trouble> {
        let mut files = Vec::new();
        for found in load::paths(host, names)? {
            let name = host.name(&found.path);
            let ending = Path::new(&name).extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
            let is_export = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
            if found.asked || is_export {
                files.push(ConfigurationFile { bytes: load::bytes(host, &name)?, name });
            }
        }
        if files.is_empty() {
            return Err(Trouble::Asked(format!("there is no export in {}", names.join(", "))));
        }
        let named = args.ids.as_ref().map(|name| side_file(host, name)).transpose()?;
        let options = ConfigurationOptions {
            tool: args.tool,
            team: args.team.clone(),
            ids: named.or(ids).unwrap_or_default(),
            exported_at: Some(args.exported_at.unwrap_or(host.now)),
        };
        Ok(Self { files, options })
    }

    /// Its lines.
    pub(crate) fn excerpts(&self, color: bool) -> Excerpts {
        let text = |file: &ConfigurationFile| Some((file.name.clone(), String::from_utf8(file.bytes.clone()).ok()?));
        Excerpts::new(self.files.iter().filter_map(text), color)
    }
}

/// The side file of ids under a name.
pub(crate) fn side_file(host: &Host<'_>, name: &str) -> Result<ProviderIds, Trouble> {
    Ok(ProviderIds::read(&Source::open(&load::read(host, name)?, None, Some(name))?)?)
}

/// The side file of ids among the files of rules.
pub(crate) fn side_file_among(book: &Handbook) -> Result<Option<ProviderIds>, Trouble> {
    let mut found = book.sources().filter(|file| file.text.contains("\"incident-core/ids/v1\""));
    match (found.next(), found.next()) {
        (Some(file), None) => Ok(Some(ProviderIds::read(&Source::open(&file.text, None, file.name.as_deref())?)?)),
        (None, _) => Ok(None),
        (Some(_), Some(_)) => {
            Err(Trouble::Asked("there are several side files of ids: name one with --ids".to_owned()))
        }
    }
}

/// The documents of all teams; refused where a file cannot be used, because what it says would be missing.
pub(crate) fn documents(book: &Handbook) -> Result<std::collections::BTreeMap<TeamId, TeamDocument>, Trouble> {
    let broken: Vec<_> = book.check(None).into_iter().filter(|it| it.level == incident_core::Level::Error).collect();
    if let Some(first) = broken.first() {
        let more = broken.len() - 1;
        let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
        return Err(Trouble::Asked(format!("{first}{more}\n  help: `incident-core check` shows what is wrong")));
    }
    let teams: Vec<_> = book.teams().cloned().collect();
    teams.into_iter().map(|team| Ok((team.clone(), book.team(team.as_str())?.clone()))).collect()
}

/// Writes a file, and the folders that it is in.
pub(crate) fn write(host: &Host<'_>, name: &str, text: &str) -> Result<(), Trouble> {
    let (path, why) = (host.path(name), |why| Trouble::File { name: name.to_owned(), why });
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(why)?;
    }
    std::fs::write(&path, text).map_err(why)
}
