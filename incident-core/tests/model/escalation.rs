//! Whom a policy pages, minute by minute (SEMANTICS 9 to 15).

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde::Deserialize;

use super::calendar::Instant;
use super::policy::{OnEmpty, Policy, SeverityText, StepText, WhenText, World, minutes};

/// What is told to an escalation.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    Tick,
    Acknowledged { by: String },
    Unacknowledged,
    Snoozed { until: String },
    Woken,
    Reassigned { to: String, by: Option<String> },
    SeverityChanged { severity: String },
    AreaAdded { area: String },
    HelpAsked { reason: String, by: Option<String> },
    Progress { by: Option<String> },
    DeliveryFailed { page: String },
    Resolved,
}

/// What an escalation asks of its host.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Action {
    Page { person: String, track: Track, step: usize, round: usize, urgency: Urgency },
    NobodyReachable,
    NobodyNew,
    NoAreaKnown,
    Finished,
}

/// What a page comes from.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Track {
    First,
    Reinforce,
    Authority,
    Otherwise,
    Reassigned,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Urgency {
    Low,
    High,
}

#[derive(Clone, Debug)]
pub struct Incident {
    pub id: String,
    pub severity: String,
    pub areas: Vec<String>,
    pub started_at: Instant,
}

/// Everything a policy does for an incident from its start, until an instant (which is included).
pub fn run(
    policy: &Policy,
    world: &World,
    incident: &Incident,
    inputs: &[(Instant, Input)],
    until: Instant,
) -> Vec<(Instant, Action)> {
    let mut run = Run::new(policy, world, incident);
    let mut inputs = inputs.iter().peekable();
    while run.now <= until && !run.resolved {
        let mut now = Vec::new();
        while let Some((_, input)) = inputs.next_if(|(at, _)| *at <= run.now) {
            now.push(input);
        }
        run.minute(&now);
        run.now += TimeDelta::minutes(1);
    }
    run.actions
}

struct Run<'a> {
    policy: &'a Policy,
    world: &'a World,
    id: &'a str,
    now: Instant,
    severity: String,
    /// The order of severities is that of their names, the worst first.
    raised: bool,
    areas: Vec<String>,
    tracks: Vec<TrackState>,
    /// Paged by anything, or acted (SEMANTICS 10).
    engaged: BTreeSet<String>,
    /// Paged through on-call, next or person, or acted, or made the owner (SEMANTICS 9); in that order.
    responders: Vec<String>,
    acknowledged_at: Option<Instant>,
    snoozed_until: Option<Instant>,
    last_progress: Instant,
    asked: Vec<String>,
    round_robins: BTreeMap<String, usize>,
    /// How often each step has acted in this incident, whatever the severity was.
    rounds: BTreeMap<(Track, usize), usize>,
    /// Who has been paged in this minute.
    paged_now: BTreeSet<String>,
    resolved: bool,
    actions: Vec<(Instant, Action)>,
}

struct TrackState {
    track: Track,
    /// Minutes since the track began, without those in which it stood still.
    clock: i64,
    steps: Vec<StepState>,
    /// The minute of its clock at which the last step acted.
    last: i64,
    over: bool,
}

struct StepState {
    text: StepText,
    /// When it acts; a step that has an occasion may have been set off more than once.
    firings: Vec<Firing>,
    /// Whom it has paged.
    paged: Vec<String>,
    /// Who is paged when their own window opens, and what for.
    held: Vec<Held>,
}

/// The minute of the track's clock at which a step acts, and what comes after.
#[derive(Clone)]
struct Firing {
    due: i64,
    /// How many more times it acts after that.
    left: i64,
    /// Whether it repeats what was done before.
    again: bool,
    /// Whether somebody asked for help.
    asked: bool,
}

#[derive(Clone)]
struct Held {
    person: String,
    responder: bool,
    round: usize,
}

/// Whom the targets of a step name.
#[derive(Default)]
struct Resolved {
    /// Those present, each once, and whether paging them makes them responders.
    people: Vec<(String, bool)>,
    /// How many targets could be looked at: experts cannot where no area is known.
    looked: usize,
    /// Whether any could not.
    no_area: bool,
}

impl<'a> Run<'a> {
    fn new(policy: &'a Policy, world: &'a World, incident: &'a Incident) -> Self {
        let mut run = Self {
            policy,
            world,
            id: &incident.id,
            now: incident.started_at,
            severity: incident.severity.clone(),
            raised: false,
            areas: incident.areas.clone(),
            tracks: Vec::new(),
            engaged: BTreeSet::new(),
            responders: Vec::new(),
            acknowledged_at: None,
            snoozed_until: None,
            last_progress: incident.started_at,
            asked: Vec::new(),
            round_robins: BTreeMap::new(),
            rounds: BTreeMap::new(),
            paged_now: BTreeSet::new(),
            resolved: false,
            actions: Vec::new(),
        };
        run.begin_tracks();
        run
    }

    /// SEMANTICS 15: inputs first, then first response, reinforcement, authority.
    fn minute(&mut self, inputs: &[&Input]) {
        self.paged_now.clear();
        self.asked.clear();
        self.raised = false;
        let before = self.actions.len();
        for input in inputs {
            self.input(input);
            if self.resolved {
                // Nobody is paged in the minute in which it is resolved.
                self.actions.truncate(before);
                self.act(Action::Finished);
                return;
            }
        }
        self.expire();
        for track in 0..self.tracks.len() {
            self.track(track);
        }
    }

    /// The tracks of the severity, at zero.
    fn begin_tracks(&mut self) {
        let text = self.policy.severities.get(&self.severity).cloned();
        let known = text.is_some();
        let SeverityText { first, reinforce, authority, .. } = text.unwrap_or_default();
        let tracks = [(Track::First, first), (Track::Reinforce, reinforce), (Track::Authority, authority)];
        self.tracks = tracks.into_iter().map(|(track, steps)| TrackState::new(track, steps)).collect();
        if !known {
            // SEMANTICS 15: a severity without a policy goes to otherwise.
            self.tracks[0].last = i64::MIN;
        }
    }

    fn input(&mut self, input: &Input) {
        match input {
            Input::Tick | Input::DeliveryFailed { .. } => {}
            Input::Acknowledged { by } => {
                self.acknowledged_at = Some(self.now);
                self.acted(by);
                self.last_progress = self.now;
            }
            Input::Unacknowledged => self.acknowledged_at = None,
            Input::Snoozed { until } => self.snoozed_until = Some(super::calendar::parse_instant(until)),
            Input::Woken => self.snoozed_until = None,
            Input::Reassigned { to, by } => {
                by.iter().for_each(|by| self.acted(by));
                self.last_progress = self.now;
                self.responder(to);
                if self.world.is_absent(to, self.now) {
                    self.act(Action::NobodyReachable);
                } else {
                    // At once, engaged or not.
                    self.page(to, Track::Reassigned, 0, 0, Urgency::High);
                }
            }
            Input::SeverityChanged { severity } if *severity != self.severity => {
                self.raised = *severity < self.severity;
                self.severity.clone_from(severity);
                self.last_progress = self.now;
                // Acknowledgement, snooze and engagement stay.
                self.begin_tracks();
            }
            Input::SeverityChanged { .. } => {}
            Input::AreaAdded { area } => {
                if !self.areas.contains(area) {
                    self.areas.push(area.clone());
                    self.last_progress = self.now;
                }
            }
            Input::HelpAsked { reason, by } => {
                by.iter().for_each(|by| self.acted(by));
                self.asked.push(reason.clone());
            }
            Input::Progress { by } => {
                by.iter().for_each(|by| self.acted(by));
                self.last_progress = self.now;
            }
            Input::Resolved => self.resolved = true,
        }
    }

    fn acted(&mut self, person: &str) {
        self.engaged.insert(person.to_owned());
        self.responder(person);
    }

    fn responder(&mut self, person: &str) {
        if !self.responders.iter().any(|one| one == person) {
            self.responders.push(person.to_owned());
        }
    }

    fn act(&mut self, action: Action) {
        self.actions.push((self.now, action));
    }

    /// Whether anybody has been paged: absent people never are, and nobody is twice in one minute.
    fn page(&mut self, person: &str, track: Track, step: usize, round: usize, urgency: Urgency) -> bool {
        if self.world.is_absent(person, self.now) || !self.paged_now.insert(person.to_owned()) {
            return false;
        }
        self.engaged.insert(person.to_owned());
        self.act(Action::Page { person: person.to_owned(), track, step, round, urgency });
        true
    }

    /// SEMANTICS 13: an acknowledgement may last only so long, a snooze ends by itself.
    fn expire(&mut self) {
        let lasts = self.policy.acknowledged_for(&self.severity).map(TimeDelta::minutes);
        if self.acknowledged_at.zip(lasts).is_some_and(|(at, lasts)| self.now >= at + lasts) {
            self.acknowledged_at = None;
        }
        if self.snoozed_until.is_some_and(|until| self.now >= until) {
            self.snoozed_until = None;
        }
    }

    fn stands_still(&self, track: usize) -> bool {
        self.tracks[track].track == Track::First && (self.acknowledged_at.is_some() || self.snoozed_until.is_some())
    }

    fn track(&mut self, track: usize) {
        if self.stands_still(track) || self.tracks[track].over {
            return;
        }
        for step in 0..self.tracks[track].steps.len() {
            let asked = self.triggers(self.tracks[track].steps[step].text.when.as_ref());
            let clock = self.tracks[track].clock;
            let state = &mut self.tracks[track].steps[step];
            let left = state.text.again.as_ref().map_or(0, |again| again.times);
            state.firings.extend(asked.into_iter().map(|asked| Firing { due: clock, left, again: false, asked }));
        }
        loop {
            let clock = self.tracks[track].clock;
            for step in 0..self.tracks[track].steps.len() {
                self.release(track, step);
                self.step(track, step);
            }
            // An empty step that was skipped may have made others due.
            if self.tracks[track].clock == clock {
                break;
            }
        }
        if self.tracks[track].track == Track::First {
            self.end(track);
        }
        self.tracks[track].clock += 1;
    }

    /// SEMANTICS 14: how often a step with `when` begins in this minute, and whether somebody asked for that.
    fn triggers(&self, when: Option<&WhenText>) -> Vec<bool> {
        let Some(when) = when else { return Vec::new() };
        let helped =
            |wanted: &String| self.asked.iter().filter(|reason| wanted == "asked" || *reason == wanted).count();
        let helped = when.help.as_ref().map_or(0, helped);
        // The quiet reaches a length once, and again after the next progress.
        let quiet = self.now - self.last_progress;
        let quiet = when.no_progress.as_ref().is_some_and(|length| quiet == TimeDelta::minutes(minutes(length)));
        let raised = when.severity.is_some() && self.raised;
        let others = usize::from(quiet) + usize::from(raised);
        std::iter::repeat_n(true, helped).chain(std::iter::repeat_n(false, others)).collect()
    }

    /// Acts if the time of a step has come and its window is open.
    fn step(&mut self, track: usize, step: usize) {
        let clock = self.tracks[track].clock;
        let firings = std::mem::take(&mut self.tracks[track].steps[step].firings);
        for firing in firings {
            let next = if firing.due <= clock { self.fire(track, step, &firing) } else { Some(firing) };
            self.tracks[track].steps[step].firings.extend(next);
        }
    }

    /// What comes after; the same again while a window is closed or somebody is waited for.
    fn fire(&mut self, track: usize, step: usize, firing: &Firing) -> Option<Firing> {
        let text = self.tracks[track].steps[step].text.clone();
        let recipient = text.within.as_deref().filter(|window| self.policy.is_of_recipient(window));
        let named = text.within.as_deref().filter(|_| recipient.is_none());
        if named.is_some_and(|window| !self.policy.is_open(window, None, self.now)) {
            return Some(firing.clone());
        }
        let resolved = self.resolve(&text.page);
        let state = &self.tracks[track].steps[step];
        let kind = self.tracks[track].track;
        let round = *self.rounds.get(&(kind, step)).unwrap_or(&0);
        // SEMANTICS 11: `again` pages those it has paged, and anyone it resolves to anew.
        let before = if firing.again { state.paged.as_slice() } else { &[] };
        let mut candidates: Vec<_> = before.iter().map(|person| (person.clone(), false)).collect();
        candidates.retain(|(person, _)| !self.world.is_absent(person, self.now));
        let before = candidates.len();
        for (person, responder) in resolved.people {
            if !candidates.iter().any(|(one, _)| *one == person) {
                candidates.push((person, responder));
            }
        }
        let nobody = candidates.is_empty() && resolved.looked > 0;
        if nobody && self.policy.on_empty == OnEmpty::WaitUntilSomeone {
            return Some(firing.clone());
        }
        if resolved.no_area {
            self.act(Action::NoAreaKnown);
        }
        if nobody {
            match self.policy.on_empty {
                OnEmpty::WaitUntilSomeone => {}
                OnEmpty::Otherwise => self.otherwise(false),
                OnEmpty::Skip => self.next_at_once(track, step),
            }
        } else if resolved.looked > 0 || !candidates.is_empty() {
            let engaged =
                |(place, (person, _)): &(usize, (String, bool))| *place < before || !self.engaged.contains(person);
            let chosen: Vec<_> = candidates.into_iter().enumerate().filter(engaged).map(|(_, one)| one).collect();
            if chosen.is_empty() && firing.asked {
                self.act(Action::NobodyNew);
            }
            for (person, responder) in chosen {
                if self.tracks[track].steps[step].held.iter().any(|held| held.person == person) {
                    continue;
                }
                self.tracks[track].steps[step].held.push(Held { person, responder, round });
            }
            self.release(track, step);
        }
        *self.rounds.entry((kind, step)).or_default() += 1;
        let state = &mut self.tracks[track];
        state.last = state.clock;
        let again = text.again.as_ref().filter(|_| firing.left > 0)?;
        Some(Firing { due: state.clock + minutes(&again.every), left: firing.left - 1, again: true, asked: false })
    }

    /// Pages those whose time has come: at once, or when their own window opens.
    fn release(&mut self, track: usize, step: usize) {
        let held = std::mem::take(&mut self.tracks[track].steps[step].held);
        if held.is_empty() {
            return;
        }
        let text = self.tracks[track].steps[step].text.clone();
        let urgency = if text.urgency.as_deref() == Some("low") { Urgency::Low } else { Urgency::High };
        for one in held {
            let window = text.within.as_deref().filter(|window| self.policy.is_of_recipient(window));
            let zone = self.world.zone_of(&one.person);
            if window.is_some_and(|window| !self.policy.is_open(window, zone, self.now)) {
                self.tracks[track].steps[step].held.push(one);
                continue;
            }
            // In the meantime somebody else may have paged them.
            let own = self.tracks[track].steps[step].paged.contains(&one.person);
            self.tracks[track].last = self.tracks[track].clock;
            if !own && self.engaged.contains(&one.person) {
                continue;
            }
            let kind = self.tracks[track].track;
            if self.page(&one.person, kind, step, one.round, urgency) {
                if one.responder {
                    self.responder(&one.person);
                }
                if !own {
                    self.tracks[track].steps[step].paged.push(one.person);
                }
            }
        }
    }

    /// `on_empty = "skip"`: the next step of the track acts at once, and the later ones as much earlier. What steps do again
    /// stays as far from what it repeats.
    fn next_at_once(&mut self, track: usize, step: usize) {
        let mut later = self.tracks[track].steps.iter().skip(step + 1);
        // Nothing, where that has acted already.
        let next = later.find(|next| next.text.when.is_none());
        let next = next.and_then(|next| next.firings.iter().find(|one| !one.again));
        let next = next.map(|firing| firing.due);
        let state = &mut self.tracks[track];
        let skipped = next.map_or(0, |next| (next - state.clock).max(0));
        state.clock += skipped;
        for again in state.steps.iter_mut().flat_map(|step| &mut step.firings).filter(|firing| firing.again) {
            again.due += skipped;
        }
    }

    /// SEMANTICS 12: when the first track has nothing left and `after` has passed, all of otherwise, once.
    fn end(&mut self, track: usize) {
        let state = &self.tracks[track];
        if state.steps.iter().any(|step| !step.firings.is_empty() || !step.held.is_empty()) {
            return;
        }
        let quietly =
            self.policy.severities.get(&self.severity).is_some_and(|text| text.end.as_deref() == Some("quietly"));
        let after = self.policy.otherwise(&self.severity).after.as_deref().map_or(0, minutes);
        if quietly {
            self.tracks[track].over = true;
        } else if state.last == i64::MIN || state.clock >= state.last + after {
            self.otherwise(true);
            self.tracks[track].over = true;
        }
    }

    /// Pages otherwise: those not yet engaged, or at the end all.
    fn otherwise(&mut self, all: bool) {
        let text = self.policy.otherwise(&self.severity).clone();
        let people = self.resolve(&text.page).people;
        if people.is_empty() {
            self.act(Action::NobodyReachable);
        }
        let step = usize::from(all);
        for (person, _) in people {
            if all || !self.engaged.contains(&person) {
                self.page(&person, Track::Otherwise, step, 0, Urgency::High);
            }
        }
    }

    /// SEMANTICS 9: whom targets name, absent people left out.
    fn resolve(&mut self, targets: &[String]) -> Resolved {
        let mut resolved = Resolved::default();
        for target in targets {
            let (kind, name) = target.split_once(':').unwrap_or((target, ""));
            if kind == "experts" && self.areas.is_empty() {
                resolved.no_area = true;
                continue;
            }
            resolved.looked += 1;
            let responder = matches!(kind, "on-call" | "next" | "person");
            // Whom two targets name is paged through the first.
            for person in self.target(kind, name) {
                if !resolved.people.iter().any(|(one, _)| *one == person) {
                    resolved.people.push((person, responder));
                }
            }
        }
        resolved
    }

    fn target(&mut self, kind: &str, name: &str) -> Vec<String> {
        let world = self.world;
        let present = |people: Vec<String>| -> Vec<String> {
            people.into_iter().filter(|person| !world.is_absent(person, self.now)).collect()
        };
        match kind {
            "on-call" => present(world.schedules[name].on_call(self.now).people),
            "next" => present(world.schedules[name].next(self.now)),
            "person" => present(vec![name.to_owned()]),
            "team" => present(world.members(name).to_vec()),
            "slot" => present(world.slot(name)),
            "buddy" => present(self.responders.iter().flat_map(|one| world.buddies(one).to_vec()).collect()),
            "lead" => self.responders.iter().filter_map(|one| self.lead(one, name.parse().unwrap())).collect(),
            "experts" => {
                let experts = present(each_once(world.experts(&self.areas)));
                experts.into_iter().take(name.parse().unwrap_or(usize::MAX)).collect()
            }
            "round-robin" => {
                let members = world.members(name).to_vec();
                self.take_turns(name, &members).into_iter().collect()
            }
            _ => panic!("`{kind}` is no target"),
        }
    }

    /// So many steps up the chain of command, and on while absent.
    fn lead(&self, person: &str, steps: usize) -> Option<String> {
        let chain = std::iter::successors(self.world.lead(person), |lead| self.world.lead(lead)).take(20);
        chain.skip(steps - 1).find(|lead| !self.world.is_absent(lead, self.now)).cloned()
    }

    /// The next present member, from where a hash of the incident's id points to.
    fn take_turns(&mut self, team: &str, members: &[String]) -> Option<String> {
        if members.is_empty() {
            return None;
        }
        let first = start_of(self.id, members.len());
        let from = *self.round_robins.get(team).unwrap_or(&first);
        let places = (0..members.len()).map(|later| (from + later) % members.len());
        let place = places.into_iter().find(|place| !self.world.is_absent(&members[*place], self.now))?;
        self.round_robins.insert(team.to_owned(), (place + 1) % members.len());
        Some(members[place].clone())
    }
}

impl TrackState {
    fn new(track: Track, steps: Vec<StepText>) -> Self {
        Self { track, clock: 0, steps: steps.into_iter().map(StepState::new).collect(), last: 0, over: false }
    }
}

impl StepState {
    fn new(text: StepText) -> Self {
        let left = text.again.as_ref().map_or(0, |again| again.times);
        let due = text.at.as_deref().map_or(0, minutes);
        let timed = text.when.is_none().then_some(Firing { due, left, again: false, asked: false });
        Self { text, firings: timed.into_iter().collect(), paged: Vec::new(), held: Vec::new() }
    }
}

fn each_once(people: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    people.into_iter().filter(|person| seen.insert(person.clone())).collect()
}

/// The place in a team of a size at which its turns begin.
pub fn start_of(id: &str, size: usize) -> usize {
    usize::try_from(fnv_1a(id) % u64::try_from(size).unwrap()).unwrap()
}

/// The hash FNV-1a with 64 bits.
fn fnv_1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
