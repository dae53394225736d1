//! JSON with places. Each value is borrowed from the text, so its place is where it stands in memory.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::codes;
use crate::limits::LIMITS;

use super::node::{Broken, Key, Node, Value};

pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    deep(text)?;
    let root: &RawValue = serde_json::from_str(text).map_err(|no| broken(text, &no))?;
    node(text, root)
}

fn broken(text: &str, no: &serde_json::Error) -> Broken {
    let line_start = text.split_inclusive('\n').take(no.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (line_start + no.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Broken::at(at..at, codes::NOT_JSON, no.to_string())
}

/// Refuses towers before anything recursive meets them.
fn deep(text: &str) -> Result<(), Broken> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > LIMITS.depth {
            return Err(Broken::too_deep(at..at + 1));
        }
    }
    Ok(())
}

fn node(text: &str, raw: &RawValue) -> Result<Node, Broken> {
    let span = within(text, raw.get()).unwrap_or(0..text.len());
    let value = match raw.get().as_bytes().first() {
        Some(b'n') => Value::Null,
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'"') => Value::Text(inner(text, raw)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = inner(text, raw)?;
            return Ok(Node::list(span, items.into_iter().map(|item| node(text, item)).collect::<Result<_, _>>()?));
        }
        Some(b'{') => {
            let Members(members) = inner(text, raw)?;
            let mut out = Vec::with_capacity(members.len());
            for (name, raw) in members {
                let member = node(text, raw)?;
                let span = within(text, &name).unwrap_or_else(|| member.span.clone());
                out.push((Key { name: name.into_owned(), span }, member));
            }
            Value::map(out)?
        }
        _ => Value::Number(raw.get().to_owned()),
    };
    Ok(Node { span, value })
}

fn inner<'a, T: Deserialize<'a>>(text: &str, raw: &'a RawValue) -> Result<T, Broken> {
    serde_json::from_str(raw.get()).map_err(|no| {
        let span = within(text, raw.get()).unwrap_or(0..0);
        Broken::at(span, codes::NOT_JSON, no.to_string())
    })
}

/// Where a slice of a text is in it.
fn within(text: &str, slice: &str) -> Option<Range<usize>> {
    let start = (slice.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start.checked_add(slice.len())?;
    (end <= text.len()).then_some(start..end)
}

/// Members in their order, twice-written ones too; names are borrowed where they have no escapes.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }
            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        from.deserialize_str(Text)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Pairs)
    }
}
