//! What the three languages ask of the names in the contract, and of every code.

use std::path::Path;

use super::is_test;
use crate::floors::{files, sources};
use crate::generate::{Contract, KEYWORDS, Shape, contract};

/// What JavaScript cannot call an argument, beside what Python cannot.
const RESERVED: &[&str] = &[
    "arguments",
    "case",
    "catch",
    "const",
    "debugger",
    "default",
    "delete",
    "do",
    "enum",
    "eval",
    "export",
    "extends",
    "function",
    "instanceof",
    "interface",
    "let",
    "new",
    "package",
    "private",
    "protected",
    "public",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "typeof",
    "var",
    "void",
];

/// Fields and arguments that Python could not name, and arguments that JavaScript could not. What people write stands in dicts, never in a class: there a key may
/// be `from`, `with` or `not`.
pub(super) fn keywords(root: &Path) -> Vec<String> {
    let Contract { operations, types } = contract(root);
    let in_types = types.iter().flat_map(|named| match &named.shape {
        Shape::Record { fields, written: false, .. } => {
            fields.iter().map(|field| (named.name.as_str(), field.name.as_str())).collect()
        }
        _ => Vec::new(),
    });
    let in_arguments = operations.iter().flat_map(|operation| {
        let all = operation.beside.iter().chain(&operation.positional).chain(&operation.named);
        all.map(|field| (operation.name.as_str(), field.name.as_str()))
    });
    let bad_argument = |(_, field): &(&str, &str)| KEYWORDS.contains(field) || RESERVED.contains(field);
    let bad = in_types.filter(|(_, field)| KEYWORDS.contains(field)).chain(in_arguments.filter(bad_argument));
    bad.map(|(owner, field)| format!("{owner}: `{field}`")).collect()
}

/// Types that share a name: the schema would number them.
pub(super) fn twice(root: &Path) -> Vec<String> {
    let types = contract(root).types;
    let sources = sources(root);
    let mut broken = Vec::new();
    for named in &types {
        let stem = named.name.trim_end_matches(|c: char| c.is_ascii_digit());
        if stem != named.name && types.iter().any(|other| other.name == stem) {
            broken.push(format!("two types are called `{stem}`"));
        }
        let declares = |text: &str| {
            let declared = ["pub struct", "pub enum"].map(|kind| format!("{kind} {}", named.name));
            declared.iter().any(|declared| crate::floors::has_word(text, declared))
        };
        let places: Vec<_> =
            sources.iter().filter(|(.., text)| declares(text)).map(|(room, ..)| room.as_str()).collect();
        if places.len() > 1 {
            broken.push(format!("`{}` is declared in {}", named.name, places.join(" and in ")));
        }
    }
    broken
}

/// Codes that nothing produces: no transcript, no test of the core or of a binding names them.
pub(super) fn codes(root: &Path) -> Vec<String> {
    let mut tested = String::new();
    for folder in ["testdata", "incident-core", "bindings-python/tests", "bindings-node/test"] {
        for path in files(&root.join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let name = super::shown(&path, root);
            match text.split_once("#[cfg(test)]") {
                _ if folder != "incident-core" || is_test(&name) => tested += &text,
                Some((_, tests)) => tested += tests,
                None => {}
            }
        }
    }
    let source = std::fs::read_to_string(root.join("incident-core/src/codes/mod.rs")).unwrap_or_default();
    let constant = |code: &str| {
        let line = source.lines().find(|line| line.contains(&format!("\"{code}\"")))?;
        Some(format!("codes::{}", line.split('=').next()?.trim()))
    };
    let all = incident_core::codes::ALL.iter().map(|(code, _)| code.as_str());
    let named = |code: &&str| {
        tested.contains(&format!("\"{code}\""))
            || constant(code).is_some_and(|name| crate::floors::has_word(&tested, &name))
    };
    all.filter(|code| !named(code)).map(|code| format!("`{code}`")).collect()
}
