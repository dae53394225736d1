//! Every command as somebody sees it: transcripts of calls, what is printed, and the exit code.
//!
//! A line `$ incident-core ...` is run in a copy of `samples/`, with an export of another tool as `export/` and the same, edited there, as `live/`; what stands below it is what has to come. Set
//! `INCIDENT_CORE_BLESS` to write down what comes instead.
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, clippy::indexing_slicing, reason = "tests")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use incident_cli::{Host, run};

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// What a call prints, and its exit code.
fn answer(line: &str, folder: &Path) -> String {
    let words = line.split_whitespace().map(|word| OsString::from(word.trim_matches('\'')));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut host = Host {
        out: &mut out,
        err: &mut err,
        now: "2026-12-10T12:00:00Z".parse().unwrap(),
        folder: folder.to_owned(),
        color: false,
        progress: false,
    };
    let code = run(words, &mut host);
    let mut told = String::from_utf8(out).unwrap();
    let err = String::from_utf8(err).unwrap();
    if !err.is_empty() {
        told.push_str(&format!("[stderr]\n{err}"));
    }
    if !told.is_empty() && !told.ends_with('\n') {
        told.push('\n');
    }
    // Spaces at the end of a line are nobody's concern.
    let told: String = told.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("{told}[exit {code}]\n")
}

/// One transcript, run anew.
fn again(name: &str, text: &str) -> String {
    let folder = std::env::temp_dir().join(format!("incident-core-{}-{name}", std::process::id()));
    let export = here("../../testdata/configuration/pagerduty_holes");
    ["export", "live"].iter().for_each(|name| copy(&export, &folder.join(name)));
    copy(&here("samples"), &folder);
    let mut all = String::new();
    for line in text.lines() {
        if line.starts_with("# ") {
            all.push_str(&format!("{}{line}\n", if all.is_empty() { "" } else { "\n" }));
        } else if let Some(call) = line.strip_prefix("$ ") {
            all.push_str(&format!("$ {call}\n{}", answer(call, &folder)));
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    all
}

#[test]
fn commands_print_what_they_printed() {
    let mut names: Vec<_> =
        std::fs::read_dir(here("transcripts")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut others = Vec::new();
    for name in names.iter().map(|name| name.to_string_lossy()) {
        let path = here("transcripts").join(&*name);
        let expected = std::fs::read_to_string(&path).unwrap();
        let told = again(&name, &expected);
        if std::env::var_os("INCIDENT_CORE_BLESS").is_some() {
            std::fs::write(&path, &told).unwrap();
        } else if told != expected {
            let line = told.lines().zip(expected.lines()).take_while(|(told, expected)| told == expected).count();
            let at = |text: &str| text.lines().skip(line.saturating_sub(2)).take(6).collect::<Vec<_>>().join("\n");
            others.push(format!("{name}:{}:\n--- expected\n{}\n--- told\n{}", line + 1, at(&expected), at(&told)));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n\n"));
}

/// Commands that nobody shows are commands that nobody looks at.
#[test]
fn every_command_is_shown_with_help_a_good_path_and_a_failure() {
    let mut shown = String::new();
    for entry in std::fs::read_dir(here("transcripts")).unwrap().map(Result::unwrap) {
        shown.push_str(&std::fs::read_to_string(entry.path()).unwrap());
    }
    let help = answer("incident-core --help", Path::new("."));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 7, "{help}");
    for command in commands {
        let call = format!("$ incident-core {command}");
        let calls = || shown.match_indices(&call).map(|(at, _)| &shown[at..]);
        let exits = |code: &str| {
            calls().any(|call| {
                let end = call.find("[exit ").map(|end| &call[end..]);
                end.is_some_and(|end| end.starts_with(&format!("[exit {code}]")))
            })
        };
        assert!(calls().any(|call| call.lines().next().unwrap().ends_with("--help")), "no help of {command}");
        assert!(exits("0"), "no good path of {command}");
        assert!(exits("1") || exits("2"), "no failure of {command}");
    }
}

#[test]
fn nothing_in_a_file_moves_the_cursor() {
    let folder = std::env::temp_dir().join(format!("incident-core-{}-hostile", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = "team = 'x'\n[areas]\n\"\\u001b[31mred\\u0007\" = { experts = ['\\u001b]0;title', \"\\u001b[2J\"] }\n";
    std::fs::write(folder.join("x.toml"), text).unwrap();
    for format in ["text", "github", "markdown", "gitlab", "json"] {
        let told = answer(&format!("incident-core check x.toml --format {format}"), &folder);
        assert!(!told.contains(['\u{1b}', '\u{7}']), "{format}: {told:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
