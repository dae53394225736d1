//! A scheme against a public history: 20,769 incidents of a ServiceNow instance, whose priority is `impact + urgency - 1`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use incident_core::{Fact, Facts, SeverityId, SeverityMatrix, SeverityScheme, Vocabulary, Worse};

const HISTORY: &str = "../../shared/data/uci_servicenow_incidents.csv.gz";

/// Three levels each, 1 the worst; the priority is looked up in a table of nine.
fn lookup() -> SeverityScheme {
    let level = || Fact::ordered(["1", "2", "3"]).unwrap().worse(Worse::Lower);
    let vocabulary = Vocabulary::new().with("impact", level()).unwrap().with("urgency", level()).unwrap();
    let cell = |impact: usize, urgency: usize| SeverityId::new(&format!("{}", impact + urgency - 1)).unwrap();
    let row = |impact| (1..=3).map(|urgency| (urgency.to_string(), cell(impact, urgency))).collect();
    let cells = (1..=3).map(|impact| (impact.to_string(), row(impact))).collect();
    let order = (1..=5).map(|priority| SeverityId::new(&format!("{priority}")).unwrap()).collect();
    let matrix = SeverityMatrix { rows: "impact".to_owned(), columns: "urgency".to_owned(), cells };
    SeverityScheme::matrix(order, matrix, &vocabulary).unwrap()
}

#[test]
fn the_lookup_table_is_sound() {
    assert_eq!(lookup().check(), []);
}

#[test]
fn the_lookup_table_explains_a_public_history() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(HISTORY);
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: no {HISTORY}");
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|it| it == name).unwrap();
    let (impact, urgency, priority) = (column("impact"), column("urgency"), column("priority"));

    let scheme = lookup();
    let mut answers: BTreeMap<[String; 2], String> = BTreeMap::new();
    let (mut same, mut other) = (0, Vec::new());
    for row in rows.records() {
        let row = row.unwrap();
        let levels = [row[impact].to_owned(), row[urgency].to_owned()];
        let answer = answers.entry(levels.clone()).or_insert_with(|| {
            let facts = Facts::new().with("impact", levels[0].as_str()).with("urgency", levels[1].as_str());
            scheme.classify(&facts).unwrap().severity.unwrap().to_string()
        });
        if *answer == row[priority] {
            same += 1;
        } else {
            other.push((levels, row[priority].to_owned()));
        }
    }
    assert_eq!((same, other.len()), (20_200, 569));
    assert!(other.iter().all(|(levels, priority)| levels == &["3", "3"] && priority == "4"), "raised by hand");
}
