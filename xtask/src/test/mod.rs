//! `cargo xtask test`: everything, in three languages, from nothing.
//!
//! Every step runs even if an earlier one failed, where that makes sense; the last line counts tests and checks.

mod count;
mod node;
mod python;
mod rust;
mod step;
mod story;

use std::path::PathBuf;
use std::thread;

use step::Run;

/// Runs the parts that are named, or all; `--all` adds what needs more than Rust, Python and Node.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let (flags, parts): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|it| it.starts_with("--"));
    if let Some(unknown) = flags.iter().find(|flag| **flag != "--all") {
        return Err(format!("no flag `{unknown}`; known is `--all`"));
    }
    if let Some(unknown) = parts.iter().find(|part| !["rust", "python", "node"].contains(part)) {
        return Err(format!("no part `{unknown}`; known are `rust`, `python` and `node`"));
    }
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut run = Run::default();
    // What is fetched is fetched while the compiler works.
    thread::scope(|scope| {
        let python = wanted("python").then(|| scope.spawn(python::prepare));
        let node = wanted("node").then(|| scope.spawn(node::prepare));
        if wanted("rust") {
            rust::run(&mut run);
        }
        let python = python.and_then(|preparing| python::run(&mut run, preparing.join().ok()?));
        let node = node.and_then(|preparing| node::run(&mut run, preparing.join().ok()?));
        story::run(&mut run, wanted("rust"), python.as_deref(), node.is_some());
    });
    if flags.contains(&"--all") {
        run.skipped("browser, database, Java", "nothing needs them yet");
    }
    if run.close() { Ok(()) } else { Err(String::new()) }
}

/// Where cargo builds.
fn target() -> PathBuf {
    crate::root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Whether `version`, such as `v20.20.2` or `Python 3.11.7`, is at least `wanted`.
fn at_least(version: &str, wanted: (u32, u32)) -> bool {
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    numbers.next().map(|major| (major, numbers.next().unwrap_or(0))).is_some_and(|found| found >= wanted)
}

/// Writes down what the command prints now.
pub(crate) fn bless_commands() -> Result<(), String> {
    let mut test = step::cargo(&["test", "--quiet", "-p", "incident-cli", "--test", "transcripts"]);
    step::quiet(test.env("INCIDENT_CORE_BLESS", "1"))
}
