//! Conditions in the form people write, wherever a document has conditions.

use std::collections::BTreeMap;

use crate::condition::{Condition, Node as Short};
use crate::text::{Tree, TreeValue};

use super::page::Value;

/// What stands in place of conditions in the long form, by the steps to each.
pub(super) type Shortened = BTreeMap<Vec<String>, Value>;

/// Every condition that has a test in the long form. `around` are the steps to the document in a team's file.
pub(super) fn conditions(tree: &Tree, around: &[&str]) -> Shortened {
    let mut out = Shortened::new();
    visit(tree, &mut around.iter().map(|step| (*step).to_owned()).collect(), &mut |at, tree| {
        let steps: Vec<&str> = at.iter().map(String::as_str).collect();
        let is_condition = matches!(steps.as_slice(), ["severity" | "route", _, "when"]);
        if is_condition
            && has_long_test(tree)
            && let Ok(condition) = tree.to_json().parse::<Condition>()
        {
            out.insert(at.iter().skip(around.len()).cloned().collect(), value(&condition.short()));
        }
    });
    out
}

/// Conditions are three steps from the root.
const DEEPEST: usize = 3;

fn visit(tree: &Tree, at: &mut Vec<String>, found: &mut impl FnMut(&[String], &Tree)) {
    found(at, tree);
    if at.len() == DEEPEST {
        return;
    }
    for (step, inner) in tree.parts() {
        at.push(step);
        visit(inner, at, found);
        at.pop();
    }
}

fn has_long_test(tree: &Tree) -> bool {
    let is_test = matches!(&tree.value, TreeValue::Map(members) if members.iter().any(|(key, _)| key.name == "fact"));
    is_test || tree.parts().any(|(_, inner)| has_long_test(inner))
}

fn value(short: &Short) -> Value {
    match short {
        Short::Null => Value::Text(String::new()),
        Short::Flag(flag) => Value::Written(flag.to_string()),
        Short::Number(_) => Value::Written(serde_json::to_string(short).unwrap_or_default()),
        Short::Text(text) => Value::Text(text.clone()),
        Short::List(items) => Value::list(items.iter().map(value)),
        Short::Table(entries) => {
            Value::Table(entries.iter().map(|(name, inner)| (vec![name.clone()], value(inner))).collect())
        }
    }
}
