//! The command `incident-core`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(incident_cli::on_terminal(std::env::args_os()))
}
