//! Files, folders, and older versions of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use incident_core::{Handbook, RuleFile};

use crate::host::Host;
use crate::trouble::Trouble;

/// How files of rules end.
const ENDINGS: [&str; 5] = ["toml", "yaml", "yml", "json", "ics"];

/// The rules in files and folders.
pub(crate) fn handbook(host: &Host<'_>, names: &[String]) -> Result<Handbook, Trouble> {
    Ok(Handbook::gather(rules(host, names)?))
}

/// The files of rules, by the names they are found under.
pub(crate) fn rules(host: &Host<'_>, names: &[String]) -> Result<Vec<RuleFile>, Trouble> {
    let mut found = Vec::new();
    for path in paths(host, names)? {
        let (name, asked) = (host.name(&path.path), path.asked);
        let text = read(host, &name)?;
        if asked || is_rules(&name, &text) {
            found.push(RuleFile::new(name, text));
        }
    }
    if found.is_empty() {
        return Err(Trouble::Asked(format!("there are no files of rules in {}", names.join(", "))));
    }
    Ok(found)
}

/// A text file.
pub(crate) fn read(host: &Host<'_>, name: &str) -> Result<String, Trouble> {
    let bytes = bytes(host, name)?;
    String::from_utf8(bytes).map_err(|_| Trouble::Asked(format!("{name} is not UTF-8")))
}

/// The bytes of a file.
pub(crate) fn bytes(host: &Host<'_>, name: &str) -> Result<Vec<u8>, Trouble> {
    std::fs::read(host.path(name)).map_err(|why| Trouble::File { name: name.to_owned(), why })
}

/// A file that was found, and whether it was named itself.
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) asked: bool,
}

/// Files as they are named; folders with everything in them, in order.
pub(crate) fn paths(host: &Host<'_>, names: &[String]) -> Result<Vec<Found>, Trouble> {
    let mut all = Vec::new();
    for name in names {
        let path = if name == "." { host.folder.clone() } else { host.path(name) };
        let meta = std::fs::metadata(&path).map_err(|why| Trouble::File { name: name.clone(), why })?;
        match meta.is_dir() {
            true => walk(&path, &mut all).map_err(|why| Trouble::File { name: name.clone(), why })?,
            false => all.push(Found { path, asked: true }),
        }
    }
    Ok(all)
}

fn walk(folder: &Path, all: &mut Vec<Found>) -> std::io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        // What begins with a dot, or is made, is nobody's rules. Links may lead round in circles.
        if name.starts_with('.') || ["node_modules", "target"].contains(&name.as_str()) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), all)?;
        } else if kind.is_file() {
            all.push(Found { path: entry.path(), asked: false });
        }
    }
    Ok(())
}

/// Whether a file in a folder is one of rules: by its ending and what it says of itself, or what it has.
fn is_rules(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if !ENDINGS.contains(&ending.as_str()) {
        return false;
    }
    if ending == "ics" {
        return true;
    }
    let says = ["incident-core/team/", "incident-core/org/", "incident-core/ids/"].iter().any(|it| text.contains(it));
    // What another program's configuration never has, and hardly a team's file lacks.
    let has =
        ending == "toml" && ["[escalation", "[[schedule.", "[people]", "[severity"].iter().any(|it| text.contains(it));
    let org = Path::new(name).file_stem().is_some_and(|stem| stem == "org");
    says || has || org
}

/// The rules as they were: of a folder or a file, or of what git calls a version.
pub(crate) fn older(host: &Host<'_>, version: &str, names: &[String]) -> Result<Handbook, Trouble> {
    if std::fs::metadata(host.path(version)).is_ok() {
        let rules = rules(host, &[version.to_owned()])?;
        return Ok(Handbook::gather(rules.into_iter().map(|file| renamed(file, version, names))));
    }
    let files = versioned(host, version, names)?;
    Ok(Handbook::gather(files))
}

/// Teams without a name of their own are called as their files are, so the folder is of no matter.
fn renamed(file: RuleFile, version: &str, names: &[String]) -> RuleFile {
    let name =
        file.name.as_deref().and_then(|name| name.strip_prefix(version)).map(|rest| rest.trim_start_matches('/'));
    match (name, names) {
        (Some(rest), [only]) if !rest.is_empty() && only != "." => RuleFile::new(format!("{only}/{rest}"), file.text),
        _ => file,
    }
}

fn versioned(host: &Host<'_>, version: &str, names: &[String]) -> Result<Vec<RuleFile>, Trouble> {
    // A version that looks like an option would be one.
    if version.starts_with('-') {
        return Err(Trouble::Asked(format!("`{version}` is neither a folder nor a version")));
    }
    let mut list = vec!["ls-tree", "-r", "-z", "--name-only", version, "--"];
    list.extend(names.iter().map(String::as_str));
    let text = git(host, version, &list)?;
    let mut found = BTreeMap::new();
    for name in text.split('\0').filter(|name| !name.is_empty()) {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            continue;
        }
        let shown = git(host, version, &["show", &format!("{version}:./{name}")])?;
        if names.iter().any(|asked| asked == name) || is_rules(name, &shown) {
            found.insert(name.to_owned(), shown);
        }
    }
    Ok(found.into_iter().map(|(name, text)| RuleFile::new(name, text)).collect())
}

fn git(host: &Host<'_>, version: &str, args: &[&str]) -> Result<String, Trouble> {
    let ran = Command::new("git").args(args).current_dir(&host.folder).output();
    let ran = ran.map_err(|why| Trouble::File { name: "git".to_owned(), why })?;
    if !ran.status.success() {
        let why = String::from_utf8_lossy(&ran.stderr);
        let why = why.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
        return Err(Trouble::Asked(format!("`{version}` is neither a folder nor a version that git knows: {why}")));
    }
    String::from_utf8(ran.stdout).map_err(|_| Trouble::Asked(format!("a file of `{version}` is not UTF-8")))
}
