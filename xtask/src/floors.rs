//! The house: which room stands on which floor. An import never goes up and never sideways.

use std::path::{Path, PathBuf};

/// Rooms and the files of the ground floor, by floor.
pub(crate) const FLOORS: &[&[&str]] = &[
    &["time", "id", "error", "codes", "finding", "obligation", "known", "privacy", "limits", "text", "decode"],
    &["condition", "directory", "stats", "chart", "ical"],
    &["severity", "oncall", "similarity"],
    &["incident"],
    &["history"],
    &["escalation", "diagnosis"],
    &["communication"],
    &["retrospective", "patterns"],
    &["handbook"],
    &["interop"],
    &["call"],
];

/// The floor of a room.
pub(crate) fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The room that a name in the contract belongs to: a file of the ground floor is `ground`.
pub(crate) fn contract_room(room: &str) -> &str {
    if floor(room) == Some(0) { "ground" } else { room }
}

/// Every source file of the core with its room, lower floors first.
pub(crate) fn sources(root: &Path) -> Vec<(String, PathBuf, String)> {
    let source = root.join("incident-core/src");
    let mut found: Vec<_> = files(&source)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let inside = path.strip_prefix(&source).unwrap_or(&path);
            let room = inside.iter().next().map(|step| step.to_string_lossy().trim_end_matches(".rs").to_owned());
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            (room.unwrap_or_default(), path, text)
        })
        .collect();
    found.sort_by_key(|(room, path, _)| (floor(room), room.clone(), path.clone()));
    found
}

/// Every file under a folder, in order, without what is built or fetched.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    const SKIPPED: &[&str] = &["target", "node_modules", "__pycache__"];
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    entries
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !SKIPPED.contains(&&*name) && (!name.starts_with('.') || name == ".ci")
        })
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// Whether `text` has `word` as a whole word.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part_of_a_word) && !text[at + word.len()..].starts_with(part_of_a_word))
}
