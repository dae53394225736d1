//! `cargo tour`: the main job on the fictional data of `examples/data`, as a page worth reading.
//!
//! `cargo tour -- FILE --columns MAP.toml` does the history part on a file of yours.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a program has a clock, and the tour knows its data"
)]

mod history;
mod incident;
mod oncall;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use incident_core::Error;

const USAGE: &str = "cargo tour                              one incident all the way round, on fictional data
cargo tour -- FILE --columns MAP.toml   a history of yours (.csv or .jsonl, also .gz), read through a column map
             [--as-of 2026-03-14T00:00:00Z]  when the file was exported, where not now";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => incident::tour(&data(), &target())
            .and_then(|()| oncall::tour(&data()))
            .and_then(|()| history::tour(&data())),
        [file, "--columns", map] => history::yours(Path::new(file), Path::new(map), None),
        [file, "--columns", map, "--as-of", at] => history::yours(Path::new(file), Path::new(map), Some(at)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The title of a page.
fn heading(title: &str) {
    println!("\n{title}\n");
}

/// The fictional data.
fn data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Where the tour writes what it makes.
fn target() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/tour")
}

/// A file's text, or why there is none.
fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|no| format!("{}: {no}", path.display()))
}

/// A refusal as a compiler would print it: every finding on its line.
fn told(no: &Error) -> String {
    let findings = no.findings.iter().map(|finding| format!("\n  {finding}"));
    let own = Error { findings: Vec::new(), ..no.clone() };
    format!("{}[{}]{}", own, no.code, findings.collect::<String>())
}
