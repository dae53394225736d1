//! Objects found in files by their shape, and whose they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::finding::{Finding, Level};
use crate::interop::field::{Field, Object};

use super::record::{Notes, Record};
use super::terraform;
use super::tool::{TOOLS, Tool};
use super::{ConfigurationFile, ConfigurationOptions, ConfigurationTool};

/// How an object of one kind is known. The first shape of a tool that fits says what an object is.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is, as the inventory names it.
    pub(super) kind: &'static str,
    /// The names under which one of them or a list of them comes; `""` for the whole document, its items or its lines.
    pub(super) within: &'static [&'static str],
    /// Members that it has.
    pub(super) all: &'static [&'static str],
    /// Members of which it has at least one, unless there are none.
    pub(super) any: &'static [&'static str],
    /// A member, and the texts of which it is one.
    pub(super) says: Option<(&'static str, &'static [&'static str])>,
    /// Members beside the list, of which there is at least one, unless there are none.
    pub(super) beside: &'static [&'static str],
}

impl Shape {
    /// The shape of nothing in particular, to be narrowed.
    pub(super) const ANY: Self = Self { kind: "", within: &[""], all: &[], any: &[], says: None, beside: &[] };

    fn fits(&self, within: &str, object: &Object<'_>, around: Option<&Object<'_>>) -> bool {
        let has = |name: &&str| object.has(name);
        self.within.contains(&within)
            && self.all.iter().all(has)
            && (self.any.is_empty() || self.any.iter().any(has))
            && (self.beside.is_empty() || around.is_some_and(|around| self.beside.iter().any(|name| around.has(name))))
            && self.says.is_none_or(|(name, texts)| {
                object.field(name).and_then(|field| field.text()).is_some_and(|text| texts.contains(&text.as_str()))
            })
    }
}

/// The objects of a tool, by kind, in the order of their ids: in whatever order files came.
#[derive(Debug, Default)]
pub(super) struct Gathered<'a> {
    by_kind: BTreeMap<&'static str, Vec<Record<'a>>>,
    /// The names that Terraform's own files give to values, such as `local.people.ana`.
    pub(super) locals: BTreeMap<String, String>,
    /// Files in iCalendar form that came with them: names and texts.
    pub(super) calendars: Vec<(&'a str, &'a str)>,
}

impl<'a> Gathered<'a> {
    /// Those of a kind.
    pub(super) fn of(&self, kind: &str) -> &[Record<'a>] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Those of several kinds, of which the first that has an id says what it is: what an API answered, and of what
    /// Terraform keeps the rest.
    pub(super) fn either(&self, kinds: &[&str]) -> Vec<&Record<'a>> {
        let mut known = BTreeSet::new();
        let mut all = Vec::new();
        for kind in kinds {
            let of = self.of(kind).iter().filter(|record| record.id().is_none_or(|id| !known.contains(&id)));
            let new: Vec<_> = of.collect();
            known.extend(new.iter().filter_map(|record| record.id()));
            all.extend(new);
        }
        all
    }

    /// Every kind with its objects.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&'static str, &[Record<'a>])> {
        self.by_kind.iter().map(|(kind, all)| (*kind, all.as_slice()))
    }

    fn add(&mut self, kind: &'static str, record: Record<'a>) {
        self.by_kind.entry(kind).or_default().push(record);
    }

    /// The same object once, however often it was seen. What has no id belongs to its file.
    fn unite(&mut self) {
        for all in self.by_kind.values_mut() {
            let mut by_id: BTreeMap<(&str, String), Record<'a>> = BTreeMap::new();
            for record in std::mem::take(all) {
                let key = record.id().map_or_else(|| (record.file(), record.as_written()), |id| ("", id));
                match by_id.entry(key) {
                    std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(record)),
                    std::collections::btree_map::Entry::Occupied(mut seen) => seen.get_mut().unite(record),
                }
            }
            *all = by_id.into_values().collect();
        }
    }
}

/// What is in one file, told apart.
struct Found<'a> {
    file: &'a str,
    /// For each tool whose it may be, its objects.
    by_tool: BTreeMap<ConfigurationTool, Vec<(&'static str, Record<'a>)>>,
    /// Whether it is a list of nothing.
    is_empty: bool,
}

/// The tool whose schedules may be calendars elsewhere.
const TAKES_CALENDARS: ConfigurationTool = ConfigurationTool::Grafana;

/// Everything that files hold, by tool; what cannot be told apart is a finding.
pub(super) fn gather<'a>(
    files: &'a [ConfigurationFile],
    options: &ConfigurationOptions,
    notes: &mut Notes,
) -> BTreeMap<ConfigurationTool, Gathered<'a>> {
    let mut all: BTreeMap<ConfigurationTool, Gathered<'a>> = BTreeMap::new();
    let mut found = Vec::new();
    let mut calendars = Vec::new();
    let mut order: Vec<_> = files.iter().collect();
    order.sort_by(|one, other| (&one.name, &one.bytes).cmp(&(&other.name, &other.bytes)));
    for file in order {
        if let Some(text) = calendar(file) {
            calendars.push((file.name.as_str(), text));
            continue;
        }
        for root in roots(file, notes) {
            match terraform::resources(&root) {
                Some((resources, locals)) => terraform_file(file, resources, locals, &mut all, notes),
                None => found.push(objects(&file.name, &root)),
            }
        }
    }
    // A shape that several tools have is that of the one which the other files are of.
    let only = |found: &Found<'_>| (found.by_tool.len() == 1).then(|| found.by_tool.keys().next().copied()).flatten();
    let mut sure: BTreeSet<_> = found.iter().filter_map(only).chain(all.keys().copied()).collect();
    sure.extend(options.tool);
    for Found { file, mut by_tool, is_empty } in found {
        if let Some(tool) = options.tool {
            by_tool.retain(|its, _| *its == tool);
        } else if by_tool.len() > 1 && by_tool.keys().filter(|tool| sure.contains(tool)).count() == 1 {
            by_tool.retain(|tool, _| sure.contains(tool));
        }
        let candidates: Vec<_> = by_tool.keys().map(|tool| format!("`{tool}`")).collect();
        match by_tool.pop_first() {
            Some((tool, objects)) if by_tool.is_empty() => {
                let gathered = all.entry(tool).or_default();
                objects.into_iter().for_each(|(kind, record)| gathered.add(kind, record));
            }
            Some(_) => {
                let message = format!("it may be {}", candidates.join(" or "));
                let finding = Finding::new(Level::Error, codes::AMBIGUOUS_FORMAT, "", message);
                notes.add(file, finding.help("name the tool"));
            }
            None if is_empty => {}
            None => {
                let message = "it has the shape of nothing that is read";
                let known: Vec<_> = TOOLS.iter().map(|tool| tool.tool.label()).collect();
                let finding = Finding::new(Level::Warning, codes::UNKNOWN_FORMAT, "", message);
                notes.add(file, finding.help(format!("configuration of {} is read", known.join(", "))));
            }
        }
    }
    calendars.dedup();
    let its = all.contains_key(&TAKES_CALENDARS) || options.tool == Some(TAKES_CALENDARS);
    for (file, text) in calendars {
        if its {
            all.entry(TAKES_CALENDARS).or_default().calendars.push((file, text));
        } else {
            let message = format!(
                "a calendar is read as a schedule of {}, and nothing else of it is here",
                TAKES_CALENDARS.label()
            );
            let finding = Finding::new(Level::Warning, codes::UNKNOWN_FORMAT, "", message);
            notes.add(file, finding.help("name the tool"));
        }
    }
    all.values_mut().for_each(Gathered::unite);
    all
}

/// The text of a file in iCalendar form.
fn calendar(file: &ConfigurationFile) -> Option<&str> {
    let text = std::str::from_utf8(&file.bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    let first = text.lines().next()?.trim_end();
    first.eq_ignore_ascii_case("BEGIN:VCALENDAR").then_some(text)
}

/// The documents in a file: one, or one a line, as if they were the items of a list.
fn roots<'a>(file: &'a ConfigurationFile, notes: &mut Notes) -> Vec<Field<'a>> {
    let broken = |message: String| Finding::new(Level::Error, codes::NOT_JSON, "", message);
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(no) => {
            notes.add(&file.name, broken(format!("byte {} is not UTF-8", no.valid_up_to())));
            return Vec::new();
        }
    };
    if let Err(no) = crate::limits::LIMITS.document(text.len()) {
        notes.add(&file.name, no.to_finding());
        return Vec::new();
    }
    let first = match Field::root(text) {
        Ok(root) => return vec![root],
        Err(no) => no,
    };
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Field::root).collect();
    if lines.len() > 1 && lines.iter().all(Result::is_ok) {
        return lines.into_iter().flatten().enumerate().map(|(at, line)| line.at_line(at)).collect();
    }
    notes.add(&file.name, broken(first.message));
    Vec::new()
}

/// The objects of a document, for each tool whose they may be.
fn objects<'a>(file: &'a str, root: &Field<'a>) -> Found<'a> {
    let mut by_tool: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let around = root.object();
    let mut is_empty = root.is_empty();
    let mut places: Vec<(String, Object<'a>)> = Vec::new();
    places.extend(around.clone().map(|object| (String::new(), object)));
    places.extend(root.items().into_iter().flatten().filter_map(|item| Some((String::new(), item.object()?))));
    for (name, field) in around.iter().flat_map(Object::fields) {
        match field.items() {
            Some(items) => places.extend(items.into_iter().filter_map(|item| Some((name.to_owned(), item.object()?)))),
            None => places.extend(field.object().map(|object| (name.to_owned(), object))),
        }
    }
    places.extend(around.iter().flat_map(graph));
    for Tool { tool, shapes, .. } in TOOLS {
        let lists = shapes.iter().flat_map(|shape| shape.within).filter(|name| !name.is_empty());
        is_empty |= around.iter().any(|around| lists.clone().any(|name| around.is_empty_list(name)));
        for (name, object) in &places {
            if let Some(shape) = shapes.iter().find(|shape| shape.fits(name, object, around.as_ref())) {
                by_tool.entry(*tool).or_default().push((shape.kind, Record::new(file, object.clone(), None)));
            }
        }
    }
    Found { file, by_tool, is_empty }
}

/// What an answer of GraphQL holds, each list in `nodes` by the name of what was asked; and what a request sends as `input`.
fn graph<'a>(around: &Object<'a>) -> Vec<(String, Object<'a>)> {
    let object = |of: &Object<'a>, name: &str| of.field(name).and_then(|field| field.object());
    let mut places = Vec::new();
    places.extend(object(around, "variables").and_then(|it| object(&it, "input")).map(|it| ("input".to_owned(), it)));
    for answer in object(around, "data").iter().chain([around]) {
        for (name, field) in answer.fields() {
            let nodes = field.object().and_then(|it| it.field("nodes")?.items());
            places.extend(nodes.into_iter().flatten().filter_map(|item| Some((name.to_owned(), item.object()?))));
        }
    }
    places
}

fn terraform_file<'a>(
    file: &'a ConfigurationFile,
    resources: Vec<terraform::Resource<'a>>,
    locals: BTreeMap<String, String>,
    all: &mut BTreeMap<ConfigurationTool, Gathered<'a>>,
    notes: &mut Notes,
) {
    let mut known = false;
    for terraform::Resource { kind, address, object } in resources {
        let tool = TOOLS.iter().find(|tool| tool.terraform.iter().any(|prefix| kind.starts_with(prefix)));
        let shape = tool.and_then(|tool| Some((tool.tool, tool.shapes.iter().find(|shape| shape.kind == kind)?)));
        known |= tool.is_some();
        if let Some((tool, shape)) = shape {
            let gathered = all.entry(tool).or_default();
            gathered.locals.extend(locals.clone());
            gathered.add(shape.kind, Record::new(&file.name, object, Some(address)));
        }
    }
    if !known {
        let message = "no resource in it is of a tool that is read";
        notes.add(&file.name, Finding::new(Level::Warning, codes::UNKNOWN_FORMAT, "", message));
    }
}
