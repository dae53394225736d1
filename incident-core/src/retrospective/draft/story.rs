//! What happened, and when.

use std::collections::BTreeSet;

use crate::incident::event::{DetectionSource, Event};

use super::super::block::{CellTable, SectionBlock, Sentence, TableRow};
use super::{Record, ask, bullets, harm, length, prose, sentence};

/// What one wants to know first.
pub(super) fn about(record: &Record<'_>) -> Vec<Sentence> {
    let mut about = vec![Sentence::new(format!("Incident: {}", record.overview.id), [])];
    if let Some(state) = &record.overview.state {
        about.push(Sentence::new(
            format!("State: {}, as of {} {}", state.name, record.time(record.at), record.place()),
            [],
        ));
    }
    let severity = record.overview.severity.as_ref().and_then(|held| held.severity.as_ref());
    let said = |event: &Event| {
        matches!(event, Event::Classified(_) | Event::SeverityOverridden(_) | Event::SeverityOverrideLifted(_))
    };
    if let Some(severity) = severity {
        about.push(Sentence::new(format!("Severity: {severity}"), record.seqs(said).into_iter().last()));
    }
    for name in ["started", "declared", "resolved"] {
        if let Some((first, last, entries)) = record.milestone(name) {
            let at = if name == "resolved" { last } else { first };
            let label = sentence(name).replace('.', "");
            about.push(Sentence::new(format!("{label}: {} {}", record.time(at), record.place()), entries));
        }
    }
    about
}

pub(super) fn summary(record: &Record<'_>) -> Vec<SectionBlock> {
    let told = record.all(|event| match event {
        Event::Summarized(it) => Some(&it.summary),
        _ => None,
    });
    let mut sentences = Vec::new();
    if let Some((seq, text)) = told.last() {
        sentences.push(Sentence::new(sentence(text), [*seq]));
    } else {
        sentences.extend(harm::areas(record));
    }
    sentences.extend(noticed(record));
    let ended = record.all(|event| match event {
        Event::Resolved(it) => it.resolution.as_ref(),
        _ => None,
    });
    if let Some((seq, resolution)) = ended.last() {
        sentences.push(Sentence::new(sentence(&format!("What ended it: {resolution}")), [*seq]));
    }
    let mut blocks: Vec<_> = prose(sentences).into_iter().collect();
    if told.is_empty() {
        blocks
            .push(ask("In two or three sentences: what happened, whom did it touch, for how long, and what ended it?"));
    }
    blocks
}

/// How it was noticed.
pub(super) fn noticed(record: &Record<'_>) -> Option<Sentence> {
    let noted = record.all(|event| match event {
        Event::DetectionNoted(it) => Some(it),
        _ => None,
    });
    let (seq, detection) = noted.last()?;
    let by = match detection.source {
        DetectionSource::Monitoring => "An alert noticed it",
        DetectionSource::Employee => "Somebody who works here noticed it",
        DetectionSource::Customer => "A customer noticed it",
        DetectionSource::Outside => "Somebody outside noticed it",
    };
    let text = match &detection.should_have {
        Some(better) => format!("{by}; what should have: {better}"),
        None => by.to_owned(),
    };
    Some(Sentence::new(sentence(&text), [*seq]))
}

/// Pairs of milestones whose distance people ask for: from, to, and how it is said.
const DISTANCES: [(&str, &str, &str); 5] = [
    ("started", "detected", "It was detected"),
    ("detected", "acknowledged", "It was acknowledged"),
    ("declared", "acknowledged", "It was acknowledged"),
    ("started", "mitigated", "The harm was mitigated"),
    ("started", "resolved", "It was resolved"),
];

/// How long things took: computed, never typed.
fn durations(record: &Record<'_>) -> Vec<Sentence> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for (from, to, what) in DISTANCES {
        let Some(((start, _, mut entries), (first, last, more))) = record.milestone(from).zip(record.milestone(to))
        else {
            continue;
        };
        let end = if to == "resolved" { last } else { first };
        let Some(elapsed) = length(start, end) else { continue };
        if told.insert(what) {
            entries.extend(more);
            let again = if to == "resolved" && first != last { " (for good)" } else { "" };
            let text = match elapsed.is_positive() {
                true => format!("{what}{again} {} after it was {from}.", elapsed.words()),
                false => format!("{what} as soon as it was {from}."),
            };
            out.push(Sentence::new(text.replace("it was started", "it began"), entries));
        }
    }
    out
}

/// Events that are no moments of the story unless somebody marks them.
fn is_aside(event: &Event) -> bool {
    matches!(
        event,
        Event::ItemTicked(_)
            | Event::ItemUnticked(_)
            | Event::AccessGranted(_)
            | Event::AccessRevoked(_)
            | Event::FactRecorded(_)
            | Event::LinkAdded(_)
            | Event::Summarized(_)
            | Event::CostEstimated(_)
            | Event::FactorIdentified(_)
            | Event::RiskAccepted(_)
            | Event::FollowUpAdded(_)
            | Event::FollowUpChanged(_)
            | Event::FollowUpMoved(_)
            | Event::Observed(_)
            | Event::DetectionNoted(_)
            | Event::PerspectiveWritten(_)
            | Event::PerspectiveDeclined(_)
            | Event::FeelingNoted(_)
            | Event::RetrospectiveMoved(_)
    )
}

pub(super) fn timeline(record: &Record<'_>) -> Vec<SectionBlock> {
    let asides = record.seqs(is_aside);
    let (told, left): (Vec<_>, Vec<_>) =
        record.timeline.iter().partition(|moment| moment.starred || !asides.contains(&moment.seq));
    let rows = told.into_iter().map(|moment| TableRow {
        cells: vec![
            record.time(moment.occurred_at),
            format!("{}{}", if moment.starred { "★ " } else { "" }, moment.text),
            moment.seq.to_string(),
        ],
        entries: vec![moment.seq],
    });
    let columns = vec![format!("Time ({})", record.place()), "What happens".to_owned(), "Entry".to_owned()];
    let mut blocks: Vec<_> = bullets(durations(record)).into_iter().collect();
    blocks.push(CellTable { columns, rows: rows.collect() }.into());
    if !left.is_empty() {
        let text = match left.len() {
            1 => "One more entry of the record is told elsewhere or is no moment of the story.".to_owned(),
            count => format!("{count} more entries of the record are told elsewhere or are no moments of the story."),
        };
        blocks.extend(prose(vec![Sentence::new(text, left.iter().map(|moment| moment.seq))]));
    }
    blocks
}
