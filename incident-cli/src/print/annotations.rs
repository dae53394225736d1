//! What pull requests show beside the lines.

use incident_core::{Finding, Level};
use serde_json::{Value, json};

use super::{facts, short};

/// The commands that a workflow of GitHub takes for annotations.
pub(crate) fn github(findings: &[&Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let mut about = Vec::new();
        if let Some(at) = &finding.at {
            about.extend(at.file.iter().map(|file| format!("file={}", property(file))));
            about.push(format!("line={}", at.line));
            about.push(format!("col={}", at.column));
            about.push(format!("endColumn={}", at.column.saturating_add(at.length)));
        }
        about.push(format!("title={}", property(short(finding))));
        text.push_str(&format!("::{level} {}::{}\n", about.join(","), data(&body(finding))));
    }
    text
}

/// The message with when, what then, and how to mend it.
fn body(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(facts(finding).map(|(name, value)| format!("{name}: {value}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// As the message of a command is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As a property of a command is escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A report of code quality as GitLab reads it.
pub(crate) fn gitlab(findings: &[&Finding]) -> Value {
    let one = |finding: &&Finding| {
        let severity = match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note => "info",
        };
        let file = finding.at.as_ref().and_then(|at| at.file.clone()).unwrap_or_else(|| ".".to_owned());
        let line = finding.at.as_ref().map_or(1, |at| at.line);
        json!({
            "description": body(finding),
            "check_name": finding.code,
            "fingerprint": fingerprint(finding, &file),
            "severity": severity,
            "location": { "path": file, "lines": { "begin": line } },
        })
    };
    findings.iter().map(one).collect()
}

/// The same for the same finding, wherever its line is.
fn fingerprint(finding: &Finding, file: &str) -> String {
    // FNV-1a, 64 bits.
    let bytes = [finding.code.as_str(), file, &finding.path, &finding.message].join("\0");
    let hash = bytes
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
