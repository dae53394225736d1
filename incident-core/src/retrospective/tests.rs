use proptest::prelude::*;
use pulldown_cmark::{Event as Mark, Options, Parser, Tag};

use super::*;
use crate::incident::event::{
    AssuranceAnswer, DetectionSource, ExperimentConcluded, ExperimentStarted, FactorKind, FeelingNoted, FollowUpAdded,
    FollowUpKind, Hypothesized, ObservationKind, Outcome,
};
use crate::{
    Assurance, Clearance, Disruption, Incident, MilestoneId, PersonId, Seq, Stamp, Timestamp, Viewer, Visibility,
};

fn at(time: &str) -> Timestamp {
    format!("2026-11-20T{time}:00Z").parse().unwrap()
}

fn by(person: &str, time: &str) -> Stamp {
    PersonId::new(person).unwrap().at(at(time))
}

fn declared(title: &str) -> Incident {
    let id = "019acdef-0000-7000-8000-000000000001".parse().unwrap();
    Incident::declare(id, title, &by("ana", "02:07")).unwrap()
}

fn name(text: &str) -> MilestoneId {
    MilestoneId::new(text).unwrap()
}

/// A night at a shop.
fn night() -> crate::Result<Incident> {
    let mut it = declared("checkout fails");
    it.reach(name("started"), &by("ana", "02:07").occurred(at("02:03")))?;
    it.reach(name("detected"), &by("ana", "02:07").occurred(at("02:05")))?;
    it.note_detection(DetectionSource::Monitoring, Some("the canary of the deploy".into()), &by("ana", "02:07"))?;
    it.acknowledge(&by("ana", "02:08"))?;
    it.assign_role("incident_commander".parse()?, "ana".parse()?, &by("ana", "02:08"))?;
    it.report_impact("checkout".parse()?, Disruption::Partial, None, &by("ana", "02:09").occurred(at("02:03")))?;
    it.override_severity(
        "SEV2".parse()?,
        "one payment in five fails",
        None,
        vec!["SEV1".parse()?, "SEV2".parse()?],
        &by("ana", "02:10"),
    )?;
    it.join("bo".parse()?, &by("bo", "02:11"))?;
    let guess = Hypothesized { statement: "the 02:01 deploy broke the card client".into(), area: None };
    let guess = it.append(vec![guess.into()], &by("bo", "02:12"))?[0].seq;
    let rollback = ExperimentStarted {
        action: "roll back 4f1c".into(),
        hypothesis: Some(guess),
        prediction: None,
        risk: None,
        area: None,
    };
    let rollback = it.append(vec![rollback.into()], &by("bo", "02:14"))?[0].seq;
    it.star(rollback, &by("ana", "02:40"))?;
    it.post_update(
        "customers".parse()?,
        "Some payments fail; we are on it.",
        Visibility::Public,
        Some(at("02:45")),
        &by("cy", "02:15"),
    )?;
    let worked = ExperimentConcluded { experiment: rollback, outcome: Outcome::Worked, note: None };
    it.append(vec![worked.into()], &by("bo", "02:20"))?;
    it.resolve(Some("the rollback of 4f1c".into()), &by("ana", "02:32"))?;
    it.assure(Assurance::DataLost, AssuranceAnswer::ConfirmedNot, Some("cy".parse()?), None, &by("cy", "02:40"))?;
    let factor =
        it.identify_factor("a timeout was set to zero", FactorKind::Trigger, vec![guess], &by("bo", "09:00"))?[0].seq;
    it.identify_factor("nobody owns the card client", FactorKind::Process, vec![], &by("bo", "09:00"))?;
    let follow_up = FollowUpAdded {
        title: "Refuse a timeout of zero".into(),
        kind: FollowUpKind::Prevent,
        owner: Some("bo".parse()?),
        team: None,
        due_on: Some("2026-12-04".parse()?),
        next_update_at: None,
        factors: vec![factor],
        link: None,
    };
    it.add_follow_up(follow_up, &by("ana", "09:10"))?;
    it.observe(ObservationKind::Lucky, "few people buy at night", &by("ana", "09:12"))?;
    it.tell_perspective("I had deployed it.\n\nThe graph was *flat*.", &by("bo", "09:20"))?;
    let felt = FeelingNoted { text: "I felt ashamed".into(), visibility: Visibility::Private };
    it.append(vec![felt.into()], &by("bo", "09:21"))?;
    Ok(it)
}

fn drafted() -> Retrospective {
    Retrospective::draft(&night().unwrap(), at("10:00")).unwrap()
}

/// The Markdown of one section.
fn section(document: &str, heading: &str) -> String {
    let (_, rest) = document.split_once(&format!("\n## {heading}\n\n")).unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
}

fn check(heading: &str, expected: &str) {
    assert_eq!(section(&drafted().to_markdown(), heading), expected, "{heading}");
}

#[test]
fn it_says_what_the_record_knows_and_asks_the_rest() {
    let text = drafted().to_markdown();
    assert!(text.starts_with("# Retrospective: checkout fails\n\n- Incident: 019acdef-0000-7000-8000-000000000001\n"));
    let headings: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings, SectionKind::ALL.map(SectionKind::heading));
    check(
        "Customer impact",
        "From 2026-11-20 02:03 UTC, checkout was partly down for 29 min.\n\n\
         - No data was lost, as cy confirms.\n\
         - Nobody has confirmed whether data was exposed.\n\
         - Nobody has confirmed whether security was breached.\n",
    );
    check(
        "Contributing factors",
        "- What set it off: A timeout was set to zero. Answered by FU-19.\n\
         - A way of working: Nobody owns the card client. No follow-up answers it yet.\n\n\
         _What kept the harm from being greater?_\n",
    );
    check(
        "Follow-up actions",
        "| Id | What | It will | Owner | Due | Next update | State |\n| --- | --- | --- | --- | --- | --- | --- |\n\
         | FU-19 | Refuse a timeout of zero | prevent | bo | 2026-12-04 | none promised | open |\n",
    );
}

#[test]
fn durations_are_computed_and_the_story_is_in_the_present_tense() {
    let timeline = section(&drafted().to_markdown(), "Timeline");
    assert!(
        timeline.starts_with(
            "- It was detected 2 min after it began.\n- It was acknowledged 3 min after it was detected.\n\
         - It was resolved 29 min after it began.\n\n| Time (UTC) | What happens | Entry |\n"
        ),
        "{timeline}"
    );
    assert!(timeline.contains("| 2026-11-20 02:14 | ★ bo tries: roll back 4f1c |"), "{timeline}");
    let template =
        RetrospectiveTemplate { zone: "Europe/Berlin".parse().unwrap(), ..RetrospectiveTemplate::lightweight() };
    let inside = Viewer { person: None, clearance: Clearance::Internal };
    let local = Retrospective::draft_for(&night().unwrap(), &template, &inside, at("10:00")).unwrap().to_markdown();
    assert!(local.contains("| 2026-11-20 03:14 | ★ bo tries: roll back 4f1c |"), "{local}");
}

#[test]
fn every_responder_has_a_part() {
    let retro = drafted();
    let missing: Vec<_> = retro.missing_perspectives().into_iter().map(PersonId::as_str).collect();
    assert_eq!(missing, ["ana", "cy"]);
    let narrative = section(&retro.to_markdown(), "Narrative");
    assert!(narrative.contains("I had deployed it.\n\nThe graph was \\*flat\\*.\n"), "{narrative}");
    let mut incident = night().unwrap();
    incident.decline_perspective("ana".parse().unwrap(), Some("on holiday".into()), &by("bo", "09:30")).unwrap();
    incident.tell_perspective("I wrote to customers.", &by("cy", "09:30")).unwrap();
    let retro = Retrospective::draft(&incident, at("10:00")).unwrap();
    assert_eq!(retro.missing_perspectives(), Vec::<&PersonId>::new());
    assert!(retro.to_markdown().contains("There is no account of ana: on holiday.\n"));
}

#[test]
fn what_is_private_or_restricted_stays_where_it_is() {
    let mut incident = night().unwrap();
    let bo = Viewer::internal("bo".parse().unwrap());
    let draft = |incident: &Incident, viewer: &Viewer| {
        Retrospective::draft_for(incident, &RetrospectiveTemplate::default(), viewer, at("10:00"))
    };
    // Also for its author: the document is for others.
    assert!(!draft(&incident, &bo).unwrap().to_json().unwrap().contains("ashamed"));
    let outside = draft(&incident, &Viewer::public()).unwrap().to_markdown();
    assert!(outside.contains("Some payments fail") && !outside.contains("4f1c"), "{outside}");
    incident.restrict("a customer's name is in it", &by("ana", "09:40")).unwrap();
    let no = Retrospective::draft(&incident, at("10:00")).unwrap_err();
    assert_eq!((no.code, no.path.as_str()), (crate::codes::NOT_VISIBLE, "/viewer"));
    assert!(draft(&incident, &bo).is_ok());
}

#[test]
fn every_sentence_names_its_entries_and_json_is_lossless() {
    let retro = drafted();
    let last = Seq(night().unwrap().entries().len() as u64);
    for block in retro.sections().iter().flat_map(|section| &section.blocks) {
        let entries: Vec<_> = match block {
            SectionBlock::Prose(it) => it.sentences.iter().flat_map(|it| &it.entries).collect(),
            SectionBlock::CellTable(it) => it.rows.iter().flat_map(|row| &row.entries).collect(),
            _ => continue,
        };
        assert!(!entries.is_empty() && entries.into_iter().all(|seq| *seq <= last), "{block:?}");
    }
    let json = retro.to_json().unwrap();
    let again = Retrospective::from_json(&json).unwrap();
    assert_eq!((again.to_json().unwrap(), again.to_markdown()), (json.clone(), retro.to_markdown()));
    let later = json.replace("retrospective/v1", "retrospective/v9");
    assert_eq!(Retrospective::from_json(&later).unwrap_err().code, crate::codes::NOT_RETROSPECTIVE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_that_anybody_writes_becomes_markup(
        text in r"[a-z]([a-z \n|*_`<>\[\]()!#~$&\\.:/@-]|https://x|<b>|\]\(x\)){0,16}[a-z]",
    ) {
        let mut it = declared(&text);
        it.note(&text, Visibility::Internal, &by("ana", "02:08")).unwrap();
        it.identify_factor(&text, FactorKind::Trigger, vec![], &by("ana", "02:08")).unwrap();
        it.observe(ObservationKind::WentWell, &text, &by("ana", "02:08")).unwrap();
        it.tell_perspective(&text, &by("ana", "02:08")).unwrap();
        it.post_update("all".parse().unwrap(), &text, Visibility::Public, None, &by("ana", "02:08")).unwrap();
        it.summarize(&text, &by("ana", "02:08")).unwrap();
        let document = Retrospective::draft(&it, at("10:00")).unwrap().to_markdown();
        for mark in Parser::new_ext(&document, Options::all()) {
            let ours = !matches!(
                &mark,
                Mark::Html(_) | Mark::InlineHtml(_) | Mark::Code(_) | Mark::InlineMath(_) | Mark::DisplayMath(_)
                    | Mark::FootnoteReference(_) | Mark::Rule
                    | Mark::Start(
                        Tag::Link { .. } | Tag::Image { .. } | Tag::Strong | Tag::Strikethrough | Tag::CodeBlock(_)
                            | Tag::BlockQuote(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_) | Tag::DefinitionList
                    )
            );
            prop_assert!(ours, "{mark:?} in {document}");
        }
        prop_assert_eq!(document.lines().filter(|line| line.starts_with("## ")).count(), 10);
    }
}
