//! `compile`: files of teams in the form that a tool takes.

use incident_core::Finding;
use incident_core::interop::{ConfigurationForm, compile};

use crate::args::{CompileArgs, Form, Format};
use crate::export;
use crate::host::Host;
use crate::load;
use crate::print::Excerpts;
use crate::trouble::{Done, Trouble};
use crate::{FINE, FOUND};

pub(super) fn run(args: &CompileArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, &args.files.files)?;
    let ids = match &args.ids {
        Some(name) => Some(export::side_file(host, name)?),
        None => export::side_file_among(&book)?,
    };
    let form = match args.form {
        Form::Terraform => ConfigurationForm::Terraform,
        Form::Rest => ConfigurationForm::Rest,
    };
    let mut compiled = compile(&export::documents(&book)?, &ids.unwrap_or_default(), args.to, form)?;
    compiled.losses = book.place(std::mem::take(&mut compiled.losses));
    let all: Vec<&Finding> = compiled.losses.iter().chain(&compiled.findings).collect();
    super::show(args.format.format, &all, &compiled, &Excerpts::of(&book, host.color), host)?;
    if let Some(folder) = &args.out {
        for (name, text) in &compiled.files {
            let name = format!("{}/{name}", folder.trim_end_matches('/'));
            export::write(host, &name, text)?;
            say(args, host, &name)?;
        }
    }
    say(args, host, &compiled.why)?;
    if args.out.is_none() {
        say(args, host, "nothing was written: say where with --out")?;
    }
    Ok(if args.strict && !all.is_empty() { FOUND } else { FINE })
}

/// A line for people.
fn say(args: &CompileArgs, host: &mut Host<'_>, line: &str) -> Result<(), Trouble> {
    if matches!(args.format.format, Format::Text | Format::Github) {
        writeln!(host.out, "{line}")?;
    }
    Ok(())
}
