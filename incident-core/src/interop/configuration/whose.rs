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

/// The name of a file, without folder and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
