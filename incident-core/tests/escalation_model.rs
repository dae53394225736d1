//! Escalations against the model: random policies, worlds and traces; the same pages in the same minutes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod model;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use incident_core::{
    Escalation, EscalationAction, EscalationBasis, EscalationNote, EscalationPolicy, EscalationTrack, Format, Source,
    Timestamp, World, event,
};
use model::calendar::Instant;
use model::escalation::{self, Action, Track, Urgency};
use model::policy;
use model::random::Random;
use model::random_policy::{self, Story};

/// How many stories that differ are told.
const SHOWN: usize = 100;

/// How many random stories are compared: `INCIDENT_CORE_STORIES`, or as many as take a few seconds.
fn cases() -> u64 {
    #[allow(clippy::disallowed_methods, reason = "how much is tested is for whoever runs the test")]
    std::env::var("INCIDENT_CORE_STORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(120)
}

fn timestamp(at: Instant) -> Timestamp {
    at.try_into().unwrap()
}

/// What the library did, and the ids of its pages.
#[derive(Default)]
struct Done {
    actions: Vec<(Instant, Action)>,
    ids: Vec<String>,
}

impl Done {
    fn add(&mut self, at: Instant, actions: Vec<EscalationAction>) {
        for action in actions {
            let (at, action) = match action {
                EscalationAction::Page(page) => {
                    self.ids.push(page.id.to_string());
                    let track = match page.track {
                        EscalationTrack::First => Track::First,
                        EscalationTrack::Reinforce => Track::Reinforce,
                        EscalationTrack::Authority => Track::Authority,
                        EscalationTrack::Otherwise => Track::Otherwise,
                        EscalationTrack::Reassigned => Track::Reassigned,
                    };
                    let urgency = if page.urgency == event::Urgency::Low { Urgency::Low } else { Urgency::High };
                    let (step, round) = (page.step.try_into().unwrap(), page.round.try_into().unwrap());
                    let person = page.person.to_string();
                    (page.at.into(), Action::Page { person, track, step, round, urgency })
                }
                EscalationAction::NobodyReachable(_) => (at, Action::NobodyReachable),
                EscalationAction::NobodyNew(_) => (at, Action::NobodyNew),
                EscalationAction::Logged(logged) if logged.what == EscalationNote::NoAreaKnown => {
                    (at, Action::NoAreaKnown)
                }
                EscalationAction::Finished(_) => (at, Action::Finished),
                EscalationAction::PolicyStarted(_) | EscalationAction::Logged(_) | EscalationAction::Unknown(_) => {
                    continue;
                }
            };
            self.actions.push((at, without_numbers(action)));
        }
    }
}

/// Only steps have a number and rounds that the specification tells.
fn without_numbers(action: Action) -> Action {
    match action {
        Action::Page { person, track: track @ (Track::Otherwise | Track::Reassigned), urgency, .. } => {
            Action::Page { person, track, step: 0, round: 0, urgency }
        }
        other => other,
    }
}

/// A host that comes at every deadline; or one that comes when it has something to tell, and at the end.
fn play(story: &Story, at_deadlines: bool) -> Result<Done, String> {
    let text = |error: incident_core::Error| format!("{error:?}");
    let source = Source::parse(&story.policy.to_string(), Format::Json).map_err(text)?;
    let policy = EscalationPolicy::read(&source).map_err(text)?;
    let world = World::from_json(&story.world.to_string()).map_err(text)?;
    let basis = EscalationBasis {
        severity: Some(story.severity.parse().map_err(text)?),
        areas: story.areas.iter().map(|area| area.parse().unwrap()).collect(),
        ..EscalationBasis::new(story.id.parse().map_err(text)?)
    };
    let mut escalation = Escalation::begin(basis, &policy, timestamp(story.started_at)).map_err(text)?;
    let mut done = Done::default();
    done.add(story.started_at, Vec::new());
    let mut inputs = story.inputs.iter().peekable();
    let mut now = story.started_at;
    loop {
        while let Some((_, input)) = inputs.next_if(|(at, _)| *at == now) {
            let input = serde_json::from_value(input.clone()).unwrap();
            escalation.handle(timestamp(now), input).map_err(text)?;
        }
        escalation.tick(timestamp(now)).map_err(text)?;
        done.add(now, escalation.drain(&world));
        if now == story.until {
            return Ok(done);
        }
        let told = inputs.peek().map(|(at, _)| *at);
        let deadline = escalation.next_deadline().filter(|_| at_deadlines).map(Instant::from);
        if let Some(deadline) = deadline.filter(|deadline| *deadline <= now) {
            return Err(format!("a deadline at {deadline} that is not later than {now}"));
        }
        now = told.into_iter().chain(deadline).chain([story.until]).min().unwrap().min(story.until);
    }
}

fn by_model(story: &Story) -> Vec<(Instant, Action)> {
    let policy = policy::Policy::read(&story.policy);
    let world = policy::World::read(&story.world, story.until + TimeDelta::days(1));
    let incident = escalation::Incident {
        id: story.id.clone(),
        severity: story.severity.clone(),
        areas: story.areas.clone(),
        started_at: story.started_at,
    };
    let inputs: Vec<_> =
        story.inputs.iter().map(|(at, input)| (*at, serde_json::from_value(input.clone()).unwrap())).collect();
    let actions = escalation::run(&policy, &world, &incident, &inputs, story.until);
    actions.into_iter().map(|(at, action)| (at, without_numbers(action))).collect()
}

fn difference(story: &Story) -> Result<(), String> {
    let expected = by_model(story);
    let done = play(story, true)?;
    if done.actions != expected {
        let same = done.actions.iter().zip(&expected).take_while(|(found, expected)| found == expected).count();
        let (found, wanted) = (done.actions.get(same..).unwrap(), expected.get(same..).unwrap());
        return Err(format!(
            "after {same} the same\nlibrary {:?}\nmodel   {:?}",
            found.iter().take(4).collect::<Vec<_>>(),
            wanted.iter().take(4).collect::<Vec<_>>()
        ));
    }
    let ids: BTreeSet<_> = done.ids.iter().collect();
    if ids.len() != done.ids.len() {
        return Err("two pages have one id".to_owned());
    }
    let pages = |actions: Vec<(Instant, Action)>| -> Vec<_> {
        actions.into_iter().filter(|(_, action)| matches!(action, Action::Page { .. })).collect()
    };
    // What was due before the end and never asked for is not paged after it.
    let ends = story.inputs.iter().any(|(_, input)| input["type"] == "resolved");
    let late = play(story, ends)?;
    if (late.ids, pages(late.actions)) != (done.ids, pages(done.actions)) {
        return Err("a host that comes late is asked for other pages".to_owned());
    }
    Ok(())
}

#[test]
fn the_library_pages_as_the_model_does() {
    let mut differences = Vec::new();
    for seed in 0..cases() {
        let story = random_policy::story(&mut Random::new(seed));
        if let Err(difference) = difference(&story) {
            let told: Vec<_> = story.inputs.iter().map(|(at, input)| format!("{at} {input}")).collect();
            differences.push(format!(
                "seed {seed}: {} {:?} from {}, {difference}\ntold {told:#?}\npolicy {}\nworld {}",
                story.severity, story.areas, story.started_at, story.policy, story.world
            ));
        }
    }
    let shown: Vec<_> = differences.iter().take(SHOWN).map(String::as_str).collect();
    assert!(differences.is_empty(), "{} of {} differ:\n{}", differences.len(), cases(), shown.join("\n\n"));
}
