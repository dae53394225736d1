//! The command `incident-core`: a thin shell over the library. Rules stand in files; this reads them, asks the library, and
//! prints what it says. It never touches the network.
//!
//! - `command` one file a command; `load` files, folders and older versions of them; `export` those of other tools;
//!   `schemas` what editors know of files; `print` findings for people and tools.
//! - `host` what it sees of the machine, so that it can be run from Python, Node and a test as well.

mod args;
mod command;
mod export;
mod host;
mod load;
mod print;
mod schemas;
mod trouble;

use std::ffi::OsString;
use std::io::{IsTerminal, Write, stderr, stdout};

use clap::{CommandFactory, FromArgMatches};

pub use host::{Host, now};

use args::Arguments;
use trouble::Trouble;

/// Nothing is wrong.
pub const FINE: u8 = 0;
/// Something was found that fails.
pub const FOUND: u8 = 1;
/// It was called wrongly, or a file cannot be used.
pub const UNUSABLE: u8 = 2;

/// Runs the program on the streams and with the clock of this process; the answer is its exit code.
///
/// The first argument is the name that it was called by.
pub fn on_terminal(args: impl IntoIterator<Item = OsString>) -> u8 {
    let (mut out, mut err) = (stdout().lock(), stderr().lock());
    let color = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    let progress = err.is_terminal();
    let folder = std::env::current_dir().unwrap_or_default();
    let code = run(args, &mut Host { out: &mut out, err: &mut err, now: now(), folder, color, progress });
    if out.flush().is_err() && code == FINE { UNUSABLE } else { code }
}

/// Runs the program; the answer is its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, host: &mut Host<'_>) -> u8 {
    let command = Arguments::command().color(match host.color {
        true => clap::ColorChoice::Always,
        false => clap::ColorChoice::Never,
    });
    let parsed = command.try_get_matches_from(args).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(no) => {
            let text = match host.color {
                true => no.render().ansi().to_string(),
                false => no.render().to_string(),
            };
            let asked = !no.use_stderr();
            let written = if asked { write!(host.out, "{text}") } else { write!(host.err, "{text}") };
            return if asked && written.is_ok() { FINE } else { UNUSABLE };
        }
    };
    match command::run(arguments, host) {
        Ok(code) => code,
        // Whoever reads has seen enough.
        Err(Trouble::Closed) => FINE,
        Err(trouble) => {
            let _ = writeln!(host.err, "{trouble}");
            UNUSABLE
        }
    }
}
