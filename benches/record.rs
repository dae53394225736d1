//! Loading, asking and appending to the record of a long incident.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use criterion::{Criterion, criterion_group, criterion_main};
use incident_core::{Incident, PersonId, Timestamp, Visibility};

fn record(c: &mut Criterion) {
    let incident = benches::incident(1_000).unwrap();
    let text = incident.to_json().unwrap();
    let at: Timestamp = "2026-03-15T00:00:00Z".parse().unwrap();
    let stamp = PersonId::new("bo").unwrap().at(at);
    c.bench_function("record: from_json, 1,000 entries", |b| b.iter(|| Incident::from_json(&text).unwrap()));
    c.bench_function("record: to_json, 1,000 entries", |b| b.iter(|| incident.to_json().unwrap()));
    c.bench_function("record: overview, 1,000 entries", |b| b.iter(|| incident.overview(at)));
    c.bench_function("record: append to 1,000 entries", |b| {
        b.iter_batched(
            || incident.clone(),
            |mut incident| incident.note("one more", Visibility::Internal, &stamp).unwrap(),
            criterion::BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, record);
criterion_main!(benches);
