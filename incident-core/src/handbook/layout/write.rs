//! Documents of ours as files of TOML.

use serde::Serialize;

use crate::decode;
use crate::directory::DirectoryDocument;
use crate::error::Result;
use crate::escalation::EscalationPolicyDocument;
use crate::handbook::{OrgDocument, TeamDocument};
use crate::oncall::ScheduleDocument;
use crate::severity::SeveritySchemeDocument;
use crate::text::{Format, Source, Tree, TreeValue};

use super::page::{Entry, Header, Line, Page, Value};
use super::shape::{Shape, duration, is_day, rank, shape};
use super::short::{self, Shortened};

/// Says how a document is written as TOML.
macro_rules! to_toml {
    ($($Document:ident as $around:expr, $schema:literal;)*) => {$(
        impl $Document {
            /// The document as a file of TOML, laid out as a person would: what [`format_document`](crate::format_document)
            /// leaves as it is. Its first line names the schema, for editors.
            #[doc = concat!("The schema is expected at `", $schema, "`; `schema` says where else it is.")]
            ///
            /// # Errors
            /// `contract.not_a_value` for what TOML has no form for; no document that can be read has such a thing.
            pub fn to_toml(&self, schema: Option<&str>) -> Result<String> {
                write(self, $around, schema.unwrap_or($schema))
            }
        }
    )*};
}

to_toml! {
    TeamDocument as &[], "../.schemas/team.v1.json";
    OrgDocument as &[], ".schemas/org.v1.json";
    DirectoryDocument as &[], ".schemas/directory.v1.json";
    ScheduleDocument as &["schedule", ""], ".schemas/schedule.v1.json";
    SeveritySchemeDocument as &["severity"], ".schemas/severity-scheme.v1.json";
    EscalationPolicyDocument as &[], ".schemas/policy.v1.json";
}

/// `around` are the steps to the document in a team's file.
fn write(document: &impl Serialize, around: &[&str], schema: &str) -> Result<String> {
    let source = Source::parse(&decode::to_text(document)?, Format::Json)?;
    let tree = source.tree();
    let order = tree.parts().find(|(name, _)| name == "severity").map(|(_, severity)| severity);
    let order = order.into_iter().flat_map(Tree::parts).find(|(name, _)| name == "order").map(|(_, order)| order);
    let severities = order.into_iter().flat_map(Tree::parts).filter_map(|(_, severity)| match &severity.value {
        TreeValue::Text(name) => Some(name.clone()),
        _ => None,
    });
    let mut writer = Writer {
        around: around.len(),
        severities: severities.collect(),
        shortened: short::conditions(tree, around),
        sections: vec![Section { header: None, entries: Vec::new() }],
    };
    writer.table(tree, &mut around.iter().map(|step| (*step).to_owned()).collect());
    let schema: String = schema.chars().filter(|c| !c.is_control()).collect();
    Ok(assemble(&format!("#:schema {schema}"), writer.sections).spaced().print())
}

struct Writer {
    around: usize,
    severities: Vec<String>,
    shortened: Shortened,
    sections: Vec<Section>,
}

/// A header, and the lines below it.
struct Section {
    header: Option<Header>,
    entries: Vec<Line>,
}

impl Writer {
    /// A table's lines into the last section, and its tables as sections of their own.
    fn table(&mut self, tree: &Tree, at: &mut Vec<String>) {
        let (lines, tables): (Vec<_>, Vec<_>) =
            self.members(tree, at).into_iter().partition(|(_, _, shape)| *shape == Shape::Line);
        for (name, inner, _) in lines {
            at.push(name.clone());
            let entry = Line::Entry(Entry { key: vec![name], value: self.value(inner, at), comment: None });
            at.pop();
            if let Some(section) = self.sections.last_mut() {
                section.entries.push(entry);
            }
        }
        for (name, inner, shape) in tables {
            at.push(name);
            if shape == Shape::Sections {
                for (step, inner) in inner.parts() {
                    self.begin(at, true);
                    at.push(step);
                    self.table(inner, at);
                    at.pop();
                }
            } else {
                let members = self.members(inner, at);
                // Tables inside imply the one around them.
                if members.is_empty() || members.iter().any(|(_, _, shape)| *shape == Shape::Line) {
                    self.begin(at, false);
                }
                self.table(inner, at);
            }
            at.pop();
        }
    }

    /// What is written of a table, in order.
    fn members<'a>(&self, tree: &'a Tree, at: &mut Vec<String>) -> Vec<(String, &'a Tree, Shape)> {
        let mut members = Vec::new();
        for (name, inner) in tree.parts() {
            at.push(name);
            // A section is known by where it is.
            let names_itself = self.around == 0 && steps(at) == ["severity", "schema"];
            let shape = if names_itself { Shape::Absent } else { shape(&steps(at), inner) };
            let name = at.pop().unwrap_or_default();
            if shape != Shape::Absent {
                members.push((name, inner, shape));
            }
        }
        members.sort_by_key(|(name, _, _)| rank(&steps(at), name, &self.severities));
        members
    }

    fn begin(&mut self, at: &[String], of_list: bool) {
        let path = at.iter().skip(self.around).cloned().collect();
        self.sections.push(Section { header: Some(Header { path, of_list, comment: None }), entries: Vec::new() });
    }

    fn value(&self, tree: &Tree, at: &mut Vec<String>) -> Value {
        if let Some(short) = at.get(self.around..).and_then(|at| self.shortened.get(at)) {
            return short.clone();
        }
        let mut parts = Vec::new();
        let mut names: Vec<(String, &Tree)> = tree.parts().collect();
        names.sort_by_key(|(name, _)| rank(&steps(at), name, &self.severities));
        for (step, inner) in names {
            at.push(step.clone());
            parts.push((vec![step], self.value(inner, at)));
            at.pop();
        }
        match &tree.value {
            TreeValue::Text(text) if is_day(&steps(at), text) => Value::Written(text.clone()),
            TreeValue::Text(text) => Value::Text(duration(&steps(at), text).unwrap_or_else(|| text.clone())),
            TreeValue::List(_) => Value::list(parts.into_iter().map(|(_, value)| value)),
            TreeValue::Map(_) => Value::Table(parts),
            TreeValue::Null | TreeValue::Bool(_) | TreeValue::Number(_) => Value::Written(tree.to_json()),
        }
    }
}

fn steps(at: &[String]) -> Vec<&str> {
    at.iter().map(String::as_str).collect()
}

/// Few lines, none of them broken: a table beside the one that has them may follow at once.
const FEW: usize = 3;

fn assemble(first: &str, sections: Vec<Section>) -> Page {
    let mut lines = vec![Line::Comment(first.to_owned())];
    for Section { header, entries } in sections {
        let body = Page { lines: entries };
        let is_unbroken = body.print().lines().count() == body.lines.len();
        let is_small = if header.is_some() { body.lines.len() <= FEW } else { !body.lines.is_empty() };
        lines.extend(header.map(Line::Header));
        lines.extend(body.lines);
        if !(is_small && is_unbroken) {
            lines.push(Line::Blank);
        }
    }
    Page { lines }
}
