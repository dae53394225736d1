//! `schemas/<room>.json`: the operations and types of a room. `schemas/<document>.json`: one document that people write,
//! complete in itself, for an editor.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::model::{Contract, Operation, lines, list, members, object, text};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every schema file: its name and text.
pub(crate) fn files(raw: &Value, contract: &Contract) -> Vec<(String, String)> {
    let types = types(raw, contract);
    let mut files: Vec<_> = contract
        .rooms()
        .into_iter()
        .map(|room| (format!("{room}.json"), room_file(room, raw, &types, contract)))
        .collect();
    files.push(("codes.json".to_owned(), json!({ "codes": raw["codes"] })));
    files.extend(documents(&types));
    files
        .into_iter()
        .map(|(name, value)| (name, serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"))
        .collect()
}

/// The types as plain JSON Schema: a union is a `oneOf`, its members have their `type`, and absent is not null.
fn types(raw: &Value, contract: &Contract) -> Map<String, Value> {
    let mut types: Map<_, _> = object(&raw["types"]).map(|(name, schema)| (name.clone(), tidy(schema))).collect();
    for (_, union) in object(&raw["types"]) {
        for (member, tag) in members(union) {
            if let Some(schema) = types.get_mut(&member)
                && !contract.is_shared(&member)
            {
                tagged(schema, &tag);
            }
        }
    }
    for (name, union) in object(&raw["types"]).filter(|(_, schema)| schema.get("x-union").is_some()) {
        let one_of: Vec<_> = members(union)
            .zip(list(&union["x-union"]))
            .map(|((member, tag), schema)| {
                let mut schema = schema["allOf"][0].clone();
                if contract.is_shared(&member) {
                    tagged(&mut schema, &tag);
                }
                schema
            })
            .collect();
        types.insert(name.clone(), json!({ "description": tidy(&union["description"]), "oneOf": one_of }));
    }
    if let Some(stamped) = contract.operations.iter().find(|operation| !operation.stamp.is_empty()) {
        let args = list(&raw["operations"]).find(|row| row["name"] == *stamped.name).map(|row| tidy(&row["args"]));
        let description = contract.named("Stamp").doc.clone();
        let stamp = args.map(|args| only(&args, |name| stamped.stamp.iter().any(|part| part == name)));
        if let Some(Value::Object(stamp)) = stamp {
            let mut described = Map::from_iter([("description".to_owned(), description.into())]);
            described.extend(stamp);
            types.insert("Stamp".to_owned(), described.into());
        }
    }
    types
}

fn room_file(room: &str, raw: &Value, types: &Map<String, Value>, contract: &Contract) -> Value {
    let local: Map<_, _> = contract
        .of_room(room)
        .map(|named| (named.name.clone(), refer(&types[&named.name], &|name| reference(name, room, contract))))
        .collect();
    let operations: Vec<_> = contract
        .operations
        .iter()
        .filter(|operation| operation.room == room)
        .filter_map(|operation| {
            let row = list(&raw["operations"]).find(|row| row["name"] == *operation.name)?;
            Some(refer(&described(operation, row), &|name| reference(name, room, contract)))
        })
        .collect();
    json!({ "$schema": DRAFT, "title": format!("incident-core, {room}"), "operations": operations, "$defs": local })
}

fn reference(name: &str, room: &str, contract: &Contract) -> String {
    match contract.named(name).room.as_str() {
        same if same == room => format!("#/$defs/{name}"),
        other => format!("{other}.json#/$defs/{name}"),
    }
}

fn described(operation: &Operation, row: &Value) -> Value {
    let names = |fields: &[super::model::Field]| -> Value { fields.iter().map(|field| field.name.clone()).collect() };
    let mut out = json!({ "name": operation.name, "kind": operation.kind, "doc": operation.doc });
    let mut put = |key: &str, value: Value| {
        if let Some(out) = out.as_object_mut() {
            out.insert(key.to_owned(), value);
        }
    };
    if operation.slow {
        put("slow", true.into());
    }
    if !list(&row["with"]).collect::<Vec<_>>().is_empty() {
        let pairs = list(&row["with"]).map(|pair| (text(&pair[0]).to_owned(), pair[1].clone()));
        put("handles", Value::Object(pairs.collect()));
    }
    if !list(&row["bytes"]).collect::<Vec<_>>().is_empty() {
        put("bytes", row["bytes"].clone());
    }
    put("by_position", names(&operation.positional));
    put("by_name", names(&operation.named));
    if !operation.stamp.is_empty() {
        put("stamp", json!({ "$ref": "#/$defs/Stamp" }));
    }
    put("args", only(&tidy(&row["args"]), |name| !operation.stamp.iter().any(|part| part == name)));
    put("answer", row["answer"].clone());
    out
}

/// The documents that people write: what has a `schema` field that names its type and version.
fn documents(types: &Map<String, Value>) -> Vec<(String, Value)> {
    let named = types
        .iter()
        .filter_map(|(name, schema)| schema["properties"]["schema"]["const"].as_str().map(|id| (name, schema, id)));
    named
        .map(|(name, schema, id)| {
            let mut reached = BTreeSet::new();
            reach(schema, types, &mut reached);
            let defs: Map<_, _> = types.iter().filter(|(name, _)| reached.contains(*name)).collect_owned();
            let mut document =
                Map::from_iter([("$schema".to_owned(), DRAFT.into()), ("title".to_owned(), name.as_str().into())]);
            document.extend(schema.as_object().cloned().unwrap_or_default());
            document.insert("$defs".to_owned(), defs.into());
            let file = id.trim_start_matches("incident-core/").replace('/', ".");
            (format!("{file}.json"), as_people_write(&document.into()))
        })
        .collect()
}

/// An editor may hold people to ISO 8601, but they write `15m`.
fn as_people_write(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => object
            .iter()
            .filter(|(key, value)| *key != "format" || *value != "duration")
            .map(|(key, value)| (key.clone(), as_people_write(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(all) => all.iter().map(as_people_write).collect(),
        other => other.clone(),
    }
}

trait CollectOwned {
    fn collect_owned(self) -> Map<String, Value>;
}

impl<'a, I: Iterator<Item = (&'a String, &'a Value)>> CollectOwned for I {
    fn collect_owned(self) -> Map<String, Value> {
        self.map(|(name, schema)| (name.clone(), schema.clone())).collect()
    }
}

fn reach(schema: &Value, types: &Map<String, Value>, reached: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str).map(|at| at.trim_start_matches("#/$defs/"))
                && reached.insert(name.to_owned())
                && let Some(schema) = types.get(name)
            {
                reach(schema, types, reached);
            }
            object.values().for_each(|value| reach(value, types, reached));
        }
        Value::Array(all) => all.iter().for_each(|value| reach(value, types, reached)),
        _ => {}
    }
}

/// The schema of an object with some of its properties.
fn only(schema: &Value, wanted: impl Fn(&str) -> bool) -> Value {
    let properties: Map<_, _> = object(&schema["properties"]).filter(|(name, _)| wanted(name)).collect_owned();
    let required: Vec<_> = list(&schema["required"]).filter(|name| wanted(text(name))).cloned().collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false, "required": required })
}

fn tagged(schema: &mut Value, tag: &str) {
    let Some(object) = schema.as_object_mut() else { return };
    let mut properties = Map::from_iter([("type".to_owned(), json!({ "const": tag }))]);
    properties.extend(object.get("properties").and_then(Value::as_object).cloned().unwrap_or_default());
    let required: Vec<_> =
        [Value::from("type")].into_iter().chain(object.get("required").into_iter().flat_map(list).cloned()).collect();
    object.insert("properties".to_owned(), properties.into());
    object.insert("required".to_owned(), required.into());
}

/// Without nulls, which are never written, and without the space that doc comments keep.
fn tidy(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let without_null = |all: &Value| -> Vec<Value> {
                list(all).filter(|one| **one != "null" && one["type"] != "null").map(tidy).collect()
            };
            let mut out = Map::new();
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("type", Value::Array(_)) | ("anyOf", _) => match without_null(value).as_slice() {
                        [one] if key == "type" => drop(out.insert(key.clone(), one.clone())),
                        [Value::Object(one)] => out.extend(one.clone()),
                        all => drop(out.insert(key.clone(), all.into())),
                    },
                    ("description", Value::String(text)) => drop(out.insert(key.clone(), lines(text).into())),
                    _ => drop(out.insert(key.clone(), tidy(value))),
                }
            }
            out.into()
        }
        Value::Array(all) => all.iter().map(tidy).collect(),
        Value::String(text) => Value::String(text.clone()),
        other => other.clone(),
    }
}

/// The same with its references sent elsewhere.
fn refer(schema: &Value, to: &dyn Fn(&str) -> String) -> Value {
    match schema {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| match value.as_str() {
                Some(at) if key == "$ref" => (key.clone(), to(at.trim_start_matches("#/$defs/")).into()),
                _ => (key.clone(), refer(value, to)),
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(all) => all.iter().map(|value| refer(value, to)).collect(),
        other => other.clone(),
    }
}
