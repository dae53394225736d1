//! `convert`: an export of another tool as files of teams.

use std::collections::BTreeMap;

use incident_core::interop::read_configuration;
use incident_core::{Finding, Level};

use crate::args::{ConvertArgs, Format};
use crate::export::{self, Export};
use crate::host::Host;
use crate::schemas::SCHEMAS;
use crate::trouble::{Done, Trouble};
use crate::{FINE, UNUSABLE};

pub(super) fn run(args: &ConvertArgs, host: &mut Host<'_>) -> Done {
    let within = |name: &str| format!("{}/{name}", args.to.trim_end_matches('/'));
    let side_file = within("ids.json");
    let known = host.path(&side_file).is_file();
    let ids = if known { Some(export::side_file(host, &side_file)?) } else { None };
    host.progress("reading");
    let export = Export::read(host, &args.export, &args.read, ids)?;
    let import = read_configuration(&export.files, &export.options);
    host.progress("");
    let findings: Vec<&Finding> = import.findings.iter().filter(|it| args.notes || it.level != Level::Note).collect();
    super::show(Format::Text, &findings, &import, &export.excerpts(host.color), host)?;
    let mut files: BTreeMap<String, String> = import.files()?;
    if files.is_empty() {
        writeln!(host.out, "{}", import.why)?;
        return Ok(UNUSABLE);
    }
    let schemas = ["team", "org"].map(|name| format!("{name}.v1.json"));
    let named = SCHEMAS.iter().filter(|(name, _)| schemas.iter().any(|it| it == name));
    files.extend(named.map(|(name, text)| (format!(".schemas/{name}"), (*text).to_owned())));
    let others: Vec<_> = files
        .iter()
        .map(|(name, text)| (within(name), text))
        .filter(|(name, text)| std::fs::read_to_string(host.path(name)).is_ok_and(|there| there != **text))
        // The side file only grows, and schemas belong to this program.
        .filter(|(name, _)| *name != side_file && !name.contains("/.schemas/"))
        .map(|(name, _)| name)
        .collect();
    if !others.is_empty() && !args.overwrite {
        return Err(Trouble::Asked(format!(
            "{} would be written over\n  help: look at it with another --to, or say --overwrite",
            others.join(", ")
        )));
    }
    for (name, text) in &files {
        export::write(host, &within(name), text)?;
    }
    for name in files.keys().filter(|name| !name.starts_with('.')) {
        writeln!(host.out, "{}", within(name))?;
    }
    writeln!(host.out, "{}", import.why)?;
    Ok(FINE)
}
