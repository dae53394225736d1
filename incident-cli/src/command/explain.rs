//! `explain`: what a code means.

use incident_core::codes;

use crate::FINE;
use crate::args::ExplainArgs;
use crate::host::Host;
use crate::trouble::Done;

pub(super) fn run(args: &ExplainArgs, host: &mut Host<'_>) -> Done {
    for meaning in codes::named(args.code.as_deref().unwrap_or_default())? {
        writeln!(host.out, "{}: {}", meaning.code, meaning.about)?;
    }
    Ok(FINE)
}
