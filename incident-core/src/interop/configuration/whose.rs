//! Whose an object is that does not say so: lists of a schedule or a team come without its id.

use super::record::Record;

/// The one of these ids that stands in the name of the record's file, or else the only one there is.
pub(super) fn whose(record: &Record<'_>, ids: &[String]) -> Option<String> {
    let mut named = ids.iter().filter(|id| record.file().contains(id.as_str()));
    let in_name = named.next().filter(|_| named.next().is_none());
    in_name.or_else(|| ids.first().filter(|_| ids.len() == 1)).cloned()
}

/// The name of a file, without folder and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
