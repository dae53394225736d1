//! The nodes of an escalation path: nested in each other as the API has them, or in sequences that go by a name, as
//! version 7 of Terraform's provider has them.

use std::collections::BTreeSet;

use super::super::draft::Draft;
use super::super::record::Record;
use super::super::terraform::referred;

/// What a node does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Level,
    Channel,
    Delay,
    Branch,
    Repeat,
    /// It goes on with another path.
    Path,
    Unknown,
}

/// The names of the kinds, and of the members that nodes have who say no kind.
const KINDS: [(&str, Kind); 8] = [
    ("if_else", Kind::Branch),
    ("branch", Kind::Branch),
    ("repeat", Kind::Repeat),
    ("loop", Kind::Repeat),
    ("level", Kind::Level),
    ("notify_channel", Kind::Channel),
    ("delay", Kind::Delay),
    ("escalation_path", Kind::Path),
];

/// What a node does.
pub(super) fn kind(node: &Record<'_>) -> Kind {
    let said = node.scalar("type");
    let is_it = |name: &str| said.as_ref().map_or_else(|| node.has(name), |said| said == name);
    KINDS.iter().find(|(name, _)| is_it(name)).map_or(Kind::Unknown, |(_, kind)| *kind)
}

/// What a node says of what it does.
pub(super) fn body<'a>(node: &Record<'a>, names: [&str; 2]) -> Option<Record<'a>> {
    names.into_iter().find_map(|name| node.record(name))
}

/// The nodes with which a path begins.
pub(super) fn first<'a>(draft: &mut Draft<'_>, path: &Record<'a>) -> Vec<Record<'a>> {
    match path.scalar("start") {
        Some(start) if path.has("sequences") => sequence(draft, path, &start),
        _ => path.records(draft.notes, "path"),
    }
}

/// The nodes on one side of a branch.
pub(super) fn side<'a>(
    draft: &mut Draft<'_>,
    path: &Record<'a>,
    branch: &Record<'a>,
    nested: &str,
    named: &str,
) -> Vec<Record<'a>> {
    match branch.scalar(named) {
        Some(name) => sequence(draft, path, &name),
        None => branch.records(draft.notes, nested),
    }
}

fn sequence<'a>(draft: &mut Draft<'_>, path: &Record<'a>, name: &str) -> Vec<Record<'a>> {
    let sequence = path.record("sequences").and_then(|all| all.record(name));
    sequence.map(|sequence| sequence.records(draft.notes, "nodes")).unwrap_or_default()
}

/// More nodes than any path has.
const MOST: usize = 2_000;

/// The schedules that a path asks, in whatever branch.
pub(super) fn schedules(draft: &mut Draft<'_>, path: &Record<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = first(draft, path);
    let mut seen = 0_usize;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > MOST {
            break;
        }
        if let Some(branch) = body(&node, ["if_else", "branch"]).filter(|_| kind(&node) == Kind::Branch) {
            open.extend(side(draft, path, &branch, "then_path", "then"));
            open.extend(side(draft, path, &branch, "else_path", "else"));
        }
        let Some(level) = node.record("level").filter(|_| kind(&node) == Kind::Level) else { continue };
        let targets = level.records(draft.notes, "targets");
        let schedules = targets.iter().filter(|target| target.scalar("type").as_deref() == Some("schedule"));
        found.extend(schedules.filter_map(Record::id).map(|id| referred(&id, draft.locals)));
    }
    found
}
