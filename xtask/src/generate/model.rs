//! The contract as the generators see it.

use std::path::Path;

use serde_json::Value;

use crate::floors;

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Text,
    Bool,
    Int,
    Float,
    Instant,
    Date,
    Elapsed,
    Any,
    Nothing,
    Bytes,
    Literal(Vec<String>),
    List(Box<Ty>),
    Map(Box<Ty>),
    Maybe(Box<Ty>),
    OneOf(Vec<Ty>),
    Named(String),
    Handle(String),
}

impl Ty {
    /// The names of the types in it.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(name) => vec![name],
            Self::List(of) | Self::Map(of) | Self::Maybe(of) => of.names(),
            Self::OneOf(all) => all.iter().flat_map(Self::names).collect(),
            _ => Vec::new(),
        }
    }
}

/// A field or an argument.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) doc: String,
    pub(crate) required: bool,
    /// A list or a map that is left out when it is empty.
    pub(crate) empty: bool,
}

/// What a named type is.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A struct; `written` by people if unknown fields are denied, else told.
    Record { fields: Vec<Field>, written: bool, tag: Option<String> },
    /// One of several records, by `type`.
    Union(Vec<String>),
    /// One of several strings.
    Choice(Vec<String>),
    /// A name for something simple.
    Alias(Ty),
}

/// A named type and the room that owns it.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) room: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
}

impl Named {
    /// Instants, dates and durations have their own types in each language.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self.shape, Shape::Alias(Ty::Instant | Ty::Date | Ty::Elapsed))
    }

    /// Whether it is one of a union; there it has a `type`.
    pub(crate) fn is_member(&self) -> bool {
        matches!(self.shape, Shape::Record { tag: Some(_), .. })
    }

    /// The names of the types in it.
    pub(crate) fn names(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().flat_map(|field| field.ty.names()).collect(),
            Shape::Union(members) => members.iter().map(String::as_str).collect(),
            Shape::Alias(ty) => ty.names(),
            Shape::Choice(_) => Vec::new(),
        }
    }
}

/// An operation, its arguments sorted into what comes by position and what comes by name.
#[derive(Debug)]
pub(crate) struct Operation {
    /// As the door knows it.
    pub(crate) name: String,
    /// Empty for a function of the module.
    pub(crate) noun: String,
    pub(crate) method: String,
    pub(crate) room: String,
    pub(crate) kind: String,
    pub(crate) slow: bool,
    pub(crate) doc: String,
    /// Handles and bytes, which go beside the text.
    pub(crate) beside: Vec<Field>,
    pub(crate) positional: Vec<Field>,
    pub(crate) named: Vec<Field>,
    pub(crate) stamp: Vec<String>,
    pub(crate) answer: Ty,
}

impl Operation {
    pub(crate) fn has_receiver(&self) -> bool {
        self.kind != "new"
    }

    pub(crate) fn handles(&self) -> impl Iterator<Item = &Field> {
        self.beside.iter().filter(|field| field.ty != Ty::Bytes)
    }

    pub(crate) fn bytes(&self) -> impl Iterator<Item = &Field> {
        self.beside.iter().filter(|field| field.ty == Ty::Bytes)
    }

    /// The types in it.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Ty> {
        self.beside.iter().chain(&self.positional).chain(&self.named).map(|field| &field.ty).chain([&self.answer])
    }
}

/// Everything.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<Named>,
}

impl Contract {
    pub(crate) fn read(contract: &Value, root: &Path) -> Self {
        let operations: Vec<_> = list(&contract["operations"]).map(operation).collect();
        let mut types: Vec<_> = object(&contract["types"]).map(|(name, schema)| named(name, schema)).collect();
        for (name, tag) in object(&contract["types"]).flat_map(|(_, schema)| members(schema)) {
            for named in &mut types {
                if let Shape::Record { tag: slot, .. } = &mut named.shape
                    && named.name == name
                {
                    *slot = Some(tag.clone());
                }
            }
        }
        // What every stamped operation takes is described once.
        if let Some(stamped) = operations.iter().find(|operation| !operation.stamp.is_empty()) {
            let fields = stamped.named.iter().filter(|field| stamped.stamp.contains(&field.name)).cloned().collect();
            let shape = Shape::Record { fields, written: true, tag: None };
            let doc = "Who says it, and when: what every verb of the record takes.".to_owned();
            types.retain(|named| named.name != "Stamp");
            types.push(Named { name: "Stamp".to_owned(), room: String::new(), doc, shape });
        }
        types.sort_by(|a, b| a.name.cmp(&b.name));
        let sources = floors::sources(root);
        for named in &mut types {
            named.room = owner(&named.name, &sources).to_owned();
        }
        Self { operations, types }
    }

    /// The nouns, in the order of their first operation.
    pub(crate) fn nouns(&self) -> Vec<&str> {
        let mut nouns: Vec<&str> = Vec::new();
        for operation in &self.operations {
            if !nouns.contains(&operation.noun.as_str()) && !operation.noun.is_empty() {
                nouns.push(&operation.noun);
            }
        }
        nouns
    }

    /// Whether a member of a union also stands elsewhere, where it has no `type`.
    pub(crate) fn is_shared(&self, member: &str) -> bool {
        let in_types = self.types.iter().filter(|named| !matches!(named.shape, Shape::Union(_)));
        let in_operations = self.operations.iter().flat_map(Operation::types).flat_map(Ty::names);
        in_types.flat_map(Named::names).chain(in_operations).any(|name| name == member)
    }

    pub(crate) fn functions(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|operation| operation.noun.is_empty())
    }

    pub(crate) fn of_noun<'a>(&'a self, noun: &'a str) -> impl Iterator<Item = &'a Operation> {
        self.operations.iter().filter(move |operation| operation.noun == noun)
    }

    /// Every room that registers an operation or owns a type, lower floors first.
    pub(crate) fn rooms(&self) -> Vec<&str> {
        let registered = self.operations.iter().map(|operation| operation.room.as_str());
        let mut rooms: Vec<_> = self.types.iter().map(|named| named.room.as_str()).chain(registered).collect();
        rooms.sort_by_key(|room| (floors::floor(room), *room));
        rooms.dedup();
        rooms
    }

    pub(crate) fn of_room<'a>(&'a self, room: &'a str) -> impl Iterator<Item = &'a Named> {
        self.types.iter().filter(move |named| named.room == room)
    }

    pub(crate) fn named(&self, name: &str) -> &Named {
        self.types.iter().find(|named| named.name == name).unwrap_or_else(|| panic!("no type {name}"))
    }

    /// The unions and the module that holds the members of each, for `match`: `events` for `Event`, `actions` for
    /// `EscalationAction`.
    pub(crate) fn unions(&self) -> Vec<(String, &Named, &[String])> {
        let mut unions: Vec<(String, &Named, &[String])> = Vec::new();
        for named in &self.types {
            if let Shape::Union(members) = &named.shape {
                let snake = snake(&named.name);
                let module = plural(snake.rsplit('_').next().unwrap_or_default());
                let taken = unions.iter().any(|(other, ..)| *other == module);
                unions.push((if taken { plural(&snake) } else { module }, named, members));
            }
        }
        unions
    }
}

/// The lowest room that declares a type; failing that (a macro made it), the lowest that names it outside a comment.
fn owner<'a>(name: &str, sources: &'a [(String, std::path::PathBuf, String)]) -> &'a str {
    let declared = |text: &str| ["struct", "enum"].iter().any(|kind| floors::has_word(text, &format!("{kind} {name}")));
    let named =
        |text: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && floors::has_word(line, name));
    let rooms = || sources.iter().filter(|(room, ..)| floors::floor(room).is_some());
    rooms()
        .find(|(.., text)| declared(text))
        .or_else(|| rooms().find(|(.., text)| named(text)))
        .map_or("ground", |(room, ..)| floors::contract_room(room))
}

fn operation(row: &Value) -> Operation {
    let name = text(&row["name"]).to_owned();
    let (noun, method) = name.split_once('.').unwrap_or(("", &name));
    let beside =
        |name: &Value, ty| Field { name: text(name).to_owned(), ty, doc: String::new(), required: true, empty: false };
    let handles = list(&row["with"]).map(|pair| beside(&pair[0], Ty::Handle(text(&pair[1]).to_owned())));
    let bytes = list(&row["bytes"]).map(|name| beside(name, Ty::Bytes));
    let mut all = fields(&row["args"]);
    for field in &mut all {
        // The host makes ids; the facades make one where it is absent.
        field.required &= !is_made(field);
    }
    let by_name = by_name(&all, text(&row["kind"]));
    let (mut named, positional): (Vec<_>, Vec<_>) = all.into_iter().partition(|field| by_name.contains(&field.name));
    named.sort_by_key(|field| !field.required);
    Operation {
        noun: noun.to_owned(),
        method: method.to_owned(),
        room: text(&row["room"]).to_owned(),
        kind: text(&row["kind"]).to_owned(),
        slow: row["slow"] == true,
        doc: lines(text(&row["doc"])),
        beside: handles.chain(bytes).collect(),
        positional,
        named,
        stamp: list(&row["stamp"]).map(|part| text(part).to_owned()).collect(),
        answer: answer(&row["answer"]),
        name,
    }
}

/// By name come who and when, what a thing is as of, and whatever may be absent; the rest comes by position.
fn by_name(all: &[Field], kind: &str) -> Vec<String> {
    let stamped = kind == "new" || all.iter().any(|field| field.name == "by");
    let named = |field: &&Field| match field.name.as_str() {
        "by" | "as_of" => true,
        "at" => stamped,
        _ => !field.required,
    };
    all.iter().filter(named).map(|field| field.name.clone()).collect()
}

/// Whether the facades make this argument where it is absent.
pub(crate) fn is_made(field: &Field) -> bool {
    field.name == "id" && field.ty == Ty::Named("IncidentId".to_owned())
}

fn named(name: &str, schema: &Value) -> Named {
    let object = schema["type"] == "object";
    let closed = matches!(schema.get("additionalProperties"), None | Some(Value::Bool(false)));
    let shape = if schema.get("x-union").is_some() {
        Shape::Union(members(schema).map(|(name, _)| name).collect())
    } else if let Some(choice) = choice(schema) {
        Shape::Choice(choice)
    } else if schema.get("properties").is_some() && schema["additionalProperties"].is_object() {
        // Keys of its own beside names that people choose: no language has a record for that.
        Shape::Alias(Ty::Map(Box::new(Ty::Any)))
    } else if schema.get("properties").is_some() || (object && closed && schema.get("patternProperties").is_none()) {
        Shape::Record { fields: fields(schema), written: schema["additionalProperties"] == false, tag: None }
    } else {
        Shape::Alias(ty(schema))
    };
    Named { name: name.to_owned(), room: String::new(), doc: lines(text(&schema["description"])), shape }
}

/// The strings of a choice: `enum`, `const`, or a `oneOf` of these where each has its own description.
fn choice(schema: &Value) -> Option<Vec<String>> {
    if let Some(one) = schema["const"].as_str() {
        return Some(vec![one.to_owned()]);
    }
    if let Some(all) = schema["enum"].as_array() {
        return all.iter().map(|one| one.as_str().map(str::to_owned)).collect();
    }
    let parts: Option<Vec<_>> = schema["oneOf"].as_array()?.iter().map(choice).collect();
    parts.map(|parts| parts.concat())
}

pub(crate) fn members(schema: &Value) -> impl Iterator<Item = (String, String)> {
    list(&schema["x-union"]).map(|member| (target(&member["allOf"][0]).to_owned(), text(&member["x-tag"]).to_owned()))
}

fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<_> = list(&schema["required"]).map(text).collect();
    object(&schema["properties"])
        .map(|(name, schema)| {
            let (ty, required) = (ty(schema), required.contains(&name.as_str()) && !nullable(schema));
            let empty = !required && !nullable(schema) && matches!(ty, Ty::List(_) | Ty::Map(_));
            Field { name: name.clone(), ty, doc: lines(text(&schema["description"])), required, empty }
        })
        .collect()
}

/// The type of an answer, where nothing is not the same as absent.
fn answer(schema: &Value) -> Ty {
    match ty(schema) {
        Ty::Nothing => Ty::Nothing,
        some if nullable(schema) => Ty::Maybe(Box::new(some)),
        some => some,
    }
}

fn nullable(schema: &Value) -> bool {
    let null = |all: &Value| list(all).any(|one| one["type"] == "null" || one == "null");
    null(&schema["anyOf"]) || null(&schema["type"])
}

fn ty(schema: &Value) -> Ty {
    if let Some(noun) = schema["x-handle"].as_str() {
        return Ty::Handle(noun.to_owned());
    }
    if schema.get("$ref").is_some() {
        return Ty::Named(target(schema).to_owned());
    }
    if let Some(all) = choice(schema) {
        return Ty::Literal(all);
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        let all = list(&schema[several]).filter(|one| one["type"] != "null").map(ty);
        match all.collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => return one.clone(),
            all => return one_of(all.iter().cloned()),
        }
    }
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    match kinds.iter().filter(|kind| *kind != "null" && !kind.is_null()).collect::<Vec<_>>().as_slice() {
        [] if kinds.iter().any(|kind| kind == "null") => Ty::Nothing,
        [] => Ty::Any,
        [one] => plain(text(one), schema),
        all => one_of(all.iter().map(|kind| plain(text(kind), schema))),
    }
}

fn plain(kind: &str, schema: &Value) -> Ty {
    match (kind, schema["format"].as_str()) {
        ("string", Some("date-time")) => Ty::Instant,
        ("string", Some("date")) => Ty::Date,
        ("string", Some("duration")) => Ty::Elapsed,
        ("string", _) => Ty::Text,
        ("boolean", _) => Ty::Bool,
        ("integer", _) => Ty::Int,
        ("number", _) => Ty::Float,
        ("array", _) if schema.get("prefixItems").is_some() => {
            Ty::List(Box::new(one_of(list(&schema["prefixItems"]).map(ty))))
        }
        ("array", _) => Ty::List(Box::new(ty(&schema["items"]))),
        ("object", _) => {
            let by_pattern = object(&schema["patternProperties"]).next().map(|(_, value)| value);
            Ty::Map(Box::new(ty(by_pattern.unwrap_or(&schema["additionalProperties"]))))
        }
        _ => Ty::Any,
    }
}

fn one_of(all: impl Iterator<Item = Ty>) -> Ty {
    let mut different = Vec::new();
    for ty in all {
        if !different.contains(&ty) {
            different.push(ty);
        }
    }
    if different.len() == 1 { different.remove(0) } else { Ty::OneOf(different) }
}

fn target(schema: &Value) -> &str {
    text(&schema["$ref"]).trim_start_matches("#/$defs/")
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(crate) fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A doc comment for any language: without the space after `///`, Rust's examples, and links between Rust's items.
pub(crate) fn lines(doc: &str) -> String {
    let mut example = false;
    let mut lines: Vec<String> = Vec::new();
    for line in doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        if line.trim_start().starts_with("```") {
            example = !example;
            continue;
        }
        let second_gap = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !example && !second_gap {
            lines.push(line.replace("[`", "`").replace("`]", "`").trim_end().to_owned());
        }
    }
    lines.join("\n").trim().to_owned()
}

/// `OnCall` as `on_call`.
pub(crate) fn snake(name: &str) -> String {
    name.chars().enumerate().fold(String::new(), |mut out, (at, c)| {
        if c.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
        out
    })
}

fn plural(word: &str) -> String {
    word.strip_suffix('y').map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_doc_comment_is_for_any_language() {
        let doc = " See [`Stamp`].\n\n ```\n let a = 1;\n ```\n\n The end.\n";
        assert_eq!(super::lines(doc), "See `Stamp`.\n\nThe end.");
    }
}
