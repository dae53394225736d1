//! `fmt`: files laid out the canonical way.

use incident_core::format_document;

use crate::args::FmtArgs;
use crate::host::Host;
use crate::load;
use crate::trouble::{Done, Trouble};
use crate::{FINE, FOUND};

pub(super) fn run(args: &FmtArgs, host: &mut Host<'_>) -> Done {
    let (mut other, mut broken) = (0, false);
    for file in load::rules(host, &args.files.files)? {
        let Some(name) = file.name.clone().filter(|name| !name.to_ascii_lowercase().ends_with(".ics")) else {
            continue;
        };
        let laid_out = match format_document(&file.text, None, Some(&name)) {
            Ok(text) => text,
            Err(no) => {
                broken = true;
                writeln!(host.err, "{name}: {}", Trouble::Refused(no))?;
                continue;
            }
        };
        if laid_out == file.text {
            continue;
        }
        other += 1;
        match args.check {
            true => writeln!(host.out, "{name}: line {} would change", first_difference(&file.text, &laid_out))?,
            false => {
                std::fs::write(host.path(&name), &laid_out).map_err(|why| Trouble::File { name: name.clone(), why })?;
                writeln!(host.out, "{name}: laid out")?;
            }
        }
    }
    Ok(match (broken, args.check && other > 0) {
        (true, _) => crate::UNUSABLE,
        (false, true) => FOUND,
        (false, false) => FINE,
    })
}

/// The first line that is another, from 1.
fn first_difference(before: &str, after: &str) -> usize {
    let same = before.lines().zip(after.lines()).take_while(|(before, after)| before == after).count();
    same + 1
}
