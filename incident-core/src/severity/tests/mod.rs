//! Severity: a file as a team writes it, what it answers, what checks find, and the laws.

mod laws;

use super::*;
use crate::condition::{Fact, Facts, Vocabulary, Worse};
use crate::error::{Error, Result};
use crate::id::SeverityId;
use crate::text::{Format, Source};

/// The facts of the team's file.
fn vocabulary() -> Vocabulary {
    let happened = |words: &str, ask: &str| {
        Fact::ordered(["confirmed_not", "occurred"]).unwrap().worse(Worse::Higher).words("occurred", words).ask(ask)
    };
    let loss = Fact::ordered(["none", "degraded", "partial", "full"]).unwrap().worse(Worse::Higher);
    let facts = [
        ("loss", loss.label("the disruption")),
        (
            "customers",
            Fact::share()
                .worse(Worse::Higher)
                .words("at_least", "at least {} of customers are affected")
                .words("is", "{} of customers are affected")
                .ask("what share of customers is affected?"),
        ),
        ("areas", Fact::names().worse(Worse::Higher).words("contains", "{} is affected")),
        ("data_lost", happened("data was lost", "was any data lost?")),
        ("data_exposed", happened("data was exposed", "was any data exposed?")),
    ];
    facts.into_iter().fold(Vocabulary::new(), |all, (name, fact)| all.with(name, fact).unwrap())
}

const TEAM: &str = r#"
order   = ["sev1", "sev2", "sev3"]
unknown = { assume = "sev2", settle_within = "10m" }

[sev1]
when = [{ data_lost = "occurred" }, { data_exposed = "occurred" }, { loss = "full", customers = ">= 25%" }]
owes = { acknowledge = "5m", roles = ["commander", "communications", "scribe"], retrospective = "5 business days" }
[sev2]
when = [{ loss = ">= partial", customers = ">= 5%" }, { areas = "ledger", loss = ">= degraded" }]
owes = { acknowledge = "15m", roles = ["commander"], retrospective = "10 business days" }
[sev3]                        # everything else
owes = { acknowledge = "1 business day" }
"#;

fn read(text: &str, vocabulary: &Vocabulary) -> Result<SeverityScheme> {
    SeverityScheme::read(&Source::parse(text, Format::Toml)?.named("scheme.toml"), vocabulary)
}

fn facts(text: &str) -> Facts {
    serde_json::from_str(text).unwrap()
}

fn id(name: &str) -> SeverityId {
    SeverityId::new(name).unwrap()
}

fn answer(facts: &str) -> Classification {
    read(TEAM, &vocabulary()).unwrap().classify(&self::facts(facts)).unwrap()
}

#[test]
fn a_teams_file_loads_checks_and_comes_back() {
    let scheme = read(TEAM, &vocabulary()).unwrap();
    assert_eq!(scheme.check(), []);
    let back = SeverityScheme::from_json(&scheme.to_json().unwrap()).unwrap();
    assert_eq!(back.to_json().unwrap(), scheme.to_json().unwrap());
    assert_eq!(back.document().severities, scheme.document().severities);
    let all = facts(r#"{"areas":["ledger"],"loss":"degraded","data_lost":"unknown"}"#);
    assert_eq!(back.classify(&all).unwrap(), scheme.classify(&all).unwrap());
}

#[test]
fn an_answer_is_a_sentence_with_a_question() {
    fn check(facts: &str, expected: &str) {
        assert_eq!(answer(facts).why, expected, "{facts}");
    }
    check(
        r#"{"areas":["checkout"],"loss":"partial","customers":"8%","data_lost":"unknown","data_exposed":"confirmed_not"}"#,
        "SEV2 because the disruption is partial and 8% of customers are affected; SEV1 if data was lost. Ask: was any data lost?",
    );
    check(
        r#"{"areas":["ledger"],"loss":"degraded","data_exposed":"confirmed_not"}"#,
        "SEV2 because ledger is affected and the disruption is degraded; SEV1 if data was lost. Ask: was any data lost?",
    );
    check(r#"{"data_lost":"occurred"}"#, "SEV1 because data was lost.");
    check(
        r#"{"areas":["checkout"],"loss":"degraded","data_lost":"confirmed_not","data_exposed":"confirmed_not"}"#,
        "SEV3 because no rule for SEV1 or SEV2 holds.",
    );
    check(
        r#"{"areas":["checkout"],"loss":"full","data_lost":"confirmed_not","data_exposed":"confirmed_not"}"#,
        "SEV2 is assumed, to be settled within 10 min: SEV1 if at least 25% of customers are affected; \
         SEV2 if at least 5% of customers are affected; SEV3 otherwise. Ask: what share of customers is affected?",
    );
    check(
        r#"{"areas":["checkout"],"loss":"full","customers":{"type":"range","lowest":0.1},"data_lost":"confirmed_not","data_exposed":"confirmed_not"}"#,
        "SEV2 because the disruption is full and at least 10% of customers are affected; SEV1 if at least 25% of customers are affected. \
         Ask: what share of customers is affected?",
    );
    check(
        "{}",
        "SEV2 is assumed, to be settled within 10 min: SEV1 if data was lost, if data was exposed or if the disruption is full \
         and at least 25% of customers are affected; SEV2 if the disruption is at least partial and at least 5% of customers \
         are affected or if ledger is affected and the disruption is at least degraded; SEV3 otherwise. \
         Ask: was any data lost? Was any data exposed? What is the disruption? What share of customers is affected? Which areas?",
    );
}

#[test]
fn an_answer_says_how_far_it_can_move() {
    let it = answer(r#"{"at":"2026-12-07T10:00:00Z","areas":["ledger"],"loss":"full","data_exposed":"confirmed_not"}"#);
    assert_eq!((it.severity, it.basis, it.settled), (Some(id("sev2")), ClassificationBasis::Rule, false));
    assert_eq!((it.bounds.worst, it.bounds.best), (Some(id("sev1")), Some(id("sev2"))));
    let raises: Vec<_> = it.bounds.raises.iter().map(|it| format!("{} to {} if {}", it.fact, it.to, it.when)).collect();
    assert_eq!(
        raises,
        ["data_lost to sev1 if data was lost", "customers to sev1 if at least 25% of customers are affected"]
    );
    assert_eq!(it.settle_by.map(|at| at.to_string()).as_deref(), Some("2026-12-07T10:10:00Z"));
    assert_eq!(it.rules.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["/sev2/when/1"]);
    let every = answer(r#"{"data_lost":"occurred","loss":"full","customers":0.5}"#);
    assert_eq!(
        every.rules.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(),
        ["/sev1/when/0", "/sev1/when/2", "/sev2/when/0"]
    );
    assert!(every.settled && every.questions.is_empty() && every.settle_by.is_none());
    let text = serde_json::to_string(&every).unwrap();
    assert_eq!(serde_json::from_str::<Classification>(&text).unwrap(), every);
}

#[test]
fn the_policy_for_unknown_facts_is_explicit() {
    fn check(policy: &str, facts: &str, expected: &str) {
        let text = TEAM.replace(r#"{ assume = "sev2", settle_within = "10m" }"#, policy);
        let it = read(&text, &vocabulary()).unwrap().classify(&self::facts(facts)).unwrap();
        let severity = it.severity.map_or("none".to_owned(), |it| it.to_string());
        assert_eq!(format!("{severity} {:?} {}", it.basis, it.settled), expected, "{policy} {facts}");
    }
    let (nothing, ledger, harmless) = (
        "{}",
        r#"{"areas":["ledger"],"loss":"full"}"#,
        r#"{"data_lost":"confirmed_not","data_exposed":"confirmed_not","loss":"none"}"#,
    );
    check(r#""pending""#, nothing, "none Pending false");
    check(r#""pending""#, ledger, "sev2 Rule false");
    check(r#""pending""#, harmless, "sev3 Otherwise true");
    check(r#"{ default = "sev3" }"#, nothing, "sev3 Otherwise false");
    check(r#"{ default = "sev1" }"#, nothing, "sev1 Default false");
    check(r#"{ default = "sev3" }"#, ledger, "sev2 Rule false");
    check(r#"{ assume = "sev1" }"#, nothing, "sev1 Assumed false");
    check(r#"{ assume = "sev1" }"#, harmless, "sev3 Otherwise true");
    check(r#"{ assume = "sev3" }"#, ledger, "sev2 Rule false");
    // SEV2 is not possible here, so the nearest that is not milder.
    check(r#"{ assume = "sev2" }"#, r#"{"loss":"none","data_exposed":"confirmed_not"}"#, "sev1 Assumed false");
}

#[test]
fn slips_are_refused_with_their_line() {
    fn check(from: &str, to: &str, expected: &[&str]) {
        assert!(TEAM.contains(from), "{from}");
        let error = read(&TEAM.replace(from, to), &vocabulary()).unwrap_err();
        assert_eq!(error.findings.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }
    check(
        r#"areas = "ledger", loss"#,
        r#"area = "ledger", los"#,
        &[
            "scheme.toml:9:57: error[condition.unknown_fact]: there is no fact `area`; did you mean `areas`?",
            "scheme.toml:9:74: error[condition.unknown_fact]: there is no fact `los`; did you mean `loss`?",
        ],
    );
    check(
        r#""full", c"#,
        r#""ful", c"#,
        &["scheme.toml:6:77: error[condition.bad_value]: `ful` is not a value of `loss`; did you mean `full`?"],
    );
    check(
        "[sev3]",
        "[sev4]",
        &[
            "scheme.toml:11:2: error[severity.unknown_severity]: there is no severity `sev4` in the order; did you mean `sev1`?",
        ],
    );
    check(
        r#"["sev1", "#,
        r#"["sev1", "sev1", "#,
        &["scheme.toml:2:20: error[severity.duplicate]: `sev1` stands in the order twice"],
    );
    check(
        r#"assume = "sev2""#,
        r#"assume = "sev9""#,
        &[
            "scheme.toml:3:22: error[severity.unknown_severity]: there is no severity `sev9` in the order; did you mean `sev1`?",
        ],
    );
    check(
        r#"acknowledge = "1 b"#,
        r#"acknowlege = "1 b"#,
        &["scheme.toml:12:10: error[contract.unknown_field]: unknown field `acknowlege`; did you mean `acknowledge`?"],
    );
    check(
        "order   =",
        "ordr    =",
        &[
            "scheme.toml:2:1: error[contract.unknown_field]: unknown field `ordr`; did you mean `order`?",
            "scheme.toml:1:1: error[contract.missing_field]: missing field `order`; list the severities, worst first",
        ],
    );
    check(
        r#"{ assume = "sev2", settle_within = "10m" }"#,
        r#""maybe""#,
        &[
            "scheme.toml:3:11: error[severity.bad_unknown]: `maybe` does not say what to do with unknown facts; write `{ assume = \"sev2\", settle_within = \"10m\" }`, `{ default = \"sev3\" }` or `\"pending\"`",
        ],
    );
    let empty = read("order = []", &vocabulary()).unwrap_err();
    assert_eq!(empty.code.as_str(), "severity.empty_order");
}

#[test]
fn checks_find_what_is_wrong_with_a_witness() {
    fn check(text: &str, expected: &[&str]) {
        let found = read(text, &vocabulary()).unwrap().check();
        let said = |it: &crate::Finding| format!("{it} {}", it.facts.get("witness").cloned().unwrap_or_default());
        assert_eq!(found.iter().map(said).collect::<Vec<_>>(), expected, "{text}");
    }
    check(
        "order = [\"a\", \"b\"]\na.when = { loss = \"full\" }\nb.when = { loss = \">= degraded\" }",
        &[
            "scheme.toml:1:1: error[severity.not_total]: no severity where the disruption is none; leave `when` out of `b`, which then gets everything else {\"loss\":\"none\"}",
        ],
    );
    check(
        "order = [\"a\", \"b\"]\na.when = { loss = \"partial\" }",
        &[
            "scheme.toml:2:3: error[severity.not_monotone]: a where the disruption is partial, but only b where the disruption is full, which is worse; let the worse situation get at least the same severity {\"loss\":\"partial\"}",
        ],
    );
    check(
        "order = [\"a\", \"b\", \"c\"]\na.when = { loss = \">= partial\" }\nb.when = [{ loss = \"full\" }, { customers = \">= 5%\" }, { customers = \">= 5%\", loss = \"full\" }]",
        &[
            "scheme.toml:3:11: warning[severity.unreachable_rule]: where this holds, a worse severity always does: `/a/when`; remove it, or make it ask for something else {\"customers\":\"0%\",\"loss\":\"full\"}",
            "scheme.toml:3:55: warning[severity.unreachable_rule]: where this holds, a worse severity always does: `/a/when`; remove it, or make it ask for something else {\"customers\":\"5%\",\"loss\":\"full\"}",
        ],
    );
}

#[test]
fn a_rule_that_adds_nothing_is_redundant() {
    let text =
        "order = [\"a\", \"b\"]\na.when = [{ loss = \">= partial\" }, { loss = \"full\", data_lost = \"occurred\" }]";
    let found = read(text, &vocabulary()).unwrap().check();
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "scheme.toml:2:36: warning[severity.redundant_rule]: where this holds, `/a/when/0` always does, and nothing changes \
          without it; remove it, or make it ask for something else"
        ]
    );
    let never = "order = [\"a\", \"b\"]\na.when = [{ loss = { at_least = \"full\", at_most = \"none\" } }]";
    let found = read(never, &vocabulary()).unwrap().check();
    let codes: Vec<_> = found.iter().map(|it| format!("{} {}", it.code, it.path)).collect();
    assert_eq!(codes, ["severity.unreachable_severity /order/0", "severity.unreachable_rule /a/when/0"]);
}

/// Impact by urgency as one large vendor publishes it.
const PUBLISHED: &str = r#"
order = ["highest", "high", "medium", "low", "lowest"]
[facts]
impact  = { kind = "ordered", values = ["minor", "moderate", "significant", "extensive"], worse = "higher" }
urgency = { kind = "ordered", values = ["lowest", "low", "medium", "high", "critical"], worse = "higher" }
[matrix]
rows = "impact"
columns = "urgency"
[matrix.cells]
extensive   = { critical = "highest", high = "high",   medium = "medium", low = "low", lowest = "lowest" }
significant = { critical = "highest", high = "high",   medium = "medium", low = "low", lowest = "lowest" }
moderate    = { critical = "high",    high = "medium", medium = "low",    low = "low", lowest = "lowest" }
minor       = { critical = "medium",  high = "low",    medium = "lowest", low = "low", lowest = "lowest" }
"#;

#[test]
fn a_published_matrix_is_not_monotone_and_has_a_row_too_many() {
    let found = read(PUBLISHED, &Vocabulary::new()).unwrap().check();
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "scheme.toml:13:65: error[severity.not_monotone]: low where urgency is low, but only lowest where urgency is medium, \
             which is worse while impact is minor; let the worse situation get at least the same severity",
            "scheme.toml:10:1: warning[severity.alike_values]: `extensive` says the same as `significant` everywhere: this matrix \
             never tells these values of `impact` apart; merge the two values, or let one cell differ",
        ]
    );
    assert_eq!(found[0].facts["witness"], r#"{"impact":"minor","urgency":"low"}"#);
    assert_eq!(found[0].facts["worse_witness"], r#"{"impact":"minor","urgency":"medium"}"#);
    assert_eq!(found[0].path, "/matrix/cells/minor/medium");
}

#[test]
fn schemes_that_come_along_are_sound() {
    for preset in [SeverityPreset::Sev, SeverityPreset::Itil] {
        let scheme = SeverityScheme::preset(preset, &Vocabulary::new()).unwrap();
        assert_eq!(scheme.check(), [], "{preset:?}");
        for severity in scheme.order() {
            assert!(scheme.response(severity).unwrap().acknowledge.is_some(), "{severity}");
        }
        for (worse, milder) in scheme.order().iter().zip(scheme.order().iter().skip(1)) {
            use ResponseChangeKind::{Relaxed, Removed};
            let difference = scheme.difference(worse, milder).unwrap();
            assert!(difference.changes.iter().all(|it| matches!(it.change, Relaxed | Removed)), "{difference:?}");
        }
    }
    assert_eq!("sevv".parse::<SeverityPreset>().unwrap_err().hint.as_deref(), Some("did you mean `sev`?"));
}

#[test]
fn the_difference_in_obligations_is_told() {
    let scheme = read(TEAM, &vocabulary()).unwrap();
    let up = scheme.difference(&id("sev2"), &id("sev1")).unwrap();
    assert_eq!(
        up.why,
        "SEV1 instead of SEV2: acknowledge within 5 min instead of 15 min; role `communications` is needed; role `scribe` is needed; \
         the retrospective is due within 5 business days instead of 10 business days"
    );
    let down = scheme.difference(&id("sev1"), &id("sev3")).unwrap();
    let changes: Vec<_> = down.changes.iter().map(|it| format!("{} {:?}", it.what, it.change)).collect();
    assert_eq!(
        changes,
        [
            "acknowledge Relaxed",
            "role:commander Removed",
            "role:communications Removed",
            "role:scribe Removed",
            "retrospective Removed"
        ]
    );
    assert_eq!(scheme.difference(&id("sev1"), &id("sev9")).unwrap_err().code.as_str(), "severity.unknown_severity");
    let raise = scheme.reclassify(Some(&id("sev3")), &facts(r#"{"data_lost":"occurred"}"#)).unwrap();
    assert_eq!((raise.after, raise.changes), (Some(id("sev1")), true));
    assert!(
        raise.why.starts_with("SEV1 because data was lost. SEV1 instead of SEV3: acknowledge within 5 min"),
        "{}",
        raise.why
    );
    let same = scheme.reclassify(Some(&id("sev1")), &facts(r#"{"data_lost":"occurred"}"#)).unwrap();
    assert_eq!((same.difference, same.why.as_str()), (None, "It stays SEV1. SEV1 because data was lost."));
}

#[test]
fn a_rule_may_ask_whether_something_is_known() {
    let text = r#"
order = ["a", "b", "c"]
unknown = { assume = "b" }
a.when = { loss = "full" }
b.when = { loss = "unknown", customers = ">= 5%" }
"#;
    let scheme = read(text, &vocabulary()).unwrap();
    assert_eq!(scheme.check(), []);
    let it = scheme.classify(&facts(r#"{"customers":0.1}"#)).unwrap();
    assert_eq!(it.why, "b because loss is unknown and 10% of customers are affected; a if the disruption is full. Ask: what is the disruption?".replace("loss is unknown", "the disruption is unknown"));
    assert_eq!(scheme.classify(&facts(r#"{"loss":"none"}"#)).unwrap().severity, Some(id("c")));
}

#[test]
fn too_much_is_said_to_be_too_much() {
    let rules: Vec<String> = (0..13).map(|at| format!(r#"[{{ areas = "a{at}" }}, {{ areas = "b{at}" }}]"#)).collect();
    let text = format!("order = [\"a\", \"b\"]\na.when = {{ all = [{}] }}", rules.join(", "));
    let scheme = read(&text, &vocabulary()).unwrap();
    assert_eq!(
        scheme.check().iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
        ["severity.too_many_combinations"]
    );
    let Error { kind, code, .. } = scheme.classify(&Facts::new()).unwrap_err();
    assert_eq!((kind, code.as_str()), (crate::ErrorKind::Limit, "severity.too_many_combinations"));
    assert!(scheme.classify(&facts(r#"{"areas":[]}"#)).unwrap().settled);
}

#[test]
fn a_rule_that_asks_the_time_is_refused() {
    let window = serde_json::from_str(r#"{"zone":"Europe/Berlin","hours":"daily 22:00-07:00"}"#).unwrap();
    let vocabulary = vocabulary().with_window("night", window);
    let error = read("order = [\"a\"]\na.when = { within = \"night\" }", &vocabulary).unwrap_err();
    assert_eq!(error.code.as_str(), "severity.asks_the_time");
}
