//! What failed, what was suspected and what was tried.

use crate::incident::event::{Event, Outcome};

use super::super::block::{SectionBlock, Sentence};
use super::story::noticed;
use super::{Record, ask, bullets, sentence, topic};

pub(super) fn technical(record: &Record<'_>) -> Vec<SectionBlock> {
    let mut blocks: Vec<_> = bullets(noticed(record).into_iter().collect()).into_iter().collect();
    blocks.push(ask("How does the part that failed work, and how did it come to fail like this?"));
    blocks.extend(topic(
        "What was suspected",
        hypotheses(record),
        "What did people suspect, and what spoke for or against it?",
    ));
    blocks.extend(topic("What was tried", experiments(record), "What was tried, and what came of it?"));
    blocks
}

fn hypotheses(record: &Record<'_>) -> Vec<Sentence> {
    let all = record.log.iter().filter_map(|entry| match entry.event {
        Event::Hypothesized(it) => Some((entry.entry.seq, &entry.entry.by, it)),
        _ => None,
    });
    let told = all.map(|(seq, by, it)| {
        let mut entries = vec![seq];
        let verdicts = record.all(|event| match event {
            Event::HypothesisConcluded(it) if it.hypothesis == seq => Some(it),
            _ => None,
        });
        let verdict = match verdicts.last() {
            Some((end, it)) => {
                entries.push(*end);
                let why = it.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                sentence(&format!("{}{why}", it.verdict))
            }
            None => "Never settled.".to_owned(),
        };
        let mut text = format!("{by} suspected: {} {verdict}", sentence(&it.statement));
        let evidence = record.all(|event| match event {
            Event::EvidenceAdded(it) if it.hypothesis == seq => Some(it),
            _ => None,
        });
        for (found, it) in evidence {
            entries.push(found);
            text += &format!(" {}: {}", if it.supports { "For it" } else { "Against it" }, sentence(&it.note));
        }
        Sentence::new(text, entries)
    });
    told.collect()
}

fn experiments(record: &Record<'_>) -> Vec<Sentence> {
    let all = record.log.iter().filter_map(|entry| match entry.event {
        Event::ExperimentStarted(it) => Some((entry.entry.seq, entry.occurred_at, &entry.entry.by, it)),
        _ => None,
    });
    let told = all.map(|(seq, at, by, it)| {
        let mut ends = record.log.iter().filter_map(|entry| match entry.event {
            Event::ExperimentConcluded(it) if it.experiment == seq => Some((entry.entry.seq, entry.occurred_at, it)),
            _ => None,
        });
        let (mut entries, outcome) = (vec![seq], ends.next_back());
        let came = match outcome {
            Some((end, ended, it)) => {
                entries.push(end);
                let how = match it.outcome {
                    Outcome::Worked => "It worked",
                    Outcome::Failed => "It failed",
                    Outcome::NoEffect => "It had no effect",
                    Outcome::Reverted => "It was taken back",
                };
                let after = super::length(at, ended).filter(|it| it.is_positive());
                let after = after.map(|elapsed| format!(", after {}", elapsed.words())).unwrap_or_default();
                let note = it.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
                sentence(&format!("{how}{after}{note}"))
            }
            None => "The record does not say what came of it.".to_owned(),
        };
        Sentence::new(format!("{by} tried: {} {came}", sentence(&it.action)), entries)
    });
    told.collect()
}
