//! The comment of a pull request: who moves, what is wrong, what is proved.

use incident_core::text::escape;
use incident_core::{Finding, HandbookReport, Level, TeamReport};

use super::{facts, short};

/// Text that stays text.
pub(crate) fn text(text: &str) -> String {
    escape::markdown(text)
}

/// Text in a cell of a table.
fn cell(it: &str) -> String {
    text(it).replace('\n', " ")
}

/// A check as a comment.
pub(crate) fn comment(report: &HandbookReport, notes: bool) -> String {
    let mut out = String::new();
    let verdict = match (report.errors, report.warnings) {
        (0, 0) => "✅",
        (0, _) => "⚠️",
        _ => "❌",
    };
    out.push_str(&format!("### {verdict} On-call and escalation: {}\n\n", text(&report.why)));
    let moves: Vec<&TeamReport> = report.teams.iter().filter(|team| moves(team)).collect();
    if !moves.is_empty() {
        out.push_str("**Who moves**\n\n| team | what changes |\n|---|---|\n");
        for team in moves {
            let why = team.change.as_ref().map(|change| change.why.as_str()).unwrap_or_default();
            out.push_str(&format!("| {} | {} |\n", cell(team.team.as_str()), cell(why)));
        }
        out.push('\n');
    }
    let findings: Vec<&Finding> = report
        .findings
        .iter()
        .chain(report.teams.iter().flat_map(|team| &team.findings))
        .filter(|finding| notes || finding.level != Level::Note)
        .collect();
    if !findings.is_empty() {
        out.push_str("**Findings**\n\n");
        findings.iter().for_each(|finding| out.push_str(&item(finding)));
        out.push('\n');
    }
    for team in report.teams.iter().filter(|team| !team.proofs.is_empty()) {
        out.push_str(&format!("<details><summary>{}</summary>\n\n", escape::html(&team.why)));
        for proof in &team.proofs {
            out.push_str(&format!("```text\n{}\n```\n\n", fenced(&proof.to_string())));
        }
        out.push_str("</details>\n");
    }
    out
}

fn moves(team: &TeamReport) -> bool {
    team.change.as_ref().is_some_and(|change| {
        !(change.schedules.is_empty()
            && change.policies.is_empty()
            && change.added.is_empty()
            && change.removed.is_empty())
    })
}

/// A finding as an item of a list.
pub(crate) fn item(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => "**error**",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    let at = finding.at.as_ref().map(|at| format!(" ({})", text(&at.to_string()))).unwrap_or_default();
    let mut out = format!("- {level} `{}`: {}{at}\n", short(finding), text(&finding.message));
    for (name, value) in facts(finding) {
        out.push_str(&format!("  - {name}: {}\n", text(value)));
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!("  - help: {}\n", text(help)));
    }
    out
}

/// Text in a fence that nothing in it closes.
fn fenced(text: &str) -> String {
    text.replace("```", "` ` `")
}
