//! The contract as the generators see it.

use serde_json::Value;

/// A type.
#[derive(Clone, Debug)]
pub(crate) enum Ty {
    Text,
    Bool,
    Int,
    Float,
    Instant,
    Elapsed,
    Any,
    List(Box<Ty>),
    Map(Box<Ty>),
    Named(String),
    Handle(String),
}

/// A field or an argument.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) doc: String,
    pub(crate) required: bool,
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

/// A named type.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
}

/// An operation, its arguments sorted into what comes by position and what comes by name.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) noun: String,
    pub(crate) method: String,
    pub(crate) has_receiver: bool,
    pub(crate) doc: String,
    pub(crate) with: Vec<Field>,
    pub(crate) positional: Vec<Field>,
    pub(crate) named: Vec<Field>,
    pub(crate) answer: Ty,
}

/// Everything.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<Named>,
}

impl Contract {
    pub(crate) fn read(contract: &Value) -> Self {
        let mut types: Vec<_> = object(&contract["types"]).map(|(name, schema)| named(name, schema)).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        for (name, tag) in object(&contract["types"]).flat_map(|(_, schema)| members(schema)) {
            for named in &mut types {
                if let Shape::Record { tag: slot, .. } = &mut named.shape
                    && named.name == name
                {
                    *slot = Some(tag.clone());
                }
            }
        }
        Self { operations: list(&contract["operations"]).map(operation).collect(), types }
    }

    pub(crate) fn nouns(&self) -> Vec<&str> {
        let mut nouns: Vec<&str> = Vec::new();
        for operation in &self.operations {
            if !nouns.contains(&operation.noun.as_str()) {
                nouns.push(&operation.noun);
            }
        }
        nouns
    }

    pub(crate) fn shape(&self, name: &str) -> &Shape {
        &self.types.iter().find(|named| named.name == name).unwrap_or_else(|| panic!("no type {name}")).shape
    }
}

fn operation(row: &Value) -> Operation {
    let (noun, method) =
        text(&row["name"]).split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap_or_default();
    let with = list(&row["with"]).map(|pair| Field {
        name: text(&pair[0]).to_owned(),
        ty: Ty::Handle(text(&pair[1]).to_owned()),
        doc: String::new(),
        required: true,
    });
    let mut all = fields(&row["args"]);
    for field in &mut all {
        // The host makes ids; the facades make one where it is absent.
        field.required &= !is_made(field);
    }
    // By name: who and when, and whatever may be absent. By position: the rest.
    let stamped =
        |field: &Field| ["by", "at"].contains(&field.name.as_str()) && all.iter().any(|other| other.name == "by");
    let (mut named, positional): (Vec<_>, Vec<_>) =
        all.iter().cloned().partition(|field| !field.required || stamped(field));
    named.sort_by_key(|field| !field.required);
    Operation {
        name: text(&row["name"]).to_owned(),
        noun,
        method,
        has_receiver: text(&row["kind"]) != "new",
        doc: lines(text(&row["doc"])),
        with: with.collect(),
        positional,
        named,
        answer: ty(&row["answer"]),
    }
}

/// Whether the facades make this argument where it is absent.
pub(crate) fn is_made(field: &Field) -> bool {
    field.name == "id" && matches!(&field.ty, Ty::Named(name) if name == "IncidentId")
}

fn named(name: &str, schema: &Value) -> Named {
    let choice = |all: &Value, of: fn(&Value) -> &Value| list(all).map(|one| text(of(one)).to_owned()).collect();
    let shape = if schema.get("x-union").is_some() {
        Shape::Union(members(schema).map(|(name, _)| name).collect())
    } else if schema.get("enum").is_some() {
        Shape::Choice(choice(&schema["enum"], |one| one))
    } else if schema.get("oneOf").is_some() {
        Shape::Choice(choice(&schema["oneOf"], |one| &one["const"]))
    } else if schema.get("properties").is_some() {
        Shape::Record { fields: fields(schema), written: schema["additionalProperties"] == false, tag: None }
    } else {
        Shape::Alias(ty(schema))
    };
    Named { name: name.to_owned(), doc: lines(text(&schema["description"])), shape }
}

fn members(schema: &Value) -> impl Iterator<Item = (String, String)> {
    list(&schema["x-union"]).map(|member| (target(&member["allOf"][0]).to_owned(), text(&member["x-tag"]).to_owned()))
}

fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<_> = list(&schema["required"]).map(text).collect();
    object(&schema["properties"])
        .map(|(name, schema)| Field {
            name: name.clone(),
            ty: ty(schema),
            doc: lines(text(&schema["description"])),
            required: required.contains(&name.as_str()),
        })
        .collect()
}

fn ty(schema: &Value) -> Ty {
    if let Some(noun) = schema["x-handle"].as_str() {
        return Ty::Handle(noun.to_owned());
    }
    if schema.get("$ref").is_some() {
        return Ty::Named(target(schema).to_owned());
    }
    if let Some(one) = list(&schema["anyOf"]).find(|one| one["type"] != "null") {
        return ty(one);
    }
    let kind = schema["type"].as_str().or_else(|| list(&schema["type"]).map(text).find(|kind| *kind != "null"));
    match (kind, schema["format"].as_str()) {
        (Some("string"), Some("date-time")) => Ty::Instant,
        (Some("string"), Some("duration")) => Ty::Elapsed,
        (Some("string"), _) => Ty::Text,
        (Some("boolean"), _) => Ty::Bool,
        (Some("integer"), _) => Ty::Int,
        (Some("number"), _) => Ty::Float,
        (Some("array"), _) => Ty::List(Box::new(ty(&schema["items"]))),
        (Some("object"), _) => Ty::Map(Box::new(ty(&schema["additionalProperties"]))),
        _ => Ty::Any,
    }
}

fn target(schema: &Value) -> &str {
    text(&schema["$ref"]).trim_start_matches("#/$defs/")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Doc comments keep the space after `///`.
fn lines(doc: &str) -> String {
    doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n").trim().to_owned()
}
