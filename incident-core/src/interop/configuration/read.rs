//! From files to the files of teams.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::text::{Format, Source};

use super::assemble::assemble;
use super::detect::{Gathered, gather};
use super::draft::{Draft, Files};
use super::people::People;
use super::record::Notes;
use super::tool::TOOLS;
use super::{ConfigurationFile, ConfigurationImport, ConfigurationOptions, InventoryLine};

/// Reads the configuration of a tool: schedules, escalation policies, teams and people, in whatever order and pages they
/// were exported.
///
/// It never fails: what cannot be read is a finding, what cannot be said in files is a finding `interop.not_expressible`,
/// each with its file and pointer. Reading the same thing twice changes nothing.
#[must_use]
pub fn read_configuration(files: &[ConfigurationFile], options: &ConfigurationOptions) -> ConfigurationImport {
    let mut notes = Notes::default();
    let gathered = gather(files, options, &mut notes);
    let (mut people, mut drafted) = (People::new(&options.ids), Files::new(&options.ids));
    let mut inventory = Vec::new();
    for (tool, objects) in &gathered {
        let Some(row) = TOOLS.iter().find(|row| row.tool == *tool) else { continue };
        inventory.extend(lines(*tool, objects));
        let mut draft = Draft::new(*tool, options, &objects.locals, &mut notes, &mut people, &mut drafted);
        (row.read)(objects, &mut draft);
    }
    let assembled = assemble(drafted, &people);
    let mut import = ConfigurationImport {
        tools: gathered.keys().copied().collect(),
        org: assembled.org,
        teams: assembled.teams,
        ids: assembled.ids,
        inventory,
        origins: assembled.origins,
        findings: place(notes, files),
        why: String::new(),
    };
    import.why = why(&import);
    import
}

fn lines(tool: super::ConfigurationTool, objects: &Gathered<'_>) -> Vec<InventoryLine> {
    let line = |(kind, records): (&str, &[super::record::Record<'_>])| {
        let name = |record: &super::record::Record<'_>| {
            ["name", "summary", "fullName", "displayName", "username", "title"]
                .iter()
                .find_map(|name| record.scalar(name))
        };
        // A user name that is an address goes no further.
        let mut names: Vec<_> = records.iter().filter_map(name).filter(|name| !name.contains('@')).collect();
        names.sort();
        InventoryLine { tool, kind: kind.replace('_', " "), count: records.len(), names }
    };
    let count = objects.calendars.len();
    let calendars = (count > 0).then(|| InventoryLine { tool, kind: "calendar".to_owned(), count, names: Vec::new() });
    objects.kinds().map(line).chain(calendars).collect()
}

/// Every finding with its line in its file, in the order of the files.
fn place(notes: Notes, files: &[ConfigurationFile]) -> Vec<Finding> {
    let by_name: BTreeMap<_, _> = files.iter().map(|file| (file.name.as_str(), file)).collect();
    let mut all = Vec::new();
    for (name, findings) in notes.finish() {
        let text = by_name.get(name.as_str()).and_then(|file| std::str::from_utf8(&file.bytes).ok());
        let source = text.and_then(|text| Source::open(text, Some(Format::Json), Some(&name)).ok());
        let mut findings = source.map_or_else(|| findings.clone(), |source| source.place(findings.clone()));
        findings.sort_by_key(|it| it.at.as_ref().map(|at| (at.line, at.column)));
        all.extend(findings);
    }
    all
}

fn why(import: &ConfigurationImport) -> String {
    let plural = |count: usize, one: &str| match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {one}s"),
    };
    let mut parts = Vec::new();
    for tool in &import.tools {
        let kinds: Vec<_> = import
            .inventory
            .iter()
            .filter(|line| line.tool == *tool)
            .map(|line| plural(line.count, &line.kind))
            .collect();
        parts.push(format!("{} of {}", kinds.join(", "), tool.label()));
    }
    match (import.teams.len(), parts.as_slice()) {
        (_, []) => "nothing in these files is configuration that is read".to_owned(),
        (0, _) => format!("no team, from {}", parts.join(", and ")),
        (teams, _) => format!("{}, from {}", plural(teams, "team"), parts.join(", and ")),
    }
}
