//! The wheel: built, installed into an environment of its own, tested and type-checked.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::count;
use super::step::{Run, captured, command, quiet};
use super::{at_least, target};

/// An environment with what `requirements.txt` pins, and how long it took.
pub(crate) type Prepared = (Result<PathBuf, String>, Duration);

pub(crate) fn prepare() -> Prepared {
    let start = Instant::now();
    (environment(), start.elapsed())
}

/// The interpreter, where there is one.
pub(crate) fn run(run: &mut Run, (environment, time): Prepared) -> Option<PathBuf> {
    run.done("python: environment", time, &environment.as_ref().err().cloned());
    let python = environment.ok()?;
    let folder = crate::root().join("bindings-python");
    let wheels = target().join("wheels");
    let built = run.check("python: wheel", || {
        let _ = std::fs::remove_dir_all(&wheels);
        let out = wheels.to_string_lossy().into_owned();
        let mut maturin = command(&python, &folder, &["-m", "maturin", "build", "--profile", "dev", "--out", &out]);
        quiet(maturin.env("VIRTUAL_ENV", crate::root().join(".venv")))?;
        let wheel = crate::floors::files(&wheels).into_iter().next().ok_or("no wheel")?;
        let wheel = wheel.to_string_lossy().into_owned();
        quiet(&mut command(
            &python,
            &folder,
            &["-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", &wheel],
        ))
    });
    if !built {
        return None;
    }
    run.tests("python: tests", &mut command(&python, &folder, &["-m", "pytest", "--quiet", "tests"]), count::pytest);
    run.check("python: types", || {
        quiet(&mut command(&python, &folder, &["-m", "mypy", "--strict", "tests", "python/incident_core"]))
    });
    Some(python)
}

fn environment() -> Result<PathBuf, String> {
    let root = crate::root();
    let home = root.join(".venv");
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let pins = root.join("bindings-python/requirements.txt");
    let wanted = std::fs::read_to_string(&pins).map_err(|e| format!("{}: {e}", pins.display()))?;
    let installed = home.join("requirements.txt");
    if python.exists() && std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(python);
    }
    let found = ["python3", "python", "py"].into_iter().find(|name| is_recent(name, &root));
    let found = found.ok_or("install Python 3.11 or newer, with `venv`, and put `python3` on the path")?;
    quiet(&mut command(found, &root, &["-m", "venv", "--clear", &home.to_string_lossy()]))?;
    let arguments = ["-m", "pip", "install", "--quiet", "--requirement", &pins.to_string_lossy()];
    quiet(&mut command(&python, &root, &arguments))?;
    std::fs::write(installed, wanted).map_err(|e| e.to_string())?;
    Ok(python)
}

fn is_recent(name: &str, root: &Path) -> bool {
    let (ok, version) = captured(&mut command(name, root, &["--version"]));
    ok && at_least(&version, (3, 11))
}
