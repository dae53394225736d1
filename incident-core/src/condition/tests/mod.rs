//! Conditions: what loads, what is refused, what is said, and the laws.

mod laws;

use super::*;
use crate::error::Error;
use crate::time::Window;

/// Facts of every kind.
fn vocabulary() -> Vocabulary {
    let office: Window = serde_json::from_str(r#"{"zone":"Europe/Berlin","hours":"Mon-Fri 09:00-17:00"}"#).unwrap();
    let asleep: Window = serde_json::from_str(r#"{"zone":"recipient","hours":"daily 22:00-07:00"}"#).unwrap();
    let facts = [
        ("loss", Fact::ordered(["none", "degraded", "partial", "full"]).unwrap().words("is", "the disruption is {}")),
        ("data_lost", Fact::ordered(["no", "occurred"]).unwrap().words("occurred", "data was lost")),
        ("cause", Fact::choice(["deploy", "load"]).unwrap()),
        ("host", Fact::text()),
        ("areas", Fact::names().words("contains", "{} is affected").words("lacks", "{} is not affected")),
        ("customers", Fact::share().words("at_least", "at least {} of customers are affected")),
        ("alerts", Fact::integer_from(0).unwrap()),
        ("burn", Fact::number().unit("x")),
        ("age", Fact::elapsed()),
        ("since", Fact::instant()),
        ("vip", Fact::flag().words("true", "an important customer is affected")),
    ];
    let all = facts.into_iter().fold(Vocabulary::new(), |all, (name, fact)| all.with(name, fact).unwrap());
    all.with_window("office", office).with_window("asleep", asleep)
}

fn bind(condition: &str) -> std::result::Result<BoundCondition, Error> {
    condition.parse::<Condition>()?.bind(&vocabulary())
}

fn facts(text: &str) -> Facts {
    serde_json::from_str(text).unwrap()
}

#[test]
fn both_forms_load_and_each_writes_the_other() {
    fn check(short: &str, long: &str) {
        let from_short: Condition = short.parse().unwrap();
        let from_long: Condition = long.parse().unwrap();
        assert_eq!(from_short, from_long, "{short}");
        assert_eq!(serde_json::to_string(&from_short).unwrap(), long);
        assert_eq!(from_long.to_short(), short);
    }
    check(
        r#"{"loss":">= partial","customers":">= 5%"}"#,
        r#"{"all":[{"fact":"loss","at_least":"partial"},{"fact":"customers","at_least":"5%"}]}"#,
    );
    check(
        r#"[{"data_lost":"occurred"},{"areas":"ledger","loss":">= degraded"}]"#,
        r#"{"any":[{"fact":"data_lost","is":"occurred"},{"all":[{"fact":"areas","is":"ledger"},{"fact":"loss","at_least":"degraded"}]}]}"#,
    );
    check(r#"{"loss":["none","full"]}"#, r#"{"fact":"loss","in":["none","full"]}"#);
    check(r#"{"host":"db-*","vip":true}"#, r#"{"all":[{"fact":"host","matches":"db-*"},{"fact":"vip","is":true}]}"#);
    check(r#"{"customers":"unknown"}"#, r#"{"fact":"customers","exists":false}"#);
    check(r#"{"not":{"cause":"deploy"}}"#, r#"{"not":{"fact":"cause","is":"deploy"}}"#);
    check(r#"{"within":"office","alerts":"<= 3"}"#, r#"{"all":[{"within":"office"},{"fact":"alerts","at_most":3}]}"#);
    check(r#"{"areas":{"contains":"ledger"}}"#, r#"{"fact":"areas","contains":"ledger"}"#);
    check("{}", r#"{"all":[]}"#);
    check("[]", r#"{"any":[]}"#);
    let range: Condition = r#"{"customers":{"at_least":"5%","at_most":"25%"}}"#.parse().unwrap();
    assert_eq!(range.tests().len(), 2);
}

#[test]
fn slips_are_refused_with_their_place() {
    fn check(condition: &str, expected: &str) {
        let Error { code, path, message, hint, .. } = bind(condition).unwrap_err();
        assert_eq!(format!("{code} {path}: {message}; {}", hint.unwrap_or_default()), expected);
    }
    check(r#"{"los":">= partial"}"#, "condition.unknown_fact /los: there is no fact `los`; did you mean `loss`?");
    check(
        r#"[{"all":[{"fact":"los","is":"full"}]}]"#,
        "condition.unknown_fact /0/all/0/fact: there is no fact `los`; did you mean `loss`?",
    );
    check(
        r#"{"loss":">= partal"}"#,
        "condition.bad_value /loss: `partal` is not a value of `loss`; did you mean `partial`?",
    );
    check(
        r#"{"fact":"cause","is":"earthquake"}"#,
        "condition.bad_value /is: `earthquake` is not a value of `cause`; write one of `deploy` or `load`",
    );
    check(
        r#"{"customers":">= 500%"}"#,
        "condition.bad_value /customers: `500%` is not a value of `customers`; write a share such as `5%` or 0.05",
    );
    check(
        r#"{"alerts":-1}"#,
        "condition.bad_value /alerts: `-1` is not a value of `alerts`; write a whole number from 0",
    );
    check(
        r#"{"fact":"loss","atleast":"full"}"#,
        "condition.unknown_operator /atleast: there is no operator `atleast`; did you mean `at_least`?",
    );
    check(
        r#"{"cause":">= load"}"#,
        "condition.no_order /cause: `cause` has no order, so it cannot be at least or at most something; write `is` or `in`",
    );
    check(
        r#"{"fact":"loss","contains":"full"}"#,
        "condition.not_a_set /contains: `loss` is not a set, so it cannot contain anything; write `is`",
    );
    check(
        r#"{"vip":"a*"}"#,
        "condition.not_text /vip: `vip` is not text, so it cannot match a pattern; write `true` or `false`",
    );
    check(
        r#"{"host":"*-db"}"#,
        "condition.bad_pattern /host: `*-db` is not a pattern; a pattern is exact, or a beginning followed by one `*`: `db-*`",
    );
    check(
        r#"{"within":"ofice"}"#,
        "condition.unknown_window /within: there is no window `ofice`; did you mean `office`?",
    );
    check(
        r#"{"alerts":"> 3"}"#,
        "condition.bad_form /alerts: `> 3` is not a test; write `>= value` or `<= value`; put a condition under `not` to turn it round",
    );
    let form = "a condition is a table of facts (all of), a list of conditions (any of), or a test with `fact`";
    check("7", &format!("condition.bad_form : `7` is not a condition; {form}"));
    check(r#"{"any":{}}"#, &format!("condition.bad_form /any: `any` needs a list; {form}"));
    check(r#"{"fact":"loss"}"#, &format!("condition.bad_form : nothing is asked of `loss`; {form}"));
    let deep = format!("{}7{}", r#"{"not":"#.repeat(40), "}".repeat(40));
    assert_eq!(bind(&deep).unwrap_err().code.as_str(), "contract.too_deep");
}

#[test]
fn all_slips_are_told_at_once() {
    let refused = bind(r#"[{"los":"full"},{"cause":">= load"}]"#).unwrap_err();
    let codes: Vec<_> = refused.findings.iter().map(|it| format!("{} {}", it.code, it.path)).collect();
    assert_eq!(codes, ["condition.unknown_fact /0/los", "condition.no_order /1/cause"]);
    let refused = bind(r#"[{"loss":"> full"},{"host":"*a"},{"fact":"loss","is":"full","ist":"full"}]"#).unwrap_err();
    let codes: Vec<_> = refused.findings.iter().map(|it| format!("{} {}", it.code, it.path)).collect();
    assert_eq!(
        codes,
        ["condition.bad_form /0/loss", "condition.bad_pattern /1/host", "condition.unknown_operator /2/ist"]
    );
}

#[test]
fn evaluation_has_three_values() {
    fn check(condition: &str, facts: &str, expected: Truth) {
        assert_eq!(bind(condition).unwrap().holds(&self::facts(facts)).unwrap(), expected, "{condition} {facts}");
    }
    use Truth::{False, True, Unknown};
    check(r#"{"loss":">= partial"}"#, r#"{"loss":"full"}"#, True);
    check(r#"{"loss":"<= degraded"}"#, r#"{"loss":"full"}"#, False);
    check(r#"{"loss":">= partial"}"#, "{}", Unknown);
    check(r#"{"loss":"full","vip":true}"#, r#"{"vip":false}"#, False);
    check(r#"[{"loss":"full"},{"vip":true}]"#, r#"{"vip":true}"#, True);
    check(r#"{"areas":"ledger"}"#, r#"{"areas":["ledger","checkout"]}"#, True);
    check(r#"{"areas":["ledger","payouts"]}"#, r#"{"areas":"payouts"}"#, True);
    check(r#"{"areas":"pay*"}"#, r#"{"areas":["ledger"]}"#, False);
    check(r#"{"host":"db-*"}"#, r#"{"host":"db-7"}"#, True);
    check(r#"{"customers":">= 5%"}"#, r#"{"customers":0.05}"#, True);
    check(r#"{"customers":">= 5%"}"#, r#"{"customers":{"type":"range","lowest":0.06}}"#, True);
    check(r#"{"customers":">= 5%"}"#, r#"{"customers":{"type":"range","lowest":0.01,"highest":0.2}}"#, Unknown);
    check(r#"{"customers":"unknown"}"#, r#"{"customers":"unknown"}"#, True);
    check(r#"{"customers":"known"}"#, r#"{"customers":{"type":"unknown"}}"#, False);
    check(r#"{"age":">= 20m"}"#, r#"{"age":"PT25M"}"#, True);
    check(r#"{"burn":">= 14.4"}"#, r#"{"burn":14.4}"#, True);
    check(r#"{"since":"<= 2026-01-01T00:00:00Z"}"#, r#"{"since":"2026-01-01T01:00:00+01:00"}"#, True);
    check(r#"{"within":"office"}"#, r#"{"at":"2026-12-07T08:30:00Z"}"#, True);
    check(r#"{"within":"asleep"}"#, r#"{"at":"2026-12-07T23:30:00Z"}"#, Unknown);
    check(r#"{"within":"asleep"}"#, r#"{"at":"2026-12-07T23:30:00Z","recipient_zone":"Europe/Berlin"}"#, True);
    check(r#"{"within":"office"}"#, "{}", Unknown);
    check(r#"[{"vip":true},{"not":{"vip":true}}]"#, "{}", Unknown);
}

#[test]
fn facts_outside_their_domain_are_refused() {
    fn check(facts: &str, expected: &str) {
        let Error { code, path, message, hint, .. } = vocabulary().check(&self::facts(facts)).unwrap_err();
        assert_eq!(format!("{code} {path}: {message}; {}", hint.unwrap_or_default()), expected);
    }
    check(r#"{"los":"full"}"#, "condition.unknown_fact /los: there is no fact `los`; did you mean `loss`?");
    check(r#"{"loss":"fulll"}"#, "condition.bad_value /loss: `fulll` is not a value of `loss`; did you mean `full`?");
    check(
        r#"{"loss":["full"]}"#,
        "condition.bad_value /loss: a list is not a value of `loss`; write one of its values",
    );
    check(
        r#"{"alerts":1.5}"#,
        "condition.bad_value /alerts: `1.5` is not a value of `alerts`; write a whole number from 0",
    );
    check(
        r#"{"alerts":{"type":"range","lowest":5,"highest":1}}"#,
        "condition.bad_value /alerts: a range from more to less is not a value of `alerts`; write the lower end first",
    );
    check(r#"{"vip":"yes"}"#, "condition.bad_value /vip: `yes` is not a value of `vip`; write `true` or `false`");
    let back = facts(
        r#"{"customers":{"type":"range","lowest":0.1},"areas":["b","a"],"vip":null,"at":"2026-12-07T08:30:00Z"}"#,
    );
    assert_eq!(
        serde_json::to_string(&back).unwrap(),
        r#"{"areas":["a","b"],"customers":{"type":"range","lowest":0.1},"at":"2026-12-07T08:30:00Z"}"#
    );
}

#[test]
fn facts_are_defined_soundly() {
    fn check(fact: &str, expected: &str) {
        let text = format!(r#"{{"facts":{fact}}}"#);
        let Error { code, path, .. } = crate::decode::from_text::<Vocabulary>(&text).unwrap_err();
        assert_eq!(format!("{code} {path}"), expected, "{fact}");
    }
    check(r#"{"a":{"kind":"ordered"}}"#, "condition.bad_fact /facts/a/values");
    check(r#"{"a":{"kind":"ordered","values":["x","x"]}}"#, "condition.bad_fact /facts/a/values/1");
    check(r#"{"a":{"kind":"ordered","values":["unknown"]}}"#, "condition.bad_fact /facts/a/values/0");
    check(r#"{"a":{"kind":"text","worse":"higher"}}"#, "condition.bad_fact /facts/a/worse");
    check(r#"{"a":{"kind":"flag","min":1}}"#, "condition.bad_fact /facts/a/kind");
    check(r#"{"a":{"kind":"integer","min":2,"max":1}}"#, "condition.bad_fact /facts/a/min");
    check(r#"{"within":{"kind":"flag"}}"#, "condition.bad_fact /facts/within");
    check(r#"{"a":{"kind":"flag","wrse":"higher"}}"#, "contract.unknown_field /facts/a/wrse");
    let text = serde_json::to_string(&vocabulary()).unwrap();
    assert_eq!(crate::decode::from_text::<Vocabulary>(&text).unwrap(), vocabulary());
}

#[test]
fn conditions_read_as_clauses() {
    fn check(condition: &str, expected: &str) {
        assert_eq!(bind(condition).unwrap().to_string(), expected);
    }
    check(
        r#"{"loss":">= partial","customers":">= 5%"}"#,
        "loss is at least partial and at least 5% of customers are affected",
    );
    check(r#"{"loss":">= full"}"#, "the disruption is full");
    check(
        r#"[{"data_lost":"occurred"},{"areas":"ledger","vip":true}]"#,
        "either data was lost or ledger is affected and an important customer is affected",
    );
    check(r#"{"not":{"loss":["none","degraded"]}}"#, "loss is not none and loss is not degraded");
    check(r#"{"age":">= 90m","alerts":{"at_most":3}}"#, "age is at least 1 h 30 min and alerts is at most 3");
    check(
        r#"{"host":"db-*","customers":"unknown","within":"office"}"#,
        "host begins with `db-`, customers is unknown and it is within `office`",
    );
    check("{}", "always");
}

#[test]
fn the_deciding_part_is_told() {
    fn check(condition: &str, facts: &str, expected: &str) {
        let verdict = bind(condition).unwrap().explain(&self::facts(facts)).unwrap();
        assert_eq!(format!("{:?} {:?} {}", verdict.truth, verdict.unknown, verdict.why), expected);
    }
    let rule = r#"[{"data_lost":"occurred"},{"areas":"ledger","loss":">= degraded"}]"#;
    check(rule, r#"{"areas":["ledger"],"loss":"partial"}"#, "True [] ledger is affected and the disruption is partial");
    check(rule, r#"{"areas":["ledger"],"data_lost":"no"}"#, r#"Unknown ["loss"] loss is at least degraded"#);
    check(
        rule,
        r#"{"areas":[],"data_lost":"no"}"#,
        "False [] data_lost_is_no and ledger is not affected".replace("data_lost_is_no", "data lost is no").as_str(),
    );
    check(
        rule,
        "{}",
        r#"Unknown ["areas", "data_lost", "loss"] either data was lost or ledger is affected and loss is at least degraded"#,
    );
}

#[test]
fn what_cannot_hold_is_found() {
    fn check(condition: &str, expected: &[&str]) {
        let found = condition.parse::<Condition>().unwrap().check(&vocabulary());
        assert_eq!(found.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), expected, "{condition}");
    }
    check(r#"{"loss":">= partial"}"#, &[]);
    check("{}", &[]);
    check(r#"{"alerts":{"at_least":5,"at_most":4}}"#, &["condition.never_holds"]);
    check(r#"{"all":[{"alerts":">= 5"},{"alerts":"<= 5"}]}"#, &[]);
    check(r#"{"all":[{"host":"db-*"},{"host":"web"}]}"#, &["condition.never_holds"]);
    check(r#"{"all":[{"host":"db-*"},{"not":{"host":"db-1*"}}]}"#, &[]);
    check(r#"[{"vip":true},{"vip":false}]"#, &["condition.always_holds"]);
    check(r#"[{"alerts":">= 0"}]"#, &["condition.always_holds"]);
    check(r#"[{"all":[{"alerts":">= 4"},{"not":{"alerts":">= 5"}}]}]"#, &[]);
    check(r#"{"los":"full"}"#, &["condition.unknown_fact"]);
    // Each pair can hold in two ways, and only the last test shows that they never do together.
    let pairs: String = (0..13).map(|at| format!(r#"[{{"areas":"a{at}"}},{{"areas":"b{at}"}}],"#)).collect();
    check(&format!(r#"{{"all":[{pairs}{{"vip":true}},{{"vip":false}}]}}"#), &["condition.too_many_combinations"]);
}
