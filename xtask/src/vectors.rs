//! The shared vectors: a transcript a room, run by three languages.
//!
//! A line that begins with `> ` asks: `> [name =] target [&handle..] [@file..] [<<] {arguments}`, where the target is
//! `Noun.method`, `name.method` of an earlier answer, or `function`. `@file` is the bytes of a file beside the
//! transcript; `<<` is the lines below that begin with `| `. Then `< text` is the exact answer, `! text` the exact
//! refusal. `Noun.from_json {document}` and `name.to_json` exist for every noun; `# title` begins anew.

use incident_core::call::{self, Answer, Given, Handle};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Runs a transcript and returns it with the answers as they are now.
pub(crate) fn run(transcript: &str, folder: &Path) -> String {
    let mut handles: BTreeMap<String, Handle> = BTreeMap::new();
    let mut out = String::new();
    let mut lines = transcript.lines().filter(|line| !line.starts_with(['<', '!'])).peekable();
    while let Some(line) = lines.next() {
        out += &format!("{line}\n");
        if line.starts_with('#') {
            handles.clear();
        }
        let Some(question) = line.strip_prefix("> ") else { continue };
        let mut inline = String::new();
        while let Some(text) = lines.next_if(|line| line.starts_with('|')) {
            out += &format!("{text}\n");
            inline += &format!("{}\n", text.strip_prefix("| ").unwrap_or_default());
        }
        match ask(question, &inline, folder, &mut handles) {
            Ok(text) => out += &format!("< {text}\n"),
            Err(error) => out += &format!("! {}\n", call::error_text(&error)),
        }
    }
    out
}

fn ask(
    question: &str,
    inline: &str,
    folder: &Path,
    handles: &mut BTreeMap<String, Handle>,
) -> incident_core::Result<String> {
    let (head, args) =
        question.split_once(" {").map_or((question, "{}".to_owned()), |(head, args)| (head, format!("{{{args}")));
    let (name, head) = head.split_once(" = ").map_or((None, head), |(name, head)| (Some(name), head));
    let mut words = head.split(' ');
    let path = words.next().unwrap_or_default();
    let (mut with, mut bytes) = (Vec::new(), Vec::new());
    for word in words {
        match (word, word.strip_prefix('&'), word.strip_prefix('@')) {
            (_, Some(other), _) => with.push(handles.get(other).unwrap_or_else(|| panic!("no `{other}`: {question}"))),
            (_, _, Some(file)) => {
                bytes.push(std::fs::read(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}")));
            }
            ("<<", ..) => bytes.push(inline.as_bytes().to_vec()),
            _ => panic!("bad word `{word}`: {question}"),
        }
    }
    let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
    let given = |this| Given { this, with: &with, bytes: &bytes, args: &args };
    let answer = match path.split_once('.').map(|(target, method)| (handles.get(target), target, method)) {
        Some((Some(this), _, "to_json")) => Answer::Text(this.to_json()?),
        Some((Some(this), _, method)) => call::call(&format!("{}.{method}", this.noun()), &given(Some(this)))?,
        Some((None, noun, "from_json")) => Answer::Handle(Handle::from_json(noun, &args)?),
        _ => call::call(path, &given(None))?,
    };
    match answer {
        Answer::Text(text) => Ok(text),
        Answer::Handle(handle) => {
            handles.insert(name.unwrap_or("_").to_owned(), handle);
            Ok("handle".to_owned())
        }
    }
}

/// Every transcript in `folder`, in order.
pub(crate) fn transcripts(folder: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| e.to_string())?;
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| std::fs::read_to_string(&path).map(|text| (path, text)).map_err(|e| e.to_string()))
        .collect()
}

/// Rewrites every answer; the difference is for a person to read.
pub(crate) fn bless(folder: &Path) -> Result<(), String> {
    for (path, text) in transcripts(folder)? {
        std::fs::write(&path, run(&text, folder)).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn vectors_hold() {
        let folder = crate::root().join("testdata");
        for (path, text) in super::transcripts(&folder).unwrap() {
            assert_eq!(super::run(&text, &folder), text, "{}: `cargo xtask bless`", path.display());
        }
    }
}
