//! What makes a policy impossible to run, all at once.

use super::document::{EscalationPolicyDocument, EscalationStep, Otherwise, StepWhen};
use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::text::{nearest, pointer_step, short};
use crate::time::{Elapsed, Turn, TurnUnit};

/// Nobody waits longer than a year for a page.
const LONGEST: Elapsed = Elapsed::hours(366 * 24);
/// More than this is a mistake: a page every minute for most of a day.
const MOST_REPEATS: u32 = 1_000;

/// Every problem, in the order of the document.
pub(super) fn problems(document: &EscalationPolicyDocument) -> Vec<Finding> {
    let mut admit = Admit { document, found: Vec::new() };
    admit.windows();
    admit.rules();
    admit.requirements();
    for (at, allowance) in document.allow.iter().enumerate() {
        if allowance.because.trim().is_empty() {
            admit.problem(codes::NO_REASON, format!("/allow/{at}/because"), "an exception needs a reason");
        }
    }
    admit.found
}

struct Admit<'a> {
    document: &'a EscalationPolicyDocument,
    found: Vec<Finding>,
}

impl Admit<'_> {
    fn windows(&mut self) {
        for (name, window) in &self.document.windows {
            if window.hours.is_empty() {
                let path = format!("/windows{}/hours", pointer_step(name));
                self.problem(codes::NO_SUCH_WINDOW, path, format!("the window `{}` never opens", short(name)));
            }
        }
    }

    fn rules(&mut self) {
        let rules = &self.document.escalation;
        match &rules.otherwise {
            None => {
                let message = "the policy does not say what happens when nobody is found";
                let finding = Finding::new(Level::Error, codes::NO_OTHERWISE, "/escalation", message);
                self.found.push(finding.help("write `otherwise = { after = \"15m\", page = [\"person:ana\"] }`"));
            }
            Some(otherwise) => self.otherwise("/escalation", otherwise),
        }
        self.time("/escalation/acknowledged_for", rules.acknowledged_for, Least::AMinute);
        for (severity, tracks) in &rules.severities {
            let path = format!("/escalation{}", pointer_step(severity.as_str()));
            for (name, steps) in
                [("first", &tracks.first), ("reinforce", &tracks.reinforce), ("authority", &tracks.authority)]
            {
                for (at, step) in steps.iter().enumerate() {
                    self.step(&format!("{path}/{name}/{at}"), step);
                }
            }
            self.time(format!("{path}/acknowledged_for"), tracks.acknowledged_for, Least::AMinute);
            if let Some(otherwise) = &tracks.otherwise {
                self.otherwise(&path, otherwise);
            }
        }
    }

    fn otherwise(&mut self, path: &str, otherwise: &Otherwise) {
        if otherwise.page.is_empty() {
            self.problem(codes::NO_OTHERWISE, format!("{path}/otherwise/page"), "`otherwise` pages nobody");
        }
        self.time(format!("{path}/otherwise/after"), otherwise.after, Least::Nothing);
    }

    fn step(&mut self, path: &str, step: &EscalationStep) {
        if step.page.is_empty() {
            self.problem(codes::BAD_STEP, format!("{path}/page"), "the step pages nobody");
        }
        self.time(format!("{path}/at"), step.at, Least::Nothing);
        if let Some(when) = &step.when {
            self.occasion(path, when, step.at.is_some());
        }
        if let Some(again) = &step.again {
            self.time(format!("{path}/again/every"), Some(again.every), Least::AMinute);
            if again.times > MOST_REPEATS {
                let message = format!("{} more pages are more than {MOST_REPEATS}", again.times);
                self.problem(codes::TOO_MANY_REPEATS, format!("{path}/again/times"), message);
            }
        }
        if let Some(name) = step.within.as_ref().filter(|name| !self.document.windows.contains_key(*name)) {
            let message = format!("there is no window `{}`", short(name));
            let finding = Finding::new(Level::Error, codes::NO_SUCH_WINDOW, format!("{path}/within"), message);
            let near = nearest(name, self.document.windows.keys().map(String::as_str));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            self.found.push(near.into_iter().fold(finding, Finding::help));
        }
    }

    fn occasion(&mut self, path: &str, when: &StepWhen, timed: bool) {
        let named = [when.help.is_some(), when.no_progress.is_some(), when.severity.is_some()];
        if named.into_iter().filter(|named| *named).count() != 1 {
            let message = "an occasion is one of `help`, `no_progress` and `severity`";
            self.problem(codes::BAD_STEP, format!("{path}/when"), message);
        }
        if timed {
            let message = "a step has a time or an occasion, not both";
            self.problem(codes::BAD_STEP, format!("{path}/when"), message);
        }
        self.time(format!("{path}/when/no_progress"), when.no_progress, Least::AMinute);
    }

    fn requirements(&mut self) {
        let Some(prove) = &self.document.prove else { return };
        if prove.horizon.is_some_and(|horizon| days(horizon) > LONGEST_HORIZON) {
            let message = format!("a proof is about {LONGEST_HORIZON} days at most");
            self.problem(codes::BAD_STEP_TIME, "/prove/horizon", message);
        }
        for (severity, within) in &prove.severities {
            let path = format!("/prove{}", pointer_step(severity.as_str()));
            self.time(format!("{path}/first_page"), within.first_page, Least::Nothing);
            self.time(format!("{path}/second_person"), within.second_person, Least::Nothing);
        }
    }

    fn time(&mut self, path: impl Into<String>, time: Option<Elapsed>, least: Least) {
        let Some(time) = time else { return };
        let message = if time < Elapsed::ZERO {
            "a time cannot be negative"
        } else if time == Elapsed::ZERO && least == Least::AMinute {
            "it has to be a minute or more"
        } else if time.as_micros() % MINUTE != 0 {
            "minutes are whole"
        } else if time > LONGEST {
            "it is longer than a year"
        } else {
            return;
        };
        self.problem(codes::BAD_STEP_TIME, path, message);
    }

    fn problem(&mut self, code: Code, path: impl Into<String>, message: impl Into<String>) {
        self.found.push(Finding::new(Level::Error, code, path, message));
    }
}

/// As long as a report of a schedule: a little more than twenty years.
const LONGEST_HORIZON: u64 = 7_400;

/// As many days as a length has at most.
fn days(length: Turn) -> u64 {
    let count = u64::from(length.count());
    match length.unit() {
        TurnUnit::Hours => count / 24,
        TurnUnit::Days => count,
        TurnUnit::Weeks => count * 7,
        TurnUnit::Months => count * 31,
    }
}

const MINUTE: i64 = 60_000_000;

/// The shortest time there may be.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Least {
    Nothing,
    AMinute,
}
