//! The local values of Terraform's configuration.

use std::collections::BTreeMap;

use super::written::Written;

/// Local values: our ids beside those of the tool, in one place.
#[derive(Debug, Default)]
pub(super) struct Locals {
    values: BTreeMap<String, BTreeMap<String, Written>>,
}

impl Locals {
    /// A reference to the tool's id of something; the id itself where our name of it cannot stand in an expression.
    pub(super) fn refer(&mut self, group: &str, ours: &str, id: String) -> Written {
        let simple = ours.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
        if !simple {
            return Written::of(id);
        }
        self.values.entry(group.to_owned()).or_default().insert(ours.to_owned(), Written::of(id));
        Written::of(format!("${{local.{group}[\"{ours}\"]}}"))
    }

    /// All of them.
    pub(super) fn written(self) -> Written {
        Written::named(self.values.into_iter().map(|(group, all)| (group, Written::named(all))).collect())
    }
}
