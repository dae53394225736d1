//! A host that crashes, repeats, comes late and hears things out of order: it never pages twice for one id, never after
//! the end, and loses no page that an undisturbed host asks for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test"
)]

use std::collections::{BTreeMap, BTreeSet};

use incident_core::event::PageId;
use incident_core::{
    AreaId, Elapsed, Escalation, EscalationAction, EscalationBasis, EscalationInput, EscalationPolicy, Format,
    PersonId, Source, Timestamp, World,
};

const WORLD: &str = r#"
[directory.people]
ana = { zone = "Europe/Berlin", lead = "hana", buddies = ["ben"] }
ben = { zone = "Europe/Berlin", lead = "hana", buddies = ["cy"] }
cy  = { zone = "America/New_York", lead = "hana", buddies = ["ana"] }
hana = { zone = "Europe/London", lead = "vera" }
[directory.teams]
all = { members = ["ana", "ben", "cy"] }
[directory.areas]
checkout = { experts = ["jo", "kim"] }
[slots]
commander = ["gus"]
[[schedules.primary.rotation]]
zone = "UTC"
turn = "1 hour"
start = "2026-12-01"
members = ["ana", "ben", "cy"]
"#;

const POLICY: &str = r#"
[windows]
morning = { zone = "recipient", hours = "daily 05:00-12:00" }
quarter = { zone = "UTC", hours = "daily 10:15-23:00" }
[escalation]
acknowledged_for = "25m"
otherwise = { after = "10m", page = ["person:hana"] }
[escalation.sev1]
first     = [{ page = ["on-call:primary"], again = { every = "4m", times = 3 } },
             { at = "5m", page = ["next:primary", "buddy"], within = "quarter" },
             { at = "10m", page = ["round-robin:all"], again = { every = "7m", times = 2 } }]
reinforce = [{ when = { help = "asked" }, page = ["experts", "slot:commander"] },
             { when = { no_progress = "20m" }, page = ["experts:1"] }]
authority = [{ at = "30m", page = ["lead:2"] }]
[escalation.sev2]
first     = [{ page = ["team:all"], within = "morning" }]
reinforce = [{ when = { severity = "raised" }, page = ["slot:commander"] }]
"#;

/// A small generator of our own: the same stories on every platform.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn minute(at: u64) -> Timestamp {
    let start: Timestamp = "2026-12-07T10:00:00Z".parse().unwrap();
    start.plus(Elapsed::minutes(at.try_into().unwrap()))
}

/// What happens in two hours, in order.
fn story(dice: &mut Dice) -> Vec<(Timestamp, EscalationInput)> {
    let mut at = 0;
    let mut told = Vec::new();
    let who = |dice: &mut Dice| -> PersonId { ["ana", "ben", "cy", "jo"][dice.roll(4) as usize].parse().unwrap() };
    for _ in 0..dice.roll(8) {
        at += 1 + dice.roll(25);
        let input = match dice.roll(9) {
            0 => EscalationInput::Acknowledged { by: who(dice) },
            1 => EscalationInput::Unacknowledged {},
            2 => EscalationInput::Snoozed { until: minute(at + dice.roll(30)) },
            3 => EscalationInput::Woken {},
            4 => EscalationInput::Reassigned { to: who(dice), by: Some(who(dice)) },
            5 => {
                let severity = ["sev1", "sev2", "sev9"][dice.roll(3) as usize].parse().unwrap();
                EscalationInput::SeverityChanged { severity, raised: None }
            }
            6 => EscalationInput::AreaAdded { area: AreaId::new("checkout").unwrap() },
            7 => EscalationInput::HelpAsked { reason: incident_core::HelpReason::Stuck, by: Some(who(dice)) },
            _ => EscalationInput::Progress { by: Some(who(dice)) },
        };
        told.push((minute(at), input));
    }
    if dice.roll(2) == 0 {
        told.push((minute(at + 1 + dice.roll(30)), EscalationInput::Resolved {}));
    }
    told
}

/// What a host has sent, and when it knew that it was over.
#[derive(Default)]
struct Sent {
    pages: BTreeMap<PageId, (PersonId, Timestamp)>,
    over: bool,
}

impl Sent {
    /// Sends what is asked for; a page whose id was sent is not sent again.
    fn take(&mut self, actions: &[EscalationAction]) {
        for action in actions {
            if let EscalationAction::Page(page) = action {
                assert!(!self.over, "a page after the end: {page:?}");
                let known = self.pages.entry(page.id).or_insert_with(|| (page.person.clone(), page.at));
                assert_eq!((&known.0, known.1), (&page.person, page.at), "one id for two pages");
            }
        }
    }

    fn of_minutes(&self, until: Timestamp) -> BTreeSet<(PageId, Timestamp)> {
        self.pages.iter().filter(|(_, (_, at))| *at < until).map(|(id, (_, at))| (*id, *at)).collect()
    }
}

fn begin(policy: &EscalationPolicy) -> Escalation {
    let id = "019acdef-0000-7000-8000-000000000001".parse().unwrap();
    let basis = EscalationBasis { severity: Some("sev1".parse().unwrap()), ..EscalationBasis::new(id) };
    Escalation::begin(basis, policy, minute(0)).unwrap()
}

const END: u64 = 240;

/// Always in time.
fn undisturbed(policy: &EscalationPolicy, world: &World, story: &[(Timestamp, EscalationInput)]) -> Sent {
    let (mut escalation, mut sent) = (begin(policy), Sent::default());
    let mut told = story.iter().peekable();
    for now in (0..=END).map(minute) {
        while let Some((at, input)) = told.next_if(|(at, _)| *at <= now) {
            escalation.handle(*at, input.clone()).unwrap();
            sent.over |= *input == EscalationInput::Resolved {};
        }
        escalation.tick(now).unwrap();
        sent.take(&escalation.drain(world));
    }
    sent
}

/// Crashes, repeats, comes late. It stores its state only after it has sent what was asked for, and tells again what it
/// had told since.
fn disturbed(
    policy: &EscalationPolicy,
    world: &World,
    story: &[(Timestamp, EscalationInput)],
    dice: &mut Dice,
) -> Sent {
    let (mut escalation, mut sent) = (begin(policy), Sent::default());
    let mut stored = (escalation.to_state().unwrap(), 0);
    let (mut heard, mut now) = (0, 0);
    while now < END || heard < story.len() {
        now = (now + dice.roll(12)).min(END);
        while let Some((at, input)) = story.get(heard).filter(|(at, _)| *at <= minute(now)) {
            // What was due before is asked for, unless it comes to the host as late as this.
            if dice.roll(3) > 0 {
                escalation.tick(at.plus(Elapsed::minutes(-1))).unwrap();
                sent.take(&escalation.drain(world));
            }
            for _ in 0..=dice.roll(2) {
                escalation.handle(*at, input.clone()).unwrap();
            }
            sent.over |= *input == EscalationInput::Resolved {};
            heard += 1;
        }
        escalation.tick(minute(now)).unwrap();
        match dice.roll(4) {
            0 => {
                // It crashes after it has sent some of what was asked for.
                let some: Vec<_> = (0..dice.roll(4)).filter_map(|_| escalation.poll(world)).collect();
                sent.take(&some);
                escalation = Escalation::resume(&stored.0, policy).unwrap();
                // What it had been told is told again before it asks what to do.
                for (at, input) in &story[stored.1..heard] {
                    escalation.handle(*at, input.clone()).unwrap();
                }
            }
            1 => {
                // The same tick, and an empty drain.
                sent.take(&escalation.drain(world));
                escalation.tick(minute(now)).unwrap();
                assert!(escalation.drain(world).is_empty());
            }
            _ => {
                sent.take(&escalation.drain(world));
                stored = (escalation.to_state().unwrap(), heard);
            }
        }
    }
    escalation.tick(minute(END)).unwrap();
    sent.take(&escalation.drain(world));
    sent
}

#[test]
fn whatever_the_host_does_every_page_is_asked_for_once() {
    let policy = EscalationPolicy::read(&Source::parse(POLICY, Format::Toml).unwrap()).unwrap();
    let world = World::of(Source::parse(WORLD, Format::Toml).unwrap().read().unwrap()).unwrap();
    let mut pages = 0;
    for seed in 1..=150_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let story = story(&mut dice);
        let resolved = story.iter().find(|(_, input)| *input == EscalationInput::Resolved {}).map(|(at, _)| *at);
        let expected = undisturbed(&policy, &world, &story);
        let found = disturbed(&policy, &world, &story, &mut dice);
        pages += expected.pages.len();
        let until = resolved.unwrap_or(Timestamp::MAX);
        let (expected, found) = (expected.of_minutes(until), found.of_minutes(until));
        match resolved {
            // Nothing but what was asked for in time.
            None => assert_eq!(found, expected, "seed {seed}: {story:#?}"),
            // What had not been asked for when it was over is not asked for any more.
            Some(_) => assert!(found.is_subset(&expected), "seed {seed}: {story:#?}"),
        }
    }
    assert!(pages > 1_000, "{pages} pages are a dull story");
}

#[test]
fn what_is_told_in_another_order_before_it_is_drained_is_the_same() {
    let policy = EscalationPolicy::read(&Source::parse(POLICY, Format::Toml).unwrap()).unwrap();
    let world = World::of(Source::parse(WORLD, Format::Toml).unwrap().read().unwrap()).unwrap();
    for seed in 1..=60_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut story = story(&mut dice);
        story.retain(|(_, input)| *input != EscalationInput::Resolved {});
        let expected = undisturbed(&policy, &world, &story);
        // Every input of another minute, so that the order of minutes is all the order there is.
        for place in (1..story.len()).rev() {
            story.swap(place, dice.roll(place as u64 + 1) as usize);
        }
        let (mut escalation, mut sent) = (begin(&policy), Sent::default());
        for (at, input) in &story {
            escalation.handle(*at, input.clone()).unwrap();
        }
        escalation.tick(minute(END)).unwrap();
        sent.take(&escalation.drain(&world));
        assert_eq!(sent.of_minutes(Timestamp::MAX), expected.of_minutes(Timestamp::MAX), "seed {seed}");
    }
}
