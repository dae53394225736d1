//! One file a command.

mod backtest;
mod check;
mod diff;
mod explain;
mod fmt;
mod oncall;
mod verify;
mod why;

use incident_core::Moment;

use crate::args::{Arguments, Command, FromArgs};
use crate::host::Host;
use crate::trouble::Done;

/// Carries out a command.
pub(crate) fn run(arguments: Arguments, host: &mut Host<'_>) -> Done {
    match arguments.command {
        Command::Check(args) => check::run(&args, host),
        Command::Verify(args) => verify::run(&args, host),
        Command::Diff(args) => diff::run(&args, host),
        Command::Oncall(args) => oncall::run(&args, host),
        Command::Backtest(args) => backtest::run(&args, host),
        Command::Fmt(args) => fmt::run(&args, host),
        Command::Explain(args) => explain::run(&args, host),
        Command::Why(args) => why::run(&args, host),
    }
}

/// From when on to look: what was asked, else midnight of today in universal time.
fn from(args: &FromArgs, host: &Host<'_>) -> Moment {
    args.from.unwrap_or_else(|| Moment::from(incident_core::Zone::UTC.day(host.now)))
}

/// JSON with a new line at its end.
fn json(host: &mut Host<'_>, value: &impl serde::Serialize) -> Result<(), crate::trouble::Trouble> {
    serde_json::to_writer_pretty(&mut host.out, value)?;
    writeln!(host.out)?;
    Ok(())
}
