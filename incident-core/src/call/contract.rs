//! The contract as one document, for the generators: operations, the shapes of their types, and the codes.

use serde_json::{Value, json};

use super::operations;

/// Every operation, type and code. A stamp is named by its parts and described by its own type.
#[must_use]
pub fn contract() -> Value {
    let mut types = schemars::SchemaGenerator::default();
    types.subschema_for::<crate::Finding>();
    let operations: Vec<_> = operations()
        .map(|row| {
            let [args, answer] = (row.shape)(&mut types);
            json!({
                "name": row.name, "room": row.room(), "kind": row.kind, "slow": row.slow, "doc": row.doc,
                "with": row.with, "bytes": row.bytes, "stamp": row.stamp, "args": args, "answer": answer,
            })
        })
        .collect();
    let codes: Vec<_> =
        crate::codes::ALL.iter().map(|(code, doc)| json!({ "code": code, "doc": doc.trim() })).collect();
    json!({ "operations": operations, "types": types.take_definitions(true), "codes": codes })
}
