//! `check`: what is wrong, and with a base, what a change made wrong.

use incident_core::{Finding, Handbook, HandbookReport, Level, Moment};

use crate::args::{CheckArgs, Format};
use crate::host::Host;
use crate::load;
use crate::print::{self, Excerpts};
use crate::trouble::{Done, Trouble};
use crate::{FINE, FOUND};

pub(super) fn run(args: &CheckArgs, host: &mut Host<'_>) -> Done {
    host.progress("reading");
    let book = load::handbook(host, &args.files.files)?;
    let from = super::from(&args.from, host);
    let base = args.against.as_ref().map(|version| load::older(host, version, &args.files.files)).transpose()?;
    if let Some(code) = &args.explain {
        host.progress("");
        return explain(&book, from, code, host);
    }
    host.progress("looking at every minute");
    let report = book.report(Some(from), base.as_ref());
    host.progress("");
    let shown: Vec<&Finding> = findings(&report).filter(|it| args.notes || it.level != Level::Note).collect();
    match args.format.format {
        Format::Text => text(&book, &report, &shown, args.against.as_deref(), host)?,
        Format::Json => super::json(host, &report)?,
        Format::Github => {
            write!(host.out, "{}", print::github(&shown))?;
            report.teams.iter().try_for_each(|team| writeln!(host.out, "{}", team.why))?;
        }
        Format::Gitlab => super::json(host, &print::gitlab(&shown))?,
        Format::Markdown => write!(host.out, "{}", print::comment(&report, args.notes))?,
    }
    let fails = report.errors > 0 || args.strict && report.warnings > 0;
    Ok(if fails { FOUND } else { FINE })
}

fn findings(report: &HandbookReport) -> impl Iterator<Item = &Finding> {
    report.findings.iter().chain(report.teams.iter().flat_map(|team| &team.findings))
}

fn text(
    book: &Handbook,
    report: &HandbookReport,
    shown: &[&Finding],
    base: Option<&str>,
    host: &mut Host<'_>,
) -> Result<(), Trouble> {
    let excerpts = Excerpts::of(book, host.color);
    for finding in shown {
        writeln!(host.out, "{}\n", excerpts.show(finding))?;
    }
    for team in &report.teams {
        let quiet = team.errors + team.warnings + team.known == 0;
        match team.proofs.as_slice() {
            // A team alone may tell what was proved.
            [proof] if quiet && report.teams.len() == 1 => writeln!(host.out, "{proof}")?,
            _ => writeln!(host.out, "{}", team.why)?,
        }
        if let (Some(change), Some(base)) = (&team.change, base) {
            writeln!(host.out, "changed since {base}: {}", change.why)?;
        }
    }
    if report.teams.len() != 1 {
        writeln!(host.out, "{}", report.why)?;
    }
    if shown.iter().any(|finding| finding.level == Level::Error)
        && let Some(finding) = shown.iter().find(|finding| finding.facts.contains_key("spans"))
    {
        writeln!(host.out, "minute by minute: --explain {}", print::short(finding))?;
    }
    Ok(())
}

fn explain(book: &Handbook, from: Moment, code: &str, host: &mut Host<'_>) -> Done {
    let codes = incident_core::codes::named(code)?;
    let mut told = false;
    let mut refused = None;
    for team in book.teams() {
        for (name, policy) in book.policies_of(team.as_str())? {
            for meaning in &codes {
                match policy.explain(&book.world(Some(team.as_str()))?, from, meaning.code) {
                    Ok(text) => {
                        told = true;
                        writeln!(host.out, "{team}: {name}\n{text}")?;
                    }
                    Err(no) => refused = Some(no),
                }
            }
        }
    }
    match (told, refused) {
        (false, Some(no)) => Err(no.into()),
        (false, None) => Err(Trouble::Asked("there is no policy to explain it for".to_owned())),
        (true, _) => Ok(FINE),
    }
}
