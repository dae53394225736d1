//! Steps: each prints one line with its time, and what it said where it failed.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::count::Counts;

/// What all steps came to.
#[derive(Debug, Default)]
pub(crate) struct Run {
    counts: Counts,
}

impl Run {
    /// A check: one test that passes or fails.
    pub(crate) fn check(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) -> bool {
        let start = Instant::now();
        let done = work();
        self.done(name, start.elapsed(), &done.err())
    }

    /// A check that was done elsewhere meanwhile.
    pub(crate) fn done(&mut self, name: &str, time: Duration, failure: &Option<String>) -> bool {
        let counts = Counts { passed: u32::from(failure.is_none()), failed: u32::from(failure.is_some()) };
        self.add(name, time, counts, "", failure.as_deref())
    }

    /// A test runner: what it counts in its closing lines; one failed test where it does not come that far.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command, count: fn(&str) -> Counts) -> bool {
        let start = Instant::now();
        let (ok, output) = captured(command);
        let mut counts = count(&output);
        if !ok {
            counts.failed = counts.failed.max(1);
        } else if counts == Counts::default() {
            return self.add(name, start.elapsed(), Counts { passed: 0, failed: 1 }, "", Some("it ran no test"));
        }
        let note = format!(", {} tests", counts.passed + counts.failed);
        self.add(name, start.elapsed(), counts, &note, (!ok || counts.failed > 0).then_some(&output))
    }

    /// A part that cannot run yet, or not here.
    pub(crate) fn skipped(&self, name: &str, why: &str) {
        println!("skip         {name}: {why}");
    }

    /// The closing line; whether all passed.
    pub(crate) fn close(&self) -> bool {
        println!("{} passed, {} failed", self.counts.passed, self.counts.failed);
        self.counts.failed == 0
    }

    fn add(&mut self, name: &str, time: Duration, counts: Counts, note: &str, failure: Option<&str>) -> bool {
        let word = if failure.is_none() { "ok    " } else { "FAILED" };
        println!("{word} {:5.1}s {name}{note}", time.as_secs_f64());
        for line in failure.unwrap_or_default().lines() {
            println!("    {line}");
        }
        let _ = std::io::stdout().flush();
        self.counts = self.counts + counts;
        failure.is_none()
    }
}

/// Runs a command to its end: whether it succeeded, and all it said.
pub(crate) fn captured(command: &mut Command) -> (bool, String) {
    match command.output() {
        Ok(output) => {
            let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            (output.status.success(), text.concat())
        }
        Err(e) => (false, format!("{}: {e}", command.get_program().to_string_lossy())),
    }
}

/// The same where only the failure is of interest.
pub(crate) fn quiet(command: &mut Command) -> Result<(), String> {
    match captured(command) {
        (true, _) => Ok(()),
        (false, output) => Err(output),
    }
}

/// A command in a folder.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments);
    command
}

/// This very cargo, in the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), &crate::root(), arguments)
}
