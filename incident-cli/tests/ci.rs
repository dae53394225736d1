//! The files of `examples/ci`: each call in them, in a repository where a change moves somebody and leaves a hole.
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, clippy::indexing_slicing, reason = "tests")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use incident_cli::{Host, run};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A repository whose change gives the nights hours, removed when it is dropped.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("incident-core-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("teams")).unwrap();
        let repository = Self(folder);
        let rules = std::fs::read_to_string(root().join("examples/data/payments.toml")).unwrap();
        let before = rules.replace("../../schemas", "../.schemas");
        repository.write("teams/payments.toml", &before);
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["add", "."]);
        let who = ["-c", "user.name=ana", "-c", "user.email=ana@shop.example", "-c", "commit.gpgsign=false"];
        repository.git(&[&who[..], &["commit", "-q", "-m", "Rules"]].concat());
        // What a checkout has of the branch that a change goes to.
        repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        let night = "zone    = \"America/Los_Angeles\"\n";
        let after = before.replace(night, &format!("{night}hours   = \"daily 11:00-23:00\"\n"));
        assert_ne!(after, before);
        repository.write("teams/payments.toml", &after);
        repository
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git").args(args).current_dir(&self.0).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn call(&self, line: &str) -> (u8, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut host = Host {
            out: &mut out,
            err: &mut err,
            now: "2026-03-16T06:00:00Z".parse().unwrap(),
            folder: self.0.clone(),
            color: false,
            progress: false,
        };
        let code = run(line.split_whitespace().map(OsString::from), &mut host);
        (code, String::from_utf8([out, err].concat()).unwrap())
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The calls in a file, as they are where the change goes to `main`.
fn calls(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("examples/ci").join(file)).unwrap();
    let call = |line: &str| {
        let call = line.split_once("incident-core ").map(|(_, rest)| rest)?;
        let command = ["check", "fmt"].iter().any(|name| call.starts_with(name));
        let end = ["|", ">"].iter().filter_map(|end| call.find(end)).min().unwrap_or(call.len());
        command.then(|| {
            format!("incident-core {}", call[..end].trim())
                .replace("\"origin/$BASE\"", "origin/main")
                .replace("FETCH_HEAD", "origin/main")
        })
    };
    text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(call).collect()
}

#[test]
fn every_call_finds_the_hole_that_a_change_leaves_and_nothing_of_what_was_there() {
    let repository = Repository::new("ci");
    for (file, expected) in [("github.yml", 4), ("gitlab.yml", 4), ("pre-commit-config.yaml", 2)] {
        let calls = calls(file);
        assert_eq!(calls.len(), expected, "{file}: {calls:?}");
        for call in calls {
            let (code, told) = repository.call(&call);
            if call.contains(" fmt") {
                assert_eq!((code, told.as_str()), (0, ""), "{file}: {call}");
            } else {
                assert_eq!(code, 1, "{file}: {call}: {told}");
                assert!(told.contains("coverage_hole"), "{file}: {call}: {told}");
                assert!(!call.contains("--against") || !told.contains("step_adds_nobody"), "{file}: {call}: {told}");
            }
        }
    }
}

#[test]
fn the_comment_says_who_moves() {
    let repository = Repository::new("comment");
    let (_, told) = repository.call("incident-core check . --against origin/main --format markdown");
    assert!(told.contains("**Who moves**"), "{told}");
    assert!(told.contains("| payments |"), "{told}");
}
