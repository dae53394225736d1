//! What it did to people, and what they were told.

use crate::incident::event::{Assurance, AssuranceAnswer, Disruption, Event};
use crate::privacy::Visibility;
use crate::time::Elapsed;

use super::super::block::{CellTable, SectionBlock, Sentence, TableRow};
use super::{Record, ask, bullets, length, prose};

pub(super) fn customer_impact(record: &Record<'_>) -> Vec<SectionBlock> {
    let mut sentences = areas(record);
    sentences.extend(customers(record));
    let known = !sentences.is_empty();
    let mut blocks: Vec<_> = prose(sentences).into_iter().collect();
    if !known {
        blocks.push(ask("Who was affected, how, and for how long?"));
    }
    let mut certain: Vec<_> = record
        .overview
        .impact
        .assurances
        .iter()
        .map(|held| {
            let text = assured(held.assurance, held.answer, held.confirmed_by.as_ref().map(ToString::to_string));
            let about = |event: &Event| matches!(event, Event::AssuranceGiven(it) if it.assurance == held.assurance);
            Sentence::new(text, record.seqs(about).into_iter().last())
        })
        .collect();
    certain.extend(record.overview.impact.costs.iter().map(|cost| {
        let about = |event: &Event| matches!(event, Event::CostEstimated(it) if it.covers == cost.covers);
        let text = format!(
            "Estimated cost of {}: {} {} (minor units).",
            cost.covers,
            cost.amount.minor,
            String::from(cost.amount.currency)
        );
        Sentence::new(text, record.seqs(about).into_iter().last())
    }));
    blocks.extend(bullets(certain));
    blocks
}

/// How each area was disrupted at worst, and for how long in all.
pub(super) fn areas(record: &Record<'_>) -> Vec<Sentence> {
    let disrupted = record.overview.impact.areas.iter().filter(|area| area.worst != Disruption::None);
    disrupted
        .map(|area| {
            let worst = match area.worst {
                Disruption::None | Disruption::Degraded => "degraded",
                Disruption::Partial => "partly down",
                Disruption::Full => "down",
            };
            let lengths = area.spans.iter().map(|span| span.span.length(record.at).as_micros());
            let total = Elapsed::from_micros(lengths.fold(0, i64::saturating_add)).words();
            let since = area.spans.first().map(|span| record.time(span.span.start)).unwrap_or_default();
            let mixed = area.spans.iter().any(|span| span.disruption != area.worst);
            let how = if mixed { format!("{worst} at worst, and disrupted") } else { worst.to_owned() };
            let text = match area.disruption {
                Disruption::None => format!("From {since} {}, {} was {how} for {total}.", record.place(), area.area),
                _ => format!("Since {since} {}, {} is {how}, for {total} so far.", record.place(), area.area),
            };
            Sentence::new(text, record.seqs(|event| matches!(event, Event::ImpactReported(it) if it.area == area.area)))
        })
        .collect()
}

fn customers(record: &Record<'_>) -> Option<Sentence> {
    let impact = &record.overview.impact;
    let count = (!impact.customers.is_unknown()).then(|| impact.customers.to_string());
    let share = (!impact.customer_share.is_unknown()).then(|| impact.customer_share.to_string());
    let text = match (count, share) {
        (Some(count), Some(share)) => format!("Affected customers: {count}, or {share} of all."),
        (Some(count), None) => format!("Affected customers: {count}."),
        (None, Some(share)) => format!("Affected customers: {share} of all."),
        (None, None) => return None,
    };
    Some(Sentence::new(text, record.seqs(|event| matches!(event, Event::CustomersAffected(_)))))
}

/// What is known about data and security, also that nothing is.
fn assured(assurance: Assurance, answer: AssuranceAnswer, by: Option<String>) -> String {
    let (happened, not, whether) = match assurance {
        Assurance::DataLost => ("Data was lost", "No data was lost", "whether data was lost"),
        Assurance::DataExposed => ("Data was exposed", "No data was exposed", "whether data was exposed"),
        Assurance::SecurityBreached => {
            ("Security was breached", "Security was not breached", "whether security was breached")
        }
    };
    let confirmed = |text: &str| match &by {
        Some(person) => format!("{text}, as {person} confirms."),
        None => format!("{text}."),
    };
    match answer {
        AssuranceAnswer::Occurred => confirmed(happened),
        AssuranceAnswer::ConfirmedNot => confirmed(not),
        AssuranceAnswer::Unknown => format!("Nobody has confirmed {whether}."),
    }
}

pub(super) fn messaging(record: &Record<'_>) -> Vec<SectionBlock> {
    let updates: Vec<_> = record
        .log
        .iter()
        .filter_map(|entry| match entry.event {
            Event::UpdatePosted(it) => Some((entry.entry.seq, entry.occurred_at, it)),
            _ => None,
        })
        .collect();
    let mut blocks = Vec::new();
    let first = updates.iter().find(|(.., it)| it.visibility == Visibility::Public);
    let began = record.milestone("declared").map(|(at, ..)| at);
    if let Some((seq, at, it)) = first {
        let after = began.and_then(|began| length(began, *at)).map(|elapsed| {
            format!("The public ({}) was first told {} after the incident was declared.", it.audience, elapsed.words())
        });
        blocks.extend(after.and_then(|text| prose(vec![Sentence::new(text, [*seq])])));
    }
    let rows: Vec<_> = updates
        .iter()
        .map(|(seq, at, it)| TableRow {
            cells: vec![
                record.time(*at),
                it.audience.to_string(),
                it.text.clone(),
                it.next_update_at.map(|next| record.time(next)).unwrap_or_default(),
            ],
            entries: vec![*seq],
        })
        .collect();
    if !rows.is_empty() {
        let columns = [format!("Time ({})", record.place()), "Told".into(), "What".into(), "Next promised".into()];
        blocks.push(CellTable { columns: columns.to_vec(), rows }.into());
    }
    blocks.push(ask(match first {
        Some(_) => "Is there anything left to say to customers?",
        None => "What should customers hear about it, and from whom?",
    }));
    blocks
}
