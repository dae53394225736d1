//! What is set: lines, in their order, with their comments.

/// A file of TOML as lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
}

#[derive(Debug)]
pub(super) enum Line {
    /// An empty line.
    Blank,
    /// A comment on a line of its own, from its `#` on.
    Comment(String),
    /// `[path]`, or `[[path]]` for one of a list.
    Header(Header),
    /// `key = value`.
    Entry(Entry),
}

#[derive(Debug)]
pub(super) struct Header {
    pub(super) path: Vec<String>,
    pub(super) of_list: bool,
    pub(super) comment: Option<String>,
}

#[derive(Debug)]
pub(super) struct Entry {
    /// Several where the key is dotted.
    pub(super) key: Vec<String>,
    pub(super) value: Value,
    pub(super) comment: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A number, a flag, a date, or a text of several lines: as it is written.
    Written(String),
    /// Text, without its quotes.
    Text(String),
    List {
        items: Vec<Item>,
        /// Comments before the closing bracket.
        after: Vec<String>,
    },
    Table(Vec<(Vec<String>, Value)>),
}

/// An element of a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Comments on lines of their own before it.
    pub(super) before: Vec<String>,
    pub(super) value: Value,
    /// The comment after it.
    pub(super) comment: Option<String>,
}

impl Line {
    pub(super) fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Entry(entry) => Some(entry),
            _ => None,
        }
    }
}

impl Value {
    pub(super) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let items = items.into_iter().map(|value| Item { before: Vec::new(), value, comment: None });
        Self::List { items: items.collect(), after: Vec::new() }
    }

    /// Whether it is a list or a table.
    pub(super) fn has_parts(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Table(_))
    }

    /// Whether a comment stands in it.
    pub(super) fn has_comments(&self) -> bool {
        match self {
            Self::Written(_) | Self::Text(_) => false,
            Self::List { items, after } => !after.is_empty() || items.iter().any(Item::has_comments),
            Self::Table(entries) => entries.iter().any(|(_, value)| value.has_comments()),
        }
    }
}

impl Item {
    fn has_comments(&self) -> bool {
        self.is_commented() || self.value.has_comments()
    }

    /// Whether a comment belongs to it.
    pub(super) fn is_commented(&self) -> bool {
        !self.before.is_empty() || self.comment.is_some()
    }
}
