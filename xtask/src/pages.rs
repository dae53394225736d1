//! Programs in the documentation: the fenced blocks of `README.md` and `docs/*.md`.
//!
//! The blocks of one language in one page are one program, in order; one that says `no_run` or `ignore` after its
//! language is only read. Rust's own blocks are doc tests, each by itself.

use std::path::{Path, PathBuf};

/// The pages, by name.
pub(crate) fn pages(root: &Path) -> Vec<(String, String)> {
    let docs = std::fs::read_dir(root.join("docs")).into_iter().flatten().filter_map(Result::ok).map(|it| it.path());
    let mut paths: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    paths.sort();
    let all = [root.join("README.md")].into_iter().chain(paths);
    all.filter_map(|path| {
        let name = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        Some((name, std::fs::read_to_string(&path).ok()?))
    })
    .collect()
}

/// The pages that have a program in `language`, with it.
pub(crate) fn programs(root: &Path, language: &str) -> Vec<(String, String)> {
    let pages = pages(root).into_iter().map(|(name, text)| (name, program(&text, language)));
    pages.filter(|(_, program)| !program.trim().is_empty()).collect()
}

/// The blocks of a page in `language`, with empty lines for everything else, so that line numbers hold.
fn program(page: &str, language: &str) -> String {
    let mut inside = None;
    let mut out = String::new();
    for line in page.lines() {
        let fence = line.trim_start().strip_prefix("```");
        let text = match (fence, inside) {
            (Some(_), Some(_)) => {
                inside = None;
                ""
            }
            (Some(head), None) => {
                let mut words = head.split([' ', ',']);
                let ours = words.next() == Some(language) && !words.any(|word| ["no_run", "ignore"].contains(&word));
                inside = Some(ours);
                ""
            }
            (None, Some(true)) => line,
            _ => "",
        };
        out += text;
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_program_is_the_blocks_of_a_page() {
        let page = "# Page\n```python\na = 1\n```\n```python no_run\nb\n```\n```ts\nc\n```\n```python\nprint(a)\n```\n";
        assert_eq!(super::program(page, "python"), "\n\na = 1\n\n\n\n\n\n\n\n\nprint(a)\n\n");
        assert_eq!(super::program(page, "ts").trim(), "c");
    }
}
