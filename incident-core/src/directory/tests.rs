use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::cycles::cycles;
use super::*;
use crate::{AreaId, Format, PersonId};

fn read(text: &str) -> Directory {
    Directory::read(Source::parse(text, Format::Toml).unwrap()).unwrap()
}

fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = read(text).check().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{text}");
}

const TEAM: &str = r#"
[people]
ana  = { zone = "Europe/Berlin", lead = "hana", buddies = ["bo"], name = "Ana" }
bo   = { zone = "Europe/Berlin", lead = "hana", buddies = ["cy", "ana"] }
cy   = { zone = "America/Los_Angeles", lead = "iris" }
hana = { zone = "Europe/Berlin", lead = "vera" }
iris = { zone = "America/Los_Angeles", lead = "vera" }
vera = { zone = "Europe/London" }

[teams]
payments = { members = ["ana", "bo"] }

[areas]
checkout = { experts = ["bo", "cy"], team = "payments", depends_on = ["ledger", "cards"] }
ledger   = { experts = ["cy", "ana"], depends_on = ["storage"] }
cards    = { experts = ["ana", "bo"], depends_on = ["storage"] }
storage  = { experts = ["hana", "iris"] }
"#;

#[test]
fn a_sound_directory_has_no_findings() {
    check(TEAM, &[]);
}

#[test]
fn every_problem_is_told_with_its_place() {
    let text = r#"
[people]
ana = { lead = "anna", buddies = ["ana", "nobody"] }
[teams]
pay = { members = ["an"] }
[areas]
a = { experts = ["ana", "ana"], team = "pya", depends_on = ["bb"] }
b = {}
"#;
    check(
        text,
        &[
            "3:1: note[directory.no_zone]: `ana` has no zone: windows in the recipient's zone take UTC",
            "3:16: error[directory.unknown_person]: `anna` is not among the people; did you mean `ana`?",
            "3:42: error[directory.unknown_person]: `nobody` is not among the people",
            "3:35: warning[directory.self_buddy]: `ana` is listed as their own buddy; name somebody else",
            "5:20: error[directory.unknown_person]: `an` is not among the people; did you mean `ana`?",
            "7:40: error[directory.unknown_team]: `pya` is not among the teams; did you mean `pay`?",
            "7:7: warning[directory.one_expert]: `ana` is the only expert of `a`; name a second expert",
            "7:61: error[directory.unknown_area]: `bb` is not among the areas; did you mean `b`?",
            "8:1: note[directory.no_experts]: `b` has no expert: nobody is asked when it fails",
        ],
    );
}

#[test]
fn circles_are_told_once() {
    let zone = "zone = \"UTC\"";
    let text = format!(
        "[people]\ncy = {{ {zone}, lead = \"ana\" }}\nana = {{ {zone}, lead = \"bo\" }}\nbo = {{ {zone}, lead = \"cy\" }}\n\
         dee = {{ {zone}, lead = \"ana\" }}\neli = {{ {zone}, lead = \"eli\" }}\n[areas]\n\
         a = {{ experts = [\"cy\", \"bo\"], depends_on = [\"c\", \"b\"] }}\n\
         b = {{ experts = [\"cy\", \"bo\"], depends_on = [\"a\"] }}\nc = {{ experts = [\"cy\", \"bo\"] }}\n"
    );
    let help = "leave out the `lead` of whoever is at the top";
    check(
        &text,
        &[
            &format!(
                "3:30: error[directory.cyclic_lead]: the chain of command goes round: `ana` -> `bo` -> `cy` -> `ana`; {help}"
            ),
            &format!("6:30: error[directory.cyclic_lead]: the chain of command goes round: `eli` -> `eli`; {help}"),
            "8:50: warning[directory.cyclic_dependency]: the dependency goes round: `a` -> `b` -> `a`",
        ],
    );
    let directory = read(&text);
    let leads: Vec<_> = directory.leads(&PersonId::new("dee").unwrap()).into_iter().map(PersonId::as_str).collect();
    assert_eq!(leads, ["ana", "bo", "cy"]);
}

#[test]
fn queries_answer_in_order() {
    let directory = read(TEAM);
    let person = |name: &str| PersonId::new(name).unwrap();
    let area = |name: &str| AreaId::new(name).unwrap();
    let people = |people: Vec<&PersonId>| people.into_iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let areas = |areas: Vec<&AreaId>| areas.into_iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let ana = person("ana");
    let steps: Vec<_> = (0..4).map(|steps| directory.lead_of(&ana, steps).map(PersonId::as_str)).collect();
    assert_eq!(steps, [None, Some("hana"), Some("vera"), None]);
    assert_eq!(directory.lead_of(&ana, u32::MAX), None);
    assert_eq!(directory.lead_of(&person("nobody"), 1), None);
    assert_eq!(directory.buddies(&person("bo")), [person("cy"), ana.clone()]);
    assert_eq!((directory.name_of(&ana), directory.name_of(&person("bo"))), ("Ana", "bo"));
    assert_eq!(people(directory.experts(&[area("ledger"), area("nothing"), area("checkout")])), ["cy", "ana", "bo"]);
    assert_eq!(areas(directory.depends_on(&area("checkout"))), ["ledger", "cards", "storage"]);
    assert_eq!(areas(directory.dependents(&area("storage"))), ["cards", "ledger", "checkout"]);
}

#[test]
fn contact_data_is_refused() {
    let source = Source::parse("[people]\nana = { zone = \"UTC\", phone = \"1\" }", Format::Toml).unwrap();
    let refused = Directory::read(source).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.path.as_str()), ("contract.unknown_field", "/people/ana/phone"));
}

#[test]
fn a_document_is_written_and_read() {
    let directory = read(TEAM);
    let again = Directory::from_json(&directory.to_json().unwrap()).unwrap();
    assert_eq!(again.document().people, directory.document().people);
    assert_eq!(again.to_json(), directory.to_json());
}

/// What can be reached from each node, itself only through others.
fn closure(edges: &BTreeMap<u8, Vec<u8>>, from: u8) -> BTreeSet<u8> {
    let mut reached = BTreeSet::new();
    let mut look = vec![from];
    while let Some(node) = look.pop() {
        look.extend(edges.get(&node).into_iter().flatten().copied().filter(|next| reached.insert(*next)));
    }
    reached
}

proptest! {
    #[test]
    fn wherever_there_is_a_circle_one_is_told(
        edges in prop::collection::btree_map(0_u8..12, prop::collection::vec(0_u8..12, 0..4), 0..12)
    ) {
        let found = cycles(edges.keys(), |node| edges.get(node).map_or(&[], Vec::as_slice));
        for circle in &found {
            prop_assert_eq!(circle.iter().min(), circle.first());
            for (at, node) in circle.iter().enumerate() {
                prop_assert!(edges[node].contains(circle[(at + 1) % circle.len()]));
            }
        }
        let members: Vec<u8> = found.iter().flatten().map(|node| **node).collect();
        prop_assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len());
        for node in edges.keys().filter(|node| closure(&edges, **node).contains(node)) {
            let around = closure(&edges, *node);
            let told = members.iter().any(|member| around.contains(member) && closure(&edges, *member).contains(node));
            prop_assert!(told, "{} in {:?}", node, found);
        }
    }

    #[test]
    fn dependencies_are_the_closure(
        edges in prop::collection::btree_map(0_u8..9, prop::collection::vec(0_u8..9, 0..4), 0..9)
    ) {
        let id = |node: &u8| AreaId::new(&node.to_string()).unwrap();
        let area = |uses: &Vec<u8>| Area { depends_on: uses.iter().map(id).collect(), ..Area::default() };
        let areas = edges.iter().map(|(node, uses)| (id(node), area(uses))).collect();
        let directory = Directory::of(DirectoryDocument { areas, ..DirectoryDocument::default() });
        for node in 0..9 {
            let expected: BTreeSet<AreaId> = closure(&edges, node).iter().filter(|other| **other != node).map(id).collect();
            let told = directory.depends_on(&id(&node));
            prop_assert_eq!(told.len(), expected.len());
            prop_assert_eq!(told.into_iter().cloned().collect::<BTreeSet<_>>(), expected);
            for other in (0..9).filter(|other| *other != node) {
                let needs = directory.depends_on(&id(&other)).contains(&&id(&node));
                prop_assert_eq!(directory.dependents(&id(&node)).contains(&&id(&other)), needs);
            }
        }
    }
}
