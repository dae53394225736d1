//! All problems of a document at once.
//!
//! Decoding stops at the first bad field. So each problem is noted and taken out of the tree (an unknown field, a bad
//! value, an item of a list), or filled in (a missing field), and the rest is read again, until nothing is left to say.
//! No schema is needed, and every type that can be decoded can be reported on whole.

use serde::de::DeserializeOwned;

use crate::codes::{self, Code};
use crate::decode;
use crate::error::Error;
use crate::finding::Finding;
use crate::limits::LIMITS;

use super::node::{Node, Value};

/// Something for a missing field, so that its neighbours can be read; whatever the type, one of these fits.
fn fillers() -> [Value; 10] {
    let text = |text: &str| Value::Text(text.to_owned());
    [
        text("x"),
        Value::Number("0".to_owned()),
        Value::Bool(true),
        Value::List(Vec::new()),
        Value::Map(Vec::new()),
        text("2000-01-01T00:00:00Z"),
        text("1 day"),
        text("2000-01-01"),
        text("UTC"),
        text("00000000-0000-7000-8000-000000000000"),
    ]
}

/// Larger documents are read again less often.
const LARGE: usize = 1 << 20;

/// The value; or every problem, and what a check says of what is left when they are mended.
pub(super) fn read<T: DeserializeOwned>(
    root: &Node,
    check: impl FnOnce(&T) -> Vec<Finding>,
) -> Result<T, (Vec<Error>, Vec<Finding>)> {
    let mut reading = Reading { tree: root.clone(), problems: Vec::new(), filled: Vec::new(), removed: Vec::new() };
    let most = LIMITS.problems.saturating_mul(fillers().len() + 1);
    for _ in 0..most {
        let text = reading.tree.to_json();
        let problem = match decode::one::<T>(&text) {
            Ok(value) if reading.problems.is_empty() => return Ok(value),
            Ok(value) => {
                let further = check(&value).into_iter().filter_map(|finding| reading.further(finding)).collect();
                return Err((reading.problems, further));
            }
            Err(problem) => problem,
        };
        let path = reading.tree.original(&problem.path);
        reading.note(&problem, &path);
        if reading.problems.len() >= LIMITS.problems || text.len() > LARGE || !reading.mend(problem.code, &path) {
            break;
        }
    }
    Err((reading.problems, Vec::new()))
}

struct Reading {
    tree: Node,
    problems: Vec<Error>,
    /// What stands in for a missing field, by pointer and number.
    filled: Vec<(String, usize)>,
    /// What was taken out.
    removed: Vec<String>,
}

impl Reading {
    fn note(&mut self, problem: &Error, path: &str) {
        // What stands in for a field, and what a thing lacks after something was taken out of it, is our doing.
        let ours =
            self.filled.iter().any(|(at, _)| is_within(path, at)) || self.removed.iter().any(|at| is_within(at, path));
        if !ours {
            self.problems.push(Error { path: path.to_owned(), ..problem.clone() });
        }
    }

    /// A finding of a later check, with its pointer in the document; none where it may come of what was mended.
    fn further(&self, finding: Finding) -> Option<Finding> {
        let path = self.tree.original(&finding.path);
        let mut mended = self.removed.iter().chain(self.filled.iter().map(|(at, _)| at));
        let ours = mended.any(|at| is_within(&path, at) || is_within(at, &path));
        (!ours).then_some(Finding { path, ..finding })
    }

    /// Changes the tree so that the problem is gone; whether anything changed.
    fn mend(&mut self, code: Code, path: &str) -> bool {
        let filled = self.filled.iter().find(|(at, _)| is_within(path, at)).cloned();
        let (at, next) = match filled {
            Some((at, tried)) => (at, tried + 1),
            None if code == codes::MISSING_FIELD => (path.to_owned(), 0),
            None => return self.remove(path),
        };
        self.filled.retain(|(other, _)| *other != at);
        match fillers().get(next) {
            Some(filler) if self.tree.insert(&at, filler) => {
                self.filled.push((at, next));
                true
            }
            // Nothing fits: the thing around it goes.
            _ => at.rsplit_once('/').is_some_and(|(parent, _)| self.remove(parent)),
        }
    }

    fn remove(&mut self, path: &str) -> bool {
        self.removed.push(path.to_owned());
        self.tree.remove(path)
    }
}

fn is_within(path: &str, around: &str) -> bool {
    path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
