//! The project's own tool: `cargo xtask generate | bless | tidy | test`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a build tool stops at the first surprise"
)]

mod data;
mod floors;
mod generate;
mod pages;
mod test;
mod tidy;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "cargo xtask COMMAND
  generate                           write schemas, types and facades from the table of operations
  bless                              rewrite the answers in testdata/ and of the command; read the difference
  data --seed N                      write the fictional data of examples/data
  tidy                               list what breaks a rule that no compiler checks
  test [rust] [python] [node] [--all] set up and run everything, or these parts";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("generate") => generate::write(&root()),
        Some("bless") => vectors::bless(&root().join("testdata")).and_then(|()| test::bless_commands()),
        Some("data") => match arguments.get(1..).unwrap_or_default() {
            [flag, seed] if flag == "--seed" => {
                seed.parse().map_err(|_| format!("`{seed}` is no seed")).and_then(|seed| data::write(&root(), seed))
            }
            _ => Err(USAGE.to_owned()),
        },
        Some("tidy") => tidy::run(&root()),
        Some("test") => test::run(&arguments[1..]),
        _ => Err(USAGE.to_owned()),
    };
    done.map_or_else(
        |message| {
            // A run of tests has said it all, and ends with its own line.
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// The workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_fresh() {
        let stale = super::generate::stale(&super::root());
        assert!(stale.is_empty(), "run `cargo xtask generate`: {stale:?}");
    }

    #[test]
    fn example_data_is_that_of_seed_1() {
        for (path, text) in super::data::files(1) {
            let committed = std::fs::read_to_string(super::root().join(&path)).unwrap();
            assert!(committed == text, "run `cargo xtask data --seed 1`: {}", path.display());
        }
    }
}
