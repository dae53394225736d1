//! Questions from public test suites of other systems; says so and passes where they are absent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test")]

mod model;

use model::vectors;

#[test]
fn every_vector_can_be_said_in_a_document() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/oracles/oncall-vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no vectors at {path}");
        return;
    };
    let cases = vectors::read(&text);
    for (id, case) in &cases {
        if let Err(why) = case {
            panic!("{id}: {why}");
        }
    }
}
