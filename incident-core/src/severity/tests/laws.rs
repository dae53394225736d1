//! Laws over random small schemes, each against brute force over every situation.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::*;
use crate::codes;
use crate::condition::{Condition, Fact, Facts, Operator, Truth, Vocabulary, Worse};
use crate::decode;

/// A fact: its name, tests of it, and values in an order that gets worse, where it has one.
type Sample = (&'static str, &'static [&'static str], &'static [&'static str], bool);

const SAMPLES: [Sample; 5] = [
    (
        "loss",
        &[r#""full""#, r#"">= part""#, r#""<= part""#, r#""part""#],
        &[r#""none""#, r#""part""#, r#""full""#],
        true,
    ),
    ("share", &[r#"">= 5%""#, r#"">= 25%""#, r#""<= 5%""#], &["0", "0.05", "0.1", "0.25"], true),
    ("cause", &[r#""deploy""#, r#""load""#], &[r#""deploy""#, r#""load""#], false),
    ("ok", &["true", "false"], &["true", "false"], true),
    ("areas", &[r#""a""#, r#""b""#], &["[]", r#"["a"]"#, r#"["b"]"#, r#"["a","b"]"#], true),
];

const SEVERITIES: [&str; 4] = ["s1", "s2", "s3", "s4"];

fn vocabulary() -> Vocabulary {
    let facts = [
        ("loss", Fact::ordered(["none", "part", "full"]).unwrap().worse(Worse::Higher)),
        ("share", Fact::share().worse(Worse::Higher)),
        ("cause", Fact::choice(["deploy", "load"]).unwrap()),
        ("ok", Fact::flag().worse(Worse::Lower)),
        ("areas", Fact::names().worse(Worse::Higher)),
    ];
    facts.into_iter().fold(Vocabulary::new(), |all, (name, fact)| all.with(name, fact).unwrap())
}

/// A rule: a few tests of which all hold, one of them perhaps turned round.
fn rule() -> impl Strategy<Value = String> {
    let test = (0..SAMPLES.len(), 0_usize..4, prop::bool::weighted(0.15));
    prop::collection::vec(test, 1..4).prop_map(|tests| {
        let parts = tests.into_iter().map(|(fact, test, turned)| {
            let (name, tests, ..) = SAMPLES[fact];
            let one = format!(r#"{{"{name}":{}}}"#, tests[test % tests.len()]);
            if turned { format!(r#"{{"not":{one}}}"#) } else { one }
        });
        format!(r#"{{"all":[{}]}}"#, parts.collect::<Vec<_>>().join(","))
    })
}

/// Three or four severities with up to three rules each; the last one perhaps for everything else.
fn schemes() -> impl Strategy<Value = String> {
    let rules = prop::collection::vec(prop::collection::vec(rule(), 0..4), 2..4);
    let policy = prop_oneof![Just(r#""pending""#), Just(r#"{"assume":"s2"}"#), Just(r#"{"default":"s1"}"#)];
    (rules, any::<bool>(), policy).prop_map(|(rules, last, policy)| {
        let count = rules.len() + usize::from(last);
        let tables =
            rules.iter().zip(SEVERITIES).map(|(rules, name)| format!(r#""{name}":{{"when":[{}]}}"#, rules.join(",")));
        let order: Vec<_> = SEVERITIES.iter().take(count).map(|name| format!("\"{name}\"")).collect();
        let tables: Vec<_> = tables.collect();
        format!(r#"{{"order":[{}],"unknown":{policy},{}}}"#, order.join(","), tables.join(","))
    })
}

fn scheme(text: &str) -> SeverityScheme {
    SeverityScheme::of(decode::from_text(text).unwrap(), &vocabulary()).unwrap()
}

/// The samples that a scheme asks for.
fn asked(scheme: &SeverityScheme) -> Vec<Sample> {
    let facts: BTreeSet<&str> = scheme.rules().iter().flat_map(|rule| rule.condition.facts()).collect();
    SAMPLES.into_iter().filter(|(name, ..)| facts.contains(name)).collect()
}

type Situation = BTreeMap<&'static str, usize>;

/// Every way to give each of these facts a value, from what is given already.
fn situations(samples: &[Sample], given: &Situation) -> Vec<Situation> {
    samples.iter().fold(vec![given.clone()], |all, (name, _, values, _)| {
        let with = |it: &Situation, value| it.iter().map(|(k, v)| (*k, *v)).chain([(*name, value)]).collect();
        let fill = |it: Situation| -> Vec<Situation> {
            if it.contains_key(name) { vec![it] } else { (0..values.len()).map(|value| with(&it, value)).collect() }
        };
        all.into_iter().flat_map(fill).collect()
    })
}

fn facts(situation: &Situation) -> Facts {
    let value = |name: &str, at: usize| SAMPLES.iter().find(|it| it.0 == name).unwrap().2[at];
    let entries: Vec<_> = situation.iter().map(|(name, at)| format!(r#""{name}":{}"#, value(name, *at))).collect();
    serde_json::from_str(&format!("{{{}}}", entries.join(","))).unwrap()
}

/// The rank of a situation by its rules alone, of which some are left out.
fn rank(scheme: &SeverityScheme, facts: &Facts, without: &[usize]) -> usize {
    let rules = scheme.rules().iter().enumerate().filter(|(at, _)| !without.contains(at));
    let holds = rules.filter(|(_, rule)| rule.condition.holds(facts).unwrap() == Truth::True);
    holds.map(|(_, rule)| rule.rank).min().unwrap_or(scheme.order().len())
}

/// Whether one value is at most as bad as another.
fn at_most_as_bad(sample: &Sample, one: usize, other: usize) -> bool {
    match sample.0 {
        "areas" => one & other == one,
        _ if sample.3 => one <= other,
        _ => one == other,
    }
}

fn partial() -> impl Strategy<Value = Situation> {
    prop::collection::vec(prop::option::weighted(0.4, 0_usize..4), SAMPLES.len()).prop_map(|choice| {
        SAMPLES.iter().zip(choice).filter_map(|(sample, pick)| Some((sample.0, pick? % sample.2.len()))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn checks_agree_with_brute_force(text in schemes()) {
        let scheme = scheme(&text);
        let samples = asked(&scheme);
        let all: Vec<_> = situations(&samples, &Situation::new()).into_iter().map(|it| (facts(&it), it)).collect();
        let ranks: BTreeMap<_, _> = all.iter().map(|(facts, it)| (it.clone(), rank(&scheme, facts, &[]))).collect();
        let found = scheme.check();
        let of = |code| found.iter().filter(move |it| it.code == code);

        // Total, and every combination is classified.
        let none = scheme.order().len();
        let total = ranks.values().all(|rank| *rank < none);
        prop_assert_eq!(of(codes::NOT_TOTAL).count(), usize::from(!total), "{}", text);
        for (facts, it) in all.iter().step_by(5) {
            let answer = scheme.classify(facts).unwrap();
            prop_assert_eq!(answer.severity.as_ref(), scheme.severity(ranks[it]));
            prop_assert!(answer.settled && answer.questions.is_empty());
        }

        // Monotone: one fact worse, the others equal.
        let mut falls = BTreeSet::new();
        for (it, rank) in &ranks {
            for sample in &samples {
                for value in 0..sample.2.len() {
                    let mut worse = it.clone();
                    worse.insert(sample.0, value);
                    if at_most_as_bad(sample, it[sample.0], value) && ranks[&worse] > *rank {
                        falls.insert(sample.0);
                    }
                }
            }
        }
        let told: BTreeSet<_> = of(codes::NOT_MONOTONE).map(|it| it.facts["fact"].as_str()).collect();
        prop_assert_eq!(told, falls, "{}", text);
        for finding in of(codes::NOT_MONOTONE) {
            let side = |name: &str| rank(&scheme, &serde_json::from_str(&finding.facts[name]).unwrap(), &[]);
            prop_assert!(side("witness") < side("worse_witness"), "{:?}", finding);
        }

        // Every severity is given.
        let by_default = scheme.unknown().named().filter(|(key, _)| *key == "default").map(|(_, it)| it.clone());
        let lost: Vec<_> = scheme.order().iter().enumerate()
            .filter(|(rank, it)| !ranks.values().any(|other| other == rank) && Some(*it) != by_default.as_ref())
            .map(|(rank, _)| format!("/order/{rank}")).collect();
        prop_assert_eq!(of(codes::UNREACHABLE_SEVERITY).map(|it| it.path.clone()).collect::<Vec<_>>(), lost);

        // Every rule decides: from the last backwards, leaving out what changes nothing.
        let mut without = Vec::new();
        for at in (0..scheme.rules().len()).rev() {
            let rule = &scheme.rules()[at];
            let tried: Vec<_> = without.iter().copied().chain([at]).collect();
            // Other rules of the same rank or a worse one decide already.
            let changes = all.iter().any(|(facts, it)| ranks[it] == rule.rank && rank(&scheme, facts, &tried) != rule.rank);
            if !changes && !rule.otherwise {
                without = tried;
            }
        }
        without.sort_unstable();
        let undecided = |it: &&crate::Finding| it.code == codes::UNREACHABLE_RULE || it.code == codes::REDUNDANT_RULE;
        let told: Vec<_> = found.iter().filter(undecided).map(|it| it.path.clone()).collect();
        prop_assert_eq!(told, without.iter().map(|at| scheme.rules()[*at].path.clone()).collect::<Vec<_>>(), "{}", text);
        prop_assert_eq!(found.iter().any(|it| it.code == codes::TOO_MANY), false);
    }

    #[test]
    fn monotone_schemes_never_answer_worse_with_milder(text in schemes(), one in partial(), other in partial()) {
        let scheme = scheme(&text);
        prop_assume!(!scheme.check().iter().any(|it| it.code == codes::NOT_MONOTONE));
        let samples = asked(&scheme);
        let complete = |it: &Situation| -> Situation {
            samples.iter().map(|sample| (sample.0, it.get(sample.0).copied().unwrap_or_default())).collect()
        };
        let (one, other) = (complete(&one), complete(&other));
        prop_assume!(samples.iter().all(|sample| at_most_as_bad(sample, one[sample.0], other[sample.0])));
        prop_assert!(rank(&scheme, &facts(&other), &[]) <= rank(&scheme, &facts(&one), &[]));
    }

    #[test]
    fn questions_settle_and_are_the_fewest(text in schemes(), known in partial()) {
        let scheme = scheme(&text);
        let samples = asked(&scheme);
        let known: Situation = known.into_iter().filter(|(name, _)| samples.iter().any(|it| it.0 == *name)).collect();
        let answer = scheme.classify(&facts(&known)).unwrap();
        let all: Vec<_> = situations(&samples, &known).into_iter().map(|it| (rank(&scheme, &facts(&it), &[]), it)).collect();
        let open: Vec<_> = samples.iter().map(|it| it.0).filter(|name| !known.contains_key(name)).collect();
        let settles = |asked: &[&str]| {
            let mut by_answer: BTreeMap<Vec<usize>, BTreeSet<usize>> = BTreeMap::new();
            for (rank, it) in &all {
                by_answer.entry(asked.iter().map(|name| it[name]).collect()).or_default().insert(*rank);
            }
            by_answer.values().all(|ranks| ranks.len() == 1)
        };
        let questions: Vec<_> = answer.questions.iter().map(|it| it.fact.as_str()).collect();
        prop_assert!(settles(&questions), "{} {:?}", text, questions);
        for subset in 0_u32..1 << open.len() {
            let asked: Vec<_> = open.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0).map(|(_, it)| *it).collect();
            prop_assert!(asked.len() >= questions.len() || !settles(&asked), "{} {:?} {:?}", text, questions, asked);
        }

        // Bounds, settledness and what could raise it.
        let ranks: BTreeSet<_> = all.iter().map(|(rank, _)| *rank).collect();
        prop_assert_eq!(answer.settled, ranks.len() == 1);
        prop_assert_eq!(answer.bounds.worst.as_ref(), scheme.severity(*ranks.first().unwrap()));
        prop_assert_eq!(answer.bounds.best.as_ref(), scheme.severity(*ranks.last().unwrap()));
        let now = answer.severity.as_ref().map_or(scheme.order().len(), |it| scheme.rank(it).unwrap());
        let mut raises: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &open {
            for (rank, it) in all.iter().filter(|(rank, _)| *rank < now) {
                let differs = |other: &Situation| it.iter().all(|(k, v)| k == name || other[k] == *v);
                if all.iter().any(|(other, its)| other > rank && differs(its)) {
                    let worst = raises.entry(name).or_insert(*rank);
                    *worst = (*rank).min(*worst);
                }
            }
        }
        let told: BTreeMap<&str, usize> =
            answer.bounds.raises.iter().map(|it| (it.fact.as_str(), scheme.rank(&it.to).unwrap())).collect();
        prop_assert_eq!(told, raises, "{} {:?}", text, known);

        // The answer is possible, unless it is taken by default.
        if answer.basis != ClassificationBasis::Default {
            prop_assert!(answer.severity.is_none() || ranks.contains(&now));
        }
        // Answered, the severity is as worst and best said.
        for (rank, it) in all.iter().step_by(9) {
            let then = scheme.classify(&facts(it)).unwrap();
            prop_assert_eq!(then.severity.as_ref(), scheme.severity(*rank));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whether_something_is_known_counts_too(text in schemes(), asks in prop::collection::vec((0_usize..5, any::<bool>()), 1..3), known in partial()) {
        // One more rule of the worst severity, which asks what is known.
        let mut tests: Vec<_> = asks.iter().map(|(fact, known)| {
            format!(r#"{{"{}":"{}"}}"#, SAMPLES[*fact].0, if *known { "known" } else { "unknown" })
        }).collect();
        tests.push(r#"{"loss":">= part"}"#.to_owned());
        let rule = format!(r#""s1":{{"when":[{{"all":[{}]}},"#, tests.join(","));
        let text = text.replacen(r#""s1":{"when":["#, &rule, 1).replace(",]", "]");
        let scheme = scheme(&text);
        let samples = self::asked(&scheme);
        let known: Situation = known.into_iter().filter(|(name, _)| samples.iter().any(|it| it.0 == *name)).collect();
        let all = situations(&samples, &known);
        let open: Vec<_> = samples.iter().map(|it| it.0).filter(|name| !known.contains_key(name)).collect();
        let given: BTreeSet<&str> = known.keys().copied().collect();
        let settles = |asked: &[&'static str]| {
            let now: BTreeSet<&str> = given.iter().copied().chain(asked.iter().copied()).collect();
            let mut by_answer: BTreeMap<Vec<usize>, BTreeSet<usize>> = BTreeMap::new();
            for it in &all {
                let rank = rank_knowing(&scheme, it, &now);
                by_answer.entry(asked.iter().map(|name| it[name]).collect()).or_default().insert(rank);
            }
            by_answer.values().all(|ranks| ranks.len() == 1)
        };
        let answer = scheme.classify(&facts(&known)).unwrap();
        let questions: Vec<&'static str> =
            answer.questions.iter().map(|it| *open.iter().find(|name| **name == it.fact).unwrap()).collect();
        prop_assert_eq!(answer.settled, settles(&[]), "{} {:?}", text, known);
        prop_assert!(settles(&questions), "{} {:?} {:?}", text, known, questions);
        for subset in 0_u32..1 << open.len() {
            let asked: Vec<_> = open.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0).map(|(_, it)| *it).collect();
            prop_assert!(asked.len() >= questions.len() || !settles(&asked), "{} {:?} {:?}", text, questions, asked);
        }
        // Total, whatever is known.
        let everything = situations(&samples, &Situation::new());
        let names: Vec<_> = samples.iter().map(|it| it.0).collect();
        let none = scheme.order().len();
        let gap = (0_u32..1 << names.len()).any(|subset| {
            let now = names.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0).map(|(_, it)| *it).collect();
            everything.iter().any(|it| rank_knowing(&scheme, it, &now) == none)
        });
        prop_assert_eq!(scheme.check().iter().any(|it| it.code == codes::NOT_TOTAL), gap, "{}", text);
    }
}

/// The rank of a situation of which only some facts are known: tests look at the world, `known` at what is known.
fn rank_knowing(scheme: &SeverityScheme, it: &Situation, known: &BTreeSet<&str>) -> usize {
    fn holds(condition: &Condition, it: &Situation, known: &BTreeSet<&str>) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| holds(part, it, known)),
            Condition::Any(parts) => parts.iter().any(|part| holds(part, it, known)),
            Condition::Not(part) => !holds(part, it, known),
            Condition::Test(test) => match &test.operator {
                Operator::Exists(wanted) => known.contains(test.fact.as_str()) == *wanted,
                _ => condition.bind(&vocabulary()).unwrap().holds(&facts(it)).unwrap() == Truth::True,
            },
            Condition::Within(_) => false,
        }
    }
    let order = scheme.order();
    let found = order.iter().position(|severity| {
        let when = scheme.definition(severity).and_then(|it| it.when.as_ref());
        let last = order.last() == Some(severity);
        when.map_or(last, |when| holds(when, it, known))
    });
    found.unwrap_or(order.len())
}
