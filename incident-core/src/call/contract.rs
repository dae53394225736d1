//! The contract as one document, for the generators: operations, the shapes of their types, and the codes.

use serde_json::{Value, json};

use super::operations;

/// Every operation, type and code. A stamp is named by its parts and described by its own type.
///
/// What people write is described as it is read, what they are told as it is written: a list that is left out when it
/// is empty may be absent there.
#[must_use]
pub fn contract() -> Value {
    let mut written = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut told = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    told.subschema_for::<crate::Finding>();
    let operations: Vec<_> = operations()
        .map(|row| {
            let [args, _] = (row.shape)(&mut written);
            let [_, answer] = (row.shape)(&mut told);
            json!({
                "name": row.name, "room": row.room(), "kind": row.kind, "slow": row.slow, "doc": row.doc,
                "with": row.with, "bytes": row.bytes, "stamp": row.stamp, "args": args, "answer": answer,
            })
        })
        .collect();
    let mut types = told.take_definitions(true);
    for (name, schema) in written.take_definitions(true) {
        if schema.get("additionalProperties").is_some_and(|more| *more == false) || !types.contains_key(&name) {
            types.insert(name, schema);
        }
    }
    let codes: Vec<_> =
        crate::codes::ALL.iter().map(|(code, doc)| json!({ "code": code, "doc": doc.trim() })).collect();
    json!({ "operations": operations, "types": types, "codes": codes })
}
