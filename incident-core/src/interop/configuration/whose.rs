//! Whose an object is that does not say so: lists of a schedule or a team come without its id.

use std::collections::BTreeSet;

use super::record::Record;

/// The one of these ids that stands in the name of the record's file, the longest where one is within another; or else the
/// only one there is.
pub(super) fn whose(record: &Record<'_>, ids: &[String]) -> Option<String> {
    let named: BTreeSet<_> = ids.iter().filter(|id| record.file().contains(id.as_str())).collect();
    let within = |id: &&&String| !named.iter().any(|other| other.len() > id.len() && other.contains(id.as_str()));
    let mut longest = named.iter().filter(within);
    let in_name = longest.next().filter(|_| longest.next().is_none()).copied();
    in_name.or_else(|| ids.first().filter(|first| ids.iter().all(|id| id == *first))).cloned()
}

/// The one of some records whose an object is that does not say so: by its id, or by the same name of the file where it has
/// none yet, `schedules/primary.json` and `overrides/primary.json`.
pub(super) fn beside(record: &Record<'_>, owners: &[&Record<'_>]) -> Option<String> {
    let keys: Vec<_> = owners.iter().map(|owner| key(owner)).collect();
    let same_name = || owners.iter().find(|it| stem(it.file()) == stem(record.file())).map(|it| key(it));
    whose(record, &keys).or_else(same_name)
}

/// Under what an object is found that others belong to: its id, or the file of one that has none.
pub(super) fn key(record: &Record<'_>) -> String {
    record.id().unwrap_or_else(|| record.file().to_owned())
}

/// The name of a file, without folder and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
