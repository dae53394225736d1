//! The addon: built, copied beside the package, tested and type-checked; TypeScript from the documentation and examples.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::count;
use super::step::{Run, captured, cargo, command, quiet};
use super::{at_least, target};
use crate::pages;

/// Whether the package has what its lock file pins, and how long it took.
pub(crate) type Prepared = (Result<(), String>, Duration);

pub(crate) fn prepare() -> Prepared {
    let start = Instant::now();
    (packages(), start.elapsed())
}

/// Something where the addon is ready.
pub(crate) fn run(run: &mut Run, (packages, time): Prepared) -> Option<()> {
    run.done("node: packages", time, &packages.as_ref().err().cloned());
    packages.ok()?;
    let folder = home();
    let built = run.check("node: addon", || {
        quiet(&mut cargo(&["build", "--quiet", "-p", "bindings-node"]))?;
        let name = format!("{}incident_core_node{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let addon = target().join("debug").join(name);
        // A new file, so that an addon which is loaded somewhere is not changed under it.
        let copy = folder.join("incident_core.node");
        let _ = std::fs::remove_file(&copy);
        std::fs::copy(&addon, copy).map(drop).map_err(|e| format!("{}: {e}", addon.display()))
    });
    if !built {
        return None;
    }
    run.tests("node: tests", &mut command("node", &folder, &["--test", "--test-reporter=tap", "test/"]), count::node);
    run.check("node: types", || tsc(&["--project", "test"]));
    for (page, program) in pages::programs(&crate::root(), "ts") {
        run.check(&format!("node: {page}"), || script(&program, "page", &crate::root()).map(drop));
    }
    Some(())
}

/// Runs a TypeScript program in a folder, after `tsc --strict`, and returns what it printed. Inside the package, so that
/// it can import it by its name.
pub(crate) fn script(program: &str, name: &str, folder: &Path) -> Result<String, String> {
    let build = home().join("build");
    std::fs::create_dir_all(&build).map_err(|e| e.to_string())?;
    let source = build.join(format!("{name}.mts"));
    std::fs::write(&source, program).map_err(|e| e.to_string())?;
    let flags = [
        "--strict",
        "--exactOptionalPropertyTypes",
        "--module",
        "nodenext",
        "--target",
        "es2022",
        "--types",
        "node",
        "--skipLibCheck",
    ];
    tsc(&[&flags[..], &["--rootDir", "build", "--outDir", "build", &source.to_string_lossy()]].concat())?;
    let compiled = build.join(format!("{name}.mjs"));
    match captured(&mut command("node", folder, &[&compiled.to_string_lossy()])) {
        (true, output) => Ok(output),
        (false, output) => Err(output),
    }
}

fn tsc(arguments: &[&str]) -> Result<(), String> {
    let compiler = ["node_modules/typescript/bin/tsc"];
    quiet(&mut command("node", &home(), &[&compiler[..], arguments].concat()))
}

fn home() -> PathBuf {
    crate::root().join("bindings-node")
}

fn packages() -> Result<(), String> {
    let folder = home();
    let (found, version) = captured(&mut command("node", &folder, &["--version"]));
    if !found || !at_least(&version, (20, 0)) {
        return Err("install Node 20 or newer, with npm".to_owned());
    }
    let lock = std::fs::read_to_string(folder.join("package-lock.json")).map_err(|e| e.to_string())?;
    let installed = folder.join("node_modules/installed-lock.json");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    quiet(&mut command(npm, &folder, &["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(installed, lock).map_err(|e| e.to_string())
}
