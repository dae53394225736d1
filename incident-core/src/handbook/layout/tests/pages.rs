//! Whole files.

use super::same;
use crate::{Format, Source, TeamDocument, format_document};

/// The file of a team as a person leaves it.
pub(super) const TEAM: &str = include_str!("team.toml");

/// The block of TOML in a Markdown file.
fn block(markdown: &str) -> String {
    let lines = markdown.lines().skip_while(|line| *line != "```toml").skip(1).take_while(|line| *line != "```");
    lines.map(|line| format!("{line}\n")).collect()
}

fn check_fixed(text: &str) {
    same(&format_document(text, Some(Format::Toml), None).unwrap(), text);
}

#[test]
fn what_is_in_form_stays_as_it_is() {
    check_fixed(TEAM);
    match std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/TEAM.md")) {
        Ok(text) => check_fixed(&block(&text)),
        Err(_) => eprintln!("skipped: ../shared/TEAM.md is not there"),
    }
}

#[test]
fn a_document_is_written_as_a_person_writes_it() {
    let team: TeamDocument = Source::parse(TEAM, Format::Toml).unwrap().read().unwrap();
    let without_comments: String = TEAM
        .lines()
        .map(|line| match line.split_once('#') {
            Some((code, _)) if !code.is_empty() => format!("{}\n", code.trim_end()),
            _ => format!("{line}\n"),
        })
        .collect();
    same(&team.to_toml(None).unwrap(), &without_comments);
}
