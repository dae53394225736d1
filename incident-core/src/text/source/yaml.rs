//! YAML with places: the core schema, aliases copied up to a bound, no tags but `!!str`.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::codes;
use crate::limits::LIMITS;

use super::node::{Broken, Key, Node, Value, finite};

/// Copies of anchored nodes, counted in nodes: what stops "billion laughs".
const COPIES: usize = 100_000;

pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut builder = Builder { text, bytes, open: Vec::new(), anchors: BTreeMap::new(), copied: 0, root: None };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(no) => {
                let at = builder.byte(no.marker().index());
                // The parser has a limit of its own on brackets that it has to look into.
                let tower = no.info().contains("recursion limit");
                let broken = Broken::at(at..at, codes::NOT_YAML, no.info().to_owned());
                return Err(if tower { Broken::too_deep(at..at) } else { broken });
            }
        }
    }
    Ok(builder.root.unwrap_or_else(|| Node { span: 0..0, value: Value::Map(Vec::new()) }))
}

struct Builder<'a> {
    text: &'a str,
    bytes: Vec<usize>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    copied: usize,
    root: Option<Node>,
}

/// A list or map that is still being read.
struct Open {
    start: usize,
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map(Vec<(Key, Node)>, Option<Key>),
}

impl Builder<'_> {
    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).or(self.bytes.last()).copied().unwrap_or_default()
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    /// The parser counts what stands between a quoted text and the next thing to the text.
    fn without_comment(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return range,
        };
        let mut escaped = false;
        let mut inside = self.text.get(range.clone()).unwrap_or_default().char_indices().skip(1).peekable();
        while let Some((at, c)) = inside.next() {
            let twice = quote == '\'' && inside.peek().is_some_and(|(_, next)| *next == quote);
            if c == quote && !escaped && !twice {
                return range.start..range.start + at + 1;
            }
            escaped = !escaped && ((quote == '"' && c == '\\') || (c == quote && twice));
        }
        range
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Broken> {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let range = self.without_comment(range, style);
                let is_text = tag.is_some_and(|tag| tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !is_text {
                    plain(&text, &range)?
                } else {
                    Value::Text(text.into_owned())
                };
                self.put(Node { span: range, value }, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(range, anchor, Kind::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(range, anchor, Kind::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let span = open.start..range.end.max(open.start);
                let node = match open.kind {
                    Kind::List(items) => Node::list(span, items),
                    Kind::Map(members, _) => Node { span, value: Value::map(members)? },
                };
                self.put(node, open.anchor)
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    return Err(Broken::at(range, codes::NOT_YAML, "an alias inside its own anchor"));
                };
                self.copied += size(&node);
                if self.copied > COPIES {
                    return Err(Broken::at(range, codes::TOO_LARGE, format!("aliases copy more than {COPIES} values")));
                }
                self.put(node, 0)
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Broken::at(range, codes::NOT_YAML, "a second document"))
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, range: Range<usize>, anchor: usize, kind: Kind) -> Result<(), Broken> {
        if self.open.len() >= LIMITS.depth {
            return Err(Broken::too_deep(range));
        }
        self.open.push(Open { start: range.start, anchor, kind });
        Ok(())
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), Broken> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(Kind::List(items)) => items.push(node),
            Some(Kind::Map(members, name)) => match name.take() {
                Some(key) => members.push((key, node)),
                None => {
                    let (span, text) = (node.span.clone(), name_of(node)?);
                    *name = Some(Key { name: text, span });
                }
            },
        }
        Ok(())
    }
}

/// The name of a member: any scalar, as JSON has names of text only.
fn name_of(node: Node) -> Result<String, Broken> {
    match node.value {
        Value::Text(text) | Value::Number(text) => Ok(text),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => {
            Err(Broken::at(node.span, codes::NOT_YAML, "a name must be a text"))
        }
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(|(_, item)| size(item)).sum::<usize>(),
        Value::Map(members) => 1 + members.iter().map(|(_, member)| size(member)).sum::<usize>(),
        _ => 1,
    }
}

/// A plain scalar by the core schema.
fn plain(text: &str, span: &Range<usize>) -> Result<Value, Broken> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "-.inf" => Value::Number(finite(f64::INFINITY, span)?),
        ".nan" | ".NaN" | ".NAN" => Value::Number(finite(f64::NAN, span)?),
        _ => {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            let numeric = digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
            match (numeric, text.parse::<i64>(), text.parse::<f64>()) {
                (true, Ok(number), _) => Value::Number(number.to_string()),
                (true, Err(_), Ok(number)) => Value::Number(finite(number, span)?),
                _ => Value::Text(text.to_owned()),
            }
        }
    })
}
