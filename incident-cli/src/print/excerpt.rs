//! Findings as a compiler prints them, with the lines in question.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Kind, Origin, Renderer, Snippet};
use incident_core::{Finding, Handbook, Level, Place};

use super::{facts, short};

/// The texts that findings are shown in.
pub(crate) struct Excerpts {
    texts: BTreeMap<String, String>,
    renderer: Renderer,
}

impl Excerpts {
    pub(crate) fn of(book: &Handbook, color: bool) -> Self {
        Self::new(book.sources().filter_map(|file| Some((file.name.clone()?, file.text.clone()))), color)
    }

    /// Of files by name.
    pub(crate) fn new(texts: impl IntoIterator<Item = (String, String)>, color: bool) -> Self {
        let texts = texts.into_iter().collect();
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        Self { texts, renderer }
    }

    /// A finding with its lines, when it is so, what happens then, and how to mend it.
    pub(crate) fn show(&self, finding: &Finding) -> String {
        let level = match finding.level {
            Level::Error => Kind::ERROR,
            Level::Warning => Kind::WARNING,
            Level::Note => Kind::NOTE,
        };
        let title = level.primary_title(finding.message.clone()).id(short(finding).to_owned());
        let readable = |(at, text): &(&Place, &str)| line(text, at).chars().nth(WIDEST).is_none();
        let mut group = match finding.at.as_ref().and_then(|at| Some((at, self.text(at)?))).filter(readable) {
            Some((at, text)) => title.element(self.snippet(finding, at, text)),
            None => match &finding.at {
                Some(at) => {
                    let file = at.file.clone().unwrap_or_default();
                    title.element(Origin::path(file).line(at.line as usize).char_column(at.column as usize))
                }
                None => Group::with_title(title),
            },
        };
        for (name, value) in facts(finding) {
            group = group.element(Kind::NOTE.with_name(name).message(plain(value)));
        }
        if let Some(help) = &finding.help {
            group = group.element(Kind::HELP.message(plain(help)));
        }
        self.renderer.render(&[group])
    }

    fn text(&self, at: &Place) -> Option<&str> {
        self.texts.get(at.file.as_deref()?).map(String::as_str)
    }

    fn snippet<'a>(
        &self,
        finding: &'a Finding,
        at: &'a Place,
        text: &'a str,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let here = |label: &&incident_core::FindingLabel| label.at.as_ref().is_some_and(|it| it.file == at.file);
        let said = finding.labels.iter().find(|label| label.at.as_ref() == Some(at)).map(|label| plain(&label.message));
        let primary = AnnotationKind::Primary.span(range(text, at)).label(said);
        let others = finding.labels.iter().filter(here).filter(|label| label.at.as_ref() != Some(at));
        let others = others.filter_map(|label| {
            let at = label.at.as_ref()?;
            Some(AnnotationKind::Context.span(range(text, at)).label(plain(&label.message)))
        });
        Snippet::source(text).path(at.file.clone()).annotation(primary).annotations(others)
    }
}

/// Nobody reads wider lines, such as those of files that programs write.
const WIDEST: usize = 200;

fn line<'a>(text: &'a str, at: &Place) -> &'a str {
    text.lines().nth(at.line.saturating_sub(1) as usize).unwrap_or_default()
}

/// Text in which nothing moves the cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A place as bytes.
fn range(text: &str, at: &Place) -> Range<usize> {
    let line = at.line.saturating_sub(1) as usize;
    let begins = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1).map_or(text.len(), |(newline, _)| newline + 1),
    };
    let rest = text.get(begins..).unwrap_or_default();
    let offset = |chars: usize| rest.char_indices().nth(chars).map_or(rest.len(), |(byte, _)| byte);
    let column = at.column.saturating_sub(1) as usize;
    begins + offset(column)..begins + offset(column + at.length as usize)
}
