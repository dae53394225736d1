//! Who took part, how they saw it, and how they worked together.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::incident::Seq;
use crate::incident::event::{Event, ObservationKind};

use super::super::block::{Perspective, SectionBlock, Sentence, Topic};
use super::learning::observed;
use super::{Record, ask, bullets, listed, sentence, topic};

/// Everybody who took part, by when they first did; then those who are known only because they told their part.
fn responders<'a>(record: &'a Record<'_>) -> Vec<&'a PersonId> {
    let mut seen = BTreeSet::new();
    let acted = record.log.iter().filter_map(|entry| match entry.event {
        Event::Declared(_)
        | Event::Accepted(_)
        | Event::Decided(_)
        | Event::Resolved(_)
        | Event::UpdatePosted(_)
        | Event::AssuranceGiven(_)
        | Event::PerspectiveWritten(_) => Some(&entry.entry.by),
        Event::PerspectiveDeclined(it) => Some(&it.person),
        _ => None,
    });
    let all = record.overview.people.iter().map(|it| &it.person).chain(acted);
    all.filter(|person| seen.insert(*person)).collect()
}

pub(super) fn narrative(record: &Record<'_>) -> Vec<SectionBlock> {
    let blocks: Vec<SectionBlock> =
        responders(record).into_iter().map(|person| perspective(record, person).into()).collect();
    if blocks.is_empty() { vec![ask("Who took part, and how did each of them see it?")] } else { blocks }
}

fn perspective(record: &Record<'_>, person: &PersonId) -> Perspective {
    let told: Vec<_> = record
        .log
        .iter()
        .filter_map(|entry| match entry.event {
            Event::PerspectiveWritten(it) if entry.entry.by == *person => Some((entry.entry.seq, &it.text)),
            _ => None,
        })
        .collect();
    let text = told.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n\n");
    let account = (!told.is_empty()).then(|| Sentence::new(text, told.iter().map(|(seq, _)| *seq)));
    let declined = record.all(|event| match event {
        Event::PerspectiveDeclined(it) if it.person == *person => Some(&it.reason),
        _ => None,
    });
    let declined = declined.last().map(|(seq, reason)| {
        let because = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        Sentence::new(sentence(&format!("There is no account of {person}{because}")), [*seq])
    });
    Perspective { person: person.clone(), part: part(record, person), account, declined }
}

/// What somebody did, and which events show it.
type Deed = (&'static str, fn(&Event) -> bool);

/// What somebody took part in.
fn part(record: &Record<'_>, person: &PersonId) -> Sentence {
    let mut words = Vec::new();
    let mut roles: Vec<String> = Vec::new();
    let held = record.overview.roles.iter().filter(|tenure| tenure.span.is_some() && tenure.person == *person);
    for tenure in held {
        let role = tenure.role.to_string().replace('_', " ");
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if !roles.is_empty() {
        words.push(format!("was {}", listed(&roles)));
    }
    let mine: Vec<_> = record.log.iter().filter(|entry| entry.entry.by == *person).collect();
    const DEEDS: [Deed; 6] = [
        ("declared it", |event| matches!(event, Event::Declared(_) | Event::Accepted(_))),
        ("acknowledged it", |event| matches!(event, Event::Acknowledged(_))),
        ("suspected a cause", |event| matches!(event, Event::Hypothesized(_))),
        ("tried something", |event| matches!(event, Event::ExperimentStarted(_))),
        ("told others how it stood", |event| matches!(event, Event::UpdatePosted(_))),
        ("resolved it", |event| matches!(event, Event::Resolved(_))),
    ];
    let mut entries: Vec<Seq> = Vec::new();
    for (deed, is) in DEEDS {
        let found: Vec<_> = mine.iter().filter(|entry| is(entry.event)).map(|entry| entry.entry.seq).collect();
        if !found.is_empty() {
            words.push(deed.to_owned());
            entries.extend(found);
        }
    }
    let about = |event: &Event| matches!(event, Event::RoleAccepted(it) if it.person == *person);
    entries.extend(record.seqs(about));
    entries.sort();
    let what = if words.is_empty() { "took part".to_owned() } else { listed(&words) };
    Sentence::new(format!("By the record, {person} {what}."), entries)
}

pub(super) fn process(record: &Record<'_>) -> Vec<SectionBlock> {
    let mut facts = Vec::new();
    for tenure in &record.overview.roles {
        let role = tenure.role.to_string().replace('_', " ");
        let about = |event: &Event| match event {
            Event::RoleAssigned(it) => it.role == tenure.role && it.person == tenure.person,
            Event::RoleAccepted(it) => it.role == tenure.role && it.person == tenure.person,
            _ => false,
        };
        let text = match tenure.span {
            Some(span) => match span.end {
                Some(end) => {
                    format!("{} was {role} from {} to {}.", tenure.person, record.time(span.start), record.time(end))
                }
                None => format!("{} was {role} from {} on.", tenure.person, record.time(span.start)),
            },
            None => format!("{} was asked to be {role} and did not accept.", tenure.person),
        };
        facts.push(Sentence::new(text, record.seqs(about)));
    }
    let counts: [(&str, Deed); 4] = [
        ("One page was sent.", ("pages were sent.", |event| matches!(event, Event::Paged(_)))),
        ("One page did not arrive.", ("pages did not arrive.", |event| matches!(event, Event::PageFailed(_)))),
        (
            "Nobody could be reached once.",
            ("times nobody could be reached.", |event| matches!(event, Event::NobodyReachable(_))),
        ),
        ("Help was asked for once.", ("times help was asked for.", |event| matches!(event, Event::HelpAsked(_)))),
    ];
    for (one, (many, is)) in counts {
        let found = record.seqs(is);
        match found.len() {
            0 => {}
            1 => facts.push(Sentence::new(one, found)),
            count => facts.push(Sentence::new(format!("{count} {many}"), found)),
        }
    }
    let open: Vec<_> = record.overview.tasks.iter().filter(|task| task.is_open()).collect();
    facts.extend(
        open.iter()
            .map(|task| Sentence::new(sentence(&format!("A task was never finished: {}", task.title)), [task.task])),
    );
    let mut blocks = Vec::new();
    if let Some(known) = bullets(facts) {
        blocks.extend([Topic { title: "How we worked".to_owned() }.into(), known]);
    }
    let kinds = [
        ("What went well", ObservationKind::WentWell, "What went well?"),
        ("What went poorly", ObservationKind::WentPoorly, "What went poorly?"),
        ("Where we got lucky", ObservationKind::Lucky, "Where did we get lucky?"),
    ];
    for (title, kind, question) in kinds {
        blocks.extend(topic(title, observed(record, kind), question));
    }
    blocks
}
