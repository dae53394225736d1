//! The floors, proved by reading `crate::` paths.

use std::collections::BTreeMap;
use std::path::Path;

use super::shown;
use crate::floors::{floor, sources};

/// Every path that goes up or sideways. Rooms of the ground floor may use each other.
pub(super) fn upward(root: &Path) -> Vec<String> {
    let sources = sources(root);
    let exported = exported(sources.iter().find(|(room, ..)| room == "lib").map_or("", |(.., text)| text));
    let mut broken = Vec::new();
    for (room, path, text) in sources.iter().filter(|(room, ..)| !["lib", "book"].contains(&room.as_str())) {
        let Some(here) = floor(room) else {
            broken.push(format!("{}: `{room}` stands on no floor of xtask/src/floors.rs", shown(path, root)));
            continue;
        };
        for (line, name) in paths(text) {
            let there = exported.get(&name).map_or(name.as_str(), String::as_str);
            let allowed = there == room || floor(there).is_none_or(|there| there < here || (there == 0 && here == 0));
            if !allowed {
                broken.push(format!("{}:{line}: `{room}` uses `{there}`", shown(path, root)));
            }
        }
    }
    broken
}

/// What follows `crate::`, and the line: one name, or each of a group.
fn paths(text: &str) -> Vec<(usize, String)> {
    let code: String = text
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "\n" } else { line }.trim_end().to_owned() + "\n")
        .collect();
    let mut found = Vec::new();
    for (at, step) in code.match_indices("crate::") {
        let line = code[..at].lines().count().max(1);
        let rest = &code[at + step.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_names(group).into_iter().map(|name| (line, name))),
            None => found.push((line, name(rest))),
        }
    }
    found
}

fn group_names(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut names = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(String::new()),
            _ if depth == 1 => names.last_mut().map(|name| name.push(c)).unwrap_or_default(),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.iter().map(|part| name(part.trim())).filter(|name| !name.is_empty()).collect()
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Names that `lib.rs` exports, and the room each comes from.
fn exported(lib: &str) -> BTreeMap<String, String> {
    let uses = lib.split("pub use ").skip(1).filter_map(|text| text.split(';').next());
    uses.flat_map(|text| {
        let room = name(text.trim_start_matches("self::"));
        let names: Vec<String> = match text.split_once('{') {
            Some((_, group)) => group.trim_end_matches('}').split(',').map(exported_name).collect(),
            None => vec![exported_name(text.rsplit("::").next().unwrap_or_default())],
        };
        names.into_iter().filter(|name| !name.is_empty()).map(move |name| (name, room.clone()))
    })
    .collect()
}

fn exported_name(part: &str) -> String {
    name(part.rsplit(" as ").next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_found_in_groups_and_alone() {
        let text = "use crate::{codes, time::{Span, Zone}};\n// crate::no\nfn f() -> crate::Result<()> {}\n";
        let found: Vec<_> = super::paths(text).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
        assert_eq!(found, ["1 codes", "1 time", "3 Result"]);
    }

    #[test]
    fn exports_name_their_room() {
        let lib = "pub use error::{Error, Result};\npub use codes::Code;\n";
        let found: Vec<_> = super::exported(lib).into_iter().map(|(name, room)| format!("{name} {room}")).collect();
        assert_eq!(found, ["Code codes", "Error error", "Result error"]);
    }
}
