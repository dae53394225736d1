//! The canonical Markdown: GitHub's, every text through the one escaping function.

use crate::text::escape::markdown as escape;

use super::block::{CellTable, Perspective, SectionBlock, Sentence};
use super::document::Document;

/// What a responder is asked where their account is missing.
const ACCOUNT: &str = "What did you see, think and do, and what made sense about it at the time?";

pub(super) fn write(retrospective: &Document) -> String {
    let mut out = format!("# Retrospective: {}\n\n", escape(&retrospective.title));
    out += &bullets(&retrospective.about);
    for section in &retrospective.sections {
        out += &format!("\n## {}\n", section.kind.heading());
        for block in &section.blocks {
            out.push('\n');
            out += &one(block);
        }
    }
    out
}

fn one(block: &SectionBlock) -> String {
    match block {
        SectionBlock::Prose(it) => format!("{}\n", joined(&it.sentences)),
        SectionBlock::Bullets(it) => bullets(&it.items),
        SectionBlock::CellTable(it) => table(it),
        SectionBlock::Topic(it) => format!("### {}\n", escape(&it.title)),
        SectionBlock::Perspective(it) => perspective(it),
        SectionBlock::Question(it) => question(&it.ask),
        SectionBlock::Unknown(it) => format!("{}\n", escape(&format!("({} of a later version)", it.name))),
    }
}

fn joined(sentences: &[Sentence]) -> String {
    escape(&sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" "))
}

fn bullets(items: &[Sentence]) -> String {
    items.iter().map(|item| format!("- {}\n", escape(&item.text))).collect()
}

fn table(table: &CellTable) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<_> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<_> = table.columns.iter().map(|_| "---".to_owned()).collect();
    let rows: String = table.rows.iter().map(|it| row(&it.cells)).collect();
    format!("{}| {} |\n{rows}", row(&table.columns), rule.join(" | "))
}

fn perspective(it: &Perspective) -> String {
    let mut out = format!("### {}\n\n{}\n\n", escape(it.person.as_str()), escape(&it.part.text));
    match (&it.account, &it.declined) {
        // An account may have paragraphs.
        (Some(account), _) => {
            let text = crate::text::escape::plain(&account.text);
            let paragraphs = text.split("\n\n").map(escape).filter(|paragraph| !paragraph.is_empty());
            out += &paragraphs.collect::<Vec<_>>().join("\n\n");
            out.push('\n');
        }
        (None, Some(declined)) => out += &format!("{}\n", escape(&declined.text)),
        (None, None) => out += &question(ACCOUNT),
    }
    out
}

fn question(ask: &str) -> String {
    format!("_{}_\n", escape(ask))
}
