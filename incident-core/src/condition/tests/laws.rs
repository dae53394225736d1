//! Laws over random conditions, against brute force over every situation they can tell apart.

use proptest::prelude::*;

use super::super::*;
use super::vocabulary;
use crate::condition::space::{Space, Step};

/// Some tests of each fact, and values that fall into every class those tests can make.
const TESTS: [(&str, &[&str], &[&str]); 7] = [
    (
        "loss",
        &[r#""full""#, r#"">= degraded""#, r#""<= degraded""#, r#"["none","full"]"#],
        &[r#""none""#, r#""degraded""#, r#""partial""#, r#""full""#],
    ),
    ("cause", &[r#""deploy""#, r#"["deploy","load"]"#], &[r#""deploy""#, r#""load""#]),
    (
        "host",
        &[r#""db-*""#, r#""db-1*""#, r#""db-1""#, r#""web""#],
        &[r#""db-""#, r#""db-1""#, r#""db-12""#, r#""web""#, r#""other""#],
    ),
    (
        "areas",
        &[r#""a""#, r#""b""#, r#""a*""#],
        &[
            "[]",
            r#"["a"]"#,
            r#"["ax"]"#,
            r#"["b"]"#,
            r#"["a","b"]"#,
            r#"["ax","b"]"#,
            r#"["a","ax"]"#,
            r#"["a","ax","b","c"]"#,
        ],
    ),
    (
        "customers",
        &[r#"">= 5%""#, r#""<= 5%""#, r#"">= 25%""#, r#""10%""#],
        &["0", "0.05", "0.07", "0.1", "0.2", "0.25", "1"],
    ),
    ("alerts", &[r#"">= 3""#, r#""<= 4""#, "4", r#"">= 0""#], &["0", "3", "4", "5"]),
    ("vip", &["true", "false", r#""known""#, r#""unknown""#], &["true", "false"]),
];

fn leaf() -> impl Strategy<Value = String> {
    (0..TESTS.len()).prop_flat_map(|fact| {
        let (name, tests, _) = TESTS[fact];
        (0..tests.len()).prop_map(move |test| format!(r#"{{"{name}":{}}}"#, tests[test]))
    })
}

/// Conditions in both forms, mixed.
pub(crate) fn conditions() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several().prop_map(|parts| format!("[{}]", parts.join(","))),
            several().prop_map(|parts| format!(r#"{{"all":[{}]}}"#, parts.join(","))),
            inner.clone().prop_map(|part| format!(r#"{{"not":{part}}}"#)),
            (inner.clone(), several())
                .prop_map(|(part, parts)| format!(r#"{{"not":{part},"any":[{}]}}"#, parts.join(","))),
        ]
    })
}

fn parse(text: &str) -> Condition {
    text.parse().unwrap()
}

/// Every way to know everything a condition asks for, starting from what is known.
fn completions(bound: &BoundCondition, known: &Facts) -> Vec<Facts> {
    let mut all = vec![known.clone()];
    for (name, _, values) in TESTS {
        if bound.facts().any(|it| it == name) && known.value(name).is_none() {
            let with = |facts: &Facts, value: &str| {
                let one: Facts = serde_json::from_str(&format!(r#"{{"{name}":{value}}}"#)).unwrap();
                facts.clone().with(name, one.value(name).unwrap().clone())
            };
            all = all.iter().flat_map(|facts| values.iter().map(move |value| with(facts, value))).collect();
        }
    }
    all
}

fn has_existence(condition: &Condition) -> bool {
    condition.tests().iter().any(|test| matches!(test.operator, Operator::Exists(_)))
}

/// Some facts known, by choosing for each a value or none.
fn partial() -> impl Strategy<Value = Facts> {
    prop::collection::vec(prop::option::of(0_usize..8), TESTS.len()).prop_map(|choice| {
        let known = TESTS.iter().zip(choice).filter_map(|((name, _, values), pick)| {
            pick.map(|pick| format!(r#""{name}":{}"#, values[pick % values.len()]))
        });
        serde_json::from_str(&format!("{{{}}}", known.collect::<Vec<_>>().join(","))).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_forms_survive(text in conditions()) {
        let condition = parse(&text);
        let long = serde_json::to_string(&condition).unwrap();
        prop_assert_eq!(&parse(&long), &condition);
        let short = condition.to_short();
        prop_assert_eq!(&parse(&short), &condition, "{}", short);
        prop_assert_eq!(parse(&short).to_short(), short);
    }

    #[test]
    fn certain_stays_certain(text in conditions(), known in partial()) {
        let condition = parse(&text);
        prop_assume!(!has_existence(&condition));
        let bound = condition.bind(&vocabulary()).unwrap();
        let now = bound.holds(&known).unwrap();
        for facts in completions(&bound, &known).into_iter().take(2_000) {
            let then = bound.holds(&facts).unwrap();
            prop_assert_ne!(then, Truth::Unknown);
            prop_assert!(now == Truth::Unknown || then == now, "{} {:?}", text, facts);
        }
    }

    #[test]
    fn classes_tell_what_brute_force_tells(text in conditions()) {
        let condition = parse(&text);
        prop_assume!(!has_existence(&condition));
        let bound = condition.bind(&vocabulary()).unwrap();
        let everything = completions(&bound, &Facts::new());
        prop_assume!(everything.len() <= 5_000);
        let brute: Vec<bool> = everything.iter().map(|facts| bound.holds(facts).unwrap() == Truth::True).collect();
        let found = condition.check(&vocabulary());
        let always = condition != Condition::always() && brute.iter().all(|it| *it);
        prop_assert_eq!(found.iter().any(|it| it.code == crate::codes::NEVER_HOLDS), !brute.contains(&true));
        prop_assert_eq!(found.iter().any(|it| it.code == crate::codes::ALWAYS_HOLDS), always);

        // Each part of the partition is decided, and its witness agrees with it.
        let space = Space::of([&bound]);
        let formula = space.formula(&bound);
        let cells = space.partition(space.everything(), |cell| match formula.undecided(cell) {
            Some((at, accepted)) => Step::Split(at, accepted),
            None => Step::Decided(formula.truth(cell)),
        });
        for (cell, truth) in cells.unwrap() {
            prop_assert_eq!(bound.holds(&space.facts(&cell)).unwrap(), truth, "{:?}", space.facts(&cell));
        }
        // Known facts lie in a cell that says what they say.
        for facts in everything.iter().take(200) {
            let (space, cell) = Space::of_facts(&[&bound], facts, |_| None).unwrap();
            prop_assert_eq!(space.formula(&bound).truth(&cell), bound.holds(facts).unwrap());
        }
    }
}
