//! One file a command.

mod audit;
mod backtest;
mod check;
mod compile;
mod convert;
mod diff;
mod drift;
mod explain;
mod fmt;
mod oncall;
mod schemas;
mod verify;
mod why;

use incident_core::{Finding, Moment};

use crate::args::{Arguments, Command, Format, FromArgs};
use crate::host::Host;
use crate::print::{self, Excerpts};
use crate::trouble::{Done, Trouble};

/// Carries out a command.
pub(crate) fn run(arguments: Arguments, host: &mut Host<'_>) -> Done {
    match arguments.command {
        Command::Check(args) => check::run(&args, host),
        Command::Verify(args) => verify::run(&args, host),
        Command::Diff(args) => diff::run(&args, host),
        Command::Oncall(args) => oncall::run(&args, host),
        Command::Backtest(args) => backtest::run(&args, host),
        Command::Fmt(args) => fmt::run(&args, host),
        Command::Audit(args) => audit::run(&args, host),
        Command::Convert(args) => convert::run(&args, host),
        Command::Compile(args) => compile::run(&args, host),
        Command::Drift(args) => drift::run(&args, host),
        Command::Schemas(args) => schemas::run(&args, host),
        Command::Explain(args) => explain::run(&args, host),
        Command::Why(args) => why::run(&args, host),
    }
}

/// From when on to look: what was asked, else midnight of today in universal time.
fn from(args: &FromArgs, host: &Host<'_>) -> Moment {
    args.from.unwrap_or_else(|| Moment::from(incident_core::Zone::UTC.day(host.now)))
}

/// Findings in the form that is asked for; `whole` is everything there is to know.
fn show(
    format: Format,
    findings: &[&Finding],
    whole: &impl serde::Serialize,
    excerpts: &Excerpts,
    host: &mut Host<'_>,
) -> Result<(), Trouble> {
    match format {
        Format::Text => {
            for (first, others) in print::together(findings) {
                writeln!(host.out, "{}", excerpts.show(first))?;
                if !others.is_empty() {
                    writeln!(host.out, "   = also: {}", others.join(", "))?;
                }
                writeln!(host.out)?;
            }
        }
        Format::Json => json(host, whole)?,
        Format::Github => write!(host.out, "{}", print::github(findings))?,
        Format::Gitlab => json(host, &print::gitlab(findings))?,
        Format::Markdown => findings.iter().try_for_each(|it| write!(host.out, "{}", print::item(it)))?,
    }
    Ok(())
}

/// JSON with a new line at its end.
fn json(host: &mut Host<'_>, value: &impl serde::Serialize) -> Result<(), Trouble> {
    serde_json::to_writer_pretty(&mut host.out, value)?;
    writeln!(host.out)?;
    Ok(())
}
