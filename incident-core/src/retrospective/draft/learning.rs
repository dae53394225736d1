//! What contributed, what was surprising, and what will change.

use crate::incident::event::{Event, FactorKind, FollowUpState, ObservationKind};
use crate::incident::{FollowUp, Seq};

use super::super::block::{CellTable, SectionBlock, Sentence, TableRow};
use super::{Record, ask, bullets, listed, sentence, topic};

/// The name of a follow-up, as people say it.
fn name(follow_up: Seq) -> String {
    format!("FU-{follow_up}")
}

fn said(word: impl ToString) -> String {
    word.to_string().replace('_', " ")
}

pub(super) fn follow_ups(record: &Record<'_>) -> Vec<SectionBlock> {
    let all = &record.overview.follow_ups;
    if all.is_empty() {
        return vec![ask("What will change, who does it, by when, and when do we hear about it?")];
    }
    let rows = all.iter().map(|it| TableRow {
        cells: vec![
            name(it.follow_up),
            it.title.clone(),
            said(it.kind),
            owner(it),
            it.due_on.map_or_else(|| "no day yet".to_owned(), |day| day.to_string()),
            it.next_update_at.map_or_else(|| "none promised".to_owned(), |at| record.time(at)),
            it.reason.as_ref().map_or_else(|| said(it.state), |reason| format!("{}: {reason}", said(it.state))),
        ],
        entries: record
            .seqs(|event| match event {
                Event::FollowUpChanged(change) => change.follow_up == it.follow_up,
                Event::FollowUpMoved(moved) => moved.follow_up == it.follow_up,
                _ => false,
            })
            .into_iter()
            .fold(vec![it.follow_up], |mut all, seq| {
                all.push(seq);
                all
            }),
    });
    let columns = ["Id", "What", "It will", "Owner", "Due", "Next update", "State"].map(str::to_owned);
    vec![CellTable { columns: columns.to_vec(), rows: rows.collect() }.into()]
}

fn owner(it: &FollowUp) -> String {
    let team = it.team.as_ref().map(|team| format!("team {team}"));
    let owners: Vec<_> = it.owner.iter().map(ToString::to_string).chain(team).collect();
    if owners.is_empty() { "nobody yet".to_owned() } else { owners.join(", ") }
}

pub(super) fn factors(record: &Record<'_>) -> Vec<SectionBlock> {
    let factors = record.all(|event| match event {
        Event::FactorIdentified(it) => Some(it),
        _ => None,
    });
    let items = factors.iter().map(|(seq, it)| {
        let kind = match it.kind {
            FactorKind::Trigger => "What set it off",
            FactorKind::Condition => "What made it possible",
            FactorKind::Process => "A way of working",
            FactorKind::DetectionGap => "Why it was noticed late",
            FactorKind::RecoveryObstacle => "What slowed the recovery",
            FactorKind::Protective => "What kept the harm small",
        };
        let mut text = format!("{kind}: {}", sentence(&it.text));
        let open =
            |follow_up: &&FollowUp| !matches!(follow_up.state, FollowUpState::Declined | FollowUpState::Superseded);
        let answers = record.overview.follow_ups.iter().filter(|follow_up| follow_up.factors.contains(seq));
        let answers: Vec<_> = answers.filter(open).map(|follow_up| name(follow_up.follow_up)).collect();
        let accepted = record.all(|event| match event {
            Event::RiskAccepted(risk) if risk.factor == *seq => Some(&risk.reason),
            _ => None,
        });
        let mut entries = vec![*seq];
        entries.extend(&it.evidence);
        if !answers.is_empty() {
            text += &format!(" Answered by {}.", listed(&answers));
        } else if let Some((risk, reason)) = accepted.last() {
            entries.push(*risk);
            text += &format!(" It stays, knowingly: {}", sentence(reason));
        } else if it.kind != FactorKind::Protective {
            text += " No follow-up answers it yet.";
        }
        Sentence::new(text, entries)
    });
    let items: Vec<_> = items.collect();
    let has = |wanted: fn(FactorKind) -> bool| factors.iter().any(|(_, it)| wanted(it.kind));
    let (harmful, kind) = (has(|kind| kind != FactorKind::Protective), has(|kind| kind == FactorKind::Protective));
    let mut blocks: Vec<_> = bullets(items).into_iter().collect();
    if !harmful {
        blocks.push(ask(
            "What contributed: triggers, conditions, ways of working, gaps in detection, obstacles to recovery?",
        ));
    }
    if !kind {
        blocks.push(ask("What kept the harm from being greater?"));
    }
    blocks
}

/// Observations of a kind.
pub(super) fn observed(record: &Record<'_>, kind: ObservationKind) -> Vec<Sentence> {
    let found = record.all(|event| match event {
        Event::Observed(it) if it.kind == kind => Some(&it.text),
        _ => None,
    });
    found.into_iter().map(|(seq, text)| Sentence::new(sentence(text), [seq])).collect()
}

pub(super) fn qualitative(record: &Record<'_>) -> Vec<SectionBlock> {
    let feelings = record.log.iter().filter_map(|entry| match entry.event {
        Event::FeelingNoted(it) => Some((entry.entry.seq, &entry.entry.by, &it.text)),
        _ => None,
    });
    let feelings = feelings.map(|(seq, by, text)| Sentence::new(format!("{by}: {}", sentence(text)), [seq])).collect();
    [
        topic("What was unusual", observed(record, ObservationKind::Abnormal), "What was different from other days?"),
        topic(
            "What was improvised",
            observed(record, ObservationKind::Improvised),
            "What did people have to make up as they went?",
        ),
        topic("How it felt", feelings, "What was hard to see, to decide or to bear?"),
    ]
    .concat()
}
