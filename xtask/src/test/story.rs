//! The same program in three languages: `examples/story.{rs,py,ts}` print exactly `examples/story.out`.

use std::path::Path;

use super::node;
use super::step::{Run, cargo, command};

/// Runs it in the languages that are ready.
pub(crate) fn run(run: &mut Run, rust: bool, python: Option<&Path>, node: bool) {
    let folder = crate::root().join("examples");
    let Ok(expected) = std::fs::read(folder.join("story.out")) else {
        return run.skipped("examples/story", "there is no `examples/story.out`");
    };
    let same =
        |printed: &[u8]| if printed == expected { Ok(()) } else { Err(String::from_utf8_lossy(printed).into_owned()) };
    let output = |command: &mut std::process::Command| {
        let output = command.output().map_err(|e| e.to_string())?;
        if output.status.success() {
            same(&output.stdout)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    };
    if rust {
        run.check("examples/story.rs", || {
            output(cargo(&["run", "--quiet", "-p", "examples", "--bin", "story"]).current_dir(&folder))
        });
    }
    if let Some(python) = python {
        run.check("examples/story.py", || output(&mut command(python, &folder, &["story.py"])));
    }
    if node {
        run.check("examples/story.ts", || {
            let program = std::fs::read_to_string(folder.join("story.ts")).map_err(|e| e.to_string())?;
            same(node::script(&program, "story", &folder)?.as_bytes())
        });
    }
}
