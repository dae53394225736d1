//! A page as text.

use super::columns;
use super::page::{Header, Line, Page};
use super::{COMMENT, quote, value, width};

impl Page {
    /// The text, with one line end at its end; nothing for a page without lines.
    pub(super) fn print(&self) -> String {
        let mut out = String::new();
        // Keys are aligned from one empty line to the next, whatever else stands between them.
        for block in self.lines.chunk_by(|_, below| !matches!(below, Line::Blank)) {
            print_block(block, &mut out);
        }
        out
    }
}

fn print_block(block: &[Line], out: &mut String) {
    let mut aligned = columns::align(block).into_iter();
    for line in block {
        match line {
            Line::Blank => {}
            Line::Comment(text) => out.push_str(text),
            Line::Header(header) => out.push_str(&print_header(header)),
            Line::Entry(entry) => {
                let (key, inside) = aligned.next().unwrap_or_default();
                let start = format!("{key} = ");
                let value = inside.unwrap_or_else(|| value::set(&entry.value, width(&start), 0, 0));
                out.push_str(&commented(format!("{start}{value}"), entry.comment.as_deref()));
            }
        }
        out.push('\n');
    }
}

fn print_header(Header { path, of_list, comment }: &Header) -> String {
    let path = quote::key(path);
    commented(if *of_list { format!("[[{path}]]") } else { format!("[{path}]") }, comment.as_deref())
}

/// Code, and the comment after it.
pub(super) fn commented(code: String, comment: Option<&str>) -> String {
    let Some(comment) = comment else { return code };
    let spaces = COMMENT.saturating_sub(width(last_line(&code))).max(3);
    format!("{code}{}{comment}", " ".repeat(spaces))
}

pub(super) fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}
