//! The core: format, lints, tests, and that it stands alone.

use std::collections::BTreeSet;

use super::count;
use super::step::{Run, captured, cargo, quiet};

/// A core that is light enough to put anywhere.
const MOST_CRATES: usize = 40;

pub(crate) fn run(run: &mut Run) {
    if tool(run, "fmt", "rustfmt") {
        run.check("rust: format", || quiet(&mut cargo(&["fmt", "--all", "--", "--check"])));
    }
    if tool(run, "clippy", "clippy") {
        run.check("rust: lints", || {
            quiet(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        });
    }
    run.tests(
        "rust: core and doc tests",
        &mut cargo(&["test", "-p", "incident-core", "--features", "call"]),
        count::cargo,
    );
    run.tests("rust: command line", &mut cargo(&["test", "-p", "incident-cli"]), count::cargo);
    run.tests("rust: vectors, generated files, tidiness", &mut cargo(&["test", "-p", "xtask"]), count::cargo);
    for features in [&["--no-default-features"][..], &[]] {
        let arguments = [&["check", "--quiet", "-p", "incident-core"], features].concat();
        run.check(&format!("rust: {}", arguments.join(" ").replace(" --quiet", "")), || quiet(&mut cargo(&arguments)));
    }
    run.check("rust: documentation", || {
        let mut doc = cargo(&["doc", "--quiet", "--no-deps", "-p", "incident-core", "--features", "call"]);
        quiet(doc.env("RUSTDOCFLAGS", "-D warnings"))
    });
    run.check(&format!("rust: fewer than {MOST_CRATES} crates by default"), || {
        let (ok, tree) =
            captured(&mut cargo(&["tree", "-p", "incident-core", "--edges", "normal", "--prefix", "none"]));
        let crates: BTreeSet<_> =
            tree.lines().filter_map(|line| line.split(' ').next()).filter(|it| !it.is_empty()).collect();
        if ok && crates.len() < MOST_CRATES { Ok(()) } else { Err(format!("{} crates\n{tree}", crates.len())) }
    });
}

fn tool(run: &mut Run, command: &str, component: &str) -> bool {
    let found = quiet(&mut cargo(&[command, "--version"]));
    if found.is_ok() {
        return true;
    }
    run.check(&format!("rust: {component}"), || Err(format!("install it with `rustup component add {component}`")))
}
