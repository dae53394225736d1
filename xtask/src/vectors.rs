//! The shared vectors: a transcript a file, run by three languages.
//!
//! `> [name =] Noun.method|name.method [&handle..] {args}` asks, `< text` is the exact answer, `! text` the exact refusal.
//! `name = Noun.from_json {log}` and `name.to_json` are the two operations that every noun has.

use incident_core::call::{self, Answer, Handle};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs a transcript and returns it with the answers as they are now.
pub(crate) fn run(transcript: &str) -> String {
    let mut handles: BTreeMap<String, (String, Handle)> = BTreeMap::new();
    let mut out = String::new();
    for line in transcript.lines().filter(|line| !line.starts_with(['<', '!'])) {
        out += line;
        out.push('\n');
        if line.starts_with('#') {
            handles.clear();
        }
        let Some(question) = line.strip_prefix("> ") else { continue };
        let (head, args) =
            question.split_once(" {").map_or((question, "{}".to_owned()), |(head, args)| (head, format!("{{{args}")));
        let (name, head) = head.split_once(" = ").map_or((None, head), |(name, head)| (Some(name), head));
        let mut words = head.split(' ');
        let (target, method) =
            words.next().and_then(|path| path.split_once('.')).unwrap_or_else(|| panic!("bad line: {line}"));
        let with: Vec<&Handle> = words.map(|word| &handles[word.trim_start_matches('&')].1).collect();
        let this = handles.get(target);
        let noun = this.map_or(target, |(noun, _)| noun);
        let answer = match (method, this) {
            ("from_json", _) => Handle::from_json(noun, &args).map(Answer::Handle),
            ("to_json", Some((_, handle))) => handle.to_json().map(Answer::Text),
            _ => call::call(&format!("{noun}.{method}"), this.map(|(_, handle)| handle), &with, &args),
        };
        match answer {
            Ok(Answer::Text(text)) => out += &format!("< {text}\n"),
            Err(error) => out += &format!("! {}\n", call::error_text(&error)),
            Ok(Answer::Handle(handle)) => {
                out += "< handle\n";
                let noun = noun.to_owned();
                handles.insert(name.unwrap_or("_").to_owned(), (noun, handle));
            }
        }
    }
    out
}

/// Rewrites every answer; the difference is for a person to read.
pub(crate) fn bless(folder: &Path) -> Result<(), String> {
    for entry in std::fs::read_dir(folder).map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        std::fs::write(&path, run(&text)).map_err(|e| e.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn vectors_hold_and_produce_every_code() {
        let mut all = String::new();
        for entry in std::fs::read_dir(crate::root().join("testdata")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            assert_eq!(super::run(&text), text);
            all += &text;
        }
        // Only the facades can meet a value that is not JSON.
        let missing: Vec<_> = incident_core::ALL_CODES
            .iter()
            .map(|(code, _)| code.as_str())
            .filter(|code| *code != "contract.not_a_value" && !all.contains(&format!("\"{code}\"")))
            .collect();
        assert!(missing.is_empty(), "no vector produces {missing:?}");
    }
}
