//! The tree behind a document: values with the place they came from.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::codes::{self, Code};
use crate::error::Error;
use crate::finding::Place;
use crate::limits::LIMITS;

/// A value and where it stands in the text, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

/// What a node holds. Numbers keep their text, so that no digit is lost.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    /// With the position each had in the text, which stays when others are taken out.
    List(Vec<(usize, Node)>),
    Map(Vec<(Key, Node)>),
}

/// The name of a member and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) span: Range<usize>,
}

/// Why a text is no document, and where.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) span: Range<usize>,
    error: Box<Error>,
}

impl Broken {
    pub(super) fn at(span: Range<usize>, code: Code, message: impl Into<String>) -> Self {
        Self { span, error: Box::new(Error::invalid(code, message)) }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        *self.error = self.error.hint(hint);
        self
    }

    pub(super) fn too_deep(span: Range<usize>) -> Self {
        let error = Error::limit(codes::TOO_DEEP, format!("it is nested more than {} levels deep", LIMITS.depth));
        Self { span, error: Box::new(error) }
    }

    pub(super) fn error(self, place: Option<Place>) -> Error {
        let finding = self.error.to_finding().placed(place);
        Error { findings: vec![finding], ..*self.error }
    }
}

impl Value {
    /// A map, unless a name is there twice; the first name that was there before is told.
    pub(super) fn map(members: Vec<(Key, Node)>) -> std::result::Result<Self, Broken> {
        let mut names = BTreeSet::new();
        if let Some((twice, _)) = members.iter().find(|(key, _)| !names.insert(key.name.as_str())) {
            let message = format!("`{}` is there twice", crate::text::short(&twice.name));
            return Err(Broken::at(twice.span.clone(), codes::DUPLICATE_KEY, message));
        }
        Ok(Self::Map(members))
    }
}

/// One step of a JSON Pointer.
pub(crate) fn pointer_step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

impl Node {
    pub(super) fn null() -> Self {
        Self { span: 0..0, value: Value::Null }
    }

    pub(super) fn list(span: Range<usize>, items: Vec<Self>) -> Self {
        Self { span, value: Value::List(items.into_iter().enumerate().collect()) }
    }

    /// Its elements or members, by their steps.
    pub(crate) fn parts(&self) -> Box<dyn Iterator<Item = (String, &Self)> + '_> {
        match &self.value {
            Value::List(items) => Box::new(items.iter().map(|(at, item)| (at.to_string(), item))),
            Value::Map(members) => Box::new(members.iter().map(|(key, member)| (key.name.clone(), member))),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Whether it has a member of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.child(name).is_some()
    }

    fn child(&self, step: &str) -> Option<&Self> {
        match &self.value {
            Value::List(items) => step
                .parse::<usize>()
                .ok()
                .and_then(|at| items.iter().find(|(index, _)| *index == at))
                .map(|(_, node)| node),
            Value::Map(members) => members.iter().find(|(key, _)| key.name == step).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Where a pointer leads: a member that is a plain value is shown by its value, a missing one by what is around it.
    pub(super) fn span_of(&self, pointer: &str) -> Range<usize> {
        let mut node = self;
        let mut span = match &self.value {
            Value::Map(_) | Value::List(_) => self.span.start..self.span.start,
            _ => self.span.clone(),
        };
        for step in steps(pointer) {
            let key = match &node.value {
                Value::Map(members) => {
                    members.iter().find(|(key, _)| key.name == step).map(|(key, _)| key.span.clone())
                }
                _ => None,
            };
            let Some(child) = node.child(&step) else { return span };
            span = match (&child.value, key) {
                (Value::Map(_) | Value::List(_), Some(key)) => key,
                _ => child.span.clone(),
            };
            node = child;
        }
        span
    }

    /// The place of a value itself, however large it is; none where there is none.
    pub(super) fn value_span(&self, pointer: &str) -> Option<Range<usize>> {
        steps(pointer).try_fold(self, |node, step| node.child(&step)).map(|node| node.span.clone())
    }

    /// The place of a member's name.
    pub(super) fn key_span(&self, pointer: &str) -> Option<Range<usize>> {
        let (parent, name) = pointer.rsplit_once('/')?;
        let parent = steps(parent).try_fold(self, |node, step| node.child(&step))?;
        let name = steps(&format!("/{name}")).next()?;
        match &parent.value {
            Value::Map(members) => members.iter().find(|(key, _)| key.name == name).map(|(key, _)| key.span.clone()),
            _ => None,
        }
    }

    /// The pointer in the text for one into [`Node::to_json`], whose lists may have lost items.
    pub(super) fn original(&self, pointer: &str) -> String {
        let mut node = Some(self);
        let mut out = String::new();
        for step in steps(pointer) {
            let (name, next) = match node.map(|node| &node.value) {
                Some(Value::List(items)) => match step.parse::<usize>().ok().and_then(|at| items.get(at)) {
                    Some((index, item)) => (index.to_string(), Some(item)),
                    None => (step, None),
                },
                Some(Value::Map(_)) => {
                    let next = node.and_then(|node| node.child(&step));
                    (step, next)
                }
                _ => (step, None),
            };
            out += &pointer_step(&name);
            node = next;
        }
        out
    }

    /// Takes out what a pointer (in the text) leads to; whether there was anything.
    pub(super) fn remove(&mut self, pointer: &str) -> bool {
        self.edit(pointer, &mut |parent, step| match &mut parent.value {
            Value::List(items) => {
                let before = items.len();
                items.retain(|(index, _)| index.to_string() != step);
                items.len() < before
            }
            Value::Map(members) => {
                let before = members.len();
                members.retain(|(key, _)| key.name != step);
                members.len() < before
            }
            _ => false,
        })
    }

    /// Puts a value at a pointer (in the text) whose parent is a map.
    pub(super) fn insert(&mut self, pointer: &str, value: &Value) -> bool {
        self.edit(pointer, &mut |parent, step| match &mut parent.value {
            Value::Map(members) => {
                members.retain(|(key, _)| key.name != step);
                let key = Key { name: step.to_owned(), span: parent.span.clone() };
                members.push((key, Self { span: parent.span.clone(), value: value.clone() }));
                true
            }
            _ => false,
        })
    }

    fn edit(&mut self, pointer: &str, change: &mut dyn FnMut(&mut Self, &str) -> bool) -> bool {
        let mut path: Vec<_> = steps(pointer).collect();
        let Some(last) = path.pop() else { return false };
        let mut node = self;
        for step in path {
            let child = match &mut node.value {
                Value::List(items) => {
                    items.iter_mut().find(|(index, _)| index.to_string() == step).map(|(_, node)| node)
                }
                Value::Map(members) => members.iter_mut().find(|(key, _)| key.name == step).map(|(_, node)| node),
                _ => None,
            };
            let Some(child) = child else { return false };
            node = child;
        }
        change(node, &last)
    }

    /// As JSON; members that are null are absent.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match &self.value {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(digits) => out.push_str(digits),
            Value::Text(text) => write_text(text, out),
            Value::List(items) => {
                out.push('[');
                for (at, (_, item)) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Value::Map(members) => {
                out.push('{');
                let mut first = true;
                for (key, node) in members.iter().filter(|(_, node)| !matches!(node.value, Value::Null)) {
                    if !std::mem::take(&mut first) {
                        out.push(',');
                    }
                    write_text(&key.name, out);
                    out.push(':');
                    node.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    // Writing a string as JSON cannot fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// Whether a number may stand in JSON.
pub(super) fn finite(number: f64, span: &Range<usize>) -> std::result::Result<String, Broken> {
    if number.is_finite() {
        return Ok(serde_json::to_string(&number).unwrap_or_default());
    }
    Err(Broken::at(span.clone(), codes::NOT_A_VALUE, format!("`{number}` is not a number that can be used")))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Source};
    use crate::error::Result;

    fn check(text: &str, format: Format, pointer: &str, expected: (u32, u32, u32)) -> Result<()> {
        let place = Source::parse(text, format)?.locate(pointer).unwrap();
        assert_eq!((place.line, place.column, place.length), expected, "{pointer} in {text}");
        Ok(())
    }

    #[test]
    fn pointers_lead_to_places_in_every_format() -> Result<()> {
        let toml = "a = 1\n[b.c]\nd = [\"x\", \"ü\"]\ne = { f = true }\n[[g]]\nh = 1\n[[g]]\nh = 2\n";
        check(toml, Format::Toml, "/b/c/d/1", (3, 11, 3))?;
        check(toml, Format::Toml, "/b/c/e/f", (4, 11, 4))?;
        check(toml, Format::Toml, "/b/c/d", (3, 1, 1))?;
        check(toml, Format::Toml, "/g/1/h", (8, 5, 1))?;
        check(toml, Format::Toml, "/b/c/nothing", (2, 4, 1))?;
        let json = "{\n  \"a\": [1, {\"b~/\": null}],\n  \"c\": \"x\"\n}";
        check(json, Format::Json, "/a/1/b~0~1", (2, 20, 4))?;
        check(json, Format::Json, "/c", (3, 8, 3))
    }
}
