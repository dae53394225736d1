//! A draft from the record: what can be derived is said, what cannot is asked.

mod harm;
mod learning;
mod people;
mod story;
mod technical;

use crate::incident::event::Event;
use crate::incident::{Effective, Incident, IncidentOverview, Seq, TimelineEntry, by_occurrence, effective, reached};
use crate::privacy::{Viewer, Visibility};
use crate::time::{Elapsed, Timestamp, Zone};

use super::block::{Bullets, Prose, Question, SectionBlock, Sentence, Topic};
use super::section::{RetrospectiveSection, SectionKind};
use super::template::RetrospectiveTemplate;

/// What was drafted.
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) about: Vec<Sentence>,
    pub(super) sections: Vec<RetrospectiveSection>,
}

/// The record as far as the readers may see it.
struct Record<'a> {
    overview: &'a IncidentOverview,
    timeline: &'a [TimelineEntry],
    /// As it occurred.
    log: &'a [Effective<'a>],
    zone: Zone,
    at: Timestamp,
}

/// Drafts what a viewer may see; none if that is nothing.
pub(super) fn write(
    incident: &Incident,
    template: &RetrospectiveTemplate,
    viewer: &Viewer,
    at: Timestamp,
) -> Option<Draft> {
    let view = incident.view(viewer, at);
    let overview = view.overview.as_ref()?;
    let log: Vec<_> =
        by_occurrence(&effective(view.entries.iter())).into_iter().filter(|entry| !is_private(entry.event)).collect();
    let shown = |entry: &&TimelineEntry| log.iter().any(|other| other.entry.seq == entry.seq);
    let timeline: Vec<_> = view.timeline.iter().filter(shown).cloned().collect();
    let record = Record { overview, timeline: &timeline, log: &log, zone: template.zone, at };
    let section = |kind: &SectionKind| RetrospectiveSection { kind: *kind, blocks: record.section(*kind) };
    Some(Draft {
        title: overview.title.clone().unwrap_or_else(|| "an incident".to_owned()),
        about: story::about(&record),
        sections: template.sections.iter().map(section).collect(),
    })
}

/// What is for its author only, or for nobody knows whom.
fn is_private(event: &Event) -> bool {
    let visibility = match event {
        Event::Noted(it) => it.visibility,
        Event::UpdatePosted(it) => it.visibility,
        Event::FeelingNoted(it) => it.visibility,
        Event::Unknown(_) => Visibility::Private,
        _ => Visibility::Internal,
    };
    visibility == Visibility::Private
}

impl<'a> Record<'a> {
    fn section(&self, kind: SectionKind) -> Vec<SectionBlock> {
        match kind {
            SectionKind::Summary => story::summary(self),
            SectionKind::CustomerImpact => harm::customer_impact(self),
            SectionKind::FollowUpActions => learning::follow_ups(self),
            SectionKind::ContributingFactors => learning::factors(self),
            SectionKind::Narrative => people::narrative(self),
            SectionKind::Timeline => story::timeline(self),
            SectionKind::TechnicalAnalysis => technical::technical(self),
            SectionKind::QualitativeAnalysis => learning::qualitative(self),
            SectionKind::ProcessAnalysis => people::process(self),
            SectionKind::Messaging => harm::messaging(self),
        }
    }

    /// What events say, each with the number of its entry.
    fn all<T>(&self, pick: impl Fn(&'a Event) -> Option<T>) -> Vec<(Seq, T)> {
        self.log.iter().filter_map(|entry| Some((entry.entry.seq, pick(entry.event)?))).collect()
    }

    /// The numbers of the entries that pick out something.
    fn seqs(&self, pick: impl Fn(&Event) -> bool) -> Vec<Seq> {
        self.log.iter().filter(|entry| pick(entry.event)).map(|entry| entry.entry.seq).collect()
    }

    /// A milestone with the first and the last time it was reached, and the entries that say so.
    fn milestone(&self, name: &str) -> Option<(Timestamp, Timestamp, Vec<Seq>)> {
        let found = self.overview.milestones.iter().find(|milestone| milestone.name.as_str() == name)?;
        let entries = self.seqs(|event| reached(event) == Some(name));
        Some((found.first_at, found.last_at, entries))
    }

    fn time(&self, at: Timestamp) -> String {
        self.zone.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    fn place(&self) -> String {
        if self.zone == Zone::UTC { "UTC".to_owned() } else { self.zone.name().to_owned() }
    }
}

fn prose(sentences: Vec<Sentence>) -> Option<SectionBlock> {
    (!sentences.is_empty()).then(|| Prose { sentences }.into())
}

fn bullets(items: Vec<Sentence>) -> Option<SectionBlock> {
    (!items.is_empty()).then(|| Bullets { items }.into())
}

fn ask(question: &str) -> SectionBlock {
    Question { ask: question.to_owned() }.into()
}

/// A topic with what is known about it, or with a question where nothing is.
fn topic(title: &str, known: Vec<Sentence>, question: &str) -> Vec<SectionBlock> {
    let heading = Topic { title: title.to_owned() }.into();
    vec![heading, bullets(known).unwrap_or_else(|| ask(question))]
}

/// A text as a sentence: its first letter large, a period where it has no end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let begin: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '!', '?', '…', ':']) || text.is_empty() { "" } else { "." };
    format!("{begin}{}{end}", chars.as_str())
}

/// `ana`, `ana and bo`, `ana, bo and cy`.
fn listed<T: ToString>(items: &[T]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    match items.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => items.concat(),
    }
}

/// A length of time that is not negative.
fn length(from: Timestamp, to: Timestamp) -> Option<Elapsed> {
    Some(to.since(from)).filter(|elapsed| *elapsed >= Elapsed::ZERO)
}
