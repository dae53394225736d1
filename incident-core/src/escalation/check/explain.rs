//! What a check found, minute by minute.

use crate::codes::{self, Code};
use crate::error::{Error, Result};
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::places::steps;
use crate::escalation::proof::scene::Scene;
use crate::escalation::proof::told::{TRACKS, Told, adds_nobody, begins_with_nobody, first_round, single_person};
use crate::escalation::proof::{StepOutcome, trace, words};
use crate::escalation::world::World;
use crate::time::Moment;

use super::survey::{Survey, told as told_of};

/// More plays than this nobody reads.
const MOST: usize = 12;

impl EscalationPolicy {
    /// What is behind findings of one code, as text: for every severity, step and area the stretches of declarations, also
    /// those too short for a finding, and what happens to the first of each that differs, minute by minute.
    ///
    /// # Errors
    /// `escalation.not_explained` for codes that are not about what happens, `escalation.too_many_starts`
    pub fn explain(&self, world: &World, from: Moment, code: Code) -> Result<String> {
        let known = [codes::COVERAGE_HOLE, codes::STEP_FINDS_NOBODY, codes::STEP_ADDS_NOBODY, codes::SINGLE_PERSON];
        if !known.contains(&code) {
            let error = Error::invalid(codes::NOT_EXPLAINED, format!("`{code}` is not about what happens")).at("/code");
            return Err(
                error.hint(format!("ask for {}", words::or(known.iter().map(|code| format!("`{code}`")).collect())))
            );
        }
        let scene = Scene::new(self, world, from, Scene::to_the_end(self.document()));
        let mut out = String::new();
        for (severity, tracks) in &self.document().escalation.severities {
            let survey = Survey::of(&scene, severity, tracks)?;
            let whole = |holds: &dyn Fn(&[Told]) -> bool, out: &mut String| part(&scene, &survey, "", holds, out);
            match code {
                codes::COVERAGE_HOLE => whole(&|told| begins_with_nobody(told).is_some(), &mut out),
                codes::SINGLE_PERSON => whole(&|told| single_person(told).is_some(), &mut out),
                _ => {
                    for placed in steps(severity, tracks) {
                        let track = TRACKS.iter().position(|name| *name == placed.track).unwrap_or_default();
                        let nobody = |told: &[Told]| {
                            let first = first_round(told, track, placed.number);
                            first.is_some_and(|told| told.outcome == StepOutcome::Nobody)
                        };
                        let engaged = |told: &[Told]| adds_nobody(told, track, placed.number);
                        let title = format!(", {} {}", placed.targets(), placed.when());
                        let holds: &dyn Fn(&[Told]) -> bool =
                            if code == codes::STEP_FINDS_NOBODY { &nobody } else { &engaged };
                        part(&scene, &survey, &title, holds, &mut out);
                    }
                }
            }
        }
        Ok(if out.is_empty() { format!("{code}: nowhere in {}\n", scene.length) } else { format!("{code}\n{out}") })
    }
}

fn part(scene: &Scene<'_>, survey: &Survey<'_>, title: &str, holds: &dyn Fn(&[Told]) -> bool, out: &mut String) {
    for (minutes, classes) in survey.minutes(holds) {
        let many = words::count(minutes.len(), "minute", "minutes");
        let weeks = scene.weeks(&minutes);
        let name = words::severity(survey.severity);
        *out += &format!("{name}{title}{}: {many} of declarations, in {weeks}\n", told_of(scene, survey, &classes));
        let stretches = scene.horizon.stretches(&minutes);
        let occasions = words::occasions(&stretches, scene.horizon.zone);
        for occasion in occasions.iter().take(MOST) {
            *out += &format!("  {}: {}\n", occasion.how_often(), occasion.when(&scene.zones()));
        }
        if let Some(more) = occasions.len().checked_sub(MOST).filter(|more| *more > 0) {
            *out += &format!("  and at {more} more times of the day\n");
        }
        let Some(class) = classes.first() else { continue };
        for minute in class.different(&minutes).into_iter().take(MOST) {
            let minute = inside(&minutes, minute);
            let declared = scene.horizon.zone.say(scene.horizon.at(minute));
            *out += &format!("  declared {declared}\n");
            let told = class.play(scene, survey.severity, minute);
            *out += &trace::text(scene.horizon.zone, &trace::lines(scene, survey.severity, minute, &told));
        }
    }
}

/// The first minute at or after one that is among some.
fn inside(minutes: &Minutes, minute: u32) -> u32 {
    let after = minutes.stretches().find(|(_, until)| *until > minute);
    after.map_or(minute, |(from, _)| from.max(minute))
}
