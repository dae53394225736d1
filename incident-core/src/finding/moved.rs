//! Where a place in a document was before the document changed: things in lists are known by their name and their
//! content, not by their number.

use std::collections::BTreeMap;

use serde_json::Value;

/// Where something was, and what it was called.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Was {
    /// As a JSON Pointer.
    pub(super) path: String,
    /// New names on the way there, with the old ones.
    pub(super) renamed: BTreeMap<String, String>,
}

/// Where in an old document that was which is at a place in a new one; none for what was added.
pub(super) fn was(old: &Value, new: &Value, path: &str) -> Option<Was> {
    let mut was = Was { path: String::new(), renamed: BTreeMap::new() };
    let (mut old, mut new) = (Some(old), Some(new));
    for step in path.split('/').skip(1) {
        let mut place = step.to_owned();
        match (old, new) {
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                let number: usize = step.parse().ok()?;
                let at = align(before, after).get(number).copied()??;
                place = at.to_string();
                (old, new) = (before.get(at), after.get(number));
                if let (Some(before), Some(after)) = (old.and_then(name), new.and_then(name))
                    && before != after
                {
                    was.renamed.insert(after.to_owned(), before.to_owned());
                }
            }
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let key = step.replace("~1", "/").replace("~0", "~");
                let now = after.get(&key);
                let known = match before.get_key_value(&key) {
                    Some(known) => Some(known),
                    // Another name for much the same.
                    None => now.and_then(|now| {
                        let gone = before.iter().filter(|(key, _)| !after.contains_key(*key));
                        let alike = gone.map(|(key, value)| (similarity(value, now), key, value));
                        let best = alike.filter(|(alike, ..)| *alike >= HALF).max_by_key(|(alike, ..)| *alike)?;
                        was.renamed.insert(key.clone(), best.1.clone());
                        Some((best.1, best.2))
                    }),
                };
                if let Some((known, _)) = known {
                    place = known.replace('~', "~0").replace('/', "~1");
                }
                (old, new) = (known.map(|(_, value)| value), now);
            }
            _ => (old, new) = (None, None),
        }
        was.path.push('/');
        was.path.push_str(&place);
    }
    Some(was)
}

/// Full likeness, and half of it.
const FULL: usize = 1000;
const HALF: usize = FULL / 2;

/// Where each thing of a new list was in the old one: the one of that name; else an equal one; else the one that it is
/// most like, if that is at least half of it.
fn align(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut left: Vec<Option<&Value>> = old.iter().map(Some).collect();
    let only = |list: &[Value], wanted: &str| list.iter().filter(|it| name(it) == Some(wanted)).count() == 1;
    let mut take = |same: &dyn Fn(&Value, &Value) -> bool, found: &mut Vec<Option<usize>>| {
        for (now, place) in new.iter().zip(found).filter(|(_, place)| place.is_none()) {
            *place = left.iter().position(|it| it.is_some_and(|before| same(before, now)));
            if let Some(gone) = place.and_then(|at| left.get_mut(at)) {
                *gone = None;
            }
        }
    };
    take(
        &|before, now| name(now).is_some_and(|it| name(before) == Some(it) && only(old, it) && only(new, it)),
        &mut found,
    );
    take(&|before, now| before == now, &mut found);
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, now) in new.iter().enumerate().filter(|(at, _)| found.get(*at) == Some(&None)) {
        let alike =
            left.iter().enumerate().filter_map(|(was, before)| Some((FULL - similarity((*before)?, now), at, was)));
        pairs.extend(alike.filter(|(unlike, ..)| *unlike <= FULL - HALF));
    }
    pairs.sort_unstable();
    for (_, at, was) in pairs {
        if let (Some(place @ None), Some(free @ Some(_))) = (found.get_mut(at), left.get_mut(was)) {
            (*place, *free) = (Some(was), None);
        }
    }
    found
}

/// The name that something has, or that it refers to.
fn name(value: &Value) -> Option<&str> {
    value.get("name").and_then(Value::as_str)
}

/// How much two values are alike, of [`FULL`].
fn similarity(one: &Value, other: &Value) -> usize {
    match (one, other) {
        _ if one == other => FULL,
        (Value::Object(one), Value::Object(other)) => {
            let shared = one.iter().filter_map(|(key, value)| Some(similarity(value, other.get(key)?)));
            let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key))).count();
            shared.sum::<usize>().checked_div(keys).unwrap_or(FULL)
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut left: Vec<&Value> = other.iter().collect();
            let shared = one.iter().filter(|value| match left.iter().position(|it| it == value) {
                Some(at) => {
                    left.swap_remove(at);
                    true
                }
                None => false,
            });
            (shared.count() * FULL).checked_div(one.len().max(other.len())).unwrap_or(FULL)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn check(old: Value, new: Value, path: &str, expected: Option<&str>) {
        assert_eq!(super::was(&old, &new, path).map(|was| was.path).as_deref(), expected);
    }

    #[test]
    fn things_are_known_by_name_then_by_content_then_by_likeness() {
        let old = json!({"rotation": [{"name": "a", "turn": "1 week"}, {"name": "b", "turn": "1 day", "zone": "UTC"}]});
        let turned = json!({"rotation": [{"name": "b", "turn": "2 days"}, {"name": "a"}]});
        check(old.clone(), turned, "/rotation/0/turn", Some("/rotation/1/turn"));
        let renamed = json!({"rotation": [{"name": "new"}, {"name": "nights", "turn": "1 day", "zone": "UTC"}]});
        check(old.clone(), renamed.clone(), "/rotation/1", Some("/rotation/1"));
        check(old.clone(), renamed.clone(), "/rotation/0", None);
        assert_eq!(super::was(&old, &renamed, "/rotation/1").unwrap().renamed["nights"], "b");
        check(old, json!({}), "/rotation/0", Some("/rotation/0"));
    }

    #[test]
    fn equal_things_are_taken_in_order() {
        check(json!(["x", "y", "y"]), json!(["y", "x", "y", "y"]), "/0", Some("/1"));
        check(json!(["x", "y", "y"]), json!(["y", "x", "y", "y"]), "/2", Some("/2"));
        check(json!(["x", "y", "y"]), json!(["y", "x", "y", "y"]), "/3", None);
        check(json!(["x"]), json!(["x"]), "/7", None);
        check(json!(["x"]), json!(["x"]), "/first", None);
    }

    #[test]
    fn a_key_may_have_another_name() {
        let (old, new) = (json!({"a/b": {"x": 1, "y": 2}}), json!({"c": {"x": 1, "y": 3}}));
        check(old, new, "/c/x", Some("/a~1b/x"));
    }
}
