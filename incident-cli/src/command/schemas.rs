//! `schemas`: what editors complete and check files with.

use crate::FINE;
use crate::args::SchemasArgs;
use crate::export;
use crate::host::Host;
use crate::schemas::SCHEMAS;
use crate::trouble::Done;

pub(super) fn run(args: &SchemasArgs, host: &mut Host<'_>) -> Done {
    for (name, text) in SCHEMAS {
        let name = format!("{}/{name}", args.folder.trim_end_matches('/'));
        export::write(host, &name, text)?;
        writeln!(host.out, "{name}")?;
    }
    Ok(FINE)
}
