//! What the program sees of the machine: files, a clock, a terminal. Never the network.

use std::io::Write;
use std::path::{Path, PathBuf};

use incident_core::Timestamp;

/// Where the program runs.
pub struct Host<'a> {
    /// Where answers go.
    pub out: &'a mut dyn Write,
    /// Where trouble and progress go.
    pub err: &'a mut dyn Write,
    /// The time.
    pub now: Timestamp,
    /// The folder that names of files begin at.
    pub folder: PathBuf,
    /// Whether answers may have colours.
    pub color: bool,
    /// Whether somebody watches the progress.
    pub progress: bool,
}

impl std::fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("now", &self.now).field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Host<'_> {
    /// A path as the machine has it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A name as people write it, with `/` everywhere.
    pub(crate) fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.folder).unwrap_or(path);
        let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
        steps.join("/").replacen("//", "/", 1)
    }

    /// Says how far long work is, where somebody watches.
    pub(crate) fn progress(&mut self, what: &str) {
        if self.progress {
            // A terminal that is gone is no reason to stop.
            let _ = write!(self.err, "\r\x1b[2K{what}");
            let _ = self.err.flush();
        }
    }
}

/// The time of the machine.
///
/// The library has no clock: this is where it comes in.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "a program has a clock")]
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.ok().and_then(|since| i64::try_from(since.as_micros()).ok());
    micros.and_then(Timestamp::from_micros).unwrap_or(Timestamp::MAX)
}
