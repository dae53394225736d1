//! How many tests a runner ran, by its closing lines.

use std::ops::Add;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Add for Counts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// `test result: ok. 3 passed; 0 failed; ..`, once a test binary.
pub(crate) fn cargo(output: &str) -> Counts {
    let lines = output.lines().filter(|line| line.starts_with("test result:"));
    lines
        .map(|line| Counts { passed: before(line, "passed"), failed: before(line, "failed") })
        .fold(Counts::default(), Add::add)
}

/// `1 failed, 3 passed, 1 error in 0.1s`, the last line.
pub(crate) fn pytest(output: &str) -> Counts {
    let closing = output.lines().rev().find(|line| {
        line.contains(" in ") && (line.contains("passed") || line.contains("failed") || line.contains("error"))
    });
    let closing = closing.unwrap_or_default();
    let failed = before(closing, "failed") + before(closing, "error") + before(closing, "errors");
    Counts { passed: before(closing, "passed"), failed }
}

/// `# pass 3` and `# fail 0`.
pub(crate) fn node(output: &str) -> Counts {
    let after = |word: &str| {
        let mut lines = output.lines().rev().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(word));
        lines.next().and_then(|number| number.trim().parse().ok()).unwrap_or_default()
    };
    Counts { passed: after("pass "), failed: after("fail ") }
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> u32 {
    let words: Vec<_> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: fn(&str) -> Counts, output: &str, passed: u32, failed: u32) {
        assert_eq!(count(output), Counts { passed, failed });
    }

    #[test]
    fn closing_lines_are_counted() {
        check(cargo, "test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 2 failed;", 4, 2);
        check(pytest, ".F.\n1 failed, 30 passed, 2 errors in 0.34s", 30, 3);
        check(pytest, "28 passed in 0.37s\n", 28, 0);
        check(node, "# tests 15\n# pass 13\n# fail 2\n", 13, 2);
        check(node, "nothing", 0, 0);
    }
}
