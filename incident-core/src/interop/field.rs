//! JSON as it came: read a level at a time, so that nothing is rounded and no tower of brackets is climbed.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::codes;
use crate::error::{Error, Result};
use crate::text::pointer_step;

/// A value in a document, with its pointer.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    pub(super) path: String,
    raw: &'a RawValue,
}

/// The members of an object; of two with one name the last, as everybody reads it.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    path: String,
    members: BTreeMap<String, &'a RawValue>,
}

impl<'a> Field<'a> {
    /// The document.
    pub(super) fn root(text: &'a str) -> Result<Self> {
        let raw = serde_json::from_str(text).map_err(|no| Error::invalid(codes::NOT_JSON, no.to_string()))?;
        Ok(Self { path: String::new(), raw })
    }

    /// The same, as an item of a list: a document on a line of its own.
    pub(super) fn at_line(self, line: usize) -> Self {
        Self { path: format!("/{line}"), ..self }
    }

    /// Its text in the document.
    pub(super) fn as_written(&self) -> &'a str {
        self.raw.get()
    }

    /// Whether it says nothing: `null` or an empty text, list or object.
    pub(super) fn is_empty(&self) -> bool {
        let inside = |open, close| self.as_written().strip_prefix(open).and_then(|text| text.strip_suffix(close));
        let empty = [inside('"', '"'), inside('[', ']'), inside('{', '}')];
        self.as_written() == "null" || empty.into_iter().flatten().any(|text: &str| text.trim().is_empty())
    }

    pub(super) fn text(&self) -> Option<String> {
        serde_json::from_str(self.as_written()).ok()
    }

    /// The text, or a number or a truth value as it is written.
    pub(super) fn scalar(&self) -> Option<String> {
        let plain = !self.as_written().starts_with(['{', '[', '"']) && self.as_written() != "null";
        if plain { Some(self.as_written().to_owned()) } else { self.text() }
    }

    pub(super) fn object(&self) -> Option<Object<'a>> {
        Some(Object { path: self.path.clone(), members: serde_json::from_str(self.as_written()).ok()? })
    }

    pub(super) fn items(&self) -> Option<Vec<Self>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.as_written()).ok()?;
        let item = |(at, raw): (usize, _)| Self { path: format!("{}/{at}", self.path), raw };
        Some(items.into_iter().enumerate().map(item).collect())
    }
}

impl<'a> Object<'a> {
    /// Its own pointer.
    pub(super) fn here(&self) -> &str {
        &self.path
    }

    /// Whether a member is a list with nothing in it.
    pub(super) fn is_empty_list(&self, name: &str) -> bool {
        let list = self.members.get(name).and_then(|raw| raw.get().strip_prefix('[')?.strip_suffix(']'));
        list.is_some_and(|inside| inside.trim().is_empty())
    }

    /// The pointer of a member, whether it is there or not.
    pub(super) fn path(&self, name: &str) -> String {
        format!("{}{}", self.path, pointer_step(name))
    }

    /// Whether a member is there, even if it says nothing.
    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A member that says something.
    pub(super) fn field(&self, name: &str) -> Option<Field<'a>> {
        let field = Field { path: self.path(name), raw: self.members.get(name)? };
        Some(field).filter(|field| !field.is_empty())
    }

    /// Every member that says something, by name.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, Field<'a>)> {
        self.members.keys().filter_map(|name| Some((name.as_str(), self.field(name)?)))
    }
}
