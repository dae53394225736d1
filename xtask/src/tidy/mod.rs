//! What no compiler checks: floors, sizes, names, codes and habits. Each rule returns every place that breaks it.

mod contract;
mod imports;
mod text;

use std::path::Path;

/// Rules by name.
type Rule = (&'static str, fn(&Path) -> Vec<String>);

const RULES: &[Rule] = &[
    ("an import never goes up and never sideways", imports::upward),
    ("no file has more than 600 lines outside tests", text::long),
    ("no trailing space, forbidden macro or path of one machine", text::habits),
    ("no field of the contract is a Python keyword", contract::keywords),
    ("no type of the contract is declared twice", contract::twice),
    ("every code is produced by a vector or a test", contract::codes),
];

/// Prints what breaks a rule.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let broken: Vec<_> =
        RULES.iter().flat_map(|(name, rule)| rule(root).into_iter().map(move |at| format!("{name}: {at}"))).collect();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

/// A path as the reader knows it.
fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Whether a file holds tests only.
fn is_test(path: &str) -> bool {
    path.split('/').any(|step| ["tests", "test", "tests.rs", "benches"].contains(&step))
}

#[cfg(test)]
mod tests {
    macro_rules! rules {
        ($($name:ident: $rule:path;)*) => {$(
            #[test]
            fn $name() {
                let broken = $rule(&crate::root());
                assert!(broken.is_empty(), "{}", broken.join("\n"));
            }
        )*};
    }

    rules! {
        imports_never_go_up: super::imports::upward;
        files_are_short: super::text::long;
        habits_hold: super::text::habits;
        fields_are_no_keywords: super::contract::keywords;
        types_are_declared_once: super::contract::twice;
        codes_are_produced: super::contract::codes;
    }
}
