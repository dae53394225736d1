//! `audit`: what is wrong with an export of another tool as it came.

use incident_core::interop::{ConfigurationAudit, audit};
use incident_core::{Finding, Level};

use crate::args::{AuditArgs, Format};
use crate::export::Export;
use crate::host::Host;
use crate::trouble::{Done, Trouble};
use crate::{FINE, FOUND, UNUSABLE};

pub(super) fn run(args: &AuditArgs, host: &mut Host<'_>) -> Done {
    host.progress("reading");
    let export = Export::read(host, &args.export, &args.read, None)?;
    host.progress("looking at half a year");
    let audit = audit(&export.files, &export.options, super::from(&args.from, host));
    host.progress("");
    let shown = |findings: &'_ [Finding]| -> Vec<Finding> {
        findings.iter().filter(|it| args.notes || it.level != Level::Note).cloned().collect()
    };
    let (wrong, unread, losses) = (shown(&audit.findings), shown(&audit.unread), shown(&audit.losses));
    let format = args.format.format;
    let excerpts = export.excerpts(host.color);
    match format {
        Format::Text => {
            inventory(&audit, host)?;
            let parts =
                [("", &wrong), ("what could not be read:\n\n", &unread), ("what files cannot say:\n\n", &losses)];
            for (heading, findings) in parts.into_iter().filter(|(_, findings)| !findings.is_empty()) {
                write!(host.out, "{heading}")?;
                super::show(format, &findings.iter().collect::<Vec<_>>(), &audit, &excerpts, host)?;
            }
            writeln!(host.out, "{}", audit.why)?;
        }
        _ => {
            let all: Vec<&Finding> = wrong.iter().chain(&unread).chain(&losses).collect();
            super::show(format, &all, &audit, &excerpts, host)?;
        }
    }
    let has = |level| audit.findings.iter().chain(&audit.unread).any(|finding| finding.level == level);
    Ok(match (audit.tools.is_empty(), has(Level::Error) || args.strict && has(Level::Warning)) {
        (true, _) => UNUSABLE,
        (false, true) => FOUND,
        (false, false) => FINE,
    })
}

/// What there is.
fn inventory(audit: &ConfigurationAudit, host: &mut Host<'_>) -> Result<(), Trouble> {
    for tool in &audit.tools {
        writeln!(host.out, "{}", tool.label())?;
        let lines: Vec<_> = audit.inventory.iter().filter(|line| line.tool == *tool).collect();
        let width = lines.iter().map(|line| line.kind.chars().count()).max().unwrap_or_default();
        for line in lines {
            let names = line.names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
            let more = line.names.len().saturating_sub(NAMES);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let text = format!("  {:width$}  {:>4}  {names}{more}", line.kind, line.count);
            writeln!(host.out, "{}", text.trim_end())?;
        }
    }
    writeln!(host.out)?;
    Ok(())
}

/// So many names are told one by one.
const NAMES: usize = 6;
