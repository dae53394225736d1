//! Questions from public test suites of other systems; says so and passes where they are absent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test")]

mod model;

use std::collections::BTreeSet;

use incident_core::{Coverage, Schedule, Shift, Timestamp};
use model::calendar::Instant;
use model::vectors::{self, Answers, Case, Served};

/// The library behind the questions.
struct Library(Schedule);

fn at(instant: Instant) -> Timestamp {
    instant.try_into().unwrap()
}

impl Library {
    fn cut(&self, from: Instant, until: Instant) -> Vec<Shift> {
        self.0.shifts(at(from), at(until)).unwrap().shifts
    }

    fn spans(&self, from: Instant, until: Instant, coverage: Coverage) -> Vec<(Instant, Instant)> {
        let all = self.cut(from, until).into_iter().filter(|shift| shift.coverage == coverage);
        all.map(|shift| (shift.start.unwrap().into(), shift.end.unwrap().into())).collect()
    }
}

impl Answers for Library {
    fn on_call(&self, instant: Instant) -> BTreeSet<String> {
        let answer = self.0.on_call(at(instant));
        assert_eq!(answer.people, self.0.people_at(at(instant)).into_iter().cloned().collect::<Vec<_>>());
        answer.people.iter().map(ToString::to_string).collect()
    }

    fn handoffs(&self, from: Instant, until: Instant) -> Vec<Instant> {
        let name = self.0.document().rotation[0].name.clone().unwrap_or("rotation 1".to_owned());
        let turns = self.0.turns(&name, at(from), at(until)).unwrap();
        turns.into_iter().map(|turn| turn.start.into()).filter(|start| *start >= from).collect()
    }

    fn shifts(&self, from: Instant, until: Instant) -> Vec<Served> {
        let of = |shift: Shift| {
            let (from, until) = (shift.start.unwrap().into(), shift.end.unwrap().into());
            shift.people.into_iter().map(move |person| Served { from, until, person: person.to_string() })
        };
        self.cut(from, until).into_iter().flat_map(of).collect()
    }

    fn gaps(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)> {
        self.spans(from, until, Coverage::Gap)
    }

    fn empty_shifts(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)> {
        self.spans(from, until, Coverage::Empty)
    }
}

fn check(case: &Case) -> Result<(), String> {
    let schedule = Schedule::from_json(&case.document.to_string()).map_err(|no| no.to_string())?;
    case.question.ask(&Library(schedule))
}

#[test]
fn every_public_question_is_answered_as_its_suite_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/oracles/oncall-vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no vectors at {path}");
        return;
    };
    let cases = vectors::read(&text);
    let asked = |(id, case): &(String, Result<Case, String>)| {
        let told = case.as_ref().map_err(Clone::clone).and_then(check);
        told.err().map(|why| {
            format!("{id}: {why}\n  {}", case.as_ref().map_or(String::new(), |case| case.document.to_string()))
        })
    };
    let wrong: Vec<_> = cases.iter().filter_map(asked).collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
