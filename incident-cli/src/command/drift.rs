//! `drift`: files of teams beside what is live in a tool.

use incident_core::interop::drift;
use incident_core::{Finding, Level};

use crate::args::{DriftArgs, Format};
use crate::export::{self, Export};
use crate::host::Host;
use crate::load;
use crate::print::Excerpts;
use crate::trouble::Done;
use crate::{FINE, FOUND};

pub(super) fn run(args: &DriftArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, std::slice::from_ref(&args.files))?;
    let export = Export::read(host, &args.live, &args.read, export::side_file_among(&book)?)?;
    let mut drift = drift(&export::documents(&book)?, &export.files, &export.options)?;
    drift.findings = book.place(std::mem::take(&mut drift.findings));
    drift.losses = book.place(std::mem::take(&mut drift.losses));
    let unread = drift.unread.iter().filter(|finding| finding.level != Level::Note);
    let losses = drift.losses.iter().filter(|_| args.losses);
    let all: Vec<&Finding> = drift.findings.iter().chain(unread).chain(losses).collect();
    super::show(args.format.format, &all, &drift, &Excerpts::of(&book, host.color), host)?;
    if matches!(args.format.format, Format::Text | Format::Github) {
        if !drift.other_teams.is_empty() {
            let teams: Vec<_> = drift.other_teams.iter().map(ToString::to_string).collect();
            writeln!(host.out, "live, and in no file: {}", teams.join(", "))?;
        }
        writeln!(host.out, "{}", drift.why)?;
    }
    let drifted = drift.findings.iter().any(|finding| finding.level != Level::Note);
    Ok(if drifted { FOUND } else { FINE })
}
