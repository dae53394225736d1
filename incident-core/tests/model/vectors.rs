//! Public questions about on-call schedules, said in this project's own documents.
//!
//! The vectors describe schedules in the terms of the systems they come from: turns with a handoff, rules by day of the
//! week, recurring shifts, layers, weekly templates, fixed shifts. Each shape becomes documented settings of a schedule
//! document, and each question one that every engine can answer: who is on call, where the turns begin, who served when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::{Value, json};

use super::calendar::{
    self, Instant, Twice, add_days, add_months, at_minute, local, minutes, parse_instant, weekday, weekday_of,
};

/// A question about a schedule, with its answer.
#[derive(Debug)]
pub struct Case {
    pub id: String,
    /// A schedule document.
    pub document: Value,
    pub question: Question,
}

#[derive(Debug)]
pub enum Question {
    /// Who is on call, at each of these instants, in any order.
    OnCall(Vec<(Instant, BTreeSet<String>)>),
    /// The handoffs of the first rotation from the one at or before `from` to the one at or after `until`.
    Handoffs { from: Instant, until: Instant, handoffs: Vec<Instant> },
    /// The first handoff after an instant.
    NextHandoff { after: Instant, handoff: Instant },
    /// The last handoff before an instant.
    HandoffBefore { before: Instant, handoff: Instant },
    /// The turn that contains an instant: its two handoffs, and who serves in it where that is asked.
    Turn { at: Instant, from: Instant, until: Instant, people: Option<BTreeSet<String>> },
    /// When the stretch of duty that contains an instant begins, or else the next one.
    DutyStarts { at: Instant, start: Instant },
    /// When the stretch of duty that contains an instant ends, or else the next one.
    DutyEnds { at: Instant, end: Instant },
    /// When duty next begins after an instant, if it ever does.
    NextDuty { after: Instant, start: Option<Instant> },
    /// Who is on call when, within a span and cut by it; the stretches of one person are merged where they touch.
    Shifts { from: Instant, until: Instant, shifts: Vec<Served>, gaps: Option<Vec<(Instant, Instant)>> },
    /// When a shift is empty, within a span.
    EmptyShifts { from: Instant, until: Instant, spans: Vec<(Instant, Instant)> },
}

/// A person and a span on call.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Served {
    pub from: Instant,
    pub until: Instant,
    pub person: String,
}

/// What an engine must be able to answer for the questions to be put to it.
pub trait Answers {
    /// Who is on call.
    fn on_call(&self, at: Instant) -> BTreeSet<String>;
    /// The handoffs of the first rotation within `[from, until)`, also those before it begins.
    fn handoffs(&self, from: Instant, until: Instant) -> Vec<Instant>;
    /// Who is on call when, within a span and cut by it.
    fn shifts(&self, from: Instant, until: Instant) -> Vec<Served>;
    /// The spans in which nobody has duty, and those in which somebody has but nobody is left.
    fn gaps(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)>;
    fn empty_shifts(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant)>;
}

/// Longer than any turn or pause between windows in the vectors.
const AROUND: TimeDelta = TimeDelta::days(70);
/// Longer than any pause between windows of a week.
const WEEK: TimeDelta = TimeDelta::days(8);

impl Question {
    /// An instant after all that is asked about.
    pub fn latest(&self) -> Instant {
        let latest = match self {
            Self::OnCall(answers) => answers.iter().map(|(at, _)| *at).max().unwrap(),
            Self::Handoffs { until, .. } | Self::Shifts { until, .. } | Self::EmptyShifts { until, .. } => *until,
            Self::NextHandoff { after: at, .. }
            | Self::HandoffBefore { before: at, .. }
            | Self::Turn { at, .. }
            | Self::DutyStarts { at, .. }
            | Self::DutyEnds { at, .. }
            | Self::NextDuty { after: at, .. } => *at,
        };
        latest + AROUND
    }

    /// Puts the question; the difference in words, or none.
    pub fn ask(&self, engine: &dyn Answers) -> Result<(), String> {
        match self {
            Self::OnCall(answers) => answers
                .iter()
                .try_for_each(|(at, people)| same(&format!("on call at {at}"), &engine.on_call(*at), people)),
            Self::Handoffs { from, until, handoffs } => {
                let mut found: BTreeSet<_> = engine.handoffs(*from - AROUND, *until + AROUND).into_iter().collect();
                let first = found.range(..=*from).next_back().copied();
                let last = found.range(*until..).next().copied();
                found.retain(|at| first.is_none_or(|first| *at >= first) && last.is_none_or(|last| *at <= last));
                same("handoffs", &found.into_iter().collect::<Vec<_>>(), handoffs)
            }
            Self::NextHandoff { after, handoff } => {
                let found = engine.handoffs(*after, *after + AROUND).into_iter().find(|at| at > after);
                same(&format!("next handoff after {after}"), &found, &Some(*handoff))
            }
            Self::HandoffBefore { before, handoff } => {
                let found = engine.handoffs(*before - AROUND, *before).pop();
                same(&format!("handoff before {before}"), &found, &Some(*handoff))
            }
            Self::Turn { at, from, until, people } => {
                let handoffs = engine.handoffs(*at - AROUND, *at + AROUND);
                let begun = handoffs.iter().rfind(|handoff| **handoff <= *at).copied();
                let ended = handoffs.iter().find(|handoff| **handoff > *at).copied();
                same(&format!("turn at {at}"), &(begun, ended), &(Some(*from), Some(*until)))?;
                people.as_ref().map_or(Ok(()), |people| same("who serves", &engine.on_call(*at), people))
            }
            Self::DutyStarts { at, start } => {
                let found = duty(engine, *at - WEEK, *at + WEEK).into_iter().find(|(_, end)| end > at);
                same(&format!("duty around {at} starts"), &found.map(|(start, _)| start), &Some(*start))
            }
            Self::DutyEnds { at, end } => {
                let found = duty(engine, *at - WEEK, *at + WEEK).into_iter().find(|(_, end)| end > at);
                same(&format!("duty around {at} ends"), &found.map(|(_, end)| end), &Some(*end))
            }
            Self::NextDuty { after, start } => {
                let found = duty(engine, *after - WEEK, *after + WEEK).into_iter().find(|(start, _)| start > after);
                same(&format!("duty after {after} starts"), &found.map(|(start, _)| start), start)
            }
            Self::Shifts { from, until, shifts, gaps } => {
                same("shifts", &merged(engine.shifts(*from, *until)), shifts)?;
                gaps.as_ref().map_or(Ok(()), |gaps| same("gaps", &engine.gaps(*from, *until), gaps))
            }
            Self::EmptyShifts { from, until, spans } => {
                same("empty shifts", &engine.empty_shifts(*from, *until), spans)
            }
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, expected {expected:?}")) }
}

/// The spans in which anybody is on call.
fn duty(engine: &dyn Answers, from: Instant, until: Instant) -> Vec<(Instant, Instant)> {
    let anybody = |shift| Served { person: String::new(), ..shift };
    merged(engine.shifts(from, until).into_iter().map(anybody)).into_iter().map(|one| (one.from, one.until)).collect()
}

/// Shifts in order, those of one person united where they overlap or touch.
pub fn merged(shifts: impl IntoIterator<Item = Served>) -> Vec<Served> {
    let mut by_person: BTreeMap<String, Vec<Served>> = BTreeMap::new();
    let mut shifts: Vec<_> = shifts.into_iter().collect();
    shifts.sort();
    for shift in shifts {
        let of_person = by_person.entry(shift.person.clone()).or_default();
        match of_person.last_mut().filter(|last| last.until >= shift.from) {
            Some(last) => last.until = last.until.max(shift.until),
            None => of_person.push(shift),
        }
    }
    let mut all: Vec<_> = by_person.into_values().flatten().collect();
    all.sort();
    all
}

/// All questions in the text of the vectors; those that no schedule document can say, with the reason.
pub fn read(text: &str) -> Vec<(String, Result<Case, String>)> {
    let vectors: Vec<Vector> = serde_json::from_str(text).unwrap();
    vectors.into_iter().map(|vector| (vector.id.clone(), vector.said())).collect()
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    kind: String,
    #[serde(default)]
    tags: Vec<String>,
    schedule: Described,
    query: Value,
    expected: Value,
}

#[derive(Deserialize)]
struct Described {
    timezone: String,
    #[serde(default)]
    rotations: Vec<Shape>,
    #[serde(default)]
    rules: Vec<Rule>,
    #[serde(default)]
    overrides: Vec<Change>,
    #[serde(default)]
    temporary: Vec<Temporary>,
    #[serde(default)]
    history: Vec<Fixed>,
    #[serde(default)]
    unreachable_users: Vec<String>,
    layer_precedence: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Handoff(Handoff),
    RecurringShift(Recurring),
    Layer(Layer),
    WeeklyTemplate(Template),
    Fixed {
        shifts: Vec<Fixed>,
    },
    #[serde(other)]
    Unknown,
}

/// Turns by hours, days, weeks or months that hand off in turn.
#[derive(Deserialize)]
struct Handoff {
    id: String,
    unit: String,
    length: u32,
    start_local: String,
    start: String,
    timezone: String,
    users: Vec<String>,
}

/// A shift that recurs, with a group for each turn.
#[derive(Deserialize)]
struct Recurring {
    start: Option<String>,
    start_local: Option<String>,
    duration_seconds: i64,
    freq: Option<String>,
    interval: Option<i64>,
    groups: Vec<Vec<String>>,
    priority: i64,
    timezone: String,
    by_day: Option<Vec<String>>,
    by_monthday: Option<Vec<i64>>,
    week_start: Option<String>,
    effective_from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    partial_first_shift_allowed: bool,
}

/// Turns restricted to windows; of several layers one wins.
#[derive(Deserialize)]
struct Layer {
    users: Vec<String>,
    start: String,
    unit: String,
    length: u32,
    timezone: String,
    first_handoff: Option<String>,
    restriction: Option<Restriction>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Restriction {
    Daily { start: String, end: String },
    Weekly { windows: Vec<Stretch> },
}

#[derive(Deserialize)]
struct Stretch {
    from: String,
    to: String,
}

/// Shifts at fixed offsets from the Sunday on which a period of weeks begins; one person a period.
#[derive(Deserialize)]
struct Template {
    events: Vec<Offset>,
    period_weeks: i64,
    first_epoch_local: String,
}

#[derive(Deserialize)]
struct Offset {
    start_seconds: i64,
    duration_seconds: i64,
}

#[derive(Clone, Deserialize)]
struct Fixed {
    user: String,
    start: String,
    end: String,
}

/// Duty by day of the week and time of day, of a person or of a rotation.
#[derive(Deserialize)]
struct Rule {
    #[serde(default)]
    target: Target,
    weekdays: Vec<String>,
    start: String,
    end: String,
}

#[derive(Default, Deserialize)]
struct Target {
    user: Option<String>,
    rotation: Option<String>,
}

#[derive(Deserialize)]
struct Change {
    kind: String,
    add: Option<String>,
    remove: Option<String>,
    users: Option<Vec<String>>,
    start: String,
    end: String,
}

#[derive(Deserialize)]
struct Temporary {
    start: String,
    end: String,
    shifts: Vec<Fixed>,
}

impl Vector {
    fn said(&self) -> Result<Case, String> {
        let (document, question) = match self.kind.as_str() {
            "wall_clock" => self.wall_clock()?,
            "wall_clock_add" => self.wall_clock_add()?,
            "temporary_edit" => self.temporary_edit()?,
            "next_weekly_time" => self.next_weekly_time(),
            "epochs" => self.epochs()?,
            _ => (self.document()?, self.question()?),
        };
        Ok(Case { id: self.id.clone(), document, question })
    }

    fn at(&self, key: &str) -> Instant {
        parse_instant(self.query[key].as_str().unwrap_or_else(|| panic!("{}: no {key} in the query", self.id)))
    }

    fn instants(&self) -> Vec<Instant> {
        self.expected.as_array().unwrap().iter().filter_map(Value::as_str).map(parse_instant).collect()
    }

    fn the_instant(&self) -> Result<Instant, String> {
        self.instants().first().copied().ok_or_else(|| "expects no instant".to_owned())
    }

    fn question(&self) -> Result<Question, String> {
        let first = &self.expected[0];
        Ok(match self.kind.as_str() {
            "on_call_at" => Question::OnCall(vec![(self.at("at"), names(&self.expected))]),
            "starts_by_day" => self.each_day()?,
            "handoff_boundaries" => {
                Question::Handoffs { from: self.at("start"), until: self.at("end"), handoffs: self.instants() }
            }
            "next_handoff" => Question::NextHandoff { after: self.at("after"), handoff: self.the_instant()? },
            "shift_containing" => {
                let people = first.get("users").map(names);
                Question::Turn { at: self.at("at"), from: bound(first, "start"), until: bound(first, "end"), people }
            }
            "rule_next_start" => Question::DutyStarts { at: self.at("at"), start: self.the_instant()? },
            "rule_next_end" => Question::DutyEnds { at: self.at("at"), end: self.the_instant()? },
            "shifts" | "final_schedule" => self.shifts(),
            "coverage" => {
                let found = self.expected.as_array().unwrap().iter().filter_map(|one| one.get("empty_shift"));
                let spans = found.map(|one| (bound(one, "start"), bound(one, "end"))).collect();
                Question::EmptyShifts { from: self.at("start"), until: self.at("end"), spans }
            }
            kind => return Err(format!("no question of a schedule: {kind}")),
        })
    }

    /// Who begins on which day: who is on call when the shift of that day begins, and nobody on the other days.
    fn each_day(&self) -> Result<Question, String> {
        let Some(Shape::RecurringShift(shape)) = self.schedule.rotations.first() else {
            return Err("days are told of recurring shifts".to_owned());
        };
        let zone = calendar::zone(&shape.timezone);
        let listed: BTreeMap<NaiveDate, BTreeSet<String>> = self
            .expected
            .as_array()
            .unwrap()
            .iter()
            .map(|day| (day["date"].as_str().unwrap().parse().unwrap(), names(&day["users"])))
            .collect();
        let (from, until) = (local(zone, self.at("start")).date(), local(zone, self.at("end")).date());
        let days = from.iter_days().take_while(|day| *day < until).map(|day| {
            let begins = calendar::instant(zone, day.and_time(shape.start_local().time()), Twice::First);
            (begins, listed.get(&day).cloned().unwrap_or_default())
        });
        Ok(Question::OnCall(days.collect()))
    }

    fn shifts(&self) -> Question {
        let (from, until) = (self.at("start"), self.at("end"));
        let expected = self.expected.as_array().unwrap();
        let (gaps, shifts): (Vec<_>, Vec<_>) = expected.iter().partition(|one| one["gap"] == json!(true));
        let served = shifts.into_iter().flat_map(|one| {
            let people = one.get("users").map_or_else(|| names(&json!([one["user"]])), names);
            let (start, end) = (bound(one, "start").max(from), bound(one, "end").min(until));
            people.into_iter().map(move |person| Served { from: start, until: end, person })
        });
        let gaps = (self.query["include_gaps"] == json!(true))
            .then(|| gaps.into_iter().map(|one| (bound(one, "start"), bound(one, "end"))).collect());
        Question::Shifts { from, until, shifts: merged(served.filter(|one| one.from < one.until)), gaps }
    }

    /// A local time is where a window begins (its first occurrence) or ends (its last).
    fn wall_clock(&self) -> Result<(Value, Question), String> {
        let zone = calendar::zone(&self.schedule.timezone);
        let date: NaiveDate = self.query["date"].as_str().unwrap().parse().unwrap();
        let time = self.query["time"].as_str().unwrap();
        let other = clock((minutes(time) + 720) % 1440);
        let at = self.the_instant()?;
        // Twelve hours of a window lie beside the time that is asked for; the question is put from well inside.
        let beside = calendar::instant(zone, at_minute(date, minutes(time)), Twice::First);
        let (hours, question) = if self.query["pick"] == json!("first") {
            (
                format!("daily {time}-{other}"),
                Question::NextDuty { after: beside - TimeDelta::hours(6), start: Some(at) },
            )
        } else {
            (format!("daily {other}-{time}"), Question::DutyEnds { at: beside - TimeDelta::hours(6), end: at })
        };
        Ok((json!({"rotation": [{"zone": zone.name(), "hours": hours, "members": ["ana"]}]}), question))
    }

    /// Adding hours of the wall clock is what a turn of so many hours with `wall_clock` does.
    fn wall_clock_add(&self) -> Result<(Value, Question), String> {
        let added = self.query["add_clock_minutes"].as_i64().unwrap();
        if added % 60 != 0 || added == 0 {
            return Err("turns are whole hours".to_owned());
        }
        let (from, at) = (self.at("from"), self.the_instant()?);
        let document = json!({"rotation": [{
            "zone": self.schedule.timezone, "turn": hours(added.abs() / 60), "wall_clock": true,
            "start": moment(from), "members": ["ana", "ben"],
        }]});
        let question = if added > 0 {
            Question::NextHandoff { after: from, handoff: at }
        } else {
            Question::HandoffBefore { before: from, handoff: at }
        };
        Ok((document, question))
    }

    /// A temporary schedule hides everything within its span and shows its own shifts; cut or united, it reads the same.
    fn temporary_edit(&self) -> Result<(Value, Question), String> {
        let cut = (self.query["op"] == json!("trim_end")).then(|| self.at("at"));
        if cut.is_none() && self.query["op"] != json!("merge") {
            return Err(format!("no edit of a document: {}", self.query["op"]));
        }
        let edited: Vec<Temporary> =
            serde_json::from_value(self.expected.clone()).map_err(|error| error.to_string())?;
        let mut overrides = Vec::new();
        for temporary in &self.schedule.temporary {
            overrides.extend(temporary.said(cut));
        }
        let all = || self.schedule.temporary.iter().chain(&edited);
        let from = all().map(|one| parse_instant(&one.start)).min().unwrap() - TimeDelta::hours(1);
        let until = all().map(|one| parse_instant(&one.end)).max().unwrap() + TimeDelta::hours(1);
        // Somebody always on call beneath shows where the temporary schedules hide what lies below.
        let mut shifts = Vec::new();
        let mut begun = from;
        for temporary in &edited {
            shifts.push(Served { from: begun, until: parse_instant(&temporary.start), person: "beneath".to_owned() });
            begun = parse_instant(&temporary.end);
            shifts.extend(temporary.shifts.iter().map(Fixed::served));
        }
        shifts.push(Served { from: begun, until, person: "beneath".to_owned() });
        let document = json!({
            "rotation": [{"zone": self.schedule.timezone, "members": ["beneath"]}], "override": overrides,
        });
        Ok((document, Question::Shifts { from, until, shifts: merged(shifts), gaps: None }))
    }

    /// Times of the week are where windows of a minute begin.
    fn next_weekly_time(&self) -> (Value, Question) {
        let rule = &self.schedule.rules[0];
        let hours: Vec<_> = rule.weekdays.iter().map(|day| window(weekday(day), minutes(&rule.start), 1)).collect();
        let members =
            if hours.is_empty() { json!({"members": ["nobody"]}) } else { json!({"members": ["ana"], "hours": hours}) };
        let document = json!({"rotation": [with(json!({"zone": self.schedule.timezone}), members)]});
        (document, Question::NextDuty { after: self.at("after"), start: self.instants().first().copied() })
    }

    /// Periods of a weekly template are turns, their shifts windows; each period has its own person.
    fn epochs(&self) -> Result<(Value, Question), String> {
        let [Shape::WeeklyTemplate(template)] = self.schedule.rotations.as_slice() else {
            return Err("periods are told of one weekly template".to_owned());
        };
        let zone = calendar::zone(&self.schedule.timezone);
        let last = self.query["epochs"][1].as_i64().unwrap();
        let people: Vec<_> = (0..=last).map(|epoch| format!("epoch-{epoch}")).collect();
        let first = self.query["epochs"][0].as_i64().unwrap();
        let mut shifts = Vec::new();
        for (epoch, spans) in (first..).zip(self.expected.as_array().unwrap()) {
            let person = format!("epoch-{epoch}");
            shifts.extend(spans.as_array().unwrap().iter().map(|one| Served {
                from: bound(one, "start"),
                until: bound(one, "end"),
                person: person.clone(),
            }));
        }
        let (from, until) =
            (shifts.iter().map(|one| one.from).min().unwrap(), shifts.iter().map(|one| one.until).max().unwrap());
        let document = json!({"rotation": template.rotations(zone, &people)});
        Ok((document, Question::Shifts { from, until, shifts: merged(shifts), gaps: None }))
    }

    fn document(&self) -> Result<Value, String> {
        let schedule = &self.schedule;
        let wall_clock = self.tags.iter().any(|tag| tag == "hourly_turns_follow_wall_clock");
        let mut rotations = Vec::new();
        for rule in &schedule.rules {
            rotations.extend(schedule.rule(rule, wall_clock, !rotations.is_empty())?);
        }
        if schedule.rules.is_empty() {
            for shape in &schedule.rotations {
                match shape {
                    Shape::Handoff(shape) => rotations.push(shape.rotation(wall_clock)),
                    Shape::RecurringShift(shape) => rotations.push(shape.rotation()?),
                    Shape::Layer(shape) => rotations.push(shape.rotation()),
                    Shape::Fixed { shifts } => {
                        rotations.extend(shifts.iter().enumerate().map(|(at, shift)| shift.rotation(at > 0)));
                    }
                    Shape::WeeklyTemplate(_) | Shape::Unknown => return Err("no rotation of a document".to_owned()),
                }
            }
        }
        if schedule.layer_precedence.as_deref() == Some("last_wins") {
            rotations.reverse();
        }
        if rotations.is_empty() {
            rotations.push(json!({"zone": schedule.timezone, "members": ["nobody"]}));
        }
        let mut overrides: Vec<_> = schedule.overrides.iter().map(Change::said).collect::<Result<_, _>>()?;
        overrides.extend(schedule.temporary.iter().flat_map(|temporary| temporary.said(None)));
        let mut document = json!({"rotation": rotations});
        if !overrides.is_empty() {
            document["override"] = json!(overrides);
        }
        if !schedule.unreachable_users.is_empty() {
            let absent =
                |user| json!({"person": user, "from": "0001-01-02T00:00:00Z", "until": "9998-12-31T00:00:00Z"});
            document["absence"] = schedule.unreachable_users.iter().map(absent).collect();
        }
        if self.query.get("now").is_some() {
            let begun = schedule.history.iter().map(|one| parse_instant(&one.start)).min();
            let from = begun.map_or(self.at("start"), |begun| begun.min(self.at("start")));
            let shifts: Vec<_> = schedule.history.iter()
                .map(|one| json!({"person": one.user, "from": moment(parse_instant(&one.start)), "until": moment(parse_instant(&one.end))}))
                .collect();
            document["recorded"] = json!({"from": moment(from), "until": moment(self.at("now")), "shifts": shifts});
        }
        Ok(document)
    }
}

impl Described {
    /// A rule is a rotation with hours that shares duty with the rules before it.
    fn rule(&self, rule: &Rule, wall_clock: bool, together: bool) -> Result<Option<Value>, String> {
        if rule.weekdays.is_empty() {
            return Ok(None);
        }
        let target = match (&rule.target.user, &rule.target.rotation) {
            (Some(user), None) => json!({"zone": self.timezone, "members": [user]}),
            (None, Some(id)) => {
                let named = self.rotations.iter().find_map(|shape| match shape {
                    Shape::Handoff(shape) if shape.id == *id => Some(shape.rotation(wall_clock)),
                    _ => None,
                });
                named.ok_or_else(|| format!("rotation {id} is not there"))?
            }
            _ => return Err("a rule names a person or a rotation".to_owned()),
        };
        let (start, end) = (minutes(&rule.start), minutes(&rule.end));
        let lasts = if start == end { 1440 } else { (end - start).rem_euclid(1440) };
        let hours: Vec<_> = rule.weekdays.iter().map(|day| window(weekday(day), start, lasts)).collect();
        // All days around the clock is no restriction.
        let hours = if lasts == 1440 && hours.len() == 7 { json!({}) } else { json!({"hours": hours}) };
        let together = if together { json!({"together": true}) } else { json!({}) };
        Ok(Some(with(with(target, hours), together)))
    }
}

impl Handoff {
    fn rotation(&self, wall_clock: bool) -> Value {
        let zone = calendar::zone(&self.timezone);
        let start = parse_instant(&self.start);
        let wall: NaiveDateTime = self.start_local.parse().unwrap();
        // The system of these vectors cuts everything to the minute.
        let wall = calendar::whole_minute(wall);
        let start = start - TimeDelta::seconds(i64::from(start.second()));
        let start = if calendar::instant(zone, wall, Twice::First) == start { local_text(wall) } else { moment(start) };
        let members = if self.users.is_empty() { json!(["ana", "ben"]) } else { json!(self.users) };
        let rotation =
            json!({"zone": zone.name(), "turn": length(self.length, &self.unit), "start": start, "members": members});
        if wall_clock && self.unit == "hour" { with(rotation, json!({"wall_clock": true})) } else { rotation }
    }
}

impl Layer {
    fn rotation(&self) -> Value {
        let zone = calendar::zone(&self.timezone);
        let mut rotation = json!({
            "zone": zone.name(), "turn": length(self.length, &self.unit), "start": moment(parse_instant(&self.start)),
            "members": self.users,
        });
        if let Some(handoff) = &self.first_handoff {
            // The first turn may be cut short: it is the one before the first handoff, begun late.
            let handoff = local(zone, parse_instant(handoff));
            let length = i64::from(self.length);
            let begun = match self.unit.as_str() {
                "hour" => handoff - TimeDelta::hours(length),
                "day" => handoff - TimeDelta::days(length),
                "week" => handoff - TimeDelta::weeks(length),
                _ => add_months(handoff, -length),
            };
            rotation["start"] = json!(local_text(begun));
            rotation["from"] = json!(moment(parse_instant(&self.start)));
        }
        let hours = match &self.restriction {
            None => return rotation,
            Some(Restriction::Daily { start, end }) => vec![format!("daily {start}-{end}")],
            Some(Restriction::Weekly { windows }) => windows.iter().map(Stretch::hours).collect(),
        };
        // Turns outside the windows are passed over, not used up.
        let count = if self.unit == "hour" { json!({}) } else { json!({"count": "active_only"}) };
        with(with(rotation, json!({"hours": hours})), count)
    }
}

impl Stretch {
    /// `fri 22:00` to `mon 06:00`, as hours.
    fn hours(&self) -> String {
        let part = |text: &str| {
            let (day, time) = text.split_once(' ').unwrap();
            (weekday(day), minutes(time))
        };
        let ((from, start), (to, end)) = (part(&self.from), part(&self.to));
        let lasts = ((to - from) * 1440 + end - start).rem_euclid(7 * 1440);
        window(from, start, if lasts == 0 { 7 * 1440 } else { lasts })
    }
}

impl Recurring {
    fn zone(&self) -> Tz {
        calendar::zone(&self.timezone)
    }

    fn start_local(&self) -> NaiveDateTime {
        match (&self.start_local, &self.start) {
            (Some(wall), _) => wall.parse().unwrap(),
            (None, Some(start)) => local(self.zone(), parse_instant(start)),
            (None, None) => panic!("a recurring shift starts"),
        }
    }

    fn minute(&self) -> i64 {
        i64::from(self.start_local().hour() * 60 + self.start_local().minute())
    }

    fn lasts(&self) -> TimeDelta {
        TimeDelta::seconds(self.duration_seconds)
    }

    /// A group for each turn of `interval` units, where only the first unit of each has shifts.
    fn spread(&self) -> Vec<Value> {
        let idle = usize::try_from(self.interval.unwrap_or(1) - 1).unwrap();
        let nobody = || std::iter::repeat_n(json!("nobody"), idle);
        self.groups.iter().flat_map(|group| std::iter::once(member(group)).chain(nobody())).collect()
    }

    fn rotation(&self) -> Result<Value, String> {
        let interval = self.interval.unwrap_or(1);
        let members: Vec<_> = self.groups.iter().map(|group| member(group)).collect();
        let start = self.start_local();
        let minute = self.minute();
        let lasts = self.duration_seconds / 60;
        let on = |days: &[String]| -> Vec<_> { days.iter().map(|day| window(weekday(day), minute, lasts)).collect() };
        let whole = |of: TimeDelta| self.lasts() == of;
        let turns = |turn: String, start: NaiveDateTime, until_next: bool| {
            let rotation = json!({"turn": turn, "start": local_text(start), "members": members});
            if until_next { rotation } else { with(rotation, json!({"lasts": format!("{lasts}m")})) }
        };
        let mut rotation = match (self.freq.as_deref(), &self.by_day, &self.by_monthday) {
            (None, None, None) => {
                let end = calendar::instant(self.zone(), start, Twice::First) + self.lasts();
                json!({"members": members, "from": local_text(start), "until": moment(end)})
            }
            (Some("hourly"), None, None) => turns(hours(interval), start, whole(TimeDelta::hours(interval))),
            (Some("daily"), None, None) => turns(length(interval, "day"), start, whole(TimeDelta::days(interval))),
            // Only the days of the list count: a turn is so many of them.
            (Some("daily"), Some(days), None) => {
                with(turns(length(interval, "day"), start, true), json!({"hours": on(days), "count": "active_only"}))
            }
            (Some("weekly"), None, None) => turns(length(interval, "week"), start, whole(TimeDelta::weeks(interval))),
            // Weeks are those of the calendar, whatever the day of the first shift.
            (Some("weekly"), Some(days), None) => {
                let first = weekday(self.week_start.as_deref().unwrap_or("MO"));
                let back = (weekday_of(start.date()) - first).rem_euclid(7);
                let week = add_days(start.date(), -back).and_time(start.time());
                json!({"turn": "1 week", "start": local_text(week), "members": self.spread(), "hours": on(days)})
            }
            (Some("monthly"), None, None) => turns(length(interval, "month"), start, false),
            (Some("monthly"), None, Some(days)) => {
                let month = start.with_day(1).unwrap();
                let hours: Vec<_> = (0..7).map(|day| window(day, minute, lasts)).collect();
                json!({"turn": "1 month", "start": local_text(month), "members": self.spread(), "hours": hours, "days": days})
            }
            (freq, ..) => return Err(format!("no turns: {freq:?} with days of the week and of the month")),
        };
        // A turn of the calendar that is under way when the rotation starts is only begun by it.
        if let Some(begun) = self.first_duty() {
            rotation["from"] = json!(begun);
        }
        if let (Some(until), Some(_)) = (&self.until, &self.freq) {
            rotation["until"] = json!(moment(parse_instant(until)));
        }
        Ok(with(rotation, json!({"zone": self.zone().name(), "priority": self.priority})))
    }

    /// From when on there is duty, where that is later than the first turn: a shift that is under way at that moment is
    /// left out whole, unless it may be served in part.
    fn first_duty(&self) -> Option<String> {
        let calendar_turn = self.by_day.is_some() || self.by_monthday.is_some();
        let Some(effective) = self.effective_from.as_deref().map(parse_instant) else {
            return (calendar_turn && self.freq.as_deref() != Some("daily")).then(|| local_text(self.start_local()));
        };
        let effective = effective.max(calendar::instant(self.zone(), self.start_local(), Twice::First));
        let under_way = self.under_way(effective).filter(|_| !self.partial_first_shift_allowed);
        Some(moment(under_way.unwrap_or(effective)))
    }

    /// The end of a shift that began before an instant and is not over.
    fn under_way(&self, at: Instant) -> Option<Instant> {
        let zone = self.zone();
        let ends = |start: NaiveDateTime| {
            let begun = calendar::instant(zone, start, Twice::First);
            (begun < at && at < begun + self.lasts()).then(|| begun + self.lasts())
        };
        let (start, interval) = (self.start_local(), self.interval.unwrap_or(1));
        if self.freq.as_deref() == Some("hourly") {
            let passed = (local(zone, at) - start).num_hours().div_euclid(interval);
            return ends(start + TimeDelta::hours(passed * interval));
        }
        let today = local(zone, at).date();
        let days = (0..=self.lasts().num_days() + 1).map(|back| add_days(today, -back));
        days.filter(|day| *day >= start.date() && self.has_shift(*day)).find_map(|day| ends(day.and_time(start.time())))
    }

    fn has_shift(&self, day: NaiveDate) -> bool {
        let start = self.start_local().date();
        let interval = self.interval.unwrap_or(1);
        let listed = |days: &Vec<String>| days.iter().any(|name| weekday(name) == weekday_of(day));
        match (self.freq.as_deref(), &self.by_day, &self.by_monthday) {
            (Some("daily"), None, _) => (day - start).num_days() % interval == 0,
            (Some("weekly"), None, _) => (day - start).num_days() % (7 * interval) == 0,
            (Some("daily" | "weekly"), Some(days), _) => listed(days),
            (Some("monthly"), _, Some(days)) => days.contains(&i64::from(day.day())),
            (Some("monthly"), _, None) => day.day() == start.day(),
            _ => false,
        }
    }
}

impl Template {
    /// One rotation where each week of the period has the same shifts; else one for each week of it, idle in the others.
    fn rotations(&self, zone: Tz, people: &[String]) -> Vec<Value> {
        let first = self.events.iter().map(|event| event.start_seconds).min().unwrap();
        let sunday: NaiveDate = self.first_epoch_local.get(..10).unwrap().parse().unwrap();
        let start = at_minute(sunday, first / 60);
        let weeks: Vec<BTreeSet<String>> = (0..self.period_weeks).map(|week| self.hours(first, week)).collect();
        let whole = self.events.len() == 1 && self.events[0].duration_seconds == self.period_weeks * 604_800;
        let turns = |turn: String, hours: &BTreeSet<String>, members: Value| {
            let rotation = json!({"zone": zone.name(), "turn": turn, "start": local_text(start), "members": members});
            if whole { rotation } else { with(rotation, json!({"hours": hours})) }
        };
        if whole || weeks.iter().all(|week| *week == weeks[0]) {
            return vec![turns(length(self.period_weeks, "week"), &weeks[0], json!(people))];
        }
        (0..)
            .zip(&weeks)
            .filter(|(_, hours)| !hours.is_empty())
            .map(|(at, hours)| {
                let in_week = |person: &String| {
                    (0..self.period_weeks)
                        .map(|week| if week == at { person.clone() } else { "nobody".to_owned() })
                        .collect::<Vec<_>>()
                };
                let members: Vec<_> = people.iter().flat_map(in_week).collect();
                turns("1 week".to_owned(), hours, json!(members))
            })
            .collect()
    }

    /// The windows of one week of the period, which begins with its first shift.
    fn hours(&self, first: i64, week: i64) -> BTreeSet<String> {
        let events = self.events.iter().filter(|event| (event.start_seconds - first) / 604_800 == week);
        // Day 0 is a Sunday.
        events
            .map(|event| {
                let minute = event.start_seconds / 60;
                window((minute / 1440 + 6) % 7, minute % 1440, event.duration_seconds / 60)
            })
            .collect()
    }
}

impl Fixed {
    fn served(&self) -> Served {
        Served { from: parse_instant(&self.start), until: parse_instant(&self.end), person: self.user.clone() }
    }

    fn rotation(&self, together: bool) -> Value {
        let served = self.served();
        let rotation =
            json!({"zone": "UTC", "members": [self.user], "from": moment(served.from), "until": moment(served.until)});
        if together { with(rotation, json!({"together": true})) } else { rotation }
    }
}

impl Change {
    fn said(&self) -> Result<Value, String> {
        let what = match (self.kind.as_str(), &self.remove, &self.add, &self.users) {
            ("replace" | "swap", Some(remove), Some(add), _) => json!({"replace": remove, "with": add}),
            ("remove", Some(remove), ..) => json!({"remove": remove}),
            ("add", _, Some(add), _) => json!({"add": add}),
            ("cover", _, _, Some(users)) => json!({"cover": users}),
            (kind, ..) => return Err(format!("no override: {kind}")),
        };
        Ok(with(what, between(parse_instant(&self.start), parse_instant(&self.end))))
    }
}

impl Temporary {
    /// An empty temporary schedule hides everything; one for each shift shows it, no longer than the whole.
    fn said(&self, cut: Option<Instant>) -> Vec<Value> {
        let (start, end) = (parse_instant(&self.start), parse_instant(&self.end));
        let end = cut.map_or(end, |cut| end.min(cut));
        let hides = with(json!({"temporary": []}), between(start, end));
        let shifts = self.shifts.iter().map(Fixed::served).filter_map(|shift| {
            let (from, until) = (shift.from.max(start), shift.until.min(end));
            (from < until).then(|| with(json!({"temporary": shift.person}), between(from, until)))
        });
        std::iter::once(hides).chain(shifts).collect()
    }
}

fn names(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn bound(span: &Value, key: &str) -> Instant {
    parse_instant(span[key].as_str().unwrap())
}

fn member(group: &[String]) -> Value {
    if let [one] = group { json!(one) } else { json!(group) }
}

fn with(mut one: Value, other: Value) -> Value {
    for (key, value) in other.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

fn between(from: Instant, until: Instant) -> Value {
    json!({"from": moment(from), "until": moment(until)})
}

fn moment(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn local_text(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%dT%H:%M").to_string()
}

fn length(count: impl Into<i64>, unit: &str) -> String {
    let count = count.into();
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn hours(count: i64) -> String {
    length(count, "hour")
}

fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A weekly window by its day (Monday is 0), minute of that day and minutes that it lasts, as people write it.
fn window(day: i64, start: i64, lasts: i64) -> String {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let name = |day: i64| names[usize::try_from(day.rem_euclid(7)).unwrap()];
    let end = start + lasts;
    if end <= 1440 {
        format!("{} {}-{}", name(day), clock(start), clock(end))
    } else if lasts < 1440 {
        format!("{} {}-{}", name(day), clock(start), clock(end - 1440))
    } else {
        format!("{} {} - {} {}", name(day), clock(start), name(day + end / 1440), clock(end % 1440))
    }
}
